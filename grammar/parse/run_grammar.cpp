// SPDX-License-Identifier: Apache-2.0
#include "grammar/parse/run_grammar.h"

#include "grammar/parse/control.h"

namespace muster::parse {
namespace {

template <typename Rule>
void run(Recorder& recorder) {
  const std::string_view kinds = recorder.kinds();
  KindInput in(kinds.data(), kinds.data() + kinds.size(), "");
  (void)tao::pegtl::parse<Rule, tao::pegtl::nothing, Control>(in, recorder);
}

}  // namespace

void run_module(Recorder& recorder) { run<rules::module>(recorder); }
void run_expression(Recorder& recorder) { run<rules::lone_expression>(recorder); }

}  // namespace muster::parse

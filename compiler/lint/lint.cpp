// SPDX-License-Identifier: Apache-2.0
#include "compiler/lint/lint.h"

#include "compiler/lint/lints.h"
#include "compiler/typed/one_line.h"

namespace muster::lint {

std::string Lints::quoted(typed::ExprId id) const {
  constexpr std::size_t kLongest = 60;
  std::string text = typed::on_one_line(sources.text(span(id)));
  if (text.size() > kLongest) return "this";
  return "`" + text + "`";
}

namespace {

enum class When { always, on_request };

struct Lint {
  base::Code code;
  void (*find)(const Lints& lints);
  When when;
};

constexpr Lint kLints[] = {
#define MUSTER_LINT(name, group, when) {base::Code::name, name, When::when},
#include "compiler/lint/lints.def"
#undef MUSTER_LINT
};

}  // namespace

base::Diagnostics lint(const typed::Program& program, const base::SourceMap& sources, const Options& options) {
  base::Diagnostics found;
  const std::vector<Settled> settled = settled_conditions(program);
  const Lints lints{program, sources, settled, options.today, found};
  for (const Lint& each : kLints) {
    if (each.when == When::always || options.also.count(each.code) > 0) each.find(lints);
  }
  return found;
}

}  // namespace muster::lint

// SPDX-License-Identifier: Apache-2.0
// Any bytes as a module: the parser and desugar come back, and what they report stands in the text.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "compiler/desugar/desugar.h"
#include "grammar/parse/parse.h"

namespace {

void check(const muster::base::Diagnostics& diagnostics, std::size_t size) {
  for (const auto& diagnostic : diagnostics.list()) {
    if (diagnostic.span.begin > diagnostic.span.end || diagnostic.span.end > size || diagnostic.message.empty())
      __builtin_trap();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const muster::parse::Result parsed = muster::parse::parse_module(text, 0);
  if (parsed.tree.broken != parsed.diagnostics.has_errors()) __builtin_trap();
  // Linear in the text: no token is asked for more often than this.
  if (parsed.attempts > 2000 * (parsed.tree.tokens.size() + 1)) __builtin_trap();
  check(parsed.diagnostics, size);
  check(muster::desugar::desugar(parsed.tree).diagnostics, size);
  return 0;
}

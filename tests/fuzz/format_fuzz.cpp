// SPDX-License-Identifier: Apache-2.0
// Any module that parses: it can be formatted, and formatting what came out changes nothing.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "grammar/format/format.h"
#include "grammar/parse/parse.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const muster::parse::Result parsed = muster::parse::parse_module(text, 0);
  const auto once = muster::format::format(parsed.tree);
  if (once.has_value() == parsed.tree.broken) __builtin_trap();
  if (!once) return 0;
  const muster::parse::Result again = muster::parse::parse_module(*once, 0);
  const auto twice = muster::format::format(again.tree);
  if (!twice || *twice != *once) __builtin_trap();
  return 0;
}

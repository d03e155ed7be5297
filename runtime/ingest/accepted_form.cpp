// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/accepted_form.h"

#include "base/shown_line.h"

namespace muster::ingest {

std::string accepted_form(const types::Table& types, types::TypeId type) {
  constexpr std::size_t kMost = 8;
  switch (types.kind(type)) {
    case types::Kind::enumeration: {
      const auto& names = types.enum_of(type).names;
      std::string list;
      for (std::size_t i = 0; i < names.size() && i < kMost; ++i) {
        const auto& spellings = names[i].spellings;
        list +=
            (i == 0 ? "`" : ", `") + base::visible_text(spellings.empty() ? names[i].name : spellings.front()) + "`";
      }
      return "it takes " + list + (names.size() > kMost ? ", ..." : "");
    }
    case types::Kind::date: return "it takes `2026-11-23`, other forms with `as`";
    case types::Kind::time: return "it takes `2026-11-23T10:00:00Z`, other forms with `as`";
    case types::Kind::duration: return "it takes `4 hours`, a bare number with `as`";
    case types::Kind::period: return "it takes `6 months`";
    case types::Kind::boolean:
    case types::Kind::integer:
    case types::Kind::number:
    case types::Kind::percent:
    case types::Kind::text:
    case types::Kind::version:
    case types::Kind::record:
    case types::Kind::list:
    case types::Kind::optional:
    case types::Kind::error: return {};
  }
  return {};
}

}  // namespace muster::ingest

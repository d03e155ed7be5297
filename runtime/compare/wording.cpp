// SPDX-License-Identifier: Apache-2.0
#include "runtime/compare/wording.h"

#include <algorithm>

#include "effective/source/source_text.h"

namespace muster::compare {

std::string text_of(const std::optional<typed::Decimal>& weight) {
  return weight ? source::written_decimal(*weight) : "";
}

std::string text_of(const std::vector<std::string>& tags) {
  std::vector<std::string> sorted = tags;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  std::string text;
  for (const std::string& tag : sorted) text += (text.empty() ? "" : ", ") + tag;
  return text;
}

std::string text_of(const std::optional<base::Date>& date) { return date ? base::to_text(*date) : ""; }

std::string text_of(const typed::Program& program, const types::Freshness& fresh) {
  switch (fresh.kind) {
    case types::Freshness::Kind::none: return "";
    case types::Freshness::Kind::duration: return types::to_text(program.types, types::kDuration, fresh.duration);
    case types::Freshness::Kind::period: return types::to_text(program.types, types::kPeriod, fresh.period);
    case types::Freshness::Kind::param: return program.params[fresh.param].name;
  }
  return "";
}

}  // namespace muster::compare

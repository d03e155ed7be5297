// SPDX-License-Identifier: Apache-2.0
#include "runtime/compare/wording.h"

#include <algorithm>

namespace muster::compare {

std::string word(typed::Level level) {
  switch (level) {
    case typed::Level::must: return "must";
    case typed::Level::should: return "should";
    case typed::Level::may: return "may";
  }
  return "";
}

// Without noughts behind the point: 2.50 is 2.5.
std::string text_of(const std::optional<typed::Decimal>& weight) {
  if (!weight) return "";
  std::string digits = std::to_string(weight->units);
  if (weight->scale == 0) return digits;
  if (digits.size() <= weight->scale) digits.insert(0, weight->scale + 1u - digits.size(), '0');
  digits.insert(digits.size() - weight->scale, ".");
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
  return digits;
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

std::string text_of(const typed::Selection& selection) {
  std::string text = std::to_string(static_cast<int>(selection.kind)) + " status " +
                     std::to_string(static_cast<int>(selection.status)) + " section `" + selection.section + "` tag `" +
                     selection.tag + "`";
  std::vector<std::string> names = selection.names;
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) text += " `" + name + "`";
  return text;
}

}  // namespace muster::compare

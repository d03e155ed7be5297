// SPDX-License-Identifier: Apache-2.0
#include "runtime/report/comparison_words.h"

#include "base/shown_line.h"
#include "runtime/report/result_json.h"

namespace muster::report {

using compare::Difference;
using compare::Of;
using compare::Turn;
using compare::What;

namespace {

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return text;
}

std::string now_and_then(const std::string& now, const std::string& then) { return now + ", was " + then; }

// What the later date did to a criterion.
std::string turn_text(const Difference& difference, Told told) {
  const std::string by = told == Told::of_all ? evidence::without_indexes(difference.turned_by) : difference.turned_by;
  switch (difference.turn) {
    case Turn::other: return "turns with the date";
    case Turn::effective: return "is in force from " + by;
    case Turn::upcoming: return "is not in force before " + by;
    case Turn::waived: return told == Told::of_all ? "is waived now" : "is waived until " + by;
    case Turn::unwaived: return told == Told::of_all ? "is waived no more" : "was waived until " + by;
    case Turn::stale: return "reads " + by + ", which went stale";
    case Turn::fresh: return "reads " + by + ", which was stale";
    case Turn::undated: return "reads " + by + ", which is of a later day";
    case Turn::dated: return "reads " + by + ", which was of a later day";
  }
  return "";
}

std::string what_text(const Difference& difference, Told told) {
  const std::string& now = difference.after;
  const std::string& then = difference.before;
  const auto or_none = [](const std::string& text, const char* none) {
    return text.empty() ? std::string(none) : text;
  };
  switch (difference.what) {
    case What::added: return "was added, as a " + now;
    case What::dropped: return "was dropped, a " + then;
    case What::level: return now_and_then("is " + now, then);
    case What::section:
      return now_and_then("stands in " + or_none(now, "no section"), "in " + or_none(then, "no section"));
    case What::tags: return (now.empty() ? "has no tags" : "has the tags " + now) + ", had " + or_none(then, "none");
    case What::weight:
      return "has the weight " + or_none(now, "of its level") + ", had " + or_none(then, "that of its level");
    case What::effective:
      return now_and_then("is in force " + (now.empty() ? "at once" : "from " + now),
                          then.empty() ? "at once" : "from " + then);
    case What::conditions: return difference.of == Of::section ? "applies to others" : "asks for something else";
    case What::waivers: return "has other waivers";
    case What::settings: return "is calculated in another way";
    case What::value: return now_and_then("is " + now, then);
    case What::fresh: return now_and_then("stays fresh for " + or_none(now, "ever"), or_none(then, "for ever"));
    case What::data:
      if (told == Told::of_all) return "changed";
      return now == then ? "is another, " + now : now_and_then("is " + now, then);
    case What::as_of: return difference.of == Of::criterion ? turn_text(difference, told) : "turns with the date";
    case What::main_gate: return "decides by gate " + now + ", was " + then;
  }
  return "";
}

}  // namespace

DifferenceWords words_of(const Difference& difference, Told told) {
  const bool is_datum = difference.what == What::data;
  DifferenceWords words;
  if (!is_datum) words.thing = compare::name(difference.of);
  words.name = base::visible_text(is_datum && told == Told::of_all ? evidence::without_indexes(difference.name)
                                                                   : difference.name);
  words.rest = what_text(difference, told);
  if (!difference.by_way_of.empty()) words.rest += ", as " + listed(difference.by_way_of) + " changed";
  words.rest = base::visible_text(words.rest);
  return words;
}

std::string general_text(const compare::ToldCause& cause) {
  std::vector<std::string> texts;
  for (const Difference& difference : cause.differences) {
    const DifferenceWords words = words_of(difference, Told::of_all);
    std::string text = (words.thing.empty() ? "" : words.thing + " ") + "`" + words.name + "` " + words.rest;
    if (texts.empty() || texts.back() != text) texts.push_back(std::move(text));
  }
  return listed(texts);
}

std::vector<std::string> asked_text(const ComparisonContext& context, const Difference& difference,
                                    compare::Which which) {
  std::vector<std::string> texts;
  if (!difference.by_way_of.empty()) return texts;
  const std::string before = difference.what == What::waivers ? "where " : "";
  for (const typed::ExprId id : difference.asked.of(which))
    texts.push_back(before + base::visible_text(context.written(which, id)));
  return texts;
}

std::string place_text(const ComparisonContext& context, const Difference& difference) {
  if (difference.place) return context.place(difference.place_is_of, *difference.place);
  return source_text(*context.file_names.of(difference.place_is_of), difference.origin);
}

std::string count_text(const std::vector<std::uint64_t>& counts) {
  std::string text;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    text +=
        (text.empty() ? "" : ", ") + std::to_string(counts[i]) + " " + verdicts::name(static_cast<verdicts::Status>(i));
  }
  return text.empty() ? "nobody" : text;
}

}  // namespace muster::report

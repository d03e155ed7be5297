// SPDX-License-Identifier: Apache-2.0
// Random policies around the expressions: criteria, gates, scores, levels, shows.
#include <algorithm>

#include "tests/agreement/declarations.h"
#include "tests/agreement/generator.h"

namespace muster::agreement {

namespace {

constexpr int kCriteria = 14;
constexpr int kDepth = 4;
constexpr int kWaivers = 8;

}  // namespace

std::string Generator::module(const std::string& more) {
  std::string text = kDeclarations;
  text += "policy p for S \"random\" {\n";
  text +=
      "  let twice = i + i\n  let some = count(y in parts where y.ok)\n  let which = choose { a => 1, b => 2, else => "
      "3 }\n";
  text += "  section one \"One\" {\n" + (one_in(3) ? "    when " + truth(1) + "\n" : std::string());
  for (int n = 0; n < kCriteria; ++n) {
    if (n == kCriteria / 2) text += "  }\n  section two \"Two\" {\n";
    text += criterion("c" + std::to_string(n));
  }
  text += "  }\n";
  for (int n = 0; n < 5; ++n) text += score(n);
  for (int n = 0; n < 6; ++n) text += gate(n);
  text += "  levels steps { g0 g1 g2 }\n" + shows() + more + "}\n";
  for (int n = 0; n < kWaivers; ++n) text += waiver("p", pick(criteria_));
  return text;
}

std::string Generator::criterion(const std::string& name) {
  criteria_.push_back(name);
  std::string text =
      "    " + pick({"must ", "should ", "may "}) + name + " \"" + name + "\" {\n" + conditions(kDepth, "0");
  if (one_in(3)) text += "      weight " + pick({"0", "2", "0.5", "3.25"}) + "\n";
  if (one_in(3)) text += "      tags red\n";
  if (one_in(8)) text += "      effective " + pick({"2026-11-20", "2027-01-01"}) + "\n";
  return text + "    }\n";
}

std::string Generator::conditions(int depth, const std::string& lets) {
  const std::string y = "y" + lets, f = "f" + lets;
  switch (below(7)) {
    case 0: return "      when " + truth(depth - 1) + "\n      require " + truth(depth) + "\n";
    case 1:
      return "      when oi is present\n      require oi" + compare_operator() + integer(depth - 2) +
             "\n      require " + truth(depth - 1) + "\n";
    case 2:
      return "      require ro is present else \"none\"\n      require ro.n" + compare_operator() + integer(depth - 2) +
             " else \"{ro.n}\"\n";
    case 3:
      return "      let " + y + " = max(y in parts where y.ok: y.n)\n      require " + y + " is absent or " + y +
             compare_operator() + integer(depth - 2) + "\n";
    case 4:
      return "      require some" + compare_operator() + pick({"1", "twice", "2"}) + "\n      require which" +
             compare_operator() + "2\n";
    case 5:
      return "      let " + f + " = first(y in parts where y.ok)\n      require " + f + " is present and " + f + ".n" +
             compare_operator() + integer(depth - 2) + "\n";
    default: return "      require " + truth(depth) + " else \"i {i}, {oi}, {ns} and {twice}\"\n";
  }
}

// Around the day on which it is judged: in force on its first and on its last day, over, or still to come.
std::string Generator::waiver(const std::string& policy, const std::string& criterion) {
  std::string text = "waive " + policy + "." + criterion;
  if (one_in(2)) {
    text += " for " + pick({R"("a")", R"("ab", "b")", R"("1", "", "nobody")"});
  } else {
    text += " where " + (one_in(4) ? "some" + compare_operator() + "1 or which == 2" : truth(2));
  }
  text += pick({" until 2026-11-22", " from 2026-11-24 until 2027-01-31", " from 2026-11-23 until 2026-11-23",
                " until 2026-12-31", " until 2027-01-31", " from 2026-01-01 until 2027-01-31"});
  return text + " by \"w\" because \"r\"\n";
}

std::string Generator::selection() {
  if (one_in(5)) return "[" + pick(criteria_) + "]";
  return pick({"must", "should", "may", "criterion"}) + (one_in(3) ? pick({" in one", " in two"}) : "") +
         (one_in(3) ? " tagged red" : "");
}

std::string Generator::gate(int number) {
  std::string text = "  gate g" + std::to_string(number) + " { require " + gate_condition(2);
  if (one_in(3)) text += "  require " + gate_condition(1);
  gates_ = number + 1;
  return text + " }\n";
}

std::string Generator::gate_condition(int depth) {
  if (depth > 0 && one_in(3)) {
    return "(" + gate_condition(depth - 1) + pick({" and ", " or ", " implies "}) + gate_condition(depth - 1) + ")";
  }
  switch (below(8)) {
    case 0:
    case 1: return "every " + selection();
    case 2: return "passes(" + pick(criteria_) + ")";
    case 3:
      return "(count(" + pick({"met", "unmet", "na", "waived"}) + " " + selection() + ")" + compare_operator() +
             std::to_string(below(5)) + ")";
    case 4:
      return gates_ > 0 ? pick({"", "not "}) + "g" + std::to_string(below(static_cast<unsigned>(gates_))) : truth(1);
    case 5:
      if (!scores_that_may_be_none_.empty()) {
        const std::string score = pick(scores_that_may_be_none_);
        if (one_in(2)) return "((" + score + " ?? 40%)" + compare_operator() + pick({"50%", "40%"}) + ")";
        return "(" + score + " is absent or " + score + compare_operator() + "50%)";
      }
      return truth(2);
    case 6:
      return scores_.empty() ? truth(1) : "(" + pick(scores_) + compare_operator() + pick({"50%", "60%", "100%"}) + ")";
    default: return truth(2);
  }
}

std::string Generator::score(int number) {
  const std::string name = "s" + std::to_string(number);
  if (number == 4) {
    scores_.push_back(name);
    return "  score s4 = " +
           pick({"s0 * 0.5 + s1 * 0.5", "min(s0, s1)", "100 - s0", "(s0 - s1) / 2", "max(s0, s1 * 2 - 10)"}) + "\n";
  }
  if (number == 3) {
    scores_.push_back(name);
    std::string parts = "of s0 30, s1 20";
    if (!scores_that_may_be_none_.empty()) parts += ", " + pick(scores_that_may_be_none_) + " 5.5";
    return "  score s3 {\n    " + parts + "\n  }\n";
  }
  const bool none = number == 2 && one_in(2);
  std::string text = "  score " + name + " {\n" + score_settings();
  if (none) text += "    empty none\n";
  if (!none && one_in(2)) text += "    empty " + pick({"0%", "50%"}) + "\n";
  (none ? scores_that_may_be_none_ : scores_).push_back(name);
  return text + "  }\n";
}

std::string Generator::score_settings() {
  std::string text = "    of " + selection() + "\n";
  if (one_in(2)) text += "    weight must 3, should 2, may 0.5\n";
  if (one_in(2)) text += "    na " + pick({"excluded", "met", "unmet"}) + "\n";
  if (one_in(2)) text += "    waived " + pick({"met", "unmet", "excluded"}) + "\n";
  if (one_in(2)) text += "    unknown " + pick({"between", "unmet", "excluded"}) + "\n";
  if (one_in(2)) text += "    round " + pick({"half_up to 1%", "down to 0.5%"}) + "\n";
  if (one_in(2)) text += "    cap 95%" + std::string(one_in(2) ? " unless all met" : "") + "\n";
  return text;
}

std::string Generator::shows() {
  return "  show v0 \"An int\" = " + integer(2) +
         "\n  show v1 \"An optional\" = oi\n  show v2 \"A list\" = distinct(ns)\n  show v3 \"A level\" = " +
         scalar(Wanted::level, 1) + "\n  show v4 \"A gate\" = g1\n";
}

}  // namespace muster::agreement

// SPDX-License-Identifier: Apache-2.0
// What counts as a difference of two texts, and what doesn't.
#include "runtime/compare/differences.h"

#include <memory>

#include <gtest/gtest.h>

#include "tests/source_text.h"

namespace muster::compare {
namespace {

constexpr const char* kDeclarations = R"(ordered enum Plan { basic, standard, pro }
record Contact { name: text  trained: bool }
subject S {
  key id: text
  plan: Plan
  n: int
  contacts: list of Contact
}
param least: int = 3
define trained(cs: list of Contact): int = count(c in cs where c.trained)
)";

std::string module(const std::string& policy, const std::string& declarations = kDeclarations) {
  return declarations + "policy p for S \"P\" {\n" + policy + "\n}\n";
}

// `criterion level c`, in their order.
std::vector<std::string> differences(const std::string& before, const std::string& after) {
  const auto old_module = compiled(before);
  const auto new_module = compiled(after);
  PairOf<evidence::Run> runs;
  PairOf<std::unique_ptr<waivers::Book>> books;
  Sides sides{{&old_module->program, 0, 0, &runs.before, nullptr}, {&new_module->program, 0, 0, &runs.after, nullptr}};
  for (const Which which : kBoth) {
    Side& side = sides.of(which);
    runs.of(which).params = evidence::params_of(*side.program, side.chosen());
    books.of(which) = std::make_unique<waivers::Book>(*side.program, 0, runs.of(which).today);
    side.waivers = books.of(which).get();
  }
  const Correspondence correspondence = correspondence_of(sides);
  const EvidenceMatch evidence(sides, correspondence);
  std::vector<std::string> told;
  for (const Difference& each : find_differences(sides, correspondence, evidence).all) {
    std::string text = std::string(name(each.of)) + " " + name(each.what) + " " + each.name;
    for (const std::string& by : each.by_way_of) text += " by " + by;
    told.push_back(text);
  }
  return told;
}

std::vector<std::string> of_condition(const std::string& before, const std::string& after) {
  const auto criterion = [](const std::string& text) { return module("must c \"C\" { " + text + " }"); };
  return differences(criterion(before), criterion(after));
}

using List = std::vector<std::string>;

TEST(Differences, what_says_the_same_is_none) {
  EXPECT_EQ(of_condition("require n > 1 and n < 5", "require (n > 1) and (n < 5) else \"{n} is too much\""), List{});
  EXPECT_EQ(of_condition("require n > 1 require n < 5", "require n < 5 require n > 1"), List{});
  EXPECT_EQ(of_condition("require n + 1 > 3", "let more = n + 1 require more > 3"), List{});
  EXPECT_EQ(of_condition("require any c in contacts: c.trained", "require any x in contacts: x.trained"), List{});
  EXPECT_EQ(of_condition("require plan >= Plan.standard", "require plan >= standard"), List{});
}

TEST(Differences, what_says_something_else_is_one) {
  const List one{"criterion conditions c"};
  EXPECT_EQ(of_condition("require n > 1", "require n > 2"), one);
  EXPECT_EQ(of_condition("require n > 1", "require n >= 1"), one);
  EXPECT_EQ(of_condition("require n > 1", "when n > 1 require n > 1"), one);
  EXPECT_EQ(of_condition("require n > 1", "require n > 1 require n < 9"), one);
  EXPECT_EQ(of_condition("require any c in contacts: c.trained", "require all c in contacts: c.trained"), one);
  EXPECT_EQ(of_condition("require any c in contacts: no d in contacts: c.name == d.name",
                         "require any c in contacts: no d in contacts: d.name == c.name"),
            one);
}

TEST(Differences, names_tell_what_changed_behind_them) {
  const std::string policy =
      "let known = size(contacts)\nmust c \"C\" { require trained(contacts) >= least }\n"
      "must d \"D\" { require known >= 1 }\nmust e \"E\" { require plan >= standard }";
  std::string declarations = kDeclarations;
  declarations.replace(declarations.find("where c.trained"), 15, "where c.name != \"\"");
  EXPECT_EQ(differences(module(policy), module(policy, declarations)), List{"criterion conditions c by trained"});

  std::string other_let = policy;
  other_let.replace(other_let.find("size(contacts)"), 14, "count(c in contacts where c.trained)");
  EXPECT_EQ(differences(module(policy), module(other_let)), List{"criterion conditions d by known"});

  declarations = kDeclarations;
  declarations.replace(declarations.find("basic, "), 7, "free, basic, ");
  EXPECT_EQ(differences(module(policy), module(policy, declarations)), List{"criterion conditions e by Plan"});

  declarations = kDeclarations;
  declarations.replace(declarations.find("int = 3"), 7, "int = 4");
  EXPECT_EQ(differences(module(policy), module(policy, declarations)), List{"param value least"});
}

TEST(Differences, stand_in_the_order_in_which_a_verdict_comes_about) {
  const std::string before =
      "section s \"S\" {\n  when n > 0\n  must a \"A\" { require n > 1 }\n}\n"
      "must b \"B\" { require n > least }\nmay gone \"G\" { require n > 3 }\n"
      "score x { of must }\ngate g { require every must }";
  const std::string after =
      "section s \"S\" {\n  when n > 1\n  should a \"A\" { require n > 2  weight 2 }\n}\n"
      "must new \"N\" { require n > 2 }\n"
      "section t \"T\" { must b \"B\" { require n > least  tags red  effective 2027-01-01 } }\n"
      "score x { of must  na met }\ngate h { require x > 50% }\ngate g { require every should }";
  std::string declarations = kDeclarations;
  declarations.replace(declarations.find("int = 3"), 7, "int = 4");
  EXPECT_EQ(differences(module(before), module(after, declarations)),
            (List{"param value least", "section conditions s", "criterion conditions a", "criterion level a",
                  "criterion weight a", "criterion added new", "criterion section b", "criterion tags b",
                  "criterion effective b", "criterion dropped gone", "score settings x", "gate conditions g",
                  "policy main_gate p"}));
}

TEST(Differences, how_an_unknown_score_shows_decides_nothing) {
  const std::string policy = "must c \"C\" { require n > 1 }\nscore x { of must }\ngate g { require x > 50% }";
  std::string shown = policy;
  shown.replace(shown.find("of must"), 7, "of must  unknown unmet");
  EXPECT_EQ(differences(module(policy), module(shown)), List{});
}

}  // namespace
}  // namespace muster::compare

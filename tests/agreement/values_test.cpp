// SPDX-License-Identifier: Apache-2.0
// What is said of a condition without evidence holds over evidence: random policies judge random subjects, with their
// params anywhere in their ranges, and no condition takes a value that it was said not to have. With
// MUSTER_VALUES_PROGRAMS=N so many programs of each kind are tried; 25000 are some millions of evaluations.
#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "compiler/values/analysis.h"
#include "tests/agreement/generator.h"
#include "tests/agreement/judged.h"
#include "tests/agreement/share.h"
#include "tests/source_text.h"

namespace muster::agreement {
namespace {

using typed::ExprId;
using values::Finding;
using values::Truths;

constexpr int kPrograms = share(300);
constexpr int kSubjects = 8;

int programs() {
  const char* wanted = std::getenv("MUSTER_VALUES_PROGRAMS");
  return wanted == nullptr ? kPrograms : std::atoi(wanted);
}

using Elements = std::vector<std::uint32_t>;
using Seen = std::map<std::pair<ExprId, Elements>, Truths>;

Seen truths_in(const typed::Program& program, const reference::Trace& trace) {
  Seen seen;
  for (const auto& entry : trace.entries) {
    if (program.expr(entry.expression).type != types::kBool) continue;
    seen[{entry.expression, entry.elements}] = entry.value == "true"    ? values::kYes
                                               : entry.value == "false" ? values::kNo
                                                                        : values::kUnknown;
  }
  return seen;
}

bool is_within(Truths one, Truths all) { return !(one & all).none(); }

// Of an expression that stands around these elements.
const Truths* around(const Seen& seen, ExprId id, Elements elements) {
  while (true) {
    if (const auto found = seen.find({id, elements}); found != seen.end()) return &found->second;
    if (elements.empty()) return nullptr;
    elements.pop_back();
  }
}

// A condition, and what is said of it where those before it are true.
struct Said {
  std::vector<Finding> findings;
  std::vector<ExprId> before;
  ExprId condition;
  Truths behind;
};

std::vector<Said> said_of(const typed::Program& program, const typed::Policy& policy) {
  values::Analysis analysis(program, &policy);
  std::vector<Said> all;
  const auto add = [&](std::vector<ExprId>& before, ExprId condition) {
    Said said{{}, before, condition, {}};
    analysis.truths_of(condition, &said.findings);
    for (const ExprId each : before) analysis.take_for_granted(each, values::kYes);
    said.behind = analysis.truths_of(condition);
    analysis.forget();
    all.push_back(std::move(said));
    before.push_back(condition);
  };
  for (const auto& criterion : policy.criteria) {
    std::vector<ExprId> before;
    for (const auto& when : criterion.whens) add(before, when.condition);
    for (const auto& required : criterion.requires_) add(before, required.condition);
  }
  for (const auto& gate : policy.gates) {
    std::vector<ExprId> before;
    for (const auto& required : gate.requires_) add(before, required.condition);
  }
  return all;
}

void set_params(typed::Program& program, std::mt19937& random) {
  for (auto& policy : program.policies) {
    for (auto& param : policy.params) {
      if (!param.range) continue;
      const auto choice = random() % 3;
      if (choice > 0) param.value = choice == 1 ? param.range->low : param.range->high;
    }
  }
}

class Held {
 public:
  Held(const typed::Program& program, const base::SourceMap& sources) : program_(program), sources_(sources) {}

  void hold(const Said& said, const Seen& seen) {
    for (const Finding& finding : said.findings) {
      if (finding.truths == values::kAny) continue;
      for (auto at = seen.lower_bound({finding.expression, {}});
           at != seen.end() && at->first.first == finding.expression; ++at) {
        const bool applies = std::all_of(finding.given.begin(), finding.given.end(), [&](const Finding::Given& given) {
          const Truths* found = around(seen, given.expression, at->first.second);
          return found != nullptr && is_within(*found, given.truths);
        });
        if (!applies) continue;
        ++evaluations;
        if (!is_within(at->second, finding.truths)) fail(finding.expression, at->second, finding.truths, finding.given);
      }
    }
    const bool applies = std::all_of(said.before.begin(), said.before.end(), [&](ExprId id) {
      const Truths* found = around(seen, id, {});
      return found != nullptr && *found == values::kYes;
    });
    const Truths* found = around(seen, said.condition, {});
    if (!applies || found == nullptr || said.behind == values::kAny) return;
    ++evaluations;
    if (!is_within(*found, said.behind)) fail(said.condition, *found, said.behind, all_true(said.before));
  }

  std::size_t evaluations = 0;

 private:
  static std::vector<Finding::Given> all_true(const std::vector<ExprId>& before) {
    std::vector<Finding::Given> given;
    for (const ExprId id : before) given.push_back({id, values::kYes});
    return given;
  }

  void fail(ExprId id, Truths is, Truths said, const std::vector<Finding::Given>& given) const {
    const auto shown = [](Truths truths) {
      return std::string(truths.yes() ? "true " : "") + (truths.no() ? "false " : "") +
             (truths.unknown() ? "unknown " : "");
    };
    std::string where;
    for (const auto& each : given) {
      where += "\nwhere this is " + shown(each.truths) + ": ";
      where += sources_.text(program_.expr(each.expression).span);
    }
    ADD_FAILURE() << sources_.text(program_.expr(id).span) << "\nis " << shown(is) << "but was said to be "
                  << shown(said) << where;
  }

  const typed::Program& program_;
  const base::SourceMap& sources_;
};

// Conditions about few things, so that what stands before one often decides it: of a count or `choose`, too, which may
// be several values while they are unknown.
class DenseGenerator {
 public:
  explicit DenseGenerator(std::uint32_t seed) : random_(seed) {}

  std::string module() {
    std::string text =
        "enum Tone { low, middle, high }\n"
        "record Item { size: int  good: bool }\n"
        "param most: int = 2 in 0..3\n"
        "subject Thing {\n  key id: text\n  n: int\n  m: int\n  share: percent in 0%..100%\n  tone: Tone\n  good: "
        "bool\n"
        "  items: list of Item\n  tags: list of text\n  more: list of text\n  word: text\n  note: text\n  extra: "
        "int?\n}\n"
        "policy p for Thing \"P\" {\n"
        "  let some = count(i in items where i.good)\n"
        "  let loud = upper(note)\n"
        "  let class = choose { n > 1 => 1, good => 2, else => 3 }\n";
    for (int i = 0; i < 12; ++i) {
      text += "  must c" + std::to_string(i) + " \"C\" {\n";
      if (below(3) == 0) text += "    when " + condition(2) + "\n";
      for (unsigned left = 1 + below(3); left > 0; --left) text += "    require " + condition(3) + "\n";
      text += "  }\n";
    }
    return text + "}\n";
  }

 private:
  unsigned below(unsigned end) { return static_cast<unsigned>(random_() % end); }
  std::string one_of(const std::vector<std::string>& choices) {
    return choices[below(static_cast<unsigned>(choices.size()))];
  }
  std::string comparison() { return one_of({" == ", " != ", " < ", " <= ", " > ", " >= "}); }
  std::string whole() {
    return one_of({"n", "n", "m", "some", "some", "class", "class", "size(items)", "most", "(extra ?? 1)",
                   "(n assume 1)", "(n + 1)"});
  }

  std::string atom() {
    switch (below(10)) {
      case 0:
      case 1:
      case 2: return whole() + comparison() + one_of({"0", "1", "2", "3", "n", "m", "some", "class", "most"});
      case 3: return "tone" + one_of({" == ", " != "}) + one_of({"low", "middle", "high"});
      case 4: return whole() + one_of({" in ", " not in "}) + one_of({"0..2", "1..most", "[1, 2]", "[0, 3]"});
      case 5: return "share" + comparison() + one_of({"0%", "50%", "100%"});
      case 6: return one_of({"n", "some", "class", "good"}) + " is " + one_of({"known", "not known"});
      case 7: {
        const std::string variable = "v" + std::to_string(variables_++);
        return "(" + one_of({"any ", "all ", "no ", "at least 2 "}) + variable + " in items: " + variable + ".good" +
               one_of({"", " and " + variable + ".size > 1", " or " + atom()}) + ")";
      }
      case 8: {
        const std::string made = one_of({"lower(note)", "upper(trim(note))", "trim(note)", "loud", "note"});
        const std::string text = one_of({"\"a\"", "\"A\"", "\" a\"", "\" \"", "\"\"", "\"B \""});
        if (below(3) == 0) return made + " in [" + text + ", \"Bb\"]";
        return made + one_of({" == ", " != ", " contains ", " starts with ", " ends with "}) + text;
      }
      default: return one_of({"good", "extra is present", "note == \"a\"", "note != \"a\""});
    }
  }

  std::string condition(int depth) {
    if (depth == 0) return atom();
    switch (below(6)) {
      case 0:
      case 1: return "(" + condition(depth - 1) + " and " + condition(depth - 1) + ")";
      case 2:
      case 3: return "(" + condition(depth - 1) + " or " + condition(depth - 1) + ")";
      case 4: return "not (" + condition(depth - 1) + ")";
      default:
        return "(if " + condition(depth - 1) + " then " + condition(depth - 1) + " else " + condition(depth - 1) + ")";
    }
  }

  std::mt19937 random_;
  int variables_ = 0;
};

// How many evaluations there were of what was said.
std::size_t try_programs(int count, const std::function<std::string(int)>& module_of) {
  std::size_t evaluations = 0;
  for (int seed = 0; seed < count && !::testing::Test::HasFailure(); ++seed) {
    std::mt19937 random(static_cast<unsigned>(seed) + 3000);
    const auto compilation = compiled(module_of(seed));
    if (compilation->diagnostics.has_errors()) break;
    typed::Program& program = compilation->program;
    const std::vector<Said> all = said_of(program, program.policies.front());
    set_params(program, random);
    Judge judge(program);
    Held held(program, compilation->sources);
    for (int subject = 0; subject < kSubjects && !::testing::Test::HasFailure(); ++subject) {
      const Evidence evidence = random_evidence(program, judge.policy().subject, {subject % 2 == 0 ? 0u : 4u}, random);
      reference::Trace trace;
      judge.judge(evidence, &trace);
      const Seen seen = truths_in(program, trace);
      for (const Said& said : all) held.hold(said, seen);
    }
    if (::testing::Test::HasFailure()) ADD_FAILURE() << "seed " << seed;
    evaluations += held.evaluations;
  }
  ::testing::Test::RecordProperty("evaluations", std::to_string(evaluations));
  return evaluations;
}

TEST(Values, no_condition_takes_a_value_that_it_was_said_not_to_have) {
  const std::size_t evaluations = try_programs(
      programs(), [](int seed) { return Generator(static_cast<unsigned>(seed), Exceptions::allowed).module(); });
  // Enough was said that this means something.
  EXPECT_GT(evaluations, static_cast<std::size_t>(programs()) * 35);
}

TEST(Values, nor_where_conditions_speak_of_few_things) {
  const std::size_t evaluations =
      try_programs(programs(), [](int seed) { return DenseGenerator(static_cast<unsigned>(seed)).module(); });
  EXPECT_GT(evaluations, static_cast<std::size_t>(programs()) * 200);
}

// Behind what leaves a list no size the list is unknown: its count is anything, and decided against what no count is.
TEST(Values, nor_of_a_list_that_can_have_no_size) {
  const std::size_t evaluations = try_programs(20, [](int) {
    return std::string(
        "record Item { good: bool }\n"
        "subject Thing {\n  key id: text\n  items: list of Item\n}\n"
        "policy p for Thing \"P\" {\n"
        "  let some = count(i in items where i.good)\n"
        "  must counted \"C\" { require size(items) < 0 and some < 0 }\n"
        "  must asked \"A\" { require size(items) < 0 and (at least 0 i in items: i.good) }\n"
        "}\n");
  });
  EXPECT_GT(evaluations, 100u);
}

}  // namespace
}  // namespace muster::agreement

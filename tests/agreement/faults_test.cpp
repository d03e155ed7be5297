// SPDX-License-Identifier: Apache-2.0
// The net is fine enough: faults that people make in engines, planted one at a time, are each found by random policies
// and evidence within a few programs.
#include <functional>
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "tests/agreement/column_judge.h"
#include "tests/agreement/generator.h"
#include "tests/source_text.h"

namespace muster::agreement {
namespace {

using ir::Code;
using ir::Instruction;
using ir::Op;
using ir::ValueId;

// A fault changes code; false where the code has nothing that it could be in.
struct Fault {
  const char* name;
  std::function<bool(Code&)> plant;
};

// In all instructions of an operation, as a fault of its kernel would be.
Fault in_all(const char* name, Op op, std::function<void(Code&, Instruction&)> change) {
  return {name, [op, change](Code& code) {
            bool found = false;
            for (Instruction& each : code.instructions) {
              if (each.op != op || each.axis == ir::kRun) continue;
              change(code, each);
              found = true;
            }
            return found;
          }};
}

Fault instead(const char* name, Op op, Op other) {
  return in_all(name, op, [other](Code&, Instruction& each) { each.op = other; });
}

Fault swapped(const char* name, Op op, std::size_t a, std::size_t b) {
  return in_all(name, op, [a, b](Code& code, Instruction& each) {
    std::swap(code.operands[each.first + a], code.operands[each.first + b]);
  });
}

// The result is one of the operands: a step is left out.
Fault only_operand(const char* name, Op op, std::size_t at) {
  return in_all(name, op, [at](Code& code, Instruction& each) {
    const ValueId kept = code.operands[each.first + at];
    each.op = Op::and_;
    each.count = 2;
    each.first = static_cast<std::uint32_t>(code.operands.size());
    code.operands.push_back(kept);
    code.operands.push_back(kept);
  });
}

// A check that always says yes.
Fault never_wrong(const char* name, Op op) {
  return in_all(name, op, [](Code& code, Instruction& each) {
    each.op = Op::or_;
    each.count = 2;
    each.index = 0;
    each.first = static_cast<std::uint32_t>(code.operands.size());
    // The second instruction is `ones`.
    code.operands.push_back(1);
    code.operands.push_back(1);
  });
}

template <typename Change>
Fault in_outputs(const char* name, Change change) {
  return {name, [change](Code& code) { return change(code.outputs); }};
}

bool swap_first_truth(ir::Outputs& outputs) {
  for (ir::TruthOut& gate : outputs.gates) std::swap(gate.yes, gate.no);
  return !outputs.gates.empty();
}

std::vector<Fault> faults() {
  std::vector<Fault> all{
      instead("and for or", Op::or_, Op::and_),
      instead("or for and", Op::and_, Op::or_),
      only_operand("what is cut out stays", Op::and_not, 0),
      swapped("the wrong one is cut out", Op::and_not, 0, 1),
      only_operand("not is left out", Op::not_, 0),
      instead("<= for <", Op::less, Op::less_equal),
      instead("< for <=", Op::less_equal, Op::less),
      swapped("> for <", Op::less, 0, 1),
      instead("<= for ==", Op::equal, Op::less_equal),
      swapped("the other branch", Op::select, 1, 2),
      swapped("subtracted the other way", Op::subtract, 0, 1),
      instead("minus for plus", Op::add, Op::subtract),
      swapped("days the other way", Op::days_between, 0, 1),
      never_wrong("overflow of a sum isn't seen", Op::add_ok),
      never_wrong("overflow of a product isn't seen", Op::multiply_ok),
      never_wrong("infinity is a number", Op::is_finite),
      never_wrong("the end of the calendar isn't seen", Op::date_plus_ok),
      instead("rounded down", Op::fround, Op::ffloor),
      instead("rounded up", Op::ffloor, Op::fceil),
      instead("the greatest for the least", Op::seg_min, Op::seg_max),
      instead("the least for the greatest", Op::seg_max, Op::seg_min),
      instead("the first for the last of the latest", Op::seg_latest, Op::seg_max),
      in_all("one more than enough", Op::seg_at_least, [](Code&, Instruction& each) { ++each.index; }),
      only_operand("equal elements stay", Op::first_of_equals, 1),
      in_all("a constant of a set is lost", Op::in_set,
             [](Code& code, Instruction& each) {
               auto set = code.sets[each.index];
               set.pop_back();
               if (set.empty()) return;
               each.index = static_cast<std::uint32_t>(code.sets.size());
               code.sets.push_back(std::move(set));
             }),
      instead("months are days", Op::date_months, Op::shift_day),
      in_all("a weight is off by one", Op::weigh,
             [](Code& code, Instruction& each) {
               ir::Weights weights = code.weights[each.index];
               ++weights.of.back();
               each.index = static_cast<std::uint32_t>(code.weights.size());
               code.weights.push_back(std::move(weights));
             }),
      in_all("the worst of parts is the best", Op::parts_figure,
             [](Code&, Instruction& each) {
               if (each.index % ir::kFigures == static_cast<std::uint32_t>(ir::Figure::low)) ++each.index;
             }),
      in_outputs("yes and no of gates are swapped", swap_first_truth),
      in_outputs("what may be met may be unmet",
                 [](ir::Outputs& outputs) {
                   for (ir::CriterionOut& out : outputs.criteria) std::swap(out.met, out.unmet);
                   return true;
                 }),
      in_outputs("waived counts as unmet",
                 [](ir::Outputs& outputs) {
                   for (ir::CriterionOut& out : outputs.criteria) out.unmet = out.waived;
                   return true;
                 }),
      in_outputs("a score's low is its high",
                 [](ir::Outputs& outputs) {
                   for (ir::ScoreOut& out : outputs.scores) out.low = out.high;
                   return !outputs.scores.empty();
                 }),
      in_outputs("a score that may be none is never",
                 [](ir::Outputs& outputs) {
                   for (ir::ScoreOut& out : outputs.scores) out.may_be_none = 0;
                   return !outputs.scores.empty();
                 }),
      in_outputs("scores without waivers are the scores",
                 [](ir::Outputs& outputs) {
                   if (outputs.scores_without_waivers.empty()) return false;
                   outputs.scores_without_waivers = outputs.scores;
                   return true;
                 }),
  };
  all.push_back({"effective dates count the other way", [](Code& code) {
                   bool found = false;
                   for (const ir::CriterionOut& out : code.outputs.criteria) {
                     if (out.upcoming == ir::kNoValue || code[out.upcoming].op != Op::less) continue;
                     const Instruction& less = code[out.upcoming];
                     std::swap(code.operands[less.first], code.operands[less.first + 1]);
                     found = true;
                   }
                   return found;
                 }});
  all.push_back({"stale evidence is fresh", [](Code& code) {
                   bool found = false;
                   for (Instruction& each : code.instructions) {
                     const bool of_time = each.op == Op::less && each.axis != ir::kRun &&
                                          code[code.operands[each.first + 1]].axis == ir::kRun &&
                                          code[code.operands[each.first]].op == Op::load &&
                                          code[code.operands[each.first]].phys == ir::Phys::i64;
                     if (!of_time) continue;
                     std::swap(code.operands[each.first], code.operands[each.first + 1]);
                     found = true;
                   }
                   return found;
                 }});
  return all;
}

// A random policy and what the reference engine says of some subjects.
struct Case {
  std::unique_ptr<const compiler::Compilation> compilation;
  std::unique_ptr<Judge> judge;
  std::optional<Code> code;
  std::vector<Evidence> subjects;
  std::vector<verdicts::SubjectResult> expected;
};

constexpr int kCases = 60;
constexpr int kSubjects = 40;

const Case& random_case(int seed) {
  static std::map<int, Case> made;
  const auto [at, added] = made.try_emplace(seed);
  Case& of = at->second;
  if (!added) return of;
  std::mt19937 random(static_cast<unsigned>(seed) + 9000);
  of.compilation = compiled(Generator(static_cast<unsigned>(seed) + 500, Exceptions::allowed).module());
  const typed::Program& program = of.compilation->program;
  of.judge = std::make_unique<Judge>(program);
  of.code = code_of(program, *of.judge);
  for (int i = 0; i < kSubjects; ++i) {
    const unsigned gaps[] = {0, 0, 4, 9};
    of.subjects.push_back(random_evidence(program, of.judge->policy().subject, {gaps[random() % 4]}, random));
    of.subjects.back().shared = of.subjects.front().shared;
    evidence::Datum& key = of.subjects.back().subject.items[*program.types.record_at(of.judge->policy().subject).key()];
    if (key.state != evidence::State::known) key = evidence::Datum::known(types::Scalar("k" + std::to_string(i)), {});
    of.expected.push_back(of.judge->judge(of.subjects.back()));
  }
  return of;
}

bool is_seen(const Case& of, const Code& code) {
  ColumnJudge by_columns(of.compilation->program, *of.judge, code, of.subjects.front().shared,
                         interpreter(of.compilation->program, *of.judge, code));
  const auto found = by_columns.judge(of.subjects, 64);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!difference(of.judge->policy(), of.expected[i], found[i]).empty()) return true;
  }
  return false;
}

TEST(Faults, AreFound) {
  int planted = 0;
  for (const Fault& fault : faults()) {
    bool found = false;
    for (int seed = 0; seed < kCases && !found; ++seed) {
      const Case& of = random_case(seed);
      Code code = *of.code;
      found = fault.plant(code) && is_seen(of, code);
    }
    EXPECT_TRUE(found) << fault.name;
    planted += found ? 1 : 0;
  }
  EXPECT_GE(planted, 30);
}

// Without a fault nothing is seen: what finds them is no noise.
TEST(Faults, AreAllThatIsFound) {
  for (int seed = 0; seed < 5; ++seed) EXPECT_FALSE(is_seen(random_case(seed), *random_case(seed).code)) << seed;
}

}  // namespace
}  // namespace muster::agreement

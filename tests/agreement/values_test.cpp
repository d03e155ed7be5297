// SPDX-License-Identifier: Apache-2.0
// What is said of a condition without evidence holds over evidence: random policies judge random subjects, with their
// params anywhere in their ranges, and no condition takes a value that it was said not to have. With
// MUSTER_VALUES_PROGRAMS=N so many programs are tried; 25000 are more than a million evaluations.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>
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
        if (!is_within(at->second, finding.truths)) fail(finding.expression, at->second, finding.truths);
      }
    }
    const bool applies = std::all_of(said.before.begin(), said.before.end(), [&](ExprId id) {
      const Truths* found = around(seen, id, {});
      return found != nullptr && *found == values::kYes;
    });
    const Truths* found = around(seen, said.condition, {});
    if (!applies || found == nullptr || said.behind == values::kAny) return;
    ++evaluations;
    if (!is_within(*found, said.behind)) fail(said.condition, *found, said.behind);
  }

  std::size_t evaluations = 0;

 private:
  void fail(ExprId id, Truths is, Truths said) const {
    const auto shown = [](Truths truths) {
      return std::string(truths.yes() ? "true " : "") + (truths.no() ? "false " : "") +
             (truths.unknown() ? "unknown " : "");
    };
    ADD_FAILURE() << sources_.text(program_.expr(id).span) << "\nis " << shown(is) << "but was said to be "
                  << shown(said);
  }

  const typed::Program& program_;
  const base::SourceMap& sources_;
};

TEST(Values, no_condition_takes_a_value_that_it_was_said_not_to_have) {
  std::size_t evaluations = 0;
  for (int seed = 0; seed < programs() && !::testing::Test::HasFailure(); ++seed) {
    std::mt19937 random(static_cast<unsigned>(seed) + 3000);
    const auto compilation = compiled(Generator(static_cast<unsigned>(seed), Exceptions::allowed).module());
    if (compilation->diagnostics.has_errors()) break;
    typed::Program& program = compilation->program;
    const std::vector<Said> all = said_of(program, program.policies.front());
    set_params(program, random);
    Judge judge(program);
    Held held(program, compilation->sources);
    for (int subject = 0; subject < kSubjects && !::testing::Test::HasFailure(); ++subject) {
      const Evidence evidence = random_evidence(program, judge.policy().subject, {subject % 2 == 0 ? 0u : 6u}, random);
      reference::Trace trace;
      judge.judge(evidence, &trace);
      const Seen seen = truths_in(program, trace);
      for (const Said& said : all) held.hold(said, seen);
    }
    if (::testing::Test::HasFailure()) ADD_FAILURE() << "seed " << seed;
    evaluations += held.evaluations;
  }
  // Enough was said that this means something.
  EXPECT_GT(evaluations, static_cast<std::size_t>(programs()) * 40);
  RecordProperty("evaluations", std::to_string(evaluations));
}

}  // namespace
}  // namespace muster::agreement

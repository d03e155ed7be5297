// SPDX-License-Identifier: Apache-2.0
#include "runtime/suite/expectations.h"

#include <algorithm>
#include <set>
#include <vector>

#include "base/number_text.h"
#include "compiler/typed/reach.h"

namespace muster::suite {

namespace {

using typed::Expectation;
using typed::Policy;
using typed::Program;
using typed::Status;
using verdicts::CriterionResult;
using verdicts::SubjectResult;

std::string joined(const std::vector<std::string>& pieces) {
  std::string text;
  for (const std::string& piece : pieces) text += (text.empty() ? "" : ", ") + piece;
  return text;
}

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

// `unmet: "no drill"`, `unknown: coverage is missing`
std::string describe(const CriterionResult& result) {
  std::string text = verdicts::name(result.status);
  if (result.upcoming) {
    text += " until " + base::to_text(*result.upcoming) + ", then " + verdicts::name(result.would_be);
  }
  std::vector<std::string> reasons;
  for (const std::string& message : result.because) reasons.push_back(quoted(message));
  for (const auto& cause : result.missing) reasons.push_back(cause.field + " is " + evidence::name(cause.reason));
  return reasons.empty() ? text : text + ": " + joined(reasons);
}

std::optional<std::string> criterion_difference(const Policy& policy, const Expectation& expected,
                                                const SubjectResult& found) {
  const std::string& name = policy.criteria[expected.index].name;
  const CriterionResult& result = found.criteria[expected.index];
  if (result.status != expected.status) {
    return "expected " + name + " " + verdicts::name(expected.status) + ", is " + describe(result);
  }
  if (!expected.message) return std::nullopt;
  const bool said = std::any_of(result.because.begin(), result.because.end(), [&](const std::string& message) {
    return message.find(*expected.message) != std::string::npos;
  });
  if (said) return std::nullopt;
  return "expected " + name + " " + verdicts::name(expected.status) + " with a message that holds " +
         quoted(*expected.message) + ", is " + describe(result);
}

std::optional<std::string> gate_difference(const Program& program, const Policy& policy, const Expectation& expected,
                                           const SubjectResult& found) {
  const verdicts::Verdict verdict = verdicts::verdict(found.gates[expected.index]);
  const auto wanted = static_cast<verdicts::Verdict>(expected.verdict);
  if (verdict == wanted) return std::nullopt;
  std::string text = "expected gate " + policy.gates[expected.index].name + " " + verdicts::name(wanted) + ", is " +
                     verdicts::name(verdict);
  std::vector<std::string> reasons;
  for (const std::uint32_t criterion : typed::criteria_of_gate(program, policy, expected.index)) {
    const CriterionResult& result = found.criteria[criterion];
    if (result.status != Status::unmet && result.status != Status::unknown) continue;
    reasons.push_back(policy.criteria[criterion].name + " is " + describe(result));
  }
  for (const std::string& reason : reasons) text += "\n  " + reason;
  return text;
}

std::string percents(double low, double high) {
  const std::string from = base::to_text(low) + "%";
  return low == high ? from : from + ".." + base::to_text(high) + "%";
}

std::optional<std::string> score_difference(const Policy& policy, const Expectation& expected,
                                            const SubjectResult& found) {
  const verdicts::ScoreResult& score = found.scores[expected.index];
  const bool holds =
      expected.none ? score.may_be_none && !score.has_value
                    : score.has_value && !score.may_be_none && expected.low <= score.low && score.high <= expected.high;
  if (holds) return std::nullopt;
  std::string text = "expected score " + policy.scores[expected.index].name +
                     (expected.none ? " none" : " in " + percents(expected.low, expected.high)) + ", is ";
  if (!score.has_value) return text + (score.may_be_none ? "none" : "unknown");
  text += percents(score.low, score.high);
  return score.may_be_none ? text + " or none" : text;
}

std::optional<std::string> level_difference(const Policy& policy, const Expectation& expected,
                                            const SubjectResult& found) {
  const typed::Levels& levels = policy.levels[expected.index];
  const verdicts::LevelResult& level = found.levels[expected.index];
  const bool holds = expected.none ? !level.sure : level.sure == expected.level;
  if (holds) return std::nullopt;
  const auto level_name = [&](std::uint32_t at) { return policy.gates[levels.gates[at]].name; };
  std::string text = "expected level " + levels.name + " " + (expected.none ? "none" : level_name(expected.level)) +
                     ", is " + (level.sure ? level_name(*level.sure) : "none");
  if (level.possible != level.sure) text += ", possibly " + level_name(*level.possible);
  return text;
}

}  // namespace

std::optional<std::string> difference(const Program& program, const Policy& policy, const Expectation& expected,
                                      const SubjectResult& found) {
  switch (expected.kind) {
    case Expectation::Kind::criterion: return criterion_difference(policy, expected, found);
    case Expectation::Kind::gate: return gate_difference(program, policy, expected, found);
    case Expectation::Kind::score: return score_difference(policy, expected, found);
    case Expectation::Kind::level: return level_difference(policy, expected, found);
  }
  return std::nullopt;
}

}  // namespace muster::suite

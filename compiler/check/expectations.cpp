// SPDX-License-Identifier: Apache-2.0
// What a test expects: parts of the policy by name, and what each may come to.
#include "compiler/check/checker.h"

namespace muster::check {

std::optional<typed::Expectation> Checker::check_expectation(const ast::Expectation& written,
                                                             const typed::Policy& policy) {
  typed::Expectation made;
  made.span = written.span;
  std::optional<std::uint32_t> index;
  bool fits = true;
  switch (written.kind) {
    case ast::Expectation::Kind::criterion:
      made.kind = typed::Expectation::Kind::criterion;
      index = find_part(written.name, policy.criteria, "criterion", policy);
      fits = check_criterion_expectation(written, made);
      break;
    case ast::Expectation::Kind::gate:
      made.kind = typed::Expectation::Kind::gate;
      index = find_part(written.name, policy.gates, "gate", policy);
      fits = check_gate_expectation(written, made);
      break;
    case ast::Expectation::Kind::score:
      made.kind = typed::Expectation::Kind::score;
      index = find_part(written.name, policy.scores, "score", policy);
      fits = index && check_score_expectation(written, policy.scores[*index], made);
      break;
    case ast::Expectation::Kind::level:
      made.kind = typed::Expectation::Kind::level;
      index = find_part(written.name, policy.levels, "levels", policy);
      fits = index && check_level_expectation(written, policy, policy.levels[*index], made);
      break;
  }
  if (!index || !fits) return std::nullopt;
  made.index = *index;
  return made;
}

bool Checker::check_criterion_expectation(const ast::Expectation& written, typed::Expectation& made) {
  switch (written.status) {
    case ast::Status::met: made.status = typed::Status::met; break;
    case ast::Status::unmet: made.status = typed::Status::unmet; break;
    case ast::Status::na: made.status = typed::Status::na; break;
    case ast::Status::waived: made.status = typed::Status::waived; break;
    case ast::Status::unknown: made.status = typed::Status::unknown; break;
  }
  if (!written.message) return true;
  if (made.status != typed::Status::unmet && made.status != typed::Status::na) {
    report(Code::bad_test, written.message->span, "only what is `unmet` or `na` has a message to expect").help =
        "leave the text out, or expect `unmet`";
    return false;
  }
  made.message = written.message->value;
  return true;
}

bool Checker::check_gate_expectation(const ast::Expectation& written, typed::Expectation& made) {
  const std::pair<const char*, typed::Expectation::Verdict> verdicts[] = {
      {"pass", typed::Expectation::Verdict::pass},
      {"fail", typed::Expectation::Verdict::fail},
      {"undecided", typed::Expectation::Verdict::undecided}};
  if (written.verdict.empty()) return false;
  std::vector<std::string> candidates;
  for (const auto& [word, verdict] : verdicts) {
    candidates.emplace_back(word);
    if (written.verdict.text != word) continue;
    made.verdict = verdict;
    return true;
  }
  base::Diagnostic& problem =
      unknown(Code::bad_test, written.verdict, "a gate comes to no `" + written.verdict.text + "`", candidates);
  if (problem.help.empty()) problem.help = "expect `pass`, `fail` or `undecided`";
  return false;
}

// `in 60%..90%`, `in 80%`, or `none`.
bool Checker::check_score_expectation(const ast::Expectation& written, const typed::Score& score,
                                      typed::Expectation& made) {
  if (written.range == ast::kNoExpr) return false;
  const ast::Expr& range = expr_at(written.range);
  const auto points = [](const types::Scalar& end) { return std::get<types::Percent>(end).points; };
  if (range.kind == ast::Expr::Kind::none) {
    if (!score.may_be_none) {
      report(Code::bad_test, range.span, "`" + score.name + "` is never none").help =
          "only a score with `empty none` can be";
      return false;
    }
    made.none = true;
    return true;
  }
  if (range.kind == ast::Expr::Kind::range) {
    const auto ends = range_of(written.range, types::kPercent);
    if (!ends) return false;
    made.low = points(ends->low);
    made.high = points(ends->high);
    return true;
  }
  const auto exactly = constant_of(written.range, types::kPercent, "`" + score.name + "`");
  if (!exactly) return false;
  made.low = made.high = points(*exactly);
  return true;
}

bool Checker::check_level_expectation(const ast::Expectation& written, const typed::Policy& policy,
                                      const typed::Levels& levels, typed::Expectation& made) {
  if (written.level.empty()) return false;
  std::vector<std::string> candidates;
  for (std::uint32_t i = 0; i < levels.gates.size(); ++i) {
    const std::string& gate = policy.gates[levels.gates[i]].name;
    candidates.push_back(gate);
    if (gate != written.level.text) continue;
    note_use(written.level.span, policy.gates[levels.gates[i]].span);
    made.level = i;
    return true;
  }
  if (written.level.text == "none") {
    made.none = true;
    return true;
  }
  unknown(Code::unknown_part, written.level, "`" + levels.name + "` has no level `" + written.level.text + "`",
          candidates)
      .labels.push_back({levels.span, "its levels are declared here"});
  return false;
}

}  // namespace muster::check

// SPDX-License-Identifier: Apache-2.0
#include "compiler/lint/settled.h"

#include <algorithm>
#include <set>

#include "compiler/lint/own_text.h"
#include "compiler/values/analysis.h"

namespace muster::lint {

namespace {

using typed::Condition;
using typed::ExprId;
using typed::Op;
using values::Analysis;
using values::Finding;
using values::Truths;

class Settling {
 public:
  explicit Settling(const typed::Program& program) : program_(program), plain_(program, nullptr) {}

  std::vector<Settled> run() {
    for (std::uint32_t i = 0; i < program_.policies.size(); ++i) {
      const typed::Policy& policy = program_.policies[i];
      Analysis analysis(program_, &policy);
      for (const std::uint32_t let : policy.lets) look_at_let(analysis, let, i);
      for (const typed::Criterion& criterion : policy.criteria) {
        for (const std::uint32_t let : criterion.lets) look_at_let(analysis, let, i);
      }
      for (const Sequence& sequence : sequences_of(policy)) look_at_sequence(analysis, sequence.conditions, i);
    }
    for (const typed::Define& define : program_.defines) {
      Analysis analysis(program_, nullptr);
      look_at(analysis, define.body);
    }
    return std::move(settled_);
  }

 private:
  void look_at_let(Analysis& analysis, std::uint32_t let, std::uint32_t policy) {
    if (program_.lets[let].policy == policy) look_at(analysis, program_.lets[let].value);
  }

  void look_at_sequence(Analysis& analysis, const std::vector<const Condition*>& sequence, std::uint32_t policy) {
    std::vector<ExprId> before;
    for (const Condition* condition : sequence) {
      const ExprId id = condition->condition;
      if (condition->policy == policy && seen_.count(id) == 0 && !look_at(analysis, id) && !before.empty()) {
        look_at_behind(analysis, before, id);
      }
      before.push_back(id);
    }
  }

  // Whether anything was found.
  bool look_at(Analysis& analysis, ExprId condition) {
    if (condition == typed::kNoExpr || !seen_.insert(condition).second) return false;
    std::vector<Finding> findings;
    analysis.truths_of(condition, &findings);
    std::vector<ExprId> told;
    for (const Finding& finding : findings) {
      const Truths truths = finding.truths;
      if (truths.yes() && truths.no()) continue;
      if (is_for_another_lint(finding.expression)) told.push_back(finding.expression);
      if (!is_of_interest(finding.expression, condition) || holds_one(finding.expression, told)) continue;
      // Behind what is settled everything else may seem to be.
      if (std::any_of(finding.given.begin(), finding.given.end(), [&](const Finding::Given& given) {
            return std::find(told.begin(), told.end(), given.expression) != told.end();
          })) {
        continue;
      }
      Settled found;
      found.expression = finding.expression;
      found.kind = truths.no()    ? Settled::Kind::never
                   : truths.yes() ? Settled::Kind::always
                                  : Settled::Kind::never_known;
      if (finding.place == Finding::Place::branch_of_choose && (truths.yes() || truths.no())) {
        found.kind = Settled::Kind::branch;
        found.holds = truths.yes();
      }
      if (finding.expression != condition && !finding.given.empty()) {
        const auto& last = finding.given.back().expression;
        if (!is_settled_alone(analysis, finding.expression, truths)) found.by = last;
      }
      settled_.push_back(found);
      told.push_back(finding.expression);
    }
    return !told.empty();
  }

  bool is_settled_alone(Analysis& analysis, ExprId id, Truths truths) {
    const Truths alone = analysis.truths_of(id);
    return (alone.yes() || alone.no()) ? (alone.yes() == truths.yes() && alone.no() == truths.no()) : truths.none();
  }

  void look_at_behind(Analysis& analysis, const std::vector<ExprId>& before, ExprId condition) {
    for (const ExprId each : before) analysis.take_for_granted(each, values::kYes);
    const Truths truths = analysis.truths_of(condition);
    analysis.forget();
    if (truths.yes() == truths.no()) return;
    Settled found;
    found.kind = truths.yes() ? Settled::Kind::implied : Settled::Kind::contradicted;
    found.expression = condition;
    for (const ExprId each : before) {
      analysis.take_for_granted(each, values::kYes);
      const Truths by_one = analysis.truths_of(condition);
      analysis.forget();
      if (by_one.yes() == truths.yes() && by_one.no() == truths.no()) {
        found.by = each;
        break;
      }
    }
    settled_.push_back(found);
  }

  // What is a value rather than a question, and what another lint speaks of.
  bool is_of_interest(ExprId id, ExprId whole) {
    const Op op = program_.expr(id).op;
    if (op == Op::literal || op == Op::param || op == Op::variable) return id == whole && op == Op::literal;
    return !is_for_another_lint(id);
  }

  bool is_for_another_lint(ExprId id) {
    const typed::Expr& expr = program_.expr(id);
    if (expr.op == Op::not_) return is_for_another_lint(program_.operand(expr, 0));
    if (expr.op == Op::is_present) return !program_.types.is_optional(program_.expr(program_.operand(expr, 0)).type);
    return plain_.compares_itself(id);
  }

  bool holds_one(ExprId id, const std::vector<ExprId>& told) const {
    const base::Span outer = program_.expr(id).span;
    return std::any_of(told.begin(), told.end(), [&](ExprId each) {
      const base::Span inner = program_.expr(each).span;
      return inner.file == outer.file && outer.begin <= inner.begin && inner.end <= outer.end;
    });
  }

  const typed::Program& program_;
  Analysis plain_;  // of no policy
  std::vector<Settled> settled_;
  std::set<ExprId> seen_;
};

}  // namespace

std::vector<Settled> settled_conditions(const typed::Program& program) { return Settling(program).run(); }

}  // namespace muster::lint

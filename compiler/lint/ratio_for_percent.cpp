// SPDX-License-Identifier: Apache-2.0
#include <optional>

#include "compiler/lint/lints.h"
#include "compiler/lint/own_text.h"
#include "compiler/values/analysis.h"

namespace muster::lint {

namespace {

using typed::ExprId;
using typed::Op;

std::optional<double> points_of(const typed::Program& program, ExprId id) {
  const typed::Expr& expr = program.expr(id);
  const types::Scalar* value = expr.op == Op::literal ? &program.constants[expr.index]
                               : expr.op == Op::param ? &program.params[expr.index].value
                                                      : nullptr;
  const auto* percent = value == nullptr ? nullptr : std::get_if<types::Percent>(value);
  return percent == nullptr ? std::nullopt : std::optional(percent->points);
}

bool is_like_a_ratio(std::optional<double> points) { return points && *points > 0 && *points <= 1; }

enum class Asks : bool { for_more, for_less };

Asks opposite(Asks asks) { return asks == Asks::for_more ? Asks::for_less : Asks::for_more; }

// A limit, and what may not be below it.
struct Limit {
  ExprId limit, value;
  enum class End : bool { in, out } end;
};

// Whether anything reaches it: more than the whole of something is hardly ever there, whatever its type allows.
bool is_reached(const Lints& lints, const Limit& limit, double points) {
  constexpr double kWhole = 100;
  if (points > kWhole || (points == kWhole && limit.end == Limit::End::out)) return false;
  values::Analysis analysis(lints.program, nullptr);
  const values::Relations stands =
      values::compare(analysis.possible_of(limit.value), values::exactly(types::Percent{points}));
  return stands.greater || (stands.equal && limit.end == Limit::End::in);
}

void tell(const Lints& lints, const Limit& found) {
  const auto points = points_of(lints.program, found.limit);
  if (!is_like_a_ratio(points)) return;
  auto& lint = lints.found.report(base::Code::ratio_for_percent, lints.span(found.limit),
                                  lints.quoted(found.limit) + " is at most one in a hundred");
  if (!is_reached(lints, found, *points * 100)) {
    lint.help = "a percent counts points, and `50%` is the half: write those that are meant";
    return;
  }
  const std::string meant = types::to_text(lints.program.types, types::kPercent, types::Percent{*points * 100});
  lint.help = "a percent counts points: for this ratio write `" + meant + "`";
  if (lints.program.expr(found.limit).op == Op::literal)
    lint.fixes.push_back({"write `" + meant + "`", false, {{lints.span(found.limit), meant}}});
}

// A limit from below: at most 0.5% is a rate of errors, at least 0.5% of anything is nearly nothing.
void look(const Lints& lints, ExprId id, Asks asks) {
  const typed::Expr& expr = lints.program.expr(id);
  const auto operand = [&](std::size_t at) { return lints.program.operand(expr, at); };
  if (expr.op == Op::not_) {
    look(lints, operand(0), opposite(asks));
  } else if (expr.op == Op::implies) {
    look(lints, operand(0), opposite(asks));
    look(lints, operand(1), asks);
  } else if (expr.op == Op::and_ || expr.op == Op::or_) {
    for (const ExprId each : lints.program.operands_of(expr)) look(lints, each, asks);
  } else if (expr.op == Op::any || expr.op == Op::all || expr.op == Op::no) {
    // Behind the list and its `where`.
    look(lints, operand(2), expr.op == Op::no ? opposite(asks) : asks);
  } else if (expr.op == Op::let) {
    look(lints, lints.program.lets[expr.index].value, asks);
  } else if (typed::is_order(expr.op)) {
    const bool is_right = (expr.op == Op::greater || expr.op == Op::greater_equal) == (asks == Asks::for_more);
    // What must not be at most so much must be more.
    const bool holds_end = (expr.op == Op::greater_equal || expr.op == Op::less_equal) == (asks == Asks::for_more);
    tell(lints, {operand(is_right ? 1 : 0), operand(is_right ? 0 : 1), holds_end ? Limit::End::in : Limit::End::out});
  }
}

}  // namespace

void ratio_for_percent(const Lints& lints) {
  each_own_requirement(lints.program,
                       [&](const OwnCondition& own) { look(lints, own.condition.condition, Asks::for_more); });
}

}  // namespace muster::lint

// SPDX-License-Identifier: Apache-2.0
// Scores: an expression over other scores, weighted parts, or weighted criteria with what na, waived and unknown
// do to them.
#include "compiler/check/checker.h"

namespace muster::check {

void Checker::check_score(std::uint32_t index) {
  PolicyState& state = *policy_;
  if (state.score_state[index] != PolicyState::State::fresh || is_too_deep(state.policy.scores[index].span)) return;
  state.score_state[index] = PolicyState::State::open;
  const std::uint32_t outer = state.open_score;
  state.open_score = index;
  const ast::ScoreDecl& declared = *state.score_texts[index].declared;
  typed::Score made;
  made.name = state.policy.scores[index].name;
  made.doc = state.policy.scores[index].doc;
  made.span = state.policy.scores[index].span;
  made.origins = state.policy.scores[index].origins;
  const Surroundings kept = leave_for(module_, Place::score);
  policy_ = &state;
  enter_text(*state.score_texts[index].text);
  if (declared.expression != ast::kNoExpr) {
    made.expression = type_and_fit(declared.expression, types::kNumber, "a score");
  } else {
    check_score_settings(declared, made);
    if (!declared.parts.empty()) {
      check_score_parts(declared, made);
    } else {
      check_score_criteria(declared, made);
    }
  }
  return_to(kept);
  state.open_score = outer;
  state.policy.scores[index] = std::move(made);
  state.score_state[index] = PolicyState::State::done;
}

// In `score x = E` scores are numbers of points, elsewhere percents.
ExprId Checker::type_score(std::uint32_t index, Span span) {
  PolicyState& state = *policy_;
  if (state.score_state[index] == PolicyState::State::open) {
    const typed::Score& closing = state.policy.scores[state.open_score == kNone ? index : state.open_score];
    report_cycle(closing.span, closing.name, span);
    return make_error(span);
  }
  check_score(index);
  TypeId type = place_ == Place::score ? types::kNumber : types::kPercent;
  if (state.policy.scores[index].may_be_none) type = program_.types.optional(type);
  return narrow(make(Op::score, type, span, {}, index));
}

void Checker::check_score_settings(const ast::ScoreDecl& declared, typed::Score& score) {
  for (const Span& again : declared.repeated) {
    report(Code::bad_score, again, "`" + source_text(again) + "` is said twice");
  }
  auto treat = [](const std::optional<ast::ScoreDecl::Treatment>& written, typed::Treatment& into) {
    if (written) into = static_cast<typed::Treatment>(*written);
  };
  for (const auto& treatment : {declared.na, declared.waived}) {
    if (treatment != ast::ScoreDecl::Treatment::between) continue;
    report(Code::bad_score, declared.name.span,
           "only `unknown` can be `between`: na and waived criteria are met, unmet or excluded");
  }
  treat(declared.na, score.na);
  treat(declared.waived, score.waived);
  treat(declared.unknown, score.unknown);
  if (declared.empty_none) {
    score.empty = *declared.empty_none ? std::optional<double>() : std::optional<double>(declared.empty_value);
    score.may_be_none = *declared.empty_none;
  }
  score.rounding = static_cast<typed::Rounding>(declared.rounding);
  if (declared.rounding != ast::ScoreDecl::Rounding::none) {
    if (auto step = decimal_of(declared.round_step, declared.round_span, "a step of rounding"))
      score.round_step = *step;
    if (score.round_step.units == 0) {
      report(Code::bad_score, declared.round_span, "a score can't be rounded to steps of nothing").help =
          "write `round half_up to 1%`";
      score.rounding = typed::Rounding::none;
    }
  }
  score.cap = declared.cap;
  score.cap_unless_all_met = declared.cap_unless_all_met;
}

void Checker::check_score_parts(const ast::ScoreDecl& declared, typed::Score& score) {
  std::set<std::uint32_t> seen;
  for (const ast::ScoreDecl::Part& part : declared.parts) {
    const std::uint32_t index = find_named(part.score, Value::Kind::score, "score");
    if (index == kNone) continue;
    if (!seen.insert(index).second) {
      report(Code::duplicate_name, part.score.span, "`" + part.score.text + "` is a part already");
      continue;
    }
    if (is_error(type_score(index, part.score.span))) continue;
    if (auto weight = decimal_of(part.weight, part.span, "a weight")) score.parts.push_back({index, *weight});
  }
  if (!declared.weight.empty() || !declared.level_weights.empty()) {
    report(Code::bad_score, declared.of_span, "parts say their own weights").help = "leave out `weight`";
  }
}

void Checker::check_score_criteria(const ast::ScoreDecl& declared, typed::Score& score) {
  ast::Selection all;
  all.span = declared.name.span;
  score.of = select(declared.of ? *declared.of : all);
  if (!declared.weight.empty())
    score.weight = decimal_of(declared.weight, declared.span, "a weight").value_or(typed::Decimal{});
  for (const ast::ScoreDecl::LevelWeight& level : declared.level_weights) {
    const auto weight = decimal_of(level.weight, level.span, "a weight");
    if (!weight) continue;
    std::optional<typed::Decimal>& known = score.by_level[static_cast<std::size_t>(level.level)];
    if (known) report(Code::bad_score, level.span, "this level has a weight already");
    if (!known) known = weight;
  }
  typed::choose_criteria(policy_->policy, score);
}

}  // namespace muster::check

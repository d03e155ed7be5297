// SPDX-License-Identifier: Apache-2.0
// Criteria, gates and what is shown. A criterion is what it may still turn out to be: four bitmaps.
#include <utility>

#include "compiler/lower/lowering.h"

namespace muster::lower {

using ir::CriterionOut;
using ir::kNoValue;
using ir::Phys;
using typed::Status;

Lowering::Lowering(const typed::Program& program, const typed::Policy& policy, const Waivers& waivers)
    : program_(program),
      policy_(policy),
      waivers_(waivers),
      variables_(program.variables.size()),
      lets_(program.lets.size()),
      gates_(policy.gates.size()),
      scores_(policy.scores.size()) {}

ir::Code Lowering::code() {
  ir::Outputs& outputs = b_.code().outputs;
  outputs.waived_where.resize(policy_.criteria.size());
  for (std::uint32_t index = 0; index < policy_.criteria.size(); ++index) criterion(index);
  b_.set_origin(ir::kNoCriterion, {});
  for (const std::uint32_t index : policy_.evaluation_order) gate(index);
  for (std::uint32_t index = 0; index < policy_.scores.size(); ++index) outputs.scores.push_back(found_score(index));
  for (std::uint32_t index = 0; index < policy_.gates.size(); ++index) {
    const Value value = gate(index);
    outputs.gates.push_back({value.yes, no_of(value)});
  }
  for (const auto& show : policy_.shows) {
    const Value value = plain_value(show.value);
    outputs.shows.push_back(shown(value, types().without_optional(program_.expr(show.value).type)));
  }
  if (!waivers_.criteria.empty() && !policy_.scores.empty()) leave_out_waivers();
  outputs.criteria = criteria_;
  b_.code().layout.named = named_;
  return std::move(b_.code());
}

void Lowering::criterion(std::uint32_t index) {
  const typed::Criterion& criterion = policy_.criteria[index];
  b_.set_origin(index, criterion.span);
  const Value applies = conditions(criterion.whens);
  const Value holds = conditions(criterion.requires_);
  const ValueId ahead = upcoming(criterion);
  criteria_.push_back(possible(applies, holds, waived(index), ahead));
  without_waivers_.push_back(possible(applies, holds, truth(b_.zeros(), b_.ones()), ahead));
}

Value Lowering::conditions(const std::vector<typed::Condition>& all) {
  std::vector<Value> values;
  for (const auto& condition : all) values.push_back(needed_value(condition.condition));
  return conjunction(values);
}

// Kleene's `or` over the waivers in force.
Value Lowering::waived(std::uint32_t criterion) {
  if (waivers_.criteria.empty()) return truth(b_.zeros(), b_.ones());
  const Waivers::OfCriterion& of = waivers_.criteria[criterion];
  ValueId yes = b_.zeros(), no = b_.ones();
  if (of.names_subjects) {
    // A subject whose key isn't known has no row.
    yes = b_.leaf(Op::named, Phys::bits, ir::kSubjects, named_++);
    no = b_.not_(yes);
  }
  for (const ExprId condition : of.conditions) {
    const Value value = needed_value(condition);
    b_.code().outputs.waived_where[criterion].push_back(value.yes);
    yes = b_.or_(yes, value.yes);
    no = b_.and_(no, no_of(value));
  }
  return truth(yes, no);
}

// Whether its effective date lies ahead.
ValueId Lowering::upcoming(const typed::Criterion& criterion) {
  if (!criterion.effective) return kNoValue;
  const ValueId date = b_.constant(types::Scalar(*criterion.effective), types::kDate, Phys::i32);
  return b_.rowwise(Op::less, {b_.leaf(Op::today, Phys::i32, ir::kRun), date});
}

CriterionOut Lowering::possible(const Value& applies, const Value& holds, const Value& waived, ValueId upcoming) {
  CriterionOut may;
  const ValueId may_apply = b_.not_(no_of(applies));
  const ValueId may_fail = b_.and_not(may_apply, holds.yes);
  may.na = b_.not_(applies.yes);
  may.met = b_.and_not(may_apply, no_of(holds));
  may.waived = b_.and_not(may_fail, no_of(waived));
  may.unmet = b_.and_not(may_fail, waived.yes);
  may.would_be = {may.met, may.unmet, may.na, may.waived};
  if (upcoming == kNoValue) return may;
  may.upcoming = upcoming;
  may.na = b_.or_(may.na, upcoming);
  for (ValueId* each : {&may.met, &may.waived, &may.unmet}) *each = b_.and_not(*each, upcoming);
  return may;
}

void Lowering::leave_out_waivers() {
  ir::Outputs& outputs = b_.code().outputs;
  ValueId changed = b_.zeros();
  const auto differ = [&](ValueId a, ValueId b) { return b_.or_(b_.and_not(a, b), b_.and_not(b, a)); };
  for (std::size_t at = 0; at < criteria_.size(); ++at) {
    const CriterionOut &with = criteria_[at], &without = without_waivers_[at];
    changed = b_.or_(changed, b_.or_(differ(with.waived, without.waived), differ(with.unmet, without.unmet)));
  }
  if (changed == b_.zeros()) return;
  counted_ = &without_waivers_;
  gates_.assign(gates_.size(), std::nullopt);
  scores_.assign(scores_.size(), std::nullopt);
  for (std::uint32_t index = 0; index < policy_.scores.size(); ++index)
    outputs.scores_without_waivers.push_back(found_score(index));
  outputs.waivers_change = changed;
}

Value Lowering::gate(std::uint32_t index) {
  if (!gates_[index]) {
    Value value = conditions(policy_.gates[index].requires_);
    gates_[index] = std::move(value);
  }
  return *gates_[index];
}

// A criterion fails nobody unless it is unmet.
Value Lowering::is_not_unmet(const CriterionOut& may) {
  const ValueId otherwise = b_.or_(b_.or_(may.met, may.na), may.waived);
  return truth(b_.not_(may.unmet), b_.and_not(may.unmet, otherwise));
}

Value Lowering::every(const Expr& expr) {
  std::vector<Value> values;
  for (const std::uint32_t criterion : policy_.selections[expr.index].criteria)
    values.push_back(is_not_unmet((*counted_)[criterion]));
  return conjunction(values);
}

Value Lowering::passes(std::uint32_t criterion) { return is_not_unmet((*counted_)[criterion]); }

Value Lowering::count_status(const Expr& expr) {
  const typed::Selection& selection = policy_.selections[expr.index];
  std::vector<ValueId> may, surely;
  for (const std::uint32_t criterion : selection.criteria) {
    const CriterionOut& out = (*counted_)[criterion];
    const std::pair<Status, ValueId> statuses[] = {
        {Status::met, out.met}, {Status::unmet, out.unmet}, {Status::na, out.na}, {Status::waived, out.waived}};
    ValueId wanted = b_.zeros(), others = b_.zeros();
    for (const auto& [status, bits] : statuses) {
      ValueId& side = status == selection.status ? wanted : others;
      side = b_.or_(side, bits);
    }
    may.push_back(wanted);
    surely.push_back(b_.and_not(wanted, others));
  }
  return spanned(types::kInt, {counted(surely), counted(may), b_.ones(), b_.ones(), b_.zeros()});
}

// How many of them are set.
ValueId Lowering::counted(const std::vector<ValueId>& all) {
  std::vector<ValueId> bits;
  for (const ValueId each : all) {
    if (each != b_.zeros()) bits.push_back(each);
  }
  if (bits.empty()) return whole(0);
  return b_.rowwise(Op::weigh, bits, b_.add_weights({std::vector<std::uint64_t>(bits.size(), 1)}));
}

ir::ShownOut Lowering::shown(const Value& value, types::TypeId type) {
  ir::ShownOut out;
  out.type = type;
  out.known = value.known;
  out.absent = value.absent;
  out.data = is_bool(value) ? value.yes : value.data;
  for (std::size_t at = 0; at < value.lists.size(); ++at) {
    const ListSource& source = value.lists[at];
    const ir::AxisId parent = axis_of(value);
    ir::ShownOut element = shown(*source.element, types().without_optional(types().element(type)));
    element.guard = source.guard;
    element.begin = b_.at(source.begin, parent);
    element.end = b_.at(source.end, parent);
    element.kept = source.kept;
    out.elements.push_back(std::move(element));
  }
  return out;
}

std::optional<ir::Code> lower(const typed::Program& program, const typed::Policy& policy, const Waivers& waivers) {
  try {
    return Lowering(program, policy, waivers).code();
  } catch (const TooLarge&) {
    return std::nullopt;
  }
}

}  // namespace muster::lower

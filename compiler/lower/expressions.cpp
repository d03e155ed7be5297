// SPDX-License-Identifier: Apache-2.0
// The way into each construct, and what gives values names.
#include <algorithm>
#include <set>
#include <utility>

#include "compiler/lower/called.h"

namespace muster::lower {

using ir::kNoValue;
using ir::Phys;
using TypedOp = typed::Op;

Value Lowering::evaluate(ExprId id) {
  if (b_.code().instructions.size() > kMostInstructions) throw TooLarge();
  const Expr& expr = program_.expr(id);
  const base::Span outer = b_.span();
  b_.set_span(expr.span);
  Value value = dispatch(expr);
  value.type = expr.type;
  b_.set_span(outer);
  return value;
}

Value Lowering::dispatch(const Expr& expr) {
  const auto uniform = [&](ValueId data) { return scalar(expr.type, b_.ones(), data); };
  switch (expr.op) {
    case TypedOp::error: return {};
    case TypedOp::literal: {
      const types::Scalar& value = program_.constants[expr.index];
      if (const auto* yes = std::get_if<bool>(&value))
        return truth(*yes ? b_.ones() : b_.zeros(), *yes ? b_.zeros() : b_.ones());
      return uniform(b_.constant(value, types().without_optional(expr.type), phys(expr.type)));
    }
    case TypedOp::list_literal: return list_literal(expr);
    case TypedOp::subject: return subject();
    case TypedOp::shared: return shared(expr.index);
    case TypedOp::param: {
      if (phys(expr.type) != Phys::bits) return uniform(b_.leaf(Op::param, phys(expr.type), ir::kRun, expr.index));
      Value value = truth(b_.leaf(Op::param_yes, Phys::bits, ir::kRun, expr.index), b_.zeros());
      value.known = b_.ones();
      return value;
    }
    case TypedOp::variable: return variables_[expr.index];
    case TypedOp::let: return let(expr.index);
    case TypedOp::today: return uniform(b_.leaf(Op::today, Phys::i32, ir::kRun));
    case TypedOp::now: return uniform(b_.leaf(Op::now, Phys::i64, ir::kRun));
    case TypedOp::field: return field(needed_value(operand(expr, 0)), expr.index, expr.type);
    case TypedOp::optional_field: {
      const Value record = plain_value(operand(expr, 0));
      Value value = field(record, expr.index, expr.type);
      value.absent = b_.or_(value.absent, record.absent);
      return value;
    }
    case TypedOp::call: {
      std::vector<Value> arguments;
      for (const ExprId argument : program_.operands_of(expr)) arguments.push_back(evaluate(argument));
      return called(expr, std::move(arguments), [this](ExprId body) { return evaluate(body); });
    }

    case TypedOp::not_: return negated(needed_value(operand(expr, 0)));
    case TypedOp::and_:
    case TypedOp::or_: return connective(expr);
    case TypedOp::implies: return implies(expr);

    case TypedOp::equal:
    case TypedOp::not_equal:
    case TypedOp::less:
    case TypedOp::less_equal:
    case TypedOp::greater:
    case TypedOp::greater_equal:
      return compare(expr.op, needed(evaluate(operand(expr, 0))), needed(evaluate(operand(expr, 1))));
    case TypedOp::in_range: return in_range(expr);
    case TypedOp::in_list:
    case TypedOp::contains: return membership(expr);
    case TypedOp::contains_any:
    case TypedOp::contains_all: return contains_several(expr);
    case TypedOp::text_contains:
    case TypedOp::starts_with:
    case TypedOp::ends_with:
    case TypedOp::matches: return text_comparison(expr);

    case TypedOp::is_known: {
      const Value value = evaluate(operand(expr, 0));
      const ValueId known = b_.or_(value.known, value.absent);
      return truth(known, b_.not_(known));
    }
    case TypedOp::is_present: return is_present(expr);
    case TypedOp::coalesce: {
      const Value a = evaluate(operand(expr, 0));
      const Value b = evaluate(operand(expr, 1));
      return coalesced(a, b, plain(b));
    }
    case TypedOp::assume: return assume(expr);

    case TypedOp::negate:
    case TypedOp::add:
    case TypedOp::subtract:
    case TypedOp::multiply:
    case TypedOp::divide:
    case TypedOp::abs:
    case TypedOp::round:
    case TypedOp::floor:
    case TypedOp::ceil:
    case TypedOp::min_of:
    case TypedOp::max_of:
    case TypedOp::days:
    case TypedOp::hours:
    case TypedOp::to_date:
    case TypedOp::to_number:
    case TypedOp::to_percent: return arithmetic(expr);
    case TypedOp::widen: return widened(evaluate(operand(expr, 0)), expr.type);

    case TypedOp::size: return size(expr);
    case TypedOp::distinct: return distinct(expr);
    case TypedOp::length:
    case TypedOp::lower:
    case TypedOp::upper:
    case TypedOp::trim:
    case TypedOp::strip_prefix:
    case TypedOp::strip_suffix:
    case TypedOp::to_text: return text_function(expr);

    case TypedOp::if_: return if_(expr);
    case TypedOp::choose: return choose(expr);

    case TypedOp::any:
    case TypedOp::all:
    case TypedOp::no: return any_or_all(expr);
    case TypedOp::at_least:
    case TypedOp::at_most:
    case TypedOp::exactly: return how_many(expr);
    case TypedOp::count: return count_elements(expr, typed::kNoExpr);
    case TypedOp::sum:
    case TypedOp::avg: return total(expr);
    case TypedOp::min:
    case TypedOp::max: return extreme(expr);
    case TypedOp::first: return first(expr);
    case TypedOp::latest: return latest(expr);

    case TypedOp::every: return every(expr);
    case TypedOp::passes: return passes(expr.index);
    case TypedOp::count_status: return count_status(expr);
    case TypedOp::gate: return gate(expr.index);
    case TypedOp::score: return score(expr);
  }
  return {};
}

// Once, as it reads no variable, and outside of all lists.
Value Lowering::let(std::uint32_t index) {
  if (!lets_[index]) {
    std::vector<ir::AxisId> scope = b_.exchange_scope({ir::kRun, ir::kSubjects});
    Value value = evaluate(program_.lets[index].value);
    b_.exchange_scope(std::move(scope));
    lets_[index] = std::move(value);
  }
  return *lets_[index];
}

// As many elements for each row of the axis that they live on together.
Value Lowering::list_literal(const Expr& expr) {
  std::vector<Value> elements;
  ir::AxisId parent = ir::kRun;
  for (const ExprId element : program_.operands_of(expr)) {
    elements.push_back(plain_value(element));
    parent = b_.join(parent, axis_of(elements.back()));
  }
  const ir::AxisId axis = b_.literal_axis(parent, static_cast<std::uint32_t>(elements.size()));
  Value list;
  list.type = expr.type;
  list.known = b_.ones();
  Value element = elements.empty() ? nothing(types().element(expr.type)) : interleaved(axis, elements);
  list.lists.push_back({b_.ones(), axis, b_.leaf(Op::begin_of, Phys::index, parent, axis),
                        b_.leaf(Op::end_of, Phys::index, parent, axis), b_.ones(),
                        std::make_shared<const Value>(std::move(element))});
  return list;
}

// Element e of parent p is the value of row p of the e-th.
Value Lowering::interleaved(ir::AxisId axis, const std::vector<Value>& values) {
  const ir::AxisId parent = b_.code().axes[axis].parent;
  const auto interleave = [&](std::vector<ValueId> each) {
    bool same = true;
    for (ValueId& value : each) {
      same = same && value == each.front();
      value = b_.at(value, parent);
    }
    const bool bits = b_.phys_of(each.front()) == Phys::bits;
    if (same && b_.axis_of(each.front()) == ir::kRun) return each.front();
    return b_.emit(bits ? Op::interleave_bits : Op::interleave, b_.phys_of(each.front()), axis, 0, each);
  };
  const auto all = [&](auto member) {
    std::vector<ValueId> each;
    for (const Value& value : values) each.push_back(member(value));
    return interleave(std::move(each));
  };
  Value element;
  element.type = values.front().type;
  element.known = all([](const Value& value) { return value.known; });
  element.absent = all([](const Value& value) { return value.absent; });
  if (values.front().data != kNoValue) element.data = all([](const Value& value) { return value.data; });
  if (values.front().yes != kNoValue) element.yes = all([](const Value& value) { return value.yes; });
  // Of one element each.
  const auto only = [&](std::size_t at, ValueId guard) {
    std::vector<ValueId> each(values.size(), b_.zeros());
    each[at] = guard;
    return interleave(std::move(each));
  };
  const auto spread = [&](ValueId row) { return b_.at(b_.at(row, parent), axis); };
  for (std::size_t at = 0; at < values.size(); ++at) {
    for (RecordSource source : values[at].records) {
      const ir::AxisId table = b_.table_axis(source.place.table);
      if (source.row == kNoValue && table != ir::kRun) source.row = b_.leaf(Op::own_row, Phys::index, table);
      source.guard = only(at, source.guard);
      if (source.row != kNoValue) source.row = spread(source.row);
      element.records.push_back(std::move(source));
    }
    for (ListSource source : values[at].lists) {
      source.guard = only(at, source.guard);
      source.begin = spread(source.begin);
      source.end = spread(source.end);
      element.lists.push_back(std::move(source));
    }
  }
  return element;
}

const Lowering::Reads& Lowering::reads(ExprId id) {
  const auto found = reads_.find(id);
  if (found != reads_.end()) return found->second;
  const Expr& expr = program_.expr(id);
  Reads all;
  std::set<std::uint32_t> variables;
  const auto add = [&](ExprId part) {
    if (part == typed::kNoExpr) return;
    const Reads& of_part = reads(part);
    all.subject = all.subject || of_part.subject;
    variables.insert(of_part.variables.begin(), of_part.variables.end());
  };
  for (const ExprId part : program_.operands_of(expr)) add(part);
  const bool of_policy = expr.op == TypedOp::every || expr.op == TypedOp::passes || expr.op == TypedOp::count_status ||
                         expr.op == TypedOp::gate || expr.op == TypedOp::score;
  all.subject = all.subject || of_policy || expr.op == TypedOp::subject;
  if (expr.op == TypedOp::variable) variables.insert(expr.index);
  if (expr.op == TypedOp::let) add(program_.lets[expr.index].value);
  // Its own element is bound inside; that the list is read with it bound does no harm.
  if (typed::has_variable(expr.op)) variables.erase(expr.index);
  all.variables.assign(variables.begin(), variables.end());
  return reads_.emplace(id, std::move(all)).first->second;
}

}  // namespace muster::lower

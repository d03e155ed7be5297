// SPDX-License-Identifier: Apache-2.0
// Where values come from: literals, evidence, params.
#include "compiler/values/analysis.h"

#include <algorithm>

namespace muster::values {

using typed::Op;

Analysis::Value Analysis::read(const Expr& expr) {
  const auto& types = program_.types;
  if (expr.op == Op::literal) return {exactly(program_.constants[expr.index]), 0, false};
  if (expr.op == Op::variable) {
    if (const auto bound = variables_.find(expr.index); bound != variables_.end()) return bound->second;
    return {of_type(types, program_.variables[expr.index].type), 0, false};
  }
  if (expr.op == Op::shared) return {of_type(types, program_.shared[expr.index].type), 0, false};
  if (expr.op == Op::param) {
    std::optional<types::Range> range = program_.params[expr.index].range;
    if (policy_ != nullptr) {
      for (const typed::PolicyParam& param : policy_->params) {
        if (param.param == expr.index) range = param.range;
      }
    }
    Possible possible = of_type(types, expr.type, range);
    possible.unknown = false;
    return {std::move(possible), 0, false};
  }
  Possible possible = of_type(types, expr.type);
  if (expr.op == Op::subject || expr.op == Op::today || expr.op == Op::now || expr.op == Op::list_literal)
    possible.unknown = false;
  if (from_ && expr.op == Op::today) possible.low = *from_;
  if (from_ && expr.op == Op::now) possible.low = base::start_of(*from_);
  if (expr.op == Op::count_status && policy_ != nullptr) {
    const typed::Selection& selection = policy_->selections[expr.index];
    possible.low = std::int64_t{0};
    // To what isn't a list by names a policy that derives may add, and its gates are the same text.
    if (selection.kind == typed::Selection::Kind::list)
      possible.high = static_cast<std::int64_t>(selection.criteria.size());
  }
  return {std::move(possible), 0, expr.op == Op::count_status || expr.op == Op::score};
}

Analysis::Value Analysis::field(const Expr& expr) {
  const auto& types = program_.types;
  const Value record = value(program_.operand(expr, 0));
  const types::TypeId of_record = types.without_optional(program_.expr(program_.operand(expr, 0)).type);
  if (!types.is_record(of_record)) return {of_type(types, expr.type), 0, false};
  const types::Field& declared = types.record_of(of_record).fields[expr.index];
  Possible possible = of_type(types, declared.type, declared.range);
  if (!record.possible.known) possible.known = possible.absent = false;
  // Without its key there is no subject.
  if (declared.is_key && program_.expr(program_.operand(expr, 0)).op == Op::subject) possible.unknown = false;
  if (expr.op == Op::optional_field) possible.absent = possible.absent || record.possible.absent;
  return {std::move(possible), 0, false};
}

}  // namespace muster::values

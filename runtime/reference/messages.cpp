// SPDX-License-Identifier: Apache-2.0
// Values as messages, results and traces show them. Messages and results read nothing private, the compiler sees
// to that; a trace shows every value, so it leaves out those that are.
#include <utility>

#include "runtime/reference/evaluator.h"

namespace muster::reference {

using typed::ExprId;

namespace {

constexpr const char* kPrivate = "(private)";

}  // namespace

// Expressions in messages are no part of judging: they leave no trace and assume nothing.
std::string Evaluator::print(const typed::Message& message) {
  Trace* const trace = std::exchange(trace_, nullptr);
  CausesBuilder assumed = std::exchange(assumed_, {});
  std::string text;
  for (const auto& piece : message.pieces) {
    text += piece.text;
    if (piece.expression == typed::kNoExpr) continue;
    text += aside(std::string("?"),
                  [&] { return print(plain_value(piece.expression), program_.expr(piece.expression).type); });
  }
  assumed_ = std::move(assumed);
  trace_ = trace;
  return text;
}

bool Evaluator::is_there(ExprId guarded) {
  return aside(false, [&] { return plain_value(guarded).is_known(); });
}

// What went through something absent prints as that.
std::string Evaluator::print(const Value& value, types::TypeId type) const {
  if (value.is_absent() || (value.is_unknown() && value.through_absent && value.causes.empty())) return "none";
  if (value.is_unknown()) return "?";
  const types::Table& table = program_.types;
  const types::TypeId held = table.without_optional(type);
  if (table.is_scalar(held)) return types::to_text(table, held, value.scalar);
  if (!table.is_list(held)) return "present";
  std::string text;
  const List elements(value);
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (i > 0) text += ", ";
    text += print(elements.at(i), table.element(held));
  }
  return text;
}

std::vector<verdicts::Cause> Evaluator::list(const Causes& causes) {
  std::vector<verdicts::Cause> listed;
  for (const Leaf& leaf : causes.list()) {
    listed.push_back({paths_.path(*leaf.datum), leaf.reason, leaf.datum->origin});
  }
  return listed;
}

void Evaluator::record(ExprId id, const Value& value) {
  const bool hidden = value.is_known() && facts_.is_private[id];
  const types::TypeId type = program_.expr(id).type;
  trace_->entries.push_back({id, hidden ? kPrivate : print(value, type), list(value.causes), elements_,
                             type == types::kBool ? value.truth() : Truth::unknown});
}

// What a `show` shows: scalars and lists of them.
verdicts::ShownValue Evaluator::shown(ExprId id) { return shown(plain_value(id), program_.expr(id).type); }

verdicts::ShownValue Evaluator::shown(const Value& value, types::TypeId type) const {
  const types::Table& table = program_.types;
  verdicts::ShownValue shown_value;
  shown_value.state = value.state;
  shown_value.type = table.without_optional(type);
  if (!value.is_known()) return shown_value;
  if (!table.is_list(shown_value.type)) {
    shown_value.scalar = value.scalar;
    return shown_value;
  }
  const List elements(value);
  for (std::size_t i = 0; i < elements.size(); ++i) {
    shown_value.items.push_back(shown(elements.at(i), table.element(shown_value.type)));
  }
  return shown_value;
}

}  // namespace muster::reference

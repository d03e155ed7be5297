// SPDX-License-Identifier: Apache-2.0
// Goes over every expression that the policy reaches, parts first, and notes for each whose value holds records
// which places of the usage tree that may be. Records are not recursive, so the tree is finite. It goes round
// until nothing is added, because a define may be read before all of its calls are.
#include "compiler/typed/usage.h"

#include <set>
#include <utility>

#include "compiler/typed/reach.h"

namespace muster::typed {

namespace {

using types::FieldIndex;
using types::Record;
using types::RecordKind;
using types::Table;

class Finder {
 public:
  Finder(const Program& program, Usage& usage)
      : program_(program), usage_(usage), places_(program.exprs.size()), variables_(program.variables.size()) {}

  void find(const std::vector<ExprId>& parts_first) {
    do {
      changed_ = false;
      for (const ExprId id : parts_first) visit(id);
    } while (changed_);
  }

 private:
  using Places = std::set<Use*>;

  void visit(ExprId id);
  void add(Places& to, const Places& places);
  void add_operand(Places& to, const Expr& expr, std::size_t at);
  void add_fields(Places& to, const Expr& expr);

  const Program& program_;
  Usage& usage_;
  std::vector<Places> places_;  // by expression
  std::vector<Places> variables_;
  bool changed_ = false;
};

void Finder::add(Places& to, const Places& places) {
  for (Use* place : places) changed_ = to.insert(place).second || changed_;
}

void Finder::add_operand(Places& to, const Expr& expr, std::size_t at) {
  const ExprId id = program_.operand(expr, at);
  if (id != kNoExpr) add(to, places_[id]);
}

void Finder::add_fields(Places& to, const Expr& expr) {
  for (Use* record : places_[program_.operand(expr, 0)]) {
    const auto [field, is_new] = record->fields.try_emplace(expr.index);
    changed_ = changed_ || is_new;
    add(to, {&field->second});
  }
}

void Finder::visit(ExprId id) {
  const Expr& expr = program_.expr(id);
  Places& places = places_[id];
  switch (expr.op) {
    case Op::subject: add(places, {&usage_.subject}); break;
    case Op::shared: {
      auto& use = usage_.shared[expr.index];
      if (!use) use.emplace();
      add(places, {&*use});
      break;
    }
    case Op::variable: add(places, variables_[expr.index]); break;
    case Op::let: add(places, places_[program_.lets[expr.index].value]); break;
    case Op::field:
    case Op::optional_field: add_fields(places, expr); break;
    case Op::call: {
      const Define& define = program_.defines[expr.index];
      for (std::size_t at = 0; at < expr.count; ++at) add_operand(variables_[define.parameters[at]], expr, at);
      add(places, places_[define.body]);
      break;
    }
    case Op::list_literal:
    case Op::coalesce:
    case Op::assume:
    case Op::distinct:
      for (std::size_t at = 0; at < expr.count; ++at) add_operand(places, expr, at);
      break;
    case Op::if_:
      add_operand(places, expr, 1);
      add_operand(places, expr, 2);
      break;
    case Op::choose:
      for (std::size_t at = 1; at < expr.count; at += 2) add_operand(places, expr, at);
      add_operand(places, expr, expr.count - 1u);
      break;
    case Op::any:
    case Op::all:
    case Op::no:
    case Op::at_least:
    case Op::at_most:
    case Op::exactly:
    case Op::count:
    case Op::sum:
    case Op::avg: add_operand(variables_[expr.index], expr, 0); break;
    case Op::min:
    case Op::max:
      add_operand(variables_[expr.index], expr, 0);
      add_operand(places, expr, 2);
      break;
    case Op::first:
    case Op::latest:
      add_operand(variables_[expr.index], expr, 0);
      add_operand(places, expr, 0);
      break;
    // Values that are scalars of their own.
    case Op::error:
    case Op::literal:
    case Op::param:
    case Op::today:
    case Op::now:
    case Op::not_:
    case Op::and_:
    case Op::or_:
    case Op::implies:
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal:
    case Op::in_range:
    case Op::in_list:
    case Op::contains:
    case Op::contains_any:
    case Op::contains_all:
    case Op::text_contains:
    case Op::starts_with:
    case Op::ends_with:
    case Op::matches:
    case Op::is_known:
    case Op::is_present:
    case Op::negate:
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::widen:
    case Op::size:
    case Op::length:
    case Op::lower:
    case Op::upper:
    case Op::trim:
    case Op::strip_prefix:
    case Op::strip_suffix:
    case Op::abs:
    case Op::round:
    case Op::floor:
    case Op::ceil:
    case Op::min_of:
    case Op::max_of:
    case Op::days:
    case Op::hours:
    case Op::to_date:
    case Op::to_text:
    case Op::to_number:
    case Op::to_percent:
    case Op::every:
    case Op::passes:
    case Op::count_status:
    case Op::gate:
    case Op::score: break;
  }
}

// Of evidence whose own fields are used, when it was collected and when it expires.
void add_dates(const Table& table, const Record& record, Use& use) {
  bool own = false;
  for (auto& [index, field_use] : use.fields) {
    const auto& field = record.fields[index];
    own = own || !field.built_in;
    const TypeId type = table.innermost(field.type);
    if (table.is_record(type)) add_dates(table, table.record_of(type), field_use);
  }
  if (record.kind != RecordKind::evidence || !own) return;
  use.fields.try_emplace(record.collected());
  use.fields.try_emplace(record.expires());
}

void add_all(const Table& table, const Record& record, Use& use) {
  for (FieldIndex index = 0; index < record.fields.size(); ++index) {
    const TypeId type = table.innermost(record.fields[index].type);
    Use& field_use = use.fields[index];
    if (table.is_record(type)) add_all(table, table.record_of(type), field_use);
  }
}

void add_key_and_label(const Record& subject, Use& use) {
  if (const auto key = subject.key()) use.fields.try_emplace(*key);
  if (const auto label = subject.label()) use.fields.try_emplace(*label);
}

}  // namespace

Usage usage_of(const Program& program, const Policy& policy) {
  Usage usage;
  usage.shared.resize(program.shared.size());
  Finder(program, usage).find(parts_first(program, policy));

  const Table& table = program.types;
  if (program.waiver_rows) {
    Use& rows = usage.shared[*program.waiver_rows].emplace();
    add_all(table, table.record_of(table.innermost(program.shared[*program.waiver_rows].type)), rows);
  }
  const Record& subject = table.record_at(policy.subject);
  add_key_and_label(subject, usage.subject);
  add_dates(table, subject, usage.subject);
  for (std::size_t i = 0; i < program.shared.size(); ++i) {
    const TypeId type = table.innermost(program.shared[i].type);
    if (usage.shared[i] && table.is_record(type)) add_dates(table, table.record_of(type), *usage.shared[i]);
  }
  return usage;
}

Usage everything(const Program& program, types::RecordId subject) {
  const Table& table = program.types;
  Usage usage;
  add_all(table, table.record_at(subject), usage.subject);
  for (const Shared& shared : program.shared) {
    Use use;
    const TypeId type = table.innermost(shared.type);
    if (table.is_record(type)) add_all(table, table.record_of(type), use);
    usage.shared.push_back(std::move(use));
  }
  return usage;
}

}  // namespace muster::typed

// SPDX-License-Identifier: Apache-2.0
#include "effective/flatten/needs.h"

#include <optional>

#include "compiler/typed/usage.h"
#include "runtime/ingest/binding_choice.h"

namespace muster::flatten {

namespace {

using typed::Expr;
using typed::ExprId;
using typed::Op;

class Finder {
 public:
  explicit Finder(const typed::Program& program) : program_(program) {}

  Needs find(const typed::Policy& policy) {
    add_subject(policy.subject);
    for (const Root& root : roots_of(program_, policy)) add_expression(root.expression);
    add_bindings(policy.subject);
    return std::move(needs_);
  }

 private:
  void add_subject(types::RecordId subject) {
    for (std::optional<types::RecordId> at = subject; at; at = program_.types.record_at(*at).extends) add_record(*at);
  }
  void add_record(types::RecordId id) {
    if (!needs_.records.insert(id).second) return;
    const types::Record& record = program_.types.record_at(id);
    add_freshness(record.fresh);
    for (const types::Field& field : record.fields) {
      add_type(field.type);
      add_freshness(field.fresh);
    }
  }
  void add_type(types::TypeId type) {
    const types::Table& types = program_.types;
    type = types.innermost(type);
    if (types.kind(type) == types::Kind::enumeration) needs_.enums.insert(types.get(type).id);
    if (types.is_record(type)) add_record(types.get(type).id);
  }
  void add_freshness(const types::Freshness& fresh) {
    if (fresh.kind == types::Freshness::Kind::param) add_param(fresh.param);
  }
  void add_param(std::uint32_t index) {
    if (needs_.params.insert(index).second) add_type(program_.params[index].type);
  }
  void add_shared(std::uint32_t index) {
    if (!needs_.shared.insert(index).second) return;
    add_type(program_.shared[index].type);
    add_freshness(program_.shared[index].fresh);
  }
  void add_define(std::uint32_t index) {
    if (!needs_.defines.insert(index).second) return;
    const typed::Define& define = program_.defines[index];
    for (const std::uint32_t parameter : define.parameters) add_type(program_.variables[parameter].type);
    add_type(define.result);
    add_expression(define.body);
  }

  void add_expression(ExprId root) {
    walk(program_, root, [this](const Expr& expr) {
      if (expr.op == Op::param) add_param(expr.index);
      if (expr.op == Op::shared) add_shared(expr.index);
      if (expr.op == Op::call) add_define(expr.index);
      if (expr.op == Op::literal) add_type(expr.type);
    });
  }

  // Those that a run follows; also of fields that nothing asks for.
  void add_bindings(types::RecordId subject) {
    const ingest::Choice choice = ingest::choose_bindings(program_, subject, typed::everything(program_, subject));
    if (choice.subject) needs_.bindings.insert(*choice.subject);
    needs_.bindings.insert(choice.joins.begin(), choice.joins.end());
    for (const std::uint32_t shared : needs_.shared) {
      if (choice.shared[shared]) needs_.bindings.insert(*choice.shared[shared]);
    }
    if (program_.waiver_rows && choice.shared[*program_.waiver_rows])
      needs_.bindings.insert(*choice.shared[*program_.waiver_rows]);
    for (const std::uint32_t binding : needs_.bindings) needs_.sources.insert(program_.bindings[binding].source);
  }

  const typed::Program& program_;
  Needs needs_;
};

}  // namespace

std::vector<Root> roots_of(const typed::Program& program, const typed::Policy& policy) {
  std::vector<Root> roots;
  static const std::vector<std::uint32_t> no_lets;
  Place place = Place::policy;
  const std::vector<std::uint32_t>* own_lets = &no_lets;
  const auto add = [&](ExprId id) { roots.push_back({id, place, own_lets}); };
  const auto message = [&](const typed::Message& text) {
    for (const auto& piece : text.pieces) add(piece.expression);
  };
  const auto conditions = [&](const std::vector<typed::Condition>& all) {
    for (const auto& each : all) {
      add(each.condition);
      message(each.message);
    }
  };
  const auto lets = [&](const std::vector<std::uint32_t>& all) {
    for (const std::uint32_t let : all) add(program.lets[let].value);
  };
  lets(policy.lets);
  for (const typed::Section& section : policy.sections) conditions(section.whens);
  for (const typed::Criterion& criterion : policy.criteria) {
    own_lets = &criterion.lets;
    conditions(criterion.whens);
    conditions(criterion.requires_);
    lets(criterion.lets);
    if (criterion.why) message(*criterion.why);
    if (criterion.fix) message(*criterion.fix);
    own_lets = &no_lets;
    for (const std::uint32_t waiver : criterion.waivers) add(program.waivers[waiver].where);
  }
  place = Place::verdict;
  for (const typed::Gate& gate : policy.gates) {
    own_lets = &gate.lets;
    conditions(gate.requires_);
    lets(gate.lets);
  }
  own_lets = &no_lets;
  for (const typed::Score& score : policy.scores) add(score.expression);
  for (const typed::Show& show : policy.shows) add(show.value);
  return roots;
}

Needs needs_of(const typed::Program& program, const typed::Policy& policy) { return Finder(program).find(policy); }

}  // namespace muster::flatten

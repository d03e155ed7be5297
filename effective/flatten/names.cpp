// SPDX-License-Identifier: Apache-2.0
#include "effective/flatten/names.h"

#include "compiler/check/check.h"
#include "effective/source/source_text.h"

namespace muster::flatten {

namespace {

using typed::Expr;
using typed::ExprId;
using typed::Op;

std::string free_name(const std::string& like, const std::string& before_number, const std::set<std::string>& taken) {
  if (taken.count(like) == 0) return like;
  for (int number = 2;; ++number) {
    std::string other = like + before_number + std::to_string(number);
    if (taken.count(other) == 0) return other;
  }
}

std::string free_value(const std::string& like, const std::set<std::string>& taken) {
  return free_name(like, "_", taken);
}

void add_all(std::set<std::string>& to, const std::set<std::string>& more) { to.insert(more.begin(), more.end()); }

}  // namespace

Names::Names(const typed::Program& program, const typed::Policy& policy, const Needs& needs)
    : program_(program), policy_(policy) {
  for (const types::Field& field : program.types.record_at(policy.subject).fields) fields_.insert(field.name);
  for (const typed::Score& score : policy.scores) parts_.insert(score.name);
  for (const typed::Gate& gate : policy.gates) parts_.insert(gate.name);
  const std::vector<Root> roots = roots_of(program, policy);
  if (program.waiver_rows) module_values_.insert(program.shared[*program.waiver_rows].name);  // `bind waivers`
  for (const std::uint32_t shared : needs.shared) {
    shared_[shared] = free_value(program.shared[shared].name, module_values_);
    module_values_.insert(shared_[shared]);
  }
  name_types(needs);
  name_values(needs);
  name_policy_lets(roots);
  name_own_lets();
  name_variables(needs, roots);
}

// `a.b` is of a value `a` before it is of a type.
void Names::name_types(const Needs& needs) {
  Taken taken = fields_;
  add_all(taken, parts_);
  add_all(taken, module_values_);
  const auto name = [&](const std::string& like) {
    std::string free = free_name(like, "", taken);
    taken.insert(free);
    types_.insert(free);
    return free;
  };
  for (const types::EnumId id : needs.enums) enums_[id] = name(program_.types.enum_at(id).name);
  for (const types::RecordId id : needs.records) records_[id] = name(program_.types.record_at(id).name);
}

void Names::name_values(const Needs& needs) {
  Taken taken = fields_;
  add_all(taken, parts_);
  add_all(taken, types_);
  add_all(taken, module_values_);
  taken.insert({"today", "now"});
  const auto name = [&](const std::string& like) {
    std::string free = free_value(like, taken);
    taken.insert(free);
    module_values_.insert(free);
    return free;
  };
  for (const std::uint32_t param : needs.params) params_[param] = name(program_.params[param].name);
  add_all(taken, check::function_names());  // a define goes before a function of its name
  for (const std::uint32_t define : needs.defines) defines_[define] = name(program_.defines[define].name);
  Taken sources;
  for (const std::uint32_t source : needs.sources) {
    sources_[source] = free_value(program_.sources[source].name, sources);
    sources.insert(sources_[source]);
  }
}

std::string Names::free_policy_name(const std::string& like) const {
  Taken taken = taken_at(Place::verdict);
  add_all(taken, check::function_names());  // a define goes before a function of its name
  taken.insert({"today", "now"});
  return free_value(like, taken);
}

std::string Names::add_let(const std::string& like, std::string value) {
  std::string name = free_policy_name(like);
  policy_lets_.insert(name);
  stand_in_lets_.push_back({name, "", std::move(value)});
  return name;
}

std::string Names::add_define(const std::string& like, std::string type, std::string value) {
  std::string name = free_policy_name(like);
  module_values_.insert(name);
  stand_in_defines_.push_back({name, std::move(type), std::move(value)});
  return name;
}

// What the policy declares, and what stands in for fields that scores and gates hide, for shared evidence that
// fields hide, for days that anything hides.
void Names::name_policy_lets(const std::vector<Root>& roots) {
  for (const std::uint32_t let : policy_.lets) {
    lets_[let] = free_policy_name(program_.lets[let].name);
    policy_lets_.insert(lets_[let]);
  }
  for (const Root& root : roots) {
    const auto is_hidden = [&](const std::string& name) {
      return fields_.count(name) > 0 || (root.place == Place::verdict && parts_.count(name) > 0);
    };
    walk(program_, root.expression, [&](const Expr& expr) {
      if (expr.op == Op::field && program_.expr(program_.operand(expr, 0)).op == Op::subject) {
        const std::string& name = program_.types.record_at(policy_.subject).fields[expr.index].name;
        std::string& other = fields_in_verdicts_[expr.index];
        if (other.empty() && root.place == Place::verdict && parts_.count(name) > 0)
          other = add_let(name, source::written_name(name));
      } else if (expr.op == Op::shared && is_hidden(of_shared(expr.index))) {
        const std::string& name = of_shared(expr.index);
        std::string& other = hidden_shared_[expr.index];
        if (!other.empty()) return;
        const std::string type = of_type(program_.shared[expr.index].type);
        const bool by_field = fields_.count(name) > 0;
        other = add_let(
            name, by_field ? source::written_name(add_define("shared_" + name, type, source::written_name(name))) + "()"
                           : source::written_name(name));
      } else if (expr.op == Op::today && hidden_today_.empty() && is_hidden("today")) {
        hidden_today_ = source::written_name(add_define("day_of_run", "date", "today")) + "()";
      } else if (expr.op == Op::now && hidden_now_.empty() && is_hidden("now")) {
        hidden_now_ = source::written_name(add_define("time_of_run", "time", "now")) + "()";
      }
    });
  }
}

void Names::name_own_lets() {
  const auto name = [&](const std::vector<std::uint32_t>& lets, Place place) {
    if (lets.empty()) return;
    Taken taken = taken_at(place);
    for (const std::uint32_t let : lets) {
      lets_[let] = free_value(program_.lets[let].name, taken);
      taken.insert(lets_[let]);
    }
  };
  for (const typed::Criterion& criterion : policy_.criteria) name(criterion.lets, Place::policy);
  for (const typed::Gate& gate : policy_.gates) name(gate.lets, Place::verdict);
}

// A variable could hide any value around it. Those of one expression that stand beside each other may share a name.
void Names::name_variables(const Needs& needs, const std::vector<Root>& roots) {
  for (const std::uint32_t index : needs.defines) {
    const typed::Define& define = program_.defines[index];
    Taken taken = taken_at(Place::module);
    for (const std::uint32_t parameter : define.parameters) {
      variables_[parameter] = free_value(program_.variables[parameter].name, taken);
      taken.insert(variables_[parameter]);
    }
    name_variables_in(define.body, taken);
  }
  const Taken at_policy = taken_at(Place::policy), at_verdict = taken_at(Place::verdict);
  for (const Root& root : roots) {
    if (root.expression == typed::kNoExpr) continue;
    const Taken& around = root.place == Place::policy ? at_policy : at_verdict;
    if (root.lets->empty()) {
      name_variables_in(root.expression, around);
      continue;
    }
    Taken taken = around;
    for (const std::uint32_t let : *root.lets) taken.insert(lets_[let]);
    name_variables_in(root.expression, taken);
  }
}

void Names::name_variables_in(ExprId root, const Taken& taken) {
  const Expr& expr = program_.expr(root);
  if (!typed::has_variable(expr.op)) {
    for (const ExprId operand : program_.operands_of(expr)) {
      if (operand != typed::kNoExpr) name_variables_in(operand, taken);
    }
    return;
  }
  std::string& name = variables_[expr.index];
  if (name.empty()) name = free_value(program_.variables[expr.index].name, taken);
  Taken inside = taken;
  inside.insert(name);
  const auto operands = program_.operands_of(expr);
  for (std::size_t i = 0; i < operands.size(); ++i) {
    // Neither the list nor the number of a quantifier sees it.
    const bool sees = i == 1 || i == 2;
    if (operands[i] != typed::kNoExpr) name_variables_in(operands[i], sees ? inside : taken);
  }
}

Names::Taken Names::taken_at(Place place) const {
  Taken taken = module_values_;
  add_all(taken, types_);
  if (place == Place::module) return taken;
  add_all(taken, fields_);
  add_all(taken, policy_lets_);
  if (place == Place::verdict) add_all(taken, parts_);
  return taken;
}

bool Names::is_value_at(const std::string& name, Place place) const {
  if (module_values_.count(name) > 0) return true;
  if (place == Place::module) return false;
  return fields_.count(name) > 0 || policy_lets_.count(name) > 0 || (place == Place::verdict && parts_.count(name) > 0);
}

std::string Names::field_at(types::FieldIndex field, Place place) const {
  const std::string& name = program_.types.record_at(policy_.subject).fields[field].name;
  if (place != Place::verdict || parts_.count(name) == 0) return name;
  return fields_in_verdicts_.at(field);
}

std::string Names::shared_at(std::uint32_t index, Place place) const {
  const std::string& name = of_shared(index);
  const bool is_hidden =
      place != Place::module && (fields_.count(name) > 0 || (place == Place::verdict && parts_.count(name) > 0));
  return is_hidden ? hidden_shared_.at(index) : name;
}

std::string Names::today_at(Place place) const {
  return place == Place::module || hidden_today_.empty() ? "today" : hidden_today_;
}

std::string Names::now_at(Place place) const {
  return place == Place::module || hidden_now_.empty() ? "now" : hidden_now_;
}

std::string Names::of_type(types::TypeId type) const {
  const types::Table& types = program_.types;
  switch (types.kind(type)) {
    case types::Kind::enumeration: return source::written_name(enums_.at(types.get(type).id));
    case types::Kind::record: return source::written_name(records_.at(types.get(type).id));
    case types::Kind::list: {
      const std::string element = of_type(types.element(type));
      return "list of " + (types.is_optional(types.element(type)) ? "(" + element + ")" : element);
    }
    case types::Kind::optional: return of_type(types.without_optional(type)) + "?";
    default: return types.name(type);  // a word of the language
  }
}

}  // namespace muster::flatten

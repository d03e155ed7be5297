// SPDX-License-Identifier: Apache-2.0
// The params of a policy: what it inherits of their values and ranges, and what `set` makes of them. A change that
// asks for less, or of which that can't be told, needs its reason.
#include <algorithm>

#include "compiler/check/checker.h"
#include "compiler/typed/polarity.h"
#include "compiler/typed/reach.h"

namespace muster::check {

namespace {

// Where the name is no param that the extended policy reads: what else it may be.
std::string help_for_set(const ast::Delta& delta, const PolicyState& policy, const typed::Program& program) {
  const PolicyState& base = *policy.base;
  const std::string& name = delta.target.parts.back().text;
  for (const typed::PolicyParam& param : base.policy.params) {
    const typed::Param& declared = program.params[param.param];
    if (declared.name == name) return "write `set " + declared.module + "." + name + " = ...`";
  }
  if (delta.target.parts.size() != 1) return {};
  const auto value = base.values.find(name);
  const bool is_criterion = base.criteria.count(name) > 0;
  const bool is_field = program.types.record_at(policy.policy.subject).find(name).has_value();
  if (value != base.values.end() || is_criterion || is_field) {
    const std::string_view kind = is_criterion                               ? "criterion"
                                  : value == base.values.end()               ? "field"
                                  : value->second.kind == Value::Kind::gate  ? "gate"
                                  : value->second.kind == Value::Kind::score ? "score"
                                                                             : "let";
    return "`" + name + "` is a " + std::string(kind) + ", and only params are set";
  }
  return {};
}

}  // namespace

// A param that what is extended reads: by its name, or with the module, where two share one.
std::optional<std::uint32_t> Checker::find_set_param(const ast::Delta& delta) {
  const PolicyState& base = *policy_->base;
  const auto& parts = delta.target.parts;
  const ast::Name& name = parts.back();
  std::vector<std::uint32_t> found;
  std::vector<std::string> candidates;
  for (const typed::PolicyParam& param : base.policy.params) {
    const typed::Param& declared = program_.params[param.param];
    candidates.push_back(declared.name);
    const Indexed* module = parts.size() == 2 ? find_module(parts.front().text) : nullptr;
    const bool of_module = parts.size() == 1 ||
                           source_text(delta.target.span) == declared.module + "." + declared.name ||
                           (module != nullptr && modules_[module->index].name == declared.module);
    if (declared.name == name.text && of_module) found.push_back(param.param);
  }
  if (found.size() == 1) {
    note_use(name.span, program_.params[found.front()].span);
    if (const Indexed* module = parts.size() == 2 ? find_module(parts.front().text) : nullptr)
      note_use(parts.front().span, module->span);
    return found.front();
  }
  const std::string written = source_text(delta.target.span);
  if (found.size() > 1) {
    base::Diagnostic& problem = report(Code::ambiguous_name, delta.target.span,
                                       "`" + base.policy.name + "` reads several params named `" + written + "`");
    for (const std::uint32_t param : found) {
      problem.labels.push_back({program_.params[param].span, "one of them"});
      problem.help += (problem.help.empty() ? "write its module: `" : " or `") + program_.params[param].module + "." +
                      program_.params[param].name + "`";
    }
    return std::nullopt;
  }
  if (base.broken || delta.incomplete) return std::nullopt;
  base::Diagnostic& problem = unknown(Code::unknown_part, {name.text, delta.target.span, false},
                                      "`" + base.policy.name + "` reads no param `" + written + "`", candidates);
  problem.labels.push_back({base.policy.span, "the policy that is extended"});
  if (problem.help.empty() && candidates.empty()) problem.help = "it reads no params";
  if (scopes_[module_].values.count(name.text) > 0 && parts.size() == 1)
    problem.help =
        "only a param that the extended policy reads can be set; give your own its value where it is declared";
  if (std::string help = help_for_set(delta, *policy_, program_); !help.empty()) problem.help = std::move(help);
  return std::nullopt;
}

void Checker::collect_set(const ast::Delta& delta) {
  const auto param = find_set_param(delta);
  if (!param) return;
  const auto [first, fresh] = policy_->sets.emplace(*param, &delta);
  if (!fresh)
    conflicting(delta, *first->second, "`" + program_.params[*param].name + "` is set in this policy already");
}

void Checker::derive_params() {
  PolicyState& state = *policy_;
  std::map<std::uint32_t, typed::PolicyParam> inherited;
  if (state.base != nullptr) {
    for (const typed::PolicyParam& param : state.base->policy.params) inherited.emplace(param.param, param);
  }
  for (const auto& [index, delta] : state.sets) set_param(*delta, inherited.at(index));
  const std::vector<std::uint32_t> read = typed::params_read(program_, state.policy);
  for (const auto& [index, delta] : state.sets) {
    if (state.broken || std::find(read.begin(), read.end(), index) != read.end()) continue;
    no_effect(*delta, "nothing that is left reads `" + program_.params[index].name + "`");
  }
  for (const std::uint32_t index : read) {
    const auto known = inherited.find(index);
    if (known != inherited.end()) {
      state.policy.params.push_back(std::move(known->second));
      continue;
    }
    const typed::Param& declared = program_.params[index];
    typed::PolicyParam param;
    param.param = index;
    param.value = declared.value;
    param.range = declared.range;
    param.origins.push_back(declared_here(declared.span));
    state.policy.params.push_back(std::move(param));
  }
}

void Checker::set_param(const ast::Delta& delta, typed::PolicyParam& param) {
  const typed::Param& declared = program_.params[param.param];
  const std::string name = "`" + declared.name + "`";
  if (declared.type == types::kError || delta.value == ast::kNoExpr) return;
  const typed::PolicyParam before = param;
  const auto value = constant_of(delta.value, declared.type, name);
  if (!value) return;
  const Span place = expr_at(delta.value).span;
  if (param.range && !param.range->holds(*value)) {
    base::Diagnostic& problem = report(Code::bad_range, place,
                                       "`" + source_text(place) + "` lies outside the range of " + name + ", " +
                                           types::to_text(program_.types, declared.type, *param.range));
    problem.labels.push_back({param.origins.back().span, "the range that is inherited"});
    return;
  }
  if (delta.range != ast::kNoExpr && !narrows(delta, param)) return;
  if (param.range && !param.range->holds(*value)) {
    report(Code::bad_range, place, "`" + source_text(place) + "` lies outside the range that is set with it")
        .labels.push_back({expr_at(delta.range).span, "the range"});
    return;
  }
  const bool same_range = before.range.has_value() == param.range.has_value() &&
                          (!param.range || (types::equal(before.range->low, param.range->low) &&
                                            types::equal(before.range->high, param.range->high)));
  if (types::equal(*value, before.value) && same_range) {
    return no_effect(delta, name + " is " + types::to_text(program_.types, declared.type, *value) + " already");
  }
  param.value = *value;
  const bool weakens = check_loosening(delta, before, *value);
  typed::Origin origin = origin_of(delta, typed::Origin::Kind::set, weakens);
  origin.what = types::to_text(program_.types, declared.type, *value);
  param.origins.push_back(std::move(origin));
}

// A range may be narrowed, never widened.
bool Checker::narrows(const ast::Delta& delta, typed::PolicyParam& param) {
  const typed::Param& declared = program_.params[param.param];
  const Span span = expr_at(delta.range).span;
  if (!types::is_ordered(program_.types, declared.type)) {
    report(Code::no_order, span, "`" + type_name(declared.type) + "` has no order, so no range");
    return false;
  }
  const auto range = range_of(delta.range, declared.type);
  if (!range) return false;
  if (param.range && !(param.range->holds(range->low) && param.range->holds(range->high))) {
    base::Diagnostic& problem = report(Code::bad_range, span,
                                       "a range can be narrowed only, and that of `" + declared.name + "` is " +
                                           types::to_text(program_.types, declared.type, *param.range));
    problem.labels.push_back({param.origins.back().span, "the range that is inherited"});
    return false;
  }
  param.range = range;
  return true;
}

// Whether the policy may ask for less by it.
bool Checker::check_loosening(const ast::Delta& delta, const typed::PolicyParam& before, const types::Scalar& value) {
  const typed::Param& declared = program_.params[before.param];
  const typed::Move move = typed::move_of(program_, declared.type, before.value, value);
  const std::string name = "`" + declared.name + "`";
  if (typed::loosens(before.locked, move)) {
    base::Diagnostic& problem = report(Code::locked, delta.target.span,
                                       name + " is read by what is locked, and can't be set so that less is asked for");
    for (const typed::Criterion& criterion : policy_->base->policy.criteria) {
      const bool reads =
          criterion.locked_by &&
          typed::loosens(typed::polarities(program_, policy_->base->policy, criterion)[before.param], move);
      if (!reads) continue;
      problem.labels.push_back({criterion.span, "this is locked, and reads it"});
      break;
    }
    problem.help = move == typed::Move::other || before.locked.rise_loosens == before.locked.fall_loosens
                       ? "leave it as it is"
                       : std::string("it can only be ") + (move == typed::Move::rise ? "lowered" : "raised");
    return true;
  }
  if (!typed::may_ask_for_less(before.polarity, move)) return false;
  if (has_reason(delta)) return true;
  const bool is_clear = before.polarity.rise_loosens != before.polarity.fall_loosens;
  report(Code::reason_missing, delta.target.span,
         "setting " + name + " from " + types::to_text(program_.types, declared.type, before.value) + " to " +
             types::to_text(program_.types, declared.type, value) +
             (is_clear && move != typed::Move::other ? " asks" : " may ask") + " for less, which needs its reason")
      .help = "add why: `set " + source_text(delta.target.span) + " = " + source_text(expr_at(delta.value).span) +
              " because \"...\"`; reports show it beside the change";
  return true;
}

// What a descendant that sets a param does by it.
void Checker::note_polarity() {
  typed::Policy& policy = policy_->policy;
  if (policy.params.empty()) return;
  const typed::Polarities of_all = typed::polarities(program_, policy);
  const typed::Polarities of_locked = typed::polarities_of_locked(program_, policy);
  for (typed::PolicyParam& param : policy.params) {
    param.polarity = of_all[param.param];
    param.locked = of_locked[param.param];
  }
}

}  // namespace muster::check

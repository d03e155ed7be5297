// SPDX-License-Identifier: Apache-2.0
// Tests: what is given, set and waived, for the test itself and for each of its cases. A case inherits the
// inputs that it doesn't say, and none of the expectations.
#include <algorithm>

#include "compiler/check/checker.h"

namespace muster::check {

struct Checker::TestInputs {
  MadeUp subject;
  bool subject_given = false;
  std::map<std::uint32_t, MadeUp> shared;  // by Program::shared; of records with what they say
  std::map<std::uint32_t, typed::ParamSetting> params;
  std::set<std::uint32_t> waived;
};

// Results name a test by its name alone, and a case by its own within that.
void Checker::report_same_names(std::string_view what, const std::vector<const ast::TestCase*>& tests) {
  std::map<std::string_view, Span> known;
  for (const ast::TestCase* each : tests) {
    if (!each->name) continue;
    const auto [first, is_new] = known.emplace(each->name->value, each->name->span);
    if (is_new) continue;
    auto& problem = report(Code::duplicate_name, each->name->span,
                           "there is a " + std::string(what) + " \"" + each->name->value + "\" already");
    problem.labels.push_back({first->second, "the first of the two"});
    problem.help = "say in its name what this one tries";
  }
}

void Checker::check_tests(std::uint32_t module) {
  std::vector<const ast::TestCase*> tests;
  for (const ast::TestDecl& declared : ast_of(module).tests) {
    tests.push_back(&declared.body);
    std::vector<const ast::TestCase*> cases;
    for (const ast::TestCase& each : declared.cases) cases.push_back(&each);
    report_same_names("case", cases);
  }
  report_same_names("test", tests);
  for (const ast::TestDecl& declared : ast_of(module).tests) check_test(module, declared);
}

void Checker::check_test(std::uint32_t module, const ast::TestDecl& declared) {
  const auto policy_index = find_policy(declared.policy, "to test");
  if (!policy_index) return;
  const typed::Policy& policy = program_.policies[*policy_index];
  if (policy.gates.empty()) return;  // it could not be checked; every other one has a gate
  typed::Test test;
  test.module = modules_[module].name;
  test.name = declared.body.name ? declared.body.name->value : "";
  test.policy = *policy_index;
  test.as_of = declared.as_of;
  test.span = declared.body.name ? declared.body.name->span : declared.span;

  TestInputs inputs;
  inputs.subject = nothing_of(program_.types.record(policy.subject));
  check_inputs(declared.body, policy, inputs);
  if (declared.cases.empty() || !declared.body.expectations.empty())
    test.runs.push_back(check_run(declared.body, policy, inputs));
  const auto expects_nothing = [&](const ast::TestCase& body, Span span, std::string_view what) {
    if (!body.expectations.empty() || declared.incomplete) return;
    report(Code::bad_test, span, std::string(what) + " expects nothing").help =
        "add what should come out: `expect CRITERION met`, `expect gate NAME pass`";
  };
  if (declared.cases.empty()) expects_nothing(declared.body, test.span, "this test");
  for (const ast::TestCase& each : declared.cases) {
    TestInputs own = inputs;
    check_inputs(each, policy, own);
    test.runs.push_back(check_run(each, policy, own));
    test.runs.back().name = each.name ? each.name->value : "";
    expects_nothing(each, test.runs.back().span, "this case");
  }
  program_.tests.push_back(std::move(test));
}

// Into what the test around a case has given already.
void Checker::check_inputs(const ast::TestCase& written, const typed::Policy& policy, TestInputs& inputs) {
  const TestInputs outer = inputs;
  std::set<std::string> given_here;
  for (const ast::Given& given : written.givens) check_given(given, policy, inputs, outer, given_here);
  std::set<std::uint32_t> set_here;
  for (const ast::With& with : written.withs) check_with(with, policy, inputs, set_here);
  for (const ast::Name& name : written.waives) {
    if (auto criterion = find_part(name, policy.criteria, "criterion", policy)) inputs.waived.insert(*criterion);
  }
}

void Checker::check_given(const ast::Given& given, const typed::Policy& policy, TestInputs& inputs,
                          const TestInputs& outer, std::set<std::string>& seen) {
  if (given.value == ast::kNoExpr) return;
  const ast::Expr& value = expr_at(given.value);
  if (!seen.insert(given.shared.text).second) {
    report(Code::duplicate_name, given.span,
           given.shared.empty() ? "the subject is given already" : "`" + given.shared.text + "` is given already");
    return;
  }
  if (given.shared.empty()) {
    inputs.subject =
        object_of(value, program_.types.record(policy.subject), outer.subject_given ? &outer.subject : nullptr);
    inputs.subject_given = true;
    return;
  }
  const auto found = find_of_policy(given.shared, Value::Kind::shared, policy);
  if (!found) return;
  const TypeId type = program_.shared[found->index].type;
  if (type == types::kError) return;
  const auto before = outer.shared.find(found->index);
  const MadeUp* outer_value = before == outer.shared.end() ? nullptr : &before->second;
  MadeUp made;
  if (program_.types.is_record(program_.types.without_optional(type)) && value.kind == ast::Expr::Kind::object) {
    made = object_of(value, program_.types.without_optional(type), outer_value);
  } else {
    made.value = literal_of(given.value, type, "`" + given.shared.text + "`", nullptr);
  }
  made.value.span = value.span;
  inputs.shared.insert_or_assign(found->index, std::move(made));
}

void Checker::check_with(const ast::With& with, const typed::Policy& policy, TestInputs& inputs,
                         std::set<std::uint32_t>& seen) {
  if (with.param.parts.empty()) return;
  std::optional<Value> found;
  const ast::Name& name = with.param.parts.back();
  if (with.param.parts.size() == 1) {
    found = find_of_policy(name, Value::Kind::param, policy);
    if (!found) return;
  } else {
    const Indexed* module = find_module(with.param.parts[0].text);
    if (module != nullptr && with.param.parts.size() == 2) {
      const auto& values = scopes_[module->index].values;
      if (auto param = values.find(name.text); param != values.end() && param->second.kind == Value::Kind::param) {
        note_use(with.param.parts[0].span, module->span);
        note_use(name.span, param->second);
        found = param->second;
      }
    }
    if (!found) {
      report(Code::unknown_name, with.param.span, "no param is called `" + source_text(with.param.span) + "`");
      return;
    }
  }
  const typed::Param& param = program_.params[found->index];
  if (!seen.insert(found->index).second) {
    report(Code::duplicate_name, with.param.span, "`" + name.text + "` is set already");
    return;
  }
  const auto value = constant_of(with.value, param.type, "`" + name.text + "`");
  if (!value) return;
  const auto inherited = std::find_if(policy.params.begin(), policy.params.end(),
                                      [&](const typed::PolicyParam& each) { return each.param == found->index; });
  const auto& range = inherited == policy.params.end() ? param.range : inherited->range;
  if (range) check_within(*value, param.type, *range, expr_at(with.value).span, "`" + name.text + "`");
  inputs.params.insert_or_assign(found->index, typed::ParamSetting{found->index, *value, expr_at(with.value).span});
}

std::optional<Value> Checker::find_of_policy(const ast::Name& name, Value::Kind kind, const typed::Policy& policy) {
  if (name.empty()) return std::nullopt;
  std::vector<std::uint32_t> places{module_};
  for (std::uint32_t module = 0; module < modules_.size(); ++module) {
    const auto is_of = [&](const typed::Policy& each) { return modules_[module].name == each.module; };
    bool is_place = is_of(policy);
    for (const typed::Policy* at = &policy; at->extends;) {
      at = &program_.policies[*at->extends];
      is_place = is_place || is_of(*at);
    }
    if (module != module_ && is_place) places.push_back(module);
  }
  std::vector<std::string> candidates;
  for (std::uint32_t module : places) {
    const auto& values = scopes_[module].values;
    const auto found = values.find(name.text);
    if (found != values.end() && found->second.kind == kind) {
      note_use(name.span, found->second);
      return found->second;
    }
    for (const auto& [known, value] : values) {
      if (value.kind == kind) candidates.push_back(known);
    }
  }
  if (may_be_missing(module_, name.text)) return std::nullopt;
  unknown(
      Code::unknown_name, name,
      std::string(kind == Value::Kind::param ? "no param" : "no shared evidence") + " is called `" + name.text + "`",
      candidates);
  return std::nullopt;
}

typed::TestRun Checker::check_run(const ast::TestCase& written, const typed::Policy& policy, const TestInputs& inputs) {
  typed::TestRun run;
  run.span = written.name ? written.name->span : written.span;
  run.subject = inputs.subject.value;
  for (const auto& [index, made] : inputs.shared) run.shared.push_back({index, made.value});
  for (const auto& [index, setting] : inputs.params) run.params.push_back(setting);
  run.waived.assign(inputs.waived.begin(), inputs.waived.end());
  for (const ast::Expectation& expectation : written.expectations) {
    if (auto made = check_expectation(expectation, policy)) run.expectations.push_back(std::move(*made));
  }
  return run;
}

}  // namespace muster::check

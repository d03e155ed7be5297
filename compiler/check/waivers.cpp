// SPDX-License-Identifier: Apache-2.0
// Waivers: whose criterion, for whom, how long. What a waiver says of one policy holds for those that derive from it,
// as long as none of them replaces the criterion, or locks it against the waiver's module.
#include <algorithm>
#include <map>

#include "compiler/check/checker.h"
#include "compiler/check/spelling.h"
#include "compiler/typed/polarity.h"
#include "compiler/types/literal.h"

namespace muster::check {

namespace {

constexpr std::string_view kLibraryModule = "std.evidence";
constexpr std::size_t kMostAttached = 1'000'000;

// `a`, `a and b`, `a, b and c`
std::string joined(const std::vector<std::string>& parts, const std::string& before_last) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i)
    text += (i == 0 ? "" : i + 1 == parts.size() ? " " + before_last + " " : ", ") + parts[i];
  return text;
}

// The module itself, and what it imports, over any number of steps.
std::set<std::uint32_t> seen_from(const std::vector<ModuleInput>& modules, std::uint32_t module) {
  std::set<std::uint32_t> seen{module};
  std::vector<std::uint32_t> open{module};
  while (!open.empty()) {
    const std::uint32_t next = open.back();
    open.pop_back();
    for (const auto& import : modules[next].imports) {
      if (import && seen.insert(*import).second) open.push_back(*import);
    }
  }
  return seen;
}

}  // namespace

// The list that `bind waivers` reads is shared evidence without a name that anything could read.
void Checker::declare_waiver_rows() {
  const auto binds_them = [](const ModuleInput& module) {
    const auto& binds = module.module->binds;
    return std::any_of(binds.begin(), binds.end(), [](const ast::BindDecl& each) { return each.is_of_waivers(); });
  };
  if (std::none_of(modules_.begin(), modules_.end(), binds_them)) return;
  for (std::uint32_t module = 0; module < modules_.size(); ++module) {
    if (modules_[module].name != kLibraryModule) continue;
    const auto row = scopes_[module].types.find("Waiver");
    if (row == scopes_[module].types.end()) return;
    typed::Shared rows;
    rows.module = modules_[module].name;
    rows.name = "waivers";
    rows.type = program_.types.list_of(program_.types.record(row->second.id));
    rows.span = row->second.span;
    program_.waiver_rows = static_cast<std::uint32_t>(program_.shared.size());
    program_.shared.push_back(std::move(rows));
  }
}

void Checker::check_waivers(std::uint32_t module) {
  for (const ast::WaiverDecl& declared : ast_of(module).waivers) check_waiver(declared);
}

void Checker::check_waiver(const ast::WaiverDecl& declared) {
  const bool is_whole = !lacks_something(declared);
  const auto policy = find_waived_policy(declared.criterion);
  if (!policy || program_.policies[*policy].gates.empty()) return;  // it could not be checked; others have a gate
  const typed::Policy& of = program_.policies[*policy];
  const ast::Name& name = declared.criterion.parts.back();
  typed::Waiver made;
  made.module = modules_[module_].name;
  made.policy = *policy;
  made.criterion = name.text;
  made.subjects = waived_subjects(declared, of);
  if (declared.where != ast::kNoExpr) made.where = type_waiver_condition(declared.where, *policy);
  made.from = declared.from;
  made.span = declared.criterion.span;
  const auto criterion = find_part(name, of.criteria, "criterion", of);
  if (!criterion) return;
  if (!typed::may_waive(program_, made.module, of.criteria[*criterion]))
    return report_locked(name.span, made.module, of, of.criteria[*criterion]);
  if (!is_whole) return;
  made.until = *declared.until;
  made.by = declared.by->value;
  made.because = declared.because->value;
  program_.waivers.push_back(std::move(made));
}

// `policy.criterion`, or with the policy's module before it.
std::optional<std::uint32_t> Checker::find_waived_policy(const ast::Path& path) {
  if (path.parts.empty()) return std::nullopt;
  const auto names_policy = [&](const Names<Indexed>& policies) { return policies.count(path.parts.back().text) > 0; };
  const Indexed* module = path.parts.size() == 2 ? find_module(path.parts.front().text) : nullptr;
  const auto& here = scopes_[module_].policies;
  const bool is_policy =
      (path.parts.size() == 1 && names_policy(here)) ||
      (module != nullptr && here.count(path.parts.front().text) == 0 && names_policy(scopes_[module->index].policies));
  const std::string written = source_text(path.span);
  if (is_policy) {
    report(Code::bad_waiver, path.span, "`" + written + "` is a policy, and a waiver is of one criterion").help =
        "name the criterion: `waive " + written + ".CRITERION`";
    return std::nullopt;
  }
  if (path.parts.size() == 1) {
    base::Diagnostic& problem =
        report(Code::bad_waiver, path.span, "this waiver does not say of which policy `" + written + "` is");
    problem.help = "write `waive POLICY." + written + "`";
    for (const auto& [name, policy] : here) {
      const auto& criteria = program_.policies[policy.index].criteria;
      if (std::any_of(criteria.begin(), criteria.end(), [&](const auto& each) { return each.name == written; }))
        problem.help = "write `waive " + name + "." + written + "`";
    }
    return std::nullopt;
  }
  ast::Path policy{{path.parts.begin(), path.parts.end() - 1}, {}};
  policy.span = base::join(policy.parts.front().span, policy.parts.back().span);
  return find_policy(policy, "to waive a criterion of");
}

// Whoever reads the results must be able to tell how long, by whom and why.
bool Checker::lacks_something(const ast::WaiverDecl& declared) {
  std::vector<std::string> lacks, help;
  const auto need = [&](bool is_there, const char* word, const char* example) {
    if (is_there) return;
    lacks.push_back(word);
    help.push_back(example);
  };
  const auto says = [](const std::optional<ast::Text>& text) { return text && !text->is_blank(); };
  need(declared.until || declared.until_span != Span{}, "until when it holds", "`until 2027-01-31`");
  need(says(declared.by), "who granted it", "`by \"...\"`");
  need(says(declared.because), "why", "`because \"...\"`");
  if (!lacks.empty()) {
    report(Code::bad_waiver, declared.criterion.span, "this waiver does not say " + joined(lacks, "or")).help =
        "add " + joined(help, "and");
    return true;
  }
  if (declared.from && declared.until && *declared.until < *declared.from) {
    report(Code::bad_range, declared.until_span, "this waiver ends before it begins")
        .labels.push_back({declared.from_span, "its first day"});
    return true;
  }
  return !declared.until;
}

std::vector<std::string> Checker::waived_subjects(const ast::WaiverDecl& declared, const typed::Policy& policy) {
  std::vector<std::string> subjects;
  const types::Record& subject = program_.types.record_at(policy.subject);
  const auto key = subject.key();
  if (!key || !program_.types.is_scalar(subject.fields[*key].type)) return subjects;
  const TypeId type = subject.fields[*key].type;
  std::map<types::Scalar, Span> named;
  for (const ast::Text& text : declared.subjects) {
    const auto value = types::read_shown(program_.types, type, text.value);
    if (!value) {
      base::Diagnostic& problem = report(Code::type_mismatch, text.span,
                                         "`" + text.value + "` is no key of `" + subject.name + "`, whose `" +
                                             subject.fields[*key].name + "` is `" + type_name(type) + "`");
      problem.labels.push_back({subject.fields[*key].span, "the key"});
      problem.help = "write " + types::literal_form(program_.types, type);
      continue;
    }
    const auto [first, is_new] = named.emplace(*value, text.span);
    if (!is_new) {
      report(Code::duplicate_name, text.span, "this waiver names `" + text.value + "` already")
          .labels.push_back({first->second, "the first time"});
      continue;
    }
    subjects.push_back(types::to_text(program_.types, type, *value));
  }
  return subjects;
}

// Names are those of the waiver's module, fields of the subject that the policy judges, and what the policy's own text
// sees without its module: its lets, and the params that it inherits.
ExprId Checker::type_waiver_condition(ast::ExprId where, std::uint32_t policy) {
  const Surroundings kept = leave_for(module_, Place::criterion);
  policy_ = &policies_[policy];
  text_ = policy_;
  subject_ = policy_->policy.subject;
  const ExprId condition = type_bool(where);
  return_to(kept);
  return condition;
}

void Checker::report_locked(Span name, const std::string& module, const typed::Policy& in,
                            const typed::Criterion& criterion) {
  const typed::Policy& by = program_.policies[*criterion.locked_by];
  base::Diagnostic& problem =
      report(Code::locked, name,
             "`" + criterion.name + "` of `" + in.name + "` is locked, and can't be waived by module `" + module + "`");
  problem.labels.push_back({by.span, "the policy that locks it"});
  problem.help = "only the module of `" + by.name + "`, or of a policy that it derives from, may waive it";
}

// To each criterion for which they hold: of the policy that a waiver names, and of those that derive from it. A lock
// that the waiver's module could know of is an error, one that it can't keeps the waiver from holding there.
void Checker::attach_waivers() {
  std::vector<std::vector<std::uint32_t>> of_policies(program_.policies.size());
  std::vector<const typed::Criterion*> waived;
  for (std::uint32_t i = 0; i < program_.waivers.size(); ++i) {
    const typed::Waiver& waiver = program_.waivers[i];
    of_policies[waiver.policy].push_back(i);
    const auto& criteria = program_.policies[waiver.policy].criteria;
    waived.push_back(&*std::find_if(criteria.begin(), criteria.end(),
                                    [&](const typed::Criterion& each) { return each.name == waiver.criterion; }));
  }
  std::map<std::string, std::set<std::string>> seen;  // by module
  for (std::uint32_t module = 0; module < modules_.size(); ++module) {
    if (ast_of(module).waivers.empty()) continue;
    for (const std::uint32_t each : seen_from(modules_, module))
      seen[modules_[module].name].insert(modules_[each].name);
  }
  std::set<std::uint32_t> refused;
  std::size_t attached = 0;
  for (std::uint32_t index = 0; index < program_.policies.size(); ++index) {
    std::vector<std::uint32_t> waivers;
    for (const std::uint32_t ancestor : typed::lineage(program_, index))
      waivers.insert(waivers.end(), of_policies[ancestor].begin(), of_policies[ancestor].end());
    if (waivers.empty()) continue;
    std::sort(waivers.begin(), waivers.end());
    typed::Policy& policy = program_.policies[index];
    attached += waivers.size();
    if (attached > kMostAttached) {
      report(Code::too_costly, policy.span,
             "up to here waivers hold for more than " + with_thousands(kMostAttached) +
                 " criteria, each counted where it is inherited")
          .help = "read them from a file: `bind waivers from ...`";
      return;
    }
    Names<std::uint32_t> criteria;
    for (std::uint32_t i = 0; i < policy.criteria.size(); ++i) criteria.emplace(policy.criteria[i].name, i);
    bool has_conditions = false;
    for (const std::uint32_t i : waivers) {
      const typed::Waiver& waiver = program_.waivers[i];
      const auto here = criteria.find(waiver.criterion);
      if (here == criteria.end()) continue;
      typed::Criterion& criterion = policy.criteria[here->second];
      if (!typed::is_same(criterion, *waived[i])) continue;
      if (!typed::may_waive(program_, waiver.module, criterion)) {
        if (seen[waiver.module].count(policy.module) > 0 && refused.insert(i).second) {
          Span name = waiver.span;
          name.begin += static_cast<std::uint32_t>(source_text(name).rfind('.') + 1);
          report_locked(name, waiver.module, policy, criterion);
        }
        continue;
      }
      criterion.waivers.push_back(i);
      has_conditions = has_conditions || waiver.where != kNoExpr;
    }
    if (!has_conditions || policies_[index].broken) continue;
    report_cost(policy);
    report_wider_waivers(index);
  }
}

// A param that is set without a reason may not let an inherited waiver hold for more subjects.
void Checker::report_wider_waivers(std::uint32_t index) {
  const PolicyState& state = policies_[index];
  if (state.base == nullptr) return;
  const auto value_in = [](const typed::Policy& policy, std::uint32_t param) -> const types::Scalar* {
    for (const typed::PolicyParam& each : policy.params) {
      if (each.param == param) return &each.value;
    }
    return nullptr;
  };
  std::map<std::uint32_t, std::pair<const ast::Delta*, typed::Move>> free;  // by param: set without a reason
  for (const auto& [param, delta] : state.sets) {
    const types::Scalar* before = value_in(state.base->policy, param);
    const types::Scalar* now = value_in(state.policy, param);
    if (has_reason(*delta) || before == nullptr || now == nullptr) continue;
    free.insert({param, {delta, typed::move_of(program_, program_.params[param].type, *before, *now)}});
  }
  for (const typed::Criterion& criterion : program_.policies[index].criteria) {
    for (const std::uint32_t waiver : criterion.waivers) {
      const ExprId where = program_.waivers[waiver].where;
      if (free.empty() || where == kNoExpr) continue;
      const typed::Polarities polarities = typed::polarities(program_, where);
      for (auto set = free.begin(); set != free.end();) {
        const auto& [param, change] = *set;
        const auto& [delta, move] = change;
        if (!typed::loosens(polarities[param], move)) {
          ++set;
          continue;
        }
        base::Diagnostic& problem = report(Code::reason_missing, delta->target.span,
                                           "setting `" + program_.params[param].name + "` may waive `" +
                                               criterion.name + "` for more subjects, which needs its reason");
        problem.labels.push_back({program_.waivers[waiver].span, "the waiver whose condition reads it"});
        problem.help = "add why: `" + source_text(delta->span) + " because \"...\"`; reports show it beside the change";
        set = free.erase(set);
      }
    }
  }
}

}  // namespace muster::check

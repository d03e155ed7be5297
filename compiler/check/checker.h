// SPDX-License-Identifier: Apache-2.0
// The context of one check, private to this room. Its member functions are split over files by construct:
//
//   check.cpp          the passes, in their order            expressions.cpp  one expression of any kind
//   declarations.cpp   enums, records, params, defines       names.cpp        names and members
//   type_refs.cpp      types as they are written             logic.cpp        and or not implies, states
//   scopes.cpp         who is visible where                  comparisons.cpp  == < in contains matches
//   facts.cpp          "x is present"                        arithmetic.cpp   + - * /
//   ordering.cpp       what is typed before what             waivers.cpp      waivers, and where they hold
//   criteria.cpp       criteria, sections, clauses           functions.cpp    built-in functions, defines
//   deltas.cpp         deltas, held against the base         gates.cpp        gates, levels, shows, selections
//   deriving.cpp       what they do to what is inherited     params.cpp       params of a policy, and `set`
//   policies.cpp       policies and their parts              branches.cpp     if, choose, ??, assume
//   scores.cpp         scores                                quantifiers.cpp  any all ..., count sum ...
//   sources.cpp        where evidence lies                   literals.cpp     constants and their ranges
//   bindings.cpp       what is read from where               made_up.cpp      evidence in fixtures and tests
//   binding_conflicts.cpp  two bindings of one thing         converters.cpp   what is done to what was read
//   foreign_names.cpp  what other languages call things      record_sizes.cpp what stands in a record
//   fixtures.cpp       fixtures, in their order              suites.cpp       tests and their cases
//   expectations.cpp   what a test expects                   cost.cpp         how much work a policy may ask for
//   uses.cpp           which name stands for which
//
// An expression is typed once; afterwards side tables hold, for its id, the path it reads and the facts that
// follow from its being true or false.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "base/diagnostic.h"
#include "base/source_file.h"
#include "compiler/ast/module.h"
#include "compiler/check/check.h"
#include "compiler/check/cost.h"
#include "compiler/check/foreign_names.h"
#include "compiler/check/policy_state.h"
#include "compiler/check/scope.h"
#include "compiler/typed/program.h"

namespace muster::check {

using base::Code;
using base::Span;
using typed::ExprId;
using typed::kNoExpr;
using typed::Op;
using types::TypeId;

constexpr TypeId kNoType = ~TypeId{0};  // nothing is expected
constexpr std::uint32_t kNone = ~std::uint32_t{0};

class Checker {
 public:
  Checker(const std::vector<ModuleInput>& modules, const base::SourceMap& sources);
  Result run();

 private:
  // ---- passes ----
  void declare_names(std::uint32_t module);
  void import_types(std::uint32_t module);
  void import_values(std::uint32_t module);
  void declare_enums(std::uint32_t module);
  void declare_values(std::uint32_t module);
  void declare_records(std::uint32_t module);
  void check_defines(std::uint32_t module);
  void check_policies(std::uint32_t module);
  void check_waivers(std::uint32_t module);
  void check_sources(std::uint32_t module);
  void check_bindings(std::uint32_t module);
  void check_fixtures(std::uint32_t module);
  void check_tests(std::uint32_t module);

  // ---- declarations ----
  void declare_record(std::uint32_t module, std::uint32_t index);
  void declare_field(const ast::RecordDecl& record, const ast::FieldDecl& declared, types::Record& into);
  void add_evidence_fields(types::Record& record);
  void check_subject(const ast::RecordDecl& declared, const types::Record& record);
  void check_extends(std::uint32_t module, const ast::RecordDecl& declared, types::RecordId id);
  struct RecordSize {
    std::uint32_t fields = 0;  // with those of the records in it, each place of a record counted
    std::uint32_t depth = 1;
    bool too_large = false;  // it or a part of it, and that was reported
  };
  void check_record_sizes();
  RecordSize size_of(const types::Record& record, const std::vector<RecordSize>& sizes);
  types::Freshness freshness(ast::ExprId written);
  types::Freshness field_freshness(ast::ExprId written, TypeId type);
  std::optional<types::Range> field_range(ast::ExprId written, TypeId type);
  void declare_param(const ast::ParamDecl& declared);
  void declare_define(const ast::DefineDecl& declared);
  void check_define(std::uint32_t index);
  template <class Thing>
  bool declare(Names<Thing>& names, const ast::Name& name, Thing thing, std::string_view what);

  // ---- types as written ----
  TypeId type_of(const ast::TypeRef& written);
  std::optional<NamedType> find_type(const ast::Path& path);
  std::string import_help(const std::string& type) const;
  std::optional<types::RecordId> subject_of(const ast::Path& path);  // reports

  // ---- scopes ----
  std::optional<Value> find_value(std::string_view name) const;
  std::optional<Value> find_outer_value(std::string_view name) const;  // below the current innermost scope
  std::optional<Value> find_policy_value(std::string_view name) const;
  bool is_also_a_field(const Value& value, std::string_view name) const;
  std::vector<std::string> visible_values() const;
  void warn_if_hidden(const ast::Name& name);
  // Of `name` this module, of `module.name` that one; reports a module that is not imported, and gives nothing.
  const ModuleScope* scope_named_by(const ast::Path& path);
  const Indexed* find_module(std::string_view name) const;
  std::uint32_t module_of(const ast::Path& path) const;
  std::optional<std::uint32_t> find_policy(const ast::Path& path, std::string_view use);  // reports

  // ---- expressions ----
  ExprId type_expr(ast::ExprId id, TypeId expected = kNoType);
  ExprId type_kind(ast::ExprId id, const ast::Expr& expr, TypeId expected);
  ExprId type_bool(ast::ExprId id);
  std::string condition_help(ExprId value) const;
  // Widens an int where a number is expected, complains where the type does not fit (`T?` by its guard).
  ExprId fit(ExprId value, TypeId expected, std::string_view use);
  ExprId type_and_fit(ast::ExprId id, TypeId expected, std::string_view use);
  // A T of a T?, where no guard holds: reports and gives an error.
  ExprId present(ExprId value);

  ExprId type_name(const ast::Expr& expr, TypeId expected);
  ExprId type_member(const ast::Expr& expr, TypeId expected);
  ExprId type_value(const Value& value, Span span);
  ExprId member_of(ExprId record, const ast::Expr& expr);
  Applied applied_to(ExprId value) const;  // for help with foreign names
  struct Qualified {
    enum class Kind : std::uint8_t { none, value, module, type } kind = Kind::none;
    Value value;
    std::uint32_t module = 0;
    NamedType type;
  };
  Qualified resolve_qualified(ast::ExprId id);
  ExprId enum_literal(TypeId type, const ast::Name& name, Span span);
  void note_use(Span at, Span declared);
  void note_use(Span at, const Value& value);
  void note_use(Span at, const NamedType& type);
  std::vector<NameUse> settled_uses();
  ExprId unknown_value(const ast::Name& name, TypeId expected);
  // A bare name, or a branch or list in which a name can't be told without a type expected of it.
  bool needs_expectation(ast::ExprId id);

  ExprId type_logic(const ast::Expr& expr);
  ExprId type_implies(const ast::Expr& expr);
  ExprId type_not(const ast::Expr& expr);
  ExprId type_state(const ast::Expr& expr);
  ExprId type_comparison(const ast::Expr& expr);
  ExprId type_equality_or_order(const ast::Expr& expr);
  ExprId type_in(const ast::Expr& expr);
  ExprId type_in_range(const ast::Expr& expr);
  ExprId type_contains(const ast::Expr& expr);
  ExprId type_contains_lists(const ast::Expr& expr);
  ExprId type_text_test(const ast::Expr& expr);
  ExprId type_matches(const ast::Expr& expr);
  // Types two operands that shall have one type, whichever must come first.
  std::pair<ExprId, ExprId> type_pair(ast::ExprId left, ast::ExprId right, TypeId expected = kNoType);
  void unify_numbers(ExprId& left, ExprId& right);  // widens an int beside a number
  void note_never_absent(ExprId value, Span span, std::string_view form);
  base::Diagnostic& report_mismatch(Span span, std::string message, ExprId value, TypeId wanted);
  std::string conversion_help(ExprId value, TypeId wanted) const;
  bool reads_private(ExprId id) const;
  bool is_score_or_gate_here() const {
    return place_ == Place::gate || place_ == Place::score || place_ == Place::show;
  }
  ExprId type_arithmetic(const ast::Expr& expr, TypeId expected);
  ExprId type_minus(const ast::Expr& expr, TypeId expected);
  ExprId arithmetic_error(const ast::Expr& expr, ExprId left, ExprId right);
  ExprId type_call(const ast::Expr& expr, TypeId expected);
  ExprId type_builtin(const ast::Expr& expr, std::string_view name, TypeId expected);
  ExprId type_define_call(const ast::Expr& expr, std::uint32_t define);
  ExprId type_list(const ast::Expr& expr, TypeId expected);
  ExprId type_conditional(const ast::Expr& expr, TypeId expected);
  ExprId type_choose(const ast::Expr& expr, TypeId expected);
  TypeId written_enum(const std::vector<ast::ExprId>& branches);
  ExprId type_coalesce(const ast::Expr& expr, TypeId expected);
  ExprId type_assume(const ast::Expr& expr, TypeId expected);
  // The one type of several branches; widens ints, makes optionals of all where one is.
  TypeId join_branches(std::vector<ExprId>& branches, std::string_view what);
  ExprId type_quantifier(const ast::Expr& expr);
  ExprId type_aggregate(const ast::Expr& expr);
  // Opens the variable's scope; returns it. The list may be an error.
  std::uint32_t open_variable(const ast::Expr& expr, ExprId list);
  ExprId type_list_operand(ast::ExprId id, std::string_view use);
  ExprId type_policy_form(const ast::Expr& expr);  // every, passes, count(status ..)
  ExprId not_here(Span span, std::string message, std::string help);

  Surroundings leave_for(std::uint32_t module, Place place);  // no subject, policy, locals or facts there
  void return_to(const Surroundings& kept);

  // ---- the order of what may be declared in any order ----
  static std::vector<std::uint32_t> in_order(const std::vector<std::vector<std::uint32_t>>& needs);
  void note_mentions(ast::ExprId root, const Names<std::uint32_t>& names, std::vector<std::uint32_t>& into) const;
  void note_mentions(const std::vector<ast::Clause>& clauses, const Names<std::uint32_t>& names,
                     std::vector<std::uint32_t>& into) const;
  std::vector<std::uint32_t> order_records(const std::vector<ast::RecordDecl>& records);  // by what they extend
  std::vector<std::uint32_t> order_defines(std::uint32_t module);                         // indexes of defines_
  std::vector<std::uint32_t> order_lets(const std::vector<ast::Let>& lets);
  std::vector<std::uint32_t> order_scores(const PolicyState& policy);
  std::vector<std::uint32_t> order_gates(const PolicyState& policy);
  bool is_too_deep(Span declaration);  // reports

  // ---- building ----
  ExprId make(Op op, TypeId type, Span span, const std::vector<ExprId>& operands = {}, std::uint32_t index = 0);
  ExprId make_literal(types::Scalar value, TypeId type, Span span);
  ExprId make_error(Span span);
  ExprId make_not(ExprId value, Span span);
  ExprId widen(ExprId value);
  TypeId type(ExprId id) const { return program_.exprs[id].type; }
  types::Kind kind(ExprId id) const { return program_.types.kind(type(id)); }
  bool is_error(ExprId id) const { return type(id) == types::kError; }
  std::string type_name(TypeId id) const { return program_.types.name(id); }
  const types::Scalar* constant(ExprId id) const;  // of a literal

  // ---- facts ----
  PathId path_root(char kind, std::uint32_t index);
  PathId path_field(PathId parent, std::uint32_t field);
  void note_facts(ExprId id);  // from its operands' facts, once they are known
  std::size_t assume_facts(const FactSet& facts, FactOrigin origin = FactOrigin::here);  // returns a mark
  void forget_facts(std::size_t mark);
  ExprId narrow(ExprId id);  // T of T? where a fact says so
  static FactSet unite(const FactSet& left, const FactSet& right);
  static FactSet intersect(const FactSet& left, const FactSet& right);
  const Facts& facts(ExprId id) const;

  // ---- messages, constants and made-up evidence ----
  typed::Message type_message(const ast::Message& written);
  typed::Message default_message(Span condition) const;
  std::optional<types::Scalar> constant_of(ast::ExprId id, TypeId type, std::string_view use);
  std::optional<types::Range> range_of(ast::ExprId id, TypeId type);
  // A literal as the type needs it; reports where it does not fit.
  std::optional<types::Scalar> fit_constant(const types::Scalar& value, Span span, TypeId type, std::string_view use);
  std::optional<types::Scalar> enum_constant(ast::ExprId id, TypeId type, std::string_view use);
  void no_constant(Span span, TypeId type, std::string_view use);
  base::Diagnostic& wrong_constant(Span span, TypeId type, const std::string& found, std::string_view use);
  void check_within(const types::Scalar& value, TypeId type, const types::Range& range, Span span,
                    std::string_view use);
  types::Kind kind_of(TypeId id) const { return program_.types.kind(id); }
  // Made-up evidence of a record, and which of its fields were said: a spread hands on only those.
  struct MadeUp {
    typed::Literal value;
    std::vector<bool> said;
  };
  typed::Literal literal_of(ast::ExprId id, TypeId type, std::string_view use, const MadeUp* given);
  typed::Literal list_of(const ast::Expr& expr, TypeId type, std::string_view use, const MadeUp* given);
  std::string record_help(const ast::Expr& expr) const;
  MadeUp object_of(const ast::Expr& expr, TypeId type, const MadeUp* given);
  void spread_into(MadeUp& made, TypeId type, const ast::Path& path, const MadeUp* given);
  const MadeUp* find_fixture(const ast::Path& path, const MadeUp* given);
  typed::Literal missing_of(TypeId type) const;
  MadeUp nothing_of(TypeId type) const;
  std::optional<typed::Decimal> decimal_of(const std::string& written, Span span, std::string_view use);

  // ---- policies ----
  std::vector<std::uint32_t> order_policies(std::uint32_t module);  // each after that of the module that it extends
  void check_policy(std::uint32_t index);
  bool find_base(PolicyState& state);                                          // reports
  std::optional<types::RecordId> subject_of_policy(const PolicyState& state);  // reports
  void enter_text(const PolicyState& text);
  bool inherits_too_much(const PolicyState& base, Span span);  // reports
  void declare_parts();
  void check_levels_and_shows();
  void report_size();
  template <class Thing>
  bool is_inherited(const Names<Thing>& names, const ast::Name& name, std::string_view what, const std::string& change);
  void settle_lets(PolicyState& state);
  void check_criteria();
  void check_criterion(const ast::CriterionDecl& declared, std::optional<std::uint32_t> section);
  void check_clauses(const std::vector<ast::Clause>& clauses, typed::Criterion& into);
  void check_why_and_fix(const std::vector<ast::Clause>& clauses, typed::Criterion& into);
  typed::Condition check_condition(const ast::Requirement& written);
  std::uint32_t check_let(const ast::Let& written);
  std::uint32_t type_policy_let(std::uint32_t index);  // lazily; a Program::lets index
  void check_section(const ast::SectionDecl& declared, typed::Section& section);
  void check_gate(std::uint32_t index);  // lazily
  void check_gate_part(const PolicyState::GatePart& part, typed::Gate& gate);
  void check_score(std::uint32_t index);  // lazily
  void check_score_settings(const ast::ScoreDecl& declared, typed::Score& score);
  void check_score_parts(const ast::ScoreDecl& declared, typed::Score& score);
  void check_score_criteria(const ast::ScoreDecl& declared, typed::Score& score);
  void check_levels(const ast::LevelsDecl& declared, std::vector<typed::Origin> origins);
  void check_show(const ast::ShowDecl& declared, std::vector<typed::Origin> origins);
  typed::Selection select(const ast::Selection& written);
  std::optional<std::uint32_t> find_criterion(const ast::Name& name);  // reports
  // A score or gate that the text names, as the policy has it; kNone, and reports, where there is none.
  std::uint32_t find_named(const ast::Name& name, Value::Kind kind, std::string_view what);
  ExprId type_score(std::uint32_t index, Span span);
  ExprId type_gate(std::uint32_t index, Span span);
  void unknown_part(const ast::Name& name, std::string_view kind, std::vector<std::string> candidates);
  typed::Origin declared_here(Span span) const;

  // ---- deriving ----
  void inherit(const PolicyState& base);
  void collect_deltas();
  void collect_delta(const ast::Delta& delta);
  Names<Asked>* asked_by(const ast::Delta& delta);
  bool find_target(const ast::Delta& delta);  // reports
  void note_asked(const ast::Delta& delta, Asked& asked);
  void conflicting(const ast::Delta& delta, const ast::Delta& first, std::string message);
  static bool has_reason(const ast::Delta& delta);
  void check_reason(const ast::Delta& delta);
  bool is_locked(const ast::Delta& delta);
  std::optional<std::uint32_t> locking_policy(const typed::Policy& policy, std::uint32_t gate) const;
  void derive_criteria();
  void derive_criterion(typed::Criterion criterion, const Asked& asked);
  void replace_criterion(typed::Criterion& criterion, const ast::Delta& delta);
  void tighten_criterion(typed::Criterion& criterion, const ast::Delta& delta);
  void change_level(typed::Criterion& criterion, const ast::Delta& delta);
  void amend_criterion(typed::Criterion& criterion, const ast::Delta& delta);
  bool is_lost_by_tags(const typed::Criterion& criterion, const std::vector<std::string>& tags) const;
  void enter_criterion(const typed::Criterion& criterion);  // its facts and lets
  void derive_gates_and_scores();
  void derive_gates();
  void derive_scores();
  void derive_levels();
  template <class Part>
  void note_drop(typed::Dropped::Kind kind, const Part& part, const ast::Delta& delta);
  void report_dropped();
  void report_inherited();
  void report_orphans();
  void note_lost_by_promotion();
  bool report_cost(const typed::Policy& policy);  // whether it asks for too much work
  bool note_dropped(const Names<Asked>& of, const ast::Name& name);
  typed::Origin origin_of(const ast::Delta& delta, typed::Origin::Kind kind, bool weakens) const;
  void no_effect(const ast::Delta& delta, std::string message);

  // ---- params ----
  void collect_set(const ast::Delta& delta);
  std::optional<std::uint32_t> find_set_param(const ast::Delta& delta);  // reports
  void derive_params();
  void set_param(const ast::Delta& delta, typed::PolicyParam& param);
  bool narrows(const ast::Delta& delta, typed::PolicyParam& param);  // reports
  bool check_loosening(const ast::Delta& delta, const typed::PolicyParam& before, const types::Scalar& value);
  void note_polarity();

  // ---- waivers ----
  void declare_waiver_rows();
  void check_waiver(const ast::WaiverDecl& declared);
  std::optional<std::uint32_t> find_waived_policy(const ast::Path& path);  // reports, as the next four do
  bool lacks_something(const ast::WaiverDecl& declared);
  std::vector<std::string> waived_subjects(const ast::WaiverDecl& declared, const typed::Policy& policy);
  ExprId type_waiver_condition(ast::ExprId where, std::uint32_t policy);
  void report_locked(Span name, const std::string& module, const typed::Policy& in, const typed::Criterion& criterion);
  void report_wider_waivers(std::uint32_t index);
  void attach_waivers();  // to the criteria of every policy for which they hold

  // ---- sources and bindings ----
  void check_source(const ast::SourceDecl& declared, typed::Source& source);
  void check_source_options(const ast::SourceDecl& declared, typed::Source& source);
  // Shared evidence, or a subject and the path of its field.
  using BoundThing = std::tuple<std::optional<std::uint32_t>, types::RecordId, std::vector<types::FieldIndex>>;
  void check_bind(const ast::BindDecl& declared);
  bool find_source(const ast::Name& name, typed::Binding& binding);  // reports, as the next three do
  bool find_bind_target(const ast::BindDecl& declared, typed::Binding& binding);
  bool can_have_rows(Span span, const std::string& target, TypeId type);
  bool find_field_path(types::RecordId record, const std::vector<ast::Name>& parts, std::size_t from,
                       std::vector<types::FieldIndex>& path, TypeId& type);
  void check_join(const ast::BindDecl& declared, typed::Binding& binding);
  void check_subject_converters(const ast::BindDecl::Join& join, typed::JoinPair& pair);
  void check_bound_fields(const ast::BindDecl& declared, typed::Binding& binding);
  void check_conflicts();
  std::uint32_t choose_binding(const std::vector<std::uint32_t>& bindings);  // of one thing
  bool same_binding(std::uint32_t left, std::uint32_t right) const;
  void report_conflict(const ast::Import& import, std::uint32_t first, std::uint32_t second);

  // ---- converters ----
  typed::SourcePath check_path(const ast::SourcePath& written, TypeId type);
  bool can_be_the_record(const ast::SourcePath& written, TypeId type);  // reports
  bool can_be_split(const ast::Converter& converter, TypeId type);      // reports, as the next two do
  bool converter_fits(const ast::Converter& converter, TypeId type);
  bool keyed_by_fits(const ast::Converter& converter, TypeId type);
  typed::Converter converted(const ast::Converter& written, TypeId type);

  // ---- fixtures and tests ----
  std::vector<std::uint32_t> order_fixtures(
      const std::vector<ast::FixtureDecl>& fixtures);  // each after those that it spreads
  void note_spreads(ast::ExprId id, std::vector<ast::Name>& names) const;
  TypeId fixture_type(const ast::TypeRef& written);
  struct TestInputs;
  void report_same_names(std::string_view what, const std::vector<const ast::TestCase*>& tests);
  void check_test(std::uint32_t module, const ast::TestDecl& declared);
  void check_inputs(const ast::TestCase& written, const typed::Policy& policy, TestInputs& inputs);
  void check_given(const ast::Given& given, const typed::Policy& policy, TestInputs& inputs, const TestInputs& outer,
                   std::set<std::string>& seen);
  void check_with(const ast::With& with, const typed::Policy& policy, TestInputs& inputs,
                  std::set<std::uint32_t>& seen);
  typed::TestRun check_run(const ast::TestCase& written, const typed::Policy& policy, const TestInputs& inputs);
  std::optional<typed::Expectation> check_expectation(const ast::Expectation& written, const typed::Policy& policy);
  bool check_criterion_expectation(const ast::Expectation& written, typed::Expectation& made);
  bool check_gate_expectation(const ast::Expectation& written, typed::Expectation& made);
  bool check_score_expectation(const ast::Expectation& written, const typed::Score& score, typed::Expectation& made);
  bool check_level_expectation(const ast::Expectation& written, const typed::Policy& policy,
                               const typed::Levels& levels, typed::Expectation& made);
  // A criterion, gate, score or levels of a policy; reports.
  template <class Part>
  std::optional<std::uint32_t> find_part(const ast::Name& name, const std::vector<Part>& parts, std::string_view what,
                                         const typed::Policy& policy) {
    if (name.empty()) return std::nullopt;
    std::vector<std::string> candidates;
    for (std::uint32_t i = 0; i < parts.size(); ++i) {
      if (parts[i].name == name.text) {
        note_use(name.span, parts[i].span);
        return i;
      }
      candidates.push_back(parts[i].name);
    }
    if (parts_may_be_missing(policy)) return std::nullopt;
    unknown(Code::unknown_part, name, "`" + policy.name + "` has no " + std::string(what) + " `" + name.text + "`",
            candidates);
    return std::nullopt;
  }
  // A shared value or param by its name: of this module, else of the policy's.
  std::optional<Value> find_of_policy(const ast::Name& name, Value::Kind kind, const typed::Policy& policy);

  // ---- reporting ----
  // What is wrong with inherited text was reported with the policy that it is of, or is the fault of a delta.
  base::Diagnostic& report(Code code, Span span, std::string message) {
    return (text_ == policy_ ? diagnostics_ : inherited_diagnostics_).report(code, span, std::move(message));
  }
  std::size_t reported() const { return diagnostics_.count() + inherited_diagnostics_.count(); }
  std::size_t reported_errors() const { return diagnostics_.error_count() + inherited_diagnostics_.error_count(); }
  base::Diagnostic& unknown(Code code, const ast::Name& name, std::string message,
                            const std::vector<std::string>& candidates);
  // Something that could not be read, and was reported, may declare what is missed.
  bool may_be_missing(std::uint32_t module, std::string_view name) const;
  bool fields_may_be_missing(types::RecordId record) const;
  bool names_may_be_missing(const types::Enum& declared) const;
  bool parts_may_be_missing(const typed::Policy& policy) const;
  const ast::Module& ast_of(std::uint32_t module) const { return *modules_[module].module; }
  const ast::Expr& expr_at(ast::ExprId id) const { return ast_of(module_).expr(id); }
  // At the declaration that closes the circle, with the place where it does.
  void report_cycle(Span declaration, const std::string& name, Span use);
  std::string source_text(Span span) const { return std::string(sources_.text(span)); }

  const std::vector<ModuleInput>& modules_;
  const base::SourceMap& sources_;
  typed::Program program_;
  base::Diagnostics diagnostics_;
  base::Diagnostics inherited_diagnostics_;  // of the policy that is checked
  std::vector<ModuleScope> scopes_;          // one for each module
  std::vector<NameUse> uses_;

  // Declared types by module and index of declaration.
  std::vector<std::vector<types::EnumId>> enum_ids_;
  std::vector<std::vector<types::RecordId>> record_ids_;
  enum class RecordState : std::uint8_t { fresh, open, done };
  std::vector<RecordState> record_states_;                              // by RecordId
  std::vector<std::pair<std::uint32_t, std::uint32_t>> record_places_;  // by RecordId: module and index there
  struct DeclaredDefine {
    std::uint32_t module;
    const ast::DefineDecl* declared;
    enum class State : std::uint8_t { fresh, open, done } state = State::fresh;
  };
  std::vector<DeclaredDefine> defines_;  // as Program::defines
  Costs costs_{program_};
  std::vector<std::vector<std::uint32_t>> policy_ids_, fixture_ids_,
      source_ids_;  // as enum_ids_; kNone where a name stood twice

  std::vector<PolicyState> policies_;   // as Program::policies
  std::size_t inherited_criteria_ = 0;  // of all policies up to now
  std::size_t derived_expressions_ = 0;
  bool inherited_too_much_ = false;

  std::map<BoundThing, Span> bound_here_;  // by the module whose bindings are checked now
  std::vector<MadeUp> fixture_values_;     // as Program::fixtures; of type error until it is checked

  std::uint32_t open_declarations_ = 0;  // that are typed in the middle of each other
  bool depth_reported_ = false;

  // Where we are.
  std::uint32_t current_define_ = kNone;
  std::uint32_t module_ = 0;
  Place place_ = Place::constant;
  bool in_message_ = false;  // nothing needs a guard there
  std::optional<types::RecordId> subject_;
  PolicyState* policy_ = nullptr;      // that is checked
  const PolicyState* text_ = nullptr;  // whose text is typed: it or one that it derives from
  std::vector<std::pair<std::string, Value>>
      locals_;                                   // lets of a criterion or gate, parameters, variables; innermost last
  std::vector<std::vector<ExprId>> let_guards_;  // as Program::lets: what a let reads by an earlier require's guard
  std::vector<ExprId> guarded_;                  // of the condition or let that is typed now
  std::set<ExprId> narrowed_;                    // typed T where T? is declared, because a fact says so

  // Side tables by ExprId.
  std::vector<PathId> paths_;
  std::map<ExprId, Facts> facts_;
  std::map<std::pair<std::uint64_t, std::uint32_t>, PathId> path_ids_;
  std::vector<FactOrigin> fact_origins_;                 // by PathId
  std::vector<std::pair<PathId, FactOrigin>> fact_log_;  // to undo
};

}  // namespace muster::check

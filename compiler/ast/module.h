// SPDX-License-Identifier: Apache-2.0
// A module as it is written: its declarations in their order, kind by kind, what could not be read left out
// (and reported). Made by desugar, read by check. `where` spans are of the declaring name unless said
// otherwise. Empty names, kNoExpr and nullopt mean "not written".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/span.h"
#include "compiler/ast/expression.h"

namespace muster::ast {

struct Text {
  std::string value;
  base::Span span;

  // A reason of blanks is none.
  bool is_blank() const { return value.find_first_not_of(" \t\n") == std::string::npos; }
};

struct Import {
  Path module;              // a.b
  Name alias;               // `as c`
  std::vector<Name> names;  // `(X, y)`
  base::Span span;
};

// `list of T?`, `T?`, `a.b.T`, `list of (T?)`
struct TypeRef {
  enum class Kind : std::uint8_t { named, list, optional, error } kind = Kind::error;
  Path name;                   // named: `int`, `Finding`, `lib.Finding`
  std::vector<TypeRef> inner;  // list and optional: one
  base::Span span;
};

struct EnumDecl {
  struct Member {
    Name name;
    std::vector<Text> spellings;
  };
  Name name;
  bool ordered = false;
  std::vector<Member> members;
  std::string doc;
  base::Span span;
  bool incomplete = false;
};

// `fresh for E`: a duration or period literal, or a param's name.
struct FieldDecl {
  enum class Role : std::uint8_t { plain, key, label } role = Role::plain;
  bool is_private = false;
  Name name;
  TypeRef type;
  ExprId range = kNoExpr;  // Kind::range
  ExprId fresh = kNoExpr;
  std::string doc;
};

struct RecordDecl {
  enum class Kind : std::uint8_t { record, evidence, subject } kind = Kind::record;
  Name name;
  Path extends;            // subjects
  ExprId fresh = kNoExpr;  // evidence
  std::vector<FieldDecl> fields;
  std::string doc;
  base::Span span;          // the whole declaration
  base::Span word;          // its leading word
  bool incomplete = false;  // something in it could not be read
};

struct SharedDecl {
  Name name;
  TypeRef type;
  ExprId fresh = kNoExpr;
  std::string doc;
};

struct ParamDecl {
  Name name;
  TypeRef type;
  ExprId value = kNoExpr;
  ExprId range = kNoExpr;
  std::string doc;
};

struct DefineDecl {
  struct Parameter {
    Name name;
    TypeRef type;
  };
  Name name;
  std::vector<Parameter> parameters;
  TypeRef result;
  ExprId body = kNoExpr;
  std::string doc;
};

struct Let {
  Name name;
  ExprId value = kNoExpr;
};

struct Requirement {
  ExprId condition = kNoExpr;
  std::optional<Message> message;  // `else "..."`
  base::Span span;                 // from its word
};

// One clause of a criterion, section, gate or delta, in the order written.
struct Clause {
  enum class Kind : std::uint8_t {
    when,
    let,
    require,
    weight,
    why,
    fix,
    see,
    owner,
    tags,
    effective,
    error
  } kind = Kind::error;
  base::Span word;
  base::Span span;
  Requirement requirement;  // when, require
  Let let;
  std::string decimal;             // weight, as written without `_`
  std::optional<Message> message;  // why, fix
  std::optional<Text> text;        // see, owner
  std::vector<Name> tags;
  std::optional<base::Date> date;  // effective
  base::Span value_span;           // of what follows the word
};

struct CriterionDecl {
  Level level = Level::must;
  bool locked = false;
  Name name;
  std::optional<Text> title;
  std::vector<Clause> clauses;
  std::string doc;
  base::Span span;
  bool incomplete = false;
};

struct GateDecl {
  Name name;
  std::optional<Text> title;
  std::vector<Clause> clauses;  // let, require
  std::string doc;
  base::Span span;
  bool incomplete = false;
};

struct ScoreDecl {
  struct Part {
    Name score;
    std::string weight;  // a decimal as written
    base::Span span;
  };
  enum class Treatment : std::uint8_t { excluded, met, unmet, between };
  enum class Rounding : std::uint8_t { none, half_up, down };
  struct LevelWeight {
    Level level;
    std::string weight;
    base::Span span;
  };

  Name name;
  ExprId expression = kNoExpr;  // `score x = E`; then the rest is empty
  std::optional<Selection> of;
  std::vector<Part> parts;
  std::string weight;                      // `weight 1`
  std::vector<LevelWeight> level_weights;  // `weight must 3, should 2`
  std::optional<Treatment> na, waived, unknown;
  std::optional<bool> empty_none;  // true: `empty none`; false: `empty 100%`, with empty_value
  double empty_value = 100;
  Rounding rounding = Rounding::none;
  std::string round_step;  // a decimal of points as written: `1`, `0.1`
  std::optional<double> cap;
  bool cap_unless_all_met = false;
  base::Span of_span, round_span, cap_span, empty_span;
  std::vector<base::Span> repeated;  // words of clauses written twice
  std::string doc;
  base::Span span;
  bool incomplete = false;
};

struct LevelsDecl {
  Name name;
  std::vector<Name> gates;
  std::string doc;
  base::Span span;
};

struct ShowDecl {
  Name name;
  std::optional<Text> title;
  ExprId value = kNoExpr;
  std::string doc;
};

// A difference to the policy that is extended. Which fields are used depends on the kind.
struct Delta {
  enum class Kind : std::uint8_t {
    set,
    tighten,
    tighten_gate,
    promote,
    demote,
    amend,
    replace,
    replace_gate,
    replace_score,
    replace_levels,
    drop,
    drop_gate,
    drop_score,
    drop_levels,
    lock
  } kind = Kind::set;
  base::Span word;
  base::Span span;
  Path target;                // the param, criterion, gate, score or levels
  ExprId value = kNoExpr;     // set
  ExprId range = kNoExpr;     // set
  Level level = Level::must;  // promote, demote
  std::optional<Text> because;
  std::vector<Clause> clauses;     // tighten, amend, replace
  std::optional<ScoreDecl> score;  // replace_score
  std::optional<LevelsDecl> levels;
  bool incomplete = false;  // something in it, or right behind it, could not be read
};

struct SectionDecl;

// What stands in a policy or section, in its order: an index into the vector of that kind.
struct PolicyItem {
  enum class Kind : std::uint8_t { criterion, section, gate, score, levels, show, let, delta } kind = Kind::criterion;
  std::uint32_t index = 0;
};

struct SectionDecl {
  Name name;
  std::optional<Text> title;
  std::vector<Clause> clauses;          // when
  std::vector<std::uint32_t> criteria;  // indexes into PolicyDecl::criteria
  std::string doc;
  base::Span span;
};

struct PolicyDecl {
  Name name;
  Path extends;
  Path subject;  // `for Subject`
  std::optional<Text> title;
  std::vector<PolicyItem> items;
  std::vector<CriterionDecl> criteria;  // those in sections too, in the order written
  std::vector<SectionDecl> sections;
  std::vector<GateDecl> gates;
  std::vector<ScoreDecl> scores;
  std::vector<LevelsDecl> levels;
  std::vector<ShowDecl> shows;
  std::vector<Let> lets;
  std::vector<Delta> deltas;
  std::string doc;
  base::Span span;
  bool incomplete = false;
};

struct WaiverDecl {
  Path criterion;              // POLICY.CRITERION
  std::vector<Text> subjects;  // `for "id", "id"`
  ExprId where = kNoExpr;
  std::optional<base::Date> from, until;  // nothing, too, where what stands there is no date
  base::Span from_span, until_span;       // of the dates as written; empty where none is
  std::optional<Text> by, because;
  base::Span span;
};

struct SourceDecl {
  Name name;
  Name kind;                  // ndjson, json, csv, ...; any word: check says which exist
  std::optional<Text> path;   // of the file
  std::optional<Text> at;     // json: `at path`, as written
  std::vector<Text> at_path;  // its parts
  std::optional<Text> delimiter;
  std::optional<Text> environment;  // postgres: `env "DSN"`
  std::optional<Text> query;
  bool complete = false;
  bool complete_rows = false;
  base::Span complete_span;
  std::string doc;
  base::Span span;
};

// `d as "%d/%m/%Y"`: a path into the record and what is done to what is found there.
struct Converter {
  enum class Kind : std::uint8_t {
    as_format,
    as_ratio,
    as_points,
    as_days,
    as_hours,
    as_minutes,
    as_seconds,
    map,
    split,
    trim,
    lower,
    upper,
    strip_prefix,
    strip_suffix,
    present,
    keyed_by
  } kind = Kind::trim;
  base::Span span;
  std::string text;  // as_format, split, strip_prefix, strip_suffix
  Name field;        // keyed_by
  struct Entry {
    Text from;
    ExprId to = kNoExpr;  // a literal or an enum's name
  };
  std::vector<Entry> entries;  // map
  ExprId otherwise = kNoExpr;  // map's else
};

struct SourcePath {
  std::vector<Text> parts;  // empty: `.`, the record itself
  std::vector<Converter> converters;
  base::Span span;
};

struct BindDecl {
  struct Field {
    std::vector<Name> target;  // review.alpha
    SourcePath from;
    base::Span span;
  };
  // `on (number = kep_number strip_prefix "#")`: the source's path stands left of `=`, the subject's field right.
  struct Join {
    SourcePath source_path;
    Name subject_field;  // empty: the key (`on k`)
    std::vector<Converter> subject_converters;
  };
  Path target;  // Project, Project.support, approvers, waivers
  Name source;
  std::vector<Join> joins;  // empty: none written
  std::vector<Field> fields;
  std::optional<SourcePath> scalar;  // `bind f from s on k <- path converters`
  std::string doc;
  base::Span span;
  base::Span word;
  bool incomplete = false;

  // `bind waivers`, unless the module has something of that name.
  bool is_of_waivers() const { return target.parts.size() == 1 && target.parts.front().text == "waivers"; }
};

struct FixtureDecl {
  Name name;
  TypeRef type;
  ExprId value = kNoExpr;  // an object
  std::string doc;
};

struct Given {
  Name shared;  // empty: the subject
  ExprId value = kNoExpr;
  base::Span span;
};

struct With {
  Path param;
  ExprId value = kNoExpr;
  base::Span span;
};

struct Expectation {
  enum class Kind : std::uint8_t { criterion, gate, score, level } kind = Kind::criterion;
  Name name;
  Status status = Status::met;  // criterion
  std::optional<Text> message;  // criterion: a piece of it
  Name verdict;                 // gate: pass, fail, undecided
  ExprId range = kNoExpr;       // score: Kind::range, or a single percent
  Name level;                   // level: a gate of the levels, or `none`
  base::Span span;
};

struct TestCase {
  std::optional<Text> name;
  std::vector<Given> givens;
  std::vector<With> withs;
  std::vector<Name> waives;
  std::vector<Expectation> expectations;
  base::Span span;
};

struct TestDecl {
  TestCase body;  // its name, inputs and expectations
  Path policy;
  std::optional<base::Instant> as_of;
  std::string as_of_text;  // as written
  std::vector<TestCase> cases;
  std::string doc;
  base::Span span;
  bool incomplete = false;
};

struct Module {
  std::vector<Expr> exprs;  // the arena

  std::vector<Import> imports;
  std::vector<EnumDecl> enums;
  std::vector<RecordDecl> records;
  std::vector<SharedDecl> shared;
  std::vector<ParamDecl> params;
  std::vector<DefineDecl> defines;
  std::vector<PolicyDecl> policies;
  std::vector<WaiverDecl> waivers;
  std::vector<SourceDecl> sources;
  std::vector<BindDecl> binds;
  std::vector<FixtureDecl> fixtures;
  std::vector<TestDecl> tests;
  bool incomplete = false;  // some declaration could not be read at all

  const Expr& expr(ExprId id) const { return exprs[id]; }
};

}  // namespace muster::ast

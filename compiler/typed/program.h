// SPDX-License-Identifier: Apache-2.0
// A checked program: everything has a type, every name is an index. Engines run it, nobody changes it. One
// Program holds all modules that were reachable from the one that was asked for, `root_module` is that one.
//
// Expressions stand in one arena and are pure. A Let's value and a Define's body are expressions like others;
// lets hold no variables, so a let is evaluated at most once for a subject.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/span.h"
#include "compiler/types/scalar.h"
#include "compiler/types/types.h"

namespace muster::typed {

using types::TypeId;
using ExprId = std::uint32_t;
constexpr ExprId kNoExpr = ~ExprId{0};

enum class Op : std::uint8_t {
#define MUSTER_OP(name, operands, index, meaning) name,
#include "compiler/typed/ops.def"
#undef MUSTER_OP
};
const char* name(Op op);
bool is_order(Op op);       // `< <= > >=`
bool is_comparison(Op op);  // those, `==` and `!=`
bool has_variable(Op op);   // whether it goes over a list, with a variable of its own for each element

struct Expr {
  Op op = Op::error;
  TypeId type = types::kError;
  base::Span span;
  std::uint32_t index = 0;
  std::uint32_t first = 0;  // operands: Program::operands[first, first + count)
  std::uint32_t count = 0;
};

struct Message {
  struct Piece {
    std::string text;
    ExprId expression = kNoExpr;
    // The expression as it is written, escapes read. Spans in it count as if that stood at `begin` of the file.
    std::string source = {};
    std::uint32_t begin = 0;
  };
  std::vector<Piece> pieces;
};

struct Variable {
  std::string name;
  TypeId type;
  base::Span span;  // where it is introduced
};

struct Shared {
  std::string module;
  std::string name;
  TypeId type;
  types::Freshness fresh;
  base::Span span;
  std::string doc;
};

struct Param {
  std::string module;
  std::string name;
  TypeId type;
  types::Scalar value;  // the default
  std::optional<types::Range> range;
  base::Span span;
  std::string doc;
};

struct Define {
  std::string module;
  std::string name;
  std::vector<std::uint32_t> parameters;  // variables
  TypeId result;
  ExprId body = kNoExpr;
  base::Span span;
  std::string doc;
};

struct Let {
  std::string name;
  ExprId value = kNoExpr;
  base::Span span;
  std::uint32_t policy = 0;  // whose text it is
};

enum class Level : std::uint8_t { must, should, may };
const char* name(Level level);
enum class Status : std::uint8_t { met, unmet, na, waived, unknown };

// Why something of a policy is as it is: one step of its chain, the oldest first. The first is its declaration
// (`declared`), the others are deltas of policies that derive from that one.
struct Origin {
  enum class Kind : std::uint8_t { declared, set, tighten, promote, demote, amend, replace, drop, lock };
  Kind kind = Kind::declared;
  std::uint32_t policy = 0;  // Program::policies: whose text it is; kCommandLine of `--set`
  std::string what;          // set: the value; promote, demote: the level; amend: the clauses' words
  bool weakens = false;      // what the policy asks for may be less by it
  std::string because;       // empty: no reason is written
  base::Span span;           // of the declaring name, or of the delta's word and target
};
constexpr std::uint32_t kCommandLine = ~std::uint32_t{0};
const char* name(Origin::Kind kind);

enum class ConditionKind : std::uint8_t { when, require };
const char* name(ConditionKind kind);

struct Condition {
  ExprId condition = kNoExpr;
  std::uint32_t policy = 0;  // whose text it is
  Message message;           // without one written: the condition's source on one line
  bool has_message = false;
  // Optionals that an earlier `require` guards and that this one reads: its message is listed only where all
  // of them are present.
  std::vector<ExprId> guarded;
  base::Span span;
};

// A weight: units / 10^scale, not negative. Exact.
struct Decimal {
  std::int64_t units = 1;
  std::uint8_t scale = 0;
  friend bool operator==(const Decimal&, const Decimal&) = default;
};

struct Criterion {
  std::string name;
  std::string title;
  Level level = Level::must;
  std::optional<std::uint32_t> locked_by;  // the policy that locked it
  std::optional<std::uint32_t> section;    // Policy::sections
  std::vector<Condition> whens;            // the section's first
  std::vector<Condition> requires_;
  std::vector<std::uint32_t> lets;  // Program::lets, for tools; expressions name them themselves
  std::optional<Decimal> weight;
  std::optional<Message> why, fix;
  std::string see, owner;
  std::vector<std::string> tags;
  std::optional<base::Date> effective;
  std::vector<Origin> origins;
  std::vector<std::uint32_t> waivers;  // Program::waivers that hold for it, in their order
  std::string doc;
  base::Span span;  // of its name

  // The policy whose criterion this is: the one that declared or last replaced it. A waiver of an ancestor's
  // criterion holds for as long as that is the same.
  std::uint32_t owner_policy() const;
};

struct Section {
  std::string name;
  std::string title;
  std::vector<Condition> whens;  // its criteria begin with them
  std::uint32_t policy = 0;      // that declared it
  std::string doc;
  base::Span span;
};

// Criteria that a gate or score asks about: as written, and which of the policy's these are.
struct Selection {
  enum class Kind : std::uint8_t { must, should, may, criterion, list } kind = Kind::criterion;
  std::string section;                  // its name; empty: of any
  std::string tag;                      // empty: of any
  std::vector<std::string> names;       // list
  std::vector<std::uint32_t> criteria;  // of the policy, in its order
  Status status = Status::met;          // count_status only
  base::Span span;
};

struct Gate {
  std::string name;
  std::string title;
  std::vector<std::uint32_t> lets;  // Program::lets, for tools; expressions name them themselves
  std::vector<Condition> requires_;
  bool implied = false;  // `ready`, where the policy declares no gate
  std::vector<Origin> origins;
  std::string doc;
  base::Span span;
};

enum class Treatment : std::uint8_t { excluded, met, unmet, between };
enum class Rounding : std::uint8_t { none, half_up, down };

struct Score {
  struct Part {
    std::uint32_t score;
    Decimal weight;
  };
  std::string name;
  // One of the three: an expression (numbers of points; the result is a percent), parts, or criteria.
  ExprId expression = kNoExpr;
  std::vector<Part> parts;
  Selection of;
  Decimal weight;                                  // of a criterion that says none,
  std::array<std::optional<Decimal>, 3> by_level;  // and whose level has none
  std::vector<Decimal> weights;                    // for each of of.criteria; zero: it is in no score
  Treatment na = Treatment::excluded;
  Treatment waived = Treatment::met;
  Treatment unknown = Treatment::between;
  std::optional<double> empty = 100.0;  // nothing: none
  Rounding rounding = Rounding::none;
  Decimal round_step;         // points
  std::optional<double> cap;  // points
  bool cap_unless_all_met = false;
  bool may_be_none = false;  // its type is percent?
  std::vector<Origin> origins;
  std::string doc;
  base::Span span;
};

struct Levels {
  std::string name;
  std::vector<std::uint32_t> gates;  // from low to high
  std::vector<Origin> origins;
  std::string doc;
  base::Span span;
};

struct Show {
  std::string name;
  std::string title;
  ExprId value = kNoExpr;
  std::vector<Origin> origins;
  std::string doc;
  base::Span span;
};

// What becomes of a policy's verdicts as a value of an ordered type rises. Both: it can't be told, or it does
// one thing here and the other there. Neither: nothing that decides reads it.
struct Polarity {
  bool rise_loosens = false;
  bool fall_loosens = false;
};

// A param that the policy or its subject reads, as it is in this policy.
struct PolicyParam {
  std::uint32_t param = 0;  // Program::params
  types::Scalar value;
  std::optional<types::Range> range;
  Polarity polarity;
  Polarity locked;  // by something that is locked: a descendant may not loosen it so
  std::vector<Origin> origins;
};

// What a policy, or one that it derives from, took out.
struct Dropped {
  enum class Kind : std::uint8_t { criterion, gate, score, levels } kind = Kind::criterion;
  std::string name;
  std::string title;
  std::vector<Origin> origins;  // the last one is the drop
};

struct Policy {
  std::string module;  // dotted: results name it `module.name`
  std::string name;
  std::string title;
  std::optional<std::uint32_t> extends;  // Program::policies
  types::RecordId subject = 0;
  std::vector<std::uint32_t> lets;  // Program::lets: its own and inherited ones
  std::vector<PolicyParam> params;  // in the order of Program::params
  std::vector<Section> sections;
  std::vector<Criterion> criteria;
  std::vector<Gate> gates;    // the first is the main one
  std::vector<Score> scores;  // each after those that it names
  std::vector<Levels> levels;
  std::vector<Show> shows;
  std::vector<Selection> selections;            // of gates and shows
  std::vector<std::uint32_t> evaluation_order;  // of gates: each after those that it names
  std::vector<Dropped> dropped;
  std::string doc;
  base::Span span;

  std::string full_name() const { return module + "." + name; }
};

// Which of the policy's criteria a selection is of, in their order.
std::vector<std::uint32_t> chosen(const Policy& policy, const Selection& selection);
// Its own weight, else its level's, else the score's.
Decimal weight_of(const Score& score, const Criterion& criterion);
// Fills in what the score of a policy counts, and how much each.
void choose_criteria(const Policy& policy, Score& score);

// ---- Waivers ----

// A criterion of a policy that counts as waived, from and through some days, for some subjects. It holds for
// policies that derive from that one, until one replaces the criterion or locks it against the waiver's module.
struct Waiver {
  std::string module;
  std::uint32_t policy = 0;
  std::string criterion;
  std::vector<std::string> subjects;  // their keys as results show them, each once; or
  ExprId where = kNoExpr;             // a condition
  std::optional<base::Date> from;
  base::Date until;
  std::string by, because;
  base::Span span;
};

// ---- Evidence ----

enum class SourceKind : std::uint8_t { ndjson, json, csv };
enum class Completeness : std::uint8_t { open, rows, rows_and_keys };

struct Source {
  std::string module;
  std::string name;
  SourceKind kind = SourceKind::ndjson;
  std::string path;             // as written
  std::string resolved_path;    // from the module's folder; beneath the root
  std::vector<std::string> at;  // json: the path to the array; empty: the document itself
  char delimiter = ',';
  Completeness completeness = Completeness::open;
  base::Span span;
};

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
  };
  Kind kind = Kind::trim;
  std::string text;             // as_format, split, strip_prefix, strip_suffix
  types::FieldIndex field = 0;  // keyed_by: of the element's record
  struct Entry {
    std::string from;
    types::Scalar to;
  };
  std::vector<Entry> entries;  // map
  std::optional<types::Scalar> otherwise;
  base::Span span;
};

// Keys from the record inwards (empty: the record itself), then converters in order.
struct SourcePath {
  std::vector<std::string> keys;
  std::vector<Converter> converters;
};

// One explicitly bound field: the path of fields from the bound record, and where it is read.
struct BoundField {
  std::vector<types::FieldIndex> target;
  SourcePath from;
  base::Span span;
};

struct JoinPair {
  std::vector<types::FieldIndex> subject_field;  // one field, or a path of fields of the subject
  std::vector<Converter> subject_converters;     // only of texts: trim, lower, upper, strip_prefix, strip_suffix
  SourcePath source;
  TypeId type = types::kText;  // of the subject's field, without `?`: how the source's value is read
};

// What one `bind` says. A field of the bound record that no BoundField reaches is read by its name's default.
struct Binding {
  std::uint32_t source = 0;
  // What is bound: the subject itself (target empty, shared nothing), a field of it (target), or shared evidence.
  types::RecordId subject = 0;
  std::vector<types::FieldIndex> target;
  std::optional<std::uint32_t> shared;
  TypeId type = types::kError;  // of what is bound: a record, a list of records or scalars, or their `?`
  std::vector<JoinPair> joins;  // of a field; empty only for the subject itself and shared
  std::vector<BoundField> fields;
  std::optional<SourcePath> scalar;  // a list of scalars: what each row gives
  std::string module;
  base::Span span;
};

// ---- Tests of the language ----

// A value of an object literal: evidence that a test makes up.
struct Literal {
  enum class Kind : std::uint8_t { scalar, list, record, absent, unknown } kind = Kind::unknown;
  types::Scalar scalar;
  std::vector<Literal> items;  // list: elements; record: one for each field of the type, unknown where left out
  TypeId type = types::kError;
  std::optional<base::Span> span = {};  // where it is written; nothing where it is left out
};

struct Fixture {
  std::string module;
  std::string name;
  Literal value;
  base::Span span;
};

struct Expectation {
  enum class Kind : std::uint8_t { criterion, gate, score, level } kind = Kind::criterion;
  std::uint32_t index = 0;             // of the policy's criterion, gate, score or levels
  Status status = Status::met;         // criterion
  std::optional<std::string> message;  // a piece of a message
  enum class Verdict : std::uint8_t { pass, fail, undecided } verdict = Verdict::pass;
  double low = 0, high = 0;  // score, points
  bool none = false;         // score: none is expected; level: no level reached
  std::uint32_t level = 0;   // level: which of Levels::gates
  base::Span span;
};

struct SharedGiven {
  std::uint32_t shared = 0;
  Literal value;
};

struct ParamSetting {
  std::uint32_t param = 0;
  types::Scalar value;
  base::Span span;  // of the value
};

// One case to run, inputs inherited and merged already. A test without `case`s is one run; a test with them
// is a run for its own expectations (if it has any) and one for each case.
struct TestRun {
  std::string name;  // of the case, or empty
  Literal subject;
  std::vector<SharedGiven> shared;
  std::vector<ParamSetting> params;
  std::vector<std::uint32_t> waived;  // criteria
  std::vector<Expectation> expectations;
  base::Span span;
};

struct Test {
  std::string module;
  std::string name;
  std::uint32_t policy = 0;            // Program::policies
  std::optional<base::Instant> as_of;  // nothing: the run's own
  std::vector<TestRun> runs;
  base::Span span;
};

struct Program {
  types::Table types;
  std::vector<Expr> exprs;
  std::vector<ExprId> operands;
  std::vector<types::Scalar> constants;
  std::vector<std::string> patterns;  // RE2 syntax, checked
  std::vector<Variable> variables;
  std::vector<Let> lets;
  std::vector<Shared> shared;
  std::vector<Param> params;
  std::vector<Define> defines;
  std::vector<Policy> policies;
  std::vector<Waiver> waivers;
  std::optional<std::uint32_t> waiver_rows;  // Program::shared: the list that `bind waivers` reads
  std::vector<Source> sources;
  std::vector<Binding> bindings;
  std::vector<Fixture> fixtures;
  std::vector<Test> tests;
  std::string root_module;  // dotted name of the module that was asked for

  const Expr& expr(ExprId id) const { return exprs[id]; }
  std::span<const ExprId> operands_of(const Expr& expr) const { return {operands.data() + expr.first, expr.count}; }
  ExprId operand(const Expr& expr, std::size_t at) const { return operands[expr.first + at]; }
};

// The policy and those that it derives from, the nearest first.
std::vector<std::uint32_t> lineage(const Program& program, std::uint32_t policy);

// Whether a criterion is still the one that a policy has which its own derives from: no policy replaced it.
bool is_same(const Criterion& derived, const Criterion& criterion);

// A locked criterion is waived only by the module of the policy that locks it, or of those that one derives from.
bool may_waive(const Program& program, const std::string& module, const Criterion& criterion);

}  // namespace muster::typed

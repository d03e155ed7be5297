// SPDX-License-Identifier: Apache-2.0
// Expressions as they are written: resolved by nobody, typed by nobody. They stand in their module's arena and
// point to each other by ExprId. Depth is bounded by the parser (256); only Kind::logic chains are long.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/span.h"
#include "compiler/types/scalar.h"

namespace muster::ast {

using ExprId = std::uint32_t;
constexpr ExprId kNoExpr = ~ExprId{0};

struct Name {
  std::string text;  // without backquotes
  base::Span span;
  bool quoted = false;

  bool empty() const { return text.empty(); }
};

// Names joined by dots. In types, imports and deltas.
struct Path {
  std::vector<Name> parts;
  base::Span span;
};

enum class Operator : std::uint8_t {
  // Kind::logic
  conjunction,
  disjunction,
  // Kind::binary
  implication,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  not_in,
  contains,
  contains_any,
  contains_all,
  starts_with,
  ends_with,
  matches,
  coalesce,
  assume,
  add,
  subtract,
  multiply,
  divide,
  // Kind::unary
  negation,  // not
  minus,
  // Kind::state
  is_known,
  is_unknown,
  is_present,
  is_absent,
  is_not_known,
  is_not_unknown,
  is_not_present,
  is_not_absent,
};

enum class Quantifier : std::uint8_t { any, all, no, at_least, at_most, exactly };
enum class Aggregate : std::uint8_t { count, sum, min, max, avg, first, latest };
enum class Level : std::uint8_t { must, should, may };
enum class Status : std::uint8_t { met, unmet, na, waived, unknown };  // `unknown` only in expectations of tests

// What a gate or score chooses: `must in recovery tagged slow`, or a list `[a, b]`.
struct Selection {
  enum class Kind : std::uint8_t { must, should, may, criterion, list } kind = Kind::criterion;
  std::vector<Name> list;
  Name section;  // empty: any
  Name tag;      // empty: any
  base::Span span;
};

struct Branch {
  ExprId condition = kNoExpr;
  ExprId value = kNoExpr;
};

// `name: value` of an object literal, or a spread: `...fixture`, `...module.fixture`.
struct ObjectField {
  Name name;  // empty for a spread
  ExprId value = kNoExpr;
  Path spread;
};

struct Expr {
  enum class Kind : std::uint8_t {
    error,            // could not be read; already reported
    literal,          // value (bool, int, number, percent, text, date, time, duration, period, version)
    none,             // `none`, in object literals
    unknown,          // `unknown`, in object literals
    name,             // name
    member,           // operands[0] `.` name
    optional_member,  // operands[0] `?.` name
    call,             // callee operands[0] (a name or member) with the arguments after it
    list,             // `[operands...]`
    range,            // operands[0] `..` operands[1]; only right of `in`
    object,           // fields; only in fixtures, tests
    logic,            // two or more operands of one op: conjunction or disjunction
    binary,           // operands[0] op operands[1]
    unary,            // op operands[0]
    state,            // operands[0] op
    conditional,      // if operands[0] then operands[1] else operands[2]
    choose,           // branches, then operands[0] the else (kNoExpr if it is missing)
    quantifier,       // quantifier: variable in operands[0] where operands[1]?: operands[2]; operands[3]? the N
    aggregate,        // aggregate: variable in operands[0] where operands[1]?: operands[2]? (of `by` for latest)
    every,            // every selection                            (gates)
    passes,           // passes(name)                               (gates)
    count_status,     // count(status selection)                    (gates)
  };

  Kind kind = Kind::error;
  base::Span span;     // all of it, without brackets around it
  base::Span op_span;  // the operator or leading word, for diagnostics
  Operator op = Operator::conjunction;
  Quantifier quantifier = Quantifier::any;
  Aggregate aggregate = Aggregate::count;
  Status status = Status::met;
  bool bracketed = false;  // stands in brackets of its own
  Name name;
  Name variable;
  types::Scalar value;
  std::vector<ExprId> operands;  // kNoExpr where an optional one is not written
  std::vector<Branch> branches;
  std::vector<ObjectField> fields;
  Selection selection;
};

// A text whose `{...}` hold expressions: pieces in order, each literal text and then perhaps an expression.
struct Message {
  struct Piece {
    std::string text;
    ExprId expression = kNoExpr;
    std::string source = {};  // of the expression, escapes read; its spans count as if that stood at `begin`
    std::uint32_t begin = 0;
  };
  std::vector<Piece> pieces;
  base::Span span;
};

}  // namespace muster::ast

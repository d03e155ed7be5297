// SPDX-License-Identifier: Apache-2.0
// A policy as straight-line code over columns, in static single assignment: each instruction makes one bitmap or one
// column of data, for all rows of its axis. The language's three-valued logic, its sets of what is possible and its
// freshness are spelled out in these operations, so an engine needs to know nothing but ops.def. Nobody changes
// code once it is verified.
//
// What is uniform over a run (constants, params, today, shared evidence) lives on the axis `run`, which has one row;
// engines compute it once. A truth is two bitmaps, yes and no; a scalar is data with a bitmap `known` and, where it is
// optional, one `absent`; unknown is what is neither.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "compiler/typed/program.h"
#include "compiler/types/types.h"

namespace muster::ir {

enum class Op : std::uint8_t {
#define MUSTER_IR_OP(name, kind, result, operands, index, meaning) name,
#include "compiler/ir/ops.def"
#undef MUSTER_IR_OP
};

enum class OpKind : std::uint8_t { leaf, rowwise, gather, segment, search };

struct OpInfo {
  const char* name;
  OpKind kind;
  char result;           // as in ops.def
  const char* operands;  // as in ops.def
  const char* index;     // what Instruction::index holds; empty: nothing
  const char* meaning;
};
constexpr std::size_t kOpCount = 0
#define MUSTER_IR_OP(name, kind, result, operands, index, meaning) +1
#include "compiler/ir/ops.def"
#undef MUSTER_IR_OP
    ;
const OpInfo& info(Op op);

// How data lie in memory. `bits` is a bitmap; the others are one value a row:
//   u8, i32, i64, f64     as they are: an enum's index, a day, microseconds, points
//   text                  columns::Text: where it begins and how long it is
//   version               a pointer to a base::VersionNumber, null where there is none
//   index                 u32: a row of another axis
enum class Phys : std::uint8_t { bits, u8, i32, i64, f64, text, version, index };
const char* name(Phys phys);
std::size_t bytes_of(Phys phys);  // of one row; 0 of bits

// What a sign of ops.def stands for that names one kind; bits of any other.
Phys phys_of_sign(char sign);

// How scalars of a type lie in memory: bools are bits. Enums of more than 255 names are i32.
Phys phys_of(const types::Table& types, types::TypeId type);

// ---- Where evidence stands: tables of rows, columns of them ----

using TableId = std::uint32_t;
using ColumnId = std::uint32_t;
constexpr TableId kRunTable = 0;       // one row: all shared evidence
constexpr TableId kSubjectsTable = 1;  // a row a subject

// From a row of a table to a value in it: fields of records in records. In the table of the run the first step is
// the index of Program::shared. Empty: the row itself, which is an element of a list.
using Path = std::vector<std::uint32_t>;

// The elements of one list of each row of another table, row after row; a list that isn't known has none.
struct Table {
  TableId parent = kRunTable;
  Path path;                          // of the list, from a row of the parent
  types::TypeId row = types::kError;  // of an element, with its `?`; of the subjects their record
};

// A value of each row: a scalar's, or whether a record or list is there (then only its known and absent bits are read).
// Bits of a value inside of a record that isn't known are 0.
struct Column {
  TableId table = kSubjectsTable;
  Path path;
  types::TypeId type = types::kError;  // with its `?`
  Phys phys = Phys::bits;              // of the data; bits: a bool, or no scalar
  bool loaded = false;                 // something reads the data (of a bool: `yes`), not only whether it is known
  // Not empty: of a text only which of these it is, is kept, as u8: 1 for the first, 0 for any other.
  std::vector<std::string> literals;
};

struct Layout {
  std::vector<Table> tables;  // each after its parent
  std::vector<Column> columns;
  std::uint32_t named = 0;  // how many bitmaps come with a batch: Instruction::index of `named`
};

// ---- Axes ----

using AxisId = std::uint32_t;
using ValueId = std::uint32_t;  // the instruction that makes it
constexpr ValueId kNoValue = ~ValueId{0};
constexpr AxisId kRun = 0;       // one row
constexpr AxisId kSubjects = 1;  // a row a subject

// What rows stand for. The rows of an axis follow each other as those of its parent do.
struct Axis {
  enum class Kind : std::uint8_t {
    run,
    subjects,
    table,      // the rows of a table of the layout
    literal,    // `width` rows for each of the parent
    expansion,  // for each row of the parent, rows `begin` to `end` of the axis `source`
  } kind = Kind::run;
  AxisId parent = kRun;  // of a table's axis that of its parent table; of run itself
  TableId table = 0;     // table
  std::uint32_t width = 0;
  ValueId begin = kNoValue, end = kNoValue;  // indexes on the parent, or on the run; begin <= end
  AxisId source = kRun;
};

// The reference engine goes over a list, `times` times for each row of the axis `within`: steps that its limit counts.
// `begin` and `end` live on that axis or on one that each of its rows belongs to; then no list of it counts as longer
// than the longest. Without both it is one element. So a subject takes no more steps than these say.
struct Steps {
  AxisId within = kSubjects;
  ValueId begin = kNoValue, end = kNoValue;
  std::uint64_t times = 0;
};

// ---- Code ----

constexpr std::uint32_t kNoCriterion = ~std::uint32_t{0};

struct Instruction {
  Op op = Op::zeros;
  Phys phys = Phys::bits;  // of the result
  AxisId axis = kRun;
  std::uint32_t index = 0;
  std::uint32_t first = 0;  // operands: Code::operands[first, first + count)
  std::uint32_t count = 0;
  std::uint32_t criterion = kNoCriterion;  // the first that asked for it
  base::Span span;                         // of the expression it was made for
};

// A constant: its data as they lie in memory are made once for a run.
struct Constant {
  types::Scalar value;
  types::TypeId type = types::kError;
  friend bool operator==(const Constant& a, const Constant& b) { return a.type == b.type && a.value == b.value; }
};

// What a score with parts is asked for: score * kFigures + the figure.
enum class Figure : std::uint8_t { low, high, has_value, may_be_none, shown, has_shown };
constexpr std::uint32_t kFigures = 8;

struct Weights {
  std::vector<std::uint64_t> of;  // one for each operand; their sum is below 2^62
};

// ---- What comes out, all on the axis of subjects or of the run ----

struct TruthOut {
  ValueId yes = kNoValue, no = kNoValue;
};

struct CriterionOut {
  ValueId met = kNoValue, unmet = kNoValue, na = kNoValue, waived = kNoValue;  // what it may be
  // What it would be, of one whose effective date may lie ahead; else as above.
  std::array<ValueId, 4> would_be{};
  ValueId upcoming = kNoValue;
};

struct ScoreOut {
  ValueId low = kNoValue, high = kNoValue, has_value = kNoValue, may_be_none = kNoValue;
  ValueId shown = kNoValue, has_shown = kNoValue;  // kNoValue: it shows none
};

// A value that is shown: a scalar or a list of such. A list stands in one of several places, the one whose guard is
// set; its elements are those of the rows begin to end that `kept` has, on the element's axis.
struct ShownOut {
  types::TypeId type = types::kError;  // without `?`
  ValueId known = kNoValue, absent = kNoValue;
  ValueId data = kNoValue;         // of a bool its yes
  std::vector<ShownOut> elements;  // of a list: for each place its elements, with these
  ValueId guard = kNoValue, begin = kNoValue, end = kNoValue, kept = kNoValue;
};

struct Outputs {
  std::vector<CriterionOut> criteria;
  std::vector<TruthOut> gates;
  std::vector<ScoreOut> scores;
  std::vector<ScoreOut> scores_without_waivers;    // empty: no waiver can change anything
  ValueId waivers_change = kNoValue;               // where some criterion would be otherwise without them
  std::vector<std::vector<ValueId>> waived_where;  // by criterion, for each of its conditions: where it holds
  std::vector<ShownOut> shows;
};

struct Code {
  Layout layout;
  std::vector<Axis> axes;
  std::vector<Instruction> instructions;
  std::vector<ValueId> operands;
  std::vector<Constant> constants;
  std::vector<std::vector<std::uint32_t>> sets;  // constants
  std::vector<Weights> weights;
  std::vector<Steps> steps;
  Outputs outputs;

  std::span<const ValueId> operands_of(const Instruction& instruction) const {
    return {operands.data() + instruction.first, instruction.count};
  }
  const Instruction& operator[](ValueId id) const { return instructions[id]; }
};

// All values that the outputs name.
std::vector<ValueId> roots(const Outputs& outputs);

// As text: one line an instruction.
std::string print(const Code& code, const typed::Program& program);

// What breaks the rules of ops.def: a message for each; none of code that may run.
std::vector<std::string> verify(const Code& code);

}  // namespace muster::ir

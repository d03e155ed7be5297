// SPDX-License-Identifier: Apache-2.0
// Which operations of column code one compiled function makes, and in which order such groups and single operations
// run. The compiler of groups (runtime/jit) and who runs them (runtime/interpret) speak in these.
//
// A group lives on one axis. Its operations read their operands row by row from each other; what they read otherwise
// (whole lists, rows that an index names) is made before the group. Values that nobody else reads stay inside and have
// no memory, and what nobody needs is in no group. What hangs from the run alone is in no group: it is made once, by
// kernels.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "compiler/ir/code.h"

namespace muster::groups {

// How an engine that compiles runs an operation.
enum class Way : std::uint8_t {
  native,            // as machine code
  native_or_called,  // of texts and versions by library code, else as machine code
  called,            // by library code
};
Way way_of(ir::Op op);
std::string_view words_for(Way way);  // as `muster doctor --ops` prints it

// Whether this very instruction is left to its kernel.
bool is_called(const ir::Code& code, const ir::Instruction& instruction);
// It makes all rows of its axis at once and stands in a group of its own.
bool is_whole(ir::Op op);
// Of values that lie where the batch has them.
bool is_in_batch(ir::Op op);
// Whether row r of the instruction needs no other row of that operand than r.
bool is_read_by_row(const ir::Instruction& instruction, std::size_t operand);
// Of `member` and such: the axis of the elements.
ir::AxisId elements_axis(const ir::Code& code, const ir::Instruction& instruction);
// By axis: it is the run's, or hangs from it without subjects, so its values are made once.
std::vector<bool> fixed_axes(const ir::Code& code);

// A number that a compiled function is given.
struct Slot {
  enum class Kind : std::uint8_t {
    value,    // the address of the value `id`; of uniform bits that of the run's one row
    offsets,  // of the lists of the axis `id`: its address
    parents,  // and how many parents they have
    rows,     // of the axis `id`
  } kind = Kind::value;
  std::uint32_t id = 0;
  friend bool operator==(const Slot&, const Slot&) = default;
};

struct Group {
  ir::AxisId axis = 0;
  std::vector<ir::ValueId> instructions;  // in the code's order
  std::vector<ir::ValueId> makes;         // those that somebody else reads
  std::vector<Slot> slots;                // each once
};

struct Step {
  enum class Kind : std::uint8_t { group, value } kind = Kind::group;
  std::uint32_t id = 0;  // of groups; ValueId
};

constexpr std::uint32_t kNoGroup = ~std::uint32_t{0};

struct Groups {
  std::vector<Group> groups;
  std::vector<Step> steps;              // values are made before they are read
  std::vector<std::uint32_t> group_of;  // by value
};

// Of code that is verified.
Groups make_groups(const ir::Code& code);

// Makes all rows of the group. `slots` are those of the group, in their order; scratch begins at a multiple of 64.
using Function = void (*)(const std::uint64_t* slots, std::uint64_t rows, std::byte* scratch);

// Any number of threads may run it at once, each with scratch of its own. It says nothing of a run, and so serves
// all executors of the code that it was made from.
struct Compiled {
  Groups groups;
  std::vector<Function> functions;     // by group
  std::size_t scratch = 0;             // bytes that the neediest function wants
  std::shared_ptr<const void> memory;  // in which the functions live
};

}  // namespace muster::groups

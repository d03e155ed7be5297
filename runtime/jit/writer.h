// SPDX-License-Identifier: Apache-2.0
// Writes the function of one group in LLVM's code. Private to the room.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/ir/code.h"
#include "runtime/groups/groups.h"
#include "runtime/jit/build.h"
#include "runtime/jit/phases.h"

namespace muster::jit {

// The machine's vectors, in bytes.
struct Target {
  unsigned vector_bytes = 16;
};

class Writer {
 public:
  Writer(llvm::Module& module, const ir::Code& code, const groups::Group& group, Target target);

  // Adds the function to the module. Gives the bytes of scratch that it wants.
  std::size_t write(const std::string& name);

 private:
  // Rows of a tile: from `first`; `last` is the end of those that there are.
  struct Tile {
    Value* first = nullptr;
    Value* last = nullptr;
  };

  // ---- Where things are ----

  void read_slots(Value* slots);
  Value* slot(groups::Slot slot) const;
  Value* address(ir::ValueId id) const { return slot({groups::Slot::Kind::value, id}); }
  Value* offsets(ir::AxisId axis) const { return slot({groups::Slot::Kind::offsets, axis}); }
  ir::Phys phys_of(ir::ValueId id) const { return code_[id].phys; }
  bool is_uniform(ir::ValueId id) const { return code_[id].axis == ir::kRun; }
  Value* uniform(ir::ValueId id);  // its one row
  ir::Phys data_of(const ir::Instruction& made) const;
  // Where the rows of a tile lie from its first on.
  Value* tile_of(ir::ValueId id, const Tile& tile);
  void find_homes(const std::vector<Phase>& phases);

  // ---- Phases ----

  void write_phase(const Phase& phase, const Tile& tile);
  void write_words(const Phase& phase, const Tile& tile);
  void write_rows(const Phase& phase, const Tile& tile);
  Value* lanes_of(ir::ValueId id, const Tile& tile, Value* at, unsigned lanes);
  Value* made_lanes(const ir::Instruction& made, const Tile& tile, Value* at, unsigned lanes);
  Value* gathered(const ir::Instruction& made, Value* index, unsigned lanes);
  Value* zeros();
  void clear_tails(Value* rows);
  unsigned lanes_for(PhaseKind kind) const;

  // ---- Row by row (lists.cpp, searches.cpp) ----

  void write_lists(ir::ValueId id, const Tile& tile);
  Value* one_of(ir::ValueId id, const Tile& tile, Value* row);  // of a value that is read by row
  Value* element(ir::ValueId id, Value* row);                   // of any row, of a value that was made before
  Value* word_of(ir::ValueId id, Value* word);
  Value* list_row(const ir::Instruction& made, const Tile& tile, Value* row);
  Value* gathered_text(const ir::Instruction& made, Value* index);
  Value* segment(const ir::Instruction& made, Value* row);
  Value* sum_of(const ir::Instruction& made, Value* begin, Value* end);
  Value* extreme(const ir::Instruction& made, Value* begin, Value* end);
  // `body` for words of the rows that are set and lie within.
  Build::Carried each_word(ir::ValueId set, Value* begin, Value* end, const Build::Carried& first,
                           const std::function<Build::Carried(Value* word, Value* row, const Build::Carried&)>& body);
  Build::Carried each_set(ir::ValueId set, Value* begin, Value* end, const Build::Carried& first,
                          const std::function<Build::Carried(Value* row, const Build::Carried&)>& body);
  Value* search(const ir::Instruction& made, const Tile& tile, Value* row);
  Value* all_between(const ir::Instruction& made, Value* low, Value* high, Value* begin, Value* end);

  // ---- Several lists at once (short_lists.cpp) ----

  // Of each lane's list.
  struct Lists {
    unsigned lanes = 0;
    Value* begin = nullptr;
    Value* size = nullptr;
    Value* bits = nullptr;     // which of its rows are set
    Value* is_long = nullptr;  // it doesn't fit: all else makes no sense
  };
  bool takes_lanes(const ir::Instruction& made) const;
  void write_short_lists(ir::ValueId id, const Tile& tile);
  Lists lists_at(const ir::Instruction& made, Value* row, Value* end, unsigned lanes);
  Build::Carried each_element(
      const Lists& lists, ir::ValueId value, const Build::Carried& first,
      const std::function<Build::Carried(Value* row, Value* value, Value* mask, const Build::Carried&)>& body);
  Value* of_short(const ir::Instruction& made, Lists& lists);
  Value* is_better(ir::Op op, ir::Phys phys, Value* value, Value* best);

  // ---- All rows at once (whole.cpp) ----

  void write_whole(const ir::Instruction& made, ir::ValueId id, Value* rows);
  void write_parent_rows(Value* result, Value* offsets, Value* parents);
  void write_source_rows(const ir::Instruction& made, Value* result, Value* offsets, Value* parents);
  void write_interleaved(const ir::Instruction& made, Value* result, Value* offsets, Value* parents);
  void write_first_of_equals(const ir::Instruction& made, Value* result, Value* offsets, Value* parents);
  void clear_words(Value* words, Value* rows);

  llvm::Module& module_;
  const ir::Code& code_;
  const groups::Group& group_;
  Target target_;
  Build b_;
  std::vector<Value*> slots_;
  std::map<ir::ValueId, Value*> uniforms_;
  llvm::BasicBlock* entry_ = nullptr;
  Value* scratch_ = nullptr;
  // Of values that another phase reads and nobody outside: where in the scratch.
  std::map<ir::ValueId, std::size_t> homes_;
  std::map<ir::ValueId, Value*> in_registers_;  // of the phase that is being written
  std::map<ir::ValueId, bool> is_kept_;         // it has to lie in memory
  std::size_t scratch_bytes_ = 0;
  std::optional<std::size_t> seen_;  // where all_between notes what it has seen
};

}  // namespace muster::jit

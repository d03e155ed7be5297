// SPDX-License-Identifier: Apache-2.0
// Which rows of each table lie in a window. Rows of tables are counted anew: row 0 is that row of the batch with which
// a vector of bits begins that holds the first of the window's rows. The few before that are no list's; their values
// are anything. Private to the room.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/columns/batch.h"
#include "runtime/columns/executor.h"
#include "runtime/kernels/call.h"

namespace muster::interpret {

struct Frame {
  std::uint32_t low = 0;    // rows of the batch, from
  std::uint32_t high = 0;   // to
  std::uint32_t shift = 0;  // row of the batch less row of the frame; whole vectors of bits
  kernels::Lists lists;     // of a table with a parent: in the parent's frame
  columns::Buffer own;      // offsets that aren't the batch's

  std::uint32_t rows() const { return high - shift; }
  // Rows before this one are outside of the window.
  std::uint32_t first() const { return low - shift; }
};

class Frames {
 public:
  explicit Frames(const ir::Layout& layout);  // must outlive this

  // The tables that hang from the run's.
  void set_shared(const columns::Batch& shared);
  // All others. The batch must outlive what is asked then.
  void set(const columns::Batch& batch, columns::Window window);

  const Frame& operator[](ir::TableId table) const { return frames_[table]; }
  bool is_shared(ir::TableId table) const { return is_shared_[table]; }

 private:
  void set_table(ir::TableId table, const columns::Batch& batch);

  const ir::Layout& layout_;
  std::vector<bool> is_shared_;
  std::vector<Frame> frames_;
};

}  // namespace muster::interpret

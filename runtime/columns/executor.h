// SPDX-License-Identifier: Apache-2.0
// What every engine over columns is to the rest: it runs code over a batch and shows what it made of each value that
// the code's outputs name. One executor is used by one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>

#include "compiler/ir/code.h"
#include "runtime/columns/batch.h"

namespace muster::columns {

// Subjects first to last, without last. Of the others the values mean nothing.
struct Window {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

// A value over all rows of its axis. Good until the executor runs again; of uniform values as long as it lives.
struct View {
  bool uniform = false;                 // of the axis run: row 0 stands for all
  const std::uint64_t* bits = nullptr;  // of a bitmap
  const std::byte* data = nullptr;      // of anything else, as its Phys says

  bool at(std::size_t row) const {
    const std::size_t place = uniform ? 0 : row;
    return (bits[place / kRowsOfWord] >> (place % kRowsOfWord) & 1u) != 0;
  }
  template <typename T>
  const T& as(std::size_t row) const {
    return reinterpret_cast<const T*>(data)[uniform ? 0 : row];
  }
};

class Executor {
 public:
  virtual ~Executor() = default;

  enum class Done : std::uint8_t {
    all,
    // Lists together have more rows than fit, or may take more steps than a subject is allowed (Code::steps): nothing
    // was made. A smaller window may do; one subject alone is a matter for the reference engine.
    too_large,
  };
  virtual Done run(const Batch& batch, Window window) = 0;

  virtual View value(ir::ValueId root) const = 0;
};

// Rows that all axes of lists together may have in one run of a window.
constexpr std::uint64_t kMostRows = std::uint64_t{4} << 20;

}  // namespace muster::columns

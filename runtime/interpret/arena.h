// SPDX-License-Identifier: Apache-2.0
// Memory for texts that are made in a run, until the next one. Private to the room.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "runtime/columns/batch.h"

namespace muster::interpret {

class Arena {
 public:
  columns::Text keep(std::string_view text);
  // Forgets all texts; some of the memory stays.
  void clear();

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::vector<std::unique_ptr<char[]>> large_;
  std::size_t block_ = 0;  // the one that is being filled
  std::size_t used_ = 0;   // of it
};

}  // namespace muster::interpret

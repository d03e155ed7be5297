// SPDX-License-Identifier: Apache-2.0
// Following keys into a record's spellings.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/ingest/spelling.h"

namespace muster::ingest {

struct Lookup {
  enum class State : std::uint8_t {
    missing,
    found,
    blocked,  // a key was looked for in what is no object
  };
  State state = State::missing;
  NodeId node = kNoNode;
  std::string_view raw;          // what blocked
  bool doubled = false;          // a key on the way stands more than once in its object; the last counts
  std::string_view passed_over;  // what one that didn't count said
};

// Null on the way is what is found.
Lookup look_up(const Spellings& record, NodeId from, const std::vector<std::string>& keys);
Lookup look_up(const Spellings& record, NodeId from, std::string_view key);

// The members that are objects, of each key the last.
std::vector<Lookup> last_of_each_key(const Spellings& record, NodeId object);

}  // namespace muster::ingest

// SPDX-License-Identifier: Apache-2.0
#include "runtime/key_check.h"

#include <cstring>
#include <functional>
#include <utility>

namespace muster::runtime {

namespace {

constexpr std::size_t kFirstSlots = 1024;  // a power of two, as all sizes are
constexpr std::size_t kBlock = std::size_t{256} << 10;

}  // namespace

bool KeyCheck::stood_before(std::string_view key) {
  if (left_ == 0) return false;
  --left_;
  if (2 * filled_ >= slots_.size()) grow();
  const std::uint64_t hash = std::hash<std::string_view>{}(key);
  std::size_t at = hash & (slots_.size() - 1);
  for (; slots_[at].key != nullptr; at = (at + 1) & (slots_.size() - 1)) {
    const Slot& slot = slots_[at];
    if (slot.hash == hash && std::string_view(slot.key, slot.size) == key) return true;
  }
  slots_[at] = {hash, keep(key), key.size()};
  ++filled_;
  return false;
}

void KeyCheck::grow() {
  std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots_.empty() ? kFirstSlots : 2 * slots_.size()));
  for (const Slot& slot : old) {
    if (slot.key == nullptr) continue;
    std::size_t at = slot.hash & (slots_.size() - 1);
    while (slots_[at].key != nullptr) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }
}

const char* KeyCheck::keep(std::string_view key) {
  if (key.size() + 1 > block_left_) {
    const std::size_t size = key.size() + 1 > kBlock ? key.size() + 1 : kBlock;
    blocks_.push_back(std::make_unique<char[]>(size));
    block_ = blocks_.back().get();
    block_left_ = size;
  }
  char* place = block_;
  if (!key.empty()) std::memcpy(place, key.data(), key.size());
  // One byte more, so that an empty key has a place of its own, too.
  block_ += key.size() + 1;
  block_left_ -= key.size() + 1;
  return place;
}

}  // namespace muster::runtime

// SPDX-License-Identifier: Apache-2.0
#include "runtime/key_check.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace muster::runtime {

namespace {

constexpr std::size_t kFirstSlots = 1024;  // a power of two, as all sizes are
constexpr std::size_t kBlock = std::size_t{256} << 10;

}  // namespace

bool KeyCheck::stood_before(std::string_view key, std::uint64_t hash) {
  if (left_ == 0) return false;
  --left_;
  if (2 * filled_ >= slots_.size()) grow();
  std::size_t at = hash & (slots_.size() - 1);
  for (; slots_[at].key != nullptr; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].hash == hash && key_of(slots_[at]) == key) return true;
  }
  slots_[at] = {hash, keep(key)};
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
  const std::size_t needed = sizeof(std::size_t) + key.size();
  if (needed > block_left_) {
    const std::size_t size = std::max(needed, kBlock);
    blocks_.push_back(std::make_unique<char[]>(size));
    block_ = blocks_.back().get();
    block_left_ = size;
  }
  char* place = block_;
  const std::size_t size = key.size();
  std::memcpy(place, &size, sizeof(size));
  if (size > 0) std::memcpy(place + sizeof(size), key.data(), size);
  block_ += needed;
  block_left_ -= needed;
  return place;
}

std::string_view KeyCheck::key_of(const Slot& slot) {
  std::size_t size = 0;
  std::memcpy(&size, slot.key, sizeof(size));
  return {slot.key + sizeof(size), size};
}

}  // namespace muster::runtime

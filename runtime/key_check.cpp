// SPDX-License-Identifier: Apache-2.0
#include "runtime/key_check.h"

#include <cstring>
#include <stdexcept>
#include <utility>

namespace muster::runtime {

namespace {

constexpr std::size_t kFirstSlots = 1024;  // a power of two, as all sizes are
constexpr std::size_t kUnit = 8;
constexpr unsigned kUnitBits = 16;  // that say where in a block
constexpr std::size_t kBlock = kUnit << kUnitBits;
constexpr std::size_t kMostBlocks = (std::size_t{1} << (32 - kUnitBits)) - 1;  // the last number would be kNoKey's

}  // namespace

bool KeyCheck::stood_before(std::string_view key, std::uint32_t hash) {
  if (left_ == 0) return false;
  --left_;
  if (2 * filled_ >= slots_.size()) grow();
  std::size_t at = hash & (slots_.size() - 1);
  for (; slots_[at].key != kNoKey; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].hash == hash && key_of(slots_[at]) == key) return true;
  }
  slots_[at] = {hash, keep(key)};
  ++filled_;
  return false;
}

void KeyCheck::grow() {
  std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots_.empty() ? kFirstSlots : 2 * slots_.size()));
  for (const Slot slot : old) {
    if (slot.key == kNoKey) continue;
    std::size_t at = slot.hash & (slots_.size() - 1);
    while (slots_[at].key != kNoKey) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }
}

// A key that is larger than a block has one of its own.
std::uint32_t KeyCheck::keep(std::string_view key) {
  const std::size_t size = key.size();
  const std::size_t needed = (sizeof(size) + size + kUnit - 1) / kUnit * kUnit;
  if (needed > block_left_) {
    if (blocks_.size() == kMostBlocks) throw std::length_error("keys of more than 32 GiB can't be held together");
    blocks_.push_back(std::make_unique<char[]>(needed > kBlock ? needed : kBlock));
    block_left_ = kBlock;
  }
  const std::size_t used = kBlock - block_left_;
  char* place = blocks_.back().get() + used;
  std::memcpy(place, &size, sizeof(size));
  if (size > 0) std::memcpy(place + sizeof(size), key.data(), size);
  block_left_ = needed > block_left_ ? 0 : block_left_ - needed;
  return static_cast<std::uint32_t>((blocks_.size() - 1) << kUnitBits | used / kUnit);
}

std::string_view KeyCheck::key_of(Slot slot) const {
  const char* place = blocks_[slot.key >> kUnitBits].get() + (slot.key & ((1u << kUnitBits) - 1)) * kUnit;
  std::size_t size = 0;
  std::memcpy(&size, place, sizeof(size));
  return {place + sizeof(size), size};
}

}  // namespace muster::runtime

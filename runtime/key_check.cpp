// SPDX-License-Identifier: Apache-2.0
#include "runtime/key_check.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace muster::runtime {

namespace {

constexpr std::size_t kFirstSlots = 1024;  // a power of two, as all sizes are
constexpr std::size_t kUnit = 4;
constexpr unsigned kUnitBits = 17;  // that say where in a block
constexpr std::size_t kBlock = kUnit << kUnitBits;
constexpr std::size_t kMostBlocks = (std::size_t{1} << (32 - kUnitBits)) - 1;  // the last number would be kNoKey's

// A size is one byte, or where it is this one, eight bytes more.
constexpr unsigned char kLongSize = 0xFF;

std::size_t bytes_of_size(std::size_t size) { return size < kLongSize ? 1 : 1 + sizeof(size); }
std::size_t whole_units(std::size_t size) { return (bytes_of_size(size) + size + kUnit - 1) / kUnit * kUnit; }

char* write_size(char* to, std::size_t size) {
  const unsigned char first = size < kLongSize ? static_cast<unsigned char>(size) : kLongSize;
  std::memcpy(to, &first, 1);
  if (first == kLongSize) std::memcpy(to + 1, &size, sizeof(size));
  return to + bytes_of_size(size);
}

std::string_view read_key(const char* from) {
  unsigned char first = 0;
  std::memcpy(&first, from, 1);
  std::size_t size = first;
  if (first == kLongSize) std::memcpy(&size, from + 1, sizeof(size));
  return {from + bytes_of_size(size), size};
}

}  // namespace

bool KeyCheck::stood_before(std::string_view key) {
  if (has_table()) return stood_before(key, hash_of(key));
  if (left_ == 0) return false;
  if (kept_ > 0 && key == last_) {
    --left_;
    return true;
  }
  if (kept_ > 0 && !follows_last(key)) {
    make_table();
    return stood_before(key, hash_of(key));
  }
  --left_;
  last_ = key_of({0, keep(key)});
  return false;
}

// Which also is the last of all then.
bool KeyCheck::follows_last(std::string_view key) {
  by_bytes_ = by_bytes_ && last_ < key;
  shorter_first_ = shorter_first_ && (last_.size() != key.size() ? last_.size() < key.size() : last_ < key);
  return by_bytes_ || shorter_first_;
}

bool KeyCheck::stood_before(std::string_view key, std::uint32_t hash) {
  if (!has_table()) make_table();
  if (left_ == 0) return false;
  --left_;
  if (2 * kept_ >= slots_.size()) grow();
  std::size_t at = hash & (slots_.size() - 1);
  for (; slots_[at].key != kNoKey; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].hash == hash && key_of(slots_[at]) == key) return true;
  }
  slots_[at] = {hash, keep(key)};
  return false;
}

void KeyCheck::make_table() {
  std::size_t slots = kFirstSlots;
  while (2 * kept_ >= slots) slots *= 2;
  slots_.resize(slots);
  for (std::size_t block = 0; block < blocks_.size(); ++block) {
    for (std::size_t at = 0; at < blocks_[block].used;) {
      const std::string_view key = read_key(blocks_[block].bytes.get() + at);
      enter({hash_of(key), static_cast<std::uint32_t>(block << kUnitBits | at / kUnit)});
      at += whole_units(key.size());
    }
  }
}

void KeyCheck::grow() {
  const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(2 * slots_.size()));
  for (const Slot slot : old) {
    if (slot.key != kNoKey) enter(slot);
  }
}

// One that isn't there yet, where there is room.
void KeyCheck::enter(Slot slot) {
  std::size_t at = slot.hash & (slots_.size() - 1);
  while (slots_[at].key != kNoKey) at = (at + 1) & (slots_.size() - 1);
  slots_[at] = slot;
}

// A key that is larger than a block has one of its own.
std::uint32_t KeyCheck::keep(std::string_view key) {
  const std::size_t needed = whole_units(key.size());
  if (blocks_.empty() || blocks_.back().used + needed > kBlock) {
    if (blocks_.size() == kMostBlocks) throw std::length_error("keys of more than 16 GiB can't be held together");
    // Not cleared: of a few keys most of it is never touched.
    blocks_.push_back({std::make_unique_for_overwrite<char[]>(std::max(needed, kBlock)), 0});
  }
  Block& block = blocks_.back();
  char* to = write_size(block.bytes.get() + block.used, key.size());
  if (!key.empty()) std::memcpy(to, key.data(), key.size());
  const std::uint32_t place = static_cast<std::uint32_t>((blocks_.size() - 1) << kUnitBits | block.used / kUnit);
  block.used += needed;
  ++kept_;
  return place;
}

std::string_view KeyCheck::key_of(Slot slot) const {
  const std::size_t at = slot.key & ((std::uint32_t{1} << kUnitBits) - 1);
  return read_key(blocks_[slot.key >> kUnitBits].bytes.get() + at * kUnit);
}

}  // namespace muster::runtime

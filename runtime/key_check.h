// SPDX-License-Identifier: Apache-2.0
// Which keys stood before: of the first so many subjects each key is remembered, as its bytes. As long as they come in
// an order, by their bytes or the shorter ones first, each is compared with the last alone; from the first that is out
// of it there is a table of all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace muster::runtime {

class KeyCheck {
 public:
  explicit KeyCheck(std::uint64_t checked) : left_(checked) {}

  // Of the next subject. Throws std::length_error where all keys together have more than 16 GiB.
  bool stood_before(std::string_view key);

  // The same for who has many keys. Once there is a table, a place that was fetched some keys before is at hand.
  bool has_table() const { return !slots_.empty(); }
  static std::uint32_t hash_of(std::string_view key) {
    return static_cast<std::uint32_t>(std::hash<std::string_view>{}(key));
  }
  // Always inline: of a function that does nothing else g++ takes calls away.
  [[gnu::always_inline]] void fetch(std::uint32_t hash) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
  }
  bool stood_before(std::string_view key, std::uint32_t hash);

 private:
  // A key's hash, and in which block and where in it, in units of 4 bytes, its size stands and behind that its bytes;
  // an empty slot has no key. Small, as there may be a slot for every subject.
  static constexpr std::uint32_t kNoKey = ~std::uint32_t{0};
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t key = kNoKey;
  };

  struct Block {
    std::unique_ptr<char[]> bytes;
    std::size_t used = 0;
  };

  bool follows_last(std::string_view key);
  void make_table();
  void grow();
  void enter(Slot slot);
  std::uint32_t keep(std::string_view key);
  std::string_view key_of(Slot slot) const;

  std::uint64_t left_;  // that may still be remembered
  std::size_t kept_ = 0;
  std::vector<Slot> slots_;
  std::vector<Block> blocks_;
  std::string_view last_;  // in a block
  bool by_bytes_ = true, shorter_first_ = true;
};

}  // namespace muster::runtime

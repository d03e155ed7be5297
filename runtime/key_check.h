// SPDX-License-Identifier: Apache-2.0
// Which keys stood before: of the first so many subjects each key is remembered, as its bytes.
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

  // Of the next subject. Throws std::length_error where all keys together have more than 32 GiB.
  bool stood_before(std::string_view key) { return stood_before(key, hash_of(key)); }

  // The same for who has many keys: a place that was fetched some keys before is at hand.
  static std::uint32_t hash_of(std::string_view key) {
    return static_cast<std::uint32_t>(std::hash<std::string_view>{}(key));
  }
  // Always inline: of a function that does nothing else g++ takes calls away.
  [[gnu::always_inline]] void fetch(std::uint32_t hash) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
  }
  bool stood_before(std::string_view key, std::uint32_t hash);

 private:
  // A key's hash, and in which block and where in it, in units of 8 bytes, its size stands and behind that its bytes;
  // an empty slot has no key. Small, as there may be a slot for every subject.
  static constexpr std::uint32_t kNoKey = ~std::uint32_t{0};
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t key = kNoKey;
  };

  void grow();
  std::uint32_t keep(std::string_view key);
  std::string_view key_of(Slot slot) const;

  std::uint64_t left_;  // that may still be remembered
  std::vector<Slot> slots_;
  std::size_t filled_ = 0;
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t block_left_ = 0;  // bytes of the last one, from its end
};

}  // namespace muster::runtime

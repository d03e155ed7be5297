// SPDX-License-Identifier: Apache-2.0
// What was made of the operands of a row before: a table of some thousand places, each with the last row that fell
// there. Subjects are alike, so exact arithmetic is seldom done twice. Private to the room.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace muster::interpret {

template <typename Made>
class RowCache {
 public:
  // Keys are of so many words.
  explicit RowCache(std::size_t words) : words_(words), is_full_(kPlaces), keys_(kPlaces * words), made_(kPlaces) {}

  // What `make` gives for the key; it is asked if it isn't there.
  template <typename Make>
  const Made& find(const std::uint64_t* key, Make make) {
    std::uint64_t hash = 0;
    for (std::size_t i = 0; i < words_; ++i) hash = (hash ^ key[i]) * 0x9e3779b97f4a7c15u, hash ^= hash >> 32;
    const std::size_t place = hash % kPlaces;
    std::uint64_t* held = keys_.data() + place * words_;
    if (is_full_[place] == 0 || !std::equal(key, key + words_, held)) {
      made_[place] = make();
      std::copy(key, key + words_, held);
      is_full_[place] = 1;
    }
    return made_[place];
  }

 private:
  static constexpr std::size_t kPlaces = 1024;

  std::size_t words_;
  std::vector<std::uint8_t> is_full_;
  std::vector<std::uint64_t> keys_;
  std::vector<Made> made_;
};

}  // namespace muster::interpret

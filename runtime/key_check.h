// SPDX-License-Identifier: Apache-2.0
// Which keys stood before: of the first so many subjects each key is remembered, as its bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace muster::runtime {

class KeyCheck {
 public:
  explicit KeyCheck(std::uint64_t checked) : left_(checked) {}

  // Of the next subject.
  bool stood_before(std::string_view key);

 private:
  // A key's hash and where it stands; an empty slot has no key.
  struct Slot {
    std::uint64_t hash = 0;
    const char* key = nullptr;
    std::size_t size = 0;
  };

  void grow();
  const char* keep(std::string_view key);

  std::uint64_t left_;  // that may still be remembered
  std::vector<Slot> slots_;
  std::size_t filled_ = 0;
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t block_left_ = 0;
  char* block_ = nullptr;
};

}  // namespace muster::runtime

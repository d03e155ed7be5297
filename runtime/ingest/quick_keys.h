// SPDX-License-Identifier: Apache-2.0
// The keys of one object of many records: which slot each has, found by guessing that it follows the same key as last
// time. Keys that nothing reads are remembered, too, so that they can be guessed; so many of them and no more.
#pragma once

#include <cstdint>
#include <cstring>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/ingest/quick_plan.h"

namespace muster::ingest {

class QuickKeys {
 public:
  explicit QuickKeys(const QuickObject& object) {
    known_.emplace_back();  // stands before the first key
    for (const auto& [key, slot] : object.keys) add(key, slot);
  }

  // Texts point at each other.
  QuickKeys(const QuickKeys&) = delete;
  QuickKeys& operator=(const QuickKeys&) = delete;

  // Before the first member of an object.
  void begin() { last_ = 0; }

  // Whether the next key is the one that is guessed; then it is `slot()`. `text` stands behind the quote that opens,
  // and kLongest bytes and some may be read from there. No key that is guessed holds a quote or a backslash, so that
  // one which equals it up to its closing quote is it.
  bool guess(const char* text) {
    const std::uint32_t first = known_[last_].next;
    if (equals(known_[first], text)) {
      last_ = first;
      return true;
    }
    // It may have been left out.
    const std::uint32_t second = known_[first].next;
    if (!equals(known_[second], text)) return false;
    last_ = second;
    return true;
  }
  // Any other key.
  void find(std::string_view key) {
    const auto found = by_text_.find(key);
    std::uint32_t at = found != by_text_.end() ? found->second : add(key, kNoQuick);
    known_[last_].next = at;
    last_ = at;
  }
  QuickSlotId slot() const { return known_[last_].slot; }

 private:
  static constexpr std::size_t kMost = 4096;
  static constexpr std::size_t kLongest = 256;

  struct Key {
    std::uint64_t head[2] = {0, 0};  // its first bytes, the closing quote among them
    std::uint64_t mask[2] = {0, 0};
    std::string_view text;  // with the closing quote; empty where it isn't guessed
    QuickSlotId slot = kNoQuick;
    std::uint32_t next = 0;
  };

  static bool equals(const Key& key, const char* text) {
    std::uint64_t words[2];
    std::memcpy(words, text, 16);
    if ((((words[0] ^ key.head[0]) & key.mask[0]) | ((words[1] ^ key.head[1]) & key.mask[1])) != 0) return false;
    if (key.text.size() <= 16) return !key.text.empty();
    return std::memcmp(key.text.data() + 16, text + 16, key.text.size() - 16) == 0;
  }

  std::uint32_t add(std::string_view key, QuickSlotId slot) {
    // The one before the first stands for all that are not kept: it equals nothing and has no slot.
    if (slot == kNoQuick && (known_.size() > kMost || key.size() > kLongest)) return 0;
    const std::string& text = texts_.emplace_back(std::string(key) + '"');
    Key made;
    made.slot = slot;
    if (key.size() <= kLongest && key.find_first_of("\"\\") == std::string_view::npos) {
      made.text = text;
      const std::size_t size = text.size() < 16 ? text.size() : 16;
      std::memcpy(made.head, text.data(), size);
      std::memset(made.mask, 0xFF, size);
    }
    const auto at = static_cast<std::uint32_t>(known_.size());
    known_.push_back(made);
    by_text_.emplace(std::string_view(text).substr(0, key.size()), at);
    return at;
  }

  std::deque<std::string> texts_;
  std::vector<Key> known_;
  std::unordered_map<std::string_view, std::uint32_t> by_text_;
  std::uint32_t last_ = 0;
};

}  // namespace muster::ingest

// SPDX-License-Identifier: Apache-2.0
// The keys of one object of many records: which slot each has, found by guessing that it follows the same key as last
// time. Keys that nothing reads are remembered, too, so that they can be guessed; so many of them and no more.
#pragma once

#include <cstdint>
#include <cstring>
#include <deque>
#include <string>
#include <string_view>

#include "runtime/ingest/quick_plan.h"
#include "runtime/ingest/quick_values.h"

namespace muster::ingest {

class QuickKeys {
 public:
  // As it stands in a record, from its opening quote to the colon.
  struct Key {
    std::uint64_t head[2] = {0, 0};
    std::uint64_t mask[2] = {0, 0};
    Key* next = nullptr;  // that followed it last
    QuickSlotId slot = kNoQuick;
    std::uint32_t size = 0;  // 0: it isn't guessed
    const char* text = nullptr;

    // Some more than kLongest bytes may be read from `record`. No key that is guessed holds a quote or a backslash, so
    // that one which equals it up to the colon is it.
    bool stands_at(const char* record) const {
      if ((((load_eight(record) ^ head[0]) & mask[0]) | ((load_eight(record + 8) ^ head[1]) & mask[1])) != 0)
        return false;
      if (size <= 16) return size != 0;
      return std::memcmp(text + 16, record + 16, size - 16) == 0;
    }
  };

  explicit QuickKeys(const QuickObject& object) {
    keys_.emplace_back();
    start().next = &start();
    for (const auto& [key, slot] : object.keys) add(key, slot);
  }
  // Keys point at each other.
  QuickKeys(const QuickKeys&) = delete;
  QuickKeys& operator=(const QuickKeys&) = delete;

  // Stands before the first key of an object, and for all that aren't kept: it is found nowhere and has no slot.
  Key& start() { return keys_.front(); }

  // Any key, without its quotes and without escapes in it. 8 bytes may be read from there.
  Key& find(std::string_view key) {
    const std::uint32_t known = by_text_.find(key);
    return known != TextCodes::kNone ? keys_[known] : add(key, kNoQuick);
  }

 private:
  static constexpr std::size_t kMost = 4096;
  static constexpr std::size_t kLongest = 256;

  Key& add(std::string_view key, QuickSlotId slot) {
    if (slot == kNoQuick && (keys_.size() > kMost || key.size() > kLongest)) return start();
    by_text_.add(key, static_cast<std::uint32_t>(keys_.size()));
    Key& made = keys_.emplace_back();
    made.next = &start();
    made.slot = slot;
    if (key.size() > kLongest || key.find_first_of("\"\\") != std::string_view::npos) return made;
    const std::string& text = texts_.emplace_back("\"" + std::string(key) + "\":");
    made.text = text.data();
    made.size = static_cast<std::uint32_t>(text.size());
    const std::size_t size = text.size() < 16 ? text.size() : 16;
    std::memcpy(made.head, text.data(), size);
    std::memset(made.mask, 0xFF, size);
    return made;
  }

  std::deque<std::string> texts_;
  std::deque<Key> keys_;
  TextCodes by_text_;
};

}  // namespace muster::ingest

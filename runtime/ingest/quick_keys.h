// SPDX-License-Identifier: Apache-2.0
// The keys of one object of many records: which slot each has, found by guessing that it follows the same key as last
// time. Keys that nothing reads are remembered, too, and so is each spelling with escapes, so that they can be guessed;
// so many of them and no more.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/ingest/json_text.h"
#include "runtime/ingest/quick_plan.h"
#include "runtime/ingest/quick_values.h"

namespace muster::ingest {

class QuickKeys {
 public:
  // As it stands in a record, from its opening quote to the colon.
  struct Key {
    std::uint64_t head[2] = {0, 0};
    std::uint64_t mask[2] = {0, 0};
    Key* next = nullptr;      // that followed it last
    std::uint32_t place = 0;  // of its slot among the object's; behind the last: nothing reads it
    std::uint32_t size = 0;   // 0: it isn't guessed
    const char* text = nullptr;

    // Some more than kLongest bytes may be read from `record`. What is guessed is the whole spelling of a key, with its
    // quotes, so that one which equals it up to the colon is it.
    bool stands_at(const char* record) const {
      if ((((load_eight(record) ^ head[0]) & mask[0]) | ((load_eight(record + 8) ^ head[1]) & mask[1])) != 0)
        return false;
      if (size <= 16) return size != 0;
      return std::memcmp(text + 16, record + 16, size - 16) == 0;
    }
  };

  explicit QuickKeys(const QuickObject& object) : unread_(static_cast<std::uint32_t>(object.slots.size())) {
    keys_.emplace_back();
    start().next = &start();
    start().place = unread_;
    places_.push_back(unread_);
    for (const auto& [key, slot] : object.keys) {
      by_name_.add(key, static_cast<std::uint32_t>(keys_.size()));
      const auto found = std::find(object.slots.begin(), object.slots.end(), slot);
      add(key, static_cast<std::uint32_t>(found - object.slots.begin()), is_its_own_spelling(key));
    }
  }
  // Keys point at each other.
  QuickKeys(const QuickKeys&) = delete;
  QuickKeys& operator=(const QuickKeys&) = delete;

  // Stands before the first key of an object, and for all that aren't kept: it is found nowhere and has no slot.
  Key& start() { return keys_.front(); }

  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  // Whether the keys of the next object are worth guessing. Where too many of them were guessed in vain, they aren't
  // for some objects.
  bool begin_object() {
    if (vain_ >= kVain * kRemembered) {
      if (++untried_ % kUntried != 0) return false;
      vain_ = 0;
    }
    vain_ -= vain_ / kRemembered;
    return true;
  }

  // Any key as it is spelled, without its quotes, that was guessed in vain; nullptr if it is none of JSON's, or half a
  // character. 8 bytes may be read from there.
  Key* find(std::string_view spelled) {
    ++vain_;
    const std::uint32_t known = by_spelling_.find(spelled);
    return known != TextCodes::kNone ? &keys_[known] : meet(spelled);
  }
  // The same without guessing: its place, or kNone.
  std::uint32_t place(std::string_view spelled) {
    const std::uint32_t known = by_spelling_.find(spelled);
    if (known != TextCodes::kNone) return places_[known];
    const Key* key = meet(spelled);
    return key != nullptr ? key->place : kNone;
  }

 private:
  static constexpr std::size_t kMost = 4096;
  static constexpr std::size_t kLongest = 256;
  static constexpr std::uint32_t kRemembered = 8, kVain = 3, kUntried = 256;

  static bool is_its_own_spelling(std::string_view key) { return key.find_first_of("\"\\") == std::string_view::npos; }

  // For the first time, or it isn't kept.
  Key* meet(std::string_view spelled) {
    Key* declared = &start();
    if (has_backslash(spelled)) {
      name_.clear();
      if (unescape(spelled, name_) != TextState::good) return nullptr;
      const std::size_t size = name_.size();
      name_.append(8, '\0');
      const std::uint32_t known = by_name_.find(std::string_view(name_).substr(0, size));
      if (known != TextCodes::kNone) declared = &keys_[known];
    }
    if (keys_.size() > kMost || spelled.size() > kLongest) return declared;
    return &add(spelled, declared->place, true);
  }

  Key& add(std::string_view key, std::uint32_t place, bool is_spelling) {
    if (is_spelling) by_spelling_.add(key, static_cast<std::uint32_t>(keys_.size()));
    Key& made = keys_.emplace_back();
    made.next = &start();
    made.place = place;
    places_.push_back(place);
    if (key.size() > kLongest || !is_spelling) return made;
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
  std::vector<std::uint32_t> places_;  // by key
  TextCodes by_name_;                  // those that are declared
  TextCodes by_spelling_;
  std::string name_;
  std::uint32_t unread_;
  std::uint32_t vain_ = 0;  // guesses, of the last objects
  std::uint32_t untried_ = 0;
};

}  // namespace muster::ingest

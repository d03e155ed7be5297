// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/quick_json.h"

#include <algorithm>
#include <cstring>

#include "runtime/ingest/json_text.h"

namespace muster::ingest {
namespace {

// So much is indexed at once: with its index it stays in the cache that is next to the processor.
constexpr std::size_t kBlock = std::size_t{32} << 10;
constexpr int kSkipped = 64;   // levels of what nothing reads
constexpr int kExpected = 16;  // where one of them has an escape, how many of the next are taken to have some

// What begins a token, and none of `{}[],:` and the padding.
class TokenStarts {
 public:
  constexpr TokenStarts() {
    for (bool& each : starts_) each = true;
    for (const char c : {'{', '}', '[', ']', ',', ':', '\0'}) starts_[static_cast<unsigned char>(c)] = false;
  }
  constexpr bool operator[](char c) const { return starts_[static_cast<unsigned char>(c)]; }

 private:
  bool starts_[256] = {};
};
constexpr TokenStarts kTokens;

bool is_json_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

QuickJson::QuickJson(const QuickPlan& plan, QuickWriter& writer, const Limits& limits)
    : plan_(plan), writer_(writer), limits_(limits) {
  for (const QuickObject& each : plan.objects()) keys_.emplace_back(each);
}

void QuickJson::start(std::string_view text) {
  text_ = text;
  block_end_ = 0;
}

bool QuickJson::read(std::size_t begin, std::size_t end) {
  const At first = find_record(begin, end);
  if (first == nullptr) return false;
  if (!take_record(first, end)) {
    writer_.drop();
    return false;
  }
  writer_.keep();
  return true;
}

// Where its bracket should be.
QuickJson::At QuickJson::find_record(std::size_t begin, std::size_t end) {
  if (begin >= block_end_) index_block(begin);
  if (block_ == Block::good) {
    const auto first = static_cast<std::uint32_t>(begin - block_begin_);
    while (*next_ < first) ++next_;
    return next_;
  }
  base_ = text_.data() + begin;
  if (index_.build(text_.substr(begin, end - begin)) || index_.broken_utf8()) return nullptr;
  index_.end_with(static_cast<std::uint32_t>(text_.size() - begin));
  return index_.positions();
}

// Whole lines. Positions behind the last are those of the padding, which nothing expects.
void QuickJson::index_block(std::size_t begin) {
  std::size_t size = std::min(kBlock, text_.size() - begin);
  if (begin + size < text_.size()) {
    std::size_t line_end = text_.rfind('\n', begin + size - 1);
    if (line_end == std::string_view::npos || line_end < begin) line_end = text_.find('\n', begin + size);
    size = line_end == std::string_view::npos ? text_.size() - begin : line_end + 1 - begin;
  }
  block_begin_ = begin;
  block_end_ = begin + size;
  base_ = text_.data() + begin;
  // One broken string or byte makes all of it doubtful: then each line is a text of its own.
  if (index_.build(text_.substr(begin, size)) || index_.broken_utf8()) {
    block_ = Block::line_by_line;
    return;
  }
  block_ = Block::good;
  index_.end_with(static_cast<std::uint32_t>(text_.size() - begin));
  next_ = index_.positions();
}

bool QuickJson::take_record(At first, std::size_t end) {
  const std::uint32_t row = writer_.open();
  if (base_[*first] != '{') return false;
  begin_ = first;
  places_used_ = 0;
  const At last = object(0, first, row);
  if (last == nullptr || !writer_.has_key()) return false;
  if (block_ == Block::good) next_ = last;
  // What the record ends with is on its line, and what follows is not.
  const char* line_end = text_.data() + end;
  return base_ + last[-1] < line_end && base_ + *last >= line_end &&
         static_cast<std::uint64_t>(last - first) <= limits_.list_elements;
}

// ---- Structure ----

// First where each wanted value stands, then the values in the order of the plan: what comes next is known then, in
// whichever order the keys are. What is nested is read as it is met.
QuickJson::At QuickJson::object(QuickObjectId id, At at, std::uint32_t row) {
  const std::vector<QuickSlotId>& slots = plan_.objects()[id].slots;
  const std::size_t places = places_used_, count = slots.size();
  places_used_ += count + 1;
  if (places_.size() < places_used_) places_.resize(places_used_);
  std::fill_n(places_.begin() + static_cast<std::ptrdiff_t>(places), count + 1, kNowhere);
  at = base_[at[1]] == '}' ? at + 2 : members(id, at + 1, places, row);
  places_used_ = places;
  if (at == nullptr) return nullptr;
  for (std::size_t of = 0; of < count; ++of) {
    const std::uint32_t place = places_[places + of];
    if (place == kNowhere) {
      writer_.missing(slots[of], row);
    } else if (place != kRead && !value(slots[of], begin_ + place, row)) {
      return nullptr;
    }
  }
  return at;
}

// Where its wanted values stand, from `places` on; last that of those which nothing reads.
QuickJson::At QuickJson::members(QuickObjectId id, At at, std::size_t places, std::uint32_t row) {
  const char* base = base_;
  const QuickSlotId* slots = plan_.objects()[id].slots.data();
  const std::size_t unread = plan_.objects()[id].slots.size();
  const At begin = begin_;
  std::uint32_t* of_record = places_.data() + places;
  QuickKeys& keys = keys_[id];
  const bool guesses = keys.begin_object();
  QuickKeys::Key* key = &keys.start();
  bool doubled = false;
  while (true) {
    std::uint32_t of = 0;
    if (guesses) {
      QuickKeys::Key* next = key->next;
      if (!next->stands_at(base + at[0])) {
        next = other_key(keys, *key, base + at[0], base + at[1]);
        if (next == nullptr) return nullptr;
      }
      key = next;
      of = key->place;
    } else {
      const std::string_view spelled = key_at(base + at[0], base + at[1]);
      if (spelled.data() == nullptr) return nullptr;
      of = keys.place(spelled);
      if (of == QuickKeys::kNone) return nullptr;
    }
    at += 2;
    // A key that stands twice, or two names of one field.
    doubled |= of_record[of] != kNowhere;
    if (kTokens[base[*at]]) {
      of_record[of] = of < unread ? static_cast<std::uint32_t>(at - begin) : kNowhere;
      ++at;
    } else if (of == unread) {
      at = skip_unread(at);
    } else {
      of_record[of] = kRead;
      at = nested(slots[of], plan_.slots()[slots[of]], at, row);
      of_record = places_.data() + places;
    }
    if (at == nullptr) return nullptr;
    const char stop = base[*at++];
    if (stop == ',') continue;
    return stop == '}' && !doubled ? at : nullptr;
  }
}

// The one behind the key that was guessed, which may have been left out; or any other.
QuickKeys::Key* QuickJson::other_key(QuickKeys& keys, QuickKeys::Key& last, const char* begin, const char* colon) {
  QuickKeys::Key* second = last.next->next;
  if (second->stands_at(begin)) return second;
  const std::string_view spelled = key_at(begin, colon);
  QuickKeys::Key* found = spelled.data() != nullptr ? keys.find(spelled) : nullptr;
  if (found != nullptr) last.next = found;
  return found;
}

// Without its quotes; nowhere if there is none.
inline std::string_view QuickJson::key_at(const char* begin, const char* colon) {
  if (*begin != '"' || *colon != ':') return {};
  const char* end = colon;
  while (is_json_space(end[-1])) --end;
  if (end - begin < 2 || end[-1] != '"') return {};
  return {begin + 1, static_cast<std::size_t>(end - begin - 2)};
}

inline bool QuickJson::value(QuickSlotId id, At at, std::uint32_t row) {
  const QuickSlot& slot = plan_.slots()[id];
  const char* begin = base_ + at[0];
  const auto size = static_cast<std::size_t>(base_ + at[1] - begin);
  if (size == 4 && std::memcmp(begin, "null", 4) == 0) {
    writer_.null(id, row);
    return true;
  }
  const bool quoted = *begin == '"' && begin[size - 1] == '"' && size >= 2;
  const std::string_view text = quoted ? std::string_view(begin + 1, size - 2) : std::string_view(begin, size);
  return writer_.common(slot, quoted, text, row) || any_value(id, slot, at, row);
}

bool QuickJson::any_value(QuickSlotId id, const QuickSlot& slot, At at, std::uint32_t row) {
  QuickWriter::Token token;
  if (!take_token(at, token)) return false;
  if (token.shape == Shape::bare && token.text == "null") {
    writer_.null(id, row);
    return true;
  }
  return slot.kind == QuickSlot::Kind::scalar ? writer_.scalar(id, slot, token, row) : writer_.misshapen(id, token);
}

QuickJson::At QuickJson::nested(QuickSlotId id, const QuickSlot& slot, At at, std::uint32_t row) {
  const char opens = base_[*at];
  if (opens == '[' && slot.kind == QuickSlot::Kind::list) return list(slot, at, row);
  if (opens == '{' && slot.object != kNoQuick) {
    writer_.present(slot, row);
    return object(slot.object, at, row);
  }
  at = skip_nested<Skipped::misshapen>(at);
  return at != nullptr && writer_.misshapen(id) ? at : nullptr;
}

QuickJson::At QuickJson::list(const QuickSlot& slot, At at, std::uint32_t row) {
  writer_.present(slot, row);
  ++at;
  if (base_[*at] == ']') return at + 1;
  while (true) {
    const std::uint32_t element = writer_.add_row(slot.table);
    if (kTokens[base_[*at]]) {
      if (!value(slot.element, at, element)) return nullptr;
      ++at;
    } else {
      at = nested(slot.element, plan_.slots()[slot.element], at, element);
      if (at == nullptr) return nullptr;
    }
    const char stop = base_[*at++];
    if (stop == ',') continue;
    return stop == ']' ? at : nullptr;
  }
}

inline bool QuickJson::take_token(At at, QuickWriter::Token& token) {
  const char* begin = base_ + at[0];
  const char* end = base_ + at[1];
  while (end - 1 > begin && is_json_space(end[-1])) --end;
  if (*begin != '"') {
    token.text = {begin, static_cast<std::size_t>(end - begin)};
    return true;
  }
  if (end - begin < 2 || end[-1] != '"') return false;
  token.shape = Shape::text;
  token.text = {begin + 1, static_cast<std::size_t>(end - begin - 2)};
  return !has_backslash(token.text) || unescape_token(token);
}

bool QuickJson::unescape_token(QuickWriter::Token& token) {
  unescaped_.clear();
  if (unescape(token.text, unescaped_) != TextState::good) return false;
  const std::size_t size = unescaped_.size();
  unescaped_.append(8, '\0');
  token.lasting = false;
  token.text = std::string_view(unescaped_).substr(0, size);
  return true;
}

// Where escapes are seldom they are looked for in all of it at once, else key by key.
QuickJson::At QuickJson::skip_unread(At at) {
  if (expect_escapes_ > 0) {
    --expect_escapes_;
    return skip_nested<Skipped::escaped>(at);
  }
  const At end = skip_nested<Skipped::unread>(at);
  if (end == nullptr) return nullptr;
  const std::uint32_t size = end[-1] - *at;
  if (std::memchr(base_ + *at, '\\', size) == nullptr) return end;
  expect_escapes_ = kExpected;
  return skip_nested<Skipped::escaped>(at);
}

// Brackets, commas, colons and keys are checked here as everywhere. What stands where something else was to be read is
// wanted for all that, and so its tokens are checked, too.
template <QuickJson::Skipped kWhat>
QuickJson::At QuickJson::skip_nested(At at) {
  char closes[kSkipped];
  int depth = 0;
  while (true) {
    // A value is next.
    const char opens = base_[*at];
    bool complete = true;
    if (opens == '{' || opens == '[') {
      if (depth == kSkipped) return nullptr;
      const char close = opens == '{' ? '}' : ']';
      complete = base_[at[1]] == close;
      if (!complete) closes[depth++] = close;
      at += complete ? 2 : 1;
    } else if (kTokens[opens] && (kWhat != Skipped::misshapen || is_plain_token(at))) {
      ++at;
    } else {
      return nullptr;
    }
    // What ends with it.
    while (complete && depth > 0) {
      const char stop = base_[*at++];
      if (stop == ',') break;
      if (stop != closes[--depth]) return nullptr;
    }
    if (depth == 0) return at;
    if (closes[depth - 1] == '}') {
      if (base_[at[0]] != '"' || base_[at[1]] != ':') return nullptr;
      if (kWhat != Skipped::unread && !is_good_key(at)) return nullptr;
      at += 2;
    }
  }
}

bool QuickJson::is_good_key(At at) {
  QuickWriter::Token token;
  return !has_backslash({base_ + at[0], at[1] - at[0]}) || take_token(at, token);
}

// Without escapes, and one of JSON's.
bool QuickJson::is_plain_token(At at) {
  QuickWriter::Token token;
  return take_token(at, token) && token.lasting && (token.shape == Shape::text || is_json_literal(token.text));
}

}  // namespace muster::ingest

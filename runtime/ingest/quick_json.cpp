// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/quick_json.h"

#include <algorithm>
#include <cstring>

#include "runtime/ingest/json_text.h"

namespace muster::ingest {
namespace {

// So much is indexed at once: with its index it stays in the cache that is next to the processor.
constexpr std::size_t kBlock = std::size_t{64} << 10;
constexpr int kSkipped = 64;  // levels of what nothing reads

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
    : plan_(plan), writer_(writer), limits_(limits), stamps_(plan.slots().size()) {
  for (const QuickObject& each : plan.objects()) keys_.emplace_back(each);
}

void QuickJson::start(std::string_view text) {
  text_ = text;
  block_end_ = 0;
  next_escape_ = std::min(text.find('\\'), text.size());
}

bool QuickJson::read(std::size_t begin, std::size_t end) {
  const At first = find_record(begin, end);
  if (first == nullptr) return false;
  escapes_ = has_escape(begin, end);
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

bool QuickJson::has_escape(std::size_t begin, std::size_t end) {
  if (next_escape_ < begin) next_escape_ = std::min(text_.find('\\', begin), text_.size());
  return next_escape_ < end;
}

bool QuickJson::take_record(At first, std::size_t end) {
  const std::uint32_t row = writer_.open();
  if (base_[*first] != '{') return false;
  const At last = object(0, first, row);
  if (last == nullptr || !writer_.has_key()) return false;
  if (block_ == Block::good) next_ = last;
  // What the record ends with is on its line, and what follows is not.
  const char* line_end = text_.data() + end;
  return base_ + last[-1] < line_end && base_ + *last >= line_end &&
         static_cast<std::uint64_t>(last - first) <= limits_.list_elements;
}

// ---- Structure ----

QuickJson::At QuickJson::object(QuickObjectId id, At at, std::uint32_t row) {
  QuickKeys& keys = keys_[id];
  const char* base = base_;
  const std::uint64_t stamp = ++objects_;
  const std::vector<QuickSlotId>& slots = plan_.objects()[id].slots;
  std::size_t found = 0;
  ++at;
  if (base[*at] == '}') {
    for (const QuickSlotId slot : slots) writer_.missing(slot, row);
    return at + 1;
  }
  QuickKeys::Key* key = &keys.start();
  while (true) {
    QuickKeys::Key* next = key->next;
    if (!next->stands_at(base + *at)) {
      next = other_key(keys, *key, at);
      if (next == nullptr) return nullptr;
    }
    key = next;
    at += 2;
    const QuickSlotId slot = key->slot;
    if (slot == kNoQuick) {
      at = kTokens[base[*at]] ? at + 1 : skip_nested(at);
    } else {
      // A key that stands twice, or two names of one field.
      if (stamps_[slot] == stamp) return nullptr;
      stamps_[slot] = stamp;
      ++found;
      at = value(slot, at, row);
    }
    if (at == nullptr) return nullptr;
    const char stop = base[*at++];
    if (stop == ',') continue;
    if (stop != '}') return nullptr;
    break;
  }
  if (found == slots.size()) return at;
  for (const QuickSlotId slot : slots) {
    if (stamps_[slot] != stamp) writer_.missing(slot, row);
  }
  return at;
}

// The one behind the key that was guessed, which may have been left out; or any other.
QuickKeys::Key* QuickJson::other_key(QuickKeys& keys, QuickKeys::Key& last, At at) const {
  const char* begin = base_ + at[0];
  QuickKeys::Key* second = last.next->next;
  if (second->stands_at(begin)) return second;
  const char* colon = base_ + at[1];
  if (*begin != '"' || *colon != ':') return nullptr;
  const char* end = colon;
  while (is_json_space(end[-1])) --end;
  if (end - begin < 2 || end[-1] != '"') return nullptr;
  const std::string_view inside(begin + 1, static_cast<std::size_t>(end - begin - 2));
  if (escapes_ && inside.find('\\') != std::string_view::npos) return nullptr;
  last.next = &keys.find(inside);
  return last.next;
}

inline QuickJson::At QuickJson::value(QuickSlotId id, At at, std::uint32_t row) {
  const QuickSlot& slot = plan_.slots()[id];
  if (slot.common == QuickSlot::Common::no) return any_value(id, slot, at, row);
  const char* begin = base_ + at[0];
  const auto size = static_cast<std::size_t>(base_ + at[1] - begin);
  const bool quoted = *begin == '"' && begin[size - 1] == '"' && size >= 2 && !escapes_;
  const std::string_view text = quoted ? std::string_view(begin + 1, size - 2) : std::string_view(begin, size);
  return writer_.common(slot, quoted, text, row) ? at + 1 : any_value(id, slot, at, row);
}

QuickJson::At QuickJson::any_value(QuickSlotId id, const QuickSlot& slot, At at, std::uint32_t row) {
  if (!kTokens[base_[*at]]) return nested(slot, at, row);
  QuickWriter::Token token;
  at = take_token(at, token);
  if (at == nullptr) return nullptr;
  if (token.shape == Shape::bare && token.text == "null") {
    writer_.null(id, row);
  } else if (!(slot.kind == QuickSlot::Kind::scalar ? writer_.scalar(id, slot, token, row)
                                                    : writer_.misshapen(id, token))) {
    return nullptr;
  }
  return at;
}

QuickJson::At QuickJson::nested(const QuickSlot& slot, At at, std::uint32_t row) {
  const char opens = base_[*at];
  if (opens == '[') return slot.kind == QuickSlot::Kind::list ? list(slot, at, row) : nullptr;
  if (opens != '{' || slot.object == kNoQuick) return nullptr;
  writer_.present(slot, row);
  return object(slot.object, at, row);
}

QuickJson::At QuickJson::list(const QuickSlot& slot, At at, std::uint32_t row) {
  writer_.present(slot, row);
  ++at;
  if (base_[*at] == ']') return at + 1;
  while (true) {
    at = value(slot.element, at, writer_.add_row(slot.table));
    if (at == nullptr) return nullptr;
    const char stop = base_[*at++];
    if (stop == ',') continue;
    return stop == ']' ? at : nullptr;
  }
}

inline QuickJson::At QuickJson::take_token(At at, QuickWriter::Token& token) {
  const char* begin = base_ + at[0];
  const char* end = base_ + at[1];
  while (end - 1 > begin && is_json_space(end[-1])) --end;
  if (*begin != '"') {
    token.text = {begin, static_cast<std::size_t>(end - begin)};
    return at + 1;
  }
  if (end - begin < 2 || end[-1] != '"') return nullptr;
  token.shape = Shape::text;
  token.text = {begin + 1, static_cast<std::size_t>(end - begin - 2)};
  return !escapes_ || unescape_token(token) ? at + 1 : nullptr;
}

bool QuickJson::unescape_token(QuickWriter::Token& token) {
  if (token.text.find('\\') == std::string_view::npos) return true;
  unescaped_.clear();
  if (unescape(token.text, unescaped_) != TextState::good) return false;
  const std::size_t size = unescaped_.size();
  unescaped_.append(8, '\0');
  token.lasting = false;
  token.text = std::string_view(unescaped_).substr(0, size);
  return true;
}

// Brackets, commas, colons and keys are checked here as everywhere.
QuickJson::At QuickJson::skip_nested(At at) const {
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
    } else if (kTokens[opens]) {
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
      at = skip_key(at);
      if (at == nullptr) return nullptr;
    }
  }
}

QuickJson::At QuickJson::skip_key(At at) const {
  const char* begin = base_ + at[0];
  const char* colon = base_ + at[1];
  if (*begin != '"' || *colon != ':') return nullptr;
  if (escapes_ && std::memchr(begin, '\\', static_cast<std::size_t>(colon - begin)) != nullptr) return nullptr;
  return at + 2;
}

}  // namespace muster::ingest

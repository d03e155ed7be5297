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
constexpr std::uint32_t kNoTarget = ~std::uint32_t{0};

bool is_json_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

void set_bit(std::uint64_t* words, std::uint32_t row) {
  words[row / columns::kRowsOfWord] |= std::uint64_t{1} << (row % columns::kRowsOfWord);
}

}  // namespace

QuickJson::QuickJson(const Portfolio& portfolio, const QuickPlan& plan, const ir::Layout& layout, Texts texts)
    : program_(portfolio.program()),
      limits_(portfolio.options().limits),
      plan_(plan),
      texts_(texts),
      columns_of_(layout.tables.size()),
      targets_(layout.columns.size()),
      targets_for_(layout.tables.size(), kNoTarget),
      stamps_(plan.slots().size()),
      tally_of_(plan.slots().size(), kNoQuick) {
  for (ir::ColumnId id = 0; id < layout.columns.size(); ++id) columns_of_[layout.columns[id].table].push_back(id);
  for (const QuickObject& each : plan.objects()) keys_.emplace_back(each);
}

void QuickJson::begin(ParsedBatch& parsed) {
  parsed_ = &parsed;
  std::fill(targets_for_.begin(), targets_for_.end(), kNoTarget);
  std::fill(tally_of_.begin(), tally_of_.end(), kNoQuick);
}

void QuickJson::start(std::string_view text) {
  text_ = text;
  block_end_ = 0;
  next_escape_ = std::min(text.find('\\'), text.size());
}

bool QuickJson::read(std::size_t begin, std::size_t end) {
  if (!find_record(begin, end)) return false;
  escapes_ = has_escape(begin, end);
  if (!take_record(end)) {
    drop_record();
    return false;
  }
  keep_record();
  return true;
}

// `at_` is where the record's bracket should be.
bool QuickJson::find_record(std::size_t begin, std::size_t end) {
  if (begin >= block_end_) index_block(begin);
  if (block_ == Block::good) {
    const auto first = static_cast<std::uint32_t>(begin - block_begin_);
    while (*next_ < first) ++next_;
    at_ = next_;
    return true;
  }
  base_ = text_.data() + begin;
  if (index_.build(text_.substr(begin, end - begin)) || index_.broken_utf8()) return false;
  index_.end_with(static_cast<std::uint32_t>(text_.size() - begin));
  at_ = index_.positions();
  return true;
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

bool QuickJson::take_record(std::size_t end) {
  has_key_ = has_label_ = false;
  problems_.clear();
  const std::uint32_t* first = at_;
  const std::uint32_t row = add_row(ir::kSubjectsTable);
  const char* line_end = text_.data() + end;
  if (base_[*at_] != '{' || !object(0, row) || !has_key_) return false;
  // What the record ends with is on its line, and what follows is not.
  return base_ + at_[-1] < line_end && base_ + *at_ >= line_end &&
         static_cast<std::uint64_t>(at_ - first) <= limits_.list_elements;
}

void QuickJson::keep_record() {
  if (block_ == Block::good) next_ = at_;
  for (const std::uint32_t tally : problems_) ++parsed_->problems[tally].count;
  parsed_->problem_count += problems_.size();
  parsed_->keys.close();
  if (texts_ == Texts::none) return;
  parsed_->key_texts.add(key_text_);
  parsed_->labels.add(has_label_ ? std::string_view(label_) : std::string_view());
  parsed_->has_label.push_back(has_label_);
}

void QuickJson::drop_record() {
  parsed_->batch.drop_last_subject();
  parsed_->keys.cancel();
}

// ---- Structure. A step that gives false has met what is to be read through data. ----

bool QuickJson::object(QuickObjectId id, std::uint32_t row) {
  const QuickObject& of = plan_.objects()[id];
  QuickKeys& keys = keys_[id];
  const std::uint64_t stamp = ++objects_;
  std::size_t found = 0;
  keys.begin();
  ++at_;
  if (base_[*at_] == '}') {
    ++at_;
    all_missing(id, row);
    return true;
  }
  while (true) {
    if (!key(keys)) return false;
    const QuickSlotId slot = keys.slot();
    if (slot == kNoQuick) {
      if (!skip()) return false;
    } else {
      // A key that stands twice, or two names of one field.
      if (stamps_[slot] == stamp) return false;
      stamps_[slot] = stamp;
      ++found;
      if (!value(slot, row)) return false;
    }
    const char stop = base_[*at_++];
    if (stop == ',') continue;
    if (stop != '}') return false;
    break;
  }
  if (found == of.slots.size()) return true;
  for (const QuickSlotId slot : of.slots) {
    if (stamps_[slot] == stamp) continue;
    const QuickSlot& missing = plan_.slots()[slot];
    if (missing.kind == QuickSlot::Kind::step) {
      all_missing(missing.object, row);
    } else {
      nothing(missing, missing.missing, row);
    }
  }
  return true;
}

bool QuickJson::key(QuickKeys& keys) {
  const char* begin = base_ + at_[0];
  if (*begin != '"') return false;
  const char* colon = base_ + at_[1];
  if (*colon != ':') return false;
  if (!keys.guess(begin + 1)) {
    const char* end = colon;
    while (is_json_space(end[-1])) --end;
    if (end - begin < 2 || end[-1] != '"') return false;
    const std::string_view inside(begin + 1, static_cast<std::size_t>(end - begin - 2));
    if (escapes_ && inside.find('\\') != std::string_view::npos) return false;
    keys.find(inside);
  }
  at_ += 2;
  return true;
}

bool QuickJson::skip() {
  switch (base_[*at_]) {
    case '{':
    case '[': return skip_nested();
    case '}':
    case ']':
    case ',':
    case ':':
    case '\0': return false;
  }
  ++at_;
  return true;
}

// Brackets, commas, colons and keys are checked here as everywhere.
bool QuickJson::skip_nested() {
  char closes[kSkipped];
  int depth = 0;
  while (true) {
    // A value is next.
    const char opens = base_[*at_];
    bool complete = true;
    switch (opens) {
      case '{':
      case '[':
        if (depth == kSkipped) return false;
        closes[depth++] = opens == '{' ? '}' : ']';
        complete = base_[at_[1]] == closes[depth - 1];
        at_ += complete ? 2 : 1;
        if (complete) --depth;
        break;
      case '}':
      case ']':
      case ',':
      case ':':
      case '\0': return false;
      default: ++at_;
    }
    // Brackets that end with it.
    while (complete && depth > 0) {
      const char stop = base_[*at_];
      if (stop == ',') {
        ++at_;
        break;
      }
      if (stop != closes[depth - 1]) return false;
      ++at_;
      --depth;
    }
    if (depth == 0) return true;
    if (closes[depth - 1] == '}' && !skip_key()) return false;
  }
}

bool QuickJson::skip_key() {
  const char* begin = base_ + at_[0];
  if (*begin != '"') return false;
  const char* colon = base_ + at_[1];
  if (*colon != ':') return false;
  if (escapes_ && std::memchr(begin, '\\', static_cast<std::size_t>(colon - begin)) != nullptr) return false;
  at_ += 2;
  return true;
}

bool QuickJson::value(QuickSlotId id, std::uint32_t row) {
  const QuickSlot& slot = plan_.slots()[id];
  if (slot.kind == QuickSlot::Kind::scalar) return scalar(id, row);
  switch (base_[*at_]) {
    case '{':
      if (slot.kind == QuickSlot::Kind::list) return false;
      for (const ir::ColumnId column : slot.presence) set_bit(targets_[column].known, row);
      return object(slot.object, row);
    case '[': return slot.kind == QuickSlot::Kind::list && list(slot, row);
  }
  Token token;
  if (!take_token(token) || token.shape != Shape::bare || token.text != "null") return false;
  if (slot.kind == QuickSlot::Kind::step) {
    all_null(slot.object, row);
  } else {
    nothing(slot, slot.null, row);
  }
  return true;
}

bool QuickJson::list(const QuickSlot& slot, std::uint32_t row) {
  for (const ir::ColumnId column : slot.presence) set_bit(targets_[column].known, row);
  ++at_;
  if (base_[*at_] == ']') {
    ++at_;
    return true;
  }
  while (true) {
    if (!value(slot.element, slot.table != 0 ? add_row(slot.table) : 0)) return false;
    const char stop = base_[*at_++];
    if (stop == ',') continue;
    return stop == ']';
  }
}

bool QuickJson::take_token(Token& token) {
  const char* begin = base_ + at_[0];
  switch (*begin) {
    case '{':
    case '[':
    case '}':
    case ']':
    case ',':
    case ':':
    case '\0': return false;
  }
  const char* end = base_ + at_[1];
  while (end - 1 > begin && is_json_space(end[-1])) --end;
  ++at_;
  if (*begin != '"') {
    token.text = {begin, static_cast<std::size_t>(end - begin)};
    return true;
  }
  if (end - begin < 2 || end[-1] != '"') return false;
  token.shape = Shape::text;
  token.text = {begin + 1, static_cast<std::size_t>(end - begin - 2)};
  if (!escapes_ || token.text.find('\\') == std::string_view::npos) return true;
  unescaped_.clear();
  if (unescape(token.text, unescaped_) != TextState::good) return false;
  token.made = true;
  token.text = unescaped_;
  return true;
}

// ---- Nothing ----

void QuickJson::nothing(const QuickSlot& slot, QuickSlot::Nothing what, std::uint32_t row) {
  switch (what) {
    case QuickSlot::Nothing::unknown: return;
    case QuickSlot::Nothing::absent:
      for (const QuickPut& put : slot.puts) set_bit(targets_[put.column].absent, row);
      for (const ir::ColumnId column : slot.presence) set_bit(targets_[column].absent, row);
      return;
    case QuickSlot::Nothing::empty:
      for (const ir::ColumnId column : slot.presence) set_bit(targets_[column].known, row);
      return;
  }
}

void QuickJson::all_missing(QuickObjectId id, std::uint32_t row) {
  for (const QuickSlotId each : plan_.objects()[id].slots) {
    const QuickSlot& slot = plan_.slots()[each];
    if (slot.kind == QuickSlot::Kind::step) {
      all_missing(slot.object, row);
    } else {
      nothing(slot, slot.missing, row);
    }
  }
}

// Beneath a step that is null.
void QuickJson::all_null(QuickObjectId id, std::uint32_t row) {
  for (const QuickSlotId each : plan_.objects()[id].slots) {
    const QuickSlot& slot = plan_.slots()[each];
    if (slot.kind == QuickSlot::Kind::step) {
      all_null(slot.object, row);
    } else {
      nothing(slot, slot.null, row);
    }
  }
}

// Buffers may have moved by rows that others added, too.
std::uint32_t QuickJson::add_row(ir::TableId table) {
  const std::uint32_t row = parsed_->batch.add_row(table);
  const auto part = static_cast<std::uint32_t>(row / columns::kRowsAtOnce);
  if (part == targets_for_[table]) return row;
  targets_for_[table] = part;
  for (const ir::ColumnId id : columns_of_[table]) {
    columns::ColumnData& data = parsed_->batch.column(id);
    targets_[id] = {data.known.words(), data.absent.words(), data.yes.words(), data.data.data()};
  }
  return row;
}

}  // namespace muster::ingest

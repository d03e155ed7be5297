// SPDX-License-Identifier: Apache-2.0
// What the records of a chunk, or some of them, became: subjects in columns, and what there is to say of each record
// and of the values that don't fit, without asking row by row. Filled by a ChunkParser. It may point into the chunk,
// and is good as long as that is as it was.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/columns/batch.h"
#include "runtime/ingest/ingest.h"

namespace muster::ingest {

// Texts one after the other, in one piece of memory.
class TextColumn {
 public:
  void clear() {
    text_.clear();
    ends_.clear();
  }
  std::size_t size() const { return ends_.size(); }
  std::string_view operator[](std::size_t at) const {
    const std::size_t begin = at == 0 ? 0 : ends_[at - 1];
    return std::string_view(text_).substr(begin, ends_[at] - begin);
  }
  // Append to `open`, then close: one text more.
  std::string& open() { return text_; }
  void close() { ends_.push_back(text_.size()); }
  void add(std::string_view text) {
    text_ += text;
    close();
  }
  // What was appended since the last close is gone.
  void cancel() { text_.resize(ends_.empty() ? 0 : ends_.back()); }

 private:
  std::string text_;
  std::vector<std::size_t> ends_;
};

// A record of the chunk, in its order. Blank lines are none.
struct ParsedRecord {
  std::size_t offset = 0;  // of the chunk's bytes
  std::size_t size = 0;
  std::uint32_t line = 0;
  bool is_subject = false;
  std::uint32_t index = 0;  // the row of the batch, or which of `unreadable`
};

// Problems of one place and reason. Of the first of them no more than its place and reason is said where an earlier
// batch of the same parser has such problems.
struct ProblemTally {
  std::string field;  // without the indexes of elements: `drills[].date`
  evidence::Reason reason = evidence::Reason::invalid;
  std::uint64_t count = 0;
  std::uint32_t row = 0;     // the first of them: its subject,
  types::FieldIndex of = 0;  // the subject's field in which it lies,
  evidence::Origin origin;
  std::optional<std::string> raw;
};

struct ParsedBatch {
  explicit ParsedBatch(const ir::Layout& layout) : batch(layout) {}

  columns::Batch batch;
  std::vector<ParsedRecord> records;
  std::vector<UnreadableRow> unreadable;
  std::uint64_t quick_subjects = 0;  // that didn't go through data

  // In the order in which they first came up: row by row, in a row by the subject's fields. Of several rows where one
  // was expected notices tell.
  std::vector<ProblemTally> problems;

  TextColumn keys;               // of each subject, as append_key has it
  TextColumn key_texts, labels;  // as results show them, if they were asked for
  std::vector<bool> has_label;   // where it is known, and not private
  std::vector<Notice> notices;   // that came up here; merge them as NoticeBook::add does

  void clear();
};

}  // namespace muster::ingest

// SPDX-License-Identifier: Apache-2.0
// Values of subjects straight into a batch's columns, as a plan says. What people are told of a value is not made here:
// of a record that has something to tell, all is taken back, and it is read through data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "runtime/ingest/converters.h"
#include "runtime/ingest/json_text.h"
#include "runtime/ingest/parsed_batch.h"
#include "runtime/ingest/quick_plan.h"
#include "runtime/ingest/spelling.h"

namespace muster::ingest {

class QuickWriter {
 public:
  enum class Texts : std::uint8_t { none, keys_and_labels };
  struct Token {
    Shape shape = Shape::bare;  // or text
    bool padded = false;        // as Spelling::padded
    bool lasting = true;        // the text stays where it is as long as the batch is used
    std::string_view text;      // valid UTF-8; 8 bytes may be read from its beginning
  };

  // All of them must outlive this.
  QuickWriter(const Portfolio& portfolio, const QuickPlan& plan, const ir::Layout& layout, Texts texts);

  // From here on subjects go to this batch, which was just cleared.
  void begin(ParsedBatch& parsed);

  // As ChunkParser::forget_problems.
  void forget_problems() { told_.assign(told_.size(), false); }

  // A subject is opened, and then kept or dropped. It can be kept once it has a key.
  std::uint32_t open();
  bool has_key() const { return has_key_; }
  void keep();
  void drop();

  // A row for an element; 0 of a list whose elements nothing reads.
  std::uint32_t add_row(ir::TableId table);
  // A record or list is there.
  void present(const QuickSlot& slot, std::uint32_t row) {
    for (const ir::ColumnId column : slot.presence) set_bit(targets_[column].known, row);
  }
  void missing(QuickSlotId id, std::uint32_t row);
  void null(QuickSlotId id, std::uint32_t row);
  // These give false where the record is to be read through data.
  bool scalar(QuickSlotId id, const QuickSlot& slot, const Token& token, std::uint32_t row);
  // A scalar where a record or list was expected.
  bool misshapen(QuickSlotId id, const Token& token);
  // Any value of another shape than was expected, after it was checked.
  bool misshapen(QuickSlotId id);

  // A value of the commonest kinds: a token's text if it was in quotes, with its escapes, or not. False says nothing.
  bool common(const QuickSlot& slot, bool quoted, std::string_view text, std::uint32_t row);

 private:
  struct Target {
    std::uint64_t* known = nullptr;
    std::uint64_t* absent = nullptr;
    std::uint64_t* yes = nullptr;
    std::byte* data = nullptr;
  };

  static void set_bit(std::uint64_t* words, std::uint32_t row) {
    words[row / columns::kRowsOfWord] |= std::uint64_t{1} << (row % columns::kRowsOfWord);
  }
  bool read_by_rules(QuickSlotId id, const Token& token, std::uint32_t row);
  bool problem(QuickSlotId id);
  void nothing(const QuickSlot& slot, QuickSlot::Nothing what, std::uint32_t row);
  template <typename Number>
  void put_number(const QuickSlot& slot, Number value, std::uint32_t row);
  void put_bool(const QuickSlot& slot, bool value, std::uint32_t row);
  void put_text(const QuickSlot& slot, const Token& token, std::uint32_t row);
  void put_scalar(const QuickSlot& slot, const types::Scalar& value, std::uint32_t row);
  void note_text(const QuickSlot& slot, std::string_view text);
  void note_scalar(const QuickSlot& slot, const types::Scalar& value);
  void find_targets(ir::TableId table);

  const typed::Program& program_;
  const Limits& limits_;
  const QuickPlan& plan_;
  Texts texts_;
  std::vector<std::vector<ir::ColumnId>> columns_of_;  // by table

  ParsedBatch* parsed_ = nullptr;
  std::vector<Target> targets_;             // by column
  std::vector<std::uint32_t> targets_for_;  // by table: which rows, divided by kRowsAtOnce
  std::vector<std::uint32_t> tally_of_;     // by slot
  std::vector<bool> told_;                  // by slot: an earlier batch has the first such problem
  // Of the subject.
  std::vector<std::uint32_t> problems_;  // tallies
  bool has_key_ = false;
  bool has_label_ = false;
  std::string key_text_;
  std::string label_;
  MadeTexts made_;
  Spellings single_;
};

// Buffers may have moved by rows that others added, too.
inline std::uint32_t QuickWriter::add_row(ir::TableId table) {
  if (table == ir::kRunTable) return 0;
  const std::uint32_t row = parsed_->batch.add_row(table);
  if (row / columns::kRowsAtOnce != targets_for_[table]) find_targets(table);
  return row;
}

inline bool QuickWriter::common(const QuickSlot& slot, bool quoted, std::string_view text, std::uint32_t row) {
  const auto put = [&](auto value) {
    const Target& target = targets_[slot.column];
    set_bit(target.known, row);
    reinterpret_cast<decltype(value)*>(target.data)[row] = value;
    return true;
  };
  switch (slot.common) {
    case QuickSlot::Common::no: return false;
    case QuickSlot::Common::date: {
      const auto date = quick_date(text);
      return date && quoted && put(date->days);
    }
    case QuickSlot::Common::integer: {
      const auto number = quick_integer(text);
      return number && put(*number);
    }
    case QuickSlot::Common::number: {
      const auto number = quick_number(text);
      return number && put(*number);
    }
    case QuickSlot::Common::boolean: {
      const std::uint64_t word = load_eight(text.data());
      const bool yes = text.size() == 4 && (word & 0xFFFFFFFFu) == 0x65757274u;     // true
      const bool no = text.size() == 5 && (word & 0xFFFFFFFFFFu) == 0x65736C6166u;  // false
      if (!(yes | no)) return false;
      const Target& target = targets_[slot.column];
      set_bit(target.known, row);
      target.yes[row / columns::kRowsOfWord] |= std::uint64_t{yes} << (row % columns::kRowsOfWord);
      return true;
    }
    case QuickSlot::Common::enumeration: {
      if (!quoted) return false;
      const std::uint32_t code = plan_.codes(slot.codes).find(text);
      return code != TextCodes::kNone && put(static_cast<std::uint8_t>(code));
    }
    case QuickSlot::Common::code: {
      if (!quoted) return false;
      const std::uint32_t code = plan_.codes(slot.puts.front().codes).find(text);
      // No literal is spelled so, but it may be what the text says.
      if (code == TextCodes::kNone && has_backslash(text)) return false;
      return put(static_cast<std::uint8_t>(code == TextCodes::kNone ? 0 : code));
    }
  }
  return false;
}

}  // namespace muster::ingest

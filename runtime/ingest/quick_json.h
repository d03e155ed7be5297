// SPDX-License-Identifier: Apache-2.0
// Records of NDJSON straight into columns: walks over the structural index of some lines at once and writes each wanted
// value where the plan says. It takes only records that are in order, and leaves the others as they are to be read
// through data: what is unreadable, doubled, escaped in a key, of another shape, or has a problem that the batch hasn't
// had yet. So whatever people are told of a record is made in one place.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/ingest/converters.h"
#include "runtime/ingest/json_index.h"
#include "runtime/ingest/parsed_batch.h"
#include "runtime/ingest/quick_keys.h"
#include "runtime/ingest/quick_plan.h"

namespace muster::ingest {

class QuickJson {
 public:
  enum class Texts : std::uint8_t { none, keys_and_labels };

  // All of them must outlive this.
  QuickJson(const Portfolio& portfolio, const QuickPlan& plan, const ir::Layout& layout, Texts texts);

  // From here on records go to this batch, which was just cleared.
  void begin(ParsedBatch& parsed);
  // The text of a chunk, with its padding.
  void start(std::string_view text);

  // The record that is the chunk's line from `begin` to before `end`; lines in their order. It has a row and all that
  // belongs to it then; or false, and nothing is changed.
  bool read(std::size_t begin, std::size_t end);

 private:
  // Where in the index the walk stands; nullptr: it met what is to be read through data.
  using At = const std::uint32_t*;
  struct Target {
    std::uint64_t* known = nullptr;
    std::uint64_t* absent = nullptr;
    std::uint64_t* yes = nullptr;
    std::byte* data = nullptr;
  };
  struct Token {
    Shape shape = Shape::bare;
    bool made = false;      // its text stands in `unescaped_`
    std::string_view text;  // 8 bytes may be read from its beginning
  };
  enum class Block : std::uint8_t { good, line_by_line };

  At find_record(std::size_t begin, std::size_t end);
  void index_block(std::size_t begin);
  bool has_escape(std::size_t begin, std::size_t end);
  bool take_record(At at, std::size_t end);
  void keep_record();
  void drop_record();

  At object(QuickObjectId id, At at, std::uint32_t row);
  QuickKeys::Key* other_key(QuickKeys& keys, QuickKeys::Key& last, At at) const;
  At value(QuickSlotId id, At at, std::uint32_t row);
  At nested(const QuickSlot& slot, At at, std::uint32_t row);
  At list(const QuickSlot& slot, At at, std::uint32_t row);
  At take_token(At at, Token& token);
  bool unescape_token(Token& token);
  At skip_nested(At at) const;
  At skip_key(At at) const;

  bool scalar(QuickSlotId id, const QuickSlot& slot, const Token& token, std::uint32_t row);
  bool read_by_rules(QuickSlotId id, const Token& token, std::uint32_t row);
  bool misshapen(QuickSlotId id, const Token& token);
  bool problem(QuickSlotId id);
  template <typename Number>
  void put_number(const QuickSlot& slot, Number value, std::uint32_t row);
  void put_bool(const QuickSlot& slot, bool value, std::uint32_t row);
  void put_text(const QuickSlot& slot, const Token& token, std::uint32_t row);
  void put_scalar(const QuickSlot& slot, const types::Scalar& value, std::uint32_t row);
  void note_text(const QuickSlot& slot, std::string_view text);
  void note_scalar(const QuickSlot& slot, const types::Scalar& value);

  void nothing(const QuickSlot& slot, QuickSlot::Nothing what, std::uint32_t row);
  void missing(QuickSlotId id, std::uint32_t row);
  void null(QuickSlotId id, std::uint32_t row);
  std::uint32_t add_row(ir::TableId table);

  const typed::Program& program_;
  const Limits& limits_;
  const QuickPlan& plan_;
  Texts texts_;
  std::vector<std::vector<ir::ColumnId>> columns_of_;  // by table

  // The text and its index.
  std::string_view text_;
  JsonIndex index_;
  Block block_ = Block::line_by_line;
  std::size_t block_begin_ = 0, block_end_ = 0;
  const char* base_ = nullptr;   // where positions count from
  At next_ = nullptr;            // of a block: where the next record may begin
  std::size_t next_escape_ = 0;  // the first that stands not before the last record
  bool escapes_ = false;         // in this record

  // The batch, and what the record has put there.
  ParsedBatch* parsed_ = nullptr;
  std::vector<Target> targets_;             // by column
  std::vector<std::uint32_t> targets_for_;  // by table: which rows, divided by kRowsAtOnce
  std::deque<QuickKeys> keys_;              // by object
  std::vector<std::uint64_t> stamps_;       // by slot: the object that had it last
  std::uint64_t objects_ = 0;               // so many began
  std::vector<std::uint32_t> tally_of_;     // by slot
  std::vector<std::uint32_t> problems_;     // tallies
  bool has_key_ = false;
  bool has_label_ = false;
  std::string label_;
  std::string key_text_;
  std::string unescaped_;
  MadeTexts made_;
  Spellings single_;
};

}  // namespace muster::ingest

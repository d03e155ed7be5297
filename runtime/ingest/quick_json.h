// SPDX-License-Identifier: Apache-2.0
// Records of NDJSON straight into columns: walks over the structural index of some lines at once and gives a writer
// each wanted value. It takes only records that are in order, and leaves the others as they are to be read through
// data: what is unreadable, doubled, escaped in a key, or of another shape. So whatever people are told of a record is
// made in one place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/ingest/json_index.h"
#include "runtime/ingest/quick_keys.h"
#include "runtime/ingest/quick_plan.h"
#include "runtime/ingest/quick_writer.h"

namespace muster::ingest {

class QuickJson {
 public:
  // All of them must outlive this.
  QuickJson(const QuickPlan& plan, QuickWriter& writer, const Limits& limits);

  // The text of a chunk, with its padding.
  void start(std::string_view text);

  // The record that is the chunk's line from `begin` to before `end`; lines in their order. The writer has kept it
  // then; or false, and it has dropped what there was.
  bool read(std::size_t begin, std::size_t end);

 private:
  // Where in the index the walk stands; nullptr: it met what is to be read through data.
  using At = const std::uint32_t*;
  enum class Block : std::uint8_t { good, line_by_line };

  At find_record(std::size_t begin, std::size_t end);
  void index_block(std::size_t begin);
  bool take_record(At at, std::size_t end);

  At object(QuickObjectId id, At at, std::uint32_t row);
  At members(QuickObjectId id, At at, std::size_t places, std::uint32_t row);
  static QuickKeys::Key* other_key(QuickKeys& keys, QuickKeys::Key& last, const char* begin, const char* colon);
  static std::string_view key_at(const char* begin, const char* colon);
  bool value(QuickSlotId id, At at, std::uint32_t row);
  bool any_value(QuickSlotId id, const QuickSlot& slot, At at, std::uint32_t row);
  At nested(QuickSlotId id, const QuickSlot& slot, At at, std::uint32_t row);
  At list(const QuickSlot& slot, At at, std::uint32_t row);
  bool take_token(At at, QuickWriter::Token& token);
  bool unescape_token(QuickWriter::Token& token);
  // What nothing reads, without escapes or with some, and what stands where something else was to be read.
  enum class Skipped : std::uint8_t { unread, escaped, misshapen };
  At skip_unread(At at);
  template <Skipped kWhat>
  At skip_nested(At at);
  bool is_good_key(At at);
  bool is_plain_token(At at);

  const QuickPlan& plan_;
  QuickWriter& writer_;
  const Limits& limits_;

  std::string_view text_;
  JsonIndex index_;
  Block block_ = Block::line_by_line;
  std::size_t block_begin_ = 0, block_end_ = 0;
  const char* base_ = nullptr;  // where positions count from
  At next_ = nullptr;           // of a block: where the next record may begin

  // Where in the record's index a wanted value stands.
  static constexpr std::uint32_t kNowhere = 0, kRead = ~std::uint32_t{0};
  At begin_ = nullptr;
  std::vector<std::uint32_t> places_;  // of the objects that are open, of each by its slots and one more
  std::size_t places_used_ = 0;
  std::deque<QuickKeys> keys_;  // by object
  std::string unescaped_;
  int expect_escapes_ = 0;
};

}  // namespace muster::ingest

// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/quick_writer.h"

#include <algorithm>
#include <utility>

#include "runtime/ingest/join_key.h"
#include "runtime/ingest/read_value.h"

namespace muster::ingest {
namespace {

using types::Kind;

constexpr std::size_t kProblems = 64;  // of one record; with more it is read through data
constexpr std::uint32_t kNoTarget = ~std::uint32_t{0};

// As Range::holds.
template <typename Value>
bool in_range(const types::Range* range, Value value) {
  if (range == nullptr) return true;
  const auto* low = std::get_if<Value>(&range->low);
  return low == nullptr || (!(value < *low) && !(*std::get_if<Value>(&range->high) < value));
}

}  // namespace

QuickWriter::QuickWriter(const Portfolio& portfolio, const QuickPlan& plan, const ir::Layout& layout, Texts texts)
    : program_(portfolio.program()),
      limits_(portfolio.options().limits),
      plan_(plan),
      texts_(texts),
      columns_of_(layout.tables.size()),
      targets_(layout.columns.size()),
      targets_for_(layout.tables.size(), kNoTarget),
      tally_of_(plan.slots().size(), kNoQuick),
      told_(plan.slots().size(), false) {
  for (ir::ColumnId id = 0; id < layout.columns.size(); ++id) columns_of_[layout.columns[id].table].push_back(id);
}

void QuickWriter::begin(ParsedBatch& parsed) {
  parsed_ = &parsed;
  std::fill(targets_for_.begin(), targets_for_.end(), kNoTarget);
  std::fill(tally_of_.begin(), tally_of_.end(), kNoQuick);
}

std::uint32_t QuickWriter::open() {
  has_key_ = has_label_ = false;
  problems_.clear();
  return add_row(ir::kSubjectsTable);
}

void QuickWriter::keep() {
  for (const std::uint32_t tally : problems_) ++parsed_->problems[tally].count;
  parsed_->keys.close();
  if (texts_ == Texts::none) return;
  parsed_->key_texts.add(key_text_);
  parsed_->labels.add(has_label_ ? std::string_view(label_) : std::string_view());
  parsed_->has_label.push_back(has_label_);
}

void QuickWriter::drop() {
  parsed_->batch.drop_last_subject();
  parsed_->keys.cancel();
}

bool QuickWriter::scalar(QuickSlotId id, const QuickSlot& slot, const Token& token, std::uint32_t row) {
  const bool bare = token.shape == Shape::bare;
  if (slot.by_rules) return read_by_rules(id, token, row);
  switch (slot.reads) {
    case Kind::boolean:
      if (token.text != "true" && token.text != "false") break;
      put_bool(slot, token.text.size() == 4, row);
      return true;
    case Kind::integer: {
      const auto value = quick_integer(token.text);
      if (!value) break;
      if (!in_range(slot.range, *value)) return problem(id);
      put_number(slot, *value, row);
      return true;
    }
    case Kind::number: {
      const auto value = quick_number(token.text);
      if (!value) break;
      if (!in_range(slot.range, *value)) return problem(id);
      put_number(slot, *value, row);
      return true;
    }
    case Kind::percent: {
      const auto value = quick_number(token.text);
      if (!value) break;
      if (!in_range(slot.range, types::Percent{*value})) return problem(id);
      put_number(slot, *value, row);
      return true;
    }
    case Kind::text:
      if (bare && !is_json_literal(token.text)) return false;
      put_text(slot, token, row);
      if (slot.is_key || slot.is_label) note_text(slot, token.text);
      return true;
    case Kind::date: {
      auto value = bare ? std::nullopt : quick_date(token.text);
      if (!value && !bare) value = quick_day_of_time(token.text);
      if (!value) break;
      put_number(slot, value->days, row);
      return true;
    }
    case Kind::time: {
      const auto value = bare ? std::nullopt : quick_time(token.text);
      if (!value) break;
      put_number(slot, value->microseconds, row);
      return true;
    }
    case Kind::enumeration: {
      if (bare) break;
      const std::uint32_t value = plan_.codes(slot.codes).find(token.text);
      if (value == TextCodes::kNone) return problem(id);
      put_number(slot, value, row);
      return true;
    }
    case Kind::duration:
    case Kind::period:
    case Kind::version:
    case Kind::record:
    case Kind::list:
    case Kind::optional:
    case Kind::error: break;
  }
  return read_by_rules(id, token, row);
}

template <typename Number>
void QuickWriter::put_number(const QuickSlot& slot, Number value, std::uint32_t row) {
  for (const QuickPut& put : slot.puts) {
    const Target& target = targets_[put.column];
    set_bit(target.known, row);
    switch (put.as) {
      case QuickPut::As::i64:
        reinterpret_cast<std::int64_t*>(target.data)[row] = static_cast<std::int64_t>(value);
        break;
      case QuickPut::As::i32:
        reinterpret_cast<std::int32_t*>(target.data)[row] = static_cast<std::int32_t>(value);
        break;
      case QuickPut::As::u8:
        reinterpret_cast<std::uint8_t*>(target.data)[row] = static_cast<std::uint8_t>(value);
        break;
      case QuickPut::As::f64: reinterpret_cast<double*>(target.data)[row] = static_cast<double>(value); break;
      case QuickPut::As::known:
      case QuickPut::As::yes:
      case QuickPut::As::code:
      case QuickPut::As::text:
      case QuickPut::As::any: break;
    }
  }
}

void QuickWriter::put_bool(const QuickSlot& slot, bool value, std::uint32_t row) {
  for (const QuickPut& put : slot.puts) {
    const Target& target = targets_[put.column];
    set_bit(target.known, row);
    if (put.as == QuickPut::As::yes)
      target.yes[row / columns::kRowsOfWord] |= std::uint64_t{value} << (row % columns::kRowsOfWord);
  }
}

void QuickWriter::put_text(const QuickSlot& slot, const Token& token, std::uint32_t row) {
  for (const QuickPut& put : slot.puts) {
    const Target& target = targets_[put.column];
    set_bit(target.known, row);
    if (put.as == QuickPut::As::code) {
      const std::uint32_t code = plan_.codes(put.codes).find(token.text);
      reinterpret_cast<std::uint8_t*>(target.data)[row] =
          static_cast<std::uint8_t>(code == TextCodes::kNone ? 0 : code);
    } else if (put.as == QuickPut::As::text) {
      const std::string_view text = token.lasting ? token.text : parsed_->batch.keep(token.text);
      reinterpret_cast<columns::Text*>(target.data)[row] = {text.data(), text.size()};
    }
  }
}

// As DatumReader does it, with converters and all.
bool QuickWriter::read_by_rules(QuickSlotId id, const Token& token, std::uint32_t row) {
  if (token.shape == Shape::bare && !is_json_literal(token.text)) return false;
  const QuickSlot& slot = plan_.slots()[id];
  Piece piece;
  piece.spelling = {token.shape, false, token.padded, token.text};
  if (slot.converters != nullptr) {
    single_.nodes.assign(1, {piece.spelling, {}, 1});
    made_.clear();
    Converted converted =
        convert(single_, 0, *slot.converters, {program_.types, limits_.list_elements}, slot.type, made_);
    if (converted.is_list || converted.too_many) return false;
    piece = std::move(converted.pieces.front());
  }
  if (!piece.fits) return problem(id);
  const auto value = piece.value ? piece.value : read_value(program_.types, slot.type, piece.spelling);
  if (!value) return problem(id);
  if (slot.range != nullptr && slot.range->low.index() == value->index() && !slot.range->holds(*value))
    return problem(id);
  put_scalar(slot, *value, row);
  if (slot.is_key || slot.is_label) note_scalar(slot, *value);
  return true;
}

bool QuickWriter::misshapen(QuickSlotId id, const Token& token) {
  return (token.shape != Shape::bare || is_json_literal(token.text)) && misshapen(id);
}

// Beneath a step it would be a problem of each field, and converters have their own say.
bool QuickWriter::misshapen(QuickSlotId id) {
  const QuickSlot& slot = plan_.slots()[id];
  return slot.kind != QuickSlot::Kind::step && slot.converters == nullptr && problem(id);
}

// Of a place and reason that the batch has a tally of, or a batch before it. The first of them is told by who reads it
// through data.
bool QuickWriter::problem(QuickSlotId id) {
  if (tally_of_[id] == kNoQuick) {
    const std::string& name = plan_.slots()[id].name;
    for (std::uint32_t at = 0; at < parsed_->problems.size(); ++at) {
      const ProblemTally& tally = parsed_->problems[at];
      if (tally.reason == evidence::Reason::invalid && tally.field == name) tally_of_[id] = at;
    }
    if (tally_of_[id] == kNoQuick && told_[id]) {
      tally_of_[id] = static_cast<std::uint32_t>(parsed_->problems.size());
      parsed_->problems.emplace_back().field = name;
    }
    if (tally_of_[id] != kNoQuick) told_[id] = true;
  }
  if (tally_of_[id] == kNoQuick || problems_.size() == kProblems) return false;
  problems_.push_back(tally_of_[id]);
  return true;
}

void QuickWriter::put_scalar(const QuickSlot& slot, const types::Scalar& value, std::uint32_t row) {
  for (const QuickPut& put : slot.puts) parsed_->batch.set(put.column, row, value);
}

void QuickWriter::note_text(const QuickSlot& slot, std::string_view text) {
  if (slot.is_key) {
    append_text_key(parsed_->keys.open(), text);
    has_key_ = true;
    if (texts_ == Texts::keys_and_labels) key_text_ = text;
  }
  if (slot.is_label && texts_ == Texts::keys_and_labels) {
    has_label_ = true;
    label_ = text;
  }
}

void QuickWriter::note_scalar(const QuickSlot& slot, const types::Scalar& value) {
  if (slot.is_key) {
    append_key(parsed_->keys.open(), value);
    has_key_ = true;
  }
  if (texts_ == Texts::none) return;
  const std::string text = types::to_text(program_.types, slot.type, value);
  if (slot.is_key) key_text_ = text;
  if (slot.is_label) {
    has_label_ = true;
    label_ = text;
  }
}

void QuickWriter::missing(QuickSlotId id, std::uint32_t row) {
  const QuickSlot& slot = plan_.slots()[id];
  if (slot.kind != QuickSlot::Kind::step) return nothing(slot, slot.missing, row);
  for (const QuickSlotId each : plan_.objects()[slot.object].slots) missing(each, row);
}

// Beneath a step that is null everything is.
void QuickWriter::null(QuickSlotId id, std::uint32_t row) {
  const QuickSlot& slot = plan_.slots()[id];
  if (slot.kind != QuickSlot::Kind::step) return nothing(slot, slot.null, row);
  for (const QuickSlotId each : plan_.objects()[slot.object].slots) null(each, row);
}

void QuickWriter::nothing(const QuickSlot& slot, QuickSlot::Nothing what, std::uint32_t row) {
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

void QuickWriter::find_targets(ir::TableId table) {
  targets_for_[table] = static_cast<std::uint32_t>((parsed_->batch.rows(table) - 1) / columns::kRowsAtOnce);
  for (const ir::ColumnId id : columns_of_[table]) {
    columns::ColumnData& data = parsed_->batch.column(id);
    targets_[id] = {data.known.words(), data.absent.words(), data.yes.words(), data.data.data()};
  }
}

}  // namespace muster::ingest

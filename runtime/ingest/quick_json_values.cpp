// SPDX-License-Identifier: Apache-2.0
// Values of QuickJson: what a token says, and into which columns it goes.
#include <cstring>

#include "runtime/ingest/join_key.h"
#include "runtime/ingest/json_text.h"
#include "runtime/ingest/quick_json.h"
#include "runtime/ingest/read_value.h"

namespace muster::ingest {
namespace {

using types::Kind;

constexpr std::size_t kProblems = 64;  // of one record; with more it is read through data

void set_bit(std::uint64_t* words, std::uint32_t row) {
  words[row / columns::kRowsOfWord] |= std::uint64_t{1} << (row % columns::kRowsOfWord);
}

// As Range::holds.
template <typename Value>
bool in_range(const types::Range* range, Value value) {
  if (range == nullptr) return true;
  const auto* low = std::get_if<Value>(&range->low);
  return low == nullptr || (!(value < *low) && !(*std::get_if<Value>(&range->high) < value));
}

}  // namespace

bool QuickJson::scalar(QuickSlotId id, std::uint32_t row) {
  Token token;
  if (!take_token(token)) return false;
  if (token.shape == Shape::bare && token.text == "null") {
    const QuickSlot& slot = plan_.slots()[id];
    nothing(slot, slot.null, row);
    return true;
  }
  return read_as(id, token, row);
}

bool QuickJson::read_as(QuickSlotId id, const Token& token, std::uint32_t row) {
  const QuickSlot& slot = plan_.slots()[id];
  const bool bare = token.shape == Shape::bare;
  const bool is_noted = slot.is_key || slot.is_label;
  if (slot.converters != nullptr || (is_noted && slot.reads != Kind::text)) return read_by_rules(id, token, row);
  switch (slot.reads) {
    case Kind::boolean:
      if (!bare || (token.text != "true" && token.text != "false")) break;
      put_bool(slot, token.text == "true", row);
      return true;
    case Kind::integer: {
      const auto value = bare ? quick_integer(token.text) : std::nullopt;
      if (!value) break;
      if (!in_range(slot.range, *value)) return problem(id);
      put_integer(slot, *value, row);
      return true;
    }
    case Kind::number:
    case Kind::percent: {
      const auto value = bare ? quick_number(token.text) : std::nullopt;
      if (!value) break;
      const bool fits =
          slot.reads == Kind::number ? in_range(slot.range, *value) : in_range(slot.range, types::Percent{*value});
      if (!fits) return problem(id);
      put_number(slot, *value, row);
      return true;
    }
    case Kind::text:
      if (slot.range != nullptr || (bare && !is_json_literal(token.text))) break;
      put_text(slot, token, row);
      if (is_noted) note_text(slot, token.text);
      return true;
    case Kind::date: {
      const auto value = quick_date(token.text);
      if (!value || bare || slot.range != nullptr) break;
      put_integer(slot, value->days, row);
      return true;
    }
    case Kind::time: {
      const auto value = quick_time(token.text);
      if (!value || bare || slot.range != nullptr) break;
      put_integer(slot, value->microseconds, row);
      return true;
    }
    case Kind::enumeration: {
      const auto value = plan_.codes(slot.codes).find(token.text);
      if (!value || bare || slot.range != nullptr) break;
      put_integer(slot, *value, row);
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

// As DatumReader does it, with converters and all.
bool QuickJson::read_by_rules(QuickSlotId id, const Token& token, std::uint32_t row) {
  if (token.shape == Shape::bare && !is_json_literal(token.text)) return false;
  const QuickSlot& slot = plan_.slots()[id];
  Piece piece;
  piece.spelling = {token.shape, false, false, token.text};
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

// Of a place and reason that the batch has a tally of. The first of them is told by who reads it through data.
bool QuickJson::problem(QuickSlotId id) {
  if (tally_of_[id] == kNoQuick) {
    const std::string& name = plan_.slots()[id].name;
    for (std::uint32_t at = 0; at < parsed_->problems.size(); ++at) {
      const ProblemTally& tally = parsed_->problems[at];
      if (tally.reason == evidence::Reason::invalid && tally.field == name) tally_of_[id] = at;
    }
  }
  if (tally_of_[id] == kNoQuick || problems_.size() == kProblems) return false;
  problems_.push_back(tally_of_[id]);
  return true;
}

void QuickJson::put_integer(const QuickSlot& slot, std::int64_t value, std::uint32_t row) {
  for (const QuickPut& put : slot.puts) {
    const Target& target = targets_[put.column];
    set_bit(target.known, row);
    if (put.as == QuickPut::As::i64) {
      reinterpret_cast<std::int64_t*>(target.data)[row] = value;
    } else if (put.as == QuickPut::As::i32) {
      reinterpret_cast<std::int32_t*>(target.data)[row] = static_cast<std::int32_t>(value);
    } else if (put.as == QuickPut::As::u8) {
      reinterpret_cast<std::uint8_t*>(target.data)[row] = static_cast<std::uint8_t>(value);
    }
  }
}

void QuickJson::put_number(const QuickSlot& slot, double value, std::uint32_t row) {
  for (const QuickPut& put : slot.puts) {
    const Target& target = targets_[put.column];
    set_bit(target.known, row);
    if (put.as == QuickPut::As::f64) reinterpret_cast<double*>(target.data)[row] = value;
  }
}

void QuickJson::put_bool(const QuickSlot& slot, bool value, std::uint32_t row) {
  for (const QuickPut& put : slot.puts) {
    const Target& target = targets_[put.column];
    set_bit(target.known, row);
    if (value && put.as == QuickPut::As::yes) set_bit(target.yes, row);
  }
}

void QuickJson::put_text(const QuickSlot& slot, const Token& token, std::uint32_t row) {
  for (const QuickPut& put : slot.puts) {
    const Target& target = targets_[put.column];
    set_bit(target.known, row);
    if (put.as == QuickPut::As::code) {
      reinterpret_cast<std::uint8_t*>(target.data)[row] =
          static_cast<std::uint8_t>(plan_.codes(put.codes).find(token.text).value_or(0));
    } else if (put.as == QuickPut::As::text) {
      const std::string_view text = token.made ? parsed_->batch.keep(token.text) : token.text;
      reinterpret_cast<columns::Text*>(target.data)[row] = {text.data(), text.size()};
    }
  }
}

void QuickJson::put_scalar(const QuickSlot& slot, const types::Scalar& value, std::uint32_t row) {
  for (const QuickPut& put : slot.puts) parsed_->batch.set(put.column, row, value);
}

void QuickJson::note_text(const QuickSlot& slot, std::string_view text) {
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

void QuickJson::note_scalar(const QuickSlot& slot, const types::Scalar& value) {
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

}  // namespace muster::ingest

// SPDX-License-Identifier: Apache-2.0
// What QuickJson does seldom: values by the rules for all spellings, problems, what is not there, keys and labels.
#include <utility>

#include "runtime/ingest/join_key.h"
#include "runtime/ingest/json_text.h"
#include "runtime/ingest/quick_json.h"
#include "runtime/ingest/read_value.h"

namespace muster::ingest {
namespace {

constexpr std::size_t kProblems = 64;  // of one record; with more it is read through data

void set_bit(std::uint64_t* words, std::uint32_t row) {
  words[row / columns::kRowsOfWord] |= std::uint64_t{1} << (row % columns::kRowsOfWord);
}

}  // namespace

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

// A scalar where a record or list was expected. Beneath a step it would be a problem of each field.
bool QuickJson::misshapen(QuickSlotId id, const Token& token) {
  if (token.shape == Shape::bare && !is_json_literal(token.text)) return false;
  return plan_.slots()[id].kind != QuickSlot::Kind::step && problem(id);
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

void QuickJson::missing(QuickSlotId id, std::uint32_t row) {
  const QuickSlot& slot = plan_.slots()[id];
  if (slot.kind != QuickSlot::Kind::step) return nothing(slot, slot.missing, row);
  for (const QuickSlotId each : plan_.objects()[slot.object].slots) missing(each, row);
}

// Beneath a step that is null everything is.
void QuickJson::null(QuickSlotId id, std::uint32_t row) {
  const QuickSlot& slot = plan_.slots()[id];
  if (slot.kind != QuickSlot::Kind::step) return nothing(slot, slot.null, row);
  for (const QuickSlotId each : plan_.objects()[slot.object].slots) null(each, row);
}

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

}  // namespace muster::ingest

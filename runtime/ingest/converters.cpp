// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/converters.h"

#include <utility>

#include "base/date_format.h"
#include "base/unicode_text.h"
#include "runtime/ingest/read_value.h"

namespace muster::ingest {
namespace {

using typed::Converter;

constexpr std::int64_t kSecond = base::kMicrosecondsPerSecond;

template <typename Value>
void take(Piece& piece, const std::optional<Value>& value) {
  piece.fits = value.has_value();
  if (value) piece.value = types::Scalar(*value);
}

void set_text(Piece& piece, std::string_view text) {
  piece.spelling.text = text;
  piece.node = kNoNode;
}

void read_format(const Converter& converter, const types::Table& types, types::TypeId type, Piece& piece) {
  const auto parsed = base::parse_with_format(inner_text(piece.spelling), converter.text);
  piece.fits = parsed.has_value();
  if (!parsed) return;
  if (types.kind(type) == types::Kind::time) {
    piece.value = types::Scalar(parsed->instant);
  } else {
    piece.value = types::Scalar(parsed->local_date);
  }
}

void map(const Converter& converter, Piece& piece) {
  for (const Converter::Entry& entry : converter.entries) {
    if (entry.from != piece.spelling.text) continue;
    piece.value = entry.to;
    return;
  }
  piece.value = converter.otherwise;
  piece.fits = piece.value.has_value();
}

void strip_prefix(const Converter& converter, Piece& piece) {
  std::string_view text = piece.spelling.text;
  if (text.starts_with(converter.text)) text.remove_prefix(converter.text.size());
  set_text(piece, text);
}

void strip_suffix(const Converter& converter, Piece& piece) {
  std::string_view text = piece.spelling.text;
  if (text.ends_with(converter.text)) text.remove_suffix(converter.text.size());
  set_text(piece, text);
}

// Of a value that is there; `keyed by` and `split` are steps of the whole.
void convert_scalar(const Converter& converter, const types::Table& types, types::TypeId type, MadeTexts& texts,
                    Piece& piece) {
  if (piece.value) return;
  if (!is_scalar(piece.spelling)) {
    piece.fits = false;
    return;
  }
  switch (converter.kind) {
    case Converter::Kind::as_format: return read_format(converter, types, type, piece);
    case Converter::Kind::as_ratio: return take(piece, read_ratio(piece.spelling));
    case Converter::Kind::as_points: return take(piece, read_value(types, types::kPercent, piece.spelling));
    case Converter::Kind::as_days: return take(piece, read_duration(piece.spelling, base::kMicrosecondsPerDay));
    case Converter::Kind::as_hours: return take(piece, read_duration(piece.spelling, 3600 * kSecond));
    case Converter::Kind::as_minutes: return take(piece, read_duration(piece.spelling, 60 * kSecond));
    case Converter::Kind::as_seconds: return take(piece, read_duration(piece.spelling, kSecond));
    case Converter::Kind::map: return map(converter, piece);
    case Converter::Kind::trim: return set_text(piece, base::trim(piece.spelling.text));
    case Converter::Kind::lower: return set_text(piece, texts.keep(base::lower(piece.spelling.text)));
    case Converter::Kind::upper: return set_text(piece, texts.keep(base::upper(piece.spelling.text)));
    case Converter::Kind::strip_prefix: return strip_prefix(converter, piece);
    case Converter::Kind::strip_suffix: return strip_suffix(converter, piece);
    case Converter::Kind::split:
    case Converter::Kind::present:
    case Converter::Kind::keyed_by: return;
  }
}

bool is_null(const Piece& piece) { return !piece.value && piece.spelling.shape == Shape::null; }

// Empty pieces stay; the empty text has none. False where there are more than `limit` in all.
bool split(const Piece& whole, std::string_view separator, std::uint64_t limit, std::vector<Piece>& pieces) {
  std::string_view rest = whole.spelling.text;
  if (rest.empty()) return true;
  while (pieces.size() < limit) {
    const std::size_t at = separator.empty() ? std::string_view::npos : rest.find(separator);
    Piece piece = whole;
    set_text(piece, rest.substr(0, at));
    piece.raw = piece.spelling.text;
    pieces.push_back(std::move(piece));
    if (at == std::string_view::npos) return true;
    rest.remove_prefix(at + separator.size());
  }
  return false;
}

void split_all(Converted& converted, std::string_view separator, std::uint64_t limit) {
  std::vector<Piece> pieces;
  for (const Piece& each : converted.pieces) {
    if (is_null(each) || !each.fits || each.value || !is_scalar(each.spelling)) {
      pieces.push_back(each);
      pieces.back().fits = each.fits && is_null(each);
      // Null and what can't be split stay what they are, also where they would have been the whole list.
      if (!converted.is_list) {
        converted.pieces = std::move(pieces);
        return;
      }
    } else if (!split(each, separator, limit, pieces)) {
      converted.too_many = true;
      return;
    }
  }
  converted.is_list = true;
  converted.pieces = std::move(pieces);
}

void convert_present(Converted& converted) {
  Piece piece;
  piece.value = types::Scalar(converted.is_list || !is_null(converted.pieces.front()));
  converted = {false, converted.too_many, {piece}};
}

}  // namespace

Piece piece_at(const Spellings& record, NodeId node) {
  Piece piece;
  piece.spelling = record[node].spelling;
  piece.node = node;
  piece.raw = piece.spelling.text;
  return piece;
}

Converted convert(const Spellings& record, NodeId node, const std::vector<Converter>& converters,
                  const ConverterSettings& settings, types::TypeId type, MadeTexts& texts) {
  Converted converted;
  const Shape shape = record[node].spelling.shape;
  if (shape == Shape::list && !converters.empty()) {
    converted.is_list = true;
    for (NodeId each = record.first(node); each != record.end(node); each = record.after(each)) {
      converted.pieces.push_back(piece_at(record, each));
    }
  } else {
    converted.pieces.push_back(piece_at(record, node));
  }
  for (const Converter& converter : converters) {
    if (converter.kind == Converter::Kind::present) {
      convert_present(converted);
    } else if (converter.kind == Converter::Kind::split) {
      split_all(converted, converter.text, settings.list_elements);
    } else {
      for (Piece& piece : converted.pieces) {
        if (piece.fits && !is_null(piece)) convert_scalar(converter, settings.types, type, texts, piece);
      }
    }
  }
  return converted;
}

std::string convert_text(const std::string& text, const std::vector<Converter>& converters) {
  MadeTexts made;
  Piece piece;
  piece.spelling.shape = Shape::text;
  piece.spelling.text = text;
  const types::Table types;
  for (const Converter& converter : converters) convert_scalar(converter, types, types::kText, made, piece);
  return std::string(piece.spelling.text);
}

std::string converted_text(const std::vector<Converter>& converters, const std::string& text) {
  MadeTexts texts;
  Piece piece;
  piece.spelling = {Shape::text, false, false, text};
  const types::Table types;
  for (const Converter& converter : converters) convert_scalar(converter, types, types::kText, texts, piece);
  return std::string(piece.spelling.text);
}

}  // namespace muster::ingest

// SPDX-License-Identifier: Apache-2.0
// What a binding's converters make of what stands at its path, one after the other: `trim lower map {...}`.
// After `split`, and on a list, they apply to each element. Null goes past all of them but `present`.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/typed/program.h"
#include "runtime/ingest/spelling.h"

namespace muster::ingest {

// Texts that converters made, for as long as a record is read.
class MadeTexts {
 public:
  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }
  void clear() { texts_.clear(); }

 private:
  std::deque<std::string> texts_;
};

// One value on its way: still a spelling, or read already.
struct Piece {
  Spelling spelling;
  NodeId node = kNoNode;               // where it stands in the record, as long as nothing changed it
  std::optional<types::Scalar> value;  // read by a converter
  bool fits = true;                    // false: a converter could not take it
  std::string_view raw;                // as it stood before the converters
};

struct Converted {
  bool is_list = false;
  bool too_many = false;      // `split` made more than the limit; the pieces are good for nothing
  std::vector<Piece> pieces;  // of no list: one
};

Piece piece_at(const Spellings& record, NodeId node);

struct ConverterSettings {
  const types::Table& types;
  std::uint64_t list_elements;  // the limit
};

// `type` is that of the scalars: what `as` formats read. `keyed by` is none of these: the DatumReader does it.
Converted convert(const Spellings& record, NodeId node, const std::vector<typed::Converter>& converters,
                  const ConverterSettings& settings, types::TypeId type, MadeTexts& texts);

// What changes of text (trim, lower, upper, strip_prefix, strip_suffix) make of a text that was read already.
std::string convert_text(const std::string& text, const std::vector<typed::Converter>& converters);

// A text that is known already, changed by converters of texts: `trim`, `lower`, `strip_prefix` and their kin.
std::string converted_text(const std::vector<typed::Converter>& converters, const std::string& text);

}  // namespace muster::ingest

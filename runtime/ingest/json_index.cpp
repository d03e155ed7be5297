// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/json_index.h"

#include <algorithm>

#include <fmt/format.h>
#include <simdjson.h>

namespace muster::ingest {
namespace {

// Of a text that simdjson says has a string that isn't closed, or a control character in one: where.
JsonError locate_string_error(std::string_view text) {
  std::size_t opened = 0;
  bool inside = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\\') {
      ++at;
    } else if (c == '"') {
      inside = !inside;
      opened = at;
    } else if (inside && static_cast<unsigned char>(c) < 0x20) {
      return {JsonError::Kind::broken,
              fmt::format("not JSON: a control character (byte {:02X}) stands in a string, write it as an escape",
                          static_cast<unsigned>(static_cast<unsigned char>(c))),
              at};
    }
  }
  return {JsonError::Kind::broken, "not JSON: a string is not closed", opened};
}

}  // namespace

bool is_utf8_text(std::string_view text) { return simdjson::validate_utf8(text); }

class JsonIndex::Parser {
 public:
  // False where there is not enough memory.
  bool reserve(std::size_t bytes) {
    if (parser_ && bytes <= capacity_) return true;
    const std::size_t wanted = std::max({bytes, capacity_ * 2, std::size_t{4096}});
    const auto code = parser_ ? parser_->set_capacity(wanted)
                              : simdjson::get_active_implementation()->create_dom_parser_implementation(
                                    wanted, kJsonNesting, parser_);
    if (code != simdjson::SUCCESS) return false;
    capacity_ = wanted;
    return true;
  }
  simdjson::internal::dom_parser_implementation& operator*() { return *parser_; }

 private:
  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser_;
  std::size_t capacity_ = 0;
};

JsonIndex::JsonIndex() : parser_(std::make_unique<Parser>()) {}
JsonIndex::~JsonIndex() = default;

std::optional<JsonError> JsonIndex::build(std::string_view text) {
  if (!parser_->reserve(text.size()))
    return JsonError{JsonError::Kind::refused, "there is not enough memory for the record", 0};
  auto& parser = **parser_;
  const auto code =
      parser.stage1(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), simdjson::stage1_mode::regular);
  size_ = parser.n_structural_indexes;
  positions_ = parser.structural_indexes.get();
  broken_utf8_ = code == simdjson::UTF8_ERROR;
  if (code == simdjson::SUCCESS || broken_utf8_) return std::nullopt;
  if (code == simdjson::UNCLOSED_STRING || code == simdjson::UNESCAPED_CHARS) return locate_string_error(text);
  if (code == simdjson::EMPTY) return JsonError{JsonError::Kind::broken, "not JSON: there is nothing in it", 0};
  return JsonError{JsonError::Kind::broken, fmt::format("not JSON: {}", simdjson::error_message(code)), 0};
}

// simdjson leaves room for three.
void JsonIndex::end_with(std::uint32_t position) {
  positions_[size_] = position;
  positions_[size_ + 1] = position;
}

}  // namespace muster::ingest

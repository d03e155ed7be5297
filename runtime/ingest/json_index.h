// SPDX-License-Identifier: Apache-2.0
// Where the structural characters of a JSON text and the beginnings of its tokens stand: brackets, commas, colons,
// quotes that open, and the first bytes of what is in no quotes. Found by simdjson, which only json_index.cpp knows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace muster::ingest {

constexpr std::size_t kJsonNesting = 256;  // of what is read as a record

// What is wrong, and where in the text.
struct JsonError {
  enum class Kind : std::uint8_t {
    broken,   // not JSON in its structure
    refused,  // JSON as far as that goes, but no record that can be read
  };
  Kind kind = Kind::broken;
  std::string message;
  std::size_t offset = 0;
};

// As base::is_utf8, for much text.
bool is_utf8_text(std::string_view text);

class JsonIndex {
 public:
  JsonIndex();
  ~JsonIndex();

  // Of one text, which may hold several records on lines of their own. An error where nothing can be said about it.
  std::optional<JsonError> build(std::string_view text);

  std::size_t size() const { return size_; }
  std::size_t operator[](std::size_t at) const { return positions_[at]; }
  const std::uint32_t* positions() const { return positions_; }
  // Somewhere in the text, perhaps in no wanted place.
  bool broken_utf8() const { return broken_utf8_; }
  // Behind the last, two more that stand here.
  void end_with(std::uint32_t position);

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
  std::uint32_t* positions_ = nullptr;
  std::size_t size_ = 0;
  bool broken_utf8_ = false;
};

}  // namespace muster::ingest

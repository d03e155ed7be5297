// SPDX-License-Identifier: Apache-2.0
// One JSON object of a source as spellings. Read in two stages: simdjson finds the structural characters and the
// beginnings of tokens (and checks UTF-8), then a stage of our own walks over them, checks the structure of the
// whole record and keeps the wanted keys. This is the only file that knows simdjson.
//
// What makes a record unreadable: brackets, commas, colons, quotes and keys that don't fit together, depth and
// list limits, anywhere in it; a token that is none of JSON's, or an escape that isn't, in a wanted member
// (in any, where `strict`). Broken UTF-8 and lone surrogates make only their own value `broken`.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/ingest/ingest.h"
#include "runtime/ingest/spelling.h"
#include "runtime/ingest/wanted_keys.h"

namespace muster::ingest {

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

class JsonRecordReader {
 public:
  // `wanted` must outlive the reader.
  JsonRecordReader(const WantedKeys& wanted, const Options& options);
  ~JsonRecordReader();

  // The record in `text`, which must stay as it is while the result is used; nothing may stand after it.
  std::optional<JsonError> read(std::string_view text, std::uint32_t line, Spellings& record);

 private:
  class Walk;
  class Index;  // of structural characters: simdjson's

  const WantedKeys& wanted_;
  Options options_;
  std::unique_ptr<Index> index_;
  std::string unescaped_;  // texts with escapes, as they read; holds them until the next record
};

}  // namespace muster::ingest

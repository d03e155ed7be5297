// SPDX-License-Identifier: Apache-2.0
// One JSON object of a source as spellings. Read in two stages: simdjson finds the structural characters and the
// beginnings of tokens (and checks UTF-8), then a stage of our own walks over them, checks the structure of the
// whole record and keeps the wanted keys.
//
// What makes a record unreadable: brackets, commas, colons, quotes and keys that don't fit together, depth and
// list limits, anywhere in it; a token that is none of JSON's, or an escape that isn't, in a wanted member
// (in any, where `strict`). Broken UTF-8 and lone surrogates make only their own value `broken`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/ingest/ingest.h"
#include "runtime/ingest/json_index.h"
#include "runtime/ingest/spelling.h"
#include "runtime/ingest/wanted_keys.h"

namespace muster::ingest {

class JsonRecordReader {
 public:
  // `wanted` must outlive the reader.
  JsonRecordReader(const WantedKeys& wanted, const Options& options);

  // The record in `text`, which must stay as it is while the result is used; nothing may stand after it.
  std::optional<JsonError> read(std::string_view text, std::uint32_t line, Spellings& record);

 private:
  class Walk;

  const WantedKeys& wanted_;
  Options options_;
  JsonIndex index_;
  std::string unescaped_;  // texts with escapes, as they read; holds them until the next record
};

}  // namespace muster::ingest

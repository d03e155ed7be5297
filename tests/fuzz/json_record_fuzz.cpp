// SPDX-License-Identifier: Apache-2.0
// Our second stage over simdjson's index against simdjson's own: in strict mode both take the same objects, but for
// what we leave to the readers of values (broken UTF-8, numbers out of range, lone surrogates) and our limits.
#include <cstdint>
#include <string_view>

#include <simdjson.h>

#include "runtime/ingest/json_record.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace muster::ingest;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Options strict;
  strict.strict = true;
  WantedKeys wanted;
  wanted.add(WantedKeys::kRecord, "a");
  Spellings record;
  const auto error = JsonRecordReader(wanted, strict).read(text, 1, record);

  simdjson::dom::parser parser;
  const auto document = parser.parse(text.data(), text.size());
  const bool is_object = document.error() == simdjson::SUCCESS && document.value_unsafe().is_object();
  if (is_object && error && error->message.find("nested deeper") == std::string::npos) __builtin_trap();
  if (error || is_object) return 0;
  switch (document.error()) {
    case simdjson::UTF8_ERROR:
    case simdjson::NUMBER_ERROR:
    case simdjson::STRING_ERROR: return 0;
    default: __builtin_trap();
  }
}

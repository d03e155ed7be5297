// SPDX-License-Identifier: Apache-2.0
// What a line of NDJSON is: the record in it, nothing, or why it can't be read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/ingest/json_record.h"

namespace muster::ingest {

// A byte-order mark may begin any line: files that were joined to one.
std::string_view without_byte_order_mark(std::string_view line);
bool is_blank_line(std::string_view line);

// Reads the record, or says what is wrong with it.
std::optional<std::string> read_ndjson_line(JsonRecordReader& reader, std::string_view line, std::uint32_t number,
                                            Spellings& record);

}  // namespace muster::ingest

// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/ndjson_line.h"

#include <fmt/format.h>

#include "runtime/ingest/json_text.h"
#include "runtime/ingest/mistaken_file.h"

namespace muster::ingest {

std::string_view without_byte_order_mark(std::string_view line) {
  if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
  return line;
}

bool is_blank_line(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

std::optional<std::string> read_ndjson_line(JsonRecordReader& reader, std::string_view line, std::uint32_t number,
                                            Spellings& record) {
  const auto error = reader.read(line, number, record);
  if (!error) return std::nullopt;
  if (is_utf16(line)) return kIsUtf16;
  std::string message = fmt::format("{}, at column {}", error->message, column_of(line, error->offset));
  const std::size_t first = line.find_first_not_of(" \t\r");
  if (first != std::string_view::npos && line[first] == '[') {
    message += ": a list of records is read by a `json` source, and where the name of the file ends in `.json`";
  }
  return message;
}

}  // namespace muster::ingest

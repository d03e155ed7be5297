// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/source.h"

#include <fmt/format.h>

namespace muster::ingest {

std::string too_long(const Limits& limits) {
  return fmt::format("the record is longer than {} bytes", limits.record_bytes);
}

tl::expected<std::unique_ptr<Source>, FileError> open_source(const SourceSettings& settings, std::istream& stream,
                                                             const WantedKeys& wanted) {
  switch (settings.kind) {
    case typed::SourceKind::ndjson: return open_ndjson(settings, stream, wanted);
    case typed::SourceKind::json: return open_json_array(settings, stream, wanted);
    case typed::SourceKind::csv: return open_csv(settings, stream, wanted);
  }
  return open_ndjson(settings, stream, wanted);
}

std::string unread_rest(const Input& input) {
  const std::string trouble = input.trouble ? input.trouble() : std::string();
  return "the file could not be read to its end" + (trouble.empty() ? trouble : ": " + trouble);
}

}  // namespace muster::ingest

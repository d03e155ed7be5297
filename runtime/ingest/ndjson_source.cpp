// SPDX-License-Identifier: Apache-2.0
// A record a line. Blank lines and byte-order marks are passed over.
#include <optional>
#include <string>

#include <fmt/format.h>

#include "runtime/ingest/byte_reader.h"
#include "runtime/ingest/json_record.h"
#include "runtime/ingest/json_text.h"
#include "runtime/ingest/source.h"

namespace muster::ingest {
namespace {

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

class NdjsonSource final : public Source {
 public:
  NdjsonSource(const SourceSettings& settings, std::istream& stream, const WantedKeys& wanted)
      : bytes_(stream, settings.options.read_ahead_bytes),
        limit_(settings.options.limits.record_bytes),
        reader_(wanted, settings.options) {}

  bool next(Sink& sink) override {
    while (bytes_.peek() != ByteReader::kEnd) {
      const std::uint32_t number = bytes_.line();
      const bool fits = take_line();
      std::string_view line = line_;
      if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
      if (fits && is_blank(line)) continue;
      give(line, number, fits, sink);
      return true;
    }
    return false;
  }

 private:
  // False where the line is longer than a record may be; it is passed over then.
  bool take_line() {
    line_.clear();
    bool fits = true;
    while (true) {
      const std::string_view piece = bytes_.take_in_line();
      if (piece.empty()) break;
      if (line_.size() + piece.size() > limit_) fits = false;
      if (fits) line_ += piece;
    }
    bytes_.get();
    return fits;
  }

  void give(std::string_view line, std::uint32_t number, bool fits, Sink& sink) {
    if (!fits) {
      sink.broken({number, fmt::format("the record is longer than {} bytes", limit_), Broken::Extent::record});
    } else if (const auto error = reader_.read(line, number, record_)) {
      sink.broken({number, fmt::format("{}, at column {}", error->message, column_of(line, error->offset)),
                   Broken::Extent::record});
    } else {
      sink.record(record_);
    }
  }

  ByteReader bytes_;
  std::uint64_t limit_;
  JsonRecordReader reader_;
  std::string line_;
  Spellings record_;
};

}  // namespace

tl::expected<std::unique_ptr<Source>, FileError> open_ndjson(const SourceSettings& settings, std::istream& stream,
                                                             const WantedKeys& wanted) {
  return std::make_unique<NdjsonSource>(settings, stream, wanted);
}

}  // namespace muster::ingest

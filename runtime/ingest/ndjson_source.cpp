// SPDX-License-Identifier: Apache-2.0
// A record a line. Blank lines and byte-order marks are passed over, and so is a line that a bad stream cuts off.
#include <optional>
#include <string>
#include <utility>

#include "runtime/ingest/byte_reader.h"
#include "runtime/ingest/json_record.h"
#include "runtime/ingest/ndjson_line.h"
#include "runtime/ingest/source.h"

namespace muster::ingest {
namespace {

class NdjsonSource final : public Source {
 public:
  NdjsonSource(const SourceSettings& settings, std::istream& stream, const WantedKeys& wanted)
      : bytes_(stream, settings.options.read_ahead_bytes),
        limits_(settings.options.limits),
        reader_(wanted, settings.options) {}

  bool next(Sink& sink) override {
    while (bytes_.peek() != ByteReader::kEnd) {
      const std::uint32_t number = bytes_.line();
      const bool fits = take_line();
      if (cut_off_) return false;
      const std::string_view line = without_byte_order_mark(line_);
      if (fits && is_blank_line(line)) continue;
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
      if (line_.size() + piece.size() > limits_.record_bytes) fits = false;
      if (fits) line_ += piece;
    }
    cut_off_ = bytes_.get() == ByteReader::kEnd && bytes_.is_cut_off();
    return fits;
  }

  void give(std::string_view line, std::uint32_t number, bool fits, Sink& sink) {
    if (!fits) {
      sink.broken({number, too_long(limits_), Broken::Extent::record});
    } else if (auto message = read_ndjson_line(reader_, line, number, record_)) {
      sink.broken({number, std::move(*message), Broken::Extent::record});
    } else {
      sink.record(record_);
    }
  }

  ByteReader bytes_;
  Limits limits_;
  JsonRecordReader reader_;
  bool cut_off_ = false;
  std::string line_;
  Spellings record_;
};

}  // namespace

tl::expected<std::unique_ptr<Source>, FileError> open_ndjson(const SourceSettings& settings, std::istream& stream,
                                                             const WantedKeys& wanted) {
  return std::make_unique<NdjsonSource>(settings, stream, wanted);
}

}  // namespace muster::ingest

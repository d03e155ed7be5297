// SPDX-License-Identifier: Apache-2.0
// A file of CSV, row by row.
#include <memory>
#include <string>
#include <utility>

#include "runtime/ingest/csv_records.h"
#include "runtime/ingest/csv_rows.h"
#include "runtime/ingest/source.h"

namespace muster::ingest {
namespace {

class CsvSource final : public Source {
 public:
  CsvSource(const SourceSettings& settings, std::istream& stream, const WantedKeys& wanted)
      : settings_(settings),
        wanted_(wanted),
        rows_(stream, settings.delimiter, settings.options),
        records_(header_, settings_) {}

  std::optional<FileError> read_header() {
    auto header = read_csv_header(rows_, settings_, wanted_);
    if (!header) return std::move(header.error());
    header_ = std::move(*header);
    return std::nullopt;
  }

  std::string missing_columns() const override {
    return ingest::missing_columns(header_, wanted_, settings_.delimiter);
  }

  bool next(Sink& sink) override {
    while (!rows_.at_end()) {
      const CsvRowState state = rows_.next();
      if (records_.give(rows_, state, sink)) return true;
    }
    return false;
  }

 private:
  SourceSettings settings_;
  const WantedKeys& wanted_;
  CsvRows rows_;
  CsvHeader header_;
  CsvRecords records_;
};

}  // namespace

tl::expected<std::unique_ptr<Source>, FileError> open_csv(const SourceSettings& settings, std::istream& stream,
                                                          const WantedKeys& wanted) {
  auto source = std::make_unique<CsvSource>(settings, stream, wanted);
  if (auto error = source->read_header()) return tl::unexpected(std::move(*error));
  return source;
}

}  // namespace muster::ingest

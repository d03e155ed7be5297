// SPDX-License-Identifier: Apache-2.0
// A record a row, its keys the cells of the header. An empty cell is null, a quoted empty one the empty text; a
// short row's cells are null, a long row is unreadable. Blank lines are passed over.
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/similar_name.h"
#include "base/unicode_text.h"
#include "runtime/ingest/csv_rows.h"
#include "runtime/ingest/source.h"

namespace muster::ingest {
namespace {

class CsvSource final : public Source {
 public:
  CsvSource(const SourceSettings& settings, std::istream& stream, const WantedKeys& wanted)
      : settings_(settings), wanted_(wanted), rows_(stream, settings.delimiter, settings.options) {}

  std::optional<FileError> read_header() {
    if (settings_.delimiter == '"' || settings_.delimiter == '\n' || settings_.delimiter == '\r') {
      return error("the delimiter can be neither a quote nor a line end");
    }
    while (!rows_.at_end()) {
      const CsvRowState state = rows_.next();
      if (state == CsvRowState::blank) continue;
      if (state != CsvRowState::good) return error(trouble(state));
      return take_header();
    }
    return std::nullopt;
  }

  std::string missing_columns() const override {
    std::string missing;
    if (header_.empty()) return missing;  // an empty file, which is told on its own
    for (const std::string& name : wanted_.expected()) {
      if (std::find(header_.begin(), header_.end(), name) != header_.end()) continue;
      missing += fmt::format("{}`{}`", missing.empty() ? "" : ", ", base::with_valid_utf8(name));
      if (const auto near = base::similar_name(name, header_)) missing += fmt::format(" (did you mean `{}`?)", *near);
    }
    return missing;
  }

  bool next(Sink& sink) override {
    while (!rows_.at_end()) {
      const CsvRowState state = rows_.next();
      if (state == CsvRowState::blank) continue;
      if (state != CsvRowState::good) {
        sink.broken({rows_.line(), trouble(state), Broken::Extent::record});
      } else if (rows_.size() > columns_) {
        sink.broken({rows_.line(),
                     fmt::format("the row has {} cells, the header only {}: quote a cell that holds `{}`", rows_.size(),
                                 columns_, settings_.delimiter),
                     Broken::Extent::record});
      } else {
        give_row(sink);
      }
      return true;
    }
    return false;
  }

 private:
  struct Column {
    std::size_t index = 0;
    std::string name;
  };

  std::optional<FileError> take_header() {
    columns_ = rows_.size();
    std::map<std::string, std::size_t, std::less<>> seen;
    for (std::size_t each = 0; each < columns_; ++each) {
      std::string name(rows_.text(each));
      header_.push_back(base::with_valid_utf8(name));
      // Nothing can mean a column without a name, so there may be several.
      if (name.empty()) continue;
      if (!seen.emplace(name, each).second) {
        return error(
            fmt::format("the header `{}` stands twice: rename one of the columns", base::with_valid_utf8(name)));
      }
      if (wanted_.child(WantedKeys::kRecord, name) != kUnwanted) used_.push_back({each, std::move(name)});
    }
    return std::nullopt;
  }

  void give_row(Sink& sink) {
    record_.line = rows_.line();
    record_.nodes.clear();
    record_.nodes.push_back({{Shape::object, false, false, {}}, {}, static_cast<NodeId>(used_.size() + 1)});
    for (const Column& column : used_) {
      Spelling cell{Shape::null, false, true, {}};
      if (column.index < rows_.size()) {
        cell.text = rows_.text(column.index);
        if (!cell.text.empty() || rows_.is_quoted(column.index)) cell.shape = Shape::text;
      }
      record_.nodes.push_back({cell, column.name, static_cast<NodeId>(record_.nodes.size() + 1)});
    }
    sink.record(record_);
  }

  std::string trouble(CsvRowState state) const {
    switch (state) {
      case CsvRowState::too_long:
        return fmt::format("the record is longer than {} bytes", settings_.options.limits.record_bytes);
      case CsvRowState::ruined: return "there is text behind a closing quote: write a quote inside a cell twice";
      case CsvRowState::unclosed: return "a quote is not closed";
      case CsvRowState::good:
      case CsvRowState::blank: break;
    }
    return {};
  }

  FileError error(std::string message) const { return {settings_.shown_name, rows_.line(), std::move(message)}; }

  SourceSettings settings_;
  const WantedKeys& wanted_;
  CsvRows rows_;
  std::size_t columns_ = 0;
  std::vector<std::string> header_;
  std::vector<Column> used_;
  Spellings record_;
};

}  // namespace

tl::expected<std::unique_ptr<Source>, FileError> open_csv(const SourceSettings& settings, std::istream& stream,
                                                          const WantedKeys& wanted) {
  auto source = std::make_unique<CsvSource>(settings, stream, wanted);
  if (auto error = source->read_header()) return tl::unexpected(std::move(*error));
  return source;
}

}  // namespace muster::ingest

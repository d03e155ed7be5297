// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/csv_records.h"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "base/similar_name.h"
#include "base/unicode_text.h"
#include "runtime/ingest/mistaken_file.h"

namespace muster::ingest {
namespace {

tl::unexpected<FileError> error(const CsvRows& rows, const SourceSettings& settings, std::string message) {
  return tl::unexpected(FileError{settings.shown_name, rows.line(), std::move(message)});
}

tl::expected<CsvHeader, FileError> header_of(const CsvRows& rows, const SourceSettings& settings,
                                             const WantedKeys& wanted) {
  CsvHeader header;
  std::map<std::string, std::size_t, std::less<>> seen;
  for (std::size_t each = 0; each < rows.size(); ++each) {
    std::string name(rows.text(each));
    header.names.push_back(base::with_valid_utf8(name));
    // Nothing can mean a column without a name, so there may be several.
    if (name.empty()) continue;
    if (!seen.emplace(name, each).second) {
      return error(rows, settings,
                   fmt::format("the header `{}` stands twice: rename one of the columns", base::with_valid_utf8(name)));
    }
    if (wanted.child(WantedKeys::kRecord, name) != kUnwanted) header.used.push_back({each, std::move(name)});
  }
  return header;
}

// Empty where the header looks like what it was read as.
std::string other_delimiter(const CsvHeader& header, char delimiter) {
  if (header.names.size() != 1) return {};
  const auto other = seeming_delimiter(header.names.front(), delimiter);
  if (!other) return {};
  return fmt::format("`{}` looks like several columns, for which the source needs `delimiter {}`", header.names.front(),
                     *other);
}

}  // namespace

tl::expected<CsvHeader, FileError> read_csv_header(CsvRows& rows, const SourceSettings& settings,
                                                   const WantedKeys& wanted) {
  if (settings.delimiter == '"' || settings.delimiter == '\n' || settings.delimiter == '\r')
    return error(rows, settings, "the delimiter can be neither a quote nor a line end");
  while (!rows.at_end()) {
    const CsvRowState state = rows.next();
    if (state == CsvRowState::blank || state == CsvRowState::cut_off) continue;
    if (state != CsvRowState::good) return error(rows, settings, csv_trouble(state, settings.options));
    if (is_utf16(rows.text(0))) return error(rows, settings, kIsUtf16);
    return header_of(rows, settings, wanted);
  }
  return CsvHeader{};
}

std::string missing_columns(const CsvHeader& header, const WantedKeys& wanted, char delimiter) {
  std::string missing;
  if (header.names.empty()) return missing;  // an empty file, which is told on its own
  const std::string other = other_delimiter(header, delimiter);
  for (const std::string& name : wanted.expected()) {
    if (std::find(header.names.begin(), header.names.end(), name) != header.names.end()) continue;
    missing += fmt::format("{}`{}`", missing.empty() ? "" : ", ", base::with_valid_utf8(name));
    const auto near = other.empty() ? base::similar_name(name, header.names) : std::nullopt;
    if (near) missing += fmt::format(" (did you mean `{}`?)", *near);
  }
  if (!missing.empty() && !other.empty()) missing += ": " + other;
  return missing;
}

bool CsvRecords::give(const CsvRows& rows, CsvRowState state, Sink& sink) {
  if (state == CsvRowState::blank || state == CsvRowState::cut_off) return false;
  if (state != CsvRowState::good) {
    sink.broken({rows.line(), csv_trouble(state, settings_.options), Broken::Extent::record});
  } else if (rows.size() > header_.names.size()) {
    sink.broken({rows.line(), too_many_cells(rows.size()), Broken::Extent::record});
  } else {
    give_row(rows, sink);
  }
  return true;
}

std::string CsvRecords::too_many_cells(std::size_t cells) const {
  const std::string message = fmt::format("the row has {} cells, the header only {}: ", cells, header_.names.size());
  const std::string other = other_delimiter(header_, settings_.delimiter);
  if (!other.empty()) return message + other;
  return message + fmt::format("quote a cell that holds `{}`", settings_.delimiter);
}

void CsvRecords::give_row(const CsvRows& rows, Sink& sink) {
  record_.line = rows.line();
  record_.nodes.clear();
  record_.nodes.push_back({{Shape::object, false, false, {}}, {}, static_cast<NodeId>(header_.used.size() + 1)});
  for (const CsvHeader::Column& column : header_.used) {
    Spelling cell{Shape::null, false, true, {}};
    if (column.index < rows.size()) {
      cell.text = rows.text(column.index);
      if (!cell.text.empty() || rows.is_quoted(column.index)) cell.shape = Shape::text;
    }
    record_.nodes.push_back({cell, column.name, static_cast<NodeId>(record_.nodes.size() + 1)});
  }
  sink.record(record_);
}

std::string csv_trouble(CsvRowState state, const Options& options) {
  switch (state) {
    case CsvRowState::too_long: return too_long(options.limits);
    case CsvRowState::ruined: return "there is text behind a closing quote: write a quote inside a cell twice";
    case CsvRowState::unclosed: return "a quote is not closed";
    case CsvRowState::good:
    case CsvRowState::blank:
    case CsvRowState::cut_off: break;
  }
  return {};
}

}  // namespace muster::ingest

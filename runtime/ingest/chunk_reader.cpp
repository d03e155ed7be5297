// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/chunk_reader.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "runtime/ingest/record_ends.h"

namespace muster::ingest {
namespace {

// As often in one file as CsvRows: a quote that is never closed costs its line alone.
constexpr int kFreshStarts = 16;
constexpr std::size_t kRecordsAtOnce = 4096;

// NDJSON and CSV: cut behind the last record that is whole.
class CutText final : public ChunkReader {
 public:
  CutText(Portfolio& portfolio, std::uint32_t file, std::size_t chunk_bytes)
      : portfolio_(portfolio),
        file_(file),
        stream_(portfolio.stream(file)),
        settings_(portfolio.source_settings(file)),
        wanted_(portfolio.wanted()),
        block_(std::max(chunk_bytes, std::size_t{4})) {}

  // What stands behind it in the same chunk is given first.
  std::optional<FileError> read_header() {
    read_more(rest_);
    if (rest_.text().starts_with("\xEF\xBB\xBF")) replace_text(rest_, 3);
    while (cut(first_)) {
      if (!first_.records.empty()) {
        const Chunk::Record& record = first_.records.front();
        has_first_ = record.line == 0;  // the stream is bad: no file without a header, but one without records
        if (has_first_) break;
        return FileError{settings_.shown_name, record.line, *record.trouble};
      }
      CsvRows rows(first_.bytes.text(), first_.first_line, settings_.delimiter, settings_.options);
      auto header = read_csv_header(rows, settings_, wanted_);
      if (!header) return std::move(header.error());
      if (header->names.empty()) continue;
      header_ = std::move(*header);
      missing_columns_ = ingest::missing_columns(header_, wanted_, settings_.delimiter);
      first_.first_line = rows.next_line();
      replace_text(first_.bytes, rows.position());
      has_first_ = true;
      break;
    }
    return std::nullopt;
  }

  bool next(Chunk& chunk) override {
    if (std::exchange(has_first_, false)) {
      std::swap(chunk, first_);
    } else if (!cut(chunk)) {
      return false;
    }
    chunk.number = number_++;
    chunk.bytes.pad();
    return true;
  }

 private:
  bool cut(Chunk& chunk) {
    chunk.clear();
    chunk.first_line = line_;
    // The chunk's own memory may still be near the processor.
    chunk.bytes.append(rest_.text());
    rest_.resize(0);
    const bool is_lines = settings_.kind == typed::SourceKind::ndjson;
    RecordEnds ends(settings_.kind, settings_.delimiter);
    while (true) {
      if (chunk.bytes.size() < block_ || ends.end() == 0) read_more(chunk.bytes);
      while (ends.next(chunk.bytes.text())) {
        if (is_lines) chunk.line_ends.push_back(ends.end());
      }
      if (at_end_ && stream_.bad()) return drop_half(chunk, ends.end());
      if (ends.end() > 0 && !(at_end_ && !ends.is_quoted())) return keep_rest(chunk, ends.end(), ends.lines());
      if (at_end_) break;
      if (chunk.bytes.size() > settings_.options.limits.record_bytes) return pass_over(chunk, ends);
    }
    if (chunk.bytes.size() == 0) return tell_of_stream(chunk);
    if (!ends.is_quoted()) return true;  // whether a line end stands at the end or not
    return give_up_quote(chunk);
  }

  // So many bytes of the chunk are whole records; the others are for the next.
  bool keep_rest(Chunk& chunk, std::size_t size, std::uint32_t lines) {
    rest_.append(chunk.bytes.text().substr(size));
    chunk.bytes.resize(size);
    line_ += lines;
    return true;
  }

  // What was cut off with the stream is no record, even if it looks like one.
  bool drop_half(Chunk& chunk, std::size_t whole) {
    chunk.bytes.resize(whole);
    return whole > 0 || tell_of_stream(chunk);
  }

  // A record that is too long, of which the chunk holds the beginning.
  bool pass_over(Chunk& chunk, RecordEnds& ends) {
    do {
      ends.drop_text();
      chunk.bytes.resize(0);
      read_more(chunk.bytes);
    } while (!ends.next(chunk.bytes.text()) && !at_end_);
    if (ends.end() == 0 && stream_.bad()) return drop_half(chunk, 0);
    if (ends.end() > 0) rest_.append(chunk.bytes.text().substr(ends.end()));
    return trouble(chunk, too_long(settings_.options.limits), ends.lines());
  }

  // The last row has a quote that isn't closed; there is nothing before it in the chunk.
  bool give_up_quote(Chunk& chunk) {
    if (chunk.bytes.size() > settings_.options.limits.record_bytes)
      return trouble(chunk, too_long(settings_.options.limits), 0);
    const std::size_t line_end = chunk.bytes.text().find('\n');
    if (line_end != std::string_view::npos && fresh_starts_ < kFreshStarts) {
      ++fresh_starts_;
      rest_.append(chunk.bytes.text().substr(line_end + 1));
    }
    return trouble(chunk, csv_trouble(CsvRowState::unclosed, settings_.options), 1);
  }

  bool tell_of_stream(Chunk& chunk) {
    if (!stream_.bad() || std::exchange(told_of_stream_, true)) return false;
    line_ = 0;
    return trouble(chunk, portfolio_.unread_rest(file_), 0);
  }

  // A record on the first line of the chunk, which is all there is in it.
  bool trouble(Chunk& chunk, std::string message, std::uint32_t lines) {
    chunk.bytes.resize(0);
    chunk.kind = Chunk::Kind::records;
    chunk.records.push_back({0, 0, line_, std::move(message)});
    line_ += lines;
    return true;
  }

  // As much as is there, a block at most. Waits only where nothing is: who writes a record into a pipe may want to know
  // of it before he writes the next.
  void read_more(ChunkBytes& bytes) {
    const std::size_t before = bytes.size();
    std::size_t count = 0;
    bytes.resize(before + block_);
    while (stream_ && count < block_) {
      std::streamsize there = stream_.rdbuf()->in_avail();
      if (there <= 0) {
        if (count > 0 || stream_.peek() == std::istream::traits_type::eof()) break;
        there = std::max<std::streamsize>(stream_.rdbuf()->in_avail(), 1);
      }
      const auto room = static_cast<std::streamsize>(block_ - count);
      stream_.read(bytes.data() + before + count, std::min(there, room));
      count += static_cast<std::size_t>(stream_.gcount());
    }
    bytes.resize(before + count);
    at_end_ = count == 0;
  }

  static void replace_text(ChunkBytes& bytes, std::size_t begin) {
    const std::string kept(bytes.text().substr(begin));
    bytes.resize(0);
    bytes.append(kept);
  }

  Portfolio& portfolio_;
  std::uint32_t file_;
  std::istream& stream_;
  SourceSettings settings_;
  const WantedKeys& wanted_;
  std::size_t block_;
  ChunkBytes rest_;  // begins with a record, on `line_`
  std::uint32_t line_ = 1;
  std::uint64_t number_ = 0;
  Chunk first_;
  bool has_first_ = false;
  bool at_end_ = false;
  bool told_of_stream_ = false;
  int fresh_starts_ = 0;
};

// Everything else: records as their source gives them.
class CutOutRecords final : public ChunkReader, private Sink {
 public:
  CutOutRecords(Portfolio& portfolio, std::uint32_t file, std::size_t chunk_bytes)
      : portfolio_(portfolio), file_(file), chunk_bytes_(chunk_bytes) {}

  std::optional<FileError> start() {
    auto source = open_source(portfolio_.source_settings(file_), portfolio_.stream(file_), portfolio_.wanted());
    if (!source) return std::move(source.error());
    source_ = std::move(*source);
    return std::nullopt;
  }

  bool next(Chunk& chunk) override {
    chunk.clear();
    chunk.kind = Chunk::Kind::records;
    chunk_ = &chunk;
    while (chunk.bytes.size() < chunk_bytes_ && chunk.records.size() < kRecordsAtOnce && source_->next(*this)) {
    }
    if (chunk.records.empty() && portfolio_.stream(file_).bad() && !std::exchange(told_of_stream_, true))
      broken({0, portfolio_.unread_rest(file_), Broken::Extent::rest});
    if (chunk.records.empty()) return false;
    chunk.first_line = chunk.records.front().line;
    chunk.number = number_++;
    chunk.bytes.pad();
    return true;
  }

 private:
  void record(const Spellings& record) override {
    const std::string_view text = record[0].spelling.text;
    chunk_->records.push_back({chunk_->bytes.size(), text.size(), record.line, std::nullopt});
    chunk_->bytes.append(text);
  }
  void broken(const Broken& record) override {
    chunk_->records.push_back({chunk_->bytes.size(), 0, record.line, record.message});
  }

  Portfolio& portfolio_;
  std::uint32_t file_;
  std::size_t chunk_bytes_;
  std::unique_ptr<Source> source_;
  Chunk* chunk_ = nullptr;
  std::uint64_t number_ = 0;
  bool told_of_stream_ = false;
};

}  // namespace

tl::expected<std::unique_ptr<ChunkReader>, FileError> open_chunks(Portfolio& portfolio, std::uint32_t file,
                                                                  std::size_t chunk_bytes) {
  switch (portfolio.source_settings(file).kind) {
    case typed::SourceKind::json: {
      auto reader = std::make_unique<CutOutRecords>(portfolio, file, chunk_bytes);
      if (auto error = reader->start()) return tl::unexpected(std::move(*error));
      return reader;
    }
    case typed::SourceKind::csv: {
      auto reader = std::make_unique<CutText>(portfolio, file, chunk_bytes);
      if (auto error = reader->read_header()) return tl::unexpected(std::move(*error));
      return reader;
    }
    case typed::SourceKind::ndjson: break;
  }
  return std::make_unique<CutText>(portfolio, file, chunk_bytes);
}

}  // namespace muster::ingest

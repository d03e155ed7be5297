// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/chunk_parser.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "runtime/ingest/csv_records.h"
#include "runtime/ingest/join_key.h"
#include "runtime/ingest/json_record.h"
#include "runtime/ingest/ndjson_line.h"
#include "runtime/ingest/problem_tallies.h"
#include "runtime/ingest/quick_cells.h"
#include "runtime/ingest/quick_json.h"
#include "runtime/ingest/subject_reader.h"

namespace muster::ingest {

void ParsedBatch::clear() {
  batch.clear();
  records.clear();
  unreadable.clear();
  quick_subjects = 0;
  problems.clear();
  keys.clear();
  key_texts.clear();
  labels.clear();
  has_label.clear();
  notices.clear();
}

// What one thread reads with.
class ChunkParser::Parsing final : private Sink {
 public:
  Parsing(const Portfolio& portfolio, std::uint32_t file, const CsvHeader& header, const ColumnWriter& writer,
          const ir::Layout& layout, ParserOptions options)
      : portfolio_(portfolio),
        file_(file),
        settings_(portfolio.source_settings(file)),
        writer_(writer),
        options_(options),
        key_(*portfolio.declared().key()),
        json_(portfolio.wanted(), portfolio.options()),
        csv_(header, settings_),
        rows_({}, 1, settings_.delimiter, settings_.options),
        subjects_(portfolio, file) {
    if (settings_.kind == typed::SourceKind::json || options.path != ParserOptions::Path::quick) return;
    plan_ = QuickPlan::make(portfolio, writer, layout);
    if (!plan_) return;
    quick_.emplace(
        portfolio, *plan_, layout,
        options.texts == ParserOptions::Texts::none ? QuickWriter::Texts::none : QuickWriter::Texts::keys_and_labels);
    if (settings_.kind == typed::SourceKind::csv) {
      quick_cells_.emplace(*plan_, *quick_, header, settings_);
    } else {
      quick_json_.emplace(*plan_, *quick_, settings_.options.limits);
    }
  }

  void start(const Chunk& chunk) {
    chunk_ = &chunk;
    at_ = 0;
    line_ = chunk.first_line;
    if (chunk.kind != Chunk::Kind::lines) return;
    if (quick_json_) quick_json_->start(chunk.bytes.text());
    if (quick_cells_) quick_cells_->start(chunk.bytes.text());
  }

  bool next(ParsedBatch& parsed) {
    parsed.clear();
    parsed_ = &parsed;
    list_rows_ = 0;
    if (quick_) quick_->begin(parsed);
    while (!is_full() && read_one()) {
    }
    parsed.notices = subjects_.notices().take();
    return !parsed.records.empty();
  }

  void forget_problems() {
    if (quick_) quick_->forget_problems();
  }

  SubjectRow reread(const Chunk& chunk, const ParsedRecord& record) {
    const std::string_view text = chunk.bytes.text().substr(record.offset, record.size);
    const NoticeBook told = subjects_.notices();
    reread_.emplace();
    if (is_csv(chunk)) {
      CsvRows rows(text, record.line, settings_.delimiter, settings_.options);
      csv_.give(rows, rows.next(), *this);
    } else {
      begin(record.offset, record.size, record.line);
      read_json(text);
    }
    subjects_.notices() = told;
    SubjectRow row = std::get<SubjectRow>(std::move(*reread_));
    reread_.reset();
    return row;
  }

 private:
  bool is_csv(const Chunk& chunk) const {
    return chunk.kind == Chunk::Kind::lines && settings_.kind == typed::SourceKind::csv;
  }
  bool is_full() const {
    return parsed_->batch.subjects() == columns::kBatchRows || list_rows_ >= kListRows ||
           parsed_->unreadable.size() >= columns::kBatchRows;
  }

  // The next record of the chunk, or a blank line; false behind the last.
  bool read_one() {
    if (chunk_->kind == Chunk::Kind::records) return read_cut_out();
    if (at_ == chunk_->bytes.size()) return false;
    return is_csv(*chunk_) ? read_row() : read_line();
  }

  bool read_cut_out() {
    if (at_ == chunk_->records.size()) return false;
    const Chunk::Record& record = chunk_->records[at_++];
    begin(record.offset, record.size, record.line);
    if (record.trouble) {
      broken({record.line, *record.trouble, Broken::Extent::record});
    } else {
      read_json(chunk_->bytes.text().substr(record.offset, record.size));
    }
    return true;
  }

  bool read_line() {
    const std::size_t offset = at_;
    const std::size_t ends_before = line_ - chunk_->first_line;
    const bool is_ended = ends_before < chunk_->line_ends.size();
    at_ = is_ended ? chunk_->line_ends[ends_before] : chunk_->bytes.size();
    const std::string_view line = chunk_->bytes.text().substr(offset, at_ - offset - (is_ended ? 1 : 0));
    const std::uint32_t number = line_++;
    const bool fits = line.size() <= settings_.options.limits.record_bytes;
    if (quick_json_ && fits && quick_json_->read(offset, offset + line.size())) {
      begin(offset, line.size(), number);
      note_quick_subject();
      return true;
    }
    const std::string_view text = without_byte_order_mark(line);
    if (fits && is_blank_line(text)) return true;
    begin(offset + (line.size() - text.size()), text.size(), number);
    if (!fits) {
      broken({number, too_long(settings_.options.limits), Broken::Extent::record});
    } else {
      read_json(text);
    }
    return true;
  }

  bool read_row() {
    const std::size_t offset = at_;
    if (quick_cells_) {
      if (const auto size = quick_cells_->read(offset)) {
        at_ += *size;
        begin(offset, *size, line_++);
        note_quick_subject();
        return true;
      }
    }
    rows_.restart(chunk_->bytes.text().substr(offset), line_);
    const CsvRowState state = rows_.next();
    at_ += rows_.position();
    line_ = rows_.next_line();
    begin(offset, rows_.position(), rows_.line());
    csv_.give(rows_, state, *this);
    return true;
  }

  void read_json(std::string_view text) {
    if (auto message = read_ndjson_line(json_, text, place_.line, record_)) {
      broken({place_.line, std::move(*message), Broken::Extent::record});
    } else {
      record(record_);
    }
  }

  void begin(std::size_t offset, std::size_t size, std::uint32_t line) { place_ = {offset, size, line, false, 0}; }

  void record(const Spellings& record) override {
    Row row = subjects_.read(record);
    if (reread_) {
      reread_ = std::move(row);
    } else if (auto* unreadable = std::get_if<UnreadableRow>(&row)) {
      add_unreadable(std::move(*unreadable));
    } else {
      add_subject(std::get<SubjectRow>(row));
    }
  }

  void broken(const Broken& record) override { add_unreadable({{file_, record.line}, record.message}); }

  void add_unreadable(UnreadableRow row) {
    place_.index = static_cast<std::uint32_t>(parsed_->unreadable.size());
    parsed_->records.push_back(place_);
    parsed_->unreadable.push_back(std::move(row));
  }

  void add_subject(const SubjectRow& subject) {
    const std::uint32_t row = writer_.add_subject(subject.subject, parsed_->batch);
    note_subject(row);
    append_key(parsed_->keys.open(), subject.subject.items[key_].scalar);
    parsed_->keys.close();
    if (options_.texts == ParserOptions::Texts::keys_and_labels) {
      parsed_->key_texts.add(subject.key);
      parsed_->labels.add(subject.label.value_or(""));
      parsed_->has_label.push_back(subject.label.has_value());
    }
    for (const evidence::Problem& problem : subject.problems)
      tally_problem(portfolio_.declared(), row, problem, *parsed_);
  }

  void note_quick_subject() {
    ++parsed_->quick_subjects;
    note_subject(static_cast<std::uint32_t>(parsed_->batch.subjects() - 1));
  }

  void note_subject(std::uint32_t row) {
    place_.is_subject = true;
    place_.index = row;
    parsed_->records.push_back(place_);
    list_rows_ = 0;
    const std::size_t tables = parsed_->batch.layout().tables.size();
    for (ir::TableId table = ir::kSubjectsTable + 1; table < tables; ++table) list_rows_ += parsed_->batch.rows(table);
  }

  const Portfolio& portfolio_;
  std::uint32_t file_;
  SourceSettings settings_;
  const ColumnWriter& writer_;
  ParserOptions options_;
  types::FieldIndex key_;
  JsonRecordReader json_;
  CsvRecords csv_;
  CsvRows rows_;
  SubjectReader subjects_;
  Spellings record_;
  std::optional<QuickPlan> plan_;
  std::optional<QuickWriter> quick_;
  std::optional<QuickJson> quick_json_;    // of NDJSON
  std::optional<QuickCells> quick_cells_;  // of CSV

  const Chunk* chunk_ = nullptr;
  std::size_t at_ = 0;  // in the chunk's bytes or records
  std::uint32_t line_ = 1;
  ParsedBatch* parsed_ = nullptr;
  ParsedRecord place_;
  std::uint64_t list_rows_ = 0;
  std::optional<Row> reread_;  // a record that is read again: it goes here
};

ChunkParser::ChunkParser(const Portfolio& portfolio, std::uint32_t file, const CsvHeader& header,
                         const ColumnWriter& writer, const ir::Layout& layout, ParserOptions options)
    : parsing_(std::make_unique<Parsing>(portfolio, file, header, writer, layout, options)) {}

ChunkParser::~ChunkParser() = default;

void ChunkParser::forget_problems() { parsing_->forget_problems(); }
void ChunkParser::start(const Chunk& chunk) { parsing_->start(chunk); }
bool ChunkParser::next(ParsedBatch& parsed) { return parsing_->next(parsed); }
SubjectRow ChunkParser::reread(const Chunk& chunk, const ParsedRecord& record) {
  return parsing_->reread(chunk, record);
}

}  // namespace muster::ingest

// SPDX-License-Identifier: Apache-2.0
#include "tests/ingest/batches.h"

#include <sstream>

#include <fmt/format.h>

#include "compiler/typed/usage.h"
#include "runtime/ingest/column_writer.h"
#include "runtime/ingest/join_key.h"
#include "runtime/ingest/problem_tallies.h"

namespace muster::ingest {
namespace {

class LayoutMaker {
 public:
  LayoutMaker(const typed::Program& program, const std::vector<std::string>& literals)
      : types_(program.types), literals_(literals) {
    layout.tables.resize(2);
  }

  void fields(ir::TableId table, const ir::Path& path, types::RecordId record) {
    const auto& all = types_.record_at(record).fields;
    for (types::FieldIndex index = 0; index < all.size(); ++index) {
      ir::Path inner = path;
      inner.push_back(index);
      value(table, inner, all[index].type);
    }
  }

  ir::Layout layout;

 private:
  void value(ir::TableId table, const ir::Path& path, types::TypeId type) {
    const types::TypeId inner = types_.without_optional(type);
    if (types_.is_scalar(inner)) {
      layout.columns.push_back({table, path, type, ir::phys_of(types_, inner), true, {}});
      if (inner == types::kText) layout.columns.push_back({table, path, type, ir::Phys::u8, true, literals_});
      return;
    }
    layout.columns.push_back({table, path, type, ir::Phys::bits, false, {}});
    if (types_.is_record(inner)) return fields(table, path, types_.get(inner).id);
    const auto list = static_cast<ir::TableId>(layout.tables.size());
    layout.tables.push_back({table, path, types_.element(inner)});
    value(list, {}, types_.element(inner));
  }

  const types::Table& types_;
  const std::vector<std::string>& literals_;
};

std::string cell(const columns::Batch& batch, ir::ColumnId id, std::uint32_t row) {
  const columns::ColumnData& data = batch.column(id);
  if (data.absent.at(row)) return data.known.at(row) ? "BOTH" : "-";
  const bool is_known = data.known.at(row);
  std::string text = is_known ? "" : "?";
  switch (batch.layout().columns[id].phys) {
    case ir::Phys::bits: return text + (data.yes.at(row) ? "yes" : ".");
    case ir::Phys::u8: return text + std::to_string(data.data.as<std::uint8_t>()[row]);
    case ir::Phys::i32: return text + std::to_string(data.data.as<std::int32_t>()[row]);
    case ir::Phys::i64: return text + std::to_string(data.data.as<std::int64_t>()[row]);
    case ir::Phys::f64: return text + fmt::format("{:a}", data.data.as<double>()[row]);
    case ir::Phys::text: return text + "\"" + std::string(data.data.as<columns::Text>()[row].view()) + "\"";
    case ir::Phys::version: {
      const auto* version = data.data.as<const base::VersionNumber*>()[row];
      return text + (version != nullptr ? base::to_text(*version) : "none");
    }
    case ir::Phys::index: break;
  }
  return text;
}

std::string shown_row(const columns::Batch& batch, ir::TableId table, std::uint32_t row) {
  const ir::Layout& layout = batch.layout();
  std::string text;
  for (ir::ColumnId id = 0; id < layout.columns.size(); ++id) {
    if (layout.columns[id].table == table) text += " " + cell(batch, id, row);
  }
  for (ir::TableId id = ir::kSubjectsTable + 1; id < layout.tables.size(); ++id) {
    if (layout.tables[id].parent != table) continue;
    text += " [";
    for (std::uint32_t each = batch.offsets(id)[row]; each < batch.offsets(id)[row + 1]; ++each)
      text += shown_row(batch, id, each) + ";";
    text += "]";
  }
  return text;
}

std::string shown(const UnreadableRow& row) { return fmt::format("! {} {}", row.origin.line, row.message); }

std::string hex(std::string_view bytes) {
  std::string text;
  for (char each : bytes) text += fmt::format("{:02x}", static_cast<unsigned>(static_cast<unsigned char>(each)));
  return text;
}

// Tallies of several batches as one, as who asks for them does.
class Tallies {
 public:
  void add(const ParsedBatch& parsed) {
    for (const ProblemTally& each : parsed.problems) {
      bool is_new = true;
      for (ProblemTally& known : all_) {
        if (known.field != each.field || known.reason != each.reason) continue;
        known.count += each.count;
        is_new = false;
      }
      if (is_new) all_.push_back(each);
    }
    for (const Notice& each : parsed.notices) notices_.add(each);
  }
  NoticeBook& notices() { return notices_; }
  void tell(std::vector<std::string>& lines) const {
    for (const ProblemTally& each : all_) {
      lines.push_back(fmt::format("{} {} x{} of {} at {}:{} {}", each.field, evidence::name(each.reason), each.count,
                                  each.of, each.origin.file, each.origin.line, each.raw.value_or("nothing")));
    }
    for (const Notice& each : notices_.list())
      lines.push_back(fmt::format("notice {} x{} at {}", each.message, each.count, each.origin.line));
  }

 private:
  std::vector<ProblemTally> all_;
  NoticeBook notices_;
};

// Gives the text and goes bad where it would end.
class BreakingStream final : public std::istream {
 public:
  explicit BreakingStream(const std::string& text) : std::istream(nullptr), buffer_(*this, text) { rdbuf(&buffer_); }

 private:
  class Buffer final : public std::stringbuf {
   public:
    Buffer(std::istream& owner, const std::string& text) : std::stringbuf(text, std::ios::in), owner_(owner) {}

   protected:
    int_type underflow() override {
      const int_type byte = std::stringbuf::underflow();
      if (traits_type::eq_int_type(byte, traits_type::eof())) owner_.setstate(std::ios_base::badbit);
      return byte;
    }

   private:
    std::istream& owner_;
  };

  Buffer buffer_;
};

Inputs inputs_of(const Portfolios& of, const std::string& data) {
  Inputs inputs;
  inputs.subjects.push_back({"data", of.kind, std::make_unique<std::istringstream>(data)});
  if (of.end == Portfolios::End::bad_stream) {
    inputs.subjects.front().stream = std::make_unique<BreakingStream>(data);
    inputs.subjects.front().trouble = [] { return std::string("the disk"); };
  }
  for (std::uint32_t source :
       needed_sources(of.program, of.subject, typed::everything(of.program, of.subject), SubjectInput::given))
    inputs.sources.emplace(source, Input{"data", of.kind, std::make_unique<std::istringstream>(data)});
  return inputs;
}

std::string shown_again(const SubjectRow& subject) {
  std::string text = fmt::format("{} at {}", subject.key, subject.origin.line);
  for (const evidence::Problem& each : subject.problems)
    text +=
        fmt::format(" ; {} {} {} {}", each.field, evidence::name(each.reason), each.raw.value_or(""), each.origin.line);
  return text;
}

}  // namespace

ir::Layout whole_layout(const typed::Program& program, types::RecordId subject,
                        const std::vector<std::string>& literals) {
  LayoutMaker maker(program, literals);
  maker.fields(ir::kSubjectsTable, {}, subject);
  return std::move(maker.layout);
}

std::vector<std::string> Portfolios::in_columns(const std::string& data) const {
  std::vector<std::string> lines;
  auto portfolio =
      Portfolio::open(program, subject, typed::everything(program, subject), inputs_of(*this, data), options);
  if (!portfolio) return {fmt::format("{} {}", portfolio.error().line, portfolio.error().message)};
  auto chunks = open_chunks(**portfolio, 0, chunk_bytes);
  if (!chunks) return {fmt::format("{} {}", chunks.error().line, chunks.error().message)};
  const ir::Layout layout = whole_layout(program, subject, literals);
  const ColumnWriter writer(program.types, layout);
  ChunkParser reading(**portfolio, 0, (*chunks)->header(), writer, layout, parser);
  ParsedBatch parsed(layout);
  Tallies tallies;
  for (const Notice& each : (*portfolio)->notices().list()) tallies.notices().add(each);
  tallies.notices().note_columns((*chunks)->missing_columns(), 0);
  Chunk chunk;
  std::vector<std::string> again;
  while ((*chunks)->next(chunk)) {
    reading.start(chunk);
    while (reading.next(parsed)) {
      for (const ParsedRecord& each : parsed.records) {
        if (each.is_subject) {
          again.push_back(shown_again(reading.reread(chunk, each)));
        } else {
          lines.push_back(shown(parsed.unreadable[each.index]));
          continue;
        }
        std::string line = fmt::format("{} {}", each.line, hex(parsed.keys[each.index]));
        if (parser.texts == ParserOptions::Texts::keys_and_labels) {
          line += fmt::format(" {} {}", parsed.key_texts[each.index],
                              parsed.has_label[each.index] ? parsed.labels[each.index] : "without label");
        }
        lines.push_back(line + shown_row(parsed.batch, ir::kSubjectsTable, each.index));
      }
      tallies.add(parsed);
    }
  }
  tallies.tell(lines);
  lines.insert(lines.end(), again.begin(), again.end());
  return lines;
}

std::uint64_t Portfolios::quick_subjects(const std::string& data) const {
  auto portfolio =
      Portfolio::open(program, subject, typed::everything(program, subject), inputs_of(*this, data), options).value();
  auto chunks = open_chunks(*portfolio, 0, chunk_bytes).value();
  const ir::Layout layout = whole_layout(program, subject, literals);
  const ColumnWriter writer(program.types, layout);
  ChunkParser reading(*portfolio, 0, chunks->header(), writer, layout, parser);
  ParsedBatch parsed(layout);
  std::uint64_t count = 0;
  Chunk chunk;
  while (chunks->next(chunk)) {
    reading.start(chunk);
    while (reading.next(parsed)) count += parsed.quick_subjects;
  }
  return count;
}

std::vector<std::string> Portfolios::by_reader(const std::string& data) const {
  std::vector<std::string> lines, again;
  auto reader = Reader::open(program, subject, typed::everything(program, subject), inputs_of(*this, data), options);
  if (!reader) return {fmt::format("{} {}", reader.error().line, reader.error().message)};
  const ir::Layout layout = whole_layout(program, subject, literals);
  const ColumnWriter writer(program.types, layout);
  ParsedBatch parsed(layout);
  Tallies tallies;
  while (auto row = (*reader)->next()) {
    if (const auto* unreadable = std::get_if<UnreadableRow>(&*row)) {
      lines.push_back(shown(*unreadable));
      continue;
    }
    const auto& good = std::get<SubjectRow>(*row);
    again.push_back(shown_again(good));
    parsed.clear();
    const std::uint32_t index = writer.add_subject(good.subject, parsed.batch);
    std::string key;
    append_key(key, good.subject.items[*program.types.record_at(subject).key()].scalar);
    std::string line = fmt::format("{} {}", good.origin.line, hex(key));
    if (parser.texts == ParserOptions::Texts::keys_and_labels)
      line += fmt::format(" {} {}", good.key, good.label.value_or("without label"));
    lines.push_back(line + shown_row(parsed.batch, ir::kSubjectsTable, index));
    for (const evidence::Problem& each : good.problems)
      tally_problem(program.types.record_at(subject), index, each, parsed);
    tallies.add(parsed);
  }
  for (const Notice& each : (*reader)->notices()) tallies.notices().add(each);
  tallies.tell(lines);
  lines.insert(lines.end(), again.begin(), again.end());
  return lines;
}

}  // namespace muster::ingest

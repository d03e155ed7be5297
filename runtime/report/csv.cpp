// SPDX-License-Identifier: Apache-2.0
// `csv` (RFC 4180, line ends \r\n): a row a subject, a column a criterion. Before the criteria stand subject,
// label, and one column for each gate.NAME, level.NAME (the sure one), level.NAME.possible, score.NAME.low and
// score.NAME.high; behind them show.NAME and error. A criterion that is named as another column is, has its
// column as criterion.NAME. A cell is empty where there is nothing to say.
#include <algorithm>

#include "base/number_text.h"
#include "runtime/report/formats.h"
#include "runtime/report/result_json.h"
#include "runtime/report/selection.h"

namespace muster::report {

namespace {

using verdicts::Need;

class CsvWriter final : public Writer {
 public:
  CsvWriter(const Context& context, const Selection& selection, std::ostream& out)
      : context_(context), picker_(context, selection), out_(out) {}

  Need needs(const verdicts::SubjectResult& result, std::uint64_t) override {
    return picker_.may_take(result) ? Need::result : Need::nothing;
  }

  void add(const verdicts::Outcome& outcome) override {
    if (!picker_.takes(outcome)) return;
    write_header_once();
    if (const auto* result = std::get_if<verdicts::SubjectResult>(&outcome)) {
      write_row(subject_cells(*result));
    } else {
      const auto& unreadable = std::get<verdicts::UnreadableRecord>(outcome);
      std::vector<std::string> cells(columns_);
      const std::string source = source_text(*context_.file_names, unreadable.origin);
      cells.back() = source.empty() ? unreadable.message : source + ": " + unreadable.message;
      write_row(cells);
    }
  }

  void finish(const verdicts::Tally&) override {
    write_header_once();
    out_.flush();
  }

 private:
  void write_header_once();
  std::vector<std::string> subject_cells(const verdicts::SubjectResult& result) const;
  void write_row(const std::vector<std::string>& cells);

  const Context& context_;
  Picker picker_;
  std::ostream& out_;
  std::size_t columns_ = 0;  // 0: the header has not been written
};

void CsvWriter::write_header_once() {
  if (columns_ != 0) return;
  const typed::Policy& policy = *context_.policy;
  std::vector<std::string> before{"subject", "label"};
  for (const auto& gate : policy.gates) before.push_back("gate." + gate.name);
  for (const auto& levels : policy.levels) {
    before.push_back("level." + levels.name);
    before.push_back("level." + levels.name + ".possible");
  }
  for (const auto& score : policy.scores) {
    before.push_back("score." + score.name + ".low");
    before.push_back("score." + score.name + ".high");
  }
  std::vector<std::string> behind;
  for (const auto& show : policy.shows) behind.push_back("show." + show.name);
  behind.push_back("error");

  std::vector<std::string> header = before;
  for (const auto& criterion : policy.criteria) {
    const auto names = [&](const std::vector<std::string>& columns) {
      return std::find(columns.begin(), columns.end(), criterion.name) != columns.end();
    };
    header.push_back(names(before) || names(behind) ? "criterion." + criterion.name : criterion.name);
  }
  header.insert(header.end(), behind.begin(), behind.end());
  columns_ = header.size();
  write_row(header);
}

// As people read it: percents with their sign, lists parted by `; `.
std::string shown_text(const typed::Program& program, const verdicts::ShownValue& value) {
  if (value.state != evidence::State::known) return {};
  if (!program.types.is_list(value.type)) return types::to_text(program.types, value.type, value.scalar);
  std::string text;
  for (const auto& item : value.items) {
    if (!text.empty()) text += "; ";
    text += item.state == evidence::State::unknown ? "?" : shown_text(program, item);
  }
  return text;
}

std::vector<std::string> CsvWriter::subject_cells(const verdicts::SubjectResult& result) const {
  const typed::Policy& policy = *context_.policy;
  std::vector<std::string> cells{result.key, result.label.value_or("")};
  for (const auto truth : result.gates) cells.emplace_back(verdicts::name(verdicts::verdict(truth)));
  for (std::size_t i = 0; i < result.levels.size(); ++i) {
    for (const auto level : {result.levels[i].sure, result.levels[i].possible}) {
      cells.push_back(level ? policy.gates[policy.levels[i].gates[*level]].name : "");
    }
  }
  for (const auto& score : result.scores) {
    cells.push_back(score.has_value ? base::to_text(score.low) : "");
    cells.push_back(score.has_value ? base::to_text(score.high) : "");
  }
  for (const auto& criterion : result.criteria) cells.emplace_back(verdicts::name(criterion.status));
  for (const auto& value : result.shows) cells.push_back(shown_text(*context_.program, value));
  cells.emplace_back();
  return cells;
}

void CsvWriter::write_row(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i != 0) line += ',';
    if (cells[i].find_first_of(",\"\r\n") == std::string::npos) {
      line += cells[i];
      continue;
    }
    line += '"';
    for (const char character : cells[i]) {
      if (character == '"') line += '"';
      line += character;
    }
    line += '"';
  }
  line += "\r\n";
  out_.write(line.data(), static_cast<std::streamsize>(line.size()));
}

}  // namespace

std::unique_ptr<Writer> make_csv(const Context& context, const Selection& selection, std::ostream& out) {
  return std::make_unique<CsvWriter>(context, selection, out);
}

}  // namespace muster::report

// SPDX-License-Identifier: Apache-2.0
// The quick way from rows of CSV to columns and the way through data give the same, whatever the cells hold.
#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "tests/ingest/batches.h"
#include "tests/ingest/reading.h"

namespace muster::ingest {
namespace {

class QuickCellsTest : public testing::Test {
 protected:
  QuickCellsTest() {
    auto& record = shapes.types().record_at(subject);
    record.fields[1].is_label = true;
    record.fields[3].range = types::Range{std::int64_t{0}, std::int64_t{100}};
  }

  void expect_same(const std::string& data) {
    Portfolios portfolios{shapes.program, subject, typed::SourceKind::csv};
    portfolios.options.limits.record_bytes = 300;
    const auto expected = portfolios.by_reader(data);
    for (const std::size_t bytes : {std::size_t{100}, std::size_t{1} << 20}) {
      portfolios.chunk_bytes = bytes;
      ASSERT_EQ(portfolios.in_columns(data), expected) << data;
    }
  }

  Shapes shapes;
  types::RecordId part = shapes.record(types::RecordKind::record, "Part", {field("n", types::kInt)});
  types::RecordId subject =
      shapes.subject({field("id", types::kText), field("title", shapes.maybe(types::kText)), field("b", types::kBool),
                      field("n", types::kInt), field("x", shapes.maybe(types::kNumber)), field("p", types::kPercent),
                      field("launch_date", types::kDate), field("v", types::kVersion),
                      field("plan", shapes.one_of({{"basic", {"Basic", "B"}, {}}, {"gold", {}, {}}})),
                      field("part", shapes.maybe(shapes.type(part))), field("tags", shapes.list(types::kText))});
};

class RandomRows {
 public:
  explicit RandomRows(unsigned seed) : random_(seed) {}

  std::string rows(int count) {
    std::vector<std::string> header = {"id", "title", "b", "n", "x", "p", "launch-date", "v", "plan", "unread", ""};
    if (one_in(3)) header.push_back("part");
    if (one_in(3)) header.push_back("tags");
    if (one_in(5)) header.push_back("launchDate");
    if (one_in(2)) std::shuffle(header.begin(), header.end(), random_);
    std::string text = row(header);
    for (int each = 0; each < count; ++each) {
      std::vector<std::string> cells;
      for (const std::string& name : header) cells.push_back(cell(name));
      if (one_in(10)) cells.resize(1 + random_() % cells.size());
      if (one_in(30)) cells.push_back("one more");
      text += row(cells);
      if (one_in(20)) text += one_in(2) ? "\n" : "\r\n";
    }
    if (one_in(3)) text.pop_back();
    return text;
  }

 private:
  bool one_in(unsigned count) { return random_() % count == 0; }
  std::string one_of(const std::vector<const char*>& all) { return all[random_() % all.size()]; }

  std::string row(const std::vector<std::string>& cells) {
    std::string text;
    for (const std::string& each : cells) text += each + ",";
    text.pop_back();
    return text + (one_in(8) ? "\r\n" : "\n");
  }

  std::string cell(const std::string& name) {
    if (one_in(15)) return "";
    if (one_in(20)) return one_of({"\"quoted\"", "\"a, b\"", "\"a\nb\"", "\"\"", "a \"b\" c", "\"a\"b"});
    if (one_in(100)) return "broken \xFF";
    if (one_in(20)) return one_of({"soon", " ", "null", "caf\xC3\xA9", "a long text of many letters and blanks"});
    if (name == "id") return "key " + std::to_string(random_() % 1000);
    if (name == "b") return one_of({"true", "false", "yes", "1", " true", "TRUE"});
    if (name == "launch-date" || name == "launchDate")
      return one_of(
          {"2026-11-23", "2024-02-29", "2026-02-29", "1899-12-31", "2156-01-01", "0001-01-01", " 2026-11-23 "});
    if (name == "v") return one_of({"1.2.3", "v2"});
    if (name == "plan") return one_of({"B", "Basic", "gold", "basic", " gold", "Gold"});
    return one_of({"0", "7", "-1", "100", "101", "1.5", "80%", "+5", "0012", "1e2", " 5 ", "12345678", "123456789"});
  }

  std::mt19937 random_;
};

TEST_F(QuickCellsTest, RandomRows) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    expect_same(RandomRows(seed).rows(20));
    if (HasFatalFailure()) return;
  }
}

TEST_F(QuickCellsTest, MostRowsGoThatWay) {
  std::string data = "id,title,n\n";
  for (int row = 0; row < 100; ++row) data += "a,b," + std::to_string(row * 3) + "\n";
  const Portfolios portfolios{shapes.program, subject, typed::SourceKind::csv};
  // The first value that doesn't fit is told by the other way.
  EXPECT_EQ(portfolios.quick_subjects(data), 99u);
}

}  // namespace
}  // namespace muster::ingest

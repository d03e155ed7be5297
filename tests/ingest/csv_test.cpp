// SPDX-License-Identifier: Apache-2.0
// CSV: cells, quotes, line ends and what makes a row or a file unreadable.
#include <gtest/gtest.h>

#include "tests/ingest/reading.h"

namespace muster::ingest {
namespace {

using Lines = std::vector<std::string>;

class Csv : public testing::Test {
 protected:
  Shapes shapes;
  types::RecordId subject = shapes.subject({field("id", types::kText), field("go_live", types::kText)});

  Read read_csv(std::string data, const Options& options = {}) {
    return read(shapes.program, subject, {std::move(data), typed::SourceKind::csv}, options);
  }
  Lines rows(std::string data) { return read_csv(std::move(data)).rows; }
};

TEST_F(Csv, CellsQuotesAndLineEnds) {
  EXPECT_EQ(
      rows("\xEF\xBB\xBFid,goLive\r\na, x \r\n\"b\",\"x,\"\"y\"\"\r\nz\"\r\n\r\nc\r\nd,\"\"\ne,5\"6"),
      (Lines{"a {id: \"a\", go_live: \" x \"}", "b {id: \"b\", go_live: \"x,\"y\"\r\nz\"}",
             "c {id: \"c\", go_live: ?missing}", "d {id: \"d\", go_live: \"\"}", "e {id: \"e\", go_live: \"5\"6\"}"}));
}

TEST_F(Csv, AColumnThatIsNotThereIsMissing) { EXPECT_EQ(rows("id\na\n"), (Lines{"a {id: \"a\", go_live: ?missing}"})); }

TEST_F(Csv, BrokenRowsAreErrorsOnTheirFirstLine) {
  EXPECT_EQ(rows("id,go_live\na,\"x\"y\nb,1,2\n,1\n\"c\",\"two\nlines\"\n\"d\",x\n"),
            (Lines{"! data:2 there is text behind a closing quote: write a quote inside a cell twice",
                   "! data:3 the row has 3 cells, the header only 2: quote a cell that holds `,`",
                   "! data:4 no readable key: every record needs `id`, and here it is missing or null",
                   "c {id: \"c\", go_live: \"two\nlines\"}", "d {id: \"d\", go_live: \"x\"}"}));
}

TEST_F(Csv, AnUnclosedQuoteCostsOnlyItsLine) {
  EXPECT_EQ(
      rows("id,go_live\na,\"x\nb,y\nc,z\n"),
      (Lines{"! data:2 a quote is not closed", "b {id: \"b\", go_live: \"y\"}", "c {id: \"c\", go_live: \"z\"}"}));
  EXPECT_EQ(rows("id,go_live\na,\"x"), (Lines{"! data:2 a quote is not closed"}));
}

TEST_F(Csv, RereadingTheRestIsBounded) {
  std::string data = "id,go_live\n";
  for (int line = 0; line < 100; ++line) data += "a\",\"\"\"\n";
  EXPECT_EQ(rows(data).size(), 17u);
}

TEST_F(Csv, ARowHasALimit) {
  Options options;
  options.limits.record_bytes = 12;
  EXPECT_EQ(read_csv("id,go_live\na,\"1234567890\"\nb,x\n", options).rows,
            (Lines{"! data:2 the record is longer than 12 bytes", "b {id: \"b\", go_live: \"x\"}"}));
}

TEST_F(Csv, AHeaderThatStandsTwiceIsAnErrorOfTheRun) {
  EXPECT_EQ(read_csv("\nid,x,x\n").error, "data:2 the header `x` stands twice: rename one of the columns");
  EXPECT_EQ(read_csv("id,,\na\n").rows, (Lines{"a {id: \"a\", go_live: ?missing}"}));
  EXPECT_EQ(read_csv("\"id\n").error, "data:1 a quote is not closed");
  EXPECT_EQ(read_csv("").rows, Lines{});
}

}  // namespace
}  // namespace muster::ingest

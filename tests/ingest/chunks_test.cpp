// SPDX-License-Identifier: Apache-2.0
// A portfolio in chunks and batches is what it is record by record, wherever it is cut.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>

#include "tests/ingest/batches.h"
#include "tests/ingest/reading.h"

namespace muster::ingest {
namespace {

class Chunks : public testing::Test {
 protected:
  Chunks() { shapes.types().record_at(subject).fields[0].is_key = true; }

  void expect_same(typed::SourceKind kind, const std::string& data, std::uint64_t record_bytes = 1 << 20) {
    Portfolios portfolios{shapes.program, subject, kind};
    portfolios.options.limits.record_bytes = record_bytes;
    portfolios.options.read_ahead_bytes = 7;
    const auto expected = portfolios.by_reader(data);
    for (std::size_t bytes = 4; bytes <= data.size() + 5; ++bytes) {
      portfolios.chunk_bytes = bytes;
      ASSERT_EQ(portfolios.in_columns(data), expected) << bytes << " bytes a chunk of\n" << data;
    }
  }

  Shapes shapes;
  types::RecordId part =
      shapes.record(types::RecordKind::record, "Part", {field("n", types::kInt), field("b", types::kBool)});
  types::RecordId subject =
      shapes.subject({field("id", types::kText), field("n", shapes.maybe(types::kInt)),
                      field("parts", shapes.list(shapes.type(part))), field("tags", shapes.list(types::kText))});
};

TEST_F(Chunks, LinesOfJson) {
  expect_same(typed::SourceKind::ndjson,
              "\xEF\xBB\xBF{\"id\":\"a\",\"n\":1}\r\n\n{\"id\":\"b\",\"n\":\"x\",\"parts\":[{\"n\":1},{\"n\":\"y\"}]}\n"
              "nothing\n \n{\"id\":\"c\",\"id\":\"d\"}\n{\"n\":1}\n{\"id\":\"e\",\"tags\":[\"p\",\"q\",3]}");
  expect_same(typed::SourceKind::ndjson, "");
  expect_same(typed::SourceKind::ndjson, "\n\n");
}

TEST_F(Chunks, LinesThatAreTooLong) {
  expect_same(typed::SourceKind::ndjson,
              "{\"id\":\"a\"}\n{\"id\":\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"}\n{\"id\":\"c\"}\n          "
              "                  \n{\"id\":\"d\"}\n{\"id\":\"eeeeeeeeeeeeeeeeeeeeeeeeeeeee",
              20);
}

TEST_F(Chunks, RowsOfCells) {
  expect_same(typed::SourceKind::csv,
              "\xEF\xBB\xBF\r\nid,n,x\na,1,\"q\"\"uo,te\nd\"\n\nb,x\r\n\"c\",\"\",\"a\nb\n\nc\"\nd,1,2,3\n\"e\"f\n"
              "g,\"h\ni,1\nj,2");
  expect_same(typed::SourceKind::csv, "");
  expect_same(typed::SourceKind::csv, "id,n");
  expect_same(typed::SourceKind::csv, "id,\"n\n1,2\n");
  expect_same(typed::SourceKind::csv, "id,id\n1,2\n");
  expect_same(typed::SourceKind::csv, "n\n1\n");
}

TEST_F(Chunks, RowsThatAreTooLongOrNeverEnd) {
  expect_same(typed::SourceKind::csv, "id,n\na,\"1111\n11111111111111111111\n1111111\"\nb,2\nc,3\n", 15);
  expect_same(typed::SourceKind::csv, "id,n\na,1\nb,\"11111\n1111111\n11111\nc,3\n", 15);
  std::string many = "id,n\n";
  for (int row = 0; row < 20; ++row) many += "a,\"1\n";
  expect_same(typed::SourceKind::csv, many);
}

TEST_F(Chunks, ElementsOfAList) {
  expect_same(typed::SourceKind::json, "[{\"id\":\"a\",\n\"n\":1},\n {\"id\":\"b\",\"n\":[]}, 5, {\"id\":\"c\"} ]");
  expect_same(typed::SourceKind::json, "[{\"id\":\"a\"},{\"id\":}]");
  expect_same(typed::SourceKind::json, "{}");
  expect_same(typed::SourceKind::json, "");
}

// Each beginning of a file may be all that comes of it: no half record is taken for one.
TEST_F(Chunks, WhatABadStreamLeaves) {
  const std::string lines = "{\"id\":\"a\",\"n\":1}\n\n{\"id\":\"bbbbbbbbbbbbbbbbbbbb\"}\n{\"id\":\"c\"}";
  const std::string rows = "id,n\na,12\n\nb,\"3\n4\"\nc,5\"\nd,1234567890123456\ne,\"7\n8";
  const std::string list = "[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"}]";
  for (const auto& [kind, whole] :
       {std::pair{typed::SourceKind::ndjson, lines}, std::pair{typed::SourceKind::csv, rows},
        std::pair{typed::SourceKind::json, list}}) {
    for (std::size_t size = 0; size <= whole.size(); ++size) {
      Portfolios portfolios{shapes.program, subject, kind};
      portfolios.options.limits.record_bytes = 18;
      portfolios.options.read_ahead_bytes = 7;
      portfolios.end = Portfolios::End::bad_stream;
      const std::string data = whole.substr(0, size);
      const auto expected = portfolios.by_reader(data);
      for (const std::size_t bytes : {std::size_t{4}, std::size_t{9}, std::size_t{1000}}) {
        portfolios.chunk_bytes = bytes;
        ASSERT_EQ(portfolios.in_columns(data), expected) << bytes << " bytes a chunk of\n" << data;
      }
      ASSERT_EQ(std::count_if(expected.begin(), expected.end(),
                              [](const auto& line) { return line.find("to its end: the disk") != std::string::npos; }),
                1)
          << data;
    }
  }
}

TEST_F(Chunks, ABatchEndsWhenItIsFull) {
  std::string data;
  for (int row = 0; row < 5000; ++row) data += "{\"id\":\"" + std::to_string(row) + "\"}\n";
  const Portfolios portfolios{shapes.program, subject};
  EXPECT_EQ(portfolios.in_columns(data), portfolios.by_reader(data));
}

}  // namespace
}  // namespace muster::ingest

// SPDX-License-Identifier: Apache-2.0
// What is said of files that are something else than they are taken for.
#include <gtest/gtest.h>

#include "runtime/ingest/mistaken_file.h"
#include "tests/ingest/reading.h"

namespace muster::ingest {
namespace {

using Lines = std::vector<std::string>;

// ASCII, without a mark.
std::string utf16(const std::string& text, bool big_endian) {
  std::string wide;
  for (const char byte : text) {
    if (big_endian) wide += '\0';
    wide += byte;
    if (!big_endian) wide += '\0';
  }
  return wide;
}

class MistakenFile : public testing::Test {
 protected:
  Shapes shapes;
  types::RecordId subject = shapes.subject({field("id", types::kText)});

  Read read_as(typed::SourceKind kind, std::string data) {
    return read(shapes.program, subject, {std::move(data), kind}, {});
  }
};

TEST_F(MistakenFile, Utf16IsToldByItsMarkOrItsNuls) {
  for (const bool big_endian : {false, true}) {
    const std::string mark = big_endian ? "\xFE\xFF" : "\xFF\xFE";
    for (const std::string& before : {mark, std::string()}) {
      const std::string told = std::string("! data:1 ") + kIsUtf16;
      EXPECT_EQ(read_as(typed::SourceKind::ndjson, before + utf16("{\"id\":\"a\"}", big_endian)).rows, Lines{told});
      EXPECT_EQ(read_as(typed::SourceKind::json, before + utf16("[{\"id\":\"a\"}]", big_endian)).rows, Lines{told});
      EXPECT_EQ(read_as(typed::SourceKind::csv, before + utf16("id\na\n", big_endian)).error,
                std::string("data:1 ") + kIsUtf16);
    }
  }
}

TEST_F(MistakenFile, OtherTextIsNotUtf16) {
  for (const std::string_view text : {std::string_view(""), std::string_view("i"), std::string_view("id,x"),
                                      std::string_view("\xEF\xBB\xBF{"), std::string_view("\0\0\0\0", 4)})
    EXPECT_FALSE(is_utf16(text));
}

TEST_F(MistakenFile, OneColumnMaySeemToBeSeveral) {
  EXPECT_EQ(read_as(typed::SourceKind::csv, "id\tx\na\t1,5\n").rows,
            (Lines{"! data:2 the row has 2 cells, the header only 1: `id\tx` looks like several columns, for which the "
                   "source needs `delimiter \"\\t\"`"}));
  EXPECT_EQ(read_as(typed::SourceKind::csv, "id\na,b\n").rows,
            (Lines{"! data:2 the row has 2 cells, the header only 1: quote a cell that holds `,`"}));
  EXPECT_EQ(seeming_delimiter("a,b", ';'), "\",\"");
  EXPECT_EQ(seeming_delimiter("a;b", ';'), std::nullopt);
}

TEST_F(MistakenFile, AListAmongLinesIsADocument) {
  EXPECT_EQ(read_as(typed::SourceKind::ndjson, " [{\"id\":\"a\"},\n").rows.front().find("! data:1 "), 0u);
  EXPECT_NE(read_as(typed::SourceKind::ndjson, " [{\"id\":\"a\"},\n").rows.front().find("`json` source"),
            std::string::npos);
  EXPECT_EQ(read_as(typed::SourceKind::ndjson, "5\n").rows,
            (Lines{"! data:1 a record is an object, `{...}`, at column 1"}));
}

}  // namespace
}  // namespace muster::ingest

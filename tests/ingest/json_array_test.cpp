// SPDX-License-Identifier: Apache-2.0
// Records in a JSON array, at the top or at a path.
#include <gtest/gtest.h>

#include "tests/ingest/reading.h"

namespace muster::ingest {
namespace {

using Lines = std::vector<std::string>;

class JsonArray : public testing::Test {
 protected:
  Shapes shapes;
  types::RecordId subject = shapes.subject({field("id", types::kText), field("n", types::kInt)});

  Lines rows(std::string data, std::vector<std::string> at = {}) {
    shapes.program.sources.clear();
    shapes.program.bindings.clear();
    shapes.bind(subject, shapes.source(typed::SourceKind::json));
    shapes.program.sources[0].at = std::move(at);
    return read(shapes.program, subject, {std::move(data), typed::SourceKind::json}).rows;
  }
};

TEST_F(JsonArray, ElementsAreRecordsOnTheLineWhereTheyBegin) {
  EXPECT_EQ(rows("[\n {\"id\":\"a\",\"n\":1},\n\n {\"id\":\"b\",\n\"n\":\"]}\"}\n]\n"),
            (Lines{"a {id: \"a\", n: 1}", "b {id: \"b\", n: ?invalid} ; n invalid `]}` data:4"}));
  EXPECT_EQ(rows("[]"), Lines{});
  EXPECT_EQ(rows("\xEF\xBB\xBF \n"), Lines{});
}

TEST_F(JsonArray, AtAPath) {
  EXPECT_EQ(rows("{\"x\":[{\"items\":1}],\"da\\u0074a\":{\"items\":[{\"id\":\"a\",\"n\":1}],\"more\":{}},\"y\":2}",
                 {"data", "items"}),
            (Lines{"a {id: \"a\", n: 1}"}));
  EXPECT_EQ(rows("{\"x\":1}", {"items"}),
            (Lines{"! data:1 there is no key `items` in which the list of records could be"}));
  EXPECT_EQ(rows("{\"items\":5}", {"items"}).size(), 1u);
}

TEST_F(JsonArray, WhatIsNoRecordIsAnErrorInItsPlace) {
  EXPECT_EQ(
      rows("[5,{\"id\":\"a\",\"n\":1},[],{\"n\":1},null,{\"id\":\"b\",\"n\":nope},{\"id\":\"c\",\"n\":1}]").size(), 7u);
}

TEST_F(JsonArray, ElementsBeforeABreakAreReadTheRestIsOneRecord) {
  const std::string first = "[{\"id\":\"a\",\"n\":1}";
  const std::string good = "a {id: \"a\", n: 1}";
  EXPECT_EQ(rows(first), (Lines{good,
                                "! data:1 not JSON: `,` between the elements of the list was expected instead of the "
                                "end of the file; nothing after it is read"}));
  EXPECT_EQ(rows(first + ",\n{\"id\":\"b\",\"n\":"),
            (Lines{good, "! data:2 not JSON: the file ends before the list is complete; nothing after it is read"}));
  EXPECT_EQ(rows(first + ",\n{\"id\":\"b\" \"n\":1},\n{\"id\":\"c\",\"n\":1}]").size(), 2u);
  EXPECT_EQ(rows(first + ",]").size(), 2u);
  EXPECT_EQ(rows(first + "] x").size(), 2u);
  EXPECT_EQ(rows(first + ",\n\n\"x").back(), "! data:3 not JSON: a string is not closed; nothing after it is read");
}

}  // namespace
}  // namespace muster::ingest

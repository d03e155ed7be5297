// SPDX-License-Identifier: Apache-2.0
// Lines of JSON: what is unreadable and what is not, and that the others are read all the same.
#include <gtest/gtest.h>

#include "tests/ingest/reading.h"

namespace muster::ingest {
namespace {

using Lines = std::vector<std::string>;

class Ndjson : public testing::Test {
 protected:
  Shapes shapes;
  types::RecordId subject = shapes.subject({field("id", types::kText), field("n", types::kInt)});

  Lines rows(std::string data, const Options& options = {}) {
    return read(shapes.program, subject, {std::move(data)}, options).rows;
  }
};

TEST_F(Ndjson, ReadsLineByLine) {
  EXPECT_EQ(rows("{\"id\":\"a\",\"n\":1}\n{\"id\":5,\"n\":9}"), (Lines{"a {id: \"a\", n: 1}", "5 {id: \"5\", n: 9}"}));
  EXPECT_EQ(rows(""), Lines{});
  EXPECT_EQ(rows("\n \r\n"), Lines{});
}

TEST_F(Ndjson, SkipsBlankLinesAndMarksButCountsThem) {
  EXPECT_EQ(rows("\xEF\xBB\xBF{\"id\":\"a\",\"n\":\"x\"}\r\n\r\n\n{\"id\":\"b\",\"n\":\"y\"}\r\n"),
            (Lines{"a {id: \"a\", n: ?invalid} ; n invalid `x` data:1",
                   "b {id: \"b\", n: ?invalid} ; n invalid `y` data:4"}));
}

TEST_F(Ndjson, BrokenLinesAreErrorsInTheirPlace) {
  EXPECT_EQ(rows("{\"id\":\"b\",\"n\":\n{\"n\":3}\nnot "
                 "json\n{\"id\":null}\n{\"id\":[\"x\"]}\n[{\"id\":\"x\"}]\n{\"id\":\"c\"}}\n{\"id\":\"z\",\"n\":0}\n{"
                 "\"id\":\"half"),
            (Lines{
                "! data:1 not JSON: the record ends before it is complete, at column 15",
                "! data:2 no readable key: every record needs `id`, and here it is missing or null",
                "! data:3 not JSON: a record begins with `{`, not with `n`, at column 1",
                "! data:4 no readable key: every record needs `id`, and here it is missing or null",
                "! data:5 no readable key: what stands in `id` is no text",
                "! data:6 a record is an object, `{...}`, at column 1: a list of records is read by a `json` source, "
                "and where "
                "the name of the file ends in `.json`",
                "! data:7 not JSON: there is text after the end of the record, at column 11",
                "z {id: \"z\", n: 0}",
                "! data:9 not JSON: a string is not closed, at column 7",
            }));
}

TEST_F(Ndjson, WhatNothingReadsIsCheckedForStructureOnly) {
  const std::string data = "{\"id\":\"a\",\"n\":1,\"x\":nope,\"y\":[01,{\"z\":\"\\q\"}]}\n";
  EXPECT_EQ(rows(data), (Lines{"a {id: \"a\", n: 1}"}));
  Options strict;
  strict.strict = true;
  EXPECT_EQ(rows(data, strict).front().substr(0, 20), "! data:1 not JSON: w");
  EXPECT_EQ(rows("{\"id\":\"a\",\"n\":1,\"x\":[1 2]}"),
            (Lines{"! data:1 not JSON: `]` or `,` was expected instead of `2`, at column 24"}));
  EXPECT_EQ(rows("{\"id\":\"a\",\"n\":1,\"x\":{\"y\":1]}"),
            (Lines{"! data:1 not JSON: `}` or `,` was expected instead of `]`, at column 27"}));
  EXPECT_EQ(rows("{\"id\":\"a\",\"n\":nope}"),
            (Lines{"! data:1 not JSON: what stands here is neither a number nor text in quotes, at column 15"}));
}

TEST_F(Ndjson, OfAKeyThatStandsTwiceTheLastCounts) {
  EXPECT_EQ(
      rows("{\"id\":\"a\",\"n\":1,\"n\":2}\n{\"i\\u0064\":\"b\",\"n\":1,\"n\":\"x\"}\n{\"id\":\"a\",\"x\":1,\"x\":2,"
           "\"n\":3}"),
      (Lines{"a {id: \"a\", n: 2} ; n duplicate `1` data:1",
             "b {id: \"b\", n: ?invalid} ; n duplicate `1` data:2 ; n invalid `x` data:2", "a {id: \"a\", n: 3}"}));
}

TEST_F(Ndjson, LimitsAreOfRecordsAndLists) {
  Options options;
  options.limits.record_bytes = 20;
  options.limits.list_elements = 2;
  EXPECT_EQ(rows("{\"id\":\"a\",\"n\":1}\n{\"id\":\"b\",\"n\":1,\"long\":1}\n{\"id\":\"c\",\"x\":[1,2]}\n{\"id\":1,"
                 "\"x\":[1,2,3]}\n{\"id\":\"d\",\"n\":1}",
                 options),
            (Lines{"a {id: \"a\", n: 1}", "! data:2 the record is longer than 20 bytes", "c {id: \"c\", n: ?missing}",
                   "! data:4 a list has more than 2 elements, at column 13", "d {id: \"d\", n: 1}"}));
  EXPECT_EQ(rows("{\"id\":1,\"x\":{\"a\":1,\"b\":2,\"c\":3}}", options).front(),
            "! data:1 the record is longer than 20 bytes");
  options.limits.record_bytes = 200;
  EXPECT_EQ(rows("{\"id\":1,\"x\":{\"a\":1,\"b\":2,\"c\":3}}", options),
            (Lines{"! data:1 an object has more than 2 members, at column 13"}));
  const auto nested = [](std::size_t depth) {
    return "{\"id\":\"a\",\"x\":" + std::string(depth, '[') + std::string(depth, ']') + "}";
  };
  EXPECT_EQ(rows(nested(255)), (Lines{"a {id: \"a\", n: ?missing}"}));
  EXPECT_EQ(rows(nested(256)), (Lines{"! data:1 it is nested deeper than 256, at column 270"}));
}

TEST_F(Ndjson, ARecordOfThousandsOfMisfitsIsUnreadable) {
  Shapes other;
  const auto with_list =
      other.subject({field("id", types::kText), field("xs", other.program.types.list_of(types::kInt))});
  std::string misfits = "\"x\"";
  for (int i = 0; i < 10'000; ++i) misfits += ",\"x\"";
  const std::string data = "{\"id\":\"a\",\"xs\":[" + misfits + "]}\n{\"id\":\"b\",\"xs\":[1]}";
  EXPECT_EQ(read(other.program, with_list, {data}).rows,
            (Lines{"! data:1 more than 10,000 values in it don't fit", "b {id: \"b\", xs: [1]}"}));
}

TEST_F(Ndjson, BrokenTextIsOfItsValueAlone) {
  EXPECT_EQ(
      rows("{\"id\":\"a\",\"n\":\"\xFF\"}\n{\"id\":\"b\",\"n\":1,\"\xFE\":\"\xFF\"}\n{\"id\":\"\xFF\",\"n\":1}\n{"
           "\"id\":\"c\ttab\"}"),
      (Lines{
          "a {id: \"a\", n: ?invalid} ; n invalid `\xEF\xBF\xBD` data:1", "b {id: \"b\", n: 1}",
          "! data:3 no readable key: what stands in `id` is no text",
          "! data:4 not JSON: a control character (byte 09) stands in a string, write it as an escape, at column 9"}));
}

TEST_F(Ndjson, PrivateValuesStandInNoProblem) {
  types::Field salary = field("salary", types::kInt);
  salary.is_private = true;
  const auto person = shapes.subject({field("id", types::kText), salary});
  EXPECT_EQ(read(shapes.program, person, {"{\"id\":\"a\",\"salary\":\"much\",\"salary\":\"more\"}"}).rows,
            (Lines{"a {id: \"a\", salary: ?invalid} ; salary duplicate data:1 ; salary invalid data:1"}));
}

TEST_F(Ndjson, NamesAreTriedExactThenKebabThenCamel) {
  const auto plan = shapes.record(types::RecordKind::record, "Plan", {field("owner_team", types::kText)});
  const auto project = shapes.subject({field("project_id", types::kText), field("support_plan", types::kText),
                                       field("recovery_plan", shapes.type(plan))});
  EXPECT_EQ(
      read(
          shapes.program, project,
          {"{\"projectId\":\"c\",\"support-plan\":\"k\",\"supportPlan\":\"c\",\"recoveryPlan\":{\"ownerTeam\":\"t\"}}\n"
           "{\"project-id\":\"d\",\"supportPlan\":null,\"SupportPlan\":\"x\",\"recovery-plan\":[]}"})
          .rows,
      (Lines{"c {project_id: \"c\", support_plan: \"k\", recovery_plan: {owner_team: \"t\"}}",
             "d {project_id: \"d\", support_plan: ?missing, recovery_plan: ?invalid} ; recovery_plan invalid `[]` "
             "data:2"}));
}

TEST_F(Ndjson, AProblemIsOfAFieldInUse) {
  typed::Usage usage;
  usage.subject.fields[0];
  EXPECT_EQ(read(shapes.program, subject, usage, {"{\"id\":\"a\",\"n\":\"x\"}"}).rows,
            (Lines{"a {id: \"a\", n: ?missing}"}));
}

}  // namespace
}  // namespace muster::ingest

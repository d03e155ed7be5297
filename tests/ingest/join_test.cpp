// SPDX-License-Identifier: Apache-2.0
// Rows of other sources: joined to their subjects, and shared by all of them.
#include <gtest/gtest.h>

#include "tests/ingest/reading.h"

namespace muster::ingest {
namespace {

using typed::Completeness;
using typed::SourceKind;
using Lines = std::vector<std::string>;

class Joins : public testing::Test {
 protected:
  Shapes shapes;
  types::RecordId sup = shapes.record(types::RecordKind::record, "Sup", {field("plan", shapes.maybe(types::kText))});
  types::TypeId one = shapes.maybe(shapes.type(sup));
  types::TypeId all = shapes.list(shapes.type(sup));

  Read rows(types::RecordId subject, std::string data, std::map<std::uint32_t, std::string> sources) {
    return read(shapes.program, subject, {std::move(data), SourceKind::ndjson, std::move(sources)});
  }
};

TEST_F(Joins, OneRowOrAllAndWhatIsMissing) {
  const auto subject = shapes.subject({field("id", types::kText), field("one", one), field("all", all)});
  const auto source = shapes.source(SourceKind::ndjson);
  shapes.join(subject, {1}, source, {"sid"});
  shapes.join(subject, {2}, source, {"sid"});
  const std::string rows_text =
      "{\"sid\":\"a\"}\n{\"sid\":\"b\",\"plan\":\"gold\"}\n{\"sid\":\"d\",\"plan\":\"x\"}\n{\"sid\":\"d\",\"plan\":[]}";
  const std::string data = "{\"id\":\"a\"}\n{\"id\":\"b\"}\n{\"id\":\"c\"}\n{\"id\":\"d\"}";
  const Read open = rows(subject, data, {{source, rows_text}});
  EXPECT_EQ(open.rows, (Lines{"a {id: \"a\", one: {plan: ?missing}, all: [{plan: ?missing}]}",
                              "b {id: \"b\", one: {plan: \"gold\"}, all: [{plan: \"gold\"}]}",
                              "c {id: \"c\", one: ?missing, all: ?missing}",
                              "d {id: \"d\", one: ?invalid, all: [{plan: \"x\"}, {plan: ?invalid}]} ; one invalid s0:4 "
                              "; all[1].plan invalid `[]` s0:4"}));
  EXPECT_EQ(open.notices, (Lines{"MU0504 s0:4 a second row for `one` of one subject, which takes one x1"}));
  shapes.program.sources[0].completeness = Completeness::rows;
  EXPECT_EQ(
      rows(subject, "{\"id\":\"a\"}\n{\"id\":\"c\"}", {{source, rows_text}}).rows,
      (Lines{"a {id: \"a\", one: {plan: ?missing}, all: [{plan: ?missing}]}", "c {id: \"c\", one: none, all: []}"}));
  shapes.program.sources[0].completeness = Completeness::rows_and_keys;
  EXPECT_EQ(rows(subject, "{\"id\":\"a\"}", {{source, rows_text}}).rows,
            (Lines{"a {id: \"a\", one: {plan: none}, all: [{plan: none}]}"}));
}

TEST_F(Joins, ASourceWithARowThatCannotBeReadIsCompleteNoMore) {
  const auto subject = shapes.subject({field("id", types::kText), field("one", one)});
  const auto source = shapes.source(SourceKind::csv, Completeness::rows_and_keys);
  shapes.join(subject, {1}, source, {"sid"});
  const Read broken = rows(subject, "{\"id\":\"a\"}\n{\"id\":\"b\"}", {{source, "sid,plan\na,1\n\"x\"y\n\"z\"z\n"}});
  EXPECT_EQ(broken.rows, (Lines{"a {id: \"a\", one: {plan: \"1\"}}", "b {id: \"b\", one: ?missing}"}));
  EXPECT_EQ(broken.notices,
            (Lines{"MU0501 s0:3 there is text behind a closing quote: write a quote inside a cell twice x2"}));
  EXPECT_EQ(rows(subject, "{\"id\":\"b\"}", {{source, "sid,plan\na,1\n,2\n"}}).rows,
            (Lines{"b {id: \"b\", one: ?missing}"}));
}

TEST_F(Joins, ARowWithoutAKeyIsNobodysOnlyWhereTheFieldMayBeAbsent) {
  const auto subject = shapes.subject(
      {field("id", types::kText), field("owner", shapes.program.types.optional(types::kText)), field("all", all)});
  const auto source = shapes.source(SourceKind::csv, Completeness::rows_and_keys);
  typed::Binding& binding = shapes.join(subject, {2}, source, {"who"});
  binding.joins[0].subject_field = {1};
  const std::string data = "{\"id\":\"a\",\"owner\":\"kim\"}";
  EXPECT_EQ(rows(subject, data, {{source, "who,plan\nkim,1\n,2\n"}}).rows,
            (Lines{"a {id: \"a\", owner: \"kim\", all: [{plan: \"1\"}]}"}));
  // A column of another name says nothing of whose its rows are.
  const Read other = rows(subject, data, {{source, "Who,plan\nkim,1\n"}});
  EXPECT_EQ(other.rows, (Lines{"a {id: \"a\", owner: \"kim\", all: ?missing}"}));
  EXPECT_EQ(other.notices, (Lines{"MU0506 s0:1 the header has no `who` (did you mean `Who`?) x1",
                                  "MU0501 s0:2 no readable key `who`, so the row can be joined to no subject x1"}));
}

TEST_F(Joins, AnEmptyFileSaysNothing) {
  const auto subject = shapes.subject({field("id", types::kText), field("all", all)});
  const auto csv = shapes.source(SourceKind::csv, Completeness::rows_and_keys);
  shapes.join(subject, {1}, csv, {"sid"});
  const Read empty = rows(subject, "{\"id\":\"a\"}", {{csv, ""}});
  EXPECT_EQ(empty.rows, (Lines{"a {id: \"a\", all: ?missing}"}));
  EXPECT_EQ(empty.notices, (Lines{"MU0501 s0:1 the file is empty x1"}));
  EXPECT_EQ(rows(subject, "{\"id\":\"a\"}", {{csv, "sid,plan\n"}}).rows, (Lines{"a {id: \"a\", all: []}"}));
}

TEST_F(Joins, BySeveralFieldsWithConvertersOnBothSides) {
  const auto subject = shapes.subject(
      {field("id", types::kText), field("sig", types::kText), field("number", types::kInt), field("all", all)});
  const auto source = shapes.source(SourceKind::ndjson);
  typed::Binding& binding = shapes.join(subject, {3}, source, {"owning", "sig"});
  binding.joins[0].subject_field = {1};
  binding.joins[0].subject_converters = {converter(typed::Converter::Kind::lower)};
  typed::JoinPair number;
  number.subject_field = {2};
  number.type = types::kInt;
  number.source = {{"no"}, {converter(typed::Converter::Kind::strip_prefix, "#")}};
  binding.joins.push_back(number);
  const Read read = rows(subject,
                         "{\"id\":\"a\",\"sig\":\"NODE\",\"number\":7.0}\n{\"id\":\"b\",\"sig\":\"net\",\"number\":"
                         "\"x\"}\n{\"id\":\"c\",\"sig\":\"net\"}",
                         {{source,
                           "{\"owning\":{\"sig\":\"node\"},\"no\":\"#007\",\"plan\":\"1\"}\n{\"owning\":{\"sig\":"
                           "\"node\"},\"no\":\"7\",\"plan\":\"2\"}"}});
  EXPECT_EQ(read.rows,
            (Lines{"a {id: \"a\", sig: \"NODE\", number: 7, all: [{plan: \"1\"}, {plan: \"2\"}]}",
                   "b {id: \"b\", sig: \"net\", number: ?invalid, all: ?invalid} ; number invalid `x` data:2",
                   "c {id: \"c\", sig: \"net\", number: ?missing, all: ?missing}"}));
  EXPECT_EQ(read.notices, Lines{});
  const Read lost = rows(subject, "{\"id\":\"a\",\"sig\":\"NODE\",\"number\":7}", {{source, "{\"no\":7}"}});
  EXPECT_EQ(lost.notices,
            (Lines{"MU0501 s0:1 no readable key `owning.sig`, `no`, so the row can be joined to no subject x1"}));
}

TEST_F(Joins, RowsDoNotCreateTheRecordThatTheyHangIn) {
  const auto plan =
      shapes.record(types::RecordKind::record, "Plan", {field("title", types::kText), field("drills", all)});
  const auto subject = shapes.subject({field("id", types::kText), field("plan", shapes.maybe(shapes.type(plan)))});
  const auto drills = shapes.source(SourceKind::csv);
  shapes.join(subject, {1, 1}, drills, {"sid"});
  const std::string csv = "sid,plan\nc,1\nb,1\na,2\na,3\n";
  EXPECT_EQ(rows(subject,
                 "{\"id\":\"a\",\"plan\":{\"title\":\"A\",\"drills\":5}}\n{\"id\":\"b\",\"plan\":null}\n{\"id\":\"c\"}",
                 {{drills, csv}})
                .rows,
            (Lines{"a {id: \"a\", plan: {title: \"A\", drills: [{plan: \"2\"}, {plan: \"3\"}]}}",
                   "b {id: \"b\", plan: none}", "c {id: \"c\", plan: ?missing}"}));
  const auto plans = shapes.source(SourceKind::ndjson);
  shapes.join(subject, {1}, plans, {"sid"});
  EXPECT_EQ(rows(subject, "{\"id\":\"a\"}", {{drills, csv}, {plans, "{\"sid\":\"a\",\"title\":\"T\"}"}}).rows,
            (Lines{"a {id: \"a\", plan: {title: \"T\", drills: [{plan: \"2\"}, {plan: \"3\"}]}}"}));
}

TEST_F(Joins, AListOfScalarsTakesOneOfEachRow) {
  const auto subject = shapes.subject({field("id", types::kText), field("nums", shapes.list(types::kInt))});
  const auto source = shapes.source(SourceKind::csv);
  shapes.join(subject, {1}, source, {"sid"}).scalar =
      typed::SourcePath{{"n"}, {converter(typed::Converter::Kind::trim)}};
  EXPECT_EQ(rows(subject, "{\"id\":\"a\"}", {{source, "sid,n\na, 1\na,x\na,\n"}}).rows,
            (Lines{"a {id: \"a\", nums: [1, ?invalid, ?missing]} ; nums[1] invalid `x` s0:3"}));
}

TEST_F(Joins, RowsHaveTheLimitOfLists) {
  const auto subject = shapes.subject({field("id", types::kText), field("all", all)});
  const auto source = shapes.source(SourceKind::csv);
  shapes.join(subject, {1}, source, {"sid"});
  Options options;
  options.limits.list_elements = 2;
  EXPECT_EQ(read(shapes.program, subject,
                 {"{\"id\":\"a\"}\n{\"id\":\"b\"}", SourceKind::ndjson, {{source, "sid,plan\na,1\nb,1\na,2\na,3\n"}}},
                 options)
                .rows,
            (Lines{"! data:1 more than 2 rows are joined to `all`", "b {id: \"b\", all: [{plan: \"1\"}]}"}));
  shapes.share("list", all, source);
  EXPECT_EQ(
      read(shapes.program, subject, {"", SourceKind::ndjson, {{source, "sid,plan\na,1\nb,1\na,2\n"}}}, options).error,
      "s0:0 it has more than 2 records, and all are of one list");
}

TEST_F(Joins, SharedEvidence) {
  const auto subject = shapes.subject({field("id", types::kText)});
  shapes.share("list", all, shapes.source(SourceKind::ndjson));
  shapes.share("single", shapes.type(sup), shapes.source(SourceKind::ndjson));
  shapes.share("names", shapes.list(types::kText), shapes.source(SourceKind::csv));
  shapes.program.bindings.back().scalar = typed::SourcePath{{"name"}, {}};
  typed::Shared unbound;
  unbound.type = all;
  shapes.program.shared.push_back(unbound);
  const Read read = rows(subject, "",
                         {{0, "{\"plan\":\"x\"}\nnope\n{\"plan\":{}}"},
                          {1, "{\"plan\":\"x\"}\n{\"plan\":\"y\"}"},
                          {2, "name\na\n\"\"\n"}});
  EXPECT_EQ(read.shared, (Lines{"[{plan: \"x\"}, ?invalid, {plan: ?invalid}]", "?invalid", "[\"a\", \"\"]", "?unbound",
                                " ; list[2].plan invalid `{}` s0:3 ; single invalid s1:2"}));
  EXPECT_EQ(read.notices, (Lines{"MU0501 s0:2 not JSON: a record begins with `{`, not with `n`, at column 1 x1",
                                 "MU0504 s1:2 a second row for `single`, which takes one x1"}));
}

TEST_F(Joins, ASourceMayGiveSubjectsAndRows) {
  const auto subject = shapes.subject({field("id", types::kText), field("plan", types::kText), field("all", all)});
  const auto source = shapes.source(SourceKind::ndjson);
  shapes.bind(subject, source);
  shapes.join(subject, {2}, source, {"parent"});
  Files files;
  files.from_source = true;
  files.sources = {{source,
                    "{\"id\":\"a\",\"plan\":\"x\",\"parent\":\"top\"}\n"
                    "{\"id\":\"b\",\"plan\":\"y\",\"parent\":\"a\"}"}};
  EXPECT_EQ(read(shapes.program, subject, files).rows,
            (Lines{"a {id: \"a\", plan: \"x\", all: [{plan: \"y\"}]}", "b {id: \"b\", plan: \"y\", all: ?missing}"}));
}

TEST_F(Joins, OnlySourcesInUseAreNeeded) {
  const auto subject = shapes.subject({field("id", types::kText), field("one", one), field("all", all)});
  shapes.bind(subject, shapes.source(SourceKind::ndjson));
  shapes.join(subject, {1}, shapes.source(SourceKind::ndjson), {"sid"});
  shapes.join(subject, {2}, shapes.source(SourceKind::ndjson), {"sid"});
  typed::Usage usage;
  usage.subject.fields[0];
  usage.subject.fields[2];
  EXPECT_EQ(needed_sources(shapes.program, subject, usage, SubjectInput::bound), (std::vector<std::uint32_t>{0, 2}));
  EXPECT_EQ(subject_source(shapes.program, subject), 0u);
  EXPECT_EQ(needed_sources(shapes.program, subject, usage, SubjectInput::given), (std::vector<std::uint32_t>{2}));
}

}  // namespace
}  // namespace muster::ingest

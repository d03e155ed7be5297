// SPDX-License-Identifier: Apache-2.0
// Explicit bindings and converters.
#include <gtest/gtest.h>

#include "tests/ingest/reading.h"

namespace muster::ingest {
namespace {

using Kind = typed::Converter::Kind;
using Lines = std::vector<std::string>;

class Bindings : public testing::Test {
 protected:
  Shapes shapes;

  Lines rows(types::RecordId subject, std::string data, typed::SourceKind kind = typed::SourceKind::ndjson) {
    return read(shapes.program, subject, {std::move(data), kind}).rows;
  }
};

TEST_F(Bindings, PathsOnBothSides) {
  const auto quality = shapes.record(types::RecordKind::record, "Quality",
                                     {field("coverage", types::kPercent), field("lines", types::kInt)});
  const auto subject = shapes.subject(
      {field("id", types::kText), field("launch", types::kDate), field("quality", shapes.maybe(shapes.type(quality)))});
  shapes.bind(subject, shapes.source(typed::SourceKind::ndjson)).fields = {
      bound({0}, {"partnerId"}), bound({1}, {"goLive", "date"}), bound({2, 0}, {"metrics", "cov %"})};
  EXPECT_EQ(rows(subject,
                 "{\"partnerId\":\"a\",\"goLive\":{\"date\":\"2027-01-15\"},\"metrics\":{\"cov "
                 "%\":81},\"quality\":{\"coverage\":1,\"lines\":7}}\n"
                 "{\"partnerId\":\"b\",\"goLive\":{},\"launch\":\"2027-01-15\",\"metrics\":{\"cov %\":\"x\"}}\n"
                 "{\"partnerId\":\"c\",\"goLive\":5}\n"
                 "{\"partnerId\":\"d\",\"goLive\":null,\"goLive\":{\"date\":null},\"quality\":null}\n"
                 "{\"id\":\"e\"}"),
            (Lines{"a {id: \"a\", launch: 2027-01-15, quality: {coverage: 81%, lines: 7}}",
                   "b {id: \"b\", launch: ?missing, quality: {coverage: ?invalid, lines: ?missing}} ; quality.coverage "
                   "invalid `x` data:2",
                   "c {id: \"c\", launch: ?invalid, quality: ?missing} ; launch invalid `5` data:3",
                   "d {id: \"d\", launch: ?missing, quality: none} ; launch duplicate `null` data:4",
                   "! data:5 no readable key: every record needs `partnerId`, and here it is missing or null"}));
}

TEST_F(Bindings, TheRecordItself) {
  const auto contact = shapes.record(types::RecordKind::record, "Contact", {field("name", types::kText)});
  const auto subject = shapes.subject({field("id", types::kText), field("contact", shapes.type(contact))});
  shapes.bind(subject, shapes.source(typed::SourceKind::ndjson)).fields = {bound({1}, {})};
  EXPECT_EQ(rows(subject, "{\"id\":\"a\",\"name\":\"Kim\"}"), (Lines{"a {id: \"a\", contact: {name: \"Kim\"}}"}));
}

TEST_F(Bindings, Converters) {
  const auto plan = shapes.one_of({{"basic", {}, {}}, {"standard", {}, {}}});
  const auto subject = shapes.subject(
      {field("id", types::kText), field("d", types::kDate), field("p", types::kPercent), field("t", types::kDuration),
       field("plan", plan), field("tags", shapes.list(types::kText)), field("nums", shapes.list(types::kInt)),
       field("code", types::kText), field("has", types::kBool)});
  typed::Converter map = converter(Kind::map);
  map.entries = {{"std", types::Scalar(types::EnumMember{1})}};
  shapes.bind(subject, shapes.source(typed::SourceKind::ndjson)).fields = {
      bound({0}, {"id"}, {converter(Kind::trim)}),
      bound({1}, {"d"}, {converter(Kind::as_format, "%d/%m/%Y")}),
      bound({2}, {"p"}, {converter(Kind::as_ratio)}),
      bound({3}, {"t"}, {converter(Kind::as_hours)}),
      bound({4}, {"plan"}, {converter(Kind::trim), converter(Kind::lower), map}),
      bound({5}, {"tags"}, {converter(Kind::split, ","), converter(Kind::trim), converter(Kind::upper)}),
      bound({6}, {"nums"}, {converter(Kind::split, ";")}),
      bound({7}, {"code"}, {converter(Kind::strip_prefix, "K-"), converter(Kind::strip_suffix, "!")}),
      bound({8}, {"doc", "url"}, {converter(Kind::present)}),
  };
  EXPECT_EQ(rows(subject,
                 "{\"id\":\" a \",\"d\":\"05/11/2026\",\"p\":0.07,\"t\":2,\"plan\":\" STD \",\"tags\":\"x, y "
                 ",\",\"nums\":\"1;2\",\"code\":\"K-ab!\",\"doc\":{\"url\":\"\"}}\n"
                 "{\"id\":\"b\",\"d\":\"31/02/"
                 "2026\",\"p\":\"x\",\"t\":1.5,\"plan\":\"Gold\",\"tags\":[\"x\",1],\"nums\":\"1;x;\",\"code\":5,"
                 "\"doc\":{\"url\":null}}\n"
                 "{\"id\":\"c\",\"d\":null,\"plan\":null,\"tags\":\"\",\"doc\":{}}"),
            (Lines{"a {id: \"a\", d: 2026-11-05, p: 7%, t: 2 hours, plan: standard, tags: [\"X\", \"Y\", \"\"], nums: "
                   "[1, 2], code: \"ab\", has: true}",
                   "b {id: \"b\", d: ?invalid, p: ?invalid, t: 90 minutes, plan: ?invalid, tags: [\"X\", \"1\"], nums: "
                   "[1, ?invalid, ?invalid], code: \"5\", has: false}"
                   " ; d invalid `31/02/2026` data:2 ; p invalid `x` data:2 ; plan invalid `Gold` data:2 ; nums[1] "
                   "invalid `x` data:2 ; nums[2] invalid `` data:2",
                   "c {id: \"c\", d: ?missing, p: ?missing, t: ?missing, plan: ?missing, tags: [], nums: ?missing, "
                   "code: ?missing, has: ?missing}"}));
  shapes.program.sources[0].completeness = typed::Completeness::rows_and_keys;
  EXPECT_EQ(rows(subject, "{\"id\":\"c\"}"), (Lines{"c {id: \"c\", d: ?missing, p: ?missing, t: ?missing, plan: "
                                                    "?missing, tags: [], nums: [], code: ?missing, has: false}"}));
}

TEST_F(Bindings, KeyedBy) {
  const auto region =
      shapes.record(types::RecordKind::record, "Region", {field("name", types::kText), field("cap", types::kInt)});
  const auto subject = shapes.subject({field("id", types::kText), field("regions", shapes.list(shapes.type(region)))});
  shapes.bind(subject, shapes.source(typed::SourceKind::ndjson)).fields = {
      bound({1}, {"by"}, {converter(Kind::keyed_by)})};
  EXPECT_EQ(
      rows(subject,
           "{\"id\":\"a\",\"by\":{\"eu\":{\"cap\":5,\"name\":[],\"junk\":nope},\"note\":\"x\",\"us\":{\"cap\":1},"
           "\"us\":{\"cap\":\"?\"}}}\n"
           "{\"id\":\"b\",\"by\":[]}\n{\"id\":\"c\",\"by\":null}\n{\"id\":\"d\",\"by\":{\"\\ud83d\":{\"cap\":1}}}"),
      (Lines{"a {id: \"a\", regions: [{name: \"eu\", cap: 5}, {name: \"us\", cap: ?invalid}]}"
             " ; regions[1] duplicate `{\"cap\":1}` data:1 ; regions[1].cap invalid `?` data:1",
             "b {id: \"b\", regions: ?invalid} ; regions invalid `[]` data:2", "c {id: \"c\", regions: ?missing}",
             "d {id: \"d\", regions: [{name: ?invalid, cap: 1}]} ; regions[0].name invalid `\xEF\xBF\xBD` data:4"}));
}

TEST_F(Bindings, PiecesHaveTheLimitOfLists) {
  const auto subject = shapes.subject({field("id", types::kText), field("tags", shapes.list(types::kText))});
  shapes.bind(subject, shapes.source(typed::SourceKind::ndjson)).fields = {
      bound({1}, {"tags"}, {converter(Kind::split, ",")})};
  Options options;
  options.limits.list_elements = 3;
  EXPECT_EQ(
      read(shapes.program, subject,
           {"{\"id\":\"a\",\"tags\":\"1,2,3\"}\n{\"id\":\"b\",\"tags\":\"1,2,3,\"}\n{\"id\":\"c\",\"tags\":\"\"}"},
           options)
          .rows,
      (Lines{"a {id: \"a\", tags: [\"1\", \"2\", \"3\"]}", "! data:2 `split` makes more than 3 pieces of `tags`",
             "c {id: \"c\", tags: []}"}));
}

TEST_F(Bindings, TheRootModuleGoesFirst) {
  shapes.program.root_module = "root";
  const auto base = shapes.subject({field("id", types::kText), field("n", types::kInt)});
  types::Record wider = shapes.types().record_at(base);
  wider.extends = base;
  const auto derived = shapes.types().add(wider);
  const auto source = shapes.source(typed::SourceKind::ndjson);
  shapes.bind(derived, source).fields = {bound({1}, {"lib"})};
  shapes.program.bindings.back().module = "lib";
  EXPECT_EQ(rows(derived, "{\"id\":\"a\",\"lib\":1,\"root\":2}"), (Lines{"a {id: \"a\", n: 1}"}));
  shapes.bind(base, source).fields = {bound({1}, {"root"})};
  shapes.program.bindings.back().module = "root";
  EXPECT_EQ(rows(derived, "{\"id\":\"a\",\"lib\":1,\"root\":2}"), (Lines{"a {id: \"a\", n: 2}"}));
}

TEST_F(Bindings, NothingIsStaleBeforeTheRun) {
  types::Field review =
      field("review", shapes.type(shapes.record(types::RecordKind::evidence, "Review", {field("score", types::kInt)})));
  review.fresh.kind = types::Freshness::Kind::duration;
  review.fresh.duration = {30 * base::kMicrosecondsPerDay};
  const auto subject = shapes.subject({field("id", types::kText), review});
  EXPECT_EQ(rows(subject,
                 "{\"id\":\"a\",\"review\":{\"collected\":\"2026-11-01\",\"score\":5}}\n"
                 "{\"id\":\"b\",\"review\":{\"collected\":\"2026-10-01\",\"score\":5}}\n"
                 "{\"id\":\"c\",\"review\":{\"score\":5,\"by\":\"kim\"}}"),
            (Lines{"a {id: \"a\", review: {score: 5, collected: 2026-11-01T00:00:00Z}}",
                   "b {id: \"b\", review: {score: 5, collected: 2026-10-01T00:00:00Z}}",
                   "c {id: \"c\", review: {score: 5, collected: ?missing, by: \"kim\"}}"}));
}

}  // namespace
}  // namespace muster::ingest

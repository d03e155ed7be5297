// SPDX-License-Identifier: Apache-2.0
#include "compiler/types/types.h"
#include "compiler/types/literal.h"

#include <gtest/gtest.h>

namespace muster::types {
namespace {

struct Types : testing::Test {
  Types() {
    Enum level;
    level.name = "Level";
    level.ordered = true;
    level.names = {{"low", {}, {}}, {"high", {"High", "HI"}, {}}};
    ordered = table.enumeration(table.add(level));
    level.name = "Plan";
    level.ordered = false;
    unordered = table.enumeration(table.add(level));
    Record drill;
    drill.name = "Drill";
    drill_record = table.record(table.add(drill));
  }
  Table table;
  TypeId ordered, unordered, drill_record;
};

TEST_F(Types, NamesAreThoseThatAuthorsWrite) {
  EXPECT_EQ(table.name(kBool), "bool");
  EXPECT_EQ(table.name(kInt), "int");
  EXPECT_EQ(table.name(kNumber), "number");
  EXPECT_EQ(table.name(kPercent), "percent");
  EXPECT_EQ(table.name(kText), "text");
  EXPECT_EQ(table.name(kDate), "date");
  EXPECT_EQ(table.name(kTime), "time");
  EXPECT_EQ(table.name(kDuration), "duration");
  EXPECT_EQ(table.name(kPeriod), "period");
  EXPECT_EQ(table.name(kVersion), "version");
  EXPECT_EQ(table.name(ordered), "Level");
  EXPECT_EQ(table.name(drill_record), "Drill");
  EXPECT_EQ(table.name(table.list_of(drill_record)), "list of Drill");
  EXPECT_EQ(table.name(table.optional(table.list_of(drill_record))), "list of Drill?");
  EXPECT_EQ(table.name(table.list_of(table.optional(drill_record))), "list of (Drill?)");
  EXPECT_EQ(table.name(table.optional(table.list_of(table.list_of(kInt)))), "list of list of int?");
}

TEST_F(Types, OneTypeHasOneId) {
  EXPECT_EQ(table.list_of(kInt), table.list_of(kInt));
  EXPECT_NE(table.list_of(kInt), table.list_of(kNumber));
  EXPECT_NE(ordered, unordered);
  TypeId maybe = table.optional(kInt);
  EXPECT_EQ(table.optional(maybe), maybe);
  EXPECT_EQ(table.without_optional(maybe), kInt);
  EXPECT_EQ(table.without_optional(kInt), kInt);
  EXPECT_EQ(table.element(table.list_of(maybe)), maybe);
  EXPECT_EQ(table.optional(kError), kError);
  EXPECT_TRUE(table.is_scalar(ordered));
  EXPECT_FALSE(table.is_scalar(drill_record));
  EXPECT_FALSE(table.is_scalar(kError));
}

TEST_F(Types, FieldsAndNamesAreFound) {
  Record project;
  project.name = "Project";
  project.kind = RecordKind::subject;
  Field id, name, launch;
  id.name = "id";
  id.is_key = true;
  name.name = "name";
  name.is_label = true;
  launch.name = "launch";
  project.fields = {id, launch, name};
  EXPECT_EQ(project.find("launch"), 1u);
  EXPECT_EQ(project.find("Launch"), std::nullopt);
  EXPECT_EQ(project.key(), 0u);
  EXPECT_EQ(project.label(), 2u);
  EXPECT_EQ(table.record_of(drill_record).key(), std::nullopt);
  EXPECT_EQ(table.enum_of(ordered).find("high"), 1u);
  EXPECT_EQ(table.enum_of(ordered).find("High"), std::nullopt) << "spellings belong to data";
}

TEST_F(Types, SubjectsExtendOverManySteps) {
  std::vector<RecordId> chain;
  for (int i = 0; i < 4; ++i) {
    Record subject;
    subject.kind = RecordKind::subject;
    if (i > 0) subject.extends = chain.back();
    chain.push_back(table.add(subject));
  }
  EXPECT_TRUE(table.extends(chain[3], chain[0]));
  EXPECT_TRUE(table.extends(chain[3], chain[3]));
  EXPECT_FALSE(table.extends(chain[0], chain[3]));
  table.record_at(chain[0]).extends = chain[3];
  RecordId other = table.add(Record{});
  EXPECT_FALSE(table.extends(chain[0], other)) << "a cycle ends";
}

TEST_F(Types, SomeTypesHaveAnOrder) {
  for (TypeId type : {kInt, kNumber, kPercent, kDate, kTime, kDuration, kPeriod, kVersion, kError, ordered})
    EXPECT_TRUE(is_ordered(table, type)) << table.name(type);
  for (TypeId type : {kBool, kText, unordered, drill_record, table.list_of(kInt), table.optional(kInt)})
    EXPECT_FALSE(is_ordered(table, type)) << table.name(type);
}

TEST_F(Types, ScalarsCompareWithinTheirType) {
  EXPECT_TRUE(less(Scalar(std::int64_t{-1}), Scalar(std::int64_t{2})));
  EXPECT_TRUE(less(Scalar(EnumMember{0}), Scalar(EnumMember{1})));
  EXPECT_TRUE(less(Scalar(Percent{79.9}), Scalar(Percent{80})));
  EXPECT_TRUE(less(Scalar(base::parse_version("1.2").value()), Scalar(base::parse_version("v1.10").value())));
  EXPECT_FALSE(less(Scalar(base::Period{12}), Scalar(base::Period{12})));
  EXPECT_TRUE(equal(Scalar(base::parse_version("1.2").value()), Scalar(base::parse_version("v1.2.0").value())));
  EXPECT_TRUE(equal(Scalar(0.0), Scalar(-0.0)));
  EXPECT_FALSE(equal(Scalar(std::string("a")), Scalar(std::string("A"))));
}

TEST_F(Types, ScalarsPrintInTheirLiteralSpelling) {
  auto text = [this](TypeId type, Scalar value) { return to_text(table, type, value); };
  EXPECT_EQ(text(kBool, true), "true");
  EXPECT_EQ(text(kInt, std::int64_t{-7}), "-7");
  EXPECT_EQ(text(kNumber, 1.5), "1.5");
  EXPECT_EQ(text(kNumber, 2.0), "2");
  EXPECT_EQ(text(kPercent, Percent{80}), "80%");
  EXPECT_EQ(text(kPercent, Percent{83.5}), "83.5%");
  EXPECT_EQ(text(kText, std::string("a \"b\"")), "a \"b\"");
  EXPECT_EQ(text(kDate, base::parse_date("2026-11-23").value()), "2026-11-23");
  EXPECT_EQ(text(kTime, base::parse_instant("2026-11-23T10:00+01:00").value().instant), "2026-11-23T09:00:00Z");
  EXPECT_EQ(text(kDuration, base::parse_duration("P14D").value()), "14 days");
  EXPECT_EQ(text(kPeriod, base::parse_period("P1Y").value()), "1 year");
  EXPECT_EQ(text(kVersion, base::parse_version("1.21").value()), "v1.21");
  EXPECT_EQ(text(ordered, EnumMember{1}), "high");
  EXPECT_EQ(text(table.optional(ordered), EnumMember{0}), "low");
}

TEST_F(Types, WhatIsShownIsReadAgain) {
  const std::pair<TypeId, Scalar> values[] = {
      {kBool, true},
      {kInt, std::int64_t{-7}},
      {kNumber, 1e300},
      {kNumber, -0.5},
      {kPercent, Percent{1e-9}},
      {kPercent, Percent{83.5}},
      {kText, std::string(" a \"b\" ")},
      {kDate, base::parse_date("2026-11-23").value()},
      {kTime, base::parse_instant("2026-11-23T10:00:00.5Z").value().instant},
      {kDuration, base::parse_duration("P14D").value()},
      {kPeriod, base::parse_period("P1Y6M").value()},
      {kVersion, base::parse_version("21").value()},
      {kVersion, base::parse_version("1.21-rc.1").value()},
      {ordered, EnumMember{1}},
  };
  for (const auto& [type, value] : values) {
    const std::string shown = to_text(table, type, value);
    const auto read = read_shown(table, type, shown);
    ASSERT_TRUE(read) << shown;
    EXPECT_TRUE(equal(*read, value)) << shown;
  }
  EXPECT_TRUE(equal(*read_shown(table, kInt, "007"), Scalar(std::int64_t{7})));
  for (const TypeId type : {kBool, kInt, kNumber, kPercent, kDate, kTime, kDuration, kPeriod, kVersion, ordered})
    EXPECT_FALSE(read_shown(table, type, "seven")) << table.name(type);
  EXPECT_FALSE(read_shown(table, table.optional(kInt), "7"));
}

}  // namespace
}  // namespace muster::types

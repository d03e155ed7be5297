// SPDX-License-Identifier: Apache-2.0
// How data becomes values: what each type reads and what is invalid, from JSON and from CSV.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/ingest/reading.h"

namespace muster::ingest {
namespace {

// The value of one field of this type for each spelling, as JSON.
std::vector<std::string> from_json(Shapes& shapes, types::Field declared, const std::vector<std::string>& spellings) {
  declared.name = "v";
  const auto subject = shapes.subject({field("id", types::kText), declared});
  std::string data;
  for (const std::string& each : spellings) data += "{\"id\":\"x\",\"v\":" + each + "}\n";
  std::vector<std::string> values;
  for (const std::string& row : read(shapes.program, subject, {data}).rows) {
    const std::size_t begin = row.find("v: ") + 3;
    values.push_back(row.substr(begin, row.rfind('}') - begin));
    if (values.back().find("} ; v invalid") != std::string::npos) values.back() = "?invalid";
  }
  return values;
}

std::vector<std::string> from_json(types::TypeId type, const std::vector<std::string>& spellings) {
  Shapes shapes;
  return from_json(shapes, field("v", type), spellings);
}

std::vector<std::string> from_csv(Shapes& shapes, types::TypeId type, const std::vector<std::string>& cells) {
  const auto subject = shapes.subject({field("id", types::kText), field("v", type)});
  std::string data = "id,v\n";
  for (const std::string& each : cells) data += "x," + each + "\n";
  std::vector<std::string> values;
  for (const std::string& row : read(shapes.program, subject, {data, typed::SourceKind::csv}).rows) {
    const std::size_t begin = row.find("v: ") + 3;
    values.push_back(row.substr(begin, row.find('}') - begin));
  }
  return values;
}

std::vector<std::string> from_csv(types::TypeId type, const std::vector<std::string>& cells) {
  Shapes shapes;
  return from_csv(shapes, type, cells);
}

using Values = std::vector<std::string>;

TEST(ReadValue, Bool) {
  EXPECT_EQ(from_json(types::kBool, {"true", "\"TRUE\"", "\"yes\"", "\"YES\"", "\"1\"", "false", "\"No\"", "\"0\""}),
            (Values{"true", "true", "true", "true", "true", "false", "false", "false"}));
  EXPECT_EQ(from_json(types::kBool, {"1", "0", "2", "\"y\"", "\"on\"", "\"2\"", "[]", "{}", "\" true\"", "null"}),
            (Values{"?invalid", "?invalid", "?invalid", "?invalid", "?invalid", "?invalid", "?invalid", "?invalid",
                    "?invalid", "?missing"}));
  EXPECT_EQ(from_csv(types::kBool, {"TRUE", " yes ", "0", "y", ""}),
            (Values{"true", "true", "false", "?invalid", "?missing"}));
}

TEST(ReadValue, Int) {
  EXPECT_EQ(from_json(types::kInt, {"5", "\"5\"", "5.0", "5e0", "-7", "\"+5\"", "\"007\"", "9007199254740993",
                                    "9223372036854775807", "1.5e1"}),
            (Values{"5", "5", "5", "5", "-7", "5", "7", "9007199254740993", "9223372036854775807", "15"}));
  EXPECT_EQ(
      from_json(types::kInt, {"5.5", "9223372036854775808", "\"1,000\"", "\"0x10\"", "true", "\"\"", "\" 5\"", "1e99"}),
      (Values(8, "?invalid")));
  EXPECT_EQ(from_csv(types::kInt, {"5", " 7 ", "\" 8 \"", "x"}), (Values{"5", "7", "8", "?invalid"}));
}

TEST(ReadValue, Number) {
  EXPECT_EQ(from_json(types::kNumber, {"1.5", "\"1500\"", "1.5e3", "-0"}), (Values{"1.5", "1500", "1500", "0"}));
  EXPECT_EQ(from_json(types::kNumber, {"1e400", "\"NaN\"", "\"Infinity\"", "\"+1\"", "\"1.\"", "\".5\""}),
            Values(6, "?invalid"));
}

TEST(ReadValue, Percent) {
  Shapes shapes;
  types::Field bounded = field("v", types::kPercent);
  bounded.range = types::Range{types::Percent{0}, types::Percent{100}};
  EXPECT_EQ(from_json(shapes, bounded, {"83.5", "\"83.5\"", "\"83.5%\"", "\"83.5 %\"", "835e-1", "100"}),
            (Values{"83.5%", "83.5%", "83.5%", "83.5%", "83.5%", "100%"}));
  EXPECT_EQ(from_json(shapes, bounded, {"100.5", "-1", "\"83,5%\"", "\"%\"", "true", "\"101%\""}),
            Values(6, "?invalid"));
}

TEST(ReadValue, TextKeepsItsSpelling) {
  EXPECT_EQ(from_json(types::kText,
                      {"12", "1.50", "1E3", "true", R"("a\u0041\/\"")", "\" x \"", R"("\ud83d\ude00")", "\"\""}),
            (Values{"\"12\"", "\"1.50\"", "\"1E3\"", "\"true\"", "\"aA/\"\"", "\" x \"", "\"😀\"", "\"\""}));
  EXPECT_EQ(from_json(types::kText, {"[\"x\"]", "{\"x\":1}", R"("\ud83d")", R"("\udc00x")", "\"a\xFF\""}),
            Values(5, "?invalid"));
}

TEST(ReadValue, DateAndTime) {
  EXPECT_EQ(from_json(types::kDate, {"\"2026-11-23\"", "\"2026-11-23T23:30:00-05:00\"", "\"2026-11-23t10:00z\""}),
            (Values{"2026-11-23", "2026-11-23", "2026-11-23"}));
  EXPECT_EQ(from_json(types::kDate, {"\"2026-02-30\"", "\"23/11/2026\"", "20261123", "true"}), Values(4, "?invalid"));
  EXPECT_EQ(from_json(types::kTime, {"\"2026-11-23 10:00\"", "\"2026-11-23T12:30:00+02:30\"", "\"2026-11-23\""}),
            (Values{"2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z", "2026-11-23T00:00:00Z"}));
  EXPECT_EQ(from_json(types::kTime, {"\"2026-12-31T23:59:60Z\"", "\"10:00:00\"", "1"}), Values(3, "?invalid"));
}

TEST(ReadValue, DurationPeriodVersion) {
  EXPECT_EQ(from_json(types::kDuration, {"\"4 hours\"", "\"PT4H\"", "\"P3D\"", "5", "\"P1M\""}),
            (Values{"4 hours", "4 hours", "3 days", "?invalid", "?invalid"}));
  EXPECT_EQ(from_json(types::kPeriod, {"\"6 months\"", "\"P1Y6M\"", "\"3 days\""}),
            (Values{"6 months", "18 months", "?invalid"}));
  EXPECT_EQ(from_json(types::kVersion, {"1.20", "\"V1.20\"", "\"1.20+b\"", "true", "\"1..2\"", "\"\""}),
            (Values{"v1.20", "v1.20", "v1.20", "?invalid", "?invalid", "?invalid"}));
}

TEST(ReadValue, EnumByNameOrSpelling) {
  Shapes shapes;
  const auto plan = shapes.one_of({{"basic", {}, {}}, {"standard", {"Standard", "STD", "1"}, {}}});
  EXPECT_EQ(
      from_json(shapes, field("v", plan), {"\"basic\"", "\"STD\"", "\"standard\"", "1", "\"BASIC\"", "\" basic\""}),
      (Values{"basic", "standard", "standard", "standard", "?invalid", "?invalid"}));
}

TEST(ReadValue, OptionalsAndLists) {
  Shapes shapes;
  EXPECT_EQ(from_json(shapes, field("v", shapes.maybe(types::kInt)), {"null", "1", "\"x\""}),
            (Values{"none", "1", "?invalid"}));
  EXPECT_EQ(from_json(shapes, field("v", shapes.list(types::kInt)), {"[1,\"2\",3.0]", "[]", "null", "5", "{\"a\":1}"}),
            (Values{"[1, 2, 3]", "[]", "?missing", "?invalid", "?invalid"}));
  EXPECT_EQ(from_json(shapes, field("v", shapes.list(shapes.maybe(types::kInt))), {"[1,null]"}), (Values{"[1, none]"}));
  EXPECT_EQ(from_csv(shapes, shapes.maybe(types::kText), {"", "\"\"", "x"}), (Values{"none", "\"\"", "\"x\""}));
}

}  // namespace
}  // namespace muster::ingest

// SPDX-License-Identifier: Apache-2.0
// The quick way from lines to columns and the way through data give the same, whatever the lines hold.
#include <cmath>
#include <random>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "runtime/ingest/quick_values.h"
#include "runtime/ingest/read_value.h"
#include "tests/ingest/batches.h"
#include "tests/ingest/reading.h"

namespace muster::ingest {
namespace {

using types::RecordKind;

types::Field in_range(types::Field field, types::Scalar low, types::Scalar high) {
  field.range = types::Range{std::move(low), std::move(high)};
  return field;
}

class QuickJsonTest : public testing::Test {
 protected:
  QuickJsonTest() {
    auto& record = shapes.types().record_at(subject);
    record.fields[1].is_label = true;
    record.fields[2].is_private = true;
  }

  void bind(typed::Completeness completeness) {
    using Kind = typed::Converter::Kind;
    const auto source = shapes.source(typed::SourceKind::ndjson, completeness);
    auto& binding = shapes.bind(subject, source);
    typed::Converter map = converter(Kind::map);
    map.entries.push_back({"G", types::Scalar(types::EnumMember{1})});
    binding.fields = {bound({1}, {"titles", "main"}, {converter(Kind::trim)}),
                      bound({7}, {"titles", "day"}, {converter(Kind::as_format, "%d/%m/%Y")}),
                      bound({9}, {"hours"}, {converter(Kind::as_hours)}),
                      bound({12}, {"deep", "er", "plan"}, {converter(Kind::lower), map}), bound({14}, {"looked at"})};
  }

  // Tells of the first line that isn't the same.
  static void compare(const std::vector<std::string>& read, const std::vector<std::string>& expected,
                      const std::string& data) {
    std::size_t at = 0;
    while (at < read.size() && at < expected.size() && read[at] == expected[at]) ++at;
    if (read == expected) return;
    std::istringstream lines(data);
    std::string line;
    for (std::size_t number = 0; number <= at && std::getline(lines, line); ++number) {
    }
    FAIL() << (at < read.size() ? read[at] : "nothing") << "\ninstead of\n"
           << (at < expected.size() ? expected[at] : "nothing") << "\nperhaps of\n"
           << line;
  }

  void expect_same(const std::string& data, std::uint64_t list_elements = 1000) {
    Portfolios portfolios{shapes.program, subject};
    portfolios.options.limits.list_elements = list_elements;
    portfolios.options.limits.record_bytes = 1 << 14;
    const auto expected = portfolios.by_reader(data);
    portfolios.chunk_bytes = 1 << 12;
    compare(portfolios.in_columns(data), expected, data);
    portfolios.chunk_bytes = 1 << 20;
    portfolios.parser.texts = ParserOptions::Texts::none;
    const auto without = portfolios.by_reader(data);
    compare(portfolios.in_columns(data), without, data);
    portfolios.parser.path = ParserOptions::Path::through_data;
    compare(portfolios.in_columns(data), without, data);
  }

  Shapes shapes;
  types::RecordId part = shapes.record(
      RecordKind::record, "Part",
      {field("alpha_beta", shapes.maybe(types::kBool)),
       in_range(field("n", types::kInt), std::int64_t{0}, std::int64_t{9}), field("tags", shapes.list(types::kText))});
  types::RecordId review = shapes.record(RecordKind::evidence, "Review",
                                         {field("score", types::kInt), field("parts", shapes.list(shapes.type(part)))});
  types::RecordId subject = shapes.subject({
      field("id", types::kText),
      field("title", types::kText),
      field("secret", types::kInt),
      field("b", types::kBool),
      in_range(field("n", types::kInt), std::int64_t{0}, std::int64_t{100}),
      field("x", shapes.maybe(types::kNumber)),
      in_range(field("p", types::kPercent), types::Percent{0}, types::Percent{100}),
      field("d", shapes.maybe(types::kDate)),
      field("launch_time", types::kTime),
      field("u", types::kDuration),
      field("m", types::kPeriod),
      field("v", types::kVersion),
      field("plan", shapes.one_of({{"basic", {"Basic", "B"}, {}}, {"gold", {}, {}}})),
      field("part", shapes.maybe(shapes.type(part))),
      field("review", shapes.maybe(shapes.type(review))),
      field("regions", shapes.list(shapes.maybe(shapes.type(part)))),
      field("nums", shapes.maybe(shapes.list(shapes.maybe(types::kInt)))),
      field("grid", shapes.list(shapes.list(types::kInt))),
      field("kind", shapes.maybe(shapes.one_of({{"b", {"a"}, {}}, {"a", {"c c c c c c"}, {}}}))),
  });
};

// Records that are mostly in order, and then less and less.
class RandomLines {
 public:
  // In one of three files everything can be read, and in one everything is as it is expected.
  // In one of four keys are shuffled, and letters are written as their numbers.
  explicit RandomLines(unsigned seed)
      : random_(seed), clean_(seed % 3 != 0), plain_(seed % 3 == 1), shuffled_(seed % 4 == 3) {}

  std::string lines(int count) {
    std::string text;
    for (int line = 0; line < count; ++line) {
      std::string record = object(subject_keys(), 0);
      if (!clean_ && one_in(6)) damage(record);
      text += record + (one_in(9) ? "\r\n" : "\n");
      if (one_in(20)) text += one_in(2) ? "\n" : " \t\n";
      if (one_in(40)) text += "\xEF\xBB\xBF";
    }
    if (one_in(3)) text.pop_back();
    return text;
  }

 private:
  unsigned below(unsigned count) { return static_cast<unsigned>(random_() % count); }
  bool one_in(unsigned count) { return below(count) == 0; }
  const char* one_of(const std::vector<const char*>& all) { return all[below(static_cast<unsigned>(all.size()))]; }

  static std::vector<const char*> subject_keys() {
    return {"id",
            "titles",
            "secret",
            "b",
            "n",
            "x",
            "p",
            "launch_time",
            "hours",
            "m",
            "v",
            "deep",
            "part",
            "looked at",
            "regions",
            "nums",
            "grid",
            "kind",
            "nothing reads",
            "another",
            "launchTime",
            "a key that is longer than sixteen bytes"};
  }

  std::string object(std::vector<const char*> keys, int depth) {
    if (shuffled_ || one_in(4)) std::shuffle(keys.begin(), keys.end(), random_);
    std::string text = "{" + space();
    bool first = true;
    for (const char* key : keys) {
      if (one_in(12) && std::string_view(key) != "id") continue;
      if (std::string_view(key) == "launchTime" && !one_in(10)) continue;
      const int times = !plain_ && one_in(60) ? 2 : 1;
      for (int time = 0; time < times; ++time) {
        if (!first) text += "," + space();
        first = false;
        std::string name = key;
        if (!plain_ && one_in(80)) name = "\\u0069" + name.substr(1);
        if (!clean_ && one_in(200)) name += "\\q";
        text += quoted(name) + space() + ":" + space() + value(key, depth) + space();
      }
    }
    return text + "}";
  }

  std::string space() { return one_in(15) ? one_of({" ", "  ", "\t", "\r", " \t "}) : ""; }

  std::string quoted(std::string text) {
    if (shuffled_ && one_in(5) && !text.empty() && text.find('\\') == std::string::npos) {
      const std::size_t at = below(static_cast<unsigned>(text.size()));
      const auto letter = static_cast<unsigned char>(text[at]);
      if (letter < 0x80) text.replace(at, 1, fmt::format("\\u{:04x}", static_cast<unsigned>(letter)));
    }
    return "\"" + text + "\"";
  }

  std::string value(std::string_view key, int depth) {
    if (!plain_ && one_in(30)) return junk(depth);
    if (one_in(12)) return "null";
    if (key == "id") return one_in(30) ? number() : quoted("key " + std::to_string(below(1000)));
    if (key == "titles") return object({"main", "day", "other"}, depth + 1);
    if (key == "main") return quoted(text());
    if (key == "day") return quoted(one_of({"01/02/2026", "31/12/1999", "1/2/2026", "30/02/2026"}));
    if (key == "deep") return object({"er"}, depth + 1);
    if (key == "er") return object({"plan"}, depth + 1);
    if (key == "plan") return quoted(one_of({"g", "G", "Gold"}));
    if (key == "b" || key == "alpha_beta") return one_of({"true", "false", "\"yes\"", "\"TRUE\"", "1"});
    if (key == "launch_time" || key == "launchTime" || key == "collected" || key == "expires") return quoted(time());
    if (key == "m") return quoted(one_of({"6 months", "1 year", "P1Y"}));
    if (key == "v") return quoted(one_of({"1.2.3", "v2", "1.0-rc.1", "x"}));
    if (key == "kind") return quoted(one_of({"a", "b", "c c c c c c", "c c c c c d", "", "B"}));
    if (key == "part") return object({"alpha_beta", "n", "tags", "x"}, depth + 1);
    if (key == "looked at") return object({"score", "parts", "collected", "expires"}, depth + 1);
    if (key == "regions" || key == "parts") return list([&] { return value("part", depth + 1); });
    if (key == "tags") return list([&] { return quoted(text()); });
    if (key == "nums") return list([&] { return number(); });
    if (key == "grid") return list([&] { return list([&] { return number(); }); });
    if (key == "nothing reads" || key == "another") return junk(depth);
    return number();
  }

  template <typename Each>
  std::string list(const Each& each) {
    std::string text = "[" + space();
    const unsigned count = one_in(20) ? 30 : below(4);
    for (unsigned at = 0; at < count; ++at) text += (at == 0 ? "" : ",") + space() + each() + space();
    return text + "]";
  }

  std::string number() {
    return one_of({"0",
                   "1",
                   "-1",
                   "7",
                   "42",
                   "100",
                   "101",
                   "1.5",
                   "-0",
                   "0.1",
                   "1e2",
                   "1E-3",
                   "5.0",
                   "9223372036854775807",
                   "9223372036854775808",
                   "-9223372036854775808",
                   "123456789012345678",
                   "1234567890123456789",
                   "0.30000000000000004",
                   "123456789.123456",
                   "1234567890.1234567",
                   "1e400",
                   "-0.0",
                   "\"12\"",
                   "\"+5\"",
                   "\"0012\"",
                   "\"80%\"",
                   "\"1.25\""});
  }
  std::string time() {
    return one_of({"2026-11-23T10:00:00Z", "2026-02-29T10:00:00Z", "2024-02-29T23:59:59Z", "2026-11-23",
                   "0000-01-01T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T10:60:00Z", "2026-11-23T10:00:60Z",
                   "2026-11-23t10:00:00z", "2026-11-23T10:00:00+02:00", "9999-12-31T23:59:59Z", "2026/11/23T10:00:00Z",
                   "soon", "2026-11-23T23:30:00-05:00", "2026-11-23T23:30:00+24:00", "2026-02-29T23:30:00-05:00"});
  }
  std::string text() {
    if (clean_) return one_of({"", "a", "b", "gold", "a text of more than sixteen bytes", "caf\xC3\xA9", "\\u00e9\\n"});
    return one_of({"", "a", "b", "gold", "true", " padded ", "with \\\"quotes\\\"", "\\u00e9\\n", "\\ud83d\\ude00",
                   "\\ud83d", "\\q", "caf\xC3\xA9", "broken \xFF", "a text of more than sixteen bytes, of letters",
                   "12", "null"});
  }
  std::string junk(int depth) {
    if (depth > 4) return "0";
    switch (below(8)) {
      case 0: return "{}";
      case 1: return "[]";
      case 2: return list([&] { return junk(depth + 1); });
      case 3: return object({"q", "r\\ns", "id"}, depth + 1);
      case 4: return quoted(text());
      case 5:
        if (clean_) return "true";
        return one_of({"nope", "01", "+1", "tru", "1x", "12\"ab,c\"", "\"a\"b", "\"a\"\"b\""});
      case 6:
        if (clean_) return "[[[[[[[[]]]]]]]]";
        return one_of({"[1 2]", "{\"a\":1,}", "[,]", "{\"a\"}", "{1:2}", "[1}", "\xFF", "[[[[[[[[]]]]]]]]"});
      default: return number();
    }
  }

  void damage(std::string& record) {
    const std::size_t at = below(static_cast<unsigned>(record.size()));
    switch (below(5)) {
      case 0: record.erase(at); break;
      case 1: record.erase(at, 1); break;
      case 2: record.insert(at, 1, "\"\\{}[],:0 \x01\xFF"[below(12)]); break;
      case 3: record[at] = "\"\\{}[],:0 \x01\xFF"[below(12)]; break;
      default: record += one_of({"}", " 1", "\"", "\\", "{}", "\x01"});
    }
  }

  std::mt19937 random_;
  bool clean_;
  bool plain_;
  bool shuffled_;
};

TEST_F(QuickJsonTest, RandomRecords) {
  bind(typed::Completeness::open);
  Portfolios portfolios{shapes.program, subject};
  EXPECT_GT(portfolios.quick_subjects(RandomLines(1).lines(1000)), 500u);
  EXPECT_GT(portfolios.quick_subjects(RandomLines(7).lines(1000)), 500u);
  for (unsigned seed = 0; seed < 60; ++seed) {
    expect_same(RandomLines(seed).lines(40));
    if (HasFatalFailure()) return;
  }
  // So many that nobody guesses what the next key is.
  expect_same(RandomLines(3).lines(500));
}

TEST_F(QuickJsonTest, RandomRecordsOfACompleteSource) {
  bind(typed::Completeness::rows_and_keys);
  for (unsigned seed = 1000; seed < 1060; ++seed) {
    expect_same(RandomLines(seed).lines(40), 20);
    if (HasFatalFailure()) return;
  }
}

TEST_F(QuickJsonTest, RandomRecordsByNames) {
  for (unsigned seed = 2000; seed < 2040; ++seed) {
    expect_same(RandomLines(seed).lines(40));
    if (HasFatalFailure()) return;
  }
}

// A record that is cut off goes not on in the next line.
TEST_F(QuickJsonTest, RecordsEndWithTheirLines) {
  expect_same("{\"id\":\"a\",\"n\":\n{\"n\":1}}\n{\"id\":\n\"b\"}\n{\"id\":\"c\",\"q\":[1\n,2]}\n{\"id\":\"d\"}\n");
  expect_same("{\"id\":\"a\"\n");
  expect_same("{\"id\":\"a\"");
  expect_same("{\"id\":\"a\",\"q\":[[[");
  expect_same("{\"id\":\"a\",\"q\":");
  expect_same("{\"id\":\"a\"}{\"id\":\"b\"}\n");
  expect_same("{\"id\":\"a\"\\\n\"\n");
}

// Where nothing of the kind was expected, and after a first that was told.
TEST_F(QuickJsonTest, ValuesOfAnotherShape) {
  for (const char* value : {"[]", "{}", "[\"\"]", "{\"text\":1}", "[{\"n\":[1,2]}]", "[tru]", "[\"\\q\"]", "[\"\\n\"]",
                            "{\"\\q\":1}", "{\"\\n\":1}", "{\"a\":tru}", "[1", "[1}", "[,]", "\"\"", "12"}) {
    std::string data;
    for (const char* key : {"n", "b", "d", "plan", "kind", "part", "nums", "regions", "grid", "titles", "x"}) {
      const std::string record = "{\"id\":\"a\",\"" + std::string(key) + "\":";
      data += record + "[]}\n" + record + "{}}\n" + record + "\"?\"}\n" + record + value + "}\n" + record + "[1,2]}\n";
    }
    expect_same(data);
  }
}

TEST_F(QuickJsonTest, SpellingsOfKeysAndTexts) {
  const std::string data =
      "{\"id\":\"a\",\"\\u006e\":1,\"kin\\u0064\":\"\\u0061\",\"p\\u006can\":\"B\\\\\"}\n"
      "{\"id\":\"b\",\"\\u006E\":2,\"kin\\u0064\":\"c c c \\u0063 c c\",\"plan\":\"\\u0042\"}\n"
      "{\"id\":\"c\",\"n\":1,\"\\u006e\":2}\n{\"id\":\"d\",\"\\u006e\":1,\"n\":2}\n"
      "{\"id\":\"e\",\"\\ud83d\":1}\n{\"id\":\"f\",\"\\q\":1}\n{\"id\":\"g\",\"q\":{\"\\q\":1}}\n"
      "{\"id\":\"h\",\"q\":{\"\\u0041\":1,\"\\ud83d\":2}}\n{\"i\\u0064\":\"i\",\"n\\\"\":1,\"\":2,\"n\\\\\":3}\n";
  expect_same(data + data);
}

// Whatever the quick readers take, read_value takes, too, and to the same value.
TEST(QuickValues, AgreeWithTheReader) {
  std::mt19937 random(7);
  const types::Table types;
  const auto spelled = [](Shape shape, const std::string& text) { return Spelling{shape, false, false, text}; };
  int taken = 0;
  for (int round = 0; round < 200'000; ++round) {
    std::string text;
    const char* letters = round % 2 == 0 ? "0123456789.-" : "012-9T:Z";
    const std::size_t size = 1 + random() % 20;
    text = round % 4 == 1 ? "2026-11-23T10:00:00Z" : round % 4 == 3 ? "2024-02-29" : "";
    if (text.empty()) {
      for (std::size_t at = 0; at < size; ++at) text += letters[random() % std::string_view(letters).size()];
    } else {
      for (int change = 0; change < 2; ++change)
        text[random() % text.size()] = letters[random() % std::string_view(letters).size()];
    }
    std::string escaped = text;
    if (round % 3 == 0) escaped[random() % size % escaped.size()] = '\\';
    ASSERT_EQ(has_backslash(escaped), escaped.find('\\') != std::string::npos) << escaped;
    if (const auto value = quick_integer(text)) {
      ++taken;
      ASSERT_EQ(read_value(types, types::kInt, spelled(Shape::bare, text)), types::Scalar(*value)) << text;
    }
    if (const auto value = quick_number(text)) {
      ++taken;
      const auto read = read_value(types, types::kNumber, spelled(Shape::bare, text));
      ASSERT_TRUE(read) << text;
      ASSERT_EQ(std::get<double>(*read), *value) << text;
      ASSERT_EQ(std::signbit(std::get<double>(*read)), std::signbit(*value)) << text;
    }
    if (const auto value = quick_date(text)) {
      ++taken;
      ASSERT_EQ(read_value(types, types::kDate, spelled(Shape::text, text)), types::Scalar(*value)) << text;
    }
    const std::string in_place = text.substr(0, text.size() - (text.ends_with('Z') ? 1 : 0)) + "-05:00";
    if (const auto value = quick_day_of_time(in_place)) {
      ++taken;
      ASSERT_EQ(read_value(types, types::kDate, spelled(Shape::text, in_place)), types::Scalar(*value)) << in_place;
    }
    if (const auto value = quick_time(text)) {
      ++taken;
      ASSERT_EQ(read_value(types, types::kTime, spelled(Shape::text, text)), types::Scalar(*value)) << text;
    }
  }
  EXPECT_GT(taken, 10'000);
}

}  // namespace
}  // namespace muster::ingest

// SPDX-License-Identifier: Apache-2.0
// Modules too long to be written by hand: chains and crowds that must neither hang nor overflow anything.
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>

#include "compiler/compile.h"

namespace muster {
namespace {

compiler::Compilation check(const std::map<std::string, std::string>& modules) {
  compiler::Loader loader;
  loader.read = [&modules](const std::string& path) -> std::optional<std::string> {
    auto found = modules.find(path);
    return found == modules.end() ? std::nullopt : std::optional(found->second);
  };
  compiler::Request request;
  request.path = "main.muster";
  return compiler::compile(request, loader);
}

compiler::Compilation check(const std::string& text) { return check({{"main.muster", text}}); }

std::string repeated(int count, const std::function<std::string(int)>& line) {
  std::string text;
  for (int i = 0; i < count; ++i) text += line(i) + "\n";
  return text;
}

std::size_t count_of(const compiler::Compilation& result, base::Code code) {
  std::size_t count = 0;
  for (const auto& each : result.diagnostics.list()) count += each.code == code;
  return count;
}

std::string first_message(const compiler::Compilation& result) {
  return result.diagnostics.list().empty() ? "" : result.diagnostics.list().front().message;
}

std::string n(int number) { return std::to_string(number); }

const std::string kSubject = "subject S { key id: text  x: int }\n";

// Both ways round: each needs the one before it, or the one behind it.
enum class Order { forwards, backwards };

std::string chain(int count, Order order, const std::function<std::string(int, std::string)>& line) {
  return repeated(count, [&](int i) {
    const int needed = order == Order::forwards ? i - 1 : i + 1;
    return line(i, needed < 0 || needed == count ? "" : n(needed));
  });
}

class ChainTest : public testing::TestWithParam<Order> {};

TEST_P(ChainTest, OfFixturesHasNoLimit) {
  const auto result =
      check(kSubject + chain(20'000, GetParam(), [](int i, const std::string& needed) {
              return "fixture f" + n(i) + ": S = { " + (needed.empty() ? "x: 1" : "...f" + needed) + " }";
            }));
  EXPECT_EQ(first_message(result), "");
}

TEST_P(ChainTest, OfDefinesIsTooDeepToRun) {
  const auto result =
      check(kSubject +
            chain(3'000, GetParam(),
                  [](int i, const std::string& needed) {
                    return "define d" + n(i) + "(a: int): int = " + (needed.empty() ? "a" : "d" + needed + "(a)");
                  }) +
            "policy p for S { must c { require d0(x) + d2999(x) > 1 } }");
  EXPECT_EQ(count_of(result, base::Code::too_costly), 1u) << first_message(result);
  EXPECT_EQ(result.diagnostics.list().size(), 1u);
}

TEST_P(ChainTest, OfLetsIsTooDeepToRun) {
  const auto result = check(kSubject + "policy p for S {\n" +
                            chain(3'000, GetParam(),
                                  [](int i, const std::string& needed) {
                                    return "let l" + n(i) + " = " + (needed.empty() ? "x" : "l" + needed + " + 1");
                                  }) +
                            "must c { require l0 + l2999 > 1 } }");
  EXPECT_EQ(count_of(result, base::Code::too_costly), 1u) << first_message(result);
  EXPECT_EQ(result.diagnostics.list().size(), 1u);
}

TEST_P(ChainTest, OfSubjectsHasNoLimit) {
  const auto result = check(chain(5'000, GetParam(), [](int i, const std::string& needed) {
    return "subject S" + n(i) + (needed.empty() ? " { key id: text }" : " extends S" + needed + " {}");
  }));
  EXPECT_EQ(first_message(result), "");
}

TEST_P(ChainTest, OfGatesHasNoLimit) {
  const auto result =
      check(kSubject + "policy p for S {\nmust c { require x > 1 }\n" +
            chain(3'000, GetParam(),
                  [](int i, const std::string& needed) {
                    return "gate g" + n(i) + " { require " + (needed.empty() ? "every must" : "g" + needed) + " }";
                  }) +
            "}");
  EXPECT_EQ(first_message(result), "");
}

TEST_P(ChainTest, OfScoresHasNoLimit) {
  const auto result =
      check(kSubject + "policy p for S {\nmust c { require x > 1 }\n" +
            chain(3'000, GetParam(),
                  [](int i, const std::string& needed) {
                    return "score s" + n(i) + (needed.empty() ? " { of must }" : " = s" + needed + " * 0.5");
                  }) +
            "}");
  EXPECT_EQ(first_message(result), "");
}

TEST_P(ChainTest, ThatIsACircleIsReportedOnce) {
  const auto result =
      check(kSubject + "policy p for S {\n" +
            chain(3'000, GetParam(),
                  [](int i, const std::string& needed) {
                    return "let l" + n(i) + " = " + (needed.empty() ? i == 0 ? "l2999" : "l0" : "l" + needed) + " + 1";
                  }) +
            "must c { require l0 > 1 } }");
  EXPECT_EQ(result.diagnostics.list().size(), 1u) << first_message(result);
}

INSTANTIATE_TEST_SUITE_P(BothWays, ChainTest, testing::Values(Order::forwards, Order::backwards));

TEST(Limits, ManyFieldsOfOneBind) {
  const auto result =
      check("subject S { key id: text\n" + repeated(20'000, [](int i) { return "f" + n(i) + ": int"; }) +
            "}\nsource s = csv \"s.csv\"\nbind S from s {\n" +
            repeated(20'000, [](int i) { return "f" + n(i) + " <- g" + n(i); }) + "}");
  EXPECT_EQ(first_message(result), "");
}

TEST(Limits, CriteriaBeyondTheMostAreReportedAtTheFirst) {
  const auto with = [](int count) {
    return check(kSubject + "policy p for S {\n" +
                 repeated(count, [](int i) { return "must c" + n(i) + " { require x > 1 }"; }) + "}");
  };
  EXPECT_EQ(first_message(with(100'000)), "");
  const auto result = with(100'002);
  ASSERT_EQ(result.diagnostics.list().size(), 1u);
  const auto& found = result.diagnostics.list().front();
  EXPECT_EQ(found.message, "`p` has more than 100,000 criteria");
  EXPECT_EQ(result.sources.text(found.span), "c100000");
}

TEST(Limits, ErrorsOfAFileBeyondTheMostAreCounted) {
  const auto result =
      check({{"main.muster", "import other\nrecord R { a: Missing }"}, {"other.muster", std::string(1'000'000, '{')}});
  EXPECT_EQ(result.diagnostics.list().size(), 1'001u);
  EXPECT_EQ(count_of(result, base::Code::unknown_type), 1u);
  ASSERT_EQ(result.diagnostics.left_out().size(), 1u);
  EXPECT_EQ(result.diagnostics.left_out().begin()->second + result.diagnostics.list().size(),
            result.diagnostics.error_count());
}

TEST(Limits, WarningsDoNotHideAnError) {
  const auto result = check(kSubject + "policy p for S {\n" +
                            repeated(3'000, [](int i) { return "must c" + n(i) + " { require x is present }"; }) +
                            "must last { require y } }");
  EXPECT_EQ(count_of(result, base::Code::never_absent), 3'000u);
  EXPECT_EQ(count_of(result, base::Code::unknown_name), 1u);
  EXPECT_TRUE(result.diagnostics.left_out().empty());
}

// Each record has two fields of the next: as many fields as a small text can say.
std::string doubling(int count) {
  return repeated(
             count,
             [](int i) { return "record R" + n(i) + " { a: R" + n(i + 1) + "  b: list of R" + n(i + 1) + "? }"; }) +
         "record R" + n(count) + " { x: int }";
}

TEST(Limits, FieldsOfARecordThatMultiply) {
  EXPECT_EQ(first_message(check(doubling(15))), "");  // 98,302 fields
  for (const int count : {16, 60, 5'000}) {
    const auto result = check(doubling(count));
    ASSERT_EQ(result.diagnostics.list().size(), 1u) << count;
    EXPECT_EQ(first_message(result),
              "`R" + n(count - 16) + "` has more than 100,000 fields, with those of the records in it");
  }
}

TEST_P(ChainTest, OfRecordsIsTooDeep) {
  const auto records = [](int count) {
    return check(chain(count, GetParam(), [](int i, const std::string& needed) {
      return "record R" + n(i) + " { a: " + (needed.empty() ? "int" : "R" + needed) + " }";
    }));
  };
  EXPECT_EQ(first_message(records(256)), "");
  const auto result = records(3'000);
  ASSERT_EQ(result.diagnostics.list().size(), 1u);
  EXPECT_EQ(result.diagnostics.list().front().code, base::Code::too_costly) << first_message(result);
}

TEST(Limits, ModulesBeyondTheMostAreReportedOnce) {
  std::map<std::string, std::string> modules;
  for (int i = 0; i < 10'010; ++i) modules["m" + n(i) + ".muster"] = "";
  modules["main.muster"] = repeated(10'010, [](int i) { return "import m" + n(i); });
  const auto result = check(modules);
  ASSERT_EQ(result.diagnostics.list().size(), 1u);
  EXPECT_EQ(first_message(result), "more than 10000 modules are imported");
}

TEST(Limits, OneOfManyConflictsIsReportedForEachThing) {
  std::map<std::string, std::string> modules;
  modules["shapes.muster"] = kSubject;
  const auto binding = [](int i) {
    return "import shapes (S)\nsource s = csv \"" + n(i) + ".csv\"\nbind S from s { x <- x }\n";
  };
  for (int i = 0; i < 200; ++i) modules["m" + n(i) + ".muster"] = binding(i);
  modules["main.muster"] = repeated(200, [](int i) { return "import m" + n(i); });
  const auto result = check(modules);
  EXPECT_EQ(count_of(result, base::Code::bound_twice), 1u);
  EXPECT_EQ(result.diagnostics.list().size(), 1u);
}

}  // namespace
}  // namespace muster

// SPDX-License-Identifier: Apache-2.0
// Runs that are asked to end while they judge; the signals themselves are tests/house/process.py's.
#include <gtest/gtest.h>

#include "tests/cli/scratch_folder.h"

namespace muster::commands {
namespace {

const char* const kModule =
    "subject S { key id: text  n: int }\n"
    "source s = ndjson \"data.ndjson\"\n"
    "bind S from s { id <- id }\n"
    "policy p for S \"P\" { must c \"Enough\" { require n >= 1 } }\n";

// The signal comes once something was asked so many times.
Ran run_until(const ScratchFolder& folder, const std::vector<std::string>& arguments, int asked, int signal) {
  std::istringstream in;
  std::ostringstream out, err;
  const auto no_environment = [](const char*) { return std::nullopt; };
  const auto interrupted = [&] { return asked-- > 0 ? 0 : signal; };
  const int code =
      run(arguments, {in, out, err, false, false, 100, folder.path().string(), no_environment, {}, {}, interrupted});
  return {code, out.str(), err.str()};
}

std::string records(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "{\"id\":\"p" + std::to_string(i) + "\",\"n\":1}\n";
  return text;
}

class Interruption : public testing::Test {
 protected:
  Interruption() {
    folder.write("main.muster", kModule);
    folder.write("data.ndjson", records(100));
  }
  ScratchFolder folder;
};

TEST_F(Interruption, EndsAtARecordAndSaysHowFarItCame) {
  const auto all = run_in(folder, {"eval", "main.muster", "--as-of", "2026-11-23"}).out;
  int one = 0, none = 0;
  for (int asked = 0; asked < 20; ++asked) {
    const auto ran = run_until(
        folder, {"eval", "main.muster", "--engine", "reference", "--as-of", "2026-11-23", "--output", "csv=out.csv"},
        asked, 2);
    EXPECT_EQ(ran.code, 130);
    EXPECT_TRUE(all.starts_with(ran.out));
    const auto count = std::count(ran.out.begin(), ran.out.end(), '\n');
    one += count == 1;
    none += count == 0;
    const std::string n = std::to_string(count);
    EXPECT_EQ(ran.err, count == 0 ? "muster eval: interrupted after 0 subjects\n"
                       : count == 1
                           ? "muster eval: interrupted after 1 subject (line 1 of data.ndjson)\n"
                           : "muster eval: interrupted after " + n + " subjects (line " + n + " of data.ndjson)\n");
    EXPECT_EQ(folder.names(), (std::vector<std::string>{"data.ndjson", "main.muster"}));
  }
  EXPECT_GT(one, 0);
  EXPECT_GT(none, 0);
}

// By columns it ends between two batches.
TEST_F(Interruption, SaysOfColumnsHowFarItCame) {
  folder.write("data.ndjson", records(20'000));
  int cut_short = 0;
  for (int asked = 0; asked < 1'000; ++asked) {
    const auto ran =
        run_until(folder, {"eval", "main.muster", "--as-of", "2026-11-23", "--output", "csv=out.csv"}, asked, 2);
    if (ran.code == 0) break;
    EXPECT_EQ(ran.code, 130);
    const auto count = std::count(ran.out.begin(), ran.out.end(), '\n');
    cut_short += count > 0 && count < 20'000 ? 1 : 0;
    EXPECT_TRUE(ran.out.empty() || ran.out.ends_with("}\n"));
    EXPECT_EQ(ran.err.find(" of data.ndjson)\n") != std::string::npos, count > 0) << ran.err;
    EXPECT_EQ(folder.names(), (std::vector<std::string>{"data.ndjson", "main.muster"}));
  }
  EXPECT_GT(cut_short, 0);
}

TEST_F(Interruption, OfAManyDigitsRunIsGrouped) {
  folder.write("data.ndjson", "\n" + records(2'000));
  const auto ran =
      run_until(folder, {"eval", "main.muster", "--engine", "reference", "--format", "summary"}, 3'000, 15);
  EXPECT_EQ(ran.code, 143);
  EXPECT_EQ(ran.out, "");
  EXPECT_NE(ran.err.find("interrupted after 1,"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find(" subjects (line 1,"), std::string::npos) << ran.err;
}

TEST_F(Interruption, OfAComparisonPrintsNothing) {
  folder.write("new.ndjson", records(100));
  const auto ran = run_until(folder, {"diff", "main.muster", "--data", "data.ndjson", "--data", "new.ndjson"}, 20, 2);
  EXPECT_EQ(ran.code, 130);
  EXPECT_EQ(ran.out, "");
  EXPECT_TRUE(ran.err.starts_with("muster diff: interrupted after ")) << ran.err;
}

TEST_F(Interruption, OfTestsEndsBetweenTwo) {
  std::string tests = kModule;
  for (int i = 0; i < 5; ++i)
    tests += "test \"t" + std::to_string(i) +
             "\" for p as of 2026-11-23 {\n  given { id: \"a\", n: 1 }\n  expect c met\n}\n";
  folder.write("main.muster", tests);
  ASSERT_EQ(run_in(folder, {"test", "main.muster"}).code, 0) << run_in(folder, {"test", "main.muster"}).err;
  const auto one = run_until(folder, {"test", "main.muster"}, 1, 2);
  EXPECT_EQ(one.code, 130);
  EXPECT_EQ(one.err, "muster test: interrupted after 1 test\n");
  EXPECT_EQ(run_until(folder, {"test", "main.muster"}, 3, 2).err, "muster test: interrupted after 3 tests\n");
}

}  // namespace
}  // namespace muster::commands

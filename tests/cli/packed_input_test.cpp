// SPDX-License-Identifier: Apache-2.0
// Evidence that is packed: --data, --source, sources of a policy and standard input.
#include <gtest/gtest.h>

#include "runtime/unpack/unpacked_stream.h"
#include "tests/cli/scratch_folder.h"
#include "tests/unpack/packed.h"

namespace muster::commands {
namespace {

using unpack::gzip;
using unpack::zstd;

const char* const kPolicy =
    "record Owner { name: text }\n"
    "subject S { key id: text  n: int  owner: Owner? }\n"
    "source s = ndjson \"data.ndjson.gz\"\n"
    "source owners = csv \"owners.csv\"\n"
    "bind S from s { id <- id }\n"
    "bind S.owner from owners on s { name <- name }\n"
    "policy p for S \"P\" {\n"
    "  must c \"Enough\" { require n >= 1 }\n"
    "  must o \"Owned\" { require owner is present }\n"
    "}\n";
const std::string kData = "{\"id\":\"a\",\"n\":1}\n{\"id\":\"b\",\"n\":2}\n";
const std::string kOwners = "s,name\na,ann\nb,bob\n";

std::vector<std::string> eval(std::vector<std::string> more) {
  std::vector<std::string> arguments = {"eval", "main.muster", "--as-of", "2026-11-23"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

class PackedInput : public testing::Test {
 protected:
  PackedInput() {
    folder.write("main.muster", kPolicy);
    folder.write("plain.ndjson", kData);
    folder.write("owners.csv", kOwners);
    plain = run_in(folder, eval({"--data", "plain.ndjson"})).out;
  }

  ScratchFolder folder;
  std::string plain;
};

TEST_F(PackedInput, IsReadWhereverEvidenceIs) {
  ASSERT_NE(plain.find("\"gates\":{\"ready\":\"pass\"}"), std::string::npos) << plain;
  folder.write("data.ndjson.gz", gzip(kData));
  folder.write("packed.jsonl.zst", zstd(kData));
  folder.write("packed.csv.gz", gzip("id,n\na,1\nb,2\n"));
  folder.write("packed", zstd(kData));
  folder.write("owners.zst", zstd(kOwners));
  const std::vector<std::vector<std::string>> ways = {{},
                                                      {"--data", "packed.jsonl.zst"},
                                                      {"--data", "packed.csv.gz"},
                                                      {"--data", "packed"},
                                                      {"--source", "s=packed.csv.gz", "--source", "owners=owners.zst"}};
  for (const auto& way : ways) {
    const auto ran = run_in(folder, eval(way));
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.out, plain);
  }
  EXPECT_EQ(run_in(folder, eval({"--data", "-"}), {}, gzip(kData)).out, plain);
  EXPECT_EQ(run_in(folder, eval({"--data", "-"}), {}, zstd(kData)).out, plain);
}

TEST_F(PackedInput, APortfolioThatIsCutOffIsNotTheWhole) {
  const std::string packed = gzip(kData);
  folder.write("data.ndjson.gz", packed.substr(0, packed.size() - 4));
  const auto ran = run_in(folder, eval({}));
  EXPECT_EQ(ran.code, 6);
  EXPECT_EQ(ran.out, plain +
                         "{\"muster\":1,\"error\":{\"source\":\"data.ndjson.gz\",\"message\":\"the file could not be "
                         "read to its end: the gzip data are cut off after byte " +
                         std::to_string(packed.size() - 4) + ": fetch the file again\"}}\n");
  EXPECT_EQ(
      ran.err,
      "data.ndjson.gz: error[MU0501]: the file could not be read to its end: the gzip data are cut off after byte " +
          std::to_string(packed.size() - 4) + ": fetch the file again\n");
}

// The last row that came through may lack its last digits.
TEST_F(PackedInput, NoRowIsJudgedByHalf) {
  std::string rows = "id,n\n";
  for (int i = 0; i < 20'000; ++i) rows += "p" + std::to_string(i * 7'919 % 20'011) + "," + std::to_string(i) + "\n";
  const std::string packed = gzip(rows), kept = packed.substr(0, packed.size() / 2);
  folder.write("half.csv.gz", kept);
  const auto ran = run_in(folder, eval({"--data", "half.csv.gz", "--format", "csv"}));
  EXPECT_EQ(ran.code, 6);
  std::istringstream seen(ran.out), given(rows);
  std::string line, row;
  std::getline(seen, line);
  std::getline(given, row);
  std::size_t count = 0;
  while (std::getline(seen, line) && !line.starts_with(",")) {
    ASSERT_TRUE(std::getline(given, row));
    // Subject by subject as they stand in the file.
    ASSERT_EQ(line.substr(0, line.find(',')), row.substr(0, row.find(',')));
    ++count;
  }
  unpack::UnpackedStream rest(std::make_unique<std::istringstream>(kept), std::nullopt);
  const std::string came{std::istreambuf_iterator<char>(rest), std::istreambuf_iterator<char>()};
  EXPECT_FALSE(came.ends_with('\n'));
  EXPECT_GT(count, 1'000u);
  EXPECT_EQ(count + 1, static_cast<std::size_t>(std::count(came.begin(), came.end(), '\n')));
  EXPECT_NE(line.find("the file could not be read to its end"), std::string::npos) << line;
  EXPECT_FALSE(std::getline(seen, line)) << line;
}

TEST_F(PackedInput, ADamagedSourceEndsTheRun) {
  std::string packed = zstd(kOwners);
  packed.back() = static_cast<char>(~packed.back());
  folder.write("owners.csv.zst", packed + "rubbish");
  const auto ran = run_in(folder, eval({"--data", "plain.ndjson", "--source", "owners=owners.csv.zst"}));
  EXPECT_EQ(ran.code, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_NE(ran.err.find("owners.csv.zst: error[MU0505]: the file could not be read to its end: the zstd data are "
                         "damaged near byte "),
            std::string::npos)
      << ran.err;
}

TEST_F(PackedInput, ANameThatSaysOtherwiseIsAnError) {
  folder.write("plain.ndjson.gz", kData);
  const auto ran = run_in(folder, eval({"--data", "plain.ndjson.gz", "--format", "summary"}));
  EXPECT_EQ(ran.code, 6);
  EXPECT_EQ(ran.err,
            "plain.ndjson.gz: error[MU0501]: the file could not be read to its end: its name says that it is packed "
            "with gzip, and its data are not: give it the name of what it holds\n");
}

TEST_F(PackedInput, IsComparedToo) {
  folder.write("new.ndjson.gz", gzip("{\"id\":\"a\",\"n\":0}\n{\"id\":\"b\",\"n\":2}\n"));
  const auto ran = run_in(folder, {"diff", "main.muster", "--data", "plain.ndjson", "--data", "new.ndjson.gz"});
  EXPECT_EQ(ran.code, 1) << ran.err;
  EXPECT_NE(ran.out.find("1 verdict changes"), std::string::npos) << ran.out;
}

}  // namespace
}  // namespace muster::commands

// SPDX-License-Identifier: Apache-2.0
#include "runtime/unpack/unpacked_stream.h"

#include <gtest/gtest.h>

#include <ios>
#include <memory>
#include <sstream>
#include <streambuf>
#include <string>

#include "tests/unpack/packed.h"

namespace muster::unpack {
namespace {

struct Read {
  std::string text;
  bool bad = false;
  std::string trouble;
};

Read read(UnpackedStream& stream, std::size_t block) {
  Read result;
  std::string piece(block, '\0');
  while (stream) {
    stream.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    result.text.append(piece.data(), static_cast<std::size_t>(stream.gcount()));
  }
  result.bad = stream.bad();
  result.trouble = stream.trouble();
  return result;
}

Read read(const std::string& bytes, std::optional<Packing> by_name = std::nullopt, std::size_t block = 1'000) {
  UnpackedStream stream(std::make_unique<std::istringstream>(bytes), by_name);
  return read(stream, block);
}

// Of many blocks, and not as regular as packing likes it.
std::string long_text() {
  std::string text;
  std::uint32_t number = 1;
  for (int i = 0; i < 50'000; ++i) {
    number = number * 1'664'525 + 1'013'904'223;
    text += std::to_string(number) + '\n';
  }
  return text;
}

TEST(UnpackedStream, GivesWhatIsNotPackedAsItIs) {
  const std::string text = long_text();
  EXPECT_EQ(read(text).text, text);
  for (const std::string& each : {std::string(), std::string("a"), std::string("\x1F"), std::string("\x28\xB5\x2F")}) {
    const Read seen = read(each);
    EXPECT_EQ(seen.text, each);
    EXPECT_FALSE(seen.bad);
  }
}

// Who reads no more than that waits for nothing, and gets a file in few pieces.
TEST(UnpackedStream, SaysHowMuchIsThere) {
  const std::string text = long_text();
  UnpackedStream stream(std::make_unique<std::istringstream>(text), std::nullopt);
  std::string read, piece;
  int pieces = 0;
  for (; stream.peek() != UnpackedStream::traits_type::eof(); ++pieces) {
    piece.resize(static_cast<std::size_t>(stream.rdbuf()->in_avail()));
    stream.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    ASSERT_EQ(stream.gcount(), static_cast<std::streamsize>(piece.size()));
    read += piece;
    const std::streamsize behind = stream.rdbuf()->in_avail();
    ASSERT_EQ(behind, static_cast<std::streamsize>(text.size() - read.size()));
    if (behind == 0) continue;
    piece.resize(static_cast<std::size_t>(behind));
    stream.read(piece.data(), behind);
    read += piece;
  }
  EXPECT_EQ(read, text);
  EXPECT_EQ(pieces, 1);
}

TEST(UnpackedStream, UnpacksByNameAndByFirstBytes) {
  const std::string text = long_text();
  for (const std::size_t block : {std::size_t{1}, std::size_t{7}, std::size_t{1} << 20}) {
    EXPECT_EQ(read(gzip(text), std::nullopt, block).text, text);
    EXPECT_EQ(read(zstd(text), std::nullopt, block).text, text);
  }
  EXPECT_EQ(read(gzip(text), Packing::gzip).text, text);
  EXPECT_EQ(read(zstd(text), Packing::zstd).text, text);
}

TEST(UnpackedStream, ReadsOneMemberBehindTheOther) {
  const std::string text = long_text();
  EXPECT_EQ(read(gzip(text) + gzip("") + gzip("end\n")).text, text + "end\n");
  EXPECT_EQ(read(zstd(text) + zstd("") + zstd("end\n")).text, text + "end\n");
  // A frame that is to be skipped, of three bytes.
  const std::string skipped("\x50\x2A\x4D\x18\x03\0\0\0abc", 11);
  EXPECT_EQ(read(skipped + zstd("a\n")).text, "a\n");
}

TEST(UnpackedStream, WhatIsCutOffIsNoEnd) {
  const std::string text = long_text();
  for (const auto& [packed, name] :
       {std::pair{gzip(text), std::string("gzip")}, std::pair{zstd(text), std::string("zstd")}}) {
    const Read seen = read(packed.substr(0, packed.size() - 5));
    EXPECT_TRUE(seen.bad);
    EXPECT_FALSE(seen.text.empty());
    EXPECT_TRUE(text.starts_with(seen.text));
    EXPECT_EQ(seen.trouble, "the " + name + " data are cut off after byte " + std::to_string(packed.size() - 5) +
                                ": fetch the file again");
  }
  const Read empty = read("", Packing::gzip);
  EXPECT_TRUE(empty.bad);
  EXPECT_EQ(empty.trouble, "the gzip data are cut off after byte 0: fetch the file again");
}

TEST(UnpackedStream, WhatStandsBeforeTheDamageIsTheSameInAnyBlocks) {
  std::string packed = gzip(long_text());
  packed[packed.size() / 2] = static_cast<char>(~packed[packed.size() / 2]);
  packed[packed.size() - 6] = static_cast<char>(~packed[packed.size() - 6]);
  const Read seen = read(packed);
  EXPECT_TRUE(seen.bad);
  EXPECT_NE(seen.trouble.find("the gzip data are damaged near byte "), std::string::npos) << seen.trouble;
  EXPECT_EQ(read(packed, std::nullopt, 13).text, seen.text);
}

TEST(UnpackedStream, AWrongChecksumIsDamage) {
  std::string packed = gzip("a,b\n");
  packed[packed.size() - 8] = static_cast<char>(~packed[packed.size() - 8]);
  const Read seen = read(packed);
  EXPECT_TRUE(seen.bad);
  EXPECT_EQ(seen.trouble,
            "the gzip data are damaged near byte 20 (incorrect data check): fetch or pack the file again");
  const Read behind = read(gzip("a\n") + "more");
  EXPECT_TRUE(behind.bad);
  EXPECT_EQ(behind.text, "a\n");
  const Read frame = read(zstd("a\n") + "more");
  EXPECT_TRUE(frame.bad);
  EXPECT_EQ(frame.text, "a\n");
}

TEST(UnpackedStream, ANameThatSaysOtherwiseIsAnError) {
  const Read seen = read("id\na\n", Packing::gzip);
  EXPECT_TRUE(seen.bad);
  EXPECT_EQ(seen.text, "");
  EXPECT_EQ(seen.trouble,
            "its name says that it is packed with gzip, and its data are not: give it the name of what it holds");
  EXPECT_TRUE(read(zstd("id\n"), Packing::gzip).bad);
}

// Would take 1 GiB to look back into.
TEST(UnpackedStream, AWindowThatTakesTooMuchMemoryIsRefused) {
  const Read seen = read(std::string("\x28\xB5\x2F\xFD\x00\xA0\x01\x00\x00", 9));
  EXPECT_TRUE(seen.bad);
  EXPECT_NE(seen.trouble.find("too much memory"), std::string::npos) << seen.trouble;
}

TEST(UnpackedStream, GoesBackToItsBeginning) {
  const std::string text = long_text();
  for (const std::string& bytes : {text, gzip(text), zstd(text)}) {
    UnpackedStream stream(std::make_unique<std::istringstream>(bytes), std::nullopt);
    EXPECT_EQ(stream.peek(), text.front());
    for (int round = 0; round < 2; ++round) {
      stream.clear();
      stream.seekg(0);
      ASSERT_TRUE(stream.good());
      EXPECT_EQ(read(stream, 4'000).text, text);
    }
    stream.clear();
    stream.seekg(1);
    EXPECT_TRUE(stream.fail());
  }
}

// Gives some bytes and then fails, as a disk does.
class FailingBuffer final : public std::streambuf {
 public:
  explicit FailingBuffer(std::string bytes) : bytes_(std::move(bytes)) {
    setg(bytes_.data(), bytes_.data(), bytes_.data() + bytes_.size());
  }

 protected:
  int_type underflow() override { throw std::ios_base::failure("the disk"); }

 private:
  std::string bytes_;
};

TEST(UnpackedStream, ASourceThatFailsIsNoEnd) {
  const std::string text = long_text();
  for (const std::string& bytes : {text, gzip(text), zstd(text)}) {
    FailingBuffer buffer(bytes.substr(0, bytes.size() / 2));
    UnpackedStream stream(std::make_unique<std::istream>(&buffer), std::nullopt);
    const Read seen = read(stream, 1'000);
    EXPECT_TRUE(seen.bad);
    EXPECT_TRUE(text.starts_with(seen.text));
    EXPECT_EQ(seen.trouble, "");
  }
}

TEST(Packing, IsToldByTheEndOfTheName) {
  EXPECT_EQ(packing_of_name("a.csv.gz"), Packing::gzip);
  EXPECT_EQ(packing_of_name("a.zst"), Packing::zstd);
  EXPECT_EQ(packing_of_name("a.gz.csv"), std::nullopt);
  EXPECT_EQ(name_when_unpacked("a.csv.gz"), "a.csv");
  EXPECT_EQ(name_when_unpacked("a.csv.zst"), "a.csv");
  EXPECT_EQ(name_when_unpacked("a.csv"), "a.csv");
}

}  // namespace
}  // namespace muster::unpack

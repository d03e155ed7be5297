// SPDX-License-Identifier: Apache-2.0
// Which keys records have, and that noting them changes nothing of what is read.
#include "runtime/ingest/key_notes.h"

#include <gtest/gtest.h>

#include "tests/ingest/reading.h"

namespace muster::ingest {
namespace {

using Keys = std::vector<std::string>;

class Noting : public testing::Test {
 protected:
  Shapes shapes;
  types::RecordId part = shapes.record(types::RecordKind::record, "Part", {field("n", types::kInt)});
  types::RecordId subject = shapes.subject({field("id", types::kText), field("parts", shapes.list(shapes.type(part)))});
  KeyNotes notes;

  Read read_noting(std::string data, typed::SourceKind kind = typed::SourceKind::ndjson) {
    Options options;
    options.key_notes = &notes;
    return read(shapes.program, subject, {std::move(data), kind}, options);
  }
};

TEST_F(Noting, KeysOfAllRecordsInAllDepths) {
  read_noting(
      "{\"id\":\"a\",\"parts\":[{\"n\":1},{\"m\":[[{\"deep\":null}]]}],\"x\":{\"y\":1}}\n"
      "{\"id\":\"b\",\"z\":{},\"x\":{\"w\":{\"v\":2}}}\n");
  EXPECT_EQ(notes.records(0), 2u);
  EXPECT_EQ(notes.keys_beneath(0, {}), (Keys{"id", "parts", "x", "z"}));
  EXPECT_EQ(notes.keys_beneath(0, {"parts"}), (Keys{"m", "n"}));
  EXPECT_EQ(notes.keys_beneath(0, {"x"}), (Keys{"w", "y"}));
  EXPECT_TRUE(notes.may_have(0, {"parts", "m", "deep"}));
  EXPECT_TRUE(notes.may_have(0, {"x", "w", "v"}));
  EXPECT_FALSE(notes.may_have(0, {"x", "v"}));
  EXPECT_FALSE(notes.may_have(1, {"id"}));
  EXPECT_EQ(notes.records(1), 0u);
}

TEST_F(Noting, ColumnsAreKeysOnceThereIsARow) {
  read_noting("id,other\n", typed::SourceKind::csv);
  EXPECT_EQ(notes.records(0), 0u);
  read_noting("id,other\na\n", typed::SourceKind::csv);
  EXPECT_EQ(notes.keys_beneath(0, {}), (Keys{"id", "other"}));
}

TEST_F(Noting, RecordsAreReadAsInAStrictRun) {
  const std::string data =
      "{\"id\":\"a\",\"parts\":[{\"n\":1,\"m\":nope}]}\n"
      "{\"id\":\"b\",\"parts\":[{\"n\":1,\"m\":[{}]}],\"x\":{\"n\":2}}\n"
      "{\"id\":\"c\",\"x\":tru}\n{\"id\":\"d\",\"parts\":{\"n\":1}}\n";
  Options strict;
  strict.strict = true;
  EXPECT_EQ(read_noting(data).rows, read(shapes.program, subject, {data}, strict).rows);
}

TEST_F(Noting, WhereKeysAreDataNothingIsSaidOfThoseThatAreNotKept) {
  std::string data = "{\"id\":\"a\",\"x\":{";
  for (std::size_t i = 0; i <= KeyNotes::kMostKeys; ++i) data += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":1";
  read_noting(data + "}}\n");
  EXPECT_LE(notes.keys_beneath(0, {"x"}).size(), KeyNotes::kMostKeys);
  EXPECT_TRUE(notes.may_have(0, {"x", "k0"}));
  EXPECT_TRUE(notes.may_have(0, {"nobody", "knows"}));
}

}  // namespace
}  // namespace muster::ingest

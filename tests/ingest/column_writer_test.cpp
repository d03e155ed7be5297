// SPDX-License-Identifier: Apache-2.0
// Data written to columns: what is known and absent, rows of lists, and what is beneath a record that isn't known.
#include <gtest/gtest.h>

#include "runtime/ingest/column_writer.h"
#include "tests/ingest/reading.h"

namespace muster::ingest {
namespace {

using columns::Batch;
using evidence::Datum;
using evidence::Reason;
using ir::Phys;

Datum known(types::Scalar value) { return Datum::known(std::move(value), {}); }
Datum text(const char* value) { return known(std::string(value)); }
Datum number(std::int64_t value) { return known(value); }
Datum unknown() { return Datum::unknown(Reason::missing, {}); }
Datum absent() { return Datum::absent({}); }

// A record or list.
Datum of(std::vector<Datum> items) {
  Datum datum;
  datum.state = evidence::State::known;
  datum.items = std::move(items);
  return datum;
}

std::string bits(const columns::Bitmap& bitmap, std::size_t rows) {
  std::string shown;
  for (std::size_t row = 0; row < rows; ++row) shown += bitmap.at(row) ? '1' : '0';
  return shown;
}

class ColumnWriterTest : public testing::Test {
 protected:
  ColumnWriterTest() {
    layout.tables.resize(2);
    layout.tables[ir::kSubjectsTable].row = shapes.type(subject);
  }

  ir::ColumnId column(ir::TableId table, ir::Path path, types::TypeId type, Phys phys = Phys::bits) {
    layout.columns.push_back({table, std::move(path), type, phys, true, {}});
    return static_cast<ir::ColumnId>(layout.columns.size() - 1);
  }
  ir::TableId list(ir::TableId parent, ir::Path path, types::TypeId row) {
    layout.tables.push_back({parent, std::move(path), row});
    return static_cast<ir::TableId>(layout.tables.size() - 1);
  }
  Batch written(const std::vector<Datum>& subjects, const std::vector<Datum>& shared = {}) {
    const ColumnWriter writer(shapes.types(), layout);
    Batch batch(layout);
    writer.set_shared(shared, batch);
    for (std::size_t row = 0; row < subjects.size(); ++row) EXPECT_EQ(writer.add_subject(subjects[row], batch), row);
    return batch;
  }

  Shapes shapes;
  types::RecordId part = shapes.record(
      types::RecordKind::record, "Part",
      {field("n", types::kInt), field("tags", shapes.list(types::kText)), field("b", shapes.maybe(types::kBool))});
  types::RecordId subject =
      shapes.subject({field("id", types::kText), field("n", shapes.maybe(types::kInt)),
                      field("part", shapes.maybe(shapes.type(part))), field("parts", shapes.list(shapes.type(part)))});
  ir::Layout layout;
};

TEST_F(ColumnWriterTest, ScalarsAreKnownAbsentOrNeither) {
  const auto n = column(ir::kSubjectsTable, {1}, shapes.maybe(types::kInt), Phys::i64);
  const Batch batch = written({of({text("a"), number(7), absent(), unknown()}), of({text("b"), absent(), absent(), {}}),
                               of({text("c"), unknown(), absent(), {}})});
  EXPECT_EQ(batch.subjects(), 3u);
  EXPECT_EQ(bits(batch.column(n).known, 3), "100");
  EXPECT_EQ(bits(batch.column(n).absent, 3), "010");
  EXPECT_EQ(batch.column(n).data.as<std::int64_t>()[0], 7);
  EXPECT_EQ(batch.column(n).data.as<std::int64_t>()[1], 0);
}

TEST_F(ColumnWriterTest, WhatIsInARecordThatIsNotKnownIsNeither) {
  const auto there = column(ir::kSubjectsTable, {2}, shapes.maybe(shapes.type(part)));
  const auto b = column(ir::kSubjectsTable, {2, 2}, shapes.maybe(types::kBool));
  const auto tags = list(ir::kSubjectsTable, {2, 1}, types::kText);
  const Batch batch =
      written({of({text("a"), {}, absent(), {}}), of({text("b"), {}, of({{}, of({text("x")}), known(true)}), {}}),
               of({text("c"), {}, unknown(), {}}), of({text("d"), {}, of({{}, unknown(), absent()}), {}})});
  EXPECT_EQ(bits(batch.column(there).known, 4), "0101");
  EXPECT_EQ(bits(batch.column(there).absent, 4), "1000");
  EXPECT_EQ(bits(batch.column(b).known, 4), "0100");
  EXPECT_EQ(bits(batch.column(b).yes, 4), "0100");
  EXPECT_EQ(bits(batch.column(b).absent, 4), "0001");
  EXPECT_EQ(batch.rows(tags), 1u);
  const std::vector<std::uint32_t> offsets(batch.offsets(tags), batch.offsets(tags) + 5);
  EXPECT_EQ(offsets, (std::vector<std::uint32_t>{0, 0, 1, 1, 1}));
}

TEST_F(ColumnWriterTest, ListsOfListsFollowTheirParents) {
  const auto there = column(ir::kSubjectsTable, {3}, shapes.list(shapes.type(part)));
  const auto parts = list(ir::kSubjectsTable, {3}, shapes.type(part));
  const auto tags = list(parts, {1}, types::kText);
  const auto n = column(parts, {0}, types::kInt, Phys::i64);
  const auto tag = column(tags, {}, types::kText, Phys::text);
  layout.columns[tag].literals = {};
  const auto row = [](const char* key, Datum list) { return of({text(key), {}, {}, std::move(list)}); };
  const Batch batch =
      written({row("a", of({of({number(1), of({text("x"), unknown()}), {}}), of({number(2), unknown(), {}})})),
               row("b", unknown()), row("c", of({})), row("d", of({unknown(), of({{}, of({text("y")}), {}})}))});
  EXPECT_EQ(bits(batch.column(there).known, 4), "1011");
  EXPECT_EQ(batch.rows(parts), 4u);
  EXPECT_EQ(std::vector<std::uint32_t>(batch.offsets(parts), batch.offsets(parts) + 5),
            (std::vector<std::uint32_t>{0, 2, 2, 2, 4}));
  EXPECT_EQ(std::vector<std::uint32_t>(batch.offsets(tags), batch.offsets(tags) + 5),
            (std::vector<std::uint32_t>{0, 2, 2, 2, 3}));
  EXPECT_EQ(bits(batch.column(n).known, 4), "1100");
  EXPECT_EQ(bits(batch.column(tag).known, 3), "101");
  EXPECT_EQ(batch.column(tag).data.as<columns::Text>()[2].view(), "y");
}

TEST_F(ColumnWriterTest, TextsAreCodesAndNothingIsLoadedInVain) {
  const auto code = column(ir::kSubjectsTable, {0}, types::kText, Phys::u8);
  layout.columns[code].literals = {"a", "b"};
  const auto bare = column(ir::kSubjectsTable, {0}, types::kText, Phys::text);
  layout.columns[bare].loaded = false;
  const Batch batch = written({of({text("b"), {}, {}, {}}), of({text("z"), {}, {}, {}}), of({text("a"), {}, {}, {}})});
  const auto* codes = batch.column(code).data.as<std::uint8_t>();
  EXPECT_EQ(std::vector<int>(codes, codes + 3), (std::vector<int>{2, 0, 1}));
  EXPECT_EQ(bits(batch.column(bare).known, 3), "111");
  EXPECT_EQ(batch.column(bare).data.as<columns::Text>()[0].size, 0u);
}

TEST_F(ColumnWriterTest, SharedEvidenceIsTheRowOfTheRun) {
  const auto rows = list(ir::kRunTable, {1}, shapes.type(part));
  const auto n = column(rows, {0}, types::kInt, Phys::i64);
  const auto limit = column(ir::kRunTable, {0, 0}, types::kInt, Phys::i64);
  const auto known_rows = column(ir::kRunTable, {1}, shapes.list(shapes.type(part)));
  const Batch batch = written({of({text("a"), {}, {}, {}})},
                              {of({number(5), {}, {}}), of({of({number(1), {}, {}}), of({number(2), {}, {}})})});
  EXPECT_EQ(batch.column(limit).data.as<std::int64_t>()[0], 5);
  EXPECT_EQ(bits(batch.column(known_rows).known, 1), "1");
  EXPECT_EQ(batch.offsets(rows)[1], 2u);
  EXPECT_EQ(batch.column(n).data.as<std::int64_t>()[1], 2);
}

}  // namespace
}  // namespace muster::ingest

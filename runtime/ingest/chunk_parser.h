// SPDX-License-Identifier: Apache-2.0
// Reads the records of a file's chunks into batches of columns, for one thread: each worker has a parser of its own,
// over one portfolio and one ColumnWriter. What a record is, and why it can't be read, is what Reader says of it.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/ingest/chunk.h"
#include "runtime/ingest/chunk_reader.h"
#include "runtime/ingest/column_writer.h"
#include "runtime/ingest/parsed_batch.h"
#include "runtime/ingest/portfolio.h"

namespace muster::ingest {

// The rows of all lists together at which a batch ends.
constexpr std::uint64_t kListRows = std::uint64_t{256} << 10;

struct ParserOptions {
  enum class Texts : std::uint8_t { none, keys_and_labels } texts = Texts::none;
  // Read every record through its data, as the reference does: to compare with, and where something is wrong.
  enum class Path : std::uint8_t { quick, through_data } path = Path::quick;
};

class ChunkParser {
 public:
  // All of them must outlive the parser, which is for one of the portfolio's files; the writer is made for the layout.
  ChunkParser(const Portfolio& portfolio, std::uint32_t file, const CsvHeader& header, const ColumnWriter& writer,
              const ir::Layout& layout, ParserOptions options);
  ~ChunkParser();

  // The chunk must stay as it is while it is read, and while the batches made of it are used. One after the other, in
  // the file's order.
  void start(const Chunk& chunk);
  // The next records of the chunk, into memory that may have held others: at most columns::kBatchRows subjects, or so
  // many that their lists have kListRows. False where there are none left.
  bool next(ParsedBatch& parsed);

  // Problems of the last batch were left out by whoever counts them: the first of their kind is still to come.
  void forget_problems();

  // A subject once more, in full. Exactly what Reader gives for it.
  SubjectRow reread(const Chunk& chunk, const ParsedRecord& record);

 private:
  class Parsing;
  std::unique_ptr<Parsing> parsing_;
};

}  // namespace muster::ingest

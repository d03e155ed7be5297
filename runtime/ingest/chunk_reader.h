// SPDX-License-Identifier: Apache-2.0
// A file of subjects chunk by chunk, for one thread. Memory depends on the size of a chunk and of the largest record.
// Every record of the file is in exactly one chunk, in its order; those that are too long to keep stand there as
// records that can't be read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include <tl/expected.hpp>

#include "runtime/ingest/chunk.h"
#include "runtime/ingest/csv_records.h"
#include "runtime/ingest/portfolio.h"

namespace muster::ingest {

constexpr std::size_t kChunkBytes = std::size_t{1} << 20;

class ChunkReader {
 public:
  virtual ~ChunkReader() = default;

  // The next chunk, of about `chunk_bytes`, into memory that may have held another one; false at the end.
  virtual bool next(Chunk& chunk) = 0;

  // Of CSV. Chunks hold no header.
  const CsvHeader& header() const { return header_; }
  // For a notice; empty if there are none.
  const std::string& missing_columns() const { return missing_columns_; }

 protected:
  CsvHeader header_;
  std::string missing_columns_;
};

// Of CSV the header is read here. The portfolio must outlive the reader, and not close the file before it is done.
tl::expected<std::unique_ptr<ChunkReader>, FileError> open_chunks(Portfolio& portfolio, std::uint32_t file,
                                                                  std::size_t chunk_bytes = kChunkBytes);

}  // namespace muster::ingest

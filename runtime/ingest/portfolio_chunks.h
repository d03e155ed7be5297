// SPDX-License-Identifier: Apache-2.0
// All of the subjects' files chunk by chunk, one file after the other, for one thread at a time. A file that can't be
// read at all is a record that can't; only of the first it is an error of the run.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "runtime/ingest/chunk_reader.h"

namespace muster::ingest {

class PortfolioChunks {
 public:
  // The portfolio must outlive it.
  static tl::expected<PortfolioChunks, FileError> open(Portfolio& portfolio, std::size_t chunk_bytes = kChunkBytes);

  // The next chunk, numbered over all files; false at the end of the last.
  bool next(Chunk& chunk);

  // Of the chunk's file: there as soon as the chunk is, and it stays.
  const CsvHeader& header(std::uint32_t file) const { return files_[file].header; }
  // Which columns bindings name that the file doesn't have, for a notice; empty if there are none.
  const std::string& missing_columns(std::uint32_t file) const { return files_[file].missing_columns; }

 private:
  struct File {
    CsvHeader header;
    std::string missing_columns;
  };

  PortfolioChunks(Portfolio& portfolio, std::size_t chunk_bytes)
      : portfolio_(&portfolio), chunk_bytes_(chunk_bytes), files_(portfolio.subject_files()) {}
  std::optional<FileError> open_file(std::uint32_t file);

  Portfolio* portfolio_;
  std::size_t chunk_bytes_;
  std::uint32_t file_ = 0;
  std::unique_ptr<ChunkReader> reader_;  // of the file; nothing where it can't be read
  std::vector<File> files_;
  std::uint64_t number_ = 0;
};

}  // namespace muster::ingest

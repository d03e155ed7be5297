// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/portfolio_chunks.h"

#include <utility>

namespace muster::ingest {

tl::expected<PortfolioChunks, FileError> PortfolioChunks::open(Portfolio& portfolio, std::size_t chunk_bytes) {
  PortfolioChunks chunks(portfolio, chunk_bytes);
  if (auto error = chunks.open_file(0)) return tl::unexpected(std::move(*error));
  return chunks;
}

std::optional<FileError> PortfolioChunks::open_file(std::uint32_t file) {
  file_ = file;
  auto reader = open_chunks(*portfolio_, file, chunk_bytes_);
  if (!reader) return std::move(reader.error());
  reader_ = std::move(*reader);
  files_[file] = {reader_->header(), reader_->missing_columns()};
  return std::nullopt;
}

bool PortfolioChunks::next(Chunk& chunk) {
  while (true) {
    if (reader_ && reader_->next(chunk)) break;
    if (file_ + 1 == portfolio_->subject_files()) return false;
    reader_.reset();
    portfolio_->close(file_);
    if (auto error = open_file(file_ + 1)) {
      chunk.clear();
      chunk.kind = Chunk::Kind::records;
      chunk.records.push_back({0, 0, error->line, std::move(error->message)});
      chunk.bytes.pad();
      break;
    }
  }
  chunk.file = file_;
  chunk.number = number_++;
  return true;
}

}  // namespace muster::ingest

// SPDX-License-Identifier: Apache-2.0
// The texts that a compilation reads. A SourceMap keeps them for as long as anything points into them; files
// are only ever added, so a FileId and a string_view of a text stay valid as long as the map lives. Several maps may
// share a file.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace muster::base {

// A place for people: both count from 1; columns count characters (code points).
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

// The byte at `at` is the last of a line end: LF, CRLF, or CR alone.
inline bool ends_line(std::string_view text, std::size_t at) {
  return text[at] == '\n' || (text[at] == '\r' && (at + 1 == text.size() || text[at + 1] != '\n'));
}

class SourceFile {
 public:
  SourceFile(std::string path, std::string text);

  const std::string& path() const { return path_; }  // as it is shown to people
  std::string_view text() const { return text_; }
  std::uint32_t line_count() const { return static_cast<std::uint32_t>(line_starts_.size()); }

  // The line (from 1) that holds this byte; past the end, the last line.
  std::uint32_t line_of(std::uint32_t offset) const;
  LineColumn line_column(std::uint32_t offset) const;
  // Without its line end. `line` counts from 1 and must exist.
  std::string_view line_text(std::uint32_t line) const;
  std::uint32_t line_begin(std::uint32_t line) const { return line_starts_[line - 1]; }

 private:
  std::string path_;
  std::string text_;
  // Characters from the text's beginning to this byte.
  std::uint32_t characters_before(std::uint32_t offset) const;

  std::vector<std::uint32_t> line_starts_;
  std::vector<std::uint32_t> block_characters_;  // characters before each block of bytes: a line may have megabytes
};

class SourceMap {
 public:
  FileId add(std::string path, std::string text);
  // A file of another map, by the same id there and here; ids between may stay without a file.
  void put(FileId id, std::shared_ptr<const SourceFile> file);
  const SourceFile& file(FileId id) const { return *files_[id]; }
  bool has(FileId id) const { return id < files_.size() && files_[id] != nullptr; }
  std::size_t size() const { return files_.size(); }  // ids are below it
  std::string_view text(Span span) const;

 private:
  std::vector<std::shared_ptr<const SourceFile>> files_;
};

}  // namespace muster::base

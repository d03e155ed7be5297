// SPDX-License-Identifier: Apache-2.0
#include "base/source_file.h"

#include <algorithm>

namespace muster::base {

namespace {

constexpr std::uint32_t kBlock = 1024;

bool begins_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0u) != 0x80u; }

}  // namespace

SourceFile::SourceFile(std::string path, std::string text) : path_(std::move(path)), text_(std::move(text)) {
  line_starts_.push_back(0);
  std::uint32_t characters = 0;
  for (std::size_t at = 0; at < text_.size(); ++at) {
    if (at % kBlock == 0) block_characters_.push_back(characters);
    if (begins_character(text_[at])) ++characters;
    if (ends_line(text_, at)) line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
  }
}

std::uint32_t SourceFile::line_of(std::uint32_t offset) const {
  auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  return static_cast<std::uint32_t>(after - line_starts_.begin());
}

LineColumn SourceFile::line_column(std::uint32_t offset) const {
  LineColumn place;
  place.line = line_of(offset);
  std::uint32_t begin = line_begin(place.line);
  if (place.line == 1 && text().starts_with("\xEF\xBB\xBF")) begin = 3;
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  if (offset > begin) place.column += characters_before(offset) - characters_before(begin);
  return place;
}

std::uint32_t SourceFile::characters_before(std::uint32_t offset) const {
  if (block_characters_.empty()) return 0;
  const std::size_t block = std::min<std::size_t>(offset / kBlock, block_characters_.size() - 1);
  std::uint32_t characters = block_characters_[block];
  for (std::size_t at = block * kBlock; at < offset; ++at) {
    if (begins_character(text_[at])) ++characters;
  }
  return characters;
}

std::string_view SourceFile::line_text(std::uint32_t line) const {
  const std::size_t end = line < line_count() ? line_starts_[line] : text_.size();
  std::string_view found = text().substr(line_begin(line), end - line_begin(line));
  if (found.ends_with('\n')) found.remove_suffix(1);
  if (found.ends_with('\r')) found.remove_suffix(1);
  return found;
}

FileId SourceMap::add(std::string path, std::string text) {
  files_.push_back(std::make_shared<const SourceFile>(std::move(path), std::move(text)));
  return static_cast<FileId>(files_.size() - 1);
}

void SourceMap::put(FileId id, std::shared_ptr<const SourceFile> file) {
  if (id >= files_.size()) files_.resize(id + 1);
  files_[id] = std::move(file);
}

std::string_view SourceMap::text(Span span) const {
  return file(span.file).text().substr(span.begin, span.end - span.begin);
}

}  // namespace muster::base

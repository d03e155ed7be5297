// SPDX-License-Identifier: Apache-2.0
#include "base/source_file.h"

#include <algorithm>

namespace muster::base {

SourceFile::SourceFile(std::string path, std::string text) : path_(std::move(path)), text_(std::move(text)) {
  line_starts_.push_back(0);
  for (std::size_t at = 0; at < text_.size(); ++at) {
    if (text_[at] == '\n') line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
  }
}

std::uint32_t SourceFile::line_of(std::uint32_t offset) const {
  auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  return static_cast<std::uint32_t>(after - line_starts_.begin());
}

LineColumn SourceFile::line_column(std::uint32_t offset) const {
  LineColumn place;
  place.line = line_of(offset);
  std::string_view before = std::string_view(text_).substr(line_begin(place.line));
  before = before.substr(0, std::min<std::size_t>(before.size(), offset - line_begin(place.line)));
  if (place.line == 1 && before.starts_with("\xEF\xBB\xBF")) before.remove_prefix(3);
  for (char byte : before) {
    if ((static_cast<unsigned char>(byte) & 0xC0u) != 0x80u) ++place.column;
  }
  return place;
}

std::string_view SourceFile::line_text(std::uint32_t line) const {
  std::string_view rest = std::string_view(text_).substr(line_begin(line));
  rest = rest.substr(0, rest.find('\n'));
  if (rest.ends_with('\r')) rest.remove_suffix(1);
  return rest;
}

FileId SourceMap::add(std::string path, std::string text) {
  files_.emplace_back(std::move(path), std::move(text));
  return static_cast<FileId>(files_.size() - 1);
}

std::string_view SourceMap::text(Span span) const {
  return file(span.file).text().substr(span.begin, span.end - span.begin);
}

}  // namespace muster::base

// SPDX-License-Identifier: Apache-2.0
#include "grammar/format/layout.h"

#include <algorithm>

namespace muster::format {
namespace {

using Kind = Piece::Kind;

std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

enum class Mode : std::uint8_t { flat, broken };

class Renderer {
 public:
  explicit Renderer(const Pieces& pieces) : pieces_(pieces) {}

  std::string run() {
    for (std::size_t at = 0; at < pieces_.size(); ++at) piece(at);
    if (!out_.empty()) out_.push_back('\n');
    return std::move(out_);
  }

 private:
  void piece(std::size_t at) {
    const Piece& piece = pieces_[at];
    switch (piece.kind) {
      case Kind::text: return write(piece.text);
      case Kind::blank:
        if (!must_break_ && !at_line_start_) write(" ");
        return;
      case Kind::line:
        if (mode() == Mode::broken) return break_line();
        if (!must_break_ && !at_line_start_) write(piece.text);
        return;
      case Kind::new_line: return break_line();
      case Kind::empty_line:
        break_line();
        if (out_.size() > 1 && !out_.ends_with("\n\n")) out_.push_back('\n');
        return;
      case Kind::line_comment:
        if (!at_line_start_) break_line();
        write(piece.text);
        must_break_ = true;
        return;
      case Kind::end_comment:
        out_ += "  ";
        out_ += piece.text;
        must_break_ = true;
        return;
      case Kind::begin_group:
        return modes_.push_back(mode() == Mode::broken && !fits(at + 1) ? Mode::broken : Mode::flat);
      case Kind::end_group: return modes_.pop_back();
      case Kind::begin_indent: indent_ += kIndent; return;
      case Kind::end_indent: indent_ -= kIndent; return;
    }
  }

  Mode mode() const { return modes_.empty() ? Mode::broken : modes_.back(); }

  void break_line() {
    must_break_ = false;
    if (at_line_start_) return;
    while (out_.ends_with(' ')) out_.pop_back();
    if (!out_.empty()) out_.push_back('\n');
    column_ = 0;
    at_line_start_ = true;
  }

  void write(std::string_view text) {
    if (must_break_) break_line();
    if (at_line_start_) {
      out_.append(indent_, ' ');
      column_ = indent_;
      at_line_start_ = false;
    }
    out_ += text;
    column_ += columns(text);
  }

  // The group that begins at `at`, and what follows up to the next break, fits on the line.
  bool fits(std::size_t at) const {
    std::size_t width = at_line_start_ || must_break_ ? indent_ : column_;
    std::size_t depth = 1;  // 0: behind the group
    bool commented = false;
    for (; at < pieces_.size(); ++at) {
      const Piece& piece = pieces_[at];
      if (depth == 0 && commented) return true;
      switch (piece.kind) {
        case Kind::text:
          if (commented) return false;
          width += columns(piece.text);
          break;
        case Kind::blank: ++width; break;
        case Kind::line:
          if (depth == 0) return true;
          if (commented) return false;
          width += columns(piece.text);
          break;
        case Kind::new_line:
        case Kind::empty_line:
        case Kind::line_comment: return depth == 0;
        // Behind the last text of the group it may stand; how far it reaches doesn't count.
        case Kind::end_comment: commented = true; break;
        case Kind::begin_group:
          if (depth > 0) ++depth;
          break;
        case Kind::end_group:
          if (depth > 0) --depth;
          break;
        case Kind::begin_indent:
        case Kind::end_indent: break;
      }
      if (width > kWidth) return false;
    }
    return true;
  }

  const Pieces& pieces_;
  std::string out_;
  std::vector<Mode> modes_;
  std::size_t indent_ = 0;
  std::size_t column_ = 0;
  bool at_line_start_ = true;
  bool must_break_ = false;  // behind a comment
};

}  // namespace

std::string render(const Pieces& pieces) { return Renderer(pieces).run(); }

FlatWidth flat_width(const Pieces& pieces) {
  FlatWidth width;
  bool commented = false;
  for (const Piece& piece : pieces) {
    switch (piece.kind) {
      case Kind::text:
      case Kind::line:
        if (commented) width.possible = false;
        width.columns += columns(piece.text);
        break;
      case Kind::blank: ++width.columns; break;
      case Kind::new_line:
      case Kind::empty_line:
      case Kind::line_comment: width.possible = false; break;
      case Kind::end_comment: commented = true; break;
      case Kind::begin_group:
      case Kind::end_group:
      case Kind::begin_indent:
      case Kind::end_indent: break;
    }
  }
  return width;
}

}  // namespace muster::format

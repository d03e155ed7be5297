// SPDX-License-Identifier: Apache-2.0
// What is drawn:
//
//   main.muster:5:13: error[MU0203]: `plan` is a text, `3` is an int
//     |
//   2 |   plan: text
//     |         ---- declared here
//   ...
//   5 |     require plan == 3
//     |             ----    ^
//     |             |
//     |             this is a text
//     = help: write `plan == "3"`
//
// The diagnostic's own span is marked with ^, labels with -. Labels in other files follow under a line
// `--> path:line:column`.
#include "base/diagnostic_printer.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/shown_line.h"

namespace muster::base {

namespace {

enum class Ink { plain, bold, error, warning, gutter, help };

std::string_view code_of(Ink ink) {
  switch (ink) {
    case Ink::plain: return "";
    case Ink::bold: return "\x1b[1m";
    case Ink::error: return "\x1b[1;31m";
    case Ink::warning: return "\x1b[1;33m";
    case Ink::gutter: return "\x1b[1;34m";
    case Ink::help: return "\x1b[1;36m";
  }
  return "";
}

// A piece of a line that is underlined, in bytes of the line.
struct Mark {
  std::size_t begin = 0;
  std::size_t end = 0;
  char underline = '-';
  std::string text;
};

// Everything that is marked in one line.
using Line = std::vector<Mark>;

class Printer {
 public:
  Printer(const Diagnostic& diagnostic, const SourceMap& sources, Colour colour)
      : diagnostic_(diagnostic), sources_(sources), colour_(colour) {}

  std::string print() {
    print_heading();
    if (has_source(diagnostic_.span)) {
      gather_marks();
      print_file(diagnostic_.span.file);
      for (const auto& [file, lines] : files_) {
        if (file == diagnostic_.span.file) continue;
        print_place(file, lines);
        print_file(file);
      }
    }
    print_help();
    return std::move(out_);
  }

 private:
  void print_heading();
  void gather_marks();
  void add_mark(Span span, char underline, const std::string& text);
  void print_place(FileId file, const std::map<std::uint32_t, Line>& lines);
  void print_file(FileId file);
  void print_line(const SourceFile& file, std::uint32_t number, const Line& marks);
  void print_marks(const ShownLine& shown, const Line& marks);
  void print_help();

  bool has_source(Span span) const { return sources_.has(span.file); }
  Ink severity_ink() const { return diagnostic_.severity() == Severity::error ? Ink::error : Ink::warning; }
  Ink ink_of(char underline) const { return underline == '^' ? severity_ink() : Ink::gutter; }

  std::string inked(Ink ink, std::string_view text) const {
    if (colour_ == Colour::off || ink == Ink::plain || text.empty()) return std::string(text);
    return fmt::format("{}{}\x1b[0m", code_of(ink), text);
  }
  void end_line() {
    out_.erase(out_.find_last_not_of(' ') + 1);
    out_ += '\n';
  }
  std::string gutter(std::string_view number) const {
    return inked(Ink::gutter, fmt::format("{:>{}} |", number, gutter_width_)) + " ";
  }

  const Diagnostic& diagnostic_;
  const SourceMap& sources_;
  Colour colour_;
  std::map<FileId, std::map<std::uint32_t, Line>> files_;
  std::size_t gutter_width_ = 1;
  std::string out_;
};

void Printer::print_heading() {
  if (has_source(diagnostic_.span)) {
    const SourceFile& file = sources_.file(diagnostic_.span.file);
    LineColumn place = file.line_column(diagnostic_.span.begin);
    out_ += inked(Ink::bold, fmt::format("{}:{}:{}:", visible_text(file.path()), place.line, place.column)) + " ";
  }
  std::string_view severity = diagnostic_.severity() == Severity::error ? "error" : "warning";
  out_ += inked(severity_ink(), fmt::format("{}[{}]:", severity, info(diagnostic_.code).id)) + " ";
  out_ += inked(Ink::bold, visible_text(diagnostic_.message));
  end_line();
}

void Printer::gather_marks() {
  add_mark(diagnostic_.span, '^', {});
  for (const Label& label : diagnostic_.labels) {
    if (has_source(label.span)) add_mark(label.span, '-', label.text);
  }
  std::uint32_t last_line = 1;
  for (auto& [file, lines] : files_) {
    last_line = std::max(last_line, lines.rbegin()->first);
    for (auto& [number, marks] : lines) {
      std::stable_sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) { return a.begin < b.begin; });
    }
  }
  gutter_width_ = std::to_string(last_line).size();
}

// A span of several lines is marked on its first.
void Printer::add_mark(Span span, char underline, const std::string& text) {
  const SourceFile& file = sources_.file(span.file);
  std::uint32_t number = file.line_of(span.begin);
  std::size_t length = file.line_text(number).size();
  std::size_t line_begin = file.line_begin(number);
  std::size_t begin = std::min<std::size_t>(span.begin - line_begin, length);
  std::size_t end = std::clamp<std::size_t>(span.end < span.begin ? 0 : span.end - line_begin, begin, length);
  files_[span.file][number].push_back({begin, end, underline, visible_text(text)});
}

void Printer::print_place(FileId file, const std::map<std::uint32_t, Line>& lines) {
  const SourceFile& source = sources_.file(file);
  auto [number, marks] = *lines.begin();
  LineColumn place = source.line_column(static_cast<std::uint32_t>(source.line_begin(number) + marks.front().begin));
  out_ += std::string(gutter_width_, ' ') + inked(Ink::gutter, "-->");
  out_ += fmt::format(" {}:{}:{}", visible_text(source.path()), place.line, place.column);
  end_line();
}

void Printer::print_file(FileId id) {
  const SourceFile& file = sources_.file(id);
  out_ += gutter("");
  end_line();
  std::uint32_t previous = 0;
  for (const auto& [number, marks] : files_.at(id)) {
    if (previous != 0 && number == previous + 2) print_line(file, previous + 1, {});
    if (previous != 0 && number > previous + 2) {
      out_ += inked(Ink::gutter, "...");
      end_line();
    }
    print_line(file, number, marks);
    previous = number;
  }
}

// In a line that is too wide, marks that don't fit beside the first are shown in further cuts of the same line.
void Printer::print_line(const SourceFile& file, std::uint32_t number, const Line& marks) {
  std::string_view line = file.line_text(number);
  std::size_t mark_of_order = number == 1 && line.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  line.remove_prefix(mark_of_order);
  auto next = marks.begin();
  do {
    std::size_t focus = next == marks.end() ? 0 : next->begin - std::min(next->begin, mark_of_order);
    ShownLine shown(line, focus);
    out_ += gutter(std::to_string(number)) + shown.text();
    end_line();
    Line together;
    for (; next != marks.end(); ++next) {
      Mark mark = *next;
      mark.begin -= std::min(mark.begin, mark_of_order);
      mark.end -= std::min(mark.end, mark_of_order);
      if (!together.empty() && (!shown.shows(mark.begin) || !shown.shows(mark.end))) break;
      together.push_back(mark);
    }
    if (!together.empty()) print_marks(shown, together);
  } while (next != marks.end());
}

// Draws characters at columns, each with its ink, from left to right.
class Row {
 public:
  void put(std::size_t column, char drawn, Ink ink) {
    if (column >= cells_.size()) cells_.resize(column + 1, {' ', Ink::plain});
    cells_[column] = {drawn, ink};
  }
  std::size_t size() const { return cells_.size(); }
  const std::vector<std::pair<char, Ink>>& cells() const { return cells_; }

 private:
  std::vector<std::pair<char, Ink>> cells_;
};

void Printer::print_marks(const ShownLine& shown, const Line& marks) {
  auto draw = [this](const Row& row) {
    const auto& cells = row.cells();
    for (std::size_t i = 0; i < cells.size();) {
      std::size_t end = i;
      std::string piece;
      for (; end < cells.size() && cells[end].second == cells[i].second; ++end) piece += cells[end].first;
      out_ += inked(cells[i].second, piece);
      i = end;
    }
  };

  Row underlines;
  for (char kind : {'-', '^'}) {
    for (const Mark& mark : marks) {
      if (mark.underline != kind) continue;
      std::size_t begin = shown.column(mark.begin);
      std::size_t end = std::max(begin + 1, shown.column(mark.end));
      for (std::size_t column = begin; column < end; ++column) underlines.put(column, kind, ink_of(kind));
    }
  }
  out_ += gutter("");
  draw(underlines);

  // The last mark's text stands beside it, the others' hang below, the last first.
  std::vector<const Mark*> hanging;
  for (const Mark& mark : marks) {
    if (!mark.text.empty()) hanging.push_back(&mark);
  }
  if (!hanging.empty() && hanging.back() == &marks.back() &&
      std::max(shown.column(marks.back().begin) + 1, shown.column(marks.back().end)) == underlines.size()) {
    out_ += " " + inked(ink_of(marks.back().underline), marks.back().text);
    hanging.pop_back();
  }
  end_line();

  auto threads = [&](std::size_t before) {
    Row row;
    for (const Mark* mark : hanging) {
      if (shown.column(mark->begin) < before) row.put(shown.column(mark->begin), '|', ink_of(mark->underline));
    }
    return row;
  };
  if (!hanging.empty()) {
    out_ += gutter("");
    draw(threads(static_cast<std::size_t>(-1)));
    end_line();
  }
  while (!hanging.empty()) {
    const Mark* mark = hanging.back();
    std::size_t column = shown.column(mark->begin);
    Row row = threads(column);
    out_ += gutter("");
    draw(row);
    out_ += std::string(column - row.size(), ' ') + inked(ink_of(mark->underline), mark->text);
    end_line();
    hanging.pop_back();
  }
}

void Printer::print_help() {
  std::string_view rest = diagnostic_.help;
  std::string lead =
      std::string(gutter_width_ + 1, ' ') + inked(Ink::gutter, "=") + " " + inked(Ink::help, "help:") + " ";
  while (!rest.empty()) {
    std::size_t end = rest.find('\n');
    out_ += lead + visible_text(rest.substr(0, end));
    end_line();
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    lead = std::string(gutter_width_ + 9, ' ');
  }
}

}  // namespace

std::string print_diagnostic(const Diagnostic& diagnostic, const SourceMap& sources, Colour colour) {
  return Printer(diagnostic, sources, colour).print();
}

std::string print_left_out(std::size_t count, const SourceFile& file) {
  return fmt::format("{}: {} more {} not shown\n", visible_text(file.path()), count, count == 1 ? "is" : "are");
}

}  // namespace muster::base

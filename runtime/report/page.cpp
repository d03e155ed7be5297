// SPDX-License-Identifier: Apache-2.0
#include "runtime/report/page.h"

#include <algorithm>

#include "base/shown_line.h"
#include "runtime/report/columns.h"

namespace muster::report {

namespace {

// Less is not worth being broken into.
constexpr std::size_t kNarrowest = 24;
// A place that takes so little of each line may stand beside the first one: `line 1234`.
constexpr std::size_t kSmallPlace = 12;

struct Word {
  std::string text;
  Paint paint;
  std::size_t columns;
};

std::vector<Word> words_of(const std::vector<Run>& runs) {
  std::vector<Word> words;
  for (const Run& run : runs) {
    const std::string visible = base::visible_text(run.text);
    std::string_view rest = visible;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      if (end > 0) words.push_back({std::string(rest.substr(0, end)), run.paint, columns(rest.substr(0, end))});
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return words;
}

// With a blank between each two.
std::size_t columns_of(const std::vector<Word>& words) {
  std::size_t sum = words.empty() ? 0 : words.size() - 1;
  for (const Word& word : words) sum += word.columns;
  return sum;
}

std::size_t columns_of(const std::vector<Run>& runs) {
  std::size_t sum = 0;
  for (const Run& run : runs) sum += columns(run.text);
  return sum;
}

}  // namespace

void Page::entry(std::size_t indent, const std::vector<Run>& lead, const std::vector<Run>& body,
                 const std::string& right) {
  const std::vector<Word> words = words_of(body);
  const std::size_t lead_columns = columns_of(lead);
  std::size_t hanging = indent + lead_columns;
  if (hanging + kNarrowest > width_) hanging = indent + 2;
  const std::size_t right_columns = right.empty() ? 0 : columns(right) + 2;
  const std::size_t room = width_ - std::min(width_, hanging);
  // On the first line where all fits there or little is taken of the others; else behind the last one.
  const bool is_beside = !right.empty() && (columns_of(words) + right_columns <= room ||
                                            (right_columns <= kSmallPlace && room >= right_columns + kNarrowest));
  const std::size_t text_room = is_beside ? room - right_columns : room;

  out_.append(indent, ' ');
  for (const Run& run : lead) out_ += painted(run.text, run.paint, colour_);
  std::size_t column = indent + lead_columns;
  std::size_t used = column > hanging ? column - hanging : 0;
  bool at_start = true, is_first = true;
  std::string pending;  // neighbours of one paint are painted together
  Paint paint = Paint::plain;
  const auto flush = [&] {
    out_ += painted(pending, paint, colour_);
    pending.clear();
  };
  const auto add_right = [&] {
    const std::size_t edge = width_ + 2 - std::min(width_, right_columns);
    out_.append(edge > column ? edge - column : 2, ' ');
    out_ += painted(right, Paint::dim, colour_);
  };
  const auto end_line = [&] {
    flush();
    if (is_first && is_beside) add_right();
    while (out_.ends_with(' ')) out_.pop_back();
    is_first = false;
  };
  const auto begin_line = [&] {
    out_ += '\n' + std::string(hanging, ' ');
    column = hanging;
    used = 0;
    at_start = true;
  };
  for (const Word& word : words) {
    if (!at_start && used + 1 + word.columns > text_room) {
      end_line();
      begin_line();
    }
    if (word.paint != paint) flush();
    if (!at_start) {
      (pending.empty() ? out_ : pending) += ' ';
      ++used;
      ++column;
    }
    paint = word.paint;
    pending += word.text;
    used += word.columns;
    column += word.columns;
    at_start = false;
  }
  end_line();
  if (!right.empty() && !is_beside) {
    if (used + right_columns > room) begin_line();
    if (column + right_columns <= width_) {
      add_right();
    } else {
      out_ += painted(right, Paint::dim, colour_);
    }
  }
  out_ += '\n';
}

void Page::blank_line() {
  if (!out_.empty() && !out_.ends_with("\n\n")) out_ += '\n';
}

std::string painted(std::string_view text, Paint paint, Colour colour) {
  if (colour == Colour::off || paint == Paint::plain || text.empty()) return std::string(text);
  const char* code = "";
  switch (paint) {
    case Paint::plain: break;
    case Paint::bold: code = "1"; break;
    case Paint::dim: code = "2"; break;
    case Paint::red: code = "31"; break;
    case Paint::yellow: code = "33"; break;
    case Paint::green: code = "32"; break;
    case Paint::cyan: code = "36"; break;
  }
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

}  // namespace muster::report

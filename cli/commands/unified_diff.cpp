// SPDX-License-Identifier: Apache-2.0
// Which lines stay is found by the algorithm of Eugene W. Myers, "An O(ND) Difference Algorithm and Its
// Variations" (1986), on what is left between the common beginning and end. Texts that differ in more than
// kMostChanges lines are shown as one change, so that time and memory stay bounded.
#include "cli/commands/unified_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace muster::commands {

namespace {

constexpr int kMostChanges = 2'000;
constexpr std::size_t kContext = 3;

using Lines = std::vector<std::string_view>;  // each with its line end

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::size_t length = end == std::string_view::npos ? text.size() : end + 1;
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return lines;
}

// A run of lines that are replaced: [before, before + removed) by [after, after + added).
struct Change {
  std::size_t before = 0, removed = 0, after = 0, added = 0;
};

// For each D the furthest x on every diagonal, so that the path can be walked back.
std::vector<Change> changes_between(const Lines& before, const Lines& after, std::size_t first, std::size_t before_end,
                                    std::size_t after_end) {
  const int n = static_cast<int>(before_end - first), m = static_cast<int>(after_end - first);
  if (n == 0 && m == 0) return {};
  const std::vector<Change> all = {{first, before_end - first, first, after_end - first}};
  if (n == 0 || m == 0) return all;

  std::vector<std::vector<int>> furthest;
  const auto at = [](const std::vector<int>& row, int diagonal) {
    return row[static_cast<std::size_t>(diagonal + static_cast<int>(row.size()) / 2)];
  };
  const int limit = std::min(n + m, kMostChanges);
  int found = -1;
  for (int d = 0; d <= limit && found < 0; ++d) {
    std::vector<int> row(static_cast<std::size_t>(2 * d + 1));
    for (int k = -d; k <= d; k += 2) {
      int x = 0;
      if (d > 0) {
        const auto& last = furthest.back();
        const bool down = k == -d || (k != d && at(last, k - 1) < at(last, k + 1));
        x = down ? at(last, k + 1) : at(last, k - 1) + 1;
      }
      int y = x - k;
      while (x < n && y < m &&
             before[first + static_cast<std::size_t>(x)] == after[first + static_cast<std::size_t>(y)])
        ++x, ++y;
      row[static_cast<std::size_t>(k + d)] = x;
      if (x >= n && y >= m) found = d;
    }
    furthest.push_back(std::move(row));
  }
  if (found < 0) return all;

  // Back from the end: single removals and additions, neighbours joined.
  std::vector<Change> changes;
  int x = n, y = m;
  for (int d = found; d > 0; --d) {
    const auto& last = furthest[static_cast<std::size_t>(d - 1)];
    const int k = x - y;
    const bool down = k == -d || (k != d && at(last, k - 1) < at(last, k + 1));
    const int from_x = at(last, down ? k + 1 : k - 1);
    const int from_y = from_x - (down ? k + 1 : k - 1);
    const std::size_t place_before = first + static_cast<std::size_t>(from_x),
                      place_after = first + static_cast<std::size_t>(from_y);
    Change step{place_before, down ? 0u : 1u, place_after, down ? 1u : 0u};
    if (!changes.empty() && changes.back().before == step.before + step.removed &&
        changes.back().after == step.after + step.added) {
      step.removed += changes.back().removed;
      step.added += changes.back().added;
      changes.back() = step;
    } else {
      changes.push_back(step);
    }
    x = from_x;
    y = from_y;
  }
  std::reverse(changes.begin(), changes.end());
  return changes;
}

void append_lines(std::string& out, char sign, const Lines& lines, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) {
    out += sign;
    out += lines[i];
    if (lines[i].back() != '\n') out += "\n\\ No newline at end of file\n";
  }
}

// "12,3", a single line as "12", nothing as the line before it: "11,0".
std::string range(std::size_t begin, std::size_t count) {
  if (count == 1) return std::to_string(begin + 1);
  return fmt::format("{},{}", count == 0 ? begin : begin + 1, count);
}

}  // namespace

std::string unified_diff(std::string_view name, std::string_view before_text, std::string_view after_text) {
  if (before_text == after_text) return {};
  const Lines before = lines_of(before_text), after = lines_of(after_text);
  std::size_t first = 0;
  while (first < before.size() && first < after.size() && before[first] == after[first]) ++first;
  std::size_t before_end = before.size(), after_end = after.size();
  while (before_end > first && after_end > first && before[before_end - 1] == after[after_end - 1])
    --before_end, --after_end;
  const auto changes = changes_between(before, after, first, before_end, after_end);

  std::string out = fmt::format("--- {}\n+++ {}\n", name, name);
  for (std::size_t i = 0; i < changes.size();) {
    // Changes whose contexts touch share one hunk.
    std::size_t last = i;
    while (last + 1 < changes.size() &&
           changes[last + 1].before - (changes[last].before + changes[last].removed) <= 2 * kContext) {
      ++last;
    }
    const std::size_t lead = std::min(kContext, changes[i].before);
    const std::size_t end_of_last = changes[last].before + changes[last].removed;
    const std::size_t trail = std::min(kContext, before.size() - end_of_last);
    const std::size_t begin = changes[i].before - lead, end = end_of_last + trail;
    const std::size_t after_begin = changes[i].after - lead;
    const std::size_t after_stop = changes[last].after + changes[last].added + trail;
    out += fmt::format("@@ -{} +{} @@\n", range(begin, end - begin), range(after_begin, after_stop - after_begin));
    std::size_t at = begin;
    for (; i <= last; ++i) {
      append_lines(out, ' ', before, at, changes[i].before);
      append_lines(out, '-', before, changes[i].before, changes[i].before + changes[i].removed);
      append_lines(out, '+', after, changes[i].after, changes[i].after + changes[i].added);
      at = changes[i].before + changes[i].removed;
    }
    append_lines(out, ' ', before, at, end);
  }
  return out;
}

}  // namespace muster::commands

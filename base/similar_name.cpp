// SPDX-License-Identifier: Apache-2.0
#include "base/similar_name.h"

#include <algorithm>

namespace muster::base {

namespace {

// Costs are counted in halves, so that a letter in the other case costs one.
constexpr std::size_t kEdit = 2;
constexpr std::size_t kOtherCase = 1;

char lower(char byte) { return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + ('a' - 'A')) : byte; }

std::size_t replacing(char left, char right) {
  if (left == right) return 0;
  return lower(left) == lower(right) ? kOtherCase : kEdit;
}

// Optimal string alignment over bytes: insertions, deletions, replacements, and neighbours that changed places.
std::size_t distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> before_last(right.size() + 1), last(right.size() + 1), row(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j) last[j] = j * kEdit;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    row[0] = i * kEdit;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      row[j] = std::min({last[j] + kEdit, row[j - 1] + kEdit, last[j - 1] + replacing(left[i - 1], right[j - 1])});
      if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] && left[i - 1] != left[i - 2]) {
        row[j] = std::min(row[j], before_last[j - 2] + kEdit);
      }
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[right.size()];
}

}  // namespace

std::optional<std::string> similar_name(std::string_view written, const std::vector<std::string>& candidates) {
  if (written.size() < 2 || written.size() > kLongestComparedName) return std::nullopt;
  std::size_t limit = (written.size() + 2) / 3 * kEdit;
  const std::string* nearest = nullptr;
  std::size_t least = limit + 1;
  for (const std::string& candidate : candidates) {
    std::size_t longer = std::max(candidate.size(), written.size());
    std::size_t shorter = std::min(candidate.size(), written.size());
    if ((longer - shorter) * kEdit > limit || candidate == written) continue;
    std::size_t found = distance(written, candidate);
    if (found < least) {
      least = found;
      nearest = &candidate;
    }
  }
  if (nearest == nullptr) return std::nullopt;
  return *nearest;
}

}  // namespace muster::base

// SPDX-License-Identifier: Apache-2.0
#include "base/version_number.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace muster::base {

namespace {

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

bool is_identifier(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char byte) {
    return is_digit(byte) || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '-';
  });
}

bool is_number(std::string_view identifier) { return std::all_of(identifier.begin(), identifier.end(), is_digit); }

std::strong_ordering compare_numbers(std::string_view left, std::string_view right) {
  left.remove_prefix(std::min(left.find_first_not_of('0'), left.size()));
  right.remove_prefix(std::min(right.find_first_not_of('0'), right.size()));
  if (left.size() != right.size()) return left.size() <=> right.size();
  return left.compare(right) <=> 0;
}

std::strong_ordering compare_identifiers(std::string_view left, std::string_view right) {
  bool left_is_number = is_number(left);
  bool right_is_number = is_number(right);
  if (left_is_number && right_is_number) return compare_numbers(left, right);
  if (left_is_number != right_is_number)
    return left_is_number ? std::strong_ordering::less : std::strong_ordering::greater;
  return left.compare(right) <=> 0;
}

std::optional<std::uint64_t> read_part(std::string_view text) {
  if (text.empty() || !is_number(text)) return std::nullopt;
  std::uint64_t value = 0;
  for (char digit : text) {
    if (__builtin_mul_overflow(value, std::uint64_t{10}, &value)) return std::nullopt;
    if (__builtin_add_overflow(value, static_cast<std::uint64_t>(digit - '0'), &value)) return std::nullopt;
  }
  return value;
}

// The piece before the next dot; `rest` becomes what is behind it, or nothing after the last piece.
std::string_view take_piece(std::optional<std::string_view>& rest) {
  std::size_t dot = rest->find('.');
  std::string_view piece = rest->substr(0, dot);
  if (dot == std::string_view::npos) {
    rest.reset();
  } else {
    rest->remove_prefix(dot + 1);
  }
  return piece;
}

bool are_identifiers(std::string_view text) {
  std::optional<std::string_view> rest = text;
  while (rest) {
    if (!is_identifier(take_piece(rest))) return false;
  }
  return true;
}

}  // namespace

std::strong_ordering operator<=>(const VersionNumber& left, const VersionNumber& right) {
  if (auto order = left.parts <=> right.parts; order != 0) return order;
  // A pre-release comes before its release.
  if (left.pre_release.empty() || right.pre_release.empty())
    return left.pre_release.empty() <=> right.pre_release.empty();
  std::size_t common = std::min(left.pre_release.size(), right.pre_release.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (auto order = compare_identifiers(left.pre_release[i], right.pre_release[i]); order != 0) return order;
  }
  return left.pre_release.size() <=> right.pre_release.size();
}

std::optional<VersionNumber> parse_version(std::string_view text) {
  if (text.starts_with('v') || text.starts_with('V')) text.remove_prefix(1);
  if (std::size_t plus = text.find('+'); plus != std::string_view::npos) {
    if (!are_identifiers(text.substr(plus + 1))) return std::nullopt;
    text = text.substr(0, plus);
  }
  VersionNumber version;
  if (std::size_t dash = text.find('-'); dash != std::string_view::npos) {
    if (!are_identifiers(text.substr(dash + 1))) return std::nullopt;
    std::optional<std::string_view> rest = text.substr(dash + 1);
    while (rest) version.pre_release.emplace_back(take_piece(rest));
    text = text.substr(0, dash);
  }
  version.written_parts = 0;
  std::optional<std::string_view> rest = text;
  while (rest) {
    std::optional<std::uint64_t> part = read_part(take_piece(rest));
    if (!part || version.written_parts == version.parts.size()) return std::nullopt;
    version.parts[version.written_parts++] = *part;
  }
  return version;
}

std::string to_text(const VersionNumber& version) {
  auto end = version.parts.begin() + version.written_parts;
  std::string text = fmt::format("v{}", fmt::join(version.parts.begin(), end, "."));
  if (!version.pre_release.empty()) text += fmt::format("-{}", fmt::join(version.pre_release, "."));
  return text;
}

}  // namespace muster::base

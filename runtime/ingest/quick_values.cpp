// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/quick_values.h"

#include <algorithm>

namespace muster::ingest {
namespace {

// With more it isn't worth the while.
constexpr std::size_t kArranged = 256;
constexpr int kTries = 32;

}  // namespace

std::optional<double> quick_long_number(std::string_view token) {
  const bool negative = token.starts_with('-');
  if (negative) token.remove_prefix(1);
  if (token.empty() || token.size() > 16) return std::nullopt;
  std::uint64_t digits = 0;
  std::size_t whole = 0, fraction = 0, at = 0;
  for (; at < token.size(); ++at, ++whole) {
    const auto digit = static_cast<unsigned>(token[at] - '0');
    if (digit > 9) break;
    digits = digits * 10 + digit;
  }
  if (whole == 0 || (token.front() == '0' && whole > 1)) return std::nullopt;
  if (at < token.size()) {
    if (token[at++] != '.') return std::nullopt;
    for (; at < token.size(); ++at, ++fraction) {
      const auto digit = static_cast<unsigned>(token[at] - '0');
      if (digit > 9) return std::nullopt;
      digits = digits * 10 + digit;
    }
    if (fraction == 0) return std::nullopt;
  }
  if (whole + fraction > 15) return std::nullopt;
  const double value = static_cast<double>(digits) / kQuickPowers[fraction];
  return negative ? -value : value;
}

void TextCodes::add(std::string_view text, std::uint32_t code) {
  if (std::find(texts_.begin(), texts_.end(), text) != texts_.end()) return;
  texts_.emplace_back(text);
  has_backslash_ = has_backslash_ || text.find('\\') != std::string_view::npos;
  codes_.push_back(code);
  const auto added = static_cast<std::uint32_t>(texts_.size() - 1);
  std::size_t size = places_.size();
  while (size < texts_.size() * 4) size *= 2;
  bool alone = size == places_.size() && enter(added);
  if (size == places_.size() && (alone || is_settled_)) return;
  for (int tries = 0; tries < kTries && !alone; ++tries) {
    places_.assign(size, {});
    mix_ = mix_ * 0xD1342543DE82EF95u + 2;
    alone = true;
    for (std::uint32_t each = 0; each <= added; ++each) alone = enter(each) && alone;
    if (texts_.size() > kArranged) break;
  }
  is_settled_ = !alone;
}

std::uint32_t TextCodes::find_from(std::size_t at, const Ends& ends, std::string_view text) const {
  for (;; ++at) {
    const Entry& known = places_[at & (places_.size() - 1)];
    if (known.ends.differs(ends) == 0 && (ends.size <= 16 || texts_[known.text] == text)) return known.code;
    if (known.code == kNone) return kNone;
  }
}

// Whether its place was free.
bool TextCodes::enter(std::uint32_t text) {
  std::string padded = texts_[text];
  padded.append(8, '\0');
  const Ends ends = ends_of(std::string_view(padded).substr(0, texts_[text].size()));
  std::size_t at = place(ends) & (places_.size() - 1);
  bool alone = true;
  while (places_[at].code != kNone) {
    alone = false;
    at = (at + 1) & (places_.size() - 1);
  }
  places_[at] = {ends, codes_[text], text};
  return alone;
}

}  // namespace muster::ingest

// SPDX-License-Identifier: Apache-2.0
// Text in the columns of a terminal: how wide it is drawn, cut or broken into lines that fit. Characters that
// belong together (an accent and its letter, the parts of one emoji) are never parted. What is given has no
// control characters (base::visible_text).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace muster::report {

std::size_t columns(std::string_view text);

// As it is, or its beginning with `…` as the last column where it is wider than `width`.
std::string cut(std::string_view text, std::size_t width);

// With blanks behind it up to `width`.
std::string padded(std::string_view text, std::size_t width);

// Lines of at most `width` columns, broken at blanks; a word that is wider is broken where it has to be.
// At least one line; no more than `lines`, the last then ends with `…`.
std::vector<std::string> wrapped(std::string_view text, std::size_t width, std::size_t lines);

}  // namespace muster::report

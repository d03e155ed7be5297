// SPDX-License-Identifier: Apache-2.0
// Names that authors bring along from other languages, and how the same is said here. Who finds no name asks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace muster::check {

// What a function or method is applied to decides what is meant: `len(x)` is a list's size or a text's length.
enum class Applied : std::uint8_t { to_list, to_text, to_other };

// "write `size(xs)`" for `len` of `xs`; what a method belongs to is its first argument. Empty if nothing is known.
std::string help_for_call(std::string_view name, Applied applied, const std::vector<std::string>& arguments);
// For a value: `null`, `True`, `current_date`.
std::string help_for_value(std::string_view name);

// Whether the name says that there is nothing.
bool means_absent(std::string_view name);
// Whether the name is what other languages call the last branch of a choice.
bool means_else(std::string_view name);

}  // namespace muster::check

// SPDX-License-Identifier: Apache-2.0
// Names, texts and values as they are written in a module.
#pragma once

#include <string>
#include <string_view>

#include "compiler/typed/program.h"

namespace muster::source {

// In backquotes where it could not stand by itself.
std::string written_name(std::string_view name);
// Also where a word of the language would not be taken for a name.
std::string written_part(std::string_view name);
// A key of a record that is read: bare, or in quotes.
std::string written_key(std::string_view key);
// In quotes, escaped.
std::string written_text(std::string_view text);
// The inside of a message's literal piece: escaped, braces doubled.
std::string written_piece(std::string_view text);
// Without an exponent.
std::string written_number(double value);
std::string written_decimal(const typed::Decimal& value);
// A constant; names of enums are bare.
std::string written_value(const types::Table& table, types::TypeId type, const types::Scalar& value);
std::string written_range(const types::Table& table, types::TypeId type, const types::Range& range);
// `///` lines, or nothing.
std::string written_doc(std::string_view doc);

}  // namespace muster::source

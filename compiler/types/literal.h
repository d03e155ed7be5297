// SPDX-License-Identifier: Apache-2.0
// Scalars from text that stands by itself: the value of `--set PARAM=VALUE`, the key of a subject that a waiver names.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compiler/types/types.h"

namespace muster::types {

// A literal of the type as the language writes it, a text as it stands. Nothing of what is no scalar.
std::optional<Scalar> read_literal(const Table& table, TypeId type, std::string_view text);

// What `to_text` shows so; every literal of the type is read, too.
std::optional<Scalar> read_shown(const Table& table, TypeId type, std::string_view text);

// How a value of the type is written, for errors: "a percent, as `80%`".
std::string literal_form(const Table& table, TypeId type);

}  // namespace muster::types

// SPDX-License-Identifier: Apache-2.0
// The value of `--set PARAM=VALUE`: a literal of the param's type as the language writes it, a text as it stands.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compiler/types/types.h"

namespace muster::commands {

std::optional<types::Scalar> read_literal(const types::Table& table, types::TypeId type, std::string_view text);

// How a value of the type is written, for errors: "a percent, as `80%`".
std::string literal_form(const types::Table& table, types::TypeId type);

}  // namespace muster::commands

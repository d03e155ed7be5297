// SPDX-License-Identifier: Apache-2.0
// A value as bytes, so that two values of one type are equal exactly if their bytes are, and that texts, numbers and
// dates are in the order in which their bytes are.
#pragma once

#include <string>
#include <string_view>

#include "compiler/types/scalar.h"

namespace muster::ingest {

// Appends; several values one after the other stay apart.
void append_key(std::string& key, const types::Scalar& value);
// The same of a text.
void append_text_key(std::string& key, std::string_view text);

}  // namespace muster::ingest

// SPDX-License-Identifier: Apache-2.0
// What to write where a policy says what it extends, or lists a difference to it, and that can't be read. Asked by
// advise(); the recorder asks which words stand for a delta, to know how far one reaches that it can't read.
#pragma once

#include <string_view>

#include "grammar/parse/advice.h"

namespace muster::parse {

// Without help where the mistake is of another sort.
Advice advise_on_deriving(const Mistake& mistake);

// `delete`, `override`: words for a delta that other languages have.
bool means_delta(std::string_view word);

}  // namespace muster::parse

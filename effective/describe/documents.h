// SPDX-License-Identifier: Apache-2.0
// A description as a document: one format, one file. docs/commands.md describes them.
#pragma once

#include <cstddef>
#include <string>

#include "effective/describe/description.h"
#include "runtime/report/report.h"

namespace muster::describe {

using report::Colour;

// For people at a terminal of so many columns: what is weakened comes first. Words and signs say everything that
// colour says.
std::string as_text(const Description& description, Colour colour, std::size_t width);

// One document, on one line.
std::string as_json(const Description& description);

// The same for people, as a page.
std::string as_markdown(const Description& description);

// `demoted to may`: what a step did.
std::string step_text(const Origin& origin);

}  // namespace muster::describe

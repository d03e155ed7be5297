// SPDX-License-Identifier: Apache-2.0
// Text inside a page of markdown.
#pragma once

#include <string>

namespace muster::report {

// Prose: nothing in it opens anything.
std::string prose(const std::string& text);

// Code of one line: its fence is longer than any in it. In a table `|` would end the cell even there.
std::string code(const std::string& text);

}  // namespace muster::report

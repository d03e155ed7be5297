// SPDX-License-Identifier: Apache-2.0
// What text literals say: escapes read, neighbours joined, and for each byte where in the file it was written.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "grammar/syntax/tree.h"

namespace muster::desugar {

struct WrittenText {
  std::string value;                   // valid UTF-8
  std::vector<std::uint32_t> offsets;  // of each byte in the file; one more for the end
};

// Of a node of kind `texts`. Unknown escapes are reported, and left out.
WrittenText read_texts(const syntax::Tree& tree, syntax::NodeId texts, base::Diagnostics& diagnostics);

}  // namespace muster::desugar

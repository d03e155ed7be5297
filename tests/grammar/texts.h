// SPDX-License-Identifier: Apache-2.0
// The texts that the grammar's tests work on: the sample, which uses every construct, and the examples.
#pragma once

#include <string>
#include <vector>

#include "grammar/parse/parse.h"

namespace muster::grammar_tests {

struct Source {
  std::string path;
  std::string text;
};

std::string read_file(const std::string& path);
Source sample();
std::vector<Source> sample_and_examples();  // and the standard library

// A tree as text, one line a node with its tokens, but for their places: equal for trees that say the same.
std::string shape(const syntax::Tree& tree, syntax::NodeId node);

}  // namespace muster::grammar_tests

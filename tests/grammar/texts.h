// SPDX-License-Identifier: Apache-2.0
// The texts that the grammar's tests work on: the sample, which uses every construct, and the examples. All in
// the header, since the tests of desugar use them too.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "grammar/parse/parse.h"

namespace muster::grammar_tests {

struct Source {
  std::string path;
  std::string text;
};

inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

inline Source sample() { return {"tests/grammar/sample.muster", read_file("tests/grammar/sample.muster")}; }

// And the standard library, but for its tests: they are long, and say nothing in a way of their own.
inline std::vector<Source> sample_and_examples() {
  std::vector<Source> sources{sample()};
  for (const char* folder : {"examples", "stdlib"}) {
    if (!std::filesystem::exists(folder)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      const std::string name = entry.path().filename().string();
      if (entry.path().extension() != ".muster" || name == "golive_test.muster") continue;
      sources.push_back({entry.path().string(), read_file(entry.path().string())});
    }
  }
  std::sort(sources.begin() + 1, sources.end(), [](const Source& a, const Source& b) { return a.path < b.path; });
  return sources;
}

// A tree as text, one line a node with its tokens, but for their places: equal for trees that say the same.
inline std::string shape(const syntax::Tree& tree, syntax::NodeId node) {
  std::string text;
  const syntax::TokenId origin = tree.node(node).begin;
  for (syntax::NodeId id = tree.node(node).first; id <= node; ++id) {
    text += rules::name_of(tree.kind(id));
    text +=
        " " + std::to_string(tree.node(id).begin - origin) + "-" + std::to_string(tree.node(id).end - origin) + "\n";
  }
  for (syntax::TokenId id = origin; id < tree.node(node).end; ++id) {
    text += tree.text_of(id);
    text += "\n";
  }
  return text;
}

}  // namespace muster::grammar_tests

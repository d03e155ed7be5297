// SPDX-License-Identifier: Apache-2.0
// From modules as written to a program as meant: names, types, optionals and their guards, policies, bindings
// and tests. Everything wrong is reported once, at the narrowest place; the rest is still checked.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source_file.h"
#include "compiler/ast/module.h"
#include "compiler/typed/program.h"

namespace muster::check {

// A module with its place. Imports have been resolved to indexes by the loader.
struct ModuleInput {
  std::string name;    // dotted, from the root: `lib.shapes`
  std::string folder;  // of the file, relative to the root: `lib`, or empty
  const ast::Module* module = nullptr;
  base::FileId file = 0;
  std::vector<std::optional<std::uint32_t>> imports;  // for each Module::imports: the module, or nothing (reported)
};

// A name that stands for something, and the name that declares it. Both may be in any file; what the language has of
// itself is declared nowhere, and isn't among them.
struct NameUse {
  base::Span at;
  base::Span declared;
};

struct Result {
  typed::Program program;
  base::Diagnostics diagnostics;
  std::vector<NameUse> uses;  // by place, each once
};

// Modules in an order in which each comes after those that it imports; the last is the root.
Result check(const std::vector<ModuleInput>& modules, const base::SourceMap& sources);

// The functions that the language has; a define of such a name goes before the function.
std::set<std::string> function_names();

}  // namespace muster::check

// SPDX-License-Identifier: Apache-2.0
// The compiler's front door: paths in, a checked program and diagnostics out. It reads files only through the
// loader it is given.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source_file.h"
#include "compiler/check/check.h"
#include "compiler/lint/lint.h"
#include "compiler/module_cache.h"
#include "compiler/typed/program.h"

namespace muster::compiler {

// Finds the texts of modules. Paths are the root folder joined with `a/b.muster`.
struct Loader {
  // The whole text, or nothing where there is no such file or it can't be read.
  std::function<std::optional<std::string>(const std::string& path)> read;
  // The modules that stand in a folder, without `.muster`, to suggest one; may be left out.
  std::function<std::vector<std::string>(const std::string& folder)> list = {};
};

// Lints look at conditions from all sides, which whoever only runs a program needn't wait for. Those that are found
// along with names and types are always there.
enum class Lints : std::uint8_t { left_out, run };

struct Request {
  std::string path;  // of the module's file, as it is shown and read
  std::string root;  // the project's root folder, without a trailing slash; empty: the current one
  // The module's name, dotted from the root. Empty: what `path` says below `root`.
  std::string name = {};
  Lints lints = Lints::left_out;
  lint::Options lint_options = {};
};

// A module as it was read, with its place among the others.
struct Unit {
  std::string name;  // dotted
  ModuleCache::Origin origin = ModuleCache::Origin::project;
  std::shared_ptr<const ParsedModule> parsed;
  std::vector<std::optional<std::uint32_t>> imports;  // for each Module::imports: among the units, or nothing
};

struct Compilation {
  base::SourceMap sources;
  base::Diagnostics diagnostics;  // sorted by file and place
  typed::Program program;         // to be run only if there are no errors
  base::FileId root_file = 0;
  bool found = false;  // the file itself could be read
  // For tools. Each unit stands behind those that it imports; the last is the module itself.
  std::vector<Unit> units;
  std::vector<check::NameUse> uses;
};

// Parses, resolves and types the module and all that it imports.
Compilation compile(const Request& request, const Loader& loader);
// The same, but what the cache holds isn't parsed again.
Compilation compile(const Request& request, const Loader& loader, ModuleCache& cache);

}  // namespace muster::compiler

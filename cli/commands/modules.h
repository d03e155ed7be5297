// SPDX-License-Identifier: Apache-2.0
// Modules as the command line names them: files and folders into compiled modules.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "base/diagnostic_printer.h"
#include "cli/commands/project.h"
#include "cli/commands/run.h"
#include "cli/commands/usage_error.h"
#include "compiler/compile.h"

namespace muster::commands {

struct ModuleFile {
  std::string shown;                                  // as it was given, or below the folder that was given
  std::filesystem::path path;                         // absolute
  std::optional<std::string_view> library_text = {};  // of a module of the standard library, which is no file
};

// The files that are named, and the modules in folders that are named, at any depth, by name; each once. Folders
// whose names begin with a dot are left out, and so is what links to folders lead to. In a folder only regular files
// are modules, links to them too; a pipe has to be named itself.
tl::expected<std::vector<ModuleFile>, UsageError> find_modules(const Io& io, const std::vector<std::string>& paths);

// One module by its file, or of the standard library by its name, `std.golive`. A folder, or a file that isn't there,
// is an error.
tl::expected<ModuleFile, UsageError> find_module(const Io& io, const std::string& path);

struct CompiledModule {
  Project project;
  std::string shown_root;  // the root as it stands before paths below it: empty, or with its last `/`
  compiler::Compilation compilation;
};

tl::expected<CompiledModule, UsageError> compile_module(const Io& io, const ModuleFile& file,
                                                        compiler::Lints lints = compiler::Lints::left_out,
                                                        const std::set<base::Code>& also = {});

// The errors of a module that is not to be checked but used, without its warnings.
void print_errors(const compiler::Compilation& compilation, base::Colour colour, std::ostream& out);

}  // namespace muster::commands

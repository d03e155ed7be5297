// SPDX-License-Identifier: Apache-2.0
// What was parsed of modules, kept from one compilation to the next: a module whose text is the same isn't read again.
// The language server keeps one for a project; a command's compilation has one of its own. Any thread may use it.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "base/diagnostic.h"
#include "base/source_file.h"
#include "compiler/ast/module.h"
#include "grammar/syntax/tree.h"

namespace muster::compiler {

// One text of a module. Its spans are of the file with this id.
struct ParsedModule {
  std::shared_ptr<const base::SourceFile> file;
  base::FileId id = 0;
  syntax::Tree tree;  // views the file's text
  ast::Module module;
  base::Diagnostics diagnostics;  // of syntax
};

class ModuleCache {
 public:
  // The library's modules have paths that files of a project may have too.
  enum class Origin : unsigned char { project, library };

  // The module of this text. Of one path and origin the id is always the same; ids are given from 0, in the order in
  // which paths are first asked for.
  std::shared_ptr<const ParsedModule> get(Origin origin, const std::string& path, std::string text);

 private:
  struct Known {
    base::FileId id = 0;
    std::shared_ptr<const ParsedModule> module;
  };
  std::mutex mutex_;
  std::map<std::pair<Origin, std::string>, Known> known_;
};

}  // namespace muster::compiler

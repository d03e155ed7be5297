// SPDX-License-Identifier: Apache-2.0
#include "compiler/module_cache.h"

#include <utility>

#include "compiler/desugar/desugar.h"
#include "grammar/parse/parse.h"

namespace muster::compiler {

std::shared_ptr<const ParsedModule> ModuleCache::get(Origin origin, const std::string& path, std::string text) {
  base::FileId id = 0;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto [at, fresh] = known_.try_emplace({origin, path});
    if (fresh) at->second.id = static_cast<base::FileId>(known_.size() - 1);
    if (at->second.module && at->second.module->file->text() == text) return at->second.module;
    id = at->second.id;
  }
  // Nobody waits while this is parsed. Where two threads do it at once, the later one's is kept.
  auto made = std::make_shared<ParsedModule>();
  made->id = id;
  made->file = std::make_shared<const base::SourceFile>(path, std::move(text));
  auto parsed = parse::parse_module(made->file->text(), id);
  auto desugared = desugar::desugar(parsed.tree);
  made->tree = std::move(parsed.tree);
  made->module = std::move(desugared.module);
  made->diagnostics = std::move(parsed.diagnostics);
  made->diagnostics.append(desugared.diagnostics);
  const std::lock_guard<std::mutex> lock(mutex_);
  known_[{origin, path}].module = made;
  return made;
}

}  // namespace muster::compiler

// SPDX-License-Identifier: Apache-2.0
#include "compiler/import_circles.h"

#include <algorithm>
#include <optional>

namespace muster::compiler {

namespace {

constexpr std::uint32_t kNone = ~std::uint32_t{0};

// The number of each module's set, of which every module leads to every other: Kosaraju's second walk, against the
// imports and from the module that was finished last. A chain of imports may be long, so there is no recursion.
std::vector<std::uint32_t> sets_of(const std::vector<ImportingModule>& modules,
                                   const std::vector<std::uint32_t>& finished) {
  std::vector<std::vector<std::uint32_t>> imported_by(modules.size());
  for (std::uint32_t from = 0; from < modules.size(); ++from) {
    for (const FollowedImport& import : modules[from].imports) imported_by[import.to].push_back(from);
  }
  std::vector<std::uint32_t> set(modules.size(), kNone);
  for (auto root = finished.rbegin(); root != finished.rend(); ++root) {
    if (set[*root] != kNone) continue;
    set[*root] = *root;
    for (std::vector<std::uint32_t> open{*root}; !open.empty();) {
      const std::uint32_t at = open.back();
      open.pop_back();
      for (const std::uint32_t from : imported_by[at]) {
        if (set[from] != kNone) continue;
        set[from] = *root;
        open.push_back(from);
      }
    }
  }
  return set;
}

std::optional<base::Span> import_of(const ImportingModule& module, std::uint32_t wanted) {
  const auto found = std::find_if(module.imports.begin(), module.imports.end(),
                                  [wanted](const FollowedImport& import) { return import.to == wanted; });
  return found == module.imports.end() ? std::nullopt : std::optional(found->place);
}

// From this module back to it, through others of its set, by as few as can be.
ImportCircle shortest_from(std::uint32_t first, const std::vector<ImportingModule>& modules,
                           const std::vector<std::uint32_t>& set) {
  std::vector<std::uint32_t> importer(modules.size(), kNone);
  std::vector<std::uint32_t> reached{first};
  for (std::size_t i = 0; i < reached.size(); ++i) {
    const std::uint32_t at = reached[i];
    const auto closing = at == first ? std::nullopt : import_of(modules[at], first);
    if (closing) {
      ImportCircle circle{{}, *closing};
      for (std::uint32_t back = at; back != first; back = importer[back]) circle.modules.push_back(back);
      circle.modules.push_back(first);
      std::reverse(circle.modules.begin(), circle.modules.end());
      return circle;
    }
    for (const FollowedImport& import : modules[at].imports) {
      if (import.to == first || set[import.to] != set[first] || importer[import.to] != kNone) continue;
      importer[import.to] = at;
      reached.push_back(import.to);
    }
  }
  return {};
}

}  // namespace

std::vector<ImportCircle> import_circles(const std::vector<ImportingModule>& modules,
                                         const std::vector<std::uint32_t>& finished) {
  const auto set = sets_of(modules, finished);
  std::vector<std::uint32_t> least(modules.size(), kNone), size(modules.size(), 0);
  for (std::uint32_t i = 0; i < modules.size(); ++i) {
    std::uint32_t& known = least[set[i]];
    if (known == kNone || modules[i].name < modules[known].name) known = i;
    ++size[set[i]];
  }
  std::vector<ImportCircle> circles;
  for (std::uint32_t i = 0; i < modules.size(); ++i) {
    if (const auto itself = import_of(modules[i], i)) circles.push_back({{i}, *itself});
    if (least[set[i]] == i && size[set[i]] > 1) circles.push_back(shortest_from(i, modules, set));
  }
  return circles;
}

}  // namespace muster::compiler

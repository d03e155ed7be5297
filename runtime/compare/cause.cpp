// SPDX-License-Identifier: Apache-2.0
#include "runtime/compare/cause.h"

#include <algorithm>

namespace muster::compare {

namespace {

using Set = std::vector<std::size_t>;
using Undoes = std::function<bool(const Set&)>;

// Of more a smaller set is not looked for: there are too many.
constexpr std::size_t kLargestSearched = 10;

// Leaves out, from the last, what isn't needed. More than one pass, as what was needed may no longer be.
Set without_needless(Set set, const Undoes& undoes) {
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = set.size(); i-- > 0 && set.size() > 1;) {
      Set fewer = set;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      if (!undoes(fewer)) continue;
      set = std::move(fewer);
      changed = true;
    }
  }
  return set;
}

// The first of the smallest of its parts that undo the change.
Set smallest_part(const Set& set, const Undoes& undoes) {
  if (set.size() > kLargestSearched) return set;
  for (std::size_t size = 2; size < set.size(); ++size) {
    std::vector<bool> chosen(set.size());
    std::fill(chosen.begin(), chosen.begin() + static_cast<std::ptrdiff_t>(size), true);
    do {
      Set part;
      for (std::size_t i = 0; i < set.size(); ++i) {
        if (chosen[i]) part.push_back(set[i]);
      }
      if (undoes(part)) return part;
    } while (std::prev_permutation(chosen.begin(), chosen.end()));
  }
  return set;
}

}  // namespace

Cause find_cause(const Set& candidates, const Undoes& undoes) {
  Set alone;
  for (const std::size_t each : candidates) {
    if (candidates.size() == 1 || undoes({each})) alone.push_back(each);
  }
  if (!alone.empty()) return {{alone.front()}, {alone.begin() + 1, alone.end()}};
  return {smallest_part(without_needless(candidates, undoes), undoes), {}};
}

}  // namespace muster::compare

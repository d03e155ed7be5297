// SPDX-License-Identifier: Apache-2.0
#include "runtime/compare/correspondence.h"

#include <functional>
#include <map>

namespace muster::compare {

namespace {

struct Named {
  std::string name;
  std::string full_name;
};

using Indexes = Correspondence::Indexes;

// Pairs those whose `key` only one is left of on each side.
void pair_up(const PairOf<std::vector<Named>>& things, std::string Named::*key,
             const std::function<bool(std::uint32_t, std::uint32_t)>& fit, PairOf<Indexes>& pairs) {
  PairOf<std::map<std::string, std::vector<std::uint32_t>>> left;
  for (const Which which : kBoth) {
    for (std::uint32_t i = 0; i < things.of(which).size(); ++i) {
      if (!pairs.of(which)[i]) left.of(which)[things.of(which)[i].*key].push_back(i);
    }
  }
  for (const auto& [name, indexes] : left.before) {
    const auto found = left.after.find(name);
    if (found == left.after.end() || indexes.size() != 1 || found->second.size() != 1) continue;
    const std::uint32_t before = indexes.front(), after = found->second.front();
    if (!fit(before, after)) continue;
    pairs.before[before] = after;
    pairs.after[after] = before;
  }
}

template <class Things>
std::vector<Named> names_of(const Things& things) {
  std::vector<Named> names;
  for (const auto& thing : things) names.push_back({thing.name, thing.module + "." + thing.name});
  return names;
}

PairOf<Indexes> paired(const PairOf<std::vector<Named>>& things,
                       const std::function<bool(std::uint32_t, std::uint32_t)>& fit) {
  PairOf<Indexes> pairs;
  for (const Which which : kBoth) pairs.of(which).resize(things.of(which).size());
  pair_up(things, &Named::full_name, fit, pairs);
  pair_up(things, &Named::name, fit, pairs);
  return pairs;
}

}  // namespace

Correspondence correspondence_of(const Sides& sides) {
  const typed::Program& before = *sides.before.program;
  const typed::Program& after = *sides.after.program;
  Correspondence found;
  found.params = paired({names_of(before.params), names_of(after.params)}, [&](std::uint32_t a, std::uint32_t b) {
    return meaning(before.types, before.params[a].type) == meaning(after.types, after.params[b].type);
  });
  found.shared =
      paired({names_of(before.shared), names_of(after.shared)}, [](std::uint32_t, std::uint32_t) { return true; });
  return found;
}

std::string meaning(const types::Table& table, types::TypeId type) {
  switch (table.kind(type)) {
    case types::Kind::optional: return meaning(table, table.element(type)) + "?";
    case types::Kind::list: return "list of " + meaning(table, table.element(type));
    case types::Kind::record: return "record";
    case types::Kind::enumeration: {
      const types::Enum& declared = table.enum_of(type);
      std::string text = declared.ordered ? "ordered enum" : "enum";
      for (const types::EnumName& each : declared.names) text += " `" + each.name + "`";
      return text;
    }
    case types::Kind::boolean:
    case types::Kind::integer:
    case types::Kind::number:
    case types::Kind::percent:
    case types::Kind::text:
    case types::Kind::date:
    case types::Kind::time:
    case types::Kind::duration:
    case types::Kind::period:
    case types::Kind::version:
    case types::Kind::error: break;
  }
  return table.name(type);
}

}  // namespace muster::compare

// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/binding_choice.h"

#include <algorithm>
#include <map>

namespace muster::ingest {
namespace {

bool begins_with(const FieldPath& path, const FieldPath& prefix) {
  return path.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), path.begin());
}

// Of two bindings of one thing: the one to follow.
bool goes_first(const typed::Program& program, const typed::Binding& left, const typed::Binding& right) {
  const bool left_root = left.module == program.root_module;
  const bool right_root = right.module == program.root_module;
  if (left_root != right_root) return left_root;
  if (left.shared || right.shared) return false;
  return left.subject != right.subject && program.types.extends(left.subject, right.subject);
}

// A key that is in no use of its own is used by the join.
void use_field(typed::Use& use, const FieldPath& path) {
  typed::Use* at = &use;
  for (types::FieldIndex field : path) at = &at->fields[field];
}

// `later` needs what `earlier` gives: it hangs in it, or compares a field of it.
bool depends(const typed::Binding& later, const typed::Binding& earlier) {
  if (later.target != earlier.target && begins_with(later.target, earlier.target)) return true;
  return std::any_of(later.joins.begin(), later.joins.end(), [&earlier](const typed::JoinPair& pair) {
    return begins_with(pair.subject_field, earlier.target);
  });
}

// Joins that wait for each other stay in their order at the end: the fields they compare are unknown.
std::vector<std::uint32_t> in_order(const typed::Program& program, std::vector<std::uint32_t> joins) {
  std::vector<std::uint32_t> ordered;
  while (!joins.empty()) {
    const auto ready = std::find_if(joins.begin(), joins.end(), [&](std::uint32_t each) {
      return std::none_of(joins.begin(), joins.end(), [&](std::uint32_t other) {
        return other != each && depends(program.bindings[each], program.bindings[other]);
      });
    });
    const auto next = ready != joins.end() ? ready : joins.begin();
    ordered.push_back(*next);
    joins.erase(next);
  }
  return ordered;
}

// Adds the joins of fields in use, and uses what they compare, until that brings no others.
std::vector<std::uint32_t> joins_in_use(const typed::Program& program,
                                        const std::map<FieldPath, std::uint32_t>& by_target, typed::Usage& usage) {
  std::vector<std::uint32_t> joins;
  for (bool more = true; more;) {
    more = false;
    for (const auto& [target, binding] : by_target) {
      if (use_at(usage.subject, target) == nullptr || std::find(joins.begin(), joins.end(), binding) != joins.end())
        continue;
      joins.push_back(binding);
      for (const typed::JoinPair& pair : program.bindings[binding].joins) use_field(usage.subject, pair.subject_field);
      more = true;
    }
  }
  std::sort(joins.begin(), joins.end());
  return in_order(program, std::move(joins));
}

}  // namespace

Choice choose_bindings(const typed::Program& program, types::RecordId subject, const typed::Usage& usage) {
  Choice choice;
  choice.subject = choose_subject_binding(program, subject);
  choice.usage = usage;
  choice.shared.resize(program.shared.size());
  std::map<FieldPath, std::uint32_t> by_target;
  const auto prefer = [&](std::uint32_t binding, std::uint32_t chosen) {
    return goes_first(program, program.bindings[binding], program.bindings[chosen]) ? binding : chosen;
  };
  for (std::uint32_t at = 0; at < program.bindings.size(); ++at) {
    const typed::Binding& binding = program.bindings[at];
    if (binding.shared) {
      auto& chosen = choice.shared[*binding.shared];
      if (usage.shared[*binding.shared]) chosen = chosen ? prefer(at, *chosen) : at;
    } else if (!program.types.extends(subject, binding.subject)) {
      continue;
    } else if (!binding.target.empty()) {
      const auto [chosen, is_new] = by_target.try_emplace(binding.target, at);
      if (!is_new) chosen->second = prefer(at, chosen->second);
    }
  }
  choice.joins = joins_in_use(program, by_target, choice.usage);
  return choice;
}

std::optional<std::uint32_t> choose_subject_binding(const typed::Program& program, types::RecordId subject) {
  std::optional<std::uint32_t> chosen;
  for (std::uint32_t at = 0; at < program.bindings.size(); ++at) {
    const typed::Binding& binding = program.bindings[at];
    if (binding.shared || !binding.target.empty() || !program.types.extends(subject, binding.subject)) continue;
    if (!chosen || goes_first(program, binding, program.bindings[*chosen])) chosen = at;
  }
  return chosen;
}

const typed::Use* use_at(const typed::Use& use, const FieldPath& path) {
  const typed::Use* at = &use;
  for (types::FieldIndex field : path) {
    const auto found = at->fields.find(field);
    if (found == at->fields.end()) return nullptr;
    at = &found->second;
  }
  return at;
}

}  // namespace muster::ingest

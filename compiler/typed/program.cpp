// SPDX-License-Identifier: Apache-2.0
#include "compiler/typed/program.h"

#include <algorithm>
#include <string_view>

namespace muster::typed {

const char* name(Op op) {
  switch (op) {
#define MUSTER_OP(name, operands, index, meaning) \
  case Op::name:                                  \
    return #name;
#include "compiler/typed/ops.def"
#undef MUSTER_OP
  }
  return "";
}

const char* name(ConditionKind kind) { return kind == ConditionKind::when ? "when" : "require"; }

const char* name(Level level) {
  switch (level) {
    case Level::must: return "must";
    case Level::should: return "should";
    case Level::may: return "may";
  }
  return "";
}

bool is_order(Op op) { return op == Op::less || op == Op::less_equal || op == Op::greater || op == Op::greater_equal; }

bool is_comparison(Op op) { return op == Op::equal || op == Op::not_equal || is_order(op); }

// The table says so: of those whose index is a variable, Op::variable alone takes no list.
bool has_variable(Op op) {
  switch (op) {
#define MUSTER_OP(name, operands, index, meaning) \
  case Op::name:                                  \
    return op != Op::variable && std::string_view(index) == "variable";
#include "compiler/typed/ops.def"
#undef MUSTER_OP
  }
  return false;
}

const char* name(Origin::Kind kind) {
  switch (kind) {
    case Origin::Kind::declared: return "declared";
    case Origin::Kind::set: return "set";
    case Origin::Kind::tighten: return "tighten";
    case Origin::Kind::promote: return "promote";
    case Origin::Kind::demote: return "demote";
    case Origin::Kind::amend: return "amend";
    case Origin::Kind::replace: return "replace";
    case Origin::Kind::drop: return "drop";
    case Origin::Kind::lock: return "lock";
  }
  return "";
}

std::uint32_t Criterion::owner_policy() const {
  const auto owner = std::find_if(origins.rbegin(), origins.rend(), [](const Origin& origin) {
    return origin.kind == Origin::Kind::declared || origin.kind == Origin::Kind::replace;
  });
  return owner == origins.rend() ? 0 : owner->policy;
}

std::vector<std::uint32_t> lineage(const Program& program, std::uint32_t policy) {
  std::vector<std::uint32_t> policies{policy};
  while (program.policies[policies.back()].extends) policies.push_back(*program.policies[policies.back()].extends);
  return policies;
}

bool is_same(const Criterion& derived, const Criterion& criterion) {
  return derived.name == criterion.name && derived.owner_policy() == criterion.owner_policy();
}

bool may_waive(const Program& program, const std::string& module, const Criterion& criterion) {
  if (!criterion.locked_by) return true;
  const auto policies = lineage(program, *criterion.locked_by);
  return std::any_of(policies.begin(), policies.end(),
                     [&](std::uint32_t policy) { return program.policies[policy].module == module; });
}

std::vector<std::uint32_t> chosen(const Policy& policy, const Selection& selection) {
  std::vector<std::uint32_t> criteria;
  for (std::uint32_t i = 0; i < policy.criteria.size(); ++i) {
    const Criterion& criterion = policy.criteria[i];
    const auto is_among = [&](const std::vector<std::string>& names, const std::string& name) {
      return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (selection.kind == Selection::Kind::list) {
      if (is_among(selection.names, criterion.name)) criteria.push_back(i);
      continue;
    }
    if (selection.kind != Selection::Kind::criterion &&
        static_cast<int>(criterion.level) != static_cast<int>(selection.kind)) {
      continue;
    }
    if (!selection.tag.empty() && !is_among(criterion.tags, selection.tag)) continue;
    if (!selection.section.empty() &&
        (!criterion.section || policy.sections[*criterion.section].name != selection.section)) {
      continue;
    }
    criteria.push_back(i);
  }
  return criteria;
}

Decimal weight_of(const Score& score, const Criterion& criterion) {
  if (criterion.weight) return *criterion.weight;
  return score.by_level[static_cast<std::size_t>(criterion.level)].value_or(score.weight);
}

void choose_criteria(const Policy& policy, Score& score) {
  score.of.criteria = chosen(policy, score.of);
  score.weights.clear();
  for (const std::uint32_t criterion : score.of.criteria) {
    score.weights.push_back(weight_of(score, policy.criteria[criterion]));
  }
}

}  // namespace muster::typed

// SPDX-License-Identifier: Apache-2.0
// What a policy is made of beside its own text, wherever it is declared. Private to this room.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "compiler/typed/program.h"

namespace muster::flatten {

// Where text stands, and so which values it sees.
enum class Place : std::uint8_t {
  module,   // defines: shared evidence, params and defines
  policy,   // criteria, sections, lets of the policy: also fields of the subject and lets
  verdict,  // gates, scores and shows: also scores and gates
};

// An expression that stands in the policy, and the lets that stand beside it.
struct Root {
  typed::ExprId expression = typed::kNoExpr;
  Place place = Place::policy;
  const std::vector<std::uint32_t>* lets = nullptr;
};

// All of them, with lets and waivers, but not what these name. Some may be there twice.
std::vector<Root> roots_of(const typed::Program& program, const typed::Policy& policy);

// Calls `see` for each expression that it is made of, but not for the values of lets and the bodies of defines.
template <class See>
void walk(const typed::Program& program, typed::ExprId root, const See& see) {
  std::vector<typed::ExprId> open{root};
  while (!open.empty()) {
    const typed::ExprId id = open.back();
    open.pop_back();
    if (id == typed::kNoExpr) continue;
    const typed::Expr& expr = program.expr(id);
    const auto operands = program.operands_of(expr);
    open.insert(open.end(), operands.begin(), operands.end());
    see(expr);
  }
}

// Indexes into the program's tables; of records the subjects are those that the policy's subject is, and extends.
struct Needs {
  std::set<types::EnumId> enums;
  std::set<types::RecordId> records;
  std::set<std::uint32_t> params, shared, defines, sources, bindings;
};

Needs needs_of(const typed::Program& program, const typed::Policy& policy);

}  // namespace muster::flatten

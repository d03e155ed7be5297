// SPDX-License-Identifier: Apache-2.0
// A policy while it is checked, and afterwards, for the policies that derive from it. Private to this room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/ast/module.h"
#include "compiler/check/scope.h"
#include "compiler/typed/program.h"

namespace muster::check {

// What the deltas of a policy ask of one inherited criterion, gate, score or levels.
struct Asked {
  const ast::Delta* whole = nullptr;  // replace or drop
  const ast::Delta* level = nullptr;  // promote or demote
  const ast::Delta* lock = nullptr;
  std::vector<const ast::Delta*> tightened;
  std::vector<const ast::Delta*> amended;
};

struct PolicyState {
  enum class State : std::uint8_t { fresh, open, done };

  // Inherited text keeps its own module, subject and names, so each piece says whose it is.
  struct GatePart {
    const PolicyState* text;
    const std::vector<ast::Clause>* clauses;
  };
  struct GateText {
    std::vector<GatePart> parts;  // the declaration (none where it is implied), then what tightens it
    bool incomplete = false;
  };
  template <class Declared>
  struct Text {
    const PolicyState* text;
    const Declared* declared;
  };

  const ast::PolicyDecl* declared = nullptr;
  std::uint32_t index = 0;            // Program::policies
  std::uint32_t module = 0;           // where it is declared
  const PolicyState* base = nullptr;  // that it extends
  std::uint32_t generation = 0;       // how many it derives from
  bool broken = false;  // it, or what it extends, has errors or lacks parts: what is missed there may be its fault
  std::size_t errors_before = 0;  // reported before it was checked
  typed::Policy policy;

  // What its text sees: its own names, and those that it inherits (Value::inherited).
  Names<Value> values;            // lets, scores, gates
  Names<Value> inherited_params;  // that the base or its subject reads
  Names<Indexed> criteria;
  Names<Indexed> sections;
  Names<Indexed> levels;
  std::set<std::string, std::less<>> tags;

  std::vector<std::uint32_t> let_index;  // into Program::lets; kNone: not typed yet
  std::vector<State> let_state, gate_state, score_state;
  std::vector<GateText> gate_texts;               // as policy.gates
  std::vector<Text<ast::ScoreDecl>> score_texts;  // as policy.scores
  std::vector<Text<ast::LevelsDecl>> levels_texts;
  std::vector<Text<ast::ShowDecl>> show_texts;
  std::uint32_t open_let = ~std::uint32_t{0}, open_gate = ~std::uint32_t{0},
                open_score = ~std::uint32_t{0};  // the innermost that is being typed

  // What its deltas ask, by the name of the thing; sets by the param.
  Names<Asked> of_criteria, of_gates, of_scores, of_levels;
  std::map<std::uint32_t, const ast::Delta*> sets;
  std::map<const ast::Delta*, Span> uses_of_dropped;  // the first place that names what a delta drops
};

}  // namespace muster::check

// SPDX-License-Identifier: Apache-2.0
// What names stand for where they are written, and what is known to be present there. Private to this room.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/source_file.h"
#include "compiler/typed/program.h"

namespace muster::check {

using base::Span;
struct PolicyState;

// Something that a bare name may stand for as a value.
struct Value {
  enum class Kind : std::uint8_t {
    field,
    shared,
    param,
    define,
    let,
    policy_let,
    score,
    gate,
    variable,
    dropped,   // a score or gate that the policy does not have any more
    ambiguous  // a field of the wider subject, and something inherited
  } kind = Kind::field;
  std::uint32_t index = 0;
  Span span;
  bool inherited = false;
};

struct NamedType {
  enum class Kind : std::uint8_t { enumeration, record } kind = Kind::enumeration;
  std::uint32_t id = 0;
  Span span;
};

template <class Thing>
using Names = std::map<std::string, Thing, std::less<>>;

struct Indexed {
  std::uint32_t index = 0;
  Span span;
};

// What a module declares or imports, by kind; names of one kind never clash with those of another.
struct ModuleScope {
  Names<Value> values;
  Names<NamedType> types;
  Names<Indexed> modules;
  Names<Indexed> policies;
  Names<Indexed> sources;
  Names<Indexed> fixtures;
};

// Paths of fields from a root (the subject, a variable, a let ...), interned.
using PathId = std::uint32_t;
constexpr PathId kNoPath = ~PathId{0};

using FactSet = std::vector<PathId>;  // sorted: what is present

struct Facts {
  FactSet when_true;
  FactSet when_false;
};

// Where a fact that holds now comes from.
enum class FactOrigin : std::uint8_t { none, here, requirement };

enum class Place : std::uint8_t { define, criterion, gate, score, show, constant };

// What must be put aside while a define, let, gate or score is typed in the middle of another expression.
struct Surroundings {
  std::uint32_t module;
  Place place;
  bool in_message;
  std::optional<types::RecordId> subject;
  PolicyState* policy;
  const PolicyState* text;
  std::vector<std::pair<std::string, Value>> locals;
  std::vector<typed::ExprId> guarded;
  std::vector<FactOrigin> fact_origins;
};

}  // namespace muster::check

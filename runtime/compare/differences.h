// SPDX-License-Identifier: Apache-2.0
// What is not the same of two policies and of how they are run, whoever is judged. In the order in which a verdict
// comes about: how long evidence stays fresh, params, conditions of sections, criteria as the later policy lists
// them and behind them those that it lacks, scores, gates.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/compare/correspondence.h"
#include "runtime/compare/difference.h"
#include "runtime/compare/evidence_match.h"
#include "runtime/compare/sides.h"

namespace muster::compare {

constexpr std::uint32_t kNone = ~std::uint32_t{0};

// What both sides have to say of one thing. Each member behind `index` is the place of a difference in
// Differences::all, or kNone.
struct Compared {
  std::string name;
  PairOf<std::uint32_t> index{kNone, kNone};  // in its own policy; kNone: it isn't there

  bool on_both() const { return index.before != kNone && index.after != kNone; }
};
struct ComparedCriterion : Compared {
  std::uint32_t presence = kNone;  // added or dropped
  std::uint32_t level = kNone, section = kNone, tags = kNone, weight = kNone, effective = kNone;
  std::uint32_t conditions = kNone, waivers = kNone, as_of = kNone;
};
struct ComparedSection : Compared {
  std::uint32_t conditions = kNone;
};
struct ComparedScore : Compared {
  std::uint32_t settings = kNone, as_of = kNone;
};
struct ComparedGate : Compared {
  std::uint32_t conditions = kNone, as_of = kNone;
};
struct ComparedParam {
  PairOf<std::uint32_t> index;  // Program::params
  std::uint32_t value = kNone;
};
struct ComparedFreshness {
  std::uint32_t place = 0;  // EvidenceMatch::fresh_places
  std::uint32_t difference = kNone;
};

struct Differences {
  std::vector<Difference> all;
  std::vector<ComparedFreshness> freshness;  // those that differ
  std::vector<ComparedParam> params;         // those that differ
  std::vector<ComparedSection> sections;
  std::vector<ComparedCriterion> criteria;  // as the later policy lists them, then those that it lacks
  std::vector<ComparedScore> scores;
  std::vector<ComparedGate> gates;
  std::uint32_t main_gate = kNone;  // the deciding gate has another name
};

Differences find_differences(const Sides& sides, const Correspondence& correspondence, const EvidenceMatch& evidence);

// How long evidence stays fresh at a place.
const types::Freshness& freshness_at(const Side& side, Which which, const FreshPlace& place);

}  // namespace muster::compare

// SPDX-License-Identifier: Apache-2.0
// A policy between two: which criteria it has and how they count, with some differences undone. What criteria ask
// is not its matter.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "runtime/compare/differences.h"
#include "runtime/compare/undone.h"

namespace muster::compare {

struct Shape {
  struct Criterion {
    bool is_there = true;
    std::uint32_t section = kNone;  // Differences::sections
    std::optional<base::Date> effective;
  };
  std::vector<Criterion> criteria;  // as Differences::criteria
  // The policy as gates and scores of each side see it: the side's own criteria first, in their places, then the
  // other's. Selections and scores are of those that are there.
  PairOf<typed::Policy> policies;
};

class Shapes {
 public:
  // Both must outlive this.
  Shapes(const Sides& sides, const Differences& differences);

  // Valid until the next call.
  const Shape& of(const Undone& undone);

  // Of Shape::policies' criteria which of Differences::criteria each is.
  const std::vector<std::uint32_t>& compared(Which which) const { return compared_.of(which); }

 private:
  Shape made(const Undone& undone) const;
  const typed::Criterion& attribute(const ComparedCriterion& compared, std::uint32_t difference, const Undone& undone,
                                    Which& from) const;

  const Sides& sides_;
  const Differences& differences_;
  std::vector<std::uint32_t> deciding_;  // differences that a shape depends on
  PairOf<typed::Policy> bare_;           // without conditions, with the other's criteria and sections behind its own
  PairOf<std::vector<std::uint32_t>> compared_;
  PairOf<std::vector<std::uint32_t>> sections_;  // of Differences::sections the place in `bare_`
  std::map<std::string, std::uint32_t> section_by_name_;
  std::map<std::vector<bool>, Shape> known_;
};

}  // namespace muster::compare

// SPDX-License-Identifier: Apache-2.0
// Judges a portfolio twice and finds what turned each verdict that changed: by two policies, from two files, or as
// of two dates. Subjects are matched by their keys, of several with one key the first with the first.
//
// Both files are read side by side. A subject is kept from where it stands in one until it comes in the other: two
// files in about the same order take no more memory than one record each.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "runtime/compare/differences.h"
#include "runtime/compare/needs.h"
#include "runtime/compare/sides.h"
#include "runtime/compare/told.h"
#include "runtime/ingest/ingest.h"
#include "runtime/verdicts/verdicts.h"

namespace muster::runtime {

struct ComparisonRequest {
  compare::Sides sides;  // what they point to must outlive the comparison; waivers are found
  compare::PairOf<ingest::Inputs> inputs;
  ingest::Options ingest_options;
  std::optional<compare::PairOf<types::Scalar>> subject;  // compare this key alone; of each side's key's type
  std::uint64_t checked_keys = 1'000'000;                 // of each side, to find duplicates
  std::function<bool()> stop = {};  // asked before each record: true ends the run, and `end` is not told
};

struct ComparisonListener {
  // Before the first subject. What is referred to lives as long as the comparison; file names may still grow.
  std::function<void(const compare::PairOf<const std::vector<std::string>*>& file_names,
                     const compare::Differences& differences)>
      begin;
  std::function<void(const compare::ComparedSubject&)> subject;
  // A record of which not even the key could be read.
  std::function<void(compare::Which, const verdicts::UnreadableRecord&)> unreadable;
  std::function<void(compare::Which, const ingest::Notice&)> notice;
  // At the end; what `begin` told of is still there.
  std::function<void(const std::vector<compare::Need>&)> end;
};

tl::expected<void, ingest::FileError> compare_portfolios(ComparisonRequest request, const ComparisonListener& listener);

}  // namespace muster::runtime

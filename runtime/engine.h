// SPDX-License-Identifier: Apache-2.0
// Judges a portfolio: the one door through which commands and the benchmark run a policy.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "compiler/typed/program.h"
#include "runtime/evidence/run.h"
#include "runtime/ingest/ingest.h"
#include "runtime/verdicts/verdicts.h"
#include "runtime/waivers/book.h"

namespace muster::runtime {

struct Request {
  const typed::Program* program = nullptr;
  std::uint32_t policy = 0;
  evidence::Run run;
  ingest::Inputs inputs;
  ingest::Options ingest_options;
  std::optional<types::Scalar> subject;    // judge this key alone; of the key's type
  std::uint64_t checked_keys = 1'000'000;  // subjects whose keys are remembered, to find duplicates
  std::function<bool()> stop = {};         // asked before each record: true ends the run as if no more followed
};

// Counts of a run, for exit codes and messages.
struct Totals {
  std::uint64_t subjects = 0;
  std::uint64_t unreadable = 0;
  std::uint64_t duplicate_keys = 0;
  std::uint64_t problems = 0;
  std::vector<std::array<std::uint64_t, 3>> gates;  // by verdicts::Verdict
};

// Told each outcome in the portfolio's order. Origin::file indexes `file_names`.
struct Listener {
  std::function<void(const std::vector<std::string>& file_names)> begin;
  std::function<void(std::shared_ptr<const waivers::Book>)> waivers;  // of the run, before the first outcome
  std::function<void(const verdicts::Outcome&)> outcome;
  std::function<void(const ingest::Notice&)> notice;
};

tl::expected<Totals, ingest::FileError> judge(Request request, const Listener& listener);

}  // namespace muster::runtime

// SPDX-License-Identifier: Apache-2.0
// Judges a portfolio: the one door through which commands and the benchmark run a policy.
#pragma once

#include <chrono>
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
#include "runtime/jit_plugin/plugin.h"
#include "runtime/problem_notes.h"
#include "runtime/verdicts/tally.h"
#include "runtime/verdicts/verdicts.h"
#include "runtime/waivers/book.h"

namespace muster::runtime {

// How it is computed, never what.
enum class Engine : std::uint8_t {
  automatic,
  reference,    // row by row
  interpreter,  // over columns
  jit,          // the same, with groups of operations as machine code; the interpreter, where there is no JIT
};

// How far a run has come.
struct Reached {
  std::uint64_t records = 0;   // told of, readable or not
  std::uint64_t subjects = 0;  // among them
  evidence::Origin last;       // of the last record
};

struct Request {
  const typed::Program* program = nullptr;
  std::uint32_t policy = 0;
  evidence::Run run;
  ingest::Inputs inputs;
  ingest::Options ingest_options;
  std::optional<types::Scalar> subject;    // judge this key alone; of the key's type
  std::uint64_t checked_keys = 1'000'000;  // subjects whose keys are remembered, to find duplicates
  Engine engine = Engine::automatic;
  unsigned jobs = 1;  // threads that read and judge, beside the one that tells the listener
  // Opens the plug-in with the JIT; nothing: there is none. Any thread may call it.
  std::function<tl::expected<jit_plugin::Plugin, std::string>()> open_jit = {};
  // Time since some moment. Without it nothing is compiled but what is asked for.
  std::function<std::chrono::nanoseconds()> clock = {};
  // Asked again and again, before anybody is told of what comes next: true ends the run as if no more followed.
  std::function<bool(const Reached&)> stop = {};
};

// Told each outcome in the portfolio's order, all by the thread that called `judge`. Origin::file indexes `file_names`.
struct Listener {
  std::function<void(const std::vector<std::string>& file_names)> begin;
  std::function<void(std::shared_ptr<const waivers::Book>)> waivers;  // of the run, before the first outcome
  verdicts::Need most = verdicts::Need::reasons;                      // that it needs of any subject
  // What it needs of a subject with this result, as report::Writer::needs; any thread may ask. Nothing: reasons.
  std::function<verdicts::Need(const verdicts::SubjectResult&, std::uint64_t position)> needs;
  std::function<void(const verdicts::Outcome&)> outcome;
  // The engine that was asked for can't do it; what goes on, and why.
  std::function<void(const std::string& instead)> another_engine;
  std::function<void(const ProblemNote&)> problem;  // at the end
  std::function<void(const ingest::Notice&)> notice;
};

// The counts of all that was judged.
tl::expected<verdicts::Tally, ingest::FileError> judge(Request request, const Listener& listener);

}  // namespace muster::runtime

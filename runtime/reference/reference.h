// SPDX-License-Identifier: Apache-2.0
// The meaning of the language: judges one subject after the other in the plainest code that can be read
// against docs/language. Other engines are held to it. It can keep a trace for explanations.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "compiler/typed/program.h"
#include "runtime/evidence/datum.h"
#include "runtime/evidence/run.h"
#include "runtime/verdicts/verdicts.h"
#include "runtime/waivers/book.h"

namespace muster::reference {

// A subject's evidence, with freshness applied.
struct Subject {
  const evidence::Datum* record = nullptr;
  const std::vector<evidence::Datum>* shared = nullptr;  // one for each of Program::shared, freshness applied;
                                                         // the same for all subjects of an engine
};

// What a value of an expression was: printed, with the data that left it unknown.
struct TraceEntry {
  typed::ExprId expression = typed::kNoExpr;
  std::string value;                                 // `?` unknown, `none` absent, else as messages print it
  std::vector<verdicts::Cause> causes;               // of an unknown
  std::vector<std::uint32_t> elements;               // which elements of the quantifiers around it, outermost first
  verdicts::Truth truth = verdicts::Truth::unknown;  // of a condition, private or not
};

// In the order in which values were found. An expression stands once for each element it was evaluated for.
struct Trace {
  std::vector<TraceEntry> entries;
};

class Engine {
 public:
  // All of them must outlive the engine. The waivers are those of the policy.
  Engine(const typed::Program& program, const typed::Policy& policy, const evidence::Run& run,
         const waivers::Book& waivers);
  ~Engine();

  // Criteria that a test waives, beside those waivers; they count as waived where they are not na or met.
  void waive(const std::vector<std::uint32_t>& criteria);

  // From now on results say what to do about what is not met: the criterion's `fix`, printed.
  void advise();

  // Key, label and problems of the result are the caller's to fill. An UnreadableRecord (with no origin) if
  // the subject needs more steps than the run allows.
  verdicts::Outcome judge(const Subject& subject, Trace* trace = nullptr);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace muster::reference

// SPDX-License-Identifier: Apache-2.0
// From a program and evidence to results, without files.
#pragma once

#include <memory>
#include <vector>

#include "compiler/typed/program.h"
#include "runtime/evidence/run.h"
#include "runtime/reference/reference.h"
#include "tests/agreement/evidence.h"

namespace muster::agreement {

// A policy of a program, on 2026-11-23, with its own values of params.
class Judge {
 public:
  explicit Judge(const typed::Program& program, std::uint32_t index = 0);

  void waive(const std::vector<std::uint32_t>& criteria) { engine_->waive(criteria); }
  // Applies freshness to a copy of the evidence.
  verdicts::SubjectResult judge(const Evidence& evidence, reference::Trace* trace = nullptr);
  const typed::Policy& policy() const { return program_.policies[index_]; }
  const evidence::Run& run() const { return run_; }
  const waivers::Book& waivers() const { return *waivers_; }

 private:
  const typed::Program& program_;
  const std::uint32_t index_;
  evidence::Run run_;
  std::unique_ptr<Evidence> aged_;
  std::unique_ptr<waivers::Book> waivers_;
  std::unique_ptr<reference::Engine> engine_;
};

}  // namespace muster::agreement

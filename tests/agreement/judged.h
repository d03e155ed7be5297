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

// The first policy of a program, on 2026-11-23.
class Judge {
 public:
  explicit Judge(const typed::Program& program);

  void waive(const std::vector<std::uint32_t>& criteria) { engine_->waive(criteria); }
  // Applies freshness to a copy of the evidence.
  verdicts::SubjectResult judge(const Evidence& evidence, reference::Trace* trace = nullptr);
  const typed::Policy& policy() const { return program_.policies.front(); }
  const evidence::Run& run() const { return run_; }
  const waivers::Book& waivers() const { return *waivers_; }

 private:
  const typed::Program& program_;
  evidence::Run run_;
  std::unique_ptr<waivers::Book> waivers_;
  std::unique_ptr<reference::Engine> engine_;
};

}  // namespace muster::agreement

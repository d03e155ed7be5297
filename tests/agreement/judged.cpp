// SPDX-License-Identifier: Apache-2.0
#include "tests/agreement/judged.h"

#include <gtest/gtest.h>

#include "runtime/evidence/freshness.h"

namespace muster::agreement {

Judge::Judge(const typed::Program& program, std::uint32_t index) : program_(program), index_(index) {
  run_.today = *base::make_date({2026, 11, 23});
  run_.now = base::end_of(run_.today);
  for (const typed::Param& param : program.params) run_.params.push_back(param.value);
  for (const typed::PolicyParam& param : policy().params) run_.params[param.param] = param.value;
  waivers_ = std::make_unique<waivers::Book>(program_, index_, run_.today);
  engine_ = std::make_unique<reference::Engine>(program_, policy(), run_, *waivers_);
}

verdicts::SubjectResult Judge::judge(const Evidence& evidence, reference::Trace* trace) {
  // Another place than the last one: the engine knows shared evidence by where it lies.
  auto next = std::make_unique<Evidence>(evidence);
  aged_ = std::move(next);
  Evidence& aged = *aged_;
  evidence::apply_freshness_to_subject(program_, policy().subject, run_, aged.subject);
  for (std::size_t i = 0; i < aged.shared.size(); ++i) {
    evidence::apply_freshness(program_, program_.shared[i].type, program_.shared[i].fresh, run_, aged.shared[i]);
  }
  verdicts::Outcome outcome = engine_->judge({&aged.subject, &aged.shared}, trace);
  if (auto* unreadable = std::get_if<verdicts::UnreadableRecord>(&outcome)) {
    ADD_FAILURE() << unreadable->message;
    return {};
  }
  return std::get<verdicts::SubjectResult>(std::move(outcome));
}

}  // namespace muster::agreement

// SPDX-License-Identifier: Apache-2.0
// Decides, outcome by outcome, what `--only` and then `--limit` let through. Errors always pass.
#pragma once

#include <atomic>

#include "runtime/report/report.h"

namespace muster::report {

inline verdicts::Verdict deciding_verdict(const Context& context, const verdicts::SubjectResult& result) {
  return verdicts::verdict(result.gates[context.gate]);
}

class Picker {
 public:
  Picker(const Context& context, const Selection& selection)
      : context_(context), selection_(selection), is_full_(selection.limit == 0u) {}

  // Whether it may be taken, however many were; asked by several threads at once.
  bool may_take(const verdicts::SubjectResult& result) const {
    return (!selection_.only || deciding_verdict(context_, result) == *selection_.only) && !is_full_;
  }

  bool takes(const verdicts::Outcome& outcome) {
    const auto* result = std::get_if<verdicts::SubjectResult>(&outcome);
    if (result == nullptr) return true;
    if (selection_.only && deciding_verdict(context_, *result) != *selection_.only) return false;
    if (selection_.limit && taken_ >= *selection_.limit) return false;
    ++taken_;
    is_full_ = selection_.limit && taken_ >= *selection_.limit;
    return true;
  }

 private:
  const Context& context_;
  Selection selection_;
  std::uint64_t taken_ = 0;
  std::atomic<bool> is_full_ = false;
};

}  // namespace muster::report

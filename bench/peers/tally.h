// SPDX-License-Identifier: Apache-2.0
// What a peer in C++ counts: verdicts of the gate, and met, unmet and unknown of each criterion.
#pragma once

#include <array>
#include <string>

#include "criteria.h"

class Tally {
 public:
  void add(const Service& service) {
    Truth truths[kCriteria];
    judge(service, truths);
    for (int index = 0; index < kCriteria; ++index) {
      met_[index] += truths[index] & 1;
      unmet_[index] += truths[index] >> 1;
    }
    const Truth verdict = gate(truths);
    passed_ += verdict & 1;
    failed_ += verdict >> 1;
    ++subjects_;
  }

  std::string json() const {
    std::string text = R"("gate":{"pass":)" + std::to_string(passed_) + R"(,"fail":)" + std::to_string(failed_) +
                       R"(,"undecided":)" + std::to_string(subjects_ - passed_ - failed_) + R"(},"criteria":{)";
    for (int index = 0; index < kCriteria; ++index) {
      text += std::string(index > 0 ? "," : "") + '"' + kNames[index] + R"(":[)" + std::to_string(met_[index]) + ',' +
              std::to_string(unmet_[index]) + ',' + std::to_string(subjects_ - met_[index] - unmet_[index]) + ']';
    }
    return text + '}';
  }

 private:
  std::array<std::uint32_t, kCriteria> met_{};
  std::array<std::uint32_t, kCriteria> unmet_{};
  std::uint32_t passed_ = 0;
  std::uint32_t failed_ = 0;
  std::uint32_t subjects_ = 0;
};

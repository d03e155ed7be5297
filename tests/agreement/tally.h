// SPDX-License-Identifier: Apache-2.0
// What random policies came to: how often each operation was true, false, unknown, known and absent, and each
// status shown. A test of laws is worth what it has seen.
#pragma once

#include <array>
#include <map>
#include <string>

#include "compiler/typed/program.h"
#include "runtime/reference/reference.h"
#include "runtime/verdicts/verdicts.h"

namespace muster::agreement {

class Tally {
 public:
  void add(const typed::Program& program, const reference::Trace& trace);
  void add(const verdicts::SubjectResult& result);

  // A line for each of what was seen less than `least` times; of bools yes, no and unknown, of others known,
  // unknown and, where there is such a thing, absent.
  std::string seen_too_seldom(std::uint64_t least) const;

 private:
  struct Seen {
    std::uint64_t yes = 0, no = 0, known = 0, unknown = 0, absent = 0;
  };
  std::map<typed::Op, Seen> operations_;
  std::array<std::uint64_t, 5> statuses_{};
  std::array<std::uint64_t, 3> gates_{};
  std::uint64_t open_scores_ = 0;
  std::uint64_t scores_maybe_none_ = 0;
  std::uint64_t waivers_shown_ = 0;
  std::uint64_t scores_changed_by_waivers_ = 0;
};

}  // namespace muster::agreement

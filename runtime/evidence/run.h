// SPDX-License-Identifier: Apache-2.0
// What a run is told from outside: its date and the params that were set. The same for every subject.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/calendar.h"
#include "compiler/typed/program.h"

namespace muster::evidence {

struct Run {
  base::Instant now;                  // of a date its last microsecond
  base::Date today;                   // now's day in UTC
  std::string as_of;                  // as it is printed: a date as a date, an instant as it was given
  std::vector<types::Scalar> params;  // one for each of Program::params
  std::vector<std::pair<std::string, std::string>> set;  // what --set changed: name and text as given
  std::uint64_t max_steps = 100'000'000;                 // steps over elements for one subject
};

// What the params are where a policy is run: its own settings, and the defaults of those that it doesn't read.
std::vector<types::Scalar> params_of(const typed::Program& program, const typed::Policy& policy);

}  // namespace muster::evidence

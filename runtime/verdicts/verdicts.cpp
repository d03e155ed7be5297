// SPDX-License-Identifier: Apache-2.0
#include "runtime/verdicts/verdicts.h"

namespace muster::verdicts {

Status PossibleSet::shown() const {
  if (only(Status::na)) return Status::na;
  if (only(Status::unmet)) return Status::unmet;
  if (has(Status::unmet)) return Status::unknown;
  if (has(Status::waived)) return Status::waived;
  return Status::met;
}

Verdict verdict(Truth truth) {
  switch (truth) {
    case Truth::no: return Verdict::fail;
    case Truth::yes: return Verdict::pass;
    case Truth::unknown: return Verdict::undecided;
  }
  return Verdict::undecided;
}

const char* name(Status status) {
  switch (status) {
    case Status::met: return "met";
    case Status::unmet: return "unmet";
    case Status::na: return "na";
    case Status::waived: return "waived";
    case Status::unknown: return "unknown";
  }
  return "";
}

const char* name(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass: return "pass";
    case Verdict::fail: return "fail";
    case Verdict::undecided: return "undecided";
  }
  return "";
}

}  // namespace muster::verdicts

// SPDX-License-Identifier: Apache-2.0
#include "runtime/evidence/datum.h"

#include <utility>

namespace muster::evidence {

const char* name(Reason reason) {
  switch (reason) {
    case Reason::missing: return "missing";
    case Reason::invalid: return "invalid";
    case Reason::stale: return "stale";
    case Reason::undated: return "undated";
    case Reason::unbound: return "unbound";
    case Reason::arithmetic: return "arithmetic";
    case Reason::duplicate: return "duplicate";
  }
  return "";
}

Datum Datum::known(types::Scalar value, Origin origin) {
  Datum datum;
  datum.state = State::known;
  datum.scalar = std::move(value);
  datum.origin = origin;
  return datum;
}

Datum Datum::absent(Origin origin) {
  Datum datum;
  datum.state = State::absent;
  datum.origin = origin;
  return datum;
}

Datum Datum::unknown(Reason reason, Origin origin) {
  Datum datum;
  datum.reason = reason;
  datum.origin = origin;
  return datum;
}

std::string without_indexes(std::string_view path) {
  std::string result;
  bool inside = false;
  for (const char character : path) {
    if (character == ']') inside = false;
    if (!inside) result += character;
    if (character == '[') inside = true;
  }
  return result;
}

}  // namespace muster::evidence

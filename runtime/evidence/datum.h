// SPDX-License-Identifier: Apache-2.0
// Evidence as it was read: each datum is known, known to be absent, or unknown for a reason, and remembers
// where it came from. Decided once, when it is read; nothing later turns an unknown into a yes or a no.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/types/scalar.h"
#include "compiler/types/types.h"

namespace muster::evidence {

enum class State : std::uint8_t { known, absent, unknown };

enum class Reason : std::uint8_t { missing, invalid, stale, undated, unbound, arithmetic, duplicate };
const char* name(Reason reason);

// A place in a file of evidence: an index into the run's list of file names as they are shown, and a line
// from 1. `file` is kNoFile for what comes from no file (a fixture, an unbound field).
struct Origin {
  static constexpr std::uint32_t kNoFile = ~std::uint32_t{0};
  std::uint32_t file = kNoFile;
  std::uint32_t line = 0;
};

// By its type: a scalar has `scalar`; a record one item for each field of its type, in that order; a list its
// elements. Items and scalar mean something only where the state is known.
// A record that is unknown has no items: its fields are unknown for its reason, and `missing` names the record.
struct Datum {
  State state = State::unknown;
  Reason reason = Reason::missing;
  types::Scalar scalar;
  std::vector<Datum> items;
  Origin origin;
  std::optional<std::string> raw;  // what stood there, where it is invalid (never of a private field)

  static Datum known(types::Scalar value, Origin origin);
  static Datum absent(Origin origin);
  static Datum unknown(Reason reason, Origin origin);
};

// A field that could not be taken as it stood, for `problems` and the count on stderr.
struct Problem {
  std::string field;  // a path: `drills[2].date`
  Reason reason = Reason::invalid;
  std::optional<std::string> raw;
  Origin origin;
  bool several_rows = false;  // where one was expected: of the joined source, whose reader tells of it once
};

// Its path for whichever element it is: `drills[].date`.
std::string without_indexes(std::string_view path);

}  // namespace muster::evidence

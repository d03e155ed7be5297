// SPDX-License-Identifier: Apache-2.0
// What was found about one subject: engines make it, reports print it. Indexes follow the policy's order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/typed/program.h"
#include "runtime/evidence/datum.h"

namespace muster::verdicts {

using typed::Status;

// What a criterion may still turn out to be: a subset of {met, unmet, na, waived}, never empty.
class PossibleSet {
 public:
  PossibleSet& add(Status status) {
    bits_ |= bit(status);
    return *this;
  }
  bool has(Status status) const { return (bits_ & bit(status)) != 0; }
  bool only(Status status) const { return bits_ == bit(status); }
  std::uint8_t bits() const { return bits_; }
  Status shown() const;  // what a report says of the set
  friend bool operator==(PossibleSet, PossibleSet) = default;

 private:
  static std::uint8_t bit(Status status) { return static_cast<std::uint8_t>(1u << static_cast<unsigned>(status)); }
  std::uint8_t bits_ = 0;
};

enum class Truth : std::uint8_t { no, yes, unknown };
enum class Verdict : std::uint8_t { pass, fail, undecided };
Verdict verdict(Truth truth);
const char* name(Status status);
const char* name(Verdict verdict);

// One datum that left something unknown.
struct Cause {
  std::string field;  // a path: `drills[2].date`
  evidence::Reason reason = evidence::Reason::missing;
  evidence::Origin origin;
  friend bool operator==(const Cause& left, const Cause& right) {
    return left.field == right.field && left.reason == right.reason;
  }
};

struct CriterionResult {
  PossibleSet possible;             // what gates and scores see: before its effective date {na}
  Status status = Status::unknown;  // what is shown
  std::vector<std::string> because;
  std::vector<Cause> missing;
  std::string fix;  // what to do where it is unmet or unknown; only if the engine was asked for advice
  std::vector<std::string> assumed;
  std::optional<base::Date> upcoming;  // its effective date, where that lies ahead; then
  Status would_be = Status::unknown;   // what it would be
  // Of the waiver that shows, where it is waived by one of the program or its data.
  std::optional<base::Date> waived_until;
  std::string waived_by, waived_because;
  std::optional<std::uint32_t> waiver;  // which of the run's waivers that is
};

// Neither a value nor none: it is calculated with something that is unknown.
struct ScoreResult {
  bool has_value = false;    // some outcome has a value; then low and high are those of the outcomes with one
  bool may_be_none = false;  // some outcome has none
  double low = 0;            // points
  double high = 0;
  std::optional<double> shown;  // where the policy says `unknown unmet` or `unknown excluded`
};

struct LevelResult {
  std::optional<std::uint32_t> sure;  // index into Levels::gates
  std::optional<std::uint32_t> possible;
};

struct ShownValue {
  evidence::State state = evidence::State::unknown;
  typed::TypeId type = types::kError;  // without `?`
  types::Scalar scalar;
  std::vector<ShownValue> items;  // a list's elements
};

struct SubjectResult {
  std::string key;
  std::optional<std::string> label;
  std::vector<Truth> gates;
  std::vector<ScoreResult> scores;
  std::vector<ScoreResult> scores_without_waivers;  // empty where waivers change no criterion: as `scores`
  std::vector<LevelResult> levels;
  std::vector<CriterionResult> criteria;
  std::vector<ShownValue> shows;
  std::vector<evidence::Problem> problems;
  bool stood_before = false;  // an earlier subject of the portfolio has this key
};

// A record that could not be judged, in its place.
struct UnreadableRecord {
  evidence::Origin origin;
  std::string message;
};

// What somebody wants of a subject: no more than its part in the counts, its result without `because`, `missing`,
// `fix`, `assumed` and problems, or all of it.
enum class Need : std::uint8_t { nothing, result, reasons };

using Outcome = std::variant<SubjectResult, UnreadableRecord>;

}  // namespace muster::verdicts

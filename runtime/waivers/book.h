// SPDX-License-Identifier: Apache-2.0
// The waivers that concern a policy on one day: those that its modules declare, and behind them the rows of data that
// `bind waivers` reads. A run makes one book; the engine looks up in it what is in force for a subject, and reports
// count it. Looking up costs the same however many waivers there are for other subjects.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "compiler/typed/program.h"
#include "runtime/evidence/datum.h"

namespace muster::waivers {

enum class Phase : std::uint8_t { upcoming, in_force, expired };

struct Waiver {
  Phase phase = Phase::in_force;
  base::Date until;
  std::string by, because;
  typed::ExprId where = typed::kNoExpr;  // the condition of one that names no subjects
};

// Rows without effect, of one sort: what is wrong with the first of them, and how many there are.
struct IdleRows {
  enum class Sort : std::uint8_t {
    unreadable,  // something that it needs is missing or doesn't fit
    of_nothing,  // it names no criterion
    refused      // the criterion is locked
  } sort = Sort::unreadable;
  evidence::Origin origin;
  std::string message;
  std::uint64_t count = 1;
};

class Book {
 public:
  // With what is declared. The program must outlive the book.
  Book(const typed::Program& program, std::uint32_t policy, base::Date today);

  // The list of Program::waiver_rows, as it was read.
  void add_rows(const evidence::Datum& rows);

  const std::vector<Waiver>& all() const { return all_; }
  base::Date today() const { return today_; }
  const std::vector<IdleRows>& idle_rows() const { return idle_; }
  std::uint64_t unreadable() const { return unreadable_; }  // rows that can't be read or name no criterion
  std::uint64_t refused() const { return refused_; }        // rows and declarations that a lock keeps out

  // Of a criterion of the policy: indexes into `all` of those that are in force, in their order.
  const std::vector<std::uint32_t>& with_conditions(std::uint32_t criterion) const {
    return of_[criterion].with_conditions;
  }
  const std::vector<std::uint32_t>& naming(std::uint32_t criterion, const types::Scalar& key) const;
  // Of two in force the one that a result shows: the one that ends last, of several the last declared.
  std::uint32_t later(std::uint32_t a, std::uint32_t b) const {
    if (all_[a].until != all_[b].until) return all_[a].until < all_[b].until ? b : a;
    return a < b ? b : a;
  }
  bool names_subjects(std::uint32_t criterion) const { return !of_[criterion].by_key.empty(); }
  // Everybody whom they name.
  const std::map<types::Scalar, std::vector<std::uint32_t>>& by_key(std::uint32_t criterion) const {
    return of_[criterion].by_key;
  }

 private:
  friend class Rows;

  struct OfCriterion {
    std::vector<std::uint32_t> with_conditions;
    std::map<types::Scalar, std::vector<std::uint32_t>> by_key;
  };

  const typed::Policy& policy() const { return program_.policies[lineage_.front()]; }
  const types::Field& key() const;
  bool is_locked(const typed::Waiver& declared) const;
  // Where it holds for a criterion and is in force, that criterion's entries, to be added to; else nothing.
  OfCriterion* add(Waiver waiver, const std::optional<base::Date>& from, std::optional<std::uint32_t> criterion);
  std::uint32_t last() const { return static_cast<std::uint32_t>(all_.size() - 1); }

  const typed::Program& program_;
  std::vector<std::uint32_t> lineage_;  // the policy, and those that it derives from
  base::Date today_;
  std::vector<Waiver> all_;
  std::vector<OfCriterion> of_;  // by criterion of the policy
  std::vector<IdleRows> idle_;
  std::uint64_t unreadable_ = 0;
  std::uint64_t refused_ = 0;
};

// The names by which a row may waive a criterion of the policy, and which of its criteria each means.
std::map<std::string, std::uint32_t> names_in_rows(const typed::Program& program, std::uint32_t policy);

// How the waivers of a run came out. `shown` says of each whether some result shows it; what it doesn't reach is not.
struct Counts {
  std::uint64_t in_force = 0;  // and shown
  std::uint64_t expired = 0;
  std::uint64_t unused = 0;  // in force, and shown nowhere
  std::uint64_t expiring_30_days = 0;
  std::uint64_t upcoming = 0;
  std::uint64_t unreadable = 0;
  std::uint64_t refused = 0;
};
Counts count(const Book& book, const std::vector<bool>& shown);

}  // namespace muster::waivers

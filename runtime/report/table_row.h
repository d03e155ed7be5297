// SPDX-License-Identifier: Apache-2.0
// What the table says of one subject, cut down to what it may print: the table keeps these rows and no results.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "runtime/report/report.h"

namespace muster::report {

// A criterion that stands between the subject and the gate; in detail also one that is waived.
struct TableIssue {
  verdicts::Status status = verdicts::Status::unmet;  // unmet, unknown or waived
  std::string title;
  std::string why;  // the first reason, what is missing, or who waived it; in detail all reasons
  std::string fix;  // in detail: what to do, and who does it
};

// Worst first: fail, undecided, pass; the lower score; more that is not met, more that is unknown; the
// portfolio's order.
using TableRank = std::tuple<int, double, double, std::int64_t, std::int64_t, std::uint64_t>;
TableRank rank_of(const Context& context, const verdicts::SubjectResult& result, std::uint64_t position);

struct TableRow {
  TableRank rank;
  verdicts::Verdict verdict = verdicts::Verdict::pass;
  std::string name;                                // the label, else the key
  std::string key;                                 // where it is not the name
  std::string score;                               // of the policy's first score; empty without one
  std::string level;                               // of the policy's first levels
  std::vector<TableIssue> issues;                  // the first few
  std::uint64_t more_unmet = 0, more_unknown = 0;  // those left out of `issues`

  bool operator<(const TableRow& other) const { return rank < other.rank; }
};

TableRow make_row(const Context& context, const verdicts::SubjectResult& result, const TableRank& rank);

}  // namespace muster::report

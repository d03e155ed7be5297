// SPDX-License-Identifier: Apache-2.0
#include "runtime/report/reasons.h"

#include <cmath>

#include "base/number_text.h"
#include "base/shown_line.h"
#include "runtime/report/result_json.h"

namespace muster::report {

namespace {

constexpr std::size_t kFields = 2;

const char* predicate(evidence::Reason reason) {
  using evidence::Reason;
  switch (reason) {
    case Reason::missing: return "is missing";
    case Reason::invalid: return "is invalid";
    case Reason::stale: return "is stale";
    case Reason::undated: return "is undated";
    case Reason::unbound: return "is bound to nothing";
    case Reason::arithmetic: return "can't be computed";
    case Reason::duplicate: return "stands twice";
  }
  return "";
}

std::string missing_text(const std::vector<verdicts::Cause>& causes, const std::vector<std::string>& file_names) {
  std::string text;
  for (std::size_t i = 0; i < causes.size() && i < kFields; ++i) {
    if (i != 0) text += ", ";
    text += causes[i].field + " " + predicate(causes[i].reason);
    if (i + 1 < causes.size() && causes[i + 1].origin.file == causes[i].origin.file &&
        causes[i + 1].origin.line == causes[i].origin.line && i + 1 < kFields) {
      continue;
    }
    const std::string source = source_text(file_names, causes[i].origin);
    if (!source.empty()) text += " (" + source + ")";
  }
  if (causes.size() > kFields) text += ", and " + std::to_string(causes.size() - kFields) + " more";
  return text;
}

// waived until 2027-01-31 by the head of operations: the test is booked
std::string waived_text(const verdicts::CriterionResult& result) {
  return "waived until " + base::to_text(*result.waived_until) + " by " + result.waived_by + ": " +
         result.waived_because;
}

}  // namespace

std::string reason_text(const verdicts::CriterionResult& result, const std::vector<std::string>& file_names,
                        Reasons reasons) {
  std::string text;
  if (result.waived_until) {
    text = waived_text(result);
  } else if (result.upcoming) {
    text = "in force from " + base::to_text(*result.upcoming);
  } else if (result.status == verdicts::Status::unknown) {
    text = missing_text(result.missing, file_names);
  } else {
    for (const std::string& reason : result.because) {
      if (!text.empty() && reasons == Reasons::first) break;
      text += (text.empty() ? "" : "; ") + reason;
    }
  }
  return base::visible_text(text);
}

std::string points_text(double value) {
  double shown = std::round(value * 10) / 10;
  if (shown >= 100 && value < 100) shown = 99.9;
  if (shown <= 0 && value > 0) shown = 0.1;
  return base::to_text(shown);
}

std::string points_text(double low, double high) {
  std::string text = points_text(low);
  if (points_text(high) != text) text += "–" + points_text(high);
  return text + "%";
}

}  // namespace muster::report

// SPDX-License-Identifier: Apache-2.0
#include "runtime/report/table_row.h"

#include <cmath>

#include "base/number_text.h"
#include "base/shown_line.h"
#include "runtime/report/result_json.h"
#include "runtime/report/selection.h"

namespace muster::report {

namespace {

constexpr std::size_t kIssues = 4;
constexpr std::size_t kFields = 2;

// To a tenth of a point, but never 0 or 100 for what only comes close.
std::string points(double value) {
  double shown = std::round(value * 10) / 10;
  if (shown >= 100 && value < 100) shown = 99.9;
  if (shown <= 0 && value > 0) shown = 0.1;
  return base::to_text(shown);
}

std::string score_text(const verdicts::ScoreResult& score) {
  if (!score.has_value) return score.may_be_none ? "none" : "?";
  std::string text = points(score.low);
  if (points(score.high) != text) text += "–" + points(score.high);
  text += "%";
  if (score.may_be_none) text += " or none";
  return text;
}

std::string level_text(const Context& context, const verdicts::LevelResult& level) {
  const auto& declared = context.policy->levels.front();
  const auto name = [&](const std::optional<std::uint32_t>& at) {
    return at ? context.policy->gates[declared.gates[*at]].name : std::string("none");
  };
  if (level.sure == level.possible) return name(level.sure);
  return name(level.sure) + "–" + name(level.possible);
}

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

std::string missing_text(const Context& context, const std::vector<verdicts::Cause>& causes) {
  std::string text;
  for (std::size_t i = 0; i < causes.size() && i < kFields; ++i) {
    if (i != 0) text += ", ";
    text += causes[i].field + " " + predicate(causes[i].reason);
    if (i + 1 < causes.size() && causes[i + 1].origin.file == causes[i].origin.file &&
        causes[i + 1].origin.line == causes[i].origin.line && i + 1 < kFields) {
      continue;
    }
    const std::string source = source_text(context, causes[i].origin);
    if (!source.empty()) text += " (" + source + ")";
  }
  if (causes.size() > kFields) text += ", and " + std::to_string(causes.size() - kFields) + " more";
  return text;
}

// waived until 2027-01-31 by the head of operations: the test is booked
std::string waived_text(const verdicts::CriterionResult& result) {
  return base::visible_text("waived until " + base::to_text(*result.waived_until) + " by " + result.waived_by + ": " +
                            result.waived_because);
}

TableIssue issue_of(const Context& context, const typed::Criterion& criterion,
                    const verdicts::CriterionResult& result) {
  TableIssue issue;
  issue.status = result.status;
  issue.title = base::visible_text(criterion.title.empty() ? criterion.name : criterion.title);
  const bool all = context.detail == Context::Detail::all;
  if (result.status == verdicts::Status::waived) {
    issue.why = waived_text(result);
    return issue;
  }
  if (result.status == verdicts::Status::unmet) {
    for (const std::string& reason : result.because) {
      if (!issue.why.empty() && !all) break;
      issue.why += (issue.why.empty() ? "" : "; ") + base::visible_text(reason);
    }
  } else {
    issue.why = base::visible_text(missing_text(context, result.missing));
  }
  if (all) {
    issue.fix = base::visible_text(result.fix);
    const std::string owner = base::visible_text(criterion.owner);
    if (!owner.empty()) issue.fix = issue.fix.empty() ? owner : issue.fix + " (" + owner + ")";
  }
  return issue;
}

// First the musts that are not met, then the musts that are unknown. The other levels are listed only where no
// must stands in the way, and else counted; in detail they follow.
void collect_issues(const Context& context, const verdicts::SubjectResult& result, TableRow& row) {
  using verdicts::Status;
  std::vector<std::uint32_t> musts, others;
  for (const auto status : {Status::unmet, Status::unknown}) {
    for (std::uint32_t i = 0; i < result.criteria.size(); ++i) {
      if (result.criteria[i].status != status) continue;
      (context.policy->criteria[i].level == typed::Level::must ? musts : others).push_back(i);
    }
  }
  if (context.detail == Context::Detail::all) musts.insert(musts.end(), others.begin(), others.end());
  const auto& listed = musts.empty() ? others : musts;
  const std::size_t most = context.detail == Context::Detail::all ? listed.size() : kIssues;
  for (std::size_t i = 0; i < listed.size() && i < most; ++i) {
    row.issues.push_back(issue_of(context, context.policy->criteria[listed[i]], result.criteria[listed[i]]));
  }
  const auto count_left = [&](const std::vector<std::uint32_t>& criteria, std::size_t from) {
    for (std::size_t i = from; i < criteria.size(); ++i) {
      ++(result.criteria[criteria[i]].status == Status::unmet ? row.more_unmet : row.more_unknown);
    }
  };
  if (context.detail == Context::Detail::all) return;
  count_left(listed, kIssues);
  if (!musts.empty()) count_left(others, 0);
}

void collect_waived(const Context& context, const verdicts::SubjectResult& result, TableRow& row) {
  for (std::size_t i = 0; i < result.criteria.size(); ++i) {
    if (result.criteria[i].waiver)
      row.issues.push_back(issue_of(context, context.policy->criteria[i], result.criteria[i]));
  }
}

int badness(verdicts::Verdict verdict) {
  switch (verdict) {
    case verdicts::Verdict::fail: return 0;
    case verdicts::Verdict::undecided: return 1;
    case verdicts::Verdict::pass: return 2;
  }
  return 2;
}

}  // namespace

TableRank rank_of(const Context& context, const verdicts::SubjectResult& result, std::uint64_t position) {
  // A score that is none goes last.
  const bool scored = !result.scores.empty() && result.scores.front().has_value;
  const double low = scored ? result.scores.front().low : result.scores.empty() ? 0 : HUGE_VAL;
  const double high = scored ? result.scores.front().high : low;
  std::int64_t unmet = 0, unknown = 0;
  for (const auto& criterion : result.criteria) {
    if (criterion.status == verdicts::Status::unmet) ++unmet;
    if (criterion.status == verdicts::Status::unknown) ++unknown;
  }
  return {badness(deciding_verdict(context, result)), low, high, -unmet, -unknown, position};
}

TableRow make_row(const Context& context, const verdicts::SubjectResult& result, const TableRank& rank) {
  TableRow row;
  row.rank = rank;
  row.verdict = deciding_verdict(context, result);
  row.name = base::visible_text(result.label.value_or(result.key));
  if (result.label && *result.label != result.key) row.key = base::visible_text(result.key);
  if (!result.scores.empty()) row.score = score_text(result.scores.front());
  if (!result.levels.empty()) row.level = level_text(context, result.levels.front());
  if (row.verdict != verdicts::Verdict::pass) collect_issues(context, result, row);
  if (context.detail == Context::Detail::all) collect_waived(context, result, row);
  return row;
}

}  // namespace muster::report

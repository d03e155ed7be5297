// SPDX-License-Identifier: Apache-2.0
#include "runtime/report/table_row.h"

#include <cmath>

#include "base/shown_line.h"
#include "runtime/report/reasons.h"
#include "runtime/report/selection.h"

namespace muster::report {

namespace {

constexpr std::size_t kIssues = 4;

std::string score_text(const verdicts::ScoreResult& score) {
  if (!score.has_value) return score.may_be_none ? "none" : "?";
  std::string text = points_text(score.low, score.high);
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

TableIssue issue_of(const Context& context, const typed::Criterion& criterion,
                    const verdicts::CriterionResult& result) {
  TableIssue issue;
  issue.status = result.status;
  issue.title = base::visible_text(criterion.title.empty() ? criterion.name : criterion.title);
  const bool all = context.detail == Context::Detail::all;
  issue.why = reason_text(result, *context.file_names, all ? Reasons::all : Reasons::first);
  if (result.status == verdicts::Status::waived) return issue;
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

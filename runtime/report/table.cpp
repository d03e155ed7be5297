// SPDX-License-Identifier: Apache-2.0
// `table`: a portfolio for people at a terminal. On top what it comes to, below the worst subjects with what
// stands in their way, at the end what is missed most often. Words and signs say everything that colour says.
#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <set>

#include "base/shown_line.h"
#include "runtime/report/columns.h"
#include "runtime/report/formats.h"
#include "runtime/report/page.h"
#include "runtime/report/selection.h"
#include "runtime/report/table_row.h"
#include "runtime/verdicts/tally.h"

namespace muster::report {

namespace {

using verdicts::Verdict;

constexpr std::uint64_t kSubjects = 20;  // without --limit
constexpr std::size_t kMostMissed = 5;
constexpr std::size_t kNarrowest = 40;
constexpr std::size_t kWidest = 140;       // longer lines are hard to read
constexpr std::size_t kVerdictWidth = 11;  // "? undecided"
constexpr std::size_t kNameWidth = 24;     // that the subject's name keeps before other columns give way
constexpr std::size_t kIssueLines = 3;
constexpr std::size_t kDetailLines = 12;

class TableWriter final : public Writer {
 public:
  TableWriter(const Context& context, const Selection& selection, std::ostream& out)
      : context_(context),
        selection_(selection),
        out_(out),
        limit_(selection.limit.value_or(kSubjects)),
        width_(std::clamp<std::size_t>(context.width, kNarrowest, kWidest)) {}

  verdicts::Need needs(const verdicts::SubjectResult& result, std::uint64_t position) override;
  void add(const verdicts::Outcome& outcome) override;
  void finish(const verdicts::Tally& tally) override;

 private:
  static Paint paint_of(Verdict verdict);
  struct IssueLook {
    std::string_view sign;
    Paint paint;
  };
  static IssueLook look_of(verdicts::Status status);

  struct GateCount {
    std::string count;
    Paint paint = Paint::plain;
    std::string share;
    Paint share_paint = Paint::plain;
  };
  enum class Shares { shown, left_out };

  void print_heading();
  void print_gates();
  std::vector<GateCount> gate_counts(std::size_t gate, Shares shares) const;
  static std::size_t width_of(const std::vector<GateCount>& pieces);
  void print_subjects();
  void print_row(const TableRow& row);
  void print_issue(const TableIssue& issue, std::size_t indent);
  void print_most_missed();
  void print_waivers();

  std::string painted(std::string_view text, Paint paint) const {
    return report::painted(text, paint, context_.colour);
  }
  void print_line(std::string_view text) { out_ << text << '\n'; }

  const Context& context_;
  Selection selection_;
  std::ostream& out_;
  std::optional<verdicts::Tally> counts_;  // of all, once they are there
  std::uint64_t limit_;
  std::size_t width_;
  std::set<TableRow> worst_;  // at most limit_
  std::uint64_t added_ = 0;
  std::uint64_t chosen_ = 0;  // that --only lets through
  // The worst of those that were asked for, at most limit_: what is not among them has no place in the table.
  std::mutex lock_;
  std::set<TableRank> worst_asked_;  // whoever reads it holds the lock
  // Columns beside the verdict and the name: 0 where there is none, or no room.
  std::size_t score_width_ = 0, level_width_ = 0, name_column_ = 0;
};

verdicts::Need TableWriter::needs(const verdicts::SubjectResult& result, std::uint64_t position) {
  using verdicts::Need;
  if (limit_ == 0 || (selection_.only && deciding_verdict(context_, result) != *selection_.only)) return Need::nothing;
  const TableRank rank = rank_of(context_, result, position);
  const std::lock_guard hold(lock_);
  if (worst_asked_.size() == limit_ && *worst_asked_.rbegin() < rank) return Need::nothing;
  worst_asked_.insert(rank);
  if (worst_asked_.size() > limit_) worst_asked_.erase(std::prev(worst_asked_.end()));
  return Need::reasons;
}

void TableWriter::add(const verdicts::Outcome& outcome) {
  const auto* result = std::get_if<verdicts::SubjectResult>(&outcome);
  if (result == nullptr) return;
  if (limit_ == 0 || (selection_.only && deciding_verdict(context_, *result) != *selection_.only)) return;
  const TableRank rank = rank_of(context_, *result, added_++);
  if (worst_.size() == limit_ && worst_.rbegin()->rank < rank) return;
  worst_.insert(make_row(context_, *result, rank));
  if (worst_.size() > limit_) worst_.erase(std::prev(worst_.end()));
}

void TableWriter::finish(const verdicts::Tally& tally) {
  counts_ = tally;
  chosen_ = selection_.only ? tally.gates[context_.gate][static_cast<std::size_t>(*selection_.only)] : tally.subjects;
  print_heading();
  if (counts_->subjects > 0) {
    print_gates();
    print_subjects();
    print_most_missed();
    print_waivers();
  }
  out_.flush();
}

std::string percent_of(std::uint64_t part, std::uint64_t whole) {
  const double share = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
  if (part > 0 && share < 1) return "<1%";
  if (part < whole && share > 99) return ">99%";
  return fmt::format("{:.0f}%", share);
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

// Both as one phrase: `2 more not met, 1 unknown`.
std::string open_counts(std::uint64_t unmet, std::uint64_t unknown) {
  if (unmet == 0) return fmt::format("{} more unknown", unknown);
  return fmt::format("{} more not met", unmet) + (unknown == 0 ? "" : fmt::format(", {} unknown", unknown));
}

void TableWriter::print_heading() {
  const typed::Policy& policy = *context_.policy;
  const std::string title = base::visible_text(policy.title.empty() ? policy.name : policy.title);
  for (const auto& line : wrapped(title, width_, kIssueLines)) print_line(painted(line, Paint::bold));
  std::string facts = fmt::format("{} · as of {}", policy.full_name(), context_.run->as_of);
  for (const auto& [name, text] : context_.run->set) facts += fmt::format(" · set {}={}", name, text);
  for (const auto& line : wrapped(base::visible_text(facts), width_, kIssueLines))
    print_line(painted(line, Paint::dim));

  std::string judged =
      counts_->subjects == 0 ? "no subject was judged" : counted(counts_->subjects, "subject", "subjects");
  if (counts_->unreadable > 0)
    judged += fmt::format(" · {} could not be read", counted(counts_->unreadable, "record", "records"));
  if (counts_->duplicate_keys > 0)
    judged += fmt::format(" · {} stood before", counted(counts_->duplicate_keys, "key", "keys"));
  for (const auto& line : wrapped(judged, width_, kIssueLines)) print_line(line);
}

struct VerdictLook {
  Verdict verdict;
  std::string_view sign;
  std::string_view word;
};
constexpr VerdictLook kLooks[] = {
    {Verdict::fail, "✗", "fail"}, {Verdict::undecided, "?", "undecided"}, {Verdict::pass, "✓", "pass"}};

// ready  ✗ 3 fail  50%  ? 1 undecided  17%  ✓ 2 pass  33%
void TableWriter::print_gates() {
  print_line("");
  const auto& gates = context_.policy->gates;
  std::size_t name_width = 0;
  for (const auto& gate : gates) name_width = std::max(name_width, columns(gate.name));
  name_width = std::min(name_width, width_ / 3);
  for (std::size_t i = 0; i < gates.size(); ++i) {
    const Paint paint = i == context_.gate ? Paint::bold : Paint::plain;
    const std::string name = padded(cut(gates[i].name, name_width), name_width);
    auto pieces = gate_counts(i, Shares::shown);
    if (name_width + width_of(pieces) > width_) pieces = gate_counts(i, Shares::left_out);
    if (name_width + width_of(pieces) > width_) {
      print_line(painted(cut(gates[i].name, width_), paint));
      for (const auto& piece : pieces) print_line("  " + painted(piece.count, piece.paint));
      continue;
    }
    std::string line = painted(name, paint);
    for (const auto& piece : pieces)
      line += "  " + painted(piece.count, piece.paint) + painted(piece.share, piece.share_paint);
    print_line(line);
  }
}

// `✗ 3 fail` and `  50%` for each verdict; of one subject its verdict alone, which says everything.
std::vector<TableWriter::GateCount> TableWriter::gate_counts(std::size_t gate, Shares shares) const {
  std::vector<GateCount> pieces;
  const int digits = static_cast<int>(std::to_string(counts_->subjects).size());
  for (const auto& look : kLooks) {
    const auto count = counts_->gates[gate][static_cast<std::size_t>(look.verdict)];
    if (counts_->subjects == 1) {
      if (count == 1)
        pieces.push_back({fmt::format("{} {}", look.sign, look.word), paint_of(look.verdict), "", Paint::plain});
      continue;
    }
    GateCount piece;
    piece.count = fmt::format("{} {:>{}} {}", look.sign, count, digits, look.word);
    piece.paint = count == 0 ? Paint::dim : paint_of(look.verdict);
    if (shares == Shares::shown) piece.share = fmt::format(" {:>4}", percent_of(count, counts_->subjects));
    piece.share_paint = count == 0 ? Paint::dim : Paint::plain;
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

std::size_t TableWriter::width_of(const std::vector<GateCount>& pieces) {
  std::size_t width = 0;
  for (const auto& piece : pieces) width += 2 + columns(piece.count) + columns(piece.share);
  return width;
}

void TableWriter::print_subjects() {
  if (worst_.empty()) return;
  const std::string score_title = context_.policy->scores.empty() ? "" : context_.policy->scores.front().name;
  const std::string level_title = context_.policy->levels.empty() ? "" : context_.policy->levels.front().name;
  for (const auto& row : worst_) {
    score_width_ = std::max(score_width_, columns(row.score));
    level_width_ = std::max(level_width_, columns(row.level));
  }
  if (score_width_ > 0) score_width_ = std::max(score_width_, std::min<std::size_t>(columns(score_title), 12));
  if (level_width_ > 0) level_width_ = std::max(level_width_, std::min<std::size_t>(columns(level_title), 12));
  const auto taken = [](std::size_t column) { return column == 0 ? 0 : column + 2; };
  if (kVerdictWidth + 2 + taken(score_width_) + taken(level_width_) + kNameWidth > width_) level_width_ = 0;
  if (kVerdictWidth + 2 + taken(score_width_) + kNameWidth > width_) score_width_ = 0;
  name_column_ = kVerdictWidth + 2 + taken(score_width_) + taken(level_width_);

  const std::string& gate = context_.policy->gates[context_.gate].name;
  std::string heading = padded("  " + cut(gate, kVerdictWidth - 2), kVerdictWidth) + "  ";
  if (score_width_ > 0) heading += padded(cut(score_title, score_width_), score_width_) + "  ";
  if (level_width_ > 0) heading += padded(cut(level_title, level_width_), level_width_) + "  ";
  print_line("");
  print_line(painted(heading + "subject", Paint::dim));
  bool after_issues = false;
  for (const auto& row : worst_) {
    if (after_issues) print_line("");
    print_row(row);
    after_issues = !row.issues.empty();
  }
  if (chosen_ > worst_.size()) {
    if (after_issues) print_line("");
    const std::string more = fmt::format("… and {} more (--limit {} shows all)",
                                         counted(chosen_ - worst_.size(), "subject", "subjects"), chosen_);
    print_line(painted(cut(more, width_), Paint::dim));
  }
}

void TableWriter::print_row(const TableRow& row) {
  const auto look = std::find_if(std::begin(kLooks), std::end(kLooks),
                                 [&](const VerdictLook& candidate) { return candidate.verdict == row.verdict; });
  std::string line =
      painted(padded(fmt::format("{} {}", look->sign, look->word), kVerdictWidth), paint_of(row.verdict)) + "  ";
  if (score_width_ > 0) line += padded(row.score, score_width_) + "  ";
  if (level_width_ > 0) line += padded(cut(row.level, level_width_), level_width_) + "  ";
  const std::size_t room = width_ - name_column_;
  const std::string name = cut(row.name, room);
  line += painted(name, Paint::bold);
  const std::size_t left = room - columns(name);
  if (!row.key.empty() && left >= 8) line += "  " + painted(cut(row.key, left - 2), Paint::dim);
  print_line(line);

  // Behind the verdict where enough room is left for sentences.
  const std::size_t indent = width_ >= kVerdictWidth + 2 + 60 ? kVerdictWidth + 2 : 2;
  for (const auto& issue : row.issues) print_issue(issue, indent);
  if (row.more_unmet + row.more_unknown > 0) {
    const std::string more = "… and " + open_counts(row.more_unmet, row.more_unknown);
    print_line(std::string(indent, ' ') + painted(more, Paint::dim));
  }
}

// ✗ The plan was tested: no full failover has been rehearsed
void TableWriter::print_issue(const TableIssue& issue, std::size_t indent) {
  const IssueLook look = look_of(issue.status);
  const std::string whole = issue.why.empty() ? issue.title : issue.title + ": " + issue.why;
  const auto lines = wrapped(whole, width_ - indent - 2, issue.fix.empty() ? kIssueLines : kDetailLines);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string sign = i != 0 ? " " : painted(look.sign, look.paint);
    print_line(std::string(indent, ' ') + sign + " " + lines[i]);
  }
  if (issue.fix.empty()) return;
  const auto advice = wrapped(issue.fix, width_ - indent - 4, kDetailLines);
  for (std::size_t i = 0; i < advice.size(); ++i)
    print_line(std::string(indent + 2, ' ') + painted((i == 0 ? "→ " : "  ") + advice[i], Paint::dim));
}

void TableWriter::print_most_missed() {
  using verdicts::Status;
  const auto count = [&](std::size_t criterion, Status status) {
    return counts_->criteria[criterion][static_cast<std::size_t>(status)];
  };
  std::vector<std::size_t> missed;
  for (std::size_t i = 0; i < counts_->criteria.size(); ++i) {
    if (count(i, Status::unmet) > 0) missed.push_back(i);
  }
  // With one subject this would only say again what stands above.
  if (missed.empty() || counts_->subjects < 2) return;
  std::stable_sort(missed.begin(), missed.end(), [&](std::size_t left, std::size_t right) {
    return count(left, Status::unmet) > count(right, Status::unmet);
  });
  if (missed.size() > kMostMissed) missed.resize(kMostMissed);

  print_line("");
  print_line(painted("not met most often", Paint::dim));
  const int digits = static_cast<int>(std::to_string(count(missed.front(), Status::unmet)).size());
  for (const auto criterion : missed) {
    const auto& declared = context_.policy->criteria[criterion];
    const auto unmet = count(criterion, Status::unmet);
    const std::string numbers = fmt::format("{:>{}} {:>4}  {:<6}  ", unmet, digits,
                                            percent_of(unmet, counts_->subjects), typed::name(declared.level));
    const std::size_t room = width_ - columns(numbers);
    const std::string title = cut(base::visible_text(declared.title.empty() ? declared.name : declared.title), room);
    const std::size_t left = room - columns(title);
    std::string line = numbers + title;
    if (!declared.title.empty() && left >= columns(declared.name) + 2)
      line += "  " + painted(declared.name, Paint::dim);
    print_line(line);
  }
}

// waivers: 2 in force · 1 in force and unused · 1 ends within 30 days · 3 expired
void TableWriter::print_waivers() {
  // One subject alone says nothing of what is used; what is waived for it stands above.
  if (context_.waivers == nullptr || context_.detail == Context::Detail::all) return;
  const waivers::Counts counts = waivers::count(*context_.waivers, counts_->shown_waivers);
  std::string line;
  const auto add = [&](std::uint64_t count, std::string_view one, std::string_view many) {
    if (count == 0) return;
    line += (line.empty() ? "" : " · ") + counted(count, one, many);
  };
  add(counts.in_force, "in force", "in force");
  add(counts.unused, "in force and unused", "in force and unused");
  add(counts.expiring_30_days, "ends within 30 days", "end within 30 days");
  add(counts.upcoming, "still to begin", "still to begin");
  add(counts.expired, "expired", "expired");
  add(counts.unreadable + counts.refused, "without effect", "without effect");
  if (line.empty()) return;
  print_line("");
  for (const auto& part : wrapped("waivers: " + line, width_, kIssueLines)) print_line(painted(part, Paint::dim));
}

Paint TableWriter::paint_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::fail: return Paint::red;
    case Verdict::undecided: return Paint::yellow;
    case Verdict::pass: return Paint::green;
  }
  return Paint::plain;
}

TableWriter::IssueLook TableWriter::look_of(verdicts::Status status) {
  switch (status) {
    case verdicts::Status::unmet: return {"✗", Paint::red};
    case verdicts::Status::waived: return {"~", Paint::plain};
    case verdicts::Status::unknown:
    case verdicts::Status::met:
    case verdicts::Status::na: return {"?", Paint::yellow};
  }
  return {"?", Paint::yellow};
}

}  // namespace

std::unique_ptr<Writer> make_table(const Context& context, const Selection& selection, std::ostream& out) {
  return std::make_unique<TableWriter>(context, selection, out);
}

}  // namespace muster::report

// SPDX-License-Identifier: Apache-2.0
// `text`: a comparison for people at a terminal.
//
//   Are they ready to go live?
//   old.muster -> go_live.muster · gate ready · as of 2026-11-23
//   58 subjects: 6 lose pass, 1 gains it · 2 only in the new
//
//                 now pass  fail  undecided
//   was pass            31     4          2
//
//   ✗ pass → fail  Quillstone Press  quillstone
//       by  criterion pen_test was added, as a must            go_live.muster:31
//           ✗ pen_test: an open finding is critical
#include <algorithm>

#include <fmt/format.h>

#include "base/shown_line.h"
#include "runtime/report/columns.h"
#include "runtime/report/comparison_formats.h"
#include "runtime/report/comparison_tally.h"
#include "runtime/report/comparison_words.h"
#include "runtime/report/page.h"
#include "runtime/report/reasons.h"

namespace muster::report {

namespace {

using compare::Difference;
using compare::kBoth;
using compare::kNone;
using compare::Which;
using verdicts::Verdict;

constexpr std::uint64_t kListed = 20;  // without --limit
constexpr std::size_t kCriteriaShown = 3;
constexpr std::size_t kNarrowest = 40;
constexpr std::size_t kWidest = 120;  // longer lines are hard to read
constexpr std::size_t kWidestName = 28;
constexpr std::size_t kMatrixName = 18;
constexpr std::uint32_t kMatrixWidth = 52;

struct Look {
  Verdict verdict;
  const char* sign;
  Paint paint;
};
// In the order of verdicts::Verdict.
constexpr Look kLooks[] = {
    {Verdict::pass, "✓", Paint::green}, {Verdict::fail, "✗", Paint::red}, {Verdict::undecided, "?", Paint::yellow}};
const Look& look_of(Verdict verdict) { return kLooks[static_cast<std::size_t>(verdict)]; }

Look look_of(verdicts::Status status) {
  switch (status) {
    case verdicts::Status::met: return {Verdict::pass, "✓", Paint::green};
    case verdicts::Status::unmet: return {Verdict::fail, "✗", Paint::red};
    case verdicts::Status::unknown: return {Verdict::undecided, "?", Paint::yellow};
    case verdicts::Status::waived: return {Verdict::pass, "~", Paint::plain};
    case verdicts::Status::na: return {Verdict::pass, "-", Paint::dim};
  }
  return {Verdict::undecided, "?", Paint::yellow};
}

std::string counted(std::uint64_t count, const char* one, const char* many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::vector<Run> runs_of(const DifferenceWords& words) {
  return {{words.thing}, {words.name, Paint::bold}, {words.rest}};
}

std::uint64_t sum(const VerdictCounts& counts) { return counts[0] + counts[1] + counts[2]; }

// Of who fares worse what stands in the way now, of who fares better what did.
bool is_telling(const ChangedSubject& subject, const ChangedSubject::Criterion& criterion) {
  const bool better = subject.verdict.after == Verdict::pass || subject.verdict.before == Verdict::fail;
  const auto& result = better ? criterion.result.before : criterion.result.after;
  return result && (result->status == verdicts::Status::unmet || result->status == verdicts::Status::unknown);
}

class TextWriter final : public ComparisonWriter {
 public:
  TextWriter(const ComparisonContext& context, std::ostream& out)
      : context_(context),
        out_(out),
        tally_(context, context.limit.value_or(kListed)),
        page_(context.colour, std::clamp<std::size_t>(context.width, kNarrowest, kWidest)) {}

  void add(const compare::ComparedSubject& subject) override { tally_.add(subject); }
  void add_unreadable(Which which) override { ++tally_.unreadable.of(which); }
  void finish(const std::vector<compare::Need>& needs) override {
    print_heading();
    print_matrix();
    for (const ChangedSubject& subject : tally_.worst) print_changed(subject);
    print_more();
    print_turning();
    print_criteria();
    print_scores();
    print_needs(needs);
    print_differences();
    out_ << page_.take();
    out_.flush();
  }

 private:
  void print_heading();
  std::string column_name(const Look& look) const;
  void print_matrix();
  void print_row(const std::string& name, std::optional<Verdict> was, const VerdictCounts& counts);
  void print_changed(const ChangedSubject& subject);
  void print_difference(const char* word, const Difference& difference);
  void print_criterion(const ChangedSubject::Criterion& criterion);
  void print_more();
  void print_turning();
  void print_criteria();
  void print_scores();
  void print_needs(const std::vector<compare::Need>& needs);
  void print_differences();

  void title(const std::string& text) {
    page_.blank_line();
    page_.entry(0, {}, {{text, Paint::dim}});
  }

  const ComparisonContext& context_;
  std::ostream& out_;
  ComparisonTally tally_;
  Page page_;
};

void TextWriter::print_heading() {
  const typed::Policy& policy = context_.sides.after.chosen();
  page_.entry(0, {}, {{policy.title.empty() ? policy.name : policy.title, Paint::bold}});
  const auto both = [](const std::string& before, const std::string& after) {
    return before == after ? after : before + " → " + after;
  };
  const auto gate = [&](Which which) {
    const compare::Side& side = context_.sides.of(which);
    return side.chosen().gates[side.gate].name;
  };
  std::string facts = both(context_.files.before, context_.files.after);
  const std::string& old_policy = context_.sides.before.chosen().name;
  if (old_policy != policy.name) facts += " · policy " + both(old_policy, policy.name);
  if (!context_.data.after.empty()) facts += " · " + both(context_.data.before, context_.data.after);
  facts += " · gate " + both(gate(Which::before), gate(Which::after));
  facts += " · as of " + both(context_.sides.before.run->as_of, context_.sides.after.run->as_of);
  for (const auto& [name, value] : context_.sides.after.run->set) facts += " · set " + name + "=" + value;
  page_.entry(0, {}, {{facts, Paint::dim}});

  std::string counts = counted(tally_.both, "subject is", "subjects are") + " in both";
  if (sum(tally_.added) > 0) counts += fmt::format(" · {} only in the new", sum(tally_.added));
  if (sum(tally_.gone) > 0) counts += fmt::format(" · {} only in the old", sum(tally_.gone));
  if (tally_.unreadable.before == tally_.unreadable.after && tally_.unreadable.after > 0) {
    counts += fmt::format(" · {} could not be read", counted(tally_.unreadable.after, "record", "records"));
  } else {
    if (tally_.unreadable.before > 0)
      counts +=
          fmt::format(" · {} of the old could not be read", counted(tally_.unreadable.before, "record", "records"));
    if (tally_.unreadable.after > 0)
      counts +=
          fmt::format(" · {} of the new could not be read", counted(tally_.unreadable.after, "record", "records"));
  }
  page_.entry(0, {}, {{counts}});
}

// `✗ fail`, or the sign alone where there is no room for three of them.
std::string TextWriter::column_name(const Look& look) const {
  const std::string now = look.verdict == Verdict::pass ? "now " : "";
  return context_.width < kMatrixWidth ? now + look.sign : now + look.sign + " " + verdicts::name(look.verdict);
}

void TextWriter::print_matrix() {
  if (tally_.both + sum(tally_.added) + sum(tally_.gone) == 0) return;
  std::string heading = padded("", kMatrixName);
  for (const Look& look : kLooks) heading += "  " + column_name(look);
  page_.blank_line();
  page_.entry(0, {{heading, Paint::dim}}, {});
  for (const Look& look : kLooks) {
    const std::string name = std::string("was ") + look.sign + " " + verdicts::name(look.verdict);
    print_row(name, look.verdict, tally_.verdicts[static_cast<std::size_t>(look.verdict)]);
  }
  if (sum(tally_.added) > 0) print_row("only in the new", std::nullopt, tally_.added);
  if (sum(tally_.gone) > 0) print_row("only in the old", std::nullopt, tally_.gone);
  page_.blank_line();
  if (tally_.changed == 0) {
    page_.entry(0, {}, {{"no verdict changes", Paint::green}});
    return;
  }
  const Paint lose = tally_.lose_pass > 0 ? Paint::red : Paint::plain;
  const Paint gain = tally_.gain_pass > 0 ? Paint::green : Paint::plain;
  page_.entry(0, {},
              {{counted(tally_.changed, "verdict changes:", "verdicts change:")},
               {counted(tally_.lose_pass, "loses pass,", "lose pass,"), lose},
               {counted(tally_.gain_pass, "gains it", "gain it"), gain}});
}

// What stays as it was is dim, who loses pass is red.
void TextWriter::print_row(const std::string& name, std::optional<Verdict> was, const VerdictCounts& counts) {
  std::vector<Run> runs{{padded(name, kMatrixName), was ? Paint::plain : Paint::dim}};
  for (const Look& look : kLooks) {
    const std::uint64_t count = counts[static_cast<std::size_t>(look.verdict)];
    Paint paint = Paint::plain;
    if (count == 0 || !was || *was == look.verdict) {
      paint = Paint::dim;
    } else if (*was == Verdict::pass) {
      paint = Paint::red;
    } else if (look.verdict == Verdict::pass) {
      paint = Paint::green;
    }
    runs.push_back({fmt::format("  {:>{}}", count, columns(column_name(look))), paint});
  }
  page_.entry(0, runs, {});
}

void TextWriter::print_changed(const ChangedSubject& subject) {
  page_.blank_line();
  const Look& now = look_of(subject.verdict.after);
  const std::string verdict = fmt::format("{} {} → {}", now.sign, verdicts::name(subject.verdict.before),
                                          verdicts::name(subject.verdict.after));
  std::vector<Run> name{{subject.label.value_or(subject.key), Paint::bold}};
  if (subject.label && *subject.label != subject.key) name.push_back({subject.key, Paint::dim});
  page_.entry(0, {{verdict, now.paint}, {"  "}}, name);
  const char* word = "by";
  for (const Difference& difference : subject.cause.differences) {
    print_difference(word, difference);
    word = "and";
  }
  for (const Difference& difference : subject.cause.others) print_difference("or", difference);
  std::vector<const ChangedSubject::Criterion*> telling;
  for (const ChangedSubject::Criterion& criterion : subject.criteria) {
    if (is_telling(subject, criterion)) telling.push_back(&criterion);
  }
  const std::size_t shown = telling.size() > kCriteriaShown + 1 ? kCriteriaShown : telling.size();
  for (std::size_t i = 0; i < shown; ++i) print_criterion(*telling[i]);
  if (shown < telling.size())
    page_.entry(8, {}, {{fmt::format("… and {} more criteria change", telling.size() - shown), Paint::dim}});
}

void TextWriter::print_difference(const char* word, const Difference& difference) {
  page_.entry(4, {{padded(word, 4), Paint::dim}}, runs_of(words_of(difference, Told::of_one)),
              place_text(context_, difference));
}

// ✗ covered, was met: 70% is covered, 80% is the least
void TextWriter::print_criterion(const ChangedSubject::Criterion& criterion) {
  const std::string& name = context_.differences->criteria[criterion.compared].name;
  const auto& before = criterion.result.before;
  const auto& after = criterion.result.after;
  const std::string was = before ? std::string("was ") + verdicts::name(before->status) : "is new";
  if (!after) {
    page_.entry(8, {{"- ", Paint::dim}}, {{name + " is gone, " + was}});
    return;
  }
  const Look look = look_of(after->status);
  const std::string reason = reason_text(*after, *context_.file_names.after, Reasons::first);
  std::string text = fmt::format("{} is {}, {}", name, verdicts::name(after->status), was);
  if (after->waived_until) {
    text = fmt::format("{} {}, is {}", name, was, reason);
  } else if (!reason.empty()) {
    text += ": " + reason;
  }
  page_.entry(8, {{std::string(look.sign) + " ", look.paint}}, {{text}});
}

void TextWriter::print_more() {
  if (tally_.changed <= tally_.worst.size()) return;
  page_.blank_line();
  page_.entry(0, {},
              {{fmt::format("… and {} more (--limit {} shows all)",
                            counted(tally_.changed - tally_.worst.size(), "subject", "subjects"), tally_.changed),
                Paint::dim}});
}

void TextWriter::print_turning() {
  const std::vector<Turning> all = tally_.turning();
  if (all.empty()) return;
  title("what turns them");
  const int digits = static_cast<int>(std::to_string(all.front().subjects).size());
  for (const Turning& turning : all) {
    std::vector<Run> runs = runs_of(words_of(turning.difference, Told::of_all));
    if (turning.with_others == turning.subjects) {
      runs.back().text += ", together with others";
    } else if (turning.with_others > 0) {
      runs.back().text += fmt::format(", {} of them together with others", turning.with_others);
    }
    if (turning.lose_pass > 0)
      runs.push_back({fmt::format("({})", counted(turning.lose_pass, "loses pass", "lose pass")), Paint::red});
    // Of a datum the place is one subject's.
    const bool has_place = turning.difference.what != compare::What::data;
    page_.entry(0, {{fmt::format("{:>{}}  ", turning.subjects, digits)}}, runs,
                has_place ? place_text(context_, turning.difference) : "");
  }
}

void TextWriter::print_criteria() {
  const std::vector<CriterionChange> changes = tally_.criteria_changes();
  if (changes.empty() || tally_.both == 0) return;
  title("criteria");
  std::size_t width = 0;
  for (const CriterionChange& change : changes)
    width = std::max(width, columns(context_.differences->criteria[change.compared].name));
  width = std::min(width, kWidestName);
  for (const CriterionChange& change : changes) {
    const compare::ComparedCriterion& compared = context_.differences->criteria[change.compared];
    compare::PairOf<std::string> text;
    for (const Which which : kBoth) {
      if (compared.index.of(which) == kNone) continue;
      std::vector<std::uint64_t> counts(5);
      for (std::size_t i = 0; i < counts.size(); ++i)
        counts[i] = tally_.count(which, change.compared, static_cast<verdicts::Status>(i));
      const auto level = context_.sides.of(which).chosen().criteria[compared.index.of(which)].level;
      text.of(which) = fmt::format("{}: {}", typed::name(level), count_text(counts));
    }
    const std::string lead = padded(cut(base::visible_text(compared.name), width), width) + "  ";
    std::vector<Run> runs;
    const auto add = [&](const std::string& part, Paint paint = Paint::plain) { runs.push_back({part, paint}); };
    if (text.before.empty()) {
      add("added", Paint::bold);
      add(text.after);
    } else if (text.after.empty()) {
      add("dropped", Paint::bold);
      add(text.before, Paint::dim);
    } else {
      add(text.before, Paint::dim);
      if (text.before != text.after) {
        add("→");
        add(text.after);
      }
    }
    if (change.matters.before != change.matters.after)
      add(change.matters.after ? "· begins to matter" : "· matters no more", Paint::bold);
    page_.entry(0, {{lead}}, runs);
  }
}

void TextWriter::print_scores() {
  bool is_first = true;
  if (tally_.both == 0) return;
  for (const compare::ComparedScore& compared : context_.differences->scores) {
    compare::PairOf<std::string> mean;
    for (const Which which : kBoth) {
      if (compared.index.of(which) == kNone) continue;
      const verdicts::Tally::ScoreTally& score = tally_.sides.of(which).scores[compared.index.of(which)];
      mean.of(which) = score.subjects == 0
                           ? "none"
                           : points_text(score.low.divided_by(score.subjects), score.high.divided_by(score.subjects));
    }
    if (mean.before == mean.after) continue;
    if (is_first) title("means of scores");
    is_first = false;
    const auto shown = [](const std::string& text) { return text.empty() ? std::string("(isn't there)") : text; };
    page_.entry(0, {{base::visible_text(compared.name) + "  "}}, {{shown(mean.before) + " → " + shown(mean.after)}});
  }
}

void TextWriter::print_needs(const std::vector<compare::Need>& needs) {
  if (needs.empty()) return;
  title("nobody has");
  for (const compare::Need& need : needs) {
    std::string criteria;
    for (const std::string& criterion : need.criteria) criteria += (criteria.empty() ? "" : ", ") + criterion;
    page_.entry(0, {{base::visible_text(need.field) + "  "}},
                {{fmt::format("missing for {}, read by {}", counted(need.subjects, "subject", "subjects"), criteria)}});
  }
}

// What one side says and the other doesn't stands below.
void TextWriter::print_differences() {
  if (context_.compares != Compares::policies) return;
  if (context_.differences->all.empty()) {
    page_.blank_line();
    page_.entry(0, {}, {{"nothing in the policies decides in another way", Paint::dim}});
    return;
  }
  title("what is different");
  for (const Difference& difference : context_.differences->all) {
    std::vector<Run> runs = runs_of(words_of(difference, Told::of_one));
    if (!difference.because.empty()) runs.back().text += ": " + difference.because;
    page_.entry(0, {{"- ", Paint::dim}}, runs, place_text(context_, difference));
    const auto asked = [&](Which which, const char* sign, const std::string& other, Paint paint) {
      if (is_told_below(difference) && !other.empty())
        page_.entry(4, {{sign, paint}}, {{base::visible_text(other), paint}});
      for (const std::string& each : asked_text(context_, difference, which))
        page_.entry(4, {{sign, paint}}, {{each, paint}});
    };
    asked(Which::before, "- ", difference.before, Paint::red);
    asked(Which::after, "+ ", difference.after, Paint::green);
  }
}

}  // namespace

std::unique_ptr<ComparisonWriter> make_comparison_text(const ComparisonContext& context, std::ostream& out) {
  return std::make_unique<TextWriter>(context, out);
}

}  // namespace muster::report

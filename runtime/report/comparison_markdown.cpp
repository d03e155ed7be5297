// SPDX-License-Identifier: Apache-2.0
// `markdown`: a comparison as a page, to be read beside a change that somebody proposes.
#include <fmt/format.h>

#include "runtime/report/comparison_formats.h"
#include "runtime/report/comparison_tally.h"
#include "runtime/report/comparison_words.h"
#include "runtime/report/markdown_text.h"
#include "runtime/report/reasons.h"

namespace muster::report {

namespace {

using compare::Difference;
using compare::kBoth;
using compare::kNone;
using compare::Which;
using verdicts::Verdict;

constexpr std::uint64_t kListed = 50;  // without --limit
constexpr Verdict kVerdicts[] = {Verdict::pass, Verdict::fail, Verdict::undecided};

std::string both(const std::string& before, const std::string& after) {
  return before == after ? code(after) : code(before) + " → " + code(after);
}

std::string marked(const DifferenceWords& words) {
  return (words.thing.empty() ? "" : words.thing + " ") + code(words.name) + " " + prose(words.rest);
}

class MarkdownWriter final : public ComparisonWriter {
 public:
  MarkdownWriter(const ComparisonContext& context, std::ostream& out)
      : context_(context), out_(out), tally_(context, context.limit.value_or(kListed)) {}

  void add(const compare::ComparedSubject& subject) override { tally_.add(subject); }
  void add_unreadable(Which which) override { ++tally_.unreadable.of(which); }
  void finish(const std::vector<compare::Need>& needs) override {
    print_heading();
    print_matrix();
    print_turning();
    print_changed();
    print_criteria();
    print_scores();
    print_needs(needs);
    print_differences();
    out_.flush();
  }

 private:
  void print_heading();
  void print_matrix();
  void print_turning();
  void print_changed();
  std::string cause_cell(const ChangedSubject& subject) const;
  std::string criteria_cell(const ChangedSubject& subject) const;
  void print_criteria();
  void print_scores();
  void print_needs(const std::vector<compare::Need>& needs);
  void print_differences();

  void title(const char* text) { out_ << "\n## " << text << "\n\n"; }
  std::string placed(const Difference& difference) const {
    const std::string place = place_text(context_, difference);
    return place.empty() ? "" : " (" + code(place) + ")";
  }

  const ComparisonContext& context_;
  std::ostream& out_;
  ComparisonTally tally_;
};

void MarkdownWriter::print_heading() {
  const compare::Side& before = context_.sides.before;
  const compare::Side& after = context_.sides.after;
  const typed::Policy& policy = after.chosen();
  out_ << "# " << prose(policy.title.empty() ? policy.name : policy.title) << "\n\n";
  out_ << "- policy: " << both(before.chosen().full_name(), policy.full_name()) << " in "
       << both(context_.files.before, context_.files.after) << "\n";
  out_ << "- gate: " << both(before.chosen().gates[before.gate].name, policy.gates[after.gate].name) << "\n";
  out_ << "- as of: " << both(before.run->as_of, after.run->as_of) << "\n";
  if (!context_.data.after.empty()) out_ << "- evidence: " << both(context_.data.before, context_.data.after) << "\n";
  for (const auto& [name, value] : after.run->set) out_ << "- set: " << code(name + "=" + value) << "\n";
  if (tally_.changed == 0) {
    out_ << "\n**No verdict changes.**\n";
  } else {
    out_ << fmt::format("\n**{} of {} verdicts change: {} lose pass, {} gain it.**\n", tally_.changed, tally_.both,
                        tally_.lose_pass, tally_.gain_pass);
  }
}

void MarkdownWriter::print_matrix() {
  out_ << "\n| | now pass | now fail | now undecided |\n|---|--:|--:|--:|\n";
  const auto row = [&](const std::string& name, const VerdictCounts& counts) {
    out_ << "| " << name << " | " << counts[0] << " | " << counts[1] << " | " << counts[2] << " |\n";
  };
  for (const Verdict verdict : kVerdicts)
    row(std::string("was ") + verdicts::name(verdict), tally_.verdicts[static_cast<std::size_t>(verdict)]);
  const auto is_there = [](const VerdictCounts& counts) { return counts[0] + counts[1] + counts[2] > 0; };
  if (is_there(tally_.added)) row("only in the new", tally_.added);
  if (is_there(tally_.gone)) row("only in the old", tally_.gone);
  if (tally_.unreadable.before + tally_.unreadable.after > 0) {
    out_ << fmt::format("\nRecords that could not be read: {} of the old, {} of the new.\n", tally_.unreadable.before,
                        tally_.unreadable.after);
  }
}

void MarkdownWriter::print_turning() {
  const std::vector<Turning> all = tally_.turning();
  if (all.empty()) return;
  title("What turns them");
  out_ << "| subjects | together with others | lose pass | by |\n|--:|--:|--:|---|\n";
  for (const Turning& turning : all) {
    out_ << "| " << turning.subjects << " | " << turning.with_others << " | " << turning.lose_pass << " | "
         << marked(words_of(turning.difference, Told::of_all));
    // Of a datum the place is one subject's.
    if (turning.difference.what != compare::What::data) out_ << placed(turning.difference);
    out_ << " |\n";
  }
}

void MarkdownWriter::print_changed() {
  if (tally_.worst.empty()) return;
  title("Who changes");
  out_ << "| subject | was | is | by | criteria |\n|---|---|---|---|---|\n";
  for (const ChangedSubject& subject : tally_.worst) {
    out_ << "| " << prose(subject.label.value_or(subject.key));
    if (subject.label && *subject.label != subject.key) out_ << " " << code(subject.key);
    out_ << " | " << verdicts::name(subject.verdict.before) << " | " << verdicts::name(subject.verdict.after) << " | "
         << cause_cell(subject) << " | " << criteria_cell(subject) << " |\n";
  }
  if (tally_.changed > tally_.worst.size())
    out_ << fmt::format("\n… and {} more.\n", tally_.changed - tally_.worst.size());
}

std::string MarkdownWriter::cause_cell(const ChangedSubject& subject) const {
  std::string text;
  for (const Difference& difference : subject.cause.differences)
    text += (text.empty() ? "" : " and ") + marked(words_of(difference, Told::of_one));
  for (const Difference& difference : subject.cause.others) text += " or " + marked(words_of(difference, Told::of_one));
  return text;
}

std::string MarkdownWriter::criteria_cell(const ChangedSubject& subject) const {
  std::string text;
  for (const ChangedSubject::Criterion& criterion : subject.criteria) {
    if (!text.empty()) text += "<br>";
    text += code(context_.differences->criteria[criterion.compared].name) + " ";
    const auto& after = criterion.result.after;
    text += after ? verdicts::name(after->status) : "is gone";
    const std::string reason = after ? reason_text(*after, *context_.file_names.after, Reasons::first) : "";
    if (!reason.empty()) text += ": " + prose(reason);
  }
  return text;
}

void MarkdownWriter::print_criteria() {
  const std::vector<CriterionChange> changes = tally_.criteria_changes();
  if (changes.empty() || tally_.both == 0) return;
  title("Criteria");
  out_ << "| criterion | before | now | |\n|---|---|---|---|\n";
  for (const CriterionChange& change : changes) {
    const compare::ComparedCriterion& compared = context_.differences->criteria[change.compared];
    out_ << "| " << code(compared.name);
    for (const Which which : kBoth) {
      out_ << " | ";
      if (compared.index.of(which) == kNone) continue;
      std::vector<std::uint64_t> counts(5);
      for (std::size_t i = 0; i < counts.size(); ++i)
        counts[i] = tally_.count(which, change.compared, static_cast<verdicts::Status>(i));
      out_ << typed::name(context_.sides.of(which).chosen().criteria[compared.index.of(which)].level) << ": "
           << count_text(counts);
    }
    const bool same = change.matters.before == change.matters.after;
    out_ << " | " << (same ? "" : change.matters.after ? "begins to matter" : "matters no more") << " |\n";
  }
}

void MarkdownWriter::print_scores() {
  if (context_.differences->scores.empty() || tally_.both == 0) return;
  title("Means of scores");
  out_ << "| score | before | now |\n|---|---|---|\n";
  for (const compare::ComparedScore& compared : context_.differences->scores) {
    out_ << "| " << code(compared.name);
    for (const Which which : kBoth) {
      out_ << " | ";
      if (compared.index.of(which) == kNone) continue;
      const verdicts::Tally::ScoreTally& score = tally_.sides.of(which).scores[compared.index.of(which)];
      out_ << (score.subjects == 0
                   ? "none"
                   : points_text(score.low.divided_by(score.subjects), score.high.divided_by(score.subjects)));
    }
    out_ << " |\n";
  }
}

void MarkdownWriter::print_needs(const std::vector<compare::Need>& needs) {
  if (needs.empty()) return;
  title("Nobody has");
  for (const compare::Need& need : needs) {
    out_ << "- " << code(need.field) << ": missing for " << need.subjects << " subjects, read by ";
    for (std::size_t i = 0; i < need.criteria.size(); ++i) out_ << (i == 0 ? "" : ", ") << code(need.criteria[i]);
    out_ << "\n";
  }
}

void MarkdownWriter::print_differences() {
  if (context_.compares != Compares::policies || context_.differences->all.empty()) return;
  title("What is different");
  for (const Difference& difference : context_.differences->all) {
    out_ << "- " << marked(words_of(difference, Told::of_one)) << placed(difference);
    if (!difference.because.empty()) out_ << ": " << prose(difference.because);
    out_ << "\n";
    const auto asked = [&](Which which, const char* word, const std::string& other) {
      if (is_told_below(difference) && !other.empty()) out_ << "  - " << word << " " << code(other) << "\n";
      for (const std::string& each : asked_text(context_, difference, which))
        out_ << "  - " << word << " " << code(each) << "\n";
    };
    asked(Which::before, "before:", difference.before);
    asked(Which::after, "now:", difference.after);
  }
}

}  // namespace

std::unique_ptr<ComparisonWriter> make_comparison_markdown(const ComparisonContext& context, std::ostream& out) {
  return std::make_unique<MarkdownWriter>(context, out);
}

}  // namespace muster::report

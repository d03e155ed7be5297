// SPDX-License-Identifier: Apache-2.0
// `json`: a comparison as one document, on one line. docs/commands.md describes it.
#include "runtime/report/comparison_formats.h"
#include "runtime/report/comparison_tally.h"
#include "runtime/report/comparison_words.h"
#include "runtime/report/json_text.h"
#include "runtime/report/result_json.h"

namespace muster::report {

namespace {

using compare::Difference;
using compare::kBoth;
using compare::kNone;
using compare::Which;
using verdicts::Status;
using verdicts::Verdict;

constexpr Verdict kVerdicts[] = {Verdict::pass, Verdict::fail, Verdict::undecided};
constexpr Status kStatuses[] = {Status::met, Status::unmet, Status::unknown, Status::na, Status::waived};

const char* key_of(Which which) { return which == Which::before ? "old" : "new"; }

const char* name(Compares compares) {
  switch (compares) {
    case Compares::policies: return "policies";
    case Compares::evidence: return "evidence";
    case Compares::dates: return "dates";
  }
  return "";
}

class JsonWriter final : public ComparisonWriter {
 public:
  JsonWriter(const ComparisonContext& context, std::ostream& out)
      : context_(context), out_(out), tally_(context, context.limit), json_(text_) {}

  void add(const compare::ComparedSubject& subject) override { tally_.add(subject); }
  void add_unreadable(Which which) override { ++tally_.unreadable.of(which); }
  void finish(const std::vector<compare::Need>& needs) override;

 private:
  void append_sides();
  void append_counts();
  void append_verdicts(const char* key, const VerdictCounts& counts);
  void append_changed(const ChangedSubject& subject);
  void append_result(const char* key, Which which, const verdicts::CriterionResult& result);
  void append_causes();
  void append_criteria();
  void append_scores();
  void append_needs(const std::vector<compare::Need>& needs);
  void append(const Difference& difference);
  void append(const char* key, const std::vector<Difference>& differences);
  void append_asked(const char* key, Which which, const Difference& difference);

  const ComparisonContext& context_;
  std::ostream& out_;
  ComparisonTally tally_;
  std::string text_;
  JsonText json_;
};

void JsonWriter::finish(const std::vector<compare::Need>& needs) {
  json_.begin_object().key("muster").count(1).key("compares").text(name(context_.compares));
  append_sides();
  append_counts();
  json_.key("changed").begin_array();
  for (const ChangedSubject& subject : tally_.worst) append_changed(subject);
  json_.end_array();
  append_causes();
  append_criteria();
  append_scores();
  append_needs(needs);
  append("differences", context_.differences->all);
  json_.end_object();
  out_ << text_ << '\n';
  out_.flush();
}

void JsonWriter::append_sides() {
  for (const Which which : kBoth) {
    const compare::Side& side = context_.sides.of(which);
    json_.key(key_of(which)).begin_object();
    json_.key("file").text(context_.files.of(which)).key("policy").text(side.chosen().full_name());
    json_.key("gate").text(side.chosen().gates[side.gate].name).key("as_of").text(side.run->as_of);
    if (!context_.data.of(which).empty()) json_.key("data").text(context_.data.of(which));
    if (!side.run->set.empty()) {
      json_.key("set").begin_object();
      for (const auto& [param, value] : side.run->set) json_.key(param).text(value);
      json_.end_object();
    }
    json_.end_object();
  }
}

void JsonWriter::append_counts() {
  json_.key("subjects").count(tally_.both);
  json_.key("unreadable").begin_object();
  for (const Which which : kBoth) json_.key(key_of(which)).count(tally_.unreadable.of(which));
  json_.end_object();
  json_.key("verdicts").begin_object();
  for (const Verdict verdict : kVerdicts)
    append_verdicts(verdicts::name(verdict), tally_.verdicts[static_cast<std::size_t>(verdict)]);
  json_.end_object();
  append_verdicts("only_new", tally_.added);
  append_verdicts("only_old", tally_.gone);
  json_.key("changes").count(tally_.changed);
  json_.key("lose_pass").count(tally_.lose_pass).key("gain_pass").count(tally_.gain_pass);
}

void JsonWriter::append_verdicts(const char* key, const VerdictCounts& counts) {
  json_.key(key).begin_object();
  for (const Verdict verdict : kVerdicts)
    json_.key(verdicts::name(verdict)).count(counts[static_cast<std::size_t>(verdict)]);
  json_.end_object();
}

void JsonWriter::append_changed(const ChangedSubject& subject) {
  json_.begin_object().key("subject").text(subject.key);
  if (subject.label) json_.key("label").text(*subject.label);
  for (const Which which : kBoth) json_.key(key_of(which)).text(verdicts::name(subject.verdict.of(which)));
  append("cause", subject.cause.differences);
  if (!subject.cause.others.empty()) append("others", subject.cause.others);
  if (!subject.criteria.empty()) {
    json_.key("criteria").begin_object();
    for (const ChangedSubject::Criterion& criterion : subject.criteria) {
      json_.key(context_.differences->criteria[criterion.compared].name).begin_object();
      for (const Which which : kBoth) {
        if (criterion.result.of(which)) append_result(key_of(which), which, *criterion.result.of(which));
      }
      json_.end_object();
    }
    json_.end_object();
  }
  json_.end_object();
}

void JsonWriter::append_result(const char* key, Which which, const verdicts::CriterionResult& result) {
  json_.key(key);
  append_criterion(*context_.file_names.of(which), result, json_);
}

void JsonWriter::append_causes() {
  json_.key("causes").begin_array();
  for (const CauseCount& cause : tally_.causes()) {
    json_.begin_object().key("text").text(general_text(cause.cause));
    json_.key("differences").begin_array();
    for (const Difference& difference : cause.cause.differences) {
      json_.begin_object()
          .key("of")
          .text(compare::name(difference.of))
          .key("what")
          .text(compare::name(difference.what));
      json_.key("name").text(evidence::without_indexes(difference.name)).end_object();
    }
    json_.end_array();
    json_.key("subjects").count(cause.subjects);
    json_.key("lose_pass").count(cause.lose_pass).key("gain_pass").count(cause.gain_pass).end_object();
  }
  json_.end_array();
}

void JsonWriter::append_criteria() {
  json_.key("criteria").begin_array();
  for (const CriterionChange& change : tally_.criteria_changes()) {
    const compare::ComparedCriterion& compared = context_.differences->criteria[change.compared];
    json_.begin_object().key("criterion").text(compared.name).key("what").begin_array();
    for (const std::string& what : change.what) json_.text(what);
    json_.end_array();
    for (const Which which : kBoth) {
      if (compared.index.of(which) == kNone) continue;
      json_.key(key_of(which)).begin_object();
      json_.key("level").text(typed::name(context_.sides.of(which).chosen().criteria[compared.index.of(which)].level));
      json_.key("matters").truth(change.matters.of(which));
      for (const Status status : kStatuses)
        json_.key(verdicts::name(status)).count(tally_.count(which, change.compared, status));
      json_.end_object();
    }
    json_.end_object();
  }
  json_.end_array();
}

void JsonWriter::append_scores() {
  json_.key("scores").begin_object();
  for (const compare::ComparedScore& compared : context_.differences->scores) {
    json_.key(compared.name).begin_object();
    for (const Which which : kBoth) {
      if (compared.index.of(which) == kNone) continue;
      json_.key(key_of(which));
      append_mean(tally_.sides.of(which).scores[compared.index.of(which)], json_);
    }
    json_.end_object();
  }
  json_.end_object();
}

void JsonWriter::append_needs(const std::vector<compare::Need>& needs) {
  json_.key("needed").begin_array();
  for (const compare::Need& need : needs) {
    json_.begin_object().key("field").text(need.field).key("criteria").begin_array();
    for (const std::string& criterion : need.criteria) json_.text(criterion);
    json_.end_array().key("subjects").count(need.subjects).end_object();
  }
  json_.end_array();
}

void JsonWriter::append(const char* key, const std::vector<Difference>& differences) {
  json_.key(key).begin_array();
  for (const Difference& difference : differences) append(difference);
  json_.end_array();
}

void JsonWriter::append(const Difference& difference) {
  json_.begin_object().key("of").text(compare::name(difference.of)).key("what").text(compare::name(difference.what));
  json_.key("name").text(difference.name);
  if (!difference.before.empty()) json_.key("old").text(difference.before);
  if (!difference.after.empty()) json_.key("new").text(difference.after);
  append_asked("asked", Which::before, difference);
  append_asked("asks", Which::after, difference);
  if (!difference.by_way_of.empty()) {
    json_.key("by_way_of").begin_array();
    for (const std::string& each : difference.by_way_of) json_.text(each);
    json_.end_array();
  }
  if (difference.turn != compare::Turn::other) {
    json_.key("turn").text(compare::name(difference.turn)).key("by").text(difference.turned_by);
  }
  const std::string place = place_text(context_, difference);
  if (!place.empty()) json_.key(difference.what == compare::What::data ? "source" : "place").text(place);
  if (!difference.because.empty()) json_.key("because").text(difference.because);
  json_.end_object();
}

void JsonWriter::append_asked(const char* key, Which which, const Difference& difference) {
  const std::vector<std::string> asked = asked_text(context_, difference, which);
  if (asked.empty()) return;
  json_.key(key).begin_array();
  for (const std::string& each : asked) json_.text(each);
  json_.end_array();
}

}  // namespace

std::unique_ptr<ComparisonWriter> make_comparison_json(const ComparisonContext& context, std::ostream& out) {
  return std::make_unique<JsonWriter>(context, out);
}

}  // namespace muster::report

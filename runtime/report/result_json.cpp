// SPDX-License-Identifier: Apache-2.0
#include "runtime/report/result_json.h"

#include <algorithm>

namespace muster::report {

namespace {

using verdicts::CriterionResult;
using verdicts::SubjectResult;

// A type in a list that nobody has written would be a fault of ours; std::visit leaves none out.
struct ScalarJson {
  JsonText& json;
  const typed::Program& program;
  types::TypeId type;
  const types::Scalar& whole;

  void operator()(bool value) const { json.truth(value); }
  void operator()(std::int64_t value) const { json.integer(value); }
  void operator()(double value) const { json.number(value); }
  void operator()(types::Percent value) const { json.number(value.points); }
  void operator()(const std::string& value) const { json.text(value); }
  // Dates, instants, durations, periods, versions and names of enums: their literal spelling.
  template <typename Spelled>
  void operator()(const Spelled&) const {
    json.text(types::to_text(program.types, type, whole));
  }
};

// A list with an element that is unknown is not known as a whole.
bool is_known(const verdicts::ShownValue& value) {
  if (value.state == evidence::State::unknown) return false;
  for (const auto& item : value.items) {
    if (!is_known(item)) return false;
  }
  return true;
}

void append_shown(const typed::Program& program, const verdicts::ShownValue& value, JsonText& json) {
  if (value.state == evidence::State::absent) {
    json.null();
  } else if (program.types.is_list(value.type)) {
    json.begin_array();
    for (const auto& item : value.items) append_shown(program, item, json);
    json.end_array();
  } else {
    std::visit(ScalarJson{json, program, value.type, value.scalar}, value.scalar);
  }
}

void append_set(const Context& context, JsonText& json) {
  if (context.run->set.empty()) return;
  json.key("set").begin_object();
  for (const auto& [name, text] : context.run->set) json.key(name).text(text);
  json.end_object();
}

void append_gates(const Context& context, const SubjectResult& result, JsonText& json) {
  json.key("gates").begin_object();
  for (std::size_t i = 0; i < result.gates.size(); ++i) {
    json.key(context.policy->gates[i].name).text(verdicts::name(verdicts::verdict(result.gates[i])));
  }
  json.end_object();
}

void append_levels(const Context& context, const SubjectResult& result, JsonText& json) {
  json.key("levels").begin_object();
  for (std::size_t i = 0; i < result.levels.size(); ++i) {
    const auto& declared = context.policy->levels[i];
    const auto& level = result.levels[i];
    if (!level.possible) continue;
    const auto gate_name = [&](std::uint32_t at) -> const std::string& {
      return context.policy->gates[declared.gates[at]].name;
    };
    json.key(declared.name).begin_object();
    if (level.sure) json.key("sure").text(gate_name(*level.sure));
    json.key("possible").text(gate_name(*level.possible));
    json.end_object();
  }
  json.end_object();
}

void append_scores(const Context& context, const SubjectResult& result, JsonText& json) {
  if (result.scores.empty()) return;
  json.key("scores").begin_object();
  for (std::size_t i = 0; i < result.scores.size(); ++i) {
    const auto& score = result.scores[i];
    if (!score.has_value && !score.may_be_none) continue;  // unknown: there is nothing to say
    json.key(context.policy->scores[i].name).begin_object();
    if (!score.has_value) {
      json.key("none").truth(true);
    } else {
      json.key("low").number(score.low).key("high").number(score.high);
      if (score.shown) json.key("shown").number(*score.shown);
      if (score.may_be_none) json.key("none").text("possible");
    }
    json.end_object();
  }
  json.end_object();
}

void append_texts(std::string_view key, const std::vector<std::string>& texts, JsonText& json) {
  if (texts.empty()) return;
  json.key(key).begin_array();
  for (const auto& text : texts) json.text(text);
  json.end_array();
}

void append_source(const std::vector<std::string>& file_names, evidence::Origin origin, JsonText& json) {
  if (origin.file == evidence::Origin::kNoFile) return;
  json.key("source").text(source_text(file_names, origin));
}

void append_shows(const Context& context, const SubjectResult& result, JsonText& json) {
  json.key("shown").begin_object();
  for (std::size_t i = 0; i < result.shows.size(); ++i) {
    if (!is_known(result.shows[i])) continue;
    json.key(context.policy->shows[i].name);
    append_shown(*context.program, result.shows[i], json);
  }
  json.end_object();
}

void append_problems(const Context& context, const SubjectResult& result, JsonText& json) {
  json.key("problems").begin_array();
  for (const auto& problem : result.problems) {
    json.begin_object().key("field").text(problem.field).key("reason").text(evidence::name(problem.reason));
    if (problem.raw) json.key("raw").text(*problem.raw);
    append_source(*context.file_names, problem.origin, json);
    json.end_object();
  }
  json.end_array();
}

void append_subject(const Context& context, const SubjectResult& result, JsonText& json) {
  json.key("policy").text(context.policy->full_name()).key("as_of").text(context.run->as_of);
  json.key("subject").text(result.key);
  if (result.label) json.key("label").text(*result.label);
  append_set(context, json);
  append_gates(context, result, json);
  bool some_level = false;
  for (const auto& level : result.levels) some_level = some_level || level.possible.has_value();
  if (some_level) append_levels(context, result, json);
  append_scores(context, result, json);
  if (!result.criteria.empty()) {
    json.key("criteria").begin_object();
    for (std::size_t i = 0; i < result.criteria.size(); ++i) {
      json.key(context.policy->criteria[i].name);
      append_criterion(*context.file_names, result.criteria[i], json);
    }
    json.end_object();
  }
  bool some_shown = false;
  for (const auto& value : result.shows) some_shown = some_shown || is_known(value);
  if (some_shown) append_shows(context, result, json);
  if (!result.problems.empty()) append_problems(context, result, json);
}

void append_level_counts(const Context& context, const typed::Levels& declared,
                         const std::vector<std::uint64_t>& counts, JsonText& json) {
  json.begin_object().key("none").count(counts.back());
  for (std::size_t i = 0; i < declared.gates.size(); ++i) {
    json.key(context.policy->gates[declared.gates[i]].name).count(counts[i]);
  }
  json.end_object();
}

void append_means(const typed::Policy& policy, const std::vector<verdicts::Tally::ScoreTally>& scores, JsonText& json) {
  json.begin_object();
  for (std::size_t i = 0; i < policy.scores.size(); ++i) {
    json.key(policy.scores[i].name);
    append_mean(scores[i], json);
  }
  json.end_object();
}

}  // namespace

void append_criterion(const std::vector<std::string>& file_names, const CriterionResult& criterion, JsonText& json) {
  json.begin_object().key("status").text(verdicts::name(criterion.status));
  if (criterion.upcoming) {
    json.key("upcoming")
        .text(base::to_text(*criterion.upcoming))
        .key("would_be")
        .text(verdicts::name(criterion.would_be));
  }
  append_texts("because", criterion.because, json);
  if (!criterion.missing.empty()) {
    json.key("missing").begin_array();
    for (const auto& cause : criterion.missing) {
      json.begin_object().key("field").text(cause.field).key("reason").text(evidence::name(cause.reason));
      append_source(file_names, cause.origin, json);
      json.end_object();
    }
    json.end_array();
  }
  if (criterion.waived_until) {
    json.key("until").text(base::to_text(*criterion.waived_until)).key("by").text(criterion.waived_by);
  }
  append_texts("assumed", criterion.assumed, json);
  json.end_object();
}

void append_mean(const verdicts::Tally::ScoreTally& score, JsonText& json) {
  json.begin_object();
  if (score.subjects == 0) {
    json.key("none").truth(true);
  } else {
    json.key("mean_low").number(score.low.divided_by(score.subjects));
    json.key("mean_high").number(score.high.divided_by(score.subjects));
  }
  json.end_object();
}

std::string source_text(const std::vector<std::string>& file_names, evidence::Origin origin) {
  if (origin.file == evidence::Origin::kNoFile) return {};
  std::string text = file_names[origin.file];
  if (origin.line != 0) text += ":" + std::to_string(origin.line);
  return text;
}

void append_result(const Context& context, const verdicts::Outcome& outcome, std::string& out) {
  JsonText json(out);
  json.begin_object().key("muster").count(1);
  if (const auto* unreadable = std::get_if<verdicts::UnreadableRecord>(&outcome)) {
    json.key("error").begin_object();
    append_source(*context.file_names, unreadable->origin, json);
    json.key("message").text(unreadable->message).end_object();
  } else {
    append_subject(context, std::get<SubjectResult>(outcome), json);
  }
  json.end_object();
}

void append_summary(const Context& context, const verdicts::Tally& tally, std::string& out) {
  const typed::Policy& policy = *context.policy;
  JsonText json(out);
  json.begin_object().key("muster").count(1);
  json.key("policy").text(policy.full_name()).key("as_of").text(context.run->as_of);
  append_set(context, json);
  json.key("subjects").count(tally.subjects).key("unreadable").count(tally.unreadable);
  json.key("duplicate_keys").count(tally.duplicate_keys);
  json.key("checked_keys").count(std::min(tally.subjects, context.checked_keys));

  json.key("gates").begin_object();
  for (std::size_t i = 0; i < policy.gates.size(); ++i) {
    json.key(policy.gates[i].name).begin_object();
    for (const auto verdict : {verdicts::Verdict::pass, verdicts::Verdict::fail, verdicts::Verdict::undecided}) {
      json.key(verdicts::name(verdict)).count(tally.gates[i][static_cast<std::size_t>(verdict)]);
    }
    json.end_object();
  }
  json.end_object();

  json.key("criteria").begin_object();
  for (std::size_t i = 0; i < policy.criteria.size(); ++i) {
    json.key(policy.criteria[i].name).begin_object();
    using verdicts::Status;
    for (const auto status : {Status::met, Status::unmet, Status::unknown, Status::na, Status::waived}) {
      json.key(verdicts::name(status)).count(tally.criteria[i][static_cast<std::size_t>(status)]);
    }
    json.end_object();
  }
  json.end_object();

  if (!policy.levels.empty()) {
    json.key("levels").begin_object();
    for (std::size_t i = 0; i < policy.levels.size(); ++i) {
      json.key(policy.levels[i].name).begin_object();
      json.key("sure");
      append_level_counts(context, policy.levels[i], tally.levels[i].sure, json);
      json.key("possible");
      append_level_counts(context, policy.levels[i], tally.levels[i].possible, json);
      json.end_object();
    }
    json.end_object();
  }

  if (!policy.scores.empty()) {
    json.key("scores");
    append_means(policy, tally.scores, json);
    json.key("scores_without_waivers");
    append_means(policy, tally.scores_without_waivers, json);
  }

  const waivers::Counts waivers =
      context.waivers == nullptr ? waivers::Counts{} : waivers::count(*context.waivers, tally.shown_waivers);
  json.key("waivers").begin_object();
  json.key("in_force").count(waivers.in_force).key("expired").count(waivers.expired);
  json.key("unused").count(waivers.unused).key("expiring_30_days").count(waivers.expiring_30_days);
  json.key("upcoming").count(waivers.upcoming).key("unreadable").count(waivers.unreadable);
  json.key("refused").count(waivers.refused).end_object();
  json.end_object();
}

}  // namespace muster::report

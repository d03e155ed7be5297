// SPDX-License-Identifier: Apache-2.0
#include "runtime/compare/needs.h"

#include <algorithm>

namespace muster::compare {

using evidence::Datum;
using evidence::Reason;
using evidence::State;

namespace {

// The policy with this criterion alone, and nothing that is only printed.
typed::Policy asking(const typed::Policy& policy, const typed::Criterion& criterion) {
  typed::Policy made;
  made.subject = policy.subject;
  made.criteria.emplace_back();
  for (const typed::Condition& when : criterion.whens)
    made.criteria.back().whens.push_back({when.condition, when.policy, {}, false, {}, {}});
  for (const typed::Condition& require : criterion.requires_)
    made.criteria.back().requires_.push_back({require.condition, require.policy, {}, false, {}, {}});
  return made;
}

bool is_lacking(const Datum& datum) {
  return datum.state == State::unknown && (datum.reason == Reason::missing || datum.reason == Reason::unbound);
}

}  // namespace

Needs::Needs(const Sides& sides, const Differences& differences) : side_(sides.after) {
  const typed::Policy& policy = side_.chosen();
  const types::Record& record = side_.program->types.record_at(policy.subject);
  for (const ComparedCriterion& compared : differences.criteria) {
    const bool is_new = compared.index.before == kNone || compared.conditions != kNone;
    if (compared.index.after == kNone || !is_new) continue;
    const typed::Criterion& criterion = policy.criteria[compared.index.after];
    typed::Usage usage = typed::usage_of(*side_.program, asking(policy, criterion));
    // Every record has a key, and the label is read for people.
    usage.subject.fields.erase(*record.key());
    if (const auto label = record.label()) usage.subject.fields.erase(*label);
    for (const auto& [field, use] : usage.subject.fields) include(subject_.fields[field], use, compared.index.after);
    for (std::uint32_t i = 0; i < usage.shared.size(); ++i) {
      if (usage.shared[i] && i != side_.program->waiver_rows)
        include(shared_[i], *usage.shared[i], compared.index.after);
    }
  }
}

void Needs::include(Place& place, const typed::Use& use, std::uint32_t criterion) {
  place.criteria.push_back(criterion);
  for (const auto& [field, inner] : use.fields) include(place.fields[field], inner, criterion);
}

void Needs::add(const Datum& subject, const std::vector<Datum>& shared, const verdicts::SubjectResult& result) {
  result_ = &result;
  look_at_fields(subject_, side_.program->types.record_at(side_.chosen().subject), subject);
  count(subject_);
  for (auto& [index, place] : shared_) {
    look(place, side_.program->shared[index].type, shared[index]);
    count(place);
  }
}

// Of a list at its elements.
void Needs::look(Place& place, types::TypeId type, const Datum& datum) {
  if (is_lacking(datum)) {
    place.lacks_now = place.lacks_now || is_needed(place);
    return;
  }
  place.somebody_has = true;
  if (place.fields.empty() || datum.state != State::known) return;
  const types::Table& types = side_.program->types;
  type = types.without_optional(type);
  if (types.is_record(type)) return look_at_fields(place, types.record_of(type), datum);
  for (const Datum& element : datum.items) {
    if (!is_lacking(element)) look(place, types.element(type), element);
  }
}

void Needs::look_at_fields(Place& place, const types::Record& record, const Datum& datum) {
  for (auto& [field, inner] : place.fields) look(inner, record.fields[field].type, datum.items[field]);
}

bool Needs::is_needed(const Place& place) const {
  return std::any_of(place.criteria.begin(), place.criteria.end(), [&](std::uint32_t criterion) {
    return result_->criteria[criterion].status != verdicts::Status::na;
  });
}

std::vector<std::string> Needs::names(const Place& place) const {
  std::vector<std::string> names;
  for (const std::uint32_t criterion : place.criteria) names.push_back(side_.chosen().criteria[criterion].name);
  return names;
}

void Needs::count(Place& place) {
  if (place.lacks_now) ++place.lacking;
  place.lacks_now = false;
  for (auto& [field, inner] : place.fields) count(inner);
}

std::vector<Need> Needs::list() const {
  std::vector<Need> needs;
  list_fields(subject_, side_.program->types.record_at(side_.chosen().subject), "", needs);
  for (const auto& [index, place] : shared_) {
    const typed::Shared& declared = side_.program->shared[index];
    list(place, declared.type, declared.name, needs);
  }
  return needs;
}

void Needs::list(const Place& place, types::TypeId type, const std::string& path, std::vector<Need>& needs) const {
  if (!place.somebody_has) {
    if (place.lacking > 0) needs.push_back({path, names(place), place.lacking});
    return;
  }
  const types::Table& types = side_.program->types;
  std::string elements;
  for (type = types.without_optional(type); types.is_list(type); type = types.without_optional(types.element(type))) {
    elements += "[]";
  }
  if (types.is_record(type)) list_fields(place, types.record_of(type), path + elements + ".", needs);
}

void Needs::list_fields(const Place& place, const types::Record& record, const std::string& path,
                        std::vector<Need>& needs) const {
  for (const auto& [field, inner] : place.fields)
    list(inner, record.fields[field].type, path + record.fields[field].name, needs);
}

}  // namespace muster::compare

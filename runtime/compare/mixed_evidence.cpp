// SPDX-License-Identifier: Apache-2.0
#include "runtime/compare/mixed_evidence.h"

#include <utility>

#include "runtime/evidence/freshness.h"

namespace muster::compare {

using evidence::Datum;

MixedEvidence::MixedEvidence(const Sides& sides, const Correspondence& correspondence, const Differences& differences,
                             const EvidenceMatch& match, const SharedEvidence& shared,
                             const std::vector<DatumDifference>& of_shared)
    : sides_(sides),
      correspondence_(correspondence),
      differences_(differences),
      match_(match),
      shared_(shared),
      of_shared_(of_shared) {
  for (const Which which : kBoth) {
    Loaded& loaded = loaded_.of(which);
    loaded.run = *sides.of(which).run;
    loaded.aging.types = sides.of(which).program->types;
    loaded.aging.shared = sides.of(which).program->shared;
  }
}

void MixedEvidence::begin(const Subjects& subjects, const std::vector<DatumDifference>& differences) {
  subjects_ = subjects;
  of_subject_ = &differences;
  for (const Which which : kBoth) loaded_.of(which).key.reset();
}

// How long something stays fresh matters to all that read evidence which ages; it may be a param that says so.
std::vector<bool> MixedEvidence::bearing(Which which, const Reads& reads, const Undone& undone) const {
  std::vector<bool> key;
  for (const ComparedFreshness& each : differences_.freshness)
    key.push_back(undone[each.difference] && reads.evidence_ages);
  const bool any_param = reads.evidence_ages && !differences_.freshness.empty();
  for (const ComparedParam& each : differences_.params)
    key.push_back(undone[each.value] && (any_param || reads.params[each.index.of(which)]));
  std::size_t index = first_datum();
  for (const DatumDifference& each : of_shared_)
    key.push_back(undone[index++] && reads.shared[match_.shared()[*each.shared].index.of(which)]);
  for (const DatumDifference& each : *of_subject_)
    key.push_back(undone[index++] && reads.fields[each.places.of(which).front()]);
  return key;
}

std::vector<bool> MixedEvidence::shared_key_of(const Undone& undone) const {
  std::vector<bool> key;
  for (const ComparedFreshness& each : differences_.freshness) key.push_back(undone[each.difference]);
  for (const ComparedParam& each : differences_.params) key.push_back(undone[each.value]);
  for (std::size_t i = 0; i < of_shared_.size(); ++i) key.push_back(undone[first_datum() + i]);
  return key;
}

std::vector<bool> MixedEvidence::key_of(const Undone& undone) const {
  std::vector<bool> key = shared_key_of(undone);
  key.insert(key.end(), undone.begin() + static_cast<std::ptrdiff_t>(first_datum() + of_shared_.size()), undone.end());
  return key;
}

void MixedEvidence::load(Which which, const Undone& undone) {
  Loaded& loaded = loaded_.of(which);
  std::vector<bool> key = key_of(undone);
  if (loaded.key == key) return;
  const typed::Program& program = *sides_.of(which).program;
  std::vector<bool> shared_key = shared_key_of(undone);
  if (loaded.shared_key != shared_key) {
    load_settings(which, undone);
    loaded.shared = *shared_.of(which);
    for (std::size_t i = 0; i < of_shared_.size(); ++i) {
      const auto& index = match_.shared()[*of_shared_[i].shared].index;
      mix(which, undone, first_datum() + i, of_shared_[i], (*shared_.of(other(which)))[index.of(other(which))],
          loaded.shared[index.of(which)]);
    }
    for (std::size_t i = 0; i < loaded.shared.size(); ++i) {
      evidence::apply_freshness(loaded.aging, program.shared[i].type, loaded.aging.shared[i].fresh, loaded.run,
                                loaded.shared[i]);
    }
    loaded.shared_key = std::move(shared_key);
  }
  loaded.subject = *subjects_.of(which);
  for (std::size_t i = 0; i < of_subject_->size(); ++i) {
    mix(which, undone, first_datum() + of_shared_.size() + i, (*of_subject_)[i], *subjects_.of(other(which)),
        loaded.subject);
  }
  evidence::apply_freshness_to_subject(loaded.aging, sides_.of(which).chosen().subject, loaded.run, loaded.subject);
  loaded.key = std::move(key);
  ++loaded.generation;
}

// Params, and how long evidence stays fresh.
void MixedEvidence::load_settings(Which which, const Undone& undone) {
  Loaded& loaded = loaded_.of(which);
  const auto from = [&](std::uint32_t difference) { return undone[difference] ? Which::before : Which::after; };
  for (const ComparedParam& each : differences_.params) {
    const Which source = from(each.value);
    loaded.run.params[each.index.of(which)] = sides_.of(source).run->params[each.index.of(source)];
  }
  for (const ComparedFreshness& each : differences_.freshness) {
    const Which source = from(each.difference);
    const FreshPlace& place = match_.fresh_places()[each.place];
    types::Freshness fresh = freshness_at(sides_.of(source), source, place);
    if (source != which) fresh = translated(fresh, source);
    if (place.shared) {
      loaded.aging.shared[place.shared->of(which)].fresh = fresh;
      continue;
    }
    types::Record& record = loaded.aging.types.record_at(place.record.of(which));
    (place.field ? record.fields[place.field->of(which)].fresh : record.fresh) = fresh;
  }
}

// A param that the other side doesn't have is what it was.
types::Freshness MixedEvidence::translated(const types::Freshness& fresh, Which from) const {
  if (fresh.kind != types::Freshness::Kind::param) return fresh;
  types::Freshness made = fresh;
  if (const auto param = correspondence_.params.of(from)[fresh.param]) {
    made.param = *param;
    return made;
  }
  const types::Scalar& value = sides_.of(from).run->params[fresh.param];
  if (const auto* duration = std::get_if<base::Duration>(&value)) {
    made.kind = types::Freshness::Kind::duration;
    made.duration = *duration;
  } else if (const auto* period = std::get_if<base::Period>(&value)) {
    made.kind = types::Freshness::Kind::period;
    made.period = *period;
  }
  return made;
}

void MixedEvidence::mix(Which which, const Undone& undone, std::size_t index, const DatumDifference& difference,
                        const Datum& others_root, Datum& root) const {
  const Which source = undone[index] ? Which::before : Which::after;
  if (source == which) return;
  Datum* to = &root;
  const Datum* from = &others_root;
  for (const std::uint32_t place : difference.places.of(which)) to = &to->items[place];
  for (const std::uint32_t place : difference.places.of(source)) from = &from->items[place];
  *to = match_.translated(difference.node, *from, which);
}

}  // namespace muster::compare

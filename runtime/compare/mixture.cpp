// SPDX-License-Identifier: Apache-2.0
#include "runtime/compare/mixture.h"

#include <algorithm>

namespace muster::compare {

using evidence::Datum;
using evidence::State;

Mixture::Mixture(const Sides& sides, const SharedEvidence& shared)
    : sides_(sides),
      shared_(shared),
      correspondence_(correspondence_of(sides)),
      match_(sides, correspondence_),
      differences_(find_differences(sides, correspondence_, match_)),
      of_shared_(match_.differences(shared)),
      evidence_(sides, correspondence_, differences_, match_, shared, of_shared_),
      decisions_(sides, differences_, evidence_) {}

void Mixture::begin(const Subjects& subjects) {
  subjects_ = subjects;
  of_subject_ = match_.differences(subjects);
  evidence_.begin(subjects, of_subject_);
  decisions_.begin();
}

Difference Mixture::difference(std::size_t index) const {
  if (index < differences_.all.size()) return differences_.all[index];
  index -= differences_.all.size();
  return told(index < of_shared_.size() ? of_shared_[index] : of_subject_[index - of_shared_.size()]);
}

std::vector<std::size_t> Mixture::candidates() {
  std::vector<std::size_t> indexes;
  for (std::size_t i = 0; i < size(); ++i) {
    if (!is_inert(i)) indexes.push_back(i);
  }
  return indexes;
}

// A criterion that is the same on both days. With other dates nothing but dates differs.
bool Mixture::is_inert(std::size_t index) {
  if (index >= differences_.all.size() || differences_.all[index].what != What::as_of) return false;
  const auto& criteria = differences_.criteria;
  const auto found = std::find_if(criteria.begin(), criteria.end(),
                                  [&](const ComparedCriterion& each) { return each.as_of == index; });
  if (found == criteria.end()) return false;
  const auto at = static_cast<std::uint32_t>(found - criteria.begin());
  Undone undone(size());
  const auto after = decisions_.criterion(at, undone);
  undone[index] = true;
  const auto before = decisions_.criterion(at, undone);
  return before.possible == after.possible && before.upcoming == after.upcoming;
}

namespace {

constexpr std::size_t kElementsShown = 3;

// As messages print it; of an unknown why.
std::string text_of(const types::Table& table, types::TypeId type, const Datum& datum) {
  switch (datum.state) {
    case State::absent: return "none";
    case State::unknown: return std::string("unknown (") + evidence::name(datum.reason) + ")";
    case State::known: break;
  }
  type = table.without_optional(type);
  if (table.is_scalar(type)) return types::to_text(table, type, datum.scalar);
  if (!table.is_list(type)) return "present";
  const types::TypeId element = table.element(type);
  const std::size_t size = datum.items.size();
  if (!table.is_scalar(table.without_optional(element)) || size > kElementsShown)
    return std::to_string(size) + (size == 1 ? " element" : " elements");
  std::string text;
  for (const Datum& item : datum.items) text += (text.empty() ? "" : ", ") + text_of(table, element, item);
  return "[" + text + "]";
}

}  // namespace

Difference Mixture::told(const DatumDifference& difference) const {
  Difference made;
  made.of = Of::field;
  made.what = What::data;
  made.name = difference.path;
  const auto text = [&](Which which) -> std::string {
    const Datum* datum = subjects_.of(which);
    if (difference.shared) datum = &(*shared_.of(which))[match_.shared()[*difference.shared].index.of(which)];
    for (const std::uint32_t place : difference.places.of(which)) datum = &datum->items[place];
    // What isn't there any more stood somewhere.
    if (which == Which::before || datum->origin.file != evidence::Origin::kNoFile) {
      made.origin = datum->origin;
      made.place_is_of = which;
    }
    if (difference.is_private && datum->state == State::known) return "(private)";
    const EvidenceMatch::Node& node = match_.node(difference.node);
    return text_of(sides_.of(which).program->types, node.type.of(which), *datum);
  };
  made.before = text(Which::before);
  made.after = text(Which::after);
  return made;
}

}  // namespace muster::compare

// SPDX-License-Identifier: Apache-2.0
#include "runtime/compare/evidence_match.h"

#include <algorithm>
#include <utility>

namespace muster::compare {

using evidence::Datum;
using evidence::State;

EvidenceMatch::EvidenceMatch(const Sides& sides, const Correspondence& correspondence)
    : sides_(sides), one_program_(sides.before.program == sides.after.program) {
  const typed::Usage before = typed::usage_of(*sides.before.program, sides.before.chosen());
  const typed::Usage after = typed::usage_of(*sides.after.program, sides.after.chosen());
  subject_ =
      match_records({sides.before.chosen().subject, sides.after.chosen().subject}, {&before.subject, &after.subject});
  for (std::uint32_t i = 0; i < after.shared.size(); ++i) {
    const auto in_before = correspondence.shared.after[i];
    if (!in_before || !before.shared[*in_before] || !after.shared[i]) continue;
    const typed::Shared& declared = sides.after.program->shared[i];
    const auto node = match({sides.before.program->shared[*in_before].type, declared.type},
                            {&*before.shared[*in_before], &*after.shared[i]});
    if (!node) continue;
    shared_.push_back({{*in_before, i}, declared.name, *node});
    FreshPlace place;
    place.shared = {*in_before, i};
    place.name = declared.name;
    add_fresh_place(std::move(place));
  }
}

std::optional<std::uint32_t> EvidenceMatch::match(PairOf<types::TypeId> type, PairOf<const typed::Use*> use) {
  if (table(Which::before).is_optional(type.before) != table(Which::after).is_optional(type.after)) return std::nullopt;
  for (const Which which : kBoth) type.of(which) = table(which).without_optional(type.of(which));
  const types::Kind kind = table(Which::after).kind(type.after);
  if (table(Which::before).kind(type.before) != kind) return std::nullopt;
  Node node;
  node.type = type;
  if (kind == types::Kind::record) {
    const std::uint32_t record =
        match_records({table(Which::before).get(type.before).id, table(Which::after).get(type.after).id}, use);
    nodes_[record].type = type;
    return record;
  }
  if (kind == types::Kind::list) {
    node.kind = Node::Kind::list;
    const auto element =
        match({table(Which::before).element(type.before), table(Which::after).element(type.after)}, use);
    if (!element) return std::nullopt;
    node.element = *element;
  } else if (meaning(table(Which::before), type.before) != meaning(table(Which::after), type.after)) {
    return std::nullopt;
  }
  nodes_.push_back(std::move(node));
  return static_cast<std::uint32_t>(nodes_.size() - 1);
}

// The fields that both use.
std::uint32_t EvidenceMatch::match_records(PairOf<types::RecordId> record, PairOf<const typed::Use*> use) {
  const types::Record& before = table(Which::before).record_at(record.before);
  const types::Record& after = table(Which::after).record_at(record.after);
  Node node;
  node.kind = Node::Kind::record;
  for (const auto& [index, used] : use.after->fields) {
    const types::Field& field = after.fields[index];
    const auto in_before = before.find(field.name);
    const auto used_before = in_before ? use.before->fields.find(*in_before) : use.before->fields.end();
    if (used_before == use.before->fields.end()) continue;
    const auto inner = match({before.fields[*in_before].type, field.type}, {&used_before->second, &used});
    if (!inner) continue;
    node.fields.push_back(
        {field.name, {*in_before, index}, *inner, field.is_private || before.fields[*in_before].is_private});
    const std::string owner = after.kind == types::RecordKind::subject ? "" : after.name + ".";
    add_fresh_place({record, PairOf<types::FieldIndex>{*in_before, index}, std::nullopt, owner + field.name});
  }
  if (before.kind == types::RecordKind::evidence && after.kind == types::RecordKind::evidence)
    add_fresh_place({record, std::nullopt, std::nullopt, after.name});
  nodes_.push_back(std::move(node));
  return static_cast<std::uint32_t>(nodes_.size() - 1);
}

// A type may be used in several places.
void EvidenceMatch::add_fresh_place(FreshPlace place) {
  const auto same = [&](const FreshPlace& known) {
    if (place.shared || known.shared) return place.shared && known.shared && place.shared->after == known.shared->after;
    if (place.field.has_value() != known.field.has_value() || place.record.after != known.record.after) return false;
    return !place.field || place.field->after == known.field->after;
  };
  if (std::none_of(fresh_places_.begin(), fresh_places_.end(), same)) fresh_places_.push_back(std::move(place));
}

struct EvidenceMatch::Found {
  DatumDifference here;  // where the walk is
  std::vector<DatumDifference> all;

  void note(std::uint32_t node) {
    all.push_back(here);
    all.back().node = node;
  }
};

std::vector<DatumDifference> EvidenceMatch::differences(const Subjects& subjects) const {
  Found found;
  compare(subject_, *subjects.before, *subjects.after, found);
  return std::move(found.all);
}

std::vector<DatumDifference> EvidenceMatch::differences(const SharedEvidence& shared) const {
  Found found;
  for (std::uint32_t i = 0; i < shared_.size(); ++i) {
    found.here = {};
    found.here.shared = i;
    found.here.path = shared_[i].name;
    compare(shared_[i].node, (*shared.before)[shared_[i].index.before], (*shared.after)[shared_[i].index.after], found);
  }
  return std::move(found.all);
}

// Why something is unknown decides nothing.
void EvidenceMatch::compare(std::uint32_t index, const Datum& before, const Datum& after, Found& found) const {
  if (before.state != after.state) return found.note(index);
  if (before.state != State::known) return;
  const Node& node = nodes_[index];
  switch (node.kind) {
    case Node::Kind::scalar:
      if (!types::equal(before.scalar, after.scalar)) found.note(index);
      return;
    case Node::Kind::list: return compare_lists(node, before, after, index, found);
    case Node::Kind::record: break;
  }
  for (const Field& field : node.fields) {
    const DatumDifference outer = found.here;
    found.here.path += (outer.path.empty() ? "" : ".") + field.name;
    found.here.is_private = outer.is_private || field.is_private;
    for (const Which which : kBoth) found.here.places.of(which).push_back(field.index.of(which));
    compare(field.node, before.items[field.index.before], after.items[field.index.after], found);
    found.here = outer;
  }
}

// Element by element where one alone differs, else the list as a whole.
void EvidenceMatch::compare_lists(const Node& of, const Datum& before, const Datum& after, std::uint32_t node,
                                  Found& found) const {
  if (before.items.size() != after.items.size()) return found.note(node);
  Found inside{found.here, {}};
  std::size_t differing = 0;
  for (std::uint32_t i = 0; i < after.items.size() && differing < 2; ++i) {
    const std::size_t known = inside.all.size();
    inside.here = found.here;
    inside.here.path += "[" + std::to_string(i) + "]";
    for (const Which which : kBoth) inside.here.places.of(which).push_back(i);
    compare(of.element, before.items[i], after.items[i], inside);
    if (inside.all.size() > known) ++differing;
  }
  if (differing > 1) return found.note(node);
  found.all.insert(found.all.end(), inside.all.begin(), inside.all.end());
}

// Fields that correspond to none are unknown there: no policy that judges them reads them from here.
Datum EvidenceMatch::translated(std::uint32_t index, const Datum& from, Which to) const {
  const Node& node = nodes_[index];
  const bool one_layout = one_program_ && node.type.before == node.type.after;
  if (one_layout || from.state != State::known || node.kind == Node::Kind::scalar) return from;
  Datum made = Datum::known({}, from.origin);
  if (node.kind == Node::Kind::list) {
    for (const Datum& item : from.items) made.items.push_back(translated(node.element, item, to));
    return made;
  }
  made.items.resize(table(to).record_of(node.type.of(to)).fields.size());
  for (const Field& field : node.fields) {
    made.items[field.index.of(to)] = translated(field.node, from.items[field.index.of(other(to))], to);
  }
  return made;
}

}  // namespace muster::compare

// SPDX-License-Identifier: Apache-2.0
// Which name stands for which, noted where names are found. Text that several policies inherit is typed for each of
// them, so a use may be noted many times, and it is settled at the end which are the same.
#include <algorithm>
#include <tuple>

#include "compiler/check/checker.h"

namespace muster::check {

void Checker::note_use(Span at, Span declared) {
  if (at.begin < at.end && declared.begin < declared.end && !(at == declared)) uses_.push_back({at, declared});
}

void Checker::note_use(Span at, const Value& value) {
  switch (value.kind) {
    case Value::Kind::field: {
      if (!subject_) return;
      const types::Field& field = program_.types.record_at(*subject_).fields[value.index];
      if (!field.built_in) note_use(at, field.span);
      return;
    }
    case Value::Kind::shared: return note_use(at, program_.shared[value.index].span);
    case Value::Kind::param: return note_use(at, program_.params[value.index].span);
    case Value::Kind::define: return note_use(at, program_.defines[value.index].span);
    case Value::Kind::let:
    case Value::Kind::policy_let:
    case Value::Kind::score:
    case Value::Kind::gate:
    case Value::Kind::variable:
    case Value::Kind::dropped: return note_use(at, value.span);
    case Value::Kind::ambiguous: return;
  }
}

void Checker::note_use(Span at, const NamedType& type) {
  switch (type.kind) {
    case NamedType::Kind::enumeration: return note_use(at, program_.types.enum_at(type.id).span);
    case NamedType::Kind::record: return note_use(at, program_.types.record_at(type.id).span);
  }
}

std::vector<NameUse> Checker::settled_uses() {
  const auto place = [](const Span& span) { return std::tie(span.file, span.begin, span.end); };
  const auto by_place = [&](const NameUse& left, const NameUse& right) {
    return std::tuple(place(left.at), place(left.declared)) < std::tuple(place(right.at), place(right.declared));
  };
  std::sort(uses_.begin(), uses_.end(), by_place);
  const auto same = [](const NameUse& left, const NameUse& right) {
    return left.at == right.at && left.declared == right.declared;
  };
  uses_.erase(std::unique(uses_.begin(), uses_.end(), same), uses_.end());
  // The name in an import's brackets is itself a use of what the other module declares. Each import leads to a module
  // before its own, so this ends.
  for (NameUse& use : uses_) {
    for (std::size_t steps = 0; steps <= modules_.size(); ++steps) {
      const auto next = std::lower_bound(uses_.begin(), uses_.end(), use.declared,
                                         [&](const NameUse& each, Span span) { return place(each.at) < place(span); });
      if (next == uses_.end() || !(next->at == use.declared)) break;
      use.declared = next->declared;
    }
  }
  std::sort(uses_.begin(), uses_.end(), by_place);
  uses_.erase(std::unique(uses_.begin(), uses_.end(), same), uses_.end());
  return std::move(uses_);
}

}  // namespace muster::check

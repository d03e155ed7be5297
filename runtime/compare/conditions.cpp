// SPDX-License-Identifier: Apache-2.0
#include "runtime/compare/conditions.h"

#include <algorithm>

#include "runtime/reference/expression_facts.h"
#include "runtime/reference/waived.h"

namespace muster::compare {

using reference::Evaluator;

namespace {

// Conditions of criteria ask nothing of the policy.
class Nothing final : public reference::PolicyValues {
 public:
  const typed::Selection& selection(std::uint32_t) const override { return selection_; }
  const verdicts::PossibleSet& possible(std::uint32_t) const override { return possible_; }
  const reference::Causes& causes(std::uint32_t) const override { return causes_; }
  reference::Value gate(std::uint32_t) override { return reference::Value::unknown({}); }
  verdicts::ScoreResult score(std::uint32_t) override { return {}; }

 private:
  typed::Selection selection_;
  verdicts::PossibleSet possible_;
  reference::Causes causes_;
};

}  // namespace

struct Conditions::OneSide {
  OneSide(const Side& side, const evidence::Run& run)
      : subject(side.chosen().subject),
        key(*side.program->types.record_at(subject).key()),
        waivers(*side.waivers),
        facts(reference::facts_of(*side.program, side.chosen())),
        evaluator(*side.program, run, facts) {}

  types::RecordId subject;
  types::FieldIndex key;
  const waivers::Book& waivers;
  reference::ExpressionFacts facts;
  Evaluator evaluator;
  Nothing values;
  std::uint64_t generation = 0;  // of the evidence
  std::vector<Group> criteria, sections;
  std::vector<Known<Truth>> waived;  // by criterion
};

Conditions::Conditions(const Sides& sides, MixedEvidence& evidence) : evidence_(evidence) {
  for (const Which which : kBoth) {
    const Side& side = sides.of(which);
    const typed::Policy& policy = side.chosen();
    auto made = std::make_shared<OneSide>(side, evidence.run(which));
    const auto group = [&](std::vector<typed::ExprId> whens, std::vector<typed::ExprId> requires_) {
      std::vector<typed::ExprId> all = whens;
      all.insert(all.end(), requires_.begin(), requires_.end());
      Group made_group;
      made_group.reads = reads_of(*side.program, policy.subject, all);
      made_group.whens = std::move(whens);
      made_group.requires_ = std::move(requires_);
      return made_group;
    };
    for (const typed::Section& section : policy.sections)
      made->sections.push_back(group(expressions_of(section.whens), {}));
    for (const typed::Criterion& criterion : policy.criteria) {
      std::vector<typed::ExprId> whens = expressions_of(criterion.whens);
      if (criterion.section) {
        const auto of_section = static_cast<std::ptrdiff_t>(policy.sections[*criterion.section].whens.size());
        whens.erase(whens.begin(), whens.begin() + of_section);
      }
      made->criteria.push_back(group(std::move(whens), expressions_of(criterion.requires_)));
    }
    for (std::uint32_t i = 0; i < policy.criteria.size(); ++i) {
      std::vector<typed::ExprId> conditions;
      for (const std::uint32_t waiver : side.waivers->with_conditions(i))
        conditions.push_back(side.waivers->all()[waiver].where);
      Reads reads = reads_of(*side.program, policy.subject, conditions);
      reads.fields[made->key] = true;
      made->waived.push_back({std::move(reads), {}});
    }
    sides_.of(which) = std::move(made);
  }
}

void Conditions::begin() {
  for (const Which which : kBoth) {
    for (Group& group : sides_.of(which)->criteria) group.found.clear();
    for (Group& group : sides_.of(which)->sections) group.found.clear();
    for (auto& waived : sides_.of(which)->waived) waived.found.clear();
  }
}

Asked Conditions::criterion(Which which, std::uint32_t index, const Undone& undone) {
  return asked(which, sides_.of(which)->criteria[index], undone);
}

Asked Conditions::section(Which which, std::uint32_t index, const Undone& undone) {
  return asked(which, sides_.of(which)->sections[index], undone);
}

Truth Conditions::waived(Which which, std::uint32_t index, const Undone& undone) {
  return find(which, sides_.of(which)->waived[index], undone, [&](OneSide& side) {
    const evidence::Datum& key = evidence_.subject(which).record->items[side.key];
    return reference::find_waivers(side.evaluator, side.waivers, index, key, reference::ByTest::no).truth;
  });
}

Asked Conditions::asked(Which which, Group& group, const Undone& undone) {
  return find(which, group, undone, [&](OneSide& side) {
    Asked asked;
    for (const typed::ExprId id : group.whens)
      asked.applies = both(asked.applies, side.evaluator.needed_value(id).truth());
    for (const typed::ExprId id : group.requires_)
      asked.holds = both(asked.holds, side.evaluator.needed_value(id).truth());
    return asked;
  });
}

template <class Found, class Find>
Found Conditions::find(Which which, Known<Found>& known, const Undone& undone, Find find) {
  std::vector<bool> key = evidence_.bearing(which, known.reads, undone);
  const auto before =
      std::find_if(known.found.begin(), known.found.end(), [&](const auto& each) { return each.first == key; });
  if (before != known.found.end()) return before->second;
  OneSide& side = *sides_.of(which);
  evidence_.load(which, undone);
  if (side.generation != evidence_.generation(which)) {
    side.evaluator.begin(evidence_.subject(which), side.subject, side.values, nullptr);
    side.generation = evidence_.generation(which);
  }
  const Found found = find(side);
  known.found.emplace_back(std::move(key), found);
  return found;
}

Truth both(Truth a, Truth b) {
  if (a == Truth::no || b == Truth::no) return Truth::no;
  return a == Truth::unknown || b == Truth::unknown ? Truth::unknown : Truth::yes;
}

}  // namespace muster::compare

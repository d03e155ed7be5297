// SPDX-License-Identifier: Apache-2.0
#include "runtime/compare/shapes.h"

#include <algorithm>
#include <utility>

namespace muster::compare {

namespace {

constexpr std::size_t kKept = 256;

std::vector<std::uint32_t> those_there(std::vector<std::uint32_t> chosen, const std::vector<bool>& is_there) {
  chosen.erase(std::remove_if(chosen.begin(), chosen.end(), [&](std::uint32_t each) { return !is_there[each]; }),
               chosen.end());
  return chosen;
}

}  // namespace

Shapes::Shapes(const Sides& sides, const Differences& differences) : sides_(sides), differences_(differences) {
  for (std::uint32_t i = 0; i < differences.sections.size(); ++i)
    section_by_name_.emplace(differences.sections[i].name, i);
  for (const Which which : kBoth) {
    const typed::Policy& policy = sides.of(which).chosen();
    typed::Policy& bare = bare_.of(which);
    bare.gates = policy.gates;
    bare.scores = policy.scores;
    bare.selections = policy.selections;
    bare.subject = policy.subject;
    bare.sections.resize(policy.sections.size());
    sections_.of(which).resize(differences.sections.size());
    for (std::uint32_t i = 0; i < differences.sections.size(); ++i) {
      std::uint32_t& place = sections_.of(which)[i];
      place = differences.sections[i].index.of(which);
      if (place == kNone) {
        place = static_cast<std::uint32_t>(bare.sections.size());
        bare.sections.emplace_back();
      }
      bare.sections[place].name = differences.sections[i].name;
    }
    auto& compared = compared_.of(which);
    bare.criteria.resize(policy.criteria.size());
    compared.resize(policy.criteria.size());
    for (std::uint32_t i = 0; i < differences.criteria.size(); ++i) {
      std::uint32_t place = differences.criteria[i].index.of(which);
      if (place == kNone) {
        place = static_cast<std::uint32_t>(bare.criteria.size());
        bare.criteria.emplace_back();
        compared.emplace_back();
      }
      bare.criteria[place].name = differences.criteria[i].name;
      compared[place] = i;
    }
  }
  for (const ComparedCriterion& each : differences.criteria) {
    for (const std::uint32_t difference :
         {each.presence, each.level, each.section, each.tags, each.weight, each.effective}) {
      if (difference != kNone) deciding_.push_back(difference);
    }
  }
}

const Shape& Shapes::of(const Undone& undone) {
  std::vector<bool> key;
  for (const std::uint32_t difference : deciding_) key.push_back(undone[difference]);
  const auto found = known_.find(key);
  if (found != known_.end()) return found->second;
  if (known_.size() >= kKept) known_.clear();
  return known_.emplace(std::move(key), made(undone)).first->second;
}

// The criterion of the side that an attribute is taken from.
const typed::Criterion& Shapes::attribute(const ComparedCriterion& compared, std::uint32_t difference,
                                          const Undone& undone, Which& from) const {
  const bool of_before = compared.index.after == kNone || (difference != kNone && undone[difference]);
  from = of_before ? Which::before : Which::after;
  return sides_.of(from).chosen().criteria[compared.index.of(from)];
}

Shape Shapes::made(const Undone& undone) const {
  Shape shape;
  shape.policies = bare_;
  shape.criteria.resize(differences_.criteria.size());
  for (const Which which : kBoth) {
    typed::Policy& policy = shape.policies.of(which);
    std::vector<bool> is_there(policy.criteria.size());
    for (std::uint32_t i = 0; i < policy.criteria.size(); ++i) {
      const ComparedCriterion& compared = differences_.criteria[compared_.of(which)[i]];
      Shape::Criterion& made = shape.criteria[compared_.of(which)[i]];
      typed::Criterion& bare = policy.criteria[i];
      Which from = Which::after;
      bare.level = attribute(compared, compared.level, undone, from).level;
      bare.tags = attribute(compared, compared.tags, undone, from).tags;
      bare.weight = attribute(compared, compared.weight, undone, from).weight;
      made.effective = attribute(compared, compared.effective, undone, from).effective;
      const auto section = attribute(compared, compared.section, undone, from).section;
      if (section) {
        made.section = section_by_name_.at(sides_.of(from).chosen().sections[*section].name);
        bare.section = sections_.of(which)[made.section];
      }
      // What was added is there unless that is undone, what was dropped only where that is.
      if (compared.presence != kNone) made.is_there = undone[compared.presence] == (compared.index.after == kNone);
      is_there[i] = made.is_there;
    }
    for (typed::Selection& selection : policy.selections)
      selection.criteria = those_there(typed::chosen(policy, selection), is_there);
    for (typed::Score& score : policy.scores) {
      score.of.criteria = those_there(typed::chosen(policy, score.of), is_there);
      score.weights.clear();
      for (const std::uint32_t criterion : score.of.criteria)
        score.weights.push_back(typed::weight_of(score, policy.criteria[criterion]));
    }
  }
  return shape;
}

}  // namespace muster::compare

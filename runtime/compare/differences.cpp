// SPDX-License-Identifier: Apache-2.0
#include "runtime/compare/differences.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "effective/source/policy_text.h"
#include "runtime/compare/identity.h"
#include "runtime/compare/reads.h"
#include "runtime/compare/wording.h"

namespace muster::compare {

using typed::Criterion;
using typed::Gate;
using typed::Origin;
using typed::Policy;
using typed::Score;
using typed::Section;

namespace {

std::vector<typed::Condition> own_whens(const Policy& policy, const Criterion& criterion) {
  const std::size_t of_section = criterion.section ? policy.sections[*criterion.section].whens.size() : 0;
  return {criterion.whens.begin() + static_cast<std::ptrdiff_t>(of_section), criterion.whens.end()};
}

std::string section_name(const Policy& policy, const Criterion& criterion) {
  return criterion.section ? policy.sections[*criterion.section].name : "";
}

Difference difference_of(Of of, What what, std::string name, std::string before, std::string after) {
  Difference difference;
  difference.of = of;
  difference.what = what;
  difference.name = std::move(name);
  difference.before = std::move(before);
  difference.after = std::move(after);
  return difference;
}

std::string only_in(const std::vector<std::string>& one, const std::vector<std::string>& other) {
  std::string text;
  for (const std::string& each : one) {
    if (std::find(other.begin(), other.end(), each) == other.end()) text += (text.empty() ? "" : ", ") + each;
  }
  return text;
}

// `a, b, c and 12 more`
std::string shortened(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 3;
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < kShown; ++i) text += (i == 0 ? "" : ", ") + names[i];
  return names.size() > kShown ? text + " and " + std::to_string(names.size() - kShown) + " more" : text;
}

class Finder {
 public:
  Finder(const Sides& sides, const Correspondence& correspondence, const EvidenceMatch& evidence)
      : sides_(sides),
        correspondence_(correspondence),
        evidence_(evidence),
        identities_(sides, correspondence),
        other_date_(sides.before.run->now != sides.after.run->now) {}

  Differences find() {
    find_freshness();
    find_params();
    find_sections();
    find_criteria();
    find_scores();
    find_gates();
    return std::move(found_);
  }

 private:
  struct Waived {
    std::set<std::string> keys;
    std::map<std::uint32_t, typed::ExprId> conditions;  // by what they say

    bool empty() const { return keys.empty() && conditions.empty(); }
    friend bool operator==(const Waived& a, const Waived& b) {
      return a.keys == b.keys &&
             std::equal(a.conditions.begin(), a.conditions.end(), b.conditions.begin(), b.conditions.end(),
                        [](const auto& one, const auto& other) { return one.first == other.first; });
    }
  };

  void find_freshness();
  void find_params();
  void find_sections();
  void find_criteria();
  void find_attributes(ComparedCriterion& compared);
  void find_waivers(ComparedCriterion& compared);
  void find_scores();
  void find_gates();

  const Policy& policy(Which which) const { return sides_.of(which).chosen(); }
  const Criterion& criterion(Which which, const ComparedCriterion& compared) const {
    return policy(which).criteria[compared.index.of(which)];
  }
  std::uint32_t add(Difference difference) {
    found_.all.push_back(std::move(difference));
    return static_cast<std::uint32_t>(found_.all.size() - 1);
  }
  // Names of both sides: those of after in their order, then those of before alone.
  template <class Entry, class Parts>
  std::vector<Entry> pairs(const Parts& before, const Parts& after) const;
  void put_asked(Difference& difference, const PairOf<std::vector<typed::ExprId>>& expressions);
  void put_place(Difference& difference, const std::vector<Origin>& origins, base::Span declared,
                 const std::vector<Origin::Kind>& kinds, std::string_view word = {}) const;
  bool depends_on_date(const std::vector<typed::ExprId>& expressions) const {
    const Side& side = sides_.after;
    return reads_of(*side.program, side.chosen().subject, expressions).depends_on_date();
  }
  Waived waived(Which which, std::uint32_t criterion);
  std::vector<std::string> clauses(Which which, const Score& score) const;

  const Sides& sides_;
  const Correspondence& correspondence_;
  const EvidenceMatch& evidence_;
  Identities identities_;
  bool other_date_;
  Differences found_;
};

template <class Entry, class Parts>
std::vector<Entry> Finder::pairs(const Parts& before, const Parts& after) const {
  std::vector<Entry> entries(after.size());
  std::map<std::string_view, std::size_t> by_name;
  for (std::uint32_t i = 0; i < after.size(); ++i) {
    entries[i].name = after[i].name;
    entries[i].index.after = i;
    by_name.emplace(after[i].name, i);
  }
  for (std::uint32_t i = 0; i < before.size(); ++i) {
    const auto [found, is_new] = by_name.emplace(before[i].name, entries.size());
    if (is_new) {
      entries.emplace_back();
      entries.back().name = before[i].name;
    }
    entries[found->second].index.before = i;
  }
  return entries;
}

// The last step of the chain that may have made it so, else where it is declared. A command line has no place.
void Finder::put_place(Difference& difference, const std::vector<Origin>& origins, base::Span declared,
                       const std::vector<Origin::Kind>& kinds, std::string_view word) const {
  difference.place = declared;
  for (auto origin = origins.rbegin(); origin != origins.rend(); ++origin) {
    if (std::find(kinds.begin(), kinds.end(), origin->kind) == kinds.end()) continue;
    if (origin->kind == Origin::Kind::amend && origin->what.find(word) == std::string::npos) continue;
    difference.because = origin->because;
    if (origin->policy == typed::kCommandLine) {
      difference.place = std::nullopt;
    } else {
      difference.place = origin->span;
    }
    return;
  }
}

// What only one side asks, and by way of what.
void Finder::put_asked(Difference& difference, const PairOf<std::vector<typed::ExprId>>& expressions) {
  PairOf<std::set<std::uint32_t>> said;
  for (const Which which : kBoth) {
    for (const typed::ExprId id : expressions.of(which)) said.of(which).insert(identities_.of(which, id));
  }
  for (const Which which : kBoth) {
    for (const typed::ExprId id : expressions.of(which)) {
      if (said.of(other(which)).count(identities_.of(which, id)) == 0) difference.asked.of(which).push_back(id);
    }
  }
  difference.by_way_of = identities_.by_way_of(difference.asked);
}

void Finder::find_freshness() {
  const auto& places = evidence_.fresh_places();
  for (std::uint32_t i = 0; i < places.size(); ++i) {
    const types::Freshness& before = freshness_at(sides_.before, Which::before, places[i]);
    const types::Freshness& after = freshness_at(sides_.after, Which::after, places[i]);
    const bool same_param = before.kind == types::Freshness::Kind::param &&
                            after.kind == types::Freshness::Kind::param &&
                            correspondence_.params.after[after.param] == before.param;
    const bool same_constant = before.kind == after.kind && before.kind != types::Freshness::Kind::param &&
                               before.duration == after.duration && before.period == after.period;
    if (same_param || same_constant) continue;
    Difference difference =
        difference_of(Of::field, What::fresh, places[i].name, text_of(*sides_.before.program, before),
                      text_of(*sides_.after.program, after));
    difference.place = after.kind == types::Freshness::Kind::none ? before.span : after.span;
    difference.place_is_of = after.kind == types::Freshness::Kind::none ? Which::before : Which::after;
    found_.freshness.push_back({i, add(std::move(difference))});
  }
}

// Those that one of them reads. A command line sets none that its policy doesn't read.
void Finder::find_params() {
  const auto reading = [&](Which which, std::uint32_t param) -> const typed::PolicyParam* {
    const auto& params = policy(which).params;
    const auto found =
        std::find_if(params.begin(), params.end(), [&](const auto& each) { return each.param == param; });
    return found == params.end() ? nullptr : &*found;
  };
  for (std::uint32_t after = 0; after < sides_.after.program->params.size(); ++after) {
    const auto matched = correspondence_.params.after[after];
    if (!matched) continue;
    const PairOf<std::uint32_t> index{*matched, after};
    PairOf<const typed::PolicyParam*> read{reading(Which::before, index.before), reading(Which::after, after)};
    const auto value = [&](Which which) -> const types::Scalar& {
      return sides_.of(which).run->params[index.of(which)];
    };
    const auto is_set_alone = [&](Which which) {
      return read.of(other(which)) == nullptr && !types::equal(value(which), read.of(which)->value);
    };
    if (read.before == nullptr && read.after == nullptr) continue;
    if (is_set_alone(read.after != nullptr ? Which::after : Which::before)) continue;
    if (types::equal(value(Which::before), value(Which::after))) continue;
    const auto text = [&](Which which) {
      const typed::Program& program = *sides_.of(which).program;
      return types::to_text(program.types, program.params[index.of(which)].type, value(which));
    };
    const typed::Param& param = sides_.after.program->params[after];
    Difference difference = difference_of(Of::param, What::value, param.name, text(Which::before), text(Which::after));
    put_place(difference, read.after != nullptr ? read.after->origins : std::vector<Origin>{}, param.span,
              {Origin::Kind::set});
    found_.params.push_back({index, add(std::move(difference))});
  }
}

void Finder::find_sections() {
  found_.sections = pairs<ComparedSection>(policy(Which::before).sections, policy(Which::after).sections);
  for (ComparedSection& compared : found_.sections) {
    if (!compared.on_both()) continue;
    const Section& before = policy(Which::before).sections[compared.index.before];
    const Section& after = policy(Which::after).sections[compared.index.after];
    if (identities_.of(Which::before, before.whens) == identities_.of(Which::after, after.whens)) continue;
    Difference difference = difference_of(Of::section, What::conditions, after.name, "", "");
    put_asked(difference, {expressions_of(before.whens), expressions_of(after.whens)});
    difference.place = after.span;
    compared.conditions = add(std::move(difference));
  }
}

void Finder::find_criteria() {
  found_.criteria = pairs<ComparedCriterion>(policy(Which::before).criteria, policy(Which::after).criteria);
  for (ComparedCriterion& compared : found_.criteria) {
    if (compared.on_both()) {
      find_attributes(compared);
      continue;
    }
    const Which which = compared.index.after == kNone ? Which::before : Which::after;
    const Criterion& only = criterion(which, compared);
    Difference difference =
        difference_of(Of::criterion, which == Which::after ? What::added : What::dropped, only.name, "", "");
    (which == Which::after ? difference.after : difference.before) = name(only.level);
    difference.place = only.span;
    difference.place_is_of = which;
    const auto& dropped = policy(Which::after).dropped;
    const auto said = std::find_if(dropped.begin(), dropped.end(), [&](const typed::Dropped& each) {
      return each.kind == typed::Dropped::Kind::criterion && each.name == only.name;
    });
    if (which == Which::before && said != dropped.end()) {
      difference.place_is_of = Which::after;
      put_place(difference, said->origins, only.span, {Origin::Kind::drop});
    }
    compared.presence = add(std::move(difference));
  }
}

void Finder::find_attributes(ComparedCriterion& compared) {
  const Criterion& before = criterion(Which::before, compared);
  const Criterion& after = criterion(Which::after, compared);
  const auto differs = [&](What what, std::string old_text, std::string new_text,
                           const std::vector<Origin::Kind>& kinds) {
    Difference difference = difference_of(Of::criterion, what, after.name, std::move(old_text), std::move(new_text));
    put_place(difference, after.origins, after.span, kinds, name(what));
    return difference;
  };
  const auto whens = own_whens(policy(Which::after), after);
  const auto whens_before = own_whens(policy(Which::before), before);
  if (identities_.of(Which::before, whens_before) != identities_.of(Which::after, whens) ||
      identities_.of(Which::before, before.requires_) != identities_.of(Which::after, after.requires_)) {
    Difference difference = differs(What::conditions, "", "", {Origin::Kind::tighten, Origin::Kind::replace});
    PairOf<std::vector<typed::ExprId>> expressions{expressions_of(whens_before), expressions_of(whens)};
    for (const auto& each : before.requires_) expressions.before.push_back(each.condition);
    for (const auto& each : after.requires_) expressions.after.push_back(each.condition);
    put_asked(difference, expressions);
    compared.conditions = add(std::move(difference));
  }
  if (before.level != after.level) {
    compared.level =
        add(differs(What::level, name(before.level), name(after.level), {Origin::Kind::promote, Origin::Kind::demote}));
  }
  const std::string old_section = section_name(policy(Which::before), before);
  const std::string new_section = section_name(policy(Which::after), after);
  if (old_section != new_section) compared.section = add(differs(What::section, old_section, new_section, {}));
  if (text_of(before.tags) != text_of(after.tags)) {
    compared.tags = add(differs(What::tags, text_of(before.tags), text_of(after.tags), {Origin::Kind::amend}));
  }
  if (text_of(before.weight) != text_of(after.weight)) {
    compared.weight = add(differs(What::weight, text_of(before.weight), text_of(after.weight),
                                  {Origin::Kind::amend, Origin::Kind::replace}));
  }
  if (before.effective != after.effective) {
    compared.effective = add(differs(What::effective, text_of(before.effective), text_of(after.effective),
                                     {Origin::Kind::amend, Origin::Kind::replace}));
  }
  if (!other_date_) return find_waivers(compared);
  std::vector<typed::ExprId> read = expressions_of(after.whens);
  for (const auto& each : after.requires_) read.push_back(each.condition);
  const waivers::Book& book = *sides_.after.waivers;
  for (const std::uint32_t waiver : book.with_conditions(compared.index.after))
    read.push_back(book.all()[waiver].where);
  const auto upcoming = [&](Which which) { return after.effective && sides_.of(which).run->today < *after.effective; };
  if (upcoming(Which::before) != upcoming(Which::after) || depends_on_date(read) ||
      !(waived(Which::before, compared.index.before) == waived(Which::after, compared.index.after)))
    compared.as_of =
        add(difference_of(Of::criterion, What::as_of, after.name, sides_.before.run->as_of, sides_.after.run->as_of));
}

// Whom the waivers in force name, and what their conditions say.
Finder::Waived Finder::waived(Which which, std::uint32_t criterion) {
  const Side& side = sides_.of(which);
  const types::Record& subject = side.program->types.record_at(side.chosen().subject);
  Waived waived;
  for (const auto& [key, waivers] : side.waivers->by_key(criterion))
    waived.keys.insert(types::to_text(side.program->types, subject.fields[*subject.key()].type, key));
  for (const std::uint32_t waiver : side.waivers->with_conditions(criterion)) {
    const typed::ExprId where = side.waivers->all()[waiver].where;
    waived.conditions.emplace(identities_.of(which, where), where);
  }
  return waived;
}

// Declared ones have a place: the first that the other side doesn't have.
void Finder::find_waivers(ComparedCriterion& compared) {
  const PairOf<Waived> all{waived(Which::before, compared.index.before), waived(Which::after, compared.index.after)};
  Difference difference = difference_of(Of::criterion, What::waivers, compared.name, "", "");
  PairOf<Waived> alone;  // what only one side has
  for (const Which which : kBoth) {
    std::vector<std::string> keys;
    for (const std::string& key : all.of(which).keys) {
      if (all.of(other(which)).keys.count(key) > 0) continue;
      alone.of(which).keys.insert(key);
      keys.push_back(key);
    }
    for (const auto& [identity, where] : all.of(which).conditions) {
      if (all.of(other(which)).conditions.count(identity) > 0) continue;
      alone.of(which).conditions.emplace(identity, where);
      difference.asked.of(which).push_back(where);
    }
    if (!keys.empty()) (which == Which::before ? difference.before : difference.after) = "for " + shortened(keys);
  }
  if (alone.before.empty() && alone.after.empty()) return;
  for (const Which which : kBoth) {
    for (const std::uint32_t index : criterion(which, compared).waivers) {
      const typed::Waiver& waiver = sides_.of(which).program->waivers[index];
      const bool is_alone = waiver.where != typed::kNoExpr
                                ? alone.of(which).conditions.count(identities_.of(which, waiver.where)) > 0
                                : std::any_of(waiver.subjects.begin(), waiver.subjects.end(),
                                              [&](const auto& key) { return alone.of(which).keys.count(key) > 0; });
      if (!is_alone) continue;
      difference.place = waiver.span;
      difference.place_is_of = which;
      difference.because = waiver.because;
      break;
    }
  }
  compared.waivers = add(std::move(difference));
}

// What it says, but `unknown`: that is what is shown, and decides nothing.
std::vector<std::string> Finder::clauses(Which which, const Score& score) const {
  if (score.expression != typed::kNoExpr) return {};
  std::vector<std::string> clauses = source::score_clauses(policy(which), score);
  clauses.erase(std::remove_if(clauses.begin(), clauses.end(),
                               [](const std::string& clause) { return clause.starts_with("unknown "); }),
                clauses.end());
  return clauses;
}

void Finder::find_scores() {
  found_.scores = pairs<ComparedScore>(policy(Which::before).scores, policy(Which::after).scores);
  for (ComparedScore& compared : found_.scores) {
    if (!compared.on_both()) continue;
    const Score& before = policy(Which::before).scores[compared.index.before];
    const Score& after = policy(Which::after).scores[compared.index.after];
    const auto said = [&](Which which, const Score& score) {
      const bool is_expression = score.expression != typed::kNoExpr;
      return std::pair(is_expression ? identities_.of(which, score.expression) : kNone, clauses(which, score));
    };
    const auto old_said = said(Which::before, before), new_said = said(Which::after, after);
    if (old_said != new_said) {
      Difference difference =
          difference_of(Of::score, What::settings, after.name, only_in(old_said.second, new_said.second),
                        only_in(new_said.second, old_said.second));
      put_place(difference, after.origins, after.span, {Origin::Kind::replace});
      if (old_said.first != new_said.first) {
        if (before.expression != typed::kNoExpr) difference.asked.before = {before.expression};
        if (after.expression != typed::kNoExpr) difference.asked.after = {after.expression};
        difference.by_way_of = identities_.by_way_of(difference.asked);
      }
      compared.settings = add(std::move(difference));
    }
    if (other_date_ && depends_on_date({after.expression})) {
      compared.as_of =
          add(difference_of(Of::score, What::as_of, after.name, sides_.before.run->as_of, sides_.after.run->as_of));
    }
  }
}

void Finder::find_gates() {
  found_.gates = pairs<ComparedGate>(policy(Which::before).gates, policy(Which::after).gates);
  for (ComparedGate& compared : found_.gates) {
    if (!compared.on_both()) continue;
    const Gate& before = policy(Which::before).gates[compared.index.before];
    const Gate& after = policy(Which::after).gates[compared.index.after];
    if (identities_.of(Which::before, before.requires_) != identities_.of(Which::after, after.requires_)) {
      Difference difference = difference_of(Of::gate, What::conditions, after.name, "", "");
      put_place(difference, after.origins, after.span, {Origin::Kind::tighten, Origin::Kind::replace});
      put_asked(difference, {expressions_of(before.requires_), expressions_of(after.requires_)});
      compared.conditions = add(std::move(difference));
    }
    if (other_date_ && depends_on_date(expressions_of(after.requires_)))
      compared.as_of =
          add(difference_of(Of::gate, What::as_of, after.name, sides_.before.run->as_of, sides_.after.run->as_of));
  }
  const Gate& before = policy(Which::before).gates[sides_.before.gate];
  const Gate& after = policy(Which::after).gates[sides_.after.gate];
  if (before.name == after.name) return;
  Difference difference =
      difference_of(Of::policy, What::main_gate, policy(Which::after).name, before.name, after.name);
  difference.place = after.span;
  found_.main_gate = add(std::move(difference));
}

}  // namespace

Differences find_differences(const Sides& sides, const Correspondence& correspondence, const EvidenceMatch& evidence) {
  return Finder(sides, correspondence, evidence).find();
}

const types::Freshness& freshness_at(const Side& side, Which which, const FreshPlace& place) {
  if (place.shared) return side.program->shared[place.shared->of(which)].fresh;
  const types::Record& record = side.program->types.record_at(place.record.of(which));
  return place.field ? record.fields[place.field->of(which)].fresh : record.fresh;
}

}  // namespace muster::compare

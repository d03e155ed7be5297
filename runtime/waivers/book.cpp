// SPDX-License-Identifier: Apache-2.0
#include "runtime/waivers/book.h"

#include <algorithm>
#include <utility>

#include "compiler/types/literal.h"

namespace muster::waivers {

namespace {

constexpr int kSoon = 30;  // days

}  // namespace

Book::Book(const typed::Program& program, std::uint32_t policy, base::Date today)
    : program_(program),
      lineage_(typed::lineage(program, policy)),
      today_(today),
      of_(program.policies[policy].criteria.size()) {
  const auto& criteria = this->policy().criteria;
  std::map<std::uint32_t, std::uint32_t> criterion_of;
  for (std::uint32_t i = 0; i < criteria.size(); ++i) {
    for (const std::uint32_t waiver : criteria[i].waivers) criterion_of.emplace(waiver, i);
  }
  for (std::uint32_t i = 0; i < program.waivers.size(); ++i) {
    const typed::Waiver& declared = program.waivers[i];
    if (std::find(lineage_.begin(), lineage_.end(), declared.policy) == lineage_.end()) continue;
    const auto found = criterion_of.find(i);
    if (found == criterion_of.end() && is_locked(declared)) {
      ++refused_;
      continue;
    }
    OfCriterion* entries =
        add({Phase::in_force, declared.until, declared.by, declared.because, declared.where}, declared.from,
            found == criterion_of.end() ? std::nullopt : std::optional(found->second));
    if (entries == nullptr) continue;
    if (declared.where != typed::kNoExpr) entries->with_conditions.push_back(last());
    for (const std::string& subject : declared.subjects) {
      if (const auto value = types::read_shown(program.types, key().type, subject))
        entries->by_key[*value].push_back(last());
    }
  }
}

const std::vector<std::uint32_t>& Book::naming(std::uint32_t criterion, const types::Scalar& key) const {
  static const std::vector<std::uint32_t> none;
  const auto& by_key = of_[criterion].by_key;
  const auto found = by_key.find(key);
  return found == by_key.end() ? none : found->second;
}

const types::Field& Book::key() const {
  const types::Record& subject = program_.types.record_at(policy().subject);
  return subject.fields[*subject.key()];
}

// Of one that doesn't hold for the policy's criterion: whether it would but for a lock.
bool Book::is_locked(const typed::Waiver& declared) const {
  const auto named = [&](const typed::Policy& policy) {
    return std::find_if(policy.criteria.begin(), policy.criteria.end(),
                        [&](const typed::Criterion& each) { return each.name == declared.criterion; });
  };
  const auto here = named(policy());
  return here != policy().criteria.end() && typed::is_same(*here, *named(program_.policies[declared.policy]));
}

Book::OfCriterion* Book::add(Waiver waiver, const std::optional<base::Date>& from,
                             std::optional<std::uint32_t> criterion) {
  if (waiver.until < today_) waiver.phase = Phase::expired;
  if (from && today_ < *from) waiver.phase = Phase::upcoming;
  const bool counts = criterion && waiver.phase == Phase::in_force;
  all_.push_back(std::move(waiver));
  return counts ? &of_[*criterion] : nullptr;
}

Counts count(const Book& book, const std::vector<bool>& shown) {
  Counts counts;
  counts.unreadable = book.unreadable();
  counts.refused = book.refused();
  for (std::size_t i = 0; i < book.all().size(); ++i) {
    const Waiver& waiver = book.all()[i];
    switch (waiver.phase) {
      case Phase::upcoming: ++counts.upcoming; break;
      case Phase::expired: ++counts.expired; break;
      case Phase::in_force:
        ++(i < shown.size() && shown[i] ? counts.in_force : counts.unused);
        if (waiver.until.days - book.today().days <= kSoon) ++counts.expiring_30_days;
        break;
    }
  }
  return counts;
}

}  // namespace muster::waivers

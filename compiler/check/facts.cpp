// SPDX-License-Identifier: Apache-2.0
// "x is present": which optionals are surely there where an expression is true, and where it is false. Facts are
// about paths of fields from a root (`s` the subject, `h` shared, `v` a variable, `l` a let, `g` a score). Those
// that hold now stand in fact_origins_; marks into a log undo them.
#include <algorithm>
#include <iterator>

#include "compiler/check/checker.h"

namespace muster::check {

PathId Checker::path_root(char kind, std::uint32_t index) {
  const std::uint64_t parent = (std::uint64_t{1} << 40) + static_cast<unsigned char>(kind);
  return path_ids_.emplace(std::pair{parent, index}, static_cast<PathId>(path_ids_.size())).first->second;
}

PathId Checker::path_field(PathId parent, std::uint32_t field) {
  if (parent == kNoPath) return kNoPath;
  return path_ids_.emplace(std::pair{std::uint64_t{parent}, field}, static_cast<PathId>(path_ids_.size()))
      .first->second;
}

const Facts& Checker::facts(ExprId id) const {
  static const Facts nothing;
  auto found = facts_.find(id);
  return found == facts_.end() ? nothing : found->second;
}

void Checker::note_facts(ExprId id) {
  const typed::Expr& expr = program_.exprs[id];
  const auto operands = program_.operands_of(expr);
  auto both = [&](FactSet when_true, FactSet when_false) {
    if (when_true.empty() && when_false.empty()) return;
    facts_[id] = {std::move(when_true), std::move(when_false)};
  };
  switch (expr.op) {
    case Op::is_present: {
      // `a?.b is present` says that a is, too.
      FactSet present;
      for (ExprId at = operands[0];;) {
        if (paths_[at] != kNoPath) present.push_back(paths_[at]);
        const typed::Expr& part = program_.exprs[at];
        if (part.op != Op::optional_field && part.op != Op::field) break;
        at = program_.operand(part, 0);
      }
      std::sort(present.begin(), present.end());
      both(std::move(present), {});
      return;
    }
    case Op::not_: both(facts(operands[0]).when_false, facts(operands[0]).when_true); return;
    case Op::and_:
    case Op::or_: {
      const bool is_and = expr.op == Op::and_;
      FactSet any;
      FactSet every;
      for (std::size_t i = 0; i < operands.size(); ++i) {
        const Facts& part = facts(operands[i]);
        const FactSet& gathered = is_and ? part.when_true : part.when_false;
        const FactSet& shared = is_and ? part.when_false : part.when_true;
        any.insert(any.end(), gathered.begin(), gathered.end());
        every = i == 0 ? shared : intersect(every, shared);
      }
      std::sort(any.begin(), any.end());
      any.erase(std::unique(any.begin(), any.end()), any.end());
      is_and ? both(std::move(any), std::move(every)) : both(std::move(every), std::move(any));
      return;
    }
    case Op::implies: {
      const Facts& left = facts(operands[0]);
      const Facts& right = facts(operands[1]);
      both(intersect(left.when_false, right.when_true), unite(left.when_true, right.when_false));
      return;
    }
    case Op::if_: {
      const Facts& condition = facts(operands[0]);
      const Facts& yes = facts(operands[1]);
      const Facts& no = facts(operands[2]);
      both(intersect(unite(condition.when_true, yes.when_true), unite(condition.when_false, no.when_true)),
           intersect(unite(condition.when_true, yes.when_false), unite(condition.when_false, no.when_false)));
      return;
    }
    default:  // every other operation says nothing about what is present
      return;
  }
}

std::size_t Checker::assume_facts(const FactSet& facts, FactOrigin origin) {
  const std::size_t mark = fact_log_.size();
  for (PathId path : facts) {
    if (fact_origins_.size() <= path) fact_origins_.resize(path + 1, FactOrigin::none);
    FactOrigin& now = fact_origins_[path];
    if (now == FactOrigin::here || now == origin) continue;
    fact_log_.emplace_back(path, now);
    now = origin;
  }
  return mark;
}

void Checker::forget_facts(std::size_t mark) {
  while (fact_log_.size() > mark) {
    fact_origins_[fact_log_.back().first] = fact_log_.back().second;
    fact_log_.pop_back();
  }
}

ExprId Checker::narrow(ExprId id) {
  typed::Expr& expr = program_.exprs[id];
  if (!program_.types.is_optional(expr.type)) return id;
  const PathId path = paths_[id];
  const FactOrigin origin = path != kNoPath && path < fact_origins_.size() ? fact_origins_[path] : FactOrigin::none;
  if (origin == FactOrigin::none && !in_message_) return id;
  if (origin == FactOrigin::requirement && !in_message_) guarded_.push_back(id);
  expr.type = program_.types.without_optional(expr.type);
  narrowed_.insert(id);
  return id;
}

FactSet Checker::unite(const FactSet& left, const FactSet& right) {
  FactSet all;
  std::set_union(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(all));
  return all;
}

FactSet Checker::intersect(const FactSet& left, const FactSet& right) {
  FactSet common;
  std::set_intersection(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(common));
  return common;
}

}  // namespace muster::check

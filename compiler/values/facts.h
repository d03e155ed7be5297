// SPDX-License-Identifier: Apache-2.0
// What is taken for granted while an expression is looked at: what values may be, and how two stand to each other.
// Facts are taken back to a mark.
#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "compiler/values/numbering.h"
#include "compiler/values/possible.h"

namespace muster::values {

class Facts {
 public:
  using Pair = std::pair<Number, Number>;  // the smaller first

  const Possible* of(Number number) const {
    const auto found = values_.find(number);
    return found == values_.end() ? nullptr : &found->second;
  }
  Relations between(Number a, Number b) const {
    if (a > b) return between(b, a).swapped();
    const auto found = relations_.find({a, b});
    return found == relations_.end() ? Relations{} : found->second;
  }
  void set(Number number, Possible possible) {
    const auto found = values_.find(number);
    undo_.push_back({number, found == values_.end() ? std::nullopt : std::optional(std::move(found->second)), {}, {}});
    values_[number] = std::move(possible);
  }
  void set(Number a, Number b, Relations relations) {
    if (a > b) return set(b, a, relations.swapped());
    undo_.push_back({0, {}, Pair{a, b}, between(a, b)});
    relations_[{a, b}] = relations;
  }

  std::size_t mark() const { return undo_.size(); }
  void back_to(std::size_t mark) {
    for (; undo_.size() > mark; undo_.pop_back()) {
      Step& step = undo_.back();
      if (step.pair)
        relations_[*step.pair] = step.relations;
      else if (step.possible)
        values_[step.number] = std::move(*step.possible);
      else
        values_.erase(step.number);
    }
  }

 private:
  struct Step {
    Number number;
    std::optional<Possible> possible;
    std::optional<Pair> pair;
    Relations relations;
  };
  std::map<Number, Possible> values_;
  std::map<Pair, Relations> relations_;
  std::vector<Step> undo_;
};

}  // namespace muster::values

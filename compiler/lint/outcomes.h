// SPDX-License-Identifier: Apache-2.0
// What conditions of gates come to where the status of every criterion is settled, for lints that try what becomes of a
// gate. Evidence that the conditions read beside criteria is whatever it is chosen to be. An answer is one that a run
// gives too; where that isn't sure, and where it takes too much work, there is none.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include "compiler/typed/program.h"
#include "compiler/values/analysis.h"

namespace muster::lint {

// Criteria that these conditions can't tell from each other.
struct Group {
  std::vector<std::uint32_t> criteria;  // Policy::criteria
  bool may_be_na = false;
};

// How many of a group are met, unmet, na and waived: in the order of typed::Status.
using Tally = std::array<std::uint32_t, 4>;
using State = std::vector<Tally>;  // one for each group

// A value that the conditions read and that no criterion decides, and those that are tried for it.
struct Leaf {
  typed::ExprId expression = typed::kNoExpr;
  values::Number number = 0;
  std::vector<types::Scalar> candidates;
};

class Outcomes {
 public:
  // With the policy's own values of params.
  Outcomes(const typed::Program& program, const typed::Policy& policy, const std::vector<typed::ExprId>& conditions);

  const std::vector<Group>& groups() const { return groups_; }
  const std::vector<Leaf>& leaves() const { return leaves_; }
  // From now on, one of the candidates of each leaf.
  void choose(const std::vector<std::size_t>& candidates);
  // Whether evidence can be as it was chosen.
  bool may_be();
  // Nothing: it isn't sure.
  std::optional<bool> of(typed::ExprId condition, const State& state);
  // The work that was done: so many expressions were looked at.
  std::size_t steps() const { return steps_; }

 private:
  struct Value {
    enum class Kind : std::uint8_t { unclear, absent, known } kind = Kind::unclear;
    types::Scalar scalar;
    // Within a few roundings: what lies near it can't be compared.
    bool is_rough = false;
  };
  enum class Reads : std::uint8_t { nothing, evidence, criteria };
  struct Counted {
    std::size_t group;
    std::int64_t weight;
  };

  // Before anything is asked.
  void find_groups(const std::vector<typed::ExprId>& conditions);
  void find_leaves(typed::ExprId id);
  Reads reads(typed::ExprId id);
  std::vector<types::Scalar> candidates_of(typed::ExprId id);
  std::vector<std::size_t> groups_of(const std::vector<std::uint32_t>& criteria) const;
  std::vector<Counted> counted_by(const typed::Score& score) const;

  static Value known(types::Scalar scalar, bool is_rough = false) { return {Value::Kind::known, scalar, is_rough}; }
  static std::optional<bool> truth(const Value& value);
  Value value(typed::ExprId id);
  Value computed(const typed::Expr& expr);
  Value joined(const typed::Expr& expr, bool deciding);
  Value compared(typed::Op op, const Value& a, const Value& b) const;
  Value chosen(const typed::Expr& expr);
  Value called(const typed::Expr& expr);
  Value gate(std::uint32_t index);
  Value every(const std::vector<std::size_t>& groups) const;
  Value points(std::uint32_t score);
  Value mean_of_criteria(const typed::Score& score, const std::vector<Counted>& counted) const;
  Value mean_of_parts(const typed::Score& score);
  Value finished(const typed::Score& score, Value mean, bool all_met) const;
  Value calculated(const typed::Expr& expr);

  const typed::Program& program_;
  const typed::Policy& policy_;
  values::Analysis analysis_;
  std::vector<std::optional<Reads>> reads_;  // Program::exprs
  std::unordered_map<typed::ExprId, values::Number> numbers_;
  std::vector<bool> is_parameter_;  // Program::variables: of a define
  std::vector<Group> groups_;
  std::map<std::uint32_t, std::vector<std::size_t>> of_selection_, of_criterion_;
  std::map<std::uint32_t, std::vector<Counted>> of_score_;
  std::vector<Leaf> leaves_;
  std::unordered_map<values::Number, types::Scalar> chosen_;
  std::optional<bool> may_be_;  // as it was chosen
  std::map<std::uint32_t, Value> variables_;
  const State* state_ = nullptr;
  std::size_t steps_ = 0;
};

}  // namespace muster::lint

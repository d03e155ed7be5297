// SPDX-License-Identifier: Apache-2.0
// Looks at conditions without evidence: which of true, false and unknown each can be. For lints, which must never
// cry wolf: what is said here can't be holds over every evidence that the types allow, every value that params may be
// set to and every day of a run. Where a condition asks for too much work, everything is possible.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/typed/program.h"
#include "compiler/values/facts.h"
#include "compiler/values/numbering.h"
#include "compiler/values/possible.h"

namespace muster::values {

using typed::Expr;
using typed::ExprId;

// What a boolean expression may be, where those that stand before it in its condition are as it takes for granted:
// the left operands of an `and` are not false.
struct Finding {
  enum class Place : std::uint8_t { operand, branch_of_choose } place = Place::operand;
  struct Given {
    ExprId expression;
    Truths truths;
  };
  ExprId expression = typed::kNoExpr;
  Truths truths;
  std::vector<Given> given;
};

class Analysis {
 public:
  // Params may be what the policy lets them be; without one, what their declarations do. A run is on any day, or not
  // before `from`.
  Analysis(const typed::Program& program, const typed::Policy* policy, std::optional<base::Date> from = {});

  // Where findings are wanted: of each boolean expression that the condition is made of, the inner ones first. What
  // lets and defines hold is not told.
  Truths truths_of(ExprId condition, std::vector<Finding>* findings = nullptr);
  Possible possible_of(ExprId expression);
  // From now on the condition is one of these.
  void take_for_granted(ExprId condition, Truths truths);
  // From now on nothing is known of it, whatever it is made of.
  void take_for_unknown(ExprId expression);
  // From now on it is this value.
  void take_for_known(ExprId expression, Scalar value);
  void forget();
  // Whether two expressions are surely one value.
  bool is_same(ExprId a, ExprId b);
  // Whether it is a comparison of something with itself, and not of two literals.
  bool compares_itself(ExprId id);
  // The same for those that are surely the same.
  Number number_of(ExprId expression) { return number(expression); }

 private:
  // What was made of a text.
  struct Form {
    bool is_lower = false, is_upper = false, is_trimmed = false;
  };
  struct Value {
    Possible possible;
    Number number = 0;
    // A count or `choose` may be several values at once, and a comparison decided although it is unknown.
    bool is_open = false;
    Form form = {};
  };
  Value value(ExprId id);
  Value computed(const Expr& expr);
  static Value of(Truths truths) { return {truths.possible(), 0, false}; }
  Number number(ExprId id);
  std::uint32_t selection(std::uint32_t index) const;
  Truths truths(ExprId id);
  void assume(ExprId id, Truths truths);
  void narrow(const Value& value, const Possible& among, Truths allowed);
  void assume_comparison(const Expr& expr, Truths allowed);
  void note(ExprId id, Truths truths);

  // evidence.cpp
  struct Points {  // of a score; nothing: no limit
    std::optional<double> low, high;
  };
  Value read(const Expr& expr);
  Value field(const Expr& expr);
  Points points_of(std::uint32_t score);
  std::vector<std::uint32_t> scores_in(const typed::Score& score) const;
  Points points_from(const typed::Score& score);
  static Points limits_of(const Possible& possible);
  static Points finished(const typed::Score& score, Points points);
  // logic.cpp
  Truths joined(const Expr& expr, Truths passing);
  Truths implied(const Expr& expr);
  Value chosen(const Expr& expr);
  Value conditional(const Expr& expr);
  Value knowing(const Expr& expr);
  void enter(ExprId id, Truths truths);  // assume, and tell findings that it was
  // comparisons.cpp
  static bool is_sure(const Value& value);  // known, and one value
  Truths compared(const Expr& expr);
  Truths compared(typed::Op op, const Value& a, const Value& b) const;
  Truths in_range(const Expr& expr);
  Truths in_list(const Expr& expr);
  // lists.cpp
  Truths quantified(const Expr& expr);
  Possible aggregated(const Expr& expr);
  Possible size_of(ExprId list);
  Number size_number(Number list) { return numbering_.of(typed::Op::size, 0, {list}); }
  Value called(const Expr& expr);
  Truths where(const Expr& expr);
  // texts.cpp
  static Form form_of(typed::Op op, Form inner);
  static bool has_case(Form form, const std::string& text);
  static bool may_be_equal(const Value& a, const Value& b);
  Truths holds_text(const Expr& expr);
  // arithmetic.cpp
  Possible calculated(const Expr& expr, const std::vector<Value>& operands) const;

  const typed::Program& program_;
  const typed::Policy* policy_;
  std::optional<base::Date> from_;
  Numbering numbering_;
  Facts facts_;
  std::unordered_map<std::uint32_t, Value> variables_;  // parameters of the defines that are being called
  std::size_t calls_ = 0;
  std::unordered_map<ExprId, Number> numbers_;        // outside of calls
  std::unordered_map<std::uint32_t, Points> points_;  // of scores
  std::size_t steps_ = 0;
  std::vector<Finding>* findings_ = nullptr;
  std::vector<Finding::Given> given_;
};

}  // namespace muster::values

// SPDX-License-Identifier: Apache-2.0
// The lowering of one policy. Each construct has a file of its own, named as those of runtime/reference are.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/ir/builder.h"
#include "compiler/lower/lower.h"
#include "compiler/lower/value.h"

namespace muster::lower {

struct TooLarge {};  // thrown inside, where the code would pass kMostInstructions

class Lowering {
 public:
  Lowering(const typed::Program& program, const typed::Policy& policy, const Waivers& waivers);

  ir::Code code();

 private:
  using Expr = typed::Expr;
  using ExprId = typed::ExprId;
  using Op = ir::Op;

  // policy.cpp
  void criterion(std::uint32_t index);
  Value conditions(const std::vector<typed::Condition>& all);
  Value waived(std::uint32_t criterion);
  ir::CriterionOut possible(const Value& applies, const Value& holds, const Value& waived, ValueId upcoming);
  ValueId upcoming(const typed::Criterion& criterion);
  void leave_out_waivers();
  Value gate(std::uint32_t index);
  Value is_not_unmet(const ir::CriterionOut& may);
  Value every(const Expr& expr);
  Value passes(std::uint32_t criterion);
  Value count_status(const Expr& expr);
  ValueId counted(const std::vector<ValueId>& all);
  ir::ShownOut shown(const Value& value, types::TypeId type);

  // scores.cpp
  struct Sum;
  std::vector<ValueId> weighed(const Sum& sum, int limbs);
  ValueId mean(std::uint32_t score, std::vector<ValueId> above, std::vector<ValueId> below, std::int64_t otherwise);
  ir::ScoreOut score_of_criteria(std::uint32_t index);
  ir::ScoreOut score_of_parts(std::uint32_t index);
  ir::ScoreOut score_of_expression(ExprId expression);
  Value score(const Expr& expr);
  ir::ScoreOut found_score(std::uint32_t index);

  // points.cpp
  Value points(ExprId id);
  Value points_of_one(const Expr& expr);
  Value points_of_two(const Expr& expr);
  Value points_of_branches(const Value& condition, const Value& a, const Value& b);
  struct Calculated {
    ValueId data, ok;
  };
  Value over_corners(types::TypeId type, ValueId has, const std::vector<Calculated>& corners);
  Interval ends_of(const Value& value);
  Value spanned(types::TypeId type, const Interval& ends);
  ValueId holds_nought(const Interval& ends);
  Value coalesced(const Value& a, const Value& b, const Value& instead);

  // expressions.cpp
  Value evaluate(ExprId id);
  Value plain_value(ExprId id) { return plain(evaluate(id)); }
  Value needed_value(ExprId id) { return needed(plain(evaluate(id))); }
  Value dispatch(const Expr& expr);
  Value let(std::uint32_t index);
  template <typename Body>
  Value called(const Expr& expr, std::vector<Value> arguments, const Body& body);
  Value list_literal(const Expr& expr);
  Value interleaved(ir::AxisId axis, const std::vector<Value>& values);

  // evidence.cpp
  Value subject();
  Value shared(std::uint32_t index);
  Value field(const Value& record, std::uint32_t field, types::TypeId type);
  Value load(const Place& place, std::uint32_t field);
  Value loaded(ir::TableId table, const ir::Path& path, types::TypeId type, const types::Freshness& fresh);
  ValueId freshness(const Place& place);
  ValueId is_stale(const Place& place, ValueId collected);
  bool holds_evidence(types::TypeId type) const;

  // values.cpp
  Value truth(ValueId yes, ValueId no);
  Value scalar(types::TypeId type, ValueId known, ValueId data) const;
  Value nothing(types::TypeId type);  // unknown
  static Value plain(Value value);
  Value needed(Value value);
  ValueId no_of(const Value& value);  // of a bool: known and false
  Value negated(const Value& value);
  // Where `condition` is set `a`, else `b`, both plain; of one type.
  Value selected(ValueId condition, const Value& a, const Value& b);
  Value masked(Value value, ValueId known);  // known and absent nowhere else
  // For each row of the axis of `row`, which indexes the axis `from`.
  Value gathered(const Value& value, ir::AxisId from, ValueId row);
  ValueId equals(const Value& a, const Value& b);  // of two known scalars: they are the same
  static bool is_bool(const Value& value) { return value.yes != ir::kNoValue; }
  ir::AxisId axis_of(const Value& value);
  bool is_scalar(types::TypeId type) const { return types().is_scalar(types().without_optional(type)); }
  ir::Phys phys(types::TypeId type) const { return ir::phys_of(types(), types().without_optional(type)); }
  ValueId whole(std::int64_t value) { return b_.constant(types::Scalar(value), types::kInt, ir::Phys::i64); }
  ValueId real(double value) { return b_.constant(types::Scalar(value), types::kNumber, ir::Phys::f64); }

  // logic.cpp
  Value connective(const Expr& expr);
  Value conjunction(const std::vector<Value>& values);
  Value implies(const Expr& expr);
  Value is_present(const Expr& expr);
  Value assume(const Expr& expr);
  Value if_(const Expr& expr);
  Value choose(const Expr& expr);

  // comparison.cpp
  struct Ends;
  Ends ends(const Value& value);
  ValueId before(const Ends& a, const Ends& b);
  ValueId not_after(const Ends& a, const Ends& b);
  Value is_equal(const Value& a, const Value& b);
  Value is_less(const Value& a, const Value& b);
  Value compare_one(typed::Op op, const Value& a, const Value& b);
  Value compare(typed::Op op, const Value& a, const Value& b);
  Value between(const Value& x, const Value& low, const Value& high);
  Value in_range(const Expr& expr);
  Value text_comparison(const Expr& expr);
  template <typename Judge>
  Value agreed(const Value& a, const Judge& judge);
  template <typename Judge>
  Value agreed(const Value& a, const Value& b, const Judge& judge);

  // membership.cpp
  Value membership(const Expr& expr);
  std::optional<Value> in_constants(const Value& x, ExprId list);
  Value is_member(const Value& x, const Value& list);
  Value member_of(const Value& x, const Value& list, const ListSource& source);
  Value contains_several(const Expr& expr);
  Value contains_lists(const Value& a, const Value& b, bool all);

  // arithmetic.cpp
  Value arithmetic(const Expr& expr);
  Calculated calculate(typed::Op op, const Value& a);
  Calculated calculate(typed::Op op, const Value& a, const Value& b);
  Calculated finite(ValueId data);
  Calculated to_whole(ValueId data);
  Calculated sum(const Value& a, const Value& b);
  Calculated difference(const Value& a, const Value& b);
  Calculated product(const Value& a, const Value& b);
  Value widened(const Value& value, types::TypeId type);
  Value text_function(const Expr& expr);

  // lists.cpp
  struct Walk {
    ir::AxisId parent, axis;
    Value element;
    ValueId kept;
  };
  // What the body of a list operation reads beside its element decides on which axis it is calculated.
  ir::AxisId context_of(const Expr& expr, const Value& list);
  Walk walk(const ListSource& source, ir::AxisId parent);
  // Elements for which all of the conditions, those that are there, may hold, and those for which they surely do.
  struct Held {
    ValueId may, surely;
  };
  Held held(const Walk& rows, std::initializer_list<ExprId> conditions);
  // For each source of the list what `each` makes of it with the element bound; joined where the sources hold.
  template <typename Each>
  Value over_sources(const Value& list, ir::AxisId parent, const Each& each);
  template <typename Each>
  Value over(const Expr& expr, const Value& list, const Each& each);
  void count_steps(const Value& list);  // that the reference engine goes over it here
  Value any_or_all(const Expr& expr);
  Value how_many(const Expr& expr);
  Value count_elements(const Expr& expr, ExprId body);
  Value size(const Expr& expr);
  Value distinct(const Expr& expr);

  // aggregates.cpp
  template <typename Each>
  Value over_values(const Expr& expr, const Each& each);
  Value total(const Expr& expr);
  Value extreme(const Expr& expr);
  Value latest(const Expr& expr);
  Value first(const Expr& expr);

  const types::Table& types() const { return program_.types; }
  ExprId operand(const Expr& expr, std::size_t at) const { return program_.operand(expr, at); }
  bool has(const Expr& expr, std::size_t at) const { return operand(expr, at) != typed::kNoExpr; }

  const typed::Program& program_;
  const typed::Policy& policy_;
  const Waivers& waivers_;
  ir::Builder b_;
  std::vector<Value> variables_;
  std::vector<std::optional<Value>> lets_;
  std::map<std::pair<ir::TableId, ir::Path>, ValueId> fresh_;
  std::uint32_t named_ = 0;
  std::vector<std::optional<Value>> gates_;
  std::vector<std::optional<ir::ScoreOut>> scores_;
  std::vector<ir::CriterionOut> criteria_, without_waivers_;
  const std::vector<ir::CriterionOut>* counted_ = &criteria_;  // what gates and scores see
  // By ExprId, once asked for: the variables that it reads, and whether it reads the subject.
  struct Reads {
    std::vector<std::uint32_t> variables;
    bool subject = false;
  };
  std::map<ExprId, Reads> reads_;
  const Reads& reads(ExprId id);
};

}  // namespace muster::lower

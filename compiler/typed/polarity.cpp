// SPDX-License-Identifier: Apache-2.0
#include "compiler/typed/polarity.h"

#include <algorithm>
#include <map>
#include <utility>

#include "compiler/typed/reach.h"

namespace muster::typed {

namespace {

// Which ways a value counts where it stands: its rising (of a truth: becoming true) is better for the subject, or
// worse, or both.
class Ways {
 public:
  static Ways better() { return Ways(1); }
  static Ways worse() { return Ways(2); }
  static Ways unclear() { return Ways(3); }
  static Ways none() { return Ways(0); }

  Ways reversed() const { return Ways(static_cast<std::uint8_t>((bits_ >> 1) | ((bits_ & 1) << 1))); }
  bool is_better() const { return (bits_ & 1) != 0; }
  bool is_worse() const { return (bits_ & 2) != 0; }
  bool is_none() const { return bits_ == 0; }
  bool holds(Ways other) const { return (bits_ | other.bits_) == bits_; }
  void add(Ways other) { bits_ |= other.bits_; }
  // Of what stands so in a define, where the define stands so.
  Ways within(Ways outer) const {
    Ways all = none();
    if (outer.is_better()) all.add(*this);
    if (outer.is_worse()) all.add(reversed());
    return all;
  }

 private:
  explicit Ways(std::uint8_t bits) : bits_(bits) {}
  std::uint8_t bits_;
};

// How each operand stands in an operation whose value rises with it: `same`, `reversed`, or not followed.
enum class Follow : std::uint8_t { same, reversed, unclear };

enum class Depth : std::uint8_t { own_text, gates_too, criteria_too };

class Walk {
 public:
  Walk(const Program& program, const Policy* policy, Depth depth) : Walk(program, policy, depth, nullptr) {
    own_defines_ = std::make_unique<Defines>();
    defines_ = own_defines_.get();
  }

  void criterion(const Criterion& criterion, Ways whens, Ways requires_) {
    for (const Condition& condition : criterion.whens) enter(condition.condition, whens);
    for (const Condition& condition : criterion.requires_) enter(condition.condition, requires_);
    run();
  }
  void gate(const Gate& gate, Ways ways) {
    for (const Condition& condition : gate.requires_) enter(condition.condition, ways);
    run();
  }
  void condition(ExprId id, Ways ways) {
    enter(id, ways);
    run();
  }

  Polarities result() const {
    Polarities all;
    for (const Ways& ways : params_) all.push_back({ways.is_better(), ways.is_worse()});
    return all;
  }
  const std::vector<Ways>& params() const { return params_; }
  Ways variable(std::uint32_t index) const {
    const auto found = variables_.find(index);
    return found == variables_.end() ? Ways::none() : found->second;
  }
  bool asks_for_less() const { return asks_for_less_; }

 private:
  using Defines = std::map<std::uint32_t, std::unique_ptr<Walk>>;  // each is walked once

  struct Step {
    ExprId id;
    Ways ways;
    bool hides_unknown;  // below an `is known` or `assume`
  };

  Walk(const Program& program, const Policy* policy, Depth depth, Defines* defines)
      : program_(program),
        policy_(policy),
        depth_(depth),
        params_(program.params.size(), Ways::none()),
        defines_(defines) {}

  void enter(ExprId id, Ways ways, bool hides_unknown = false) {
    if (id == kNoExpr || ways.is_none()) return;
    auto [known, fresh] = seen_.emplace(std::make_pair(id, hides_unknown), Ways::none());
    if (known->second.holds(ways)) return;
    known->second.add(ways);
    open_.push_back({id, ways, hides_unknown});
  }
  void run() {
    while (!open_.empty()) {
      const Step step = open_.back();
      open_.pop_back();
      visit(step);
    }
  }

  void visit(const Step& step);
  void operands(const Step& step, std::initializer_list<Follow> follow);
  void quantifier(const Step& step, Follow where, Follow body);
  void call(const Step& step, const Expr& expr);
  void evidence(const Step& step, const Expr& expr);
  void fresh(const types::Freshness& fresh, bool hides_unknown);
  void criteria(const std::vector<std::uint32_t>& criteria, Ways whens, Ways requires_);
  void every(const std::vector<std::uint32_t>& each, Ways ways);
  void count(const Selection& selection, Ways ways);
  void score(std::uint32_t index, Ways ways);
  void is_none(std::uint32_t index);
  bool is_score(ExprId id) const { return program_.expr(id).op == Op::score; }
  bool is_count(ExprId id) const { return program_.expr(id).op == Op::count_status; }
  bool is_zero(ExprId id) const {
    const Expr& expr = program_.expr(id);
    return expr.op == Op::literal && program_.constants[expr.index] == types::Scalar(std::int64_t{0});
  }
  // Of numbers of points in a score that is an expression.
  bool holds_score(ExprId id) const {
    const auto operands = program_.operands_of(program_.expr(id));
    return is_score(id) || std::any_of(operands.begin(), operands.end(),
                                       [&](ExprId each) { return each != kNoExpr && holds_score(each); });
  }
  Ways followed(Ways ways, Follow follow) const {
    if (follow == Follow::unclear) return Ways::unclear();
    return follow == Follow::same ? ways : ways.reversed();
  }
  // Of a literal, and of one behind a minus or a widening.
  bool is_negative_constant(ExprId id) const;
  bool is_constant(ExprId id) const;
  const Walk& of_define(std::uint32_t index);

  const Program& program_;
  const Policy* policy_;  // nothing: of a define
  Depth depth_;
  std::vector<Ways> params_;
  std::map<std::uint32_t, Ways> variables_;
  std::map<std::pair<ExprId, bool>, Ways> seen_;
  std::map<std::uint32_t, Ways> scores_;
  std::vector<Step> open_;
  std::unique_ptr<Defines> own_defines_;  // of the outermost walk
  Defines* defines_;
  bool asks_for_less_ = false;
};

bool Walk::is_constant(ExprId id) const {
  const Expr& expr = program_.expr(id);
  if (expr.op == Op::widen || expr.op == Op::negate) return is_constant(program_.operand(expr, 0));
  return expr.op == Op::literal;
}

bool Walk::is_negative_constant(ExprId id) const {
  const Expr& expr = program_.expr(id);
  if (expr.op == Op::widen) return is_negative_constant(program_.operand(expr, 0));
  if (expr.op == Op::negate) return !is_negative_constant(program_.operand(expr, 0));
  const types::Scalar& value = program_.constants[expr.index];
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return *whole < 0;
  if (const auto* number = std::get_if<double>(&value)) return *number < 0;
  if (const auto* percent = std::get_if<types::Percent>(&value)) return percent->points < 0;
  if (const auto* duration = std::get_if<base::Duration>(&value)) return duration->microseconds < 0;
  return false;
}

void Walk::operands(const Step& step, std::initializer_list<Follow> follow) {
  const Expr& expr = program_.expr(step.id);
  std::size_t at = 0;
  for (const Follow each : follow) enter(program_.operand(expr, at++), followed(step.ways, each), step.hides_unknown);
}

void Walk::quantifier(const Step& step, Follow where, Follow body) { operands(step, {Follow::unclear, where, body}); }

void Walk::visit(const Step& step) {
  const Expr& expr = program_.expr(step.id);
  const auto all = [&](Follow follow) {
    for (const ExprId operand : program_.operands_of(expr))
      enter(operand, followed(step.ways, follow), step.hides_unknown);
  };
  using enum Follow;
  switch (expr.op) {
    case Op::param: params_[expr.index].add(step.ways); return;
    case Op::variable: variables_.emplace(expr.index, Ways::none()).first->second.add(step.ways); return;
    case Op::let: enter(program_.lets[expr.index].value, step.ways, step.hides_unknown); return;
    case Op::call: call(step, expr); return;
    case Op::field:
    case Op::optional_field:
    case Op::shared: evidence(step, expr); return all(unclear);
    case Op::not_:
    case Op::negate: return all(reversed);
    case Op::and_:
    case Op::or_:
    case Op::widen:
    case Op::add:
    case Op::min_of:
    case Op::max_of: return all(same);
    case Op::implies:
    case Op::less:
    case Op::less_equal: return operands(step, {reversed, same});
    case Op::greater:
    case Op::greater_equal:
    case Op::subtract: return operands(step, {same, reversed});
    case Op::in_range: return operands(step, {unclear, reversed, same});
    case Op::multiply: {
      const ExprId left = program_.operand(expr, 0), right = program_.operand(expr, 1);
      const auto factor = [&](ExprId constant) { return is_negative_constant(constant) ? reversed : same; };
      if (is_constant(left)) return operands(step, {unclear, factor(left)});
      if (is_constant(right)) return operands(step, {factor(right), unclear});
      return all(unclear);
    }
    case Op::divide: {
      const ExprId divisor = program_.operand(expr, 1);
      if (holds_score(program_.operand(expr, 0)) && is_constant(divisor))
        return operands(step, {is_negative_constant(divisor) ? reversed : same, unclear});
      return all(unclear);
    }
    case Op::equal:  // `count(unmet ..) == 0`: no count is below
      if (is_count(program_.operand(expr, 0)) && is_zero(program_.operand(expr, 1)))
        return operands(step, {reversed, unclear});
      return all(unclear);
    case Op::is_present:
      if (is_score(program_.operand(expr, 0))) return is_none(program_.expr(program_.operand(expr, 0)).index);
      return all(unclear);
    case Op::if_: return operands(step, {unclear, same, same});
    case Op::choose:
      for (std::size_t at = 0; at < expr.count; ++at) {
        const bool is_value = at % 2 == 1 || at + 1 == expr.count;
        enter(program_.operand(expr, at), followed(step.ways, is_value ? same : unclear), step.hides_unknown);
      }
      return;
    case Op::coalesce:
      if (is_score(program_.operand(expr, 0))) return operands(step, {same, same});
      return all(unclear);
    case Op::is_known:
    case Op::assume:
      for (const ExprId operand : program_.operands_of(expr)) enter(operand, Ways::unclear(), true);
      return;
    case Op::any: return quantifier(step, same, same);
    case Op::all: return quantifier(step, reversed, same);
    case Op::no: return quantifier(step, reversed, reversed);
    case Op::at_least: return operands(step, {unclear, same, same, reversed});
    case Op::at_most: return operands(step, {unclear, reversed, reversed, same});
    case Op::count: return operands(step, {unclear, same});
    case Op::sum:
    case Op::min:
    case Op::max: return operands(step, {unclear, unclear, same});
    case Op::every: return every(policy_->selections[expr.index].criteria, step.ways);
    case Op::passes: return every({expr.index}, step.ways);
    case Op::count_status: return count(policy_->selections[expr.index], step.ways);
    case Op::gate:
      if (step.ways.is_worse()) asks_for_less_ = true;  // the other one may be tightened by itself
      if (depth_ == Depth::own_text) return;
      for (const Condition& condition : policy_->gates[expr.index].requires_) enter(condition.condition, step.ways);
      return;
    case Op::score: return score(expr.index, step.ways);
    case Op::error:
    case Op::literal:
    case Op::list_literal:
    case Op::subject:
    case Op::today:
    case Op::now:
    case Op::not_equal:
    case Op::in_list:
    case Op::contains:
    case Op::contains_any:
    case Op::contains_all:
    case Op::text_contains:
    case Op::starts_with:
    case Op::ends_with:
    case Op::matches:
    case Op::size:
    case Op::distinct:
    case Op::length:
    case Op::lower:
    case Op::upper:
    case Op::trim:
    case Op::strip_prefix:
    case Op::strip_suffix:
    case Op::abs:
    case Op::round:
    case Op::floor:
    case Op::ceil:
    case Op::days:
    case Op::hours:
    case Op::to_date:
    case Op::to_text:
    case Op::to_number:
    case Op::to_percent:
    case Op::exactly:
    case Op::avg:
    case Op::first:
    case Op::latest: return all(unclear);
  }
}

const Walk& Walk::of_define(std::uint32_t index) {
  if (const auto known = defines_->find(index); known != defines_->end()) return *known->second;
  std::unique_ptr<Walk> walk(new Walk(program_, nullptr, Depth::own_text, defines_));
  walk->condition(program_.defines[index].body, Ways::better());
  return *defines_->emplace(index, std::move(walk)).first->second;
}

void Walk::call(const Step& step, const Expr& expr) {
  const Define& define = program_.defines[expr.index];
  const Walk& inside = of_define(expr.index);
  for (std::size_t i = 0; i < params_.size(); ++i) params_[i].add(inside.params()[i].within(step.ways));
  for (std::size_t at = 0; at < expr.count; ++at) {
    enter(program_.operand(expr, at), inside.variable(define.parameters[at]).within(step.ways), step.hides_unknown);
  }
}

// Evidence that stays fresh for longer asks for less. Where what is unknown is asked about, that can't be told.
void Walk::fresh(const types::Freshness& fresh, bool hides_unknown) {
  if (fresh.kind == types::Freshness::Kind::param)
    params_[fresh.param].add(hides_unknown ? Ways::unclear() : Ways::better());
}

void Walk::evidence(const Step& step, const Expr& expr) {
  const types::Table& types = program_.types;
  if (expr.op == Op::shared) {
    fresh(program_.shared[expr.index].fresh, step.hides_unknown);
  } else {
    const TypeId record = types.without_optional(program_.expr(program_.operand(expr, 0)).type);
    if (types.is_record(record)) fresh(types.record_of(record).fields[expr.index].fresh, step.hides_unknown);
  }
  const TypeId type = types.innermost(expr.type);
  if (types.is_record(type)) fresh(types.record_of(type).fresh, step.hides_unknown);
}

void Walk::criteria(const std::vector<std::uint32_t>& criteria, Ways whens, Ways requires_) {
  if (requires_.is_worse()) asks_for_less_ = true;
  if (depth_ != Depth::criteria_too) return;
  for (const std::uint32_t index : criteria) {
    for (const Condition& condition : policy_->criteria[index].whens) enter(condition.condition, whens);
    for (const Condition& condition : policy_->criteria[index].requires_) enter(condition.condition, requires_);
  }
}

// `every` and `passes`: what does not apply stands in nobody's way.
void Walk::every(const std::vector<std::uint32_t>& each, Ways ways) { criteria(each, ways.reversed(), ways); }

// Where a criterion begins to apply, there may be one more that is met, and one more that is not.
void Walk::count(const Selection& selection, Ways ways) {
  switch (selection.status) {
    case Status::met: return criteria(selection.criteria, Ways::unclear(), ways);
    case Status::unmet:
    case Status::waived: return criteria(selection.criteria, ways, ways.reversed());
    case Status::na: return criteria(selection.criteria, ways.reversed(), Ways::none());
    case Status::unknown: return criteria(selection.criteria, Ways::unclear(), Ways::unclear());
  }
}

void Walk::score(std::uint32_t index, Ways ways) {
  Ways& known = scores_.emplace(index, Ways::none()).first->second;
  if (known.holds(ways)) return;
  known.add(ways);
  const Score& score = policy_->scores[index];
  enter(score.expression, ways);
  for (const Score::Part& part : score.parts) this->score(part.score, ways);
  if (score.of.criteria.empty()) return;
  // A criterion that leaves the score may leave it better or worse.
  const Ways whens = score.na == Treatment::met     ? ways.reversed()
                     : score.na == Treatment::unmet ? ways
                                                    : Ways::unclear();
  criteria(score.of.criteria, whens, ways);
}

// Whether a score is none: where all have left. Those that are na leave by their `when`s alone.
void Walk::is_none(std::uint32_t index) {
  const Score& score = policy_->scores[index];
  if (score.expression != kNoExpr || !score.parts.empty()) return this->score(index, Ways::unclear());
  criteria(score.of.criteria, Ways::unclear(), score.waived == Treatment::excluded ? Ways::unclear() : Ways::none());
}

}  // namespace

Polarities polarities(const Program& program, const Policy& policy) {
  Walk walk(program, &policy, Depth::criteria_too);
  for (const Criterion& criterion : policy.criteria) walk.criterion(criterion, Ways::worse(), Ways::better());
  for (const Gate& gate : policy.gates) walk.gate(gate, Ways::better());
  return walk.result();
}

Polarities polarities(const Program& program, const Policy& policy, const Criterion& criterion) {
  Walk walk(program, &policy, Depth::own_text);
  walk.criterion(criterion, Ways::worse(), Ways::better());
  return walk.result();
}

Polarities polarities(const Program& program, ExprId condition) {
  Walk walk(program, nullptr, Depth::own_text);
  walk.condition(condition, Ways::better());
  return walk.result();
}

Polarities polarities_of_locked(const Program& program, const Policy& policy) {
  Walk walk(program, &policy, Depth::own_text);
  bool any = false;
  for (const Criterion& criterion : policy.criteria) {
    if (!criterion.locked_by) continue;
    any = true;
    walk.criterion(criterion, Ways::worse(), Ways::better());
  }
  for (std::uint32_t gate = 0; any && gate < policy.gates.size(); ++gate) {
    for (const std::uint32_t criterion : criteria_of_gate(program, policy, gate)) {
      if (!policy.criteria[criterion].locked_by) continue;
      walk.gate(policy.gates[gate], Ways::better());
      break;
    }
  }
  return walk.result();
}

Move move_of(const Program& program, TypeId type, const types::Scalar& from, const types::Scalar& to) {
  if (types::equal(from, to)) return Move::none;
  if (!types::is_ordered(program.types, type)) return Move::other;
  return types::less(from, to) ? Move::rise : Move::fall;
}

bool loosens(const Polarity& polarity, Move move) {
  switch (move) {
    case Move::none: return false;
    case Move::rise: return polarity.rise_loosens;
    case Move::fall: return polarity.fall_loosens;
    case Move::other: return polarity.rise_loosens || polarity.fall_loosens;
  }
  return false;
}

bool may_ask_for_less(const Polarity& polarity, Move move) { return move == Move::other || loosens(polarity, move); }

bool is_monotone(const Program& program, const Policy& policy, std::uint32_t gate, Extent extent) {
  Walk walk(program, &policy, extent == Extent::own_text ? Depth::own_text : Depth::gates_too);
  walk.gate(policy.gates[gate], Ways::better());
  return !walk.asks_for_less();
}

}  // namespace muster::typed

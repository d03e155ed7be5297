// SPDX-License-Identifier: Apache-2.0
#include "naive_rows.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <stdexcept>

#include <re2/re2.h>

#include "base/unicode_text.h"
#include "runtime/scores/scores.h"

namespace muster::naive {

using ir::Op;
using Whole = std::int64_t;

namespace {

constexpr Whole kLeast = std::numeric_limits<Whole>::min();
constexpr Whole kMost = std::numeric_limits<Whole>::max();

template <typename T>
T raw(const std::byte* data) {
  T value;
  std::memcpy(&value, data, sizeof value);
  return value;
}

Datum datum_of(const types::Scalar& value) {
  return std::visit(
      [](const auto& held) -> Datum {
        using Held = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<Held, bool>) return Whole{held ? 1 : 0};
        if constexpr (std::is_same_v<Held, Whole> || std::is_same_v<Held, double> || std::is_same_v<Held, std::string>)
          return held;
        if constexpr (std::is_same_v<Held, types::Percent>) return held.points;
        if constexpr (std::is_same_v<Held, base::Date>) return Whole{held.days};
        if constexpr (std::is_same_v<Held, base::Period>) return Whole{held.months};
        if constexpr (std::is_same_v<Held, base::Instant> || std::is_same_v<Held, base::Duration>)
          return held.microseconds;
        if constexpr (std::is_same_v<Held, base::VersionNumber>) return Version(held);
        if constexpr (std::is_same_v<Held, types::EnumMember>) return Whole{held.index};
      },
      value);
}

types::Scalar scalar_of(types::Kind kind, const Datum& value) {
  switch (kind) {
    case types::Kind::integer: return std::get<Whole>(value);
    case types::Kind::number: return std::get<double>(value);
    case types::Kind::percent: return types::Percent{std::get<double>(value)};
    case types::Kind::text: return std::get<std::string>(value);
    case types::Kind::date: return base::Date{static_cast<std::int32_t>(std::get<Whole>(value))};
    case types::Kind::time: return base::Instant{std::get<Whole>(value)};
    case types::Kind::duration: return base::Duration{std::get<Whole>(value)};
    case types::Kind::period: return base::Period{static_cast<std::int32_t>(std::get<Whole>(value))};
    case types::Kind::version: return std::get<Version>(value).value_or(base::VersionNumber());
    case types::Kind::enumeration: return types::EnumMember{static_cast<std::uint32_t>(std::get<Whole>(value))};
    default: throw std::logic_error("no scalar");
  }
}

Whole wrapped(__int128 value) { return static_cast<Whole>(static_cast<unsigned __int128>(value)); }
bool fits(__int128 value) { return value >= kLeast && value <= kMost; }
bool fits(double value) { return value >= -9223372036854775808.0 && value < 9223372036854775808.0; }
Cell truth(bool value) { return Datum(Whole{value ? 1 : 0}); }
Cell whole(__int128 value) { return Datum(wrapped(value)); }

std::optional<Whole> moved(Op op, Whole a, Whole b) {
  const base::Date date{static_cast<std::int32_t>(a)};
  if (op == Op::date_plus || op == Op::date_plus_ok) {
    const auto found = base::add(date, base::Duration{b});
    return found ? std::optional<Whole>(found->days) : std::nullopt;
  }
  if (op == Op::date_months || op == Op::date_months_ok) {
    const auto found = base::add(date, base::Period{static_cast<std::int32_t>(b)});
    return found ? std::optional<Whole>(found->days) : std::nullopt;
  }
  const auto found = op == Op::time_plus || op == Op::time_plus_ok
                         ? base::add(base::Instant{a}, base::Duration{b})
                         : base::add(base::Instant{a}, base::Period{static_cast<std::int32_t>(b)});
  return found ? std::optional<Whole>(found->microseconds) : std::nullopt;
}

scores::Natural natural(const std::vector<Datum>& limbs, std::size_t from, std::size_t to) {
  scores::Natural sum;
  for (std::size_t i = to; i-- > from;)
    sum = sum * scores::Natural(std::uint64_t{1} << 32) +
          scores::Natural(static_cast<std::uint64_t>(std::get<Whole>(limbs[i])));
  return sum;
}

verdicts::ScoreResult parts(const typed::Score& score, const std::vector<Datum>& operands) {
  std::vector<verdicts::ScoreResult> parts;
  for (std::size_t i = 0; i < operands.size(); i += 6) {
    verdicts::ScoreResult part;
    part.low = std::get<double>(operands[i]);
    part.high = std::get<double>(operands[i + 1]);
    part.has_value = std::get<Whole>(operands[i + 2]) != 0;
    part.may_be_none = std::get<Whole>(operands[i + 3]) != 0;
    if (std::get<Whole>(operands[i + 5]) != 0) part.shown = std::get<double>(operands[i + 4]);
    parts.push_back(part);
  }
  return scores::score_of_parts(score, parts);
}

Cell of_integers(Op op, const std::vector<Datum>& operands) {
  const Whole a = std::get<Whole>(operands[0]);
  const __int128 x = a;
  const __int128 y = operands.size() > 1 ? std::get<Whole>(operands[1]) : 0;
  switch (op) {
    case Op::extend: return whole(x);
    case Op::to_f64: return Datum(static_cast<double>(a));
    case Op::add: return whole(x + y);
    case Op::add_ok: return truth(fits(x + y));
    case Op::subtract: return whole(x - y);
    case Op::subtract_ok: return truth(fits(x - y));
    case Op::multiply: return whole(x * y);
    case Op::multiply_ok: return truth(fits(x * y));
    case Op::negate: return whole(-x);
    case Op::negate_ok: return truth(fits(-x));
    case Op::absolute: return whole(x < 0 ? -x : x);
    case Op::days_between: return whole((x - y) * base::kMicrosecondsPerDay);
    case Op::date_of: return whole(base::date_of(base::Instant{a}).days);
    case Op::shift_day: return whole(static_cast<std::int32_t>(wrapped(x + y)));
    case Op::end_of_day: return whole((x + 1) * base::kMicrosecondsPerDay - 1);
    case Op::negate_months: return whole(static_cast<std::int32_t>(wrapped(-x)));
    case Op::negate_months_ok: return truth(a != std::numeric_limits<std::int32_t>::min());
    case Op::date_plus:
    case Op::date_months:
    case Op::time_plus:
    case Op::time_months:
    case Op::date_plus_ok:
    case Op::date_months_ok:
    case Op::time_plus_ok:
    case Op::time_months_ok: {
      // What is no day may be moved to anything.
      const bool is_date =
          op == Op::date_plus || op == Op::date_months || op == Op::date_plus_ok || op == Op::date_months_ok;
      const bool is_there =
          is_date ? base::in_calendar(base::Date{static_cast<std::int32_t>(a)}) : base::in_calendar(base::Instant{a});
      if (!is_there) return std::nullopt;
      const auto found = moved(op, a, wrapped(y));
      const bool asks =
          op == Op::date_plus_ok || op == Op::date_months_ok || op == Op::time_plus_ok || op == Op::time_months_ok;
      return asks ? truth(found.has_value()) : whole(found.value_or(0));
    }
    default: throw std::logic_error(std::string("not evaluated: ") + ir::info(op).name);
  }
}

Cell of_doubles(Op op, const std::vector<Datum>& operands) {
  const double a = std::get<double>(operands[0]);
  const double b = operands.size() > 1 ? std::get<double>(operands[1]) : 0;
  switch (op) {
    case Op::fadd: return Datum(a + b);
    case Op::fsubtract: return Datum(a - b);
    case Op::fmultiply: return Datum(a * b);
    case Op::fdivide: return Datum(a / b);
    case Op::fnegate: return Datum(-a);
    case Op::fabsolute: return Datum(std::fabs(a));
    case Op::fround: return Datum(std::round(a));
    case Op::ffloor: return Datum(std::floor(a));
    case Op::fceil: return Datum(std::ceil(a));
    case Op::fpart: return Datum(std::isfinite(a * b) ? a * b / 100 : a / 100 * b);
    case Op::is_finite: return truth(std::isfinite(a));
    case Op::to_i64: return whole(fits(a) ? static_cast<Whole>(a) : 0);
    case Op::to_i64_ok: return truth(fits(a));
    default: throw std::logic_error(std::string("not evaluated: ") + ir::info(op).name);
  }
}

Cell of_texts(const Inputs& inputs, const ir::Instruction& made, const std::vector<Datum>& operands) {
  const std::string& a = std::get<std::string>(operands[0]);
  const std::string b = operands.size() > 1 ? std::get<std::string>(operands[1]) : "";
  switch (made.op) {
    case Op::text_contains: return truth(a.find(b) != std::string::npos);
    case Op::starts_with: return truth(a.starts_with(b));
    case Op::ends_with: return truth(a.ends_with(b));
    case Op::matches: return truth(re2::RE2::PartialMatch(a, re2::RE2(inputs.program.patterns[made.index])));
    case Op::length: return whole(base::count_code_points(a));
    case Op::lower: return Datum(base::lower(a));
    case Op::upper: return Datum(base::upper(a));
    case Op::trim: return Datum(std::string(base::trim(a)));
    case Op::strip_prefix: return Datum(a.starts_with(b) ? a.substr(b.size()) : a);
    case Op::strip_suffix: return Datum(a.ends_with(b) ? a.substr(0, a.size() - b.size()) : a);
    default: throw std::logic_error(std::string("not evaluated: ") + ir::info(made.op).name);
  }
}

Cell of_score(const Inputs& inputs, const ir::Instruction& made, const std::vector<Datum>& operands) {
  if (made.op == Op::mean) {
    const scores::Natural n = natural(operands, 0, operands.size() / 2);
    const scores::Natural d = natural(operands, operands.size() / 2, operands.size());
    return Datum(
        scores::finished(inputs.policy.scores[made.index], scores::Rational(n * scores::Natural(100), d), n >= d));
  }
  const verdicts::ScoreResult result = parts(inputs.policy.scores[made.index / ir::kFigures], operands);
  switch (static_cast<ir::Figure>(made.index % ir::kFigures)) {
    case ir::Figure::low: return Datum(result.low);
    case ir::Figure::high: return Datum(result.high);
    case ir::Figure::shown: return Datum(result.shown.value_or(0));
    case ir::Figure::has_value: return truth(result.has_value);
    case ir::Figure::may_be_none: return truth(result.may_be_none);
    case ir::Figure::has_shown: return truth(result.shown.has_value());
  }
  return std::nullopt;
}

}  // namespace

bool less(const Datum& a, const Datum& b) {
  if (!std::holds_alternative<Version>(a)) return a < b;
  const Version& x = std::get<Version>(a);
  const Version& y = std::get<Version>(b);
  return y && (!x || *x < *y);
}

bool equal(const Datum& a, const Datum& b) {
  if (!std::holds_alternative<Version>(a)) return a == b;
  return std::get<Version>(a) && std::get<Version>(b) && *std::get<Version>(a) == *std::get<Version>(b);
}

Datum read(const std::byte* data, ir::Phys phys) {
  switch (phys) {
    case ir::Phys::bits: return Whole{raw<std::uint8_t>(data) & 1};
    case ir::Phys::u8: return Whole{raw<std::uint8_t>(data)};
    case ir::Phys::i32: return Whole{raw<std::int32_t>(data)};
    case ir::Phys::index: return Whole{raw<std::uint32_t>(data)};
    case ir::Phys::i64: return raw<Whole>(data);
    case ir::Phys::f64: return raw<double>(data);
    case ir::Phys::text: return std::string(raw<columns::Text>(data).view());
    case ir::Phys::version: {
      const auto* version = raw<const base::VersionNumber*>(data);
      return version != nullptr ? Version(*version) : Version();
    }
  }
  return Whole{0};
}

Datum nought(ir::Phys phys) {
  constexpr std::byte kNoughts[16] = {};
  return read(kNoughts, phys);
}

Cell uniform(const ir::Code& code, const Inputs& inputs, const ir::Instruction& made) {
  if (made.op == Op::zeros) return truth(false);
  if (made.op == Op::ones) return truth(true);
  if (made.op == Op::constant) return datum_of(code.constants[made.index].value);
  if (made.op == Op::today) return whole(inputs.run.today.days);
  if (made.op == Op::now) return whole(inputs.run.now.microseconds);
  if (made.op == Op::empty_points) {
    const typed::Score& score = inputs.policy.scores[made.index];
    return Datum(scores::finished(score, scores::Rational::of(*score.empty), true));
  }
  return datum_of(inputs.run.params[made.index]);
}

Cell of_row(const ir::Code& code, const Inputs& inputs, const ir::Instruction& made,
            const std::vector<Datum>& operands) {
  const auto set = [&](std::size_t at) { return std::get<Whole>(operands[at]) != 0; };
  switch (made.op) {
    case Op::not_: return truth(!set(0));
    case Op::and_: return truth(set(0) && set(1));
    case Op::or_: return truth(set(0) || set(1));
    case Op::and_not: return truth(set(0) && !set(1));
    case Op::equal: return truth(equal(operands[0], operands[1]));
    case Op::less: return truth(less(operands[0], operands[1]));
    case Op::less_equal: return truth(less(operands[0], operands[1]) || equal(operands[0], operands[1]));
    case Op::in_set: {
      bool found = false;
      for (const std::uint32_t id : code.sets[made.index])
        found = found || equal(operands[0], datum_of(code.constants[id].value));
      return truth(found);
    }
    case Op::select: return operands[set(0) ? 1 : 2];
    case Op::weigh: {
      Whole sum = 0;
      for (std::size_t i = 0; i < operands.size(); ++i)
        sum += set(i) ? static_cast<Whole>(code.weights[made.index].of[i]) : 0;
      return whole(sum);
    }
    case Op::mean:
    case Op::parts_figure:
    case Op::parts_flag: return of_score(inputs, made, operands);
    case Op::to_text: {
      const types::Table& types = inputs.program.types;
      return Datum(types::to_text(types, made.index, scalar_of(types.kind(made.index), operands[0])));
    }
    default: break;
  }
  if (std::holds_alternative<Whole>(operands[0])) return of_integers(made.op, operands);
  if (std::holds_alternative<double>(operands[0])) return of_doubles(made.op, operands);
  return of_texts(inputs, made, operands);
}

Cell of_list(const ir::Instruction& made, const List& list) {
  const Op op = made.op;
  __int128 sum = 0;
  double real = 0;
  std::size_t best = 0;
  for (std::size_t i = 0; i < list.values.size(); ++i) {
    if (const auto* value = std::get_if<Whole>(&list.values[i])) sum += *value;
    if (const auto* value = std::get_if<double>(&list.values[i])) real += *value;
    const Datum& value = list.values[i];
    const bool better = op == Op::seg_min ? less(value, list.values[best]) : less(list.values[best], value);
    if (better || (op == Op::seg_latest && !less(value, list.values[best]))) best = i;
  }
  const auto count = static_cast<Whole>(list.rows.size());
  switch (op) {
    case Op::seg_any: return truth(count > 0);
    case Op::seg_at_least: return truth(count >= made.index);
    case Op::seg_count: return whole(count);
    case Op::seg_sum: return whole(sum);
    case Op::seg_sum_ok: return truth(fits(sum));
    case Op::seg_mean: return Datum(static_cast<double>(sum) / static_cast<double>(count));
    case Op::seg_mean_cut: return whole(count == 0 ? 0 : sum / count);
    case Op::seg_fsum: return Datum(real);
    case Op::seg_first: return count == 0 ? std::nullopt : whole(list.rows[0]);
    case Op::seg_min:
    case Op::seg_max:
    case Op::seg_latest: return count == 0 ? std::nullopt : whole(list.rows[best]);
    default: throw std::logic_error(std::string("not evaluated: ") + ir::info(op).name);
  }
}

}  // namespace muster::naive

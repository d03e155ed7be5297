// SPDX-License-Identifier: Apache-2.0
// Constants: what stands for itself, without a name that somebody could set.
#include <limits>

#include "base/number_text.h"
#include "compiler/check/checker.h"
#include "compiler/check/spelling.h"

namespace muster::check {

namespace {

bool is_number(const types::Scalar& value) {
  return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
}

}  // namespace

std::string example_of(const types::Table& table, TypeId type) {
  switch (table.kind(type)) {
    case types::Kind::boolean: return "true";
    case types::Kind::integer: return "5";
    case types::Kind::number: return "1.5";
    case types::Kind::percent: return "80%";
    case types::Kind::text: return "\"some text\"";
    case types::Kind::date: return "2026-11-23";
    case types::Kind::time: return "2026-11-23T10:00:00Z";
    case types::Kind::duration: return "90 days";
    case types::Kind::period: return "6 months";
    case types::Kind::version: return "v1.21";
    case types::Kind::enumeration:
      return table.enum_of(type).names.empty() ? table.name(type) : table.enum_of(type).names.front().name;
    case types::Kind::record:
    case types::Kind::list:
    case types::Kind::optional:
    case types::Kind::error: break;
  }
  return "5";
}

namespace {

// A text that, without its quotes, is a literal of the type.
bool reads_as(types::Kind wanted, const std::string& text) {
  switch (wanted) {
    case types::Kind::boolean: return text == "true" || text == "false";
    case types::Kind::integer: return base::parse_integer(text).has_value();
    case types::Kind::number: return base::parse_number(text).has_value();
    case types::Kind::percent:
      return !text.empty() && text.back() == '%' && base::parse_number(text.substr(0, text.size() - 1));
    case types::Kind::date: return base::parse_date(text).has_value();
    case types::Kind::time: return text.size() > 10 && base::parse_instant(text).has_value();
    case types::Kind::duration: return base::parse_duration(text).has_value() && text[0] != 'P';
    case types::Kind::period: return base::parse_period(text).has_value() && text[0] != 'P';
    case types::Kind::version: return text[0] == 'v' && base::parse_version(text).has_value();
    case types::Kind::text:
    case types::Kind::enumeration:
    case types::Kind::record:
    case types::Kind::list:
    case types::Kind::optional:
    case types::Kind::error: break;
  }
  return false;
}

}  // namespace

std::string with_thousands(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, ",");
  return text;
}

std::string spelled_as(const types::Table& table, TypeId type, const types::Scalar& value, const std::string& written) {
  const types::Kind wanted = table.kind(type);
  if (wanted == types::Kind::percent && is_number(value)) return written + "%";
  if (wanted == types::Kind::time && std::holds_alternative<base::Date>(value)) return written + "T00:00:00Z";
  if (wanted == types::Kind::duration && is_number(value)) return written + " days";
  if (wanted == types::Kind::period && is_number(value)) return written + " months";
  if (wanted == types::Kind::version && std::holds_alternative<double>(value)) return "v" + written;
  if (const auto* text = std::get_if<std::string>(&value); text != nullptr && reads_as(wanted, *text)) return *text;
  if (wanted == types::Kind::text && !std::holds_alternative<std::string>(value)) return "\"" + written + "\"";
  if (const auto* text = std::get_if<std::string>(&value); text != nullptr && wanted == types::Kind::enumeration) {
    for (const types::EnumName& name : table.enum_of(type).names) {
      if (name.name == *text) return name.name;
      for (const std::string& spelling : name.spellings) {
        if (spelling == *text) return name.name;
      }
    }
  }
  return {};
}

namespace {

// Of a literal in brackets, -(90 days): nothing for what has no negative.
std::optional<types::Scalar> negative(const types::Scalar& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    if (*integer == std::numeric_limits<std::int64_t>::min()) return std::nullopt;
    return types::Scalar{-*integer};
  }
  if (const auto* number = std::get_if<double>(&value)) return types::Scalar{-*number};
  if (const auto* percent = std::get_if<types::Percent>(&value)) return types::Scalar{types::Percent{-percent->points}};
  if (const auto* duration = std::get_if<base::Duration>(&value)) {
    if (auto negated = base::negate(*duration)) return types::Scalar{*negated};
  }
  return std::nullopt;
}

}  // namespace

std::optional<types::Scalar> Checker::constant_of(ast::ExprId id, TypeId type, std::string_view use) {
  if (id == ast::kNoExpr || type == types::kError) return std::nullopt;
  const ast::Expr& expr = expr_at(id);
  switch (expr.kind) {
    case ast::Expr::Kind::error: return std::nullopt;
    case ast::Expr::Kind::literal: return fit_constant(expr.value, expr.span, type, use);
    case ast::Expr::Kind::unary: {
      const ast::Expr& operand = expr_at(expr.operands[0]);
      if (operand.kind == ast::Expr::Kind::error) return std::nullopt;
      if (expr.op == ast::Operator::minus && operand.kind == ast::Expr::Kind::literal) {
        if (auto value = negative(operand.value)) return fit_constant(*value, expr.span, type, use);
      }
      break;
    }
    case ast::Expr::Kind::name:
    case ast::Expr::Kind::member: return enum_constant(id, type, use);
    case ast::Expr::Kind::none:
    case ast::Expr::Kind::unknown:
    case ast::Expr::Kind::optional_member:
    case ast::Expr::Kind::call:
    case ast::Expr::Kind::list:
    case ast::Expr::Kind::range:
    case ast::Expr::Kind::object:
    case ast::Expr::Kind::logic:
    case ast::Expr::Kind::binary:
    case ast::Expr::Kind::state:
    case ast::Expr::Kind::conditional:
    case ast::Expr::Kind::choose:
    case ast::Expr::Kind::quantifier:
    case ast::Expr::Kind::aggregate:
    case ast::Expr::Kind::every:
    case ast::Expr::Kind::passes:
    case ast::Expr::Kind::count_status: break;
  }
  no_constant(expr.span, type, use);
  return std::nullopt;
}

std::optional<types::Scalar> Checker::fit_constant(const types::Scalar& value, Span span, TypeId type,
                                                   std::string_view use) {
  const auto wanted = kind_of(type);
  const auto found = static_cast<types::Kind>(value.index());
  if (found == wanted && found != types::Kind::enumeration) return value;
  if (found == types::Kind::integer && wanted == types::Kind::number) {
    return types::Scalar{static_cast<double>(std::get<std::int64_t>(value))};
  }
  // The scalar types stand in the table in the order of their kinds.
  const std::string found_name = type_name(static_cast<TypeId>(value.index()));
  const std::string meant = spelled_as(program_.types, type, value, source_text(span));
  wrong_constant(span, type, found_name, use).help = "write `" +
                                                     (meant.empty() ? example_of(program_.types, type) : meant) + "`" +
                                                     (meant.empty() ? " or the like" : "");
  return std::nullopt;
}

// `critical` or `Severity.critical`.
std::optional<types::Scalar> Checker::enum_constant(ast::ExprId id, TypeId type, std::string_view use) {
  const ast::Expr& expr = expr_at(id);
  TypeId found = type;
  if (expr.kind == ast::Expr::Kind::member) {
    const ast::Expr& owner = expr_at(expr.operands[0]);
    if (owner.kind == ast::Expr::Kind::error) return std::nullopt;
    const Qualified qualified = resolve_qualified(expr.operands[0]);
    if (qualified.kind != Qualified::Kind::type || qualified.type.kind != NamedType::Kind::enumeration) {
      no_constant(expr.span, type, use);
      return std::nullopt;
    }
    found = program_.types.enumeration(qualified.type.id);
  } else if (kind_of(type) != types::Kind::enumeration) {
    no_constant(expr.span, type, use);
    return std::nullopt;
  }
  const types::Enum& names = program_.types.enum_of(found);
  const auto index = names.find(expr.name.text);
  if (!index) {
    if (expr.kind == ast::Expr::Kind::name && find_value(expr.name.text)) {
      no_constant(expr.span, type, use);
      return std::nullopt;
    }
    if (names_may_be_missing(names)) return std::nullopt;
    std::vector<std::string> candidates;
    for (const types::EnumName& name : names.names) candidates.push_back(name.name);
    unknown(Code::unknown_enum_name, expr.name, "`" + names.name + "` has no name `" + expr.name.text + "`", candidates)
        .labels.push_back({names.span, "its names are declared here"});
    return std::nullopt;
  }
  note_use(expr.name.span, names.names[*index].span);
  if (found == type) return types::Scalar{types::EnumMember{*index}};
  wrong_constant(expr.span, type, names.name, use).help =
      "write `" + example_of(program_.types, type) + "` or the like";
  return std::nullopt;
}

void Checker::no_constant(Span span, TypeId type, std::string_view use) {
  report(Code::not_constant, span, std::string(use) + " takes a constant, and `" + source_text(span) + "` isn't one")
      .help = source_text(span) == "none" ? "in data a null and an empty cell say that there is none"
              : means_absent(source_text(span))
                  ? "write `none` for what is known not to be there"
                  : "write the value itself, such as `" + example_of(program_.types, type) + "`";
}

base::Diagnostic& Checker::wrong_constant(Span span, TypeId type, const std::string& found, std::string_view use) {
  return report(Code::type_mismatch, span,
                std::string(use) + " must be `" + type_name(type) + "`, and this is `" + found + "`");
}

std::optional<types::Range> Checker::range_of(ast::ExprId id, TypeId type) {
  if (id == ast::kNoExpr || type == types::kError) return std::nullopt;
  const ast::Expr& expr = expr_at(id);
  if (expr.kind == ast::Expr::Kind::error) return std::nullopt;
  if (!types::is_ordered(program_.types, type)) {
    report(Code::no_order, expr.span, "`" + type_name(type) + "` has no order, so no range").help =
        kind_of(type) == types::Kind::enumeration ? "declare it as `ordered enum`, or leave the range out"
                                                  : "leave the range out";
    return std::nullopt;
  }
  if (expr.kind != ast::Expr::Kind::range) {
    report(Code::bad_range, expr.span, "a range has two ends").help = "write `a..b`, both ends in";
    return std::nullopt;
  }
  const auto low = constant_of(expr.operands[0], type, "an end of the range");
  const auto high = constant_of(expr.operands[1], type, "an end of the range");
  if (!low || !high) return std::nullopt;
  if (types::less(*high, *low)) {
    report(Code::bad_range, expr.span,
           "the range `" + source_text(expr.span) + "` holds nothing: its ends are reversed")
        .help = "write `" + source_text(expr_at(expr.operands[1]).span) + ".." +
                source_text(expr_at(expr.operands[0]).span) + "`";
    return std::nullopt;
  }
  return types::Range{*low, *high};
}

void Checker::check_within(const types::Scalar& value, TypeId type, const types::Range& range, Span span,
                           std::string_view use) {
  if (range.holds(value)) return;
  report(Code::bad_range, span, "`" + source_text(span) + "` lies outside the range of " + std::string(use)).help =
      "write a value in `" + types::to_text(program_.types, type, range) + "`";
}

// Weights are exact, so few digits are a promise: products of two of them still fit into 128 bits.
std::optional<typed::Decimal> Checker::decimal_of(const std::string& written, Span span, std::string_view use) {
  constexpr std::size_t kMostDigits = 15;
  if (written.empty()) return std::nullopt;
  if (written[0] == '-') {
    report(Code::bad_score, span, std::string(use) + " can't be negative").help = "write `0` or more";
    return std::nullopt;
  }
  const std::size_t point = written.find('.');
  std::string whole = written.substr(0, point);
  std::string fraction = point == std::string::npos ? "" : written.substr(point + 1);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  const std::string all = whole + fraction;
  const std::size_t first = all.find_first_not_of('0');
  const std::size_t digits = first == std::string::npos ? 0 : all.size() - first;
  if (digits > kMostDigits || fraction.size() > kMostDigits) {
    report(Code::bad_score, span, std::string(use) + " has more than " + std::to_string(kMostDigits) + " digits").help =
        "weights are kept exact; write fewer digits";
    return std::nullopt;
  }
  typed::Decimal decimal{0, static_cast<std::uint8_t>(fraction.size())};
  for (const char digit : all) decimal.units = decimal.units * 10 + (digit - '0');
  return decimal;
}

}  // namespace muster::check

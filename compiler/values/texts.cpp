// SPDX-License-Identifier: Apache-2.0
// What the texts that `lower`, `upper` and `trim` make can't be, and what every text holds.
#include <algorithm>
#include <string>

#include "base/unicode_text.h"
#include "compiler/values/analysis.h"

namespace muster::values {

using typed::Op;

namespace {

const std::string* text_of(const std::optional<Scalar>& value) {
  return value ? std::get_if<std::string>(&*value) : nullptr;
}

}  // namespace

// The cases are kept by `trim`, and blanks at the ends have no case.
Analysis::Form Analysis::form_of(Op op, Form inner) {
  if (op == Op::lower || op == Op::upper) return {op == Op::lower, op == Op::upper, inner.is_trimmed};
  if (op == Op::trim) return {inner.is_lower, inner.is_upper, true};
  return {};
}

bool Analysis::has_case(Form form, const std::string& text) {
  return (!form.is_lower || base::lower(text) == text) && (!form.is_upper || base::upper(text) == text);
}

bool Analysis::may_be_equal(const Value& a, const Value& b) {
  const auto may_be = [](const Value& made, const Value& other) {
    const std::optional<Scalar> only = other.possible.single();
    const std::string* text = text_of(only);
    return text == nullptr || (has_case(made.form, *text) && (!made.form.is_trimmed || base::trim(*text) == *text));
  };
  return may_be(a, b) && may_be(b, a);
}

// `contains`, `starts with` and `ends with` of one text.
Truths Analysis::holds_text(const Expr& expr) {
  const Value whole = value(program_.operand(expr, 0)), piece = value(program_.operand(expr, 1));
  const bool unknown = !is_sure(whole) || !is_sure(piece);
  const bool both_known = whole.possible.known && piece.possible.known;
  const std::optional<Scalar> only = piece.possible.single();
  const std::string* text = text_of(only);
  if (text == nullptr) return {both_known, both_known, unknown};
  if (text->empty()) return {both_known, false, unknown};
  const std::string_view trimmed = base::trim(*text);
  const bool begins_blank = trimmed.empty() || trimmed.data() != text->data();
  const bool ends_blank = trimmed.empty() || trimmed.data() + trimmed.size() != text->data() + text->size();
  const bool is_cut = whole.form.is_trimmed &&
                      ((expr.op == Op::starts_with && begins_blank) || (expr.op == Op::ends_with && ends_blank));
  return {both_known && has_case(whole.form, *text) && !is_cut, both_known, unknown};
}

}  // namespace muster::values

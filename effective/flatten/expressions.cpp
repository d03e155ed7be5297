// SPDX-License-Identifier: Apache-2.0
#include "effective/flatten/expressions.h"

#include <algorithm>
#include <map>
#include <vector>

#include "effective/source/source_text.h"
#include "grammar/parse/lexer.h"

namespace muster::flatten {

namespace {

using typed::Expr;
using typed::ExprId;
using typed::Op;

// `name` or `` `name` ``, and nothing before it.
bool is_bare(std::string_view written, const std::string& name) {
  return written == name || written == "`" + name + "`";
}

// The end of `f` in `f(x, (y))`, which ends with its bracket.
std::size_t callee_end(std::string_view call) {
  syntax::Tree tree;
  tree.text = call;
  base::Diagnostics ignored;
  parse::read_tokens(tree, ignored);
  int depth = 0;
  for (std::size_t i = tree.tokens.size(); i-- > 0;) {
    if (tree.tokens[i].kind == syntax::TokenKind::close_bracket) ++depth;
    if (tree.tokens[i].kind == syntax::TokenKind::open_bracket && --depth == 0) return tree.tokens[i].begin;
  }
  return 0;
}

}  // namespace

struct Expressions::Changes {
  struct Change {
    std::uint32_t end;
    std::string text;
  };
  struct Literal {
    base::Span span;
    std::string qualified;
    bool is_hidden;  // its bare name is a value's here
  };
  std::string_view source;
  std::uint32_t begin = 0;
  const Scope* scope = nullptr;
  std::vector<std::string> variables;  // around
  std::map<std::uint32_t, Change> by_begin;
  std::vector<Literal> bare_literals;
  // `module.name` became `name`, which can't tell a bare literal beside it what it is.
  bool lost_module = false;

  std::string_view text(base::Span span) const { return source.substr(span.begin - begin, span.end - span.begin); }
  void change(base::Span span, std::string to) { by_begin[span.begin] = {span.end, std::move(to)}; }
};

std::string Expressions::expression(ExprId root, const Scope& scope) const {
  const base::Span span = program_.expr(root).span;
  return rewritten(sources_.text(span), span.begin, root, scope);
}

std::string Expressions::message(const typed::Message& message, const Scope& scope) const {
  std::string text = "\"";
  for (const auto& piece : message.pieces) {
    text += source::written_piece(piece.text);
    if (piece.expression == typed::kNoExpr) continue;
    const std::string inside = rewritten(piece.source, piece.begin, piece.expression, scope);
    // Braces hold no texts, but may hold escapes that were read.
    const std::string quoted = source::written_text(inside);
    text += "{" + quoted.substr(1, quoted.size() - 2) + "}";
  }
  return text + '"';
}

std::string Expressions::rewritten(std::string_view source, std::uint32_t begin, ExprId root,
                                   const Scope& scope) const {
  Changes changes;
  changes.source = source;
  changes.begin = begin;
  changes.scope = &scope;
  note(root, changes);
  for (const Changes::Literal& literal : changes.bare_literals) {
    if (literal.is_hidden || changes.lost_module) changes.change(literal.span, literal.qualified);
  }
  std::string text;
  std::uint32_t at = begin;
  for (const auto& [from, change] : changes.by_begin) {
    text += source.substr(at - begin, from - at);
    text += change.text;
    at = change.end;
  }
  text += source.substr(at - begin);
  return text;
}

void Expressions::note(ExprId id, Changes& changes) const {
  if (id == typed::kNoExpr) return;
  const Expr& expr = program_.expr(id);
  const Place place = changes.scope->place;
  switch (expr.op) {
    case Op::field:
      if (program_.expr(program_.operand(expr, 0)).op != Op::subject) break;
      return note_name(expr.span, names_.field_at(expr.index, place), changes);
    case Op::shared:
      changes.lost_module = changes.lost_module || !is_bare(changes.text(expr.span), program_.shared[expr.index].name);
      return note_name(expr.span, names_.shared_at(expr.index, place), changes);
    case Op::param:
      changes.lost_module = changes.lost_module || !is_bare(changes.text(expr.span), program_.params[expr.index].name);
      return note_name(expr.span, names_.of_param(expr.index), changes);
    case Op::let: return note_name(expr.span, names_.of_let(expr.index), changes);
    case Op::variable: return note_name(expr.span, names_.of_variable(expr.index), changes);
    case Op::today:
      if (names_.today_at(place) != "today") changes.change(expr.span, names_.today_at(place));
      return;
    case Op::now:
      if (names_.now_at(place) != "now") changes.change(expr.span, names_.now_at(place));
      return;
    case Op::literal: return note_literal(expr, changes);
    case Op::call: note_call(expr, changes); break;
    default: break;  // is made of others
  }
  if (!typed::has_variable(expr.op)) {
    for (const ExprId operand : program_.operands_of(expr)) note(operand, changes);
    return;
  }
  const std::string& name = names_.of_variable(expr.index);
  note_name(program_.variables[expr.index].span, name, changes);
  const auto operands = program_.operands_of(expr);
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const bool sees = i == 1 || i == 2;
    if (sees) changes.variables.push_back(name);
    note(operands[i], changes);
    if (sees) changes.variables.pop_back();
  }
}

void Expressions::note_name(base::Span span, const std::string& name, Changes& changes) const {
  if (!is_bare(changes.text(span), name)) changes.change(span, source::written_name(name));
}

void Expressions::note_literal(const Expr& expr, Changes& changes) const {
  const auto* member = std::get_if<types::EnumMember>(&program_.constants[expr.index]);
  if (member == nullptr) return;
  const types::TypeId type = program_.types.without_optional(expr.type);
  const types::Enum& declared = program_.types.enum_of(type);
  const std::string& name = declared.names[member->index].name;
  const std::string qualified = names_.of_type(type) + "." + source::written_name(name);
  const std::string_view written = changes.text(expr.span);
  if (!is_bare(written, name)) {
    if (written != qualified) changes.change(expr.span, qualified);
    return;
  }
  const auto& variables = changes.variables;
  const bool is_hidden = names_.is_value_at(name, changes.scope->place) || changes.scope->lets.count(name) > 0 ||
                         std::find(variables.begin(), variables.end(), name) != variables.end();
  changes.bare_literals.push_back({expr.span, qualified, is_hidden});
}

void Expressions::note_call(const Expr& expr, Changes& changes) const {
  const std::string_view call = changes.text(expr.span);
  const std::size_t end = callee_end(call);
  std::string_view callee = call.substr(0, end);
  while (!callee.empty() && (callee.back() == ' ' || callee.back() == '\n')) callee.remove_suffix(1);
  const std::string& name = names_.of_define(expr.index);
  if (is_bare(callee, name)) return;
  base::Span span = expr.span;
  span.end = span.begin + static_cast<std::uint32_t>(end);
  changes.change(span, source::written_name(name));
}

}  // namespace muster::flatten

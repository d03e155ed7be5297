// SPDX-License-Identifier: Apache-2.0
// From the nodes of an expression to ast::Expr: chains sorted by the strength of their operators, literals
// read, messages cut at their braces. Used by the parts of desugar alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "compiler/ast/module.h"
#include "grammar/syntax/tree.h"

namespace muster::desugar {

// Where the expression stands. Of criteria only gates say `passes(c)`; elsewhere that is a call.
enum class Place : std::uint8_t { anywhere, gate };

class ExpressionBuilder {
 public:
  ExpressionBuilder(const syntax::Tree& tree, ast::Module& module, std::vector<std::uint16_t>& depths,
                    base::Diagnostics& diagnostics)
      : tree_(tree), module_(module), depths_(depths), diagnostics_(diagnostics) {}

  void set_place(Place place) { place_ = place; }

  // A whole expression. Where it is missing or could not be read, one of Kind::error at `instead`.
  ast::ExprId expression(syntax::NodeId node, base::Span instead);
  ast::ExprId error(base::Span span);

  ast::Name name(syntax::NodeId node) const;  // of kind `name`, or kNoNode: empty
  ast::Path path(syntax::NodeId node) const;  // of kind `path`, or kNoNode: empty
  ast::Selection selection(syntax::NodeId node) const;
  ast::Text text(syntax::NodeId node);  // of kind `texts`
  ast::Message message(syntax::NodeId node);

 private:
  ast::ExprId build(syntax::NodeId node);
  ast::ExprId add(ast::Expr expr);
  ast::Expr make(ast::Expr::Kind kind, syntax::NodeId node) const;
  base::Span span_of(ast::ExprId id) const { return module_.exprs[id].span; }

  // Chains: operands, and the tokens between them
  struct Link {
    ast::Operator op = ast::Operator::add;
    base::Span span;
    int strength = 0;
  };
  // With the brackets that stand around it, which its own span leaves out.
  struct Operand {
    ast::ExprId expr = ast::kNoExpr;
    base::Span span;
  };
  struct Chain {
    std::vector<Operand> operands;
    std::vector<Link> links;
  };
  Link link(syntax::TokenId token) const;
  Chain chain(syntax::NodeId node);
  ast::ExprId connected(syntax::NodeId node);
  Operand joined(ast::Operator op, const Chain& chain, std::size_t begin, std::size_t end);
  ast::ExprId implied(const Chain& chain);
  ast::ExprId arithmetic(syntax::NodeId node);
  ast::ExprId coalescing(syntax::NodeId node);
  Operand binary(const Link& link, const Operand& left, const Operand& right);

  ast::ExprId negated(syntax::NodeId node);
  ast::ExprId signed_value(syntax::NodeId node);
  ast::ExprId postfix(syntax::NodeId node);
  ast::ExprId comparison(syntax::NodeId node);
  ast::ExprId literal(syntax::NodeId node, bool negative, base::Span span);
  ast::ExprId text_literal(syntax::NodeId node);
  ast::ExprId name_literal(syntax::NodeId node);
  ast::ExprId call(ast::ExprId callee, syntax::NodeId arguments, base::Span span);
  ast::ExprId reference(syntax::NodeId node);
  ast::ExprId list(syntax::NodeId node);
  ast::ExprId conditional(syntax::NodeId node);
  ast::ExprId choose(syntax::NodeId node);
  ast::ExprId quantifier(syntax::NodeId node);
  ast::ExprId aggregate(syntax::NodeId node);
  ast::ExprId passes(syntax::NodeId node);
  ast::ExprId object(syntax::NodeId node);
  ast::ExprId part(syntax::NodeId node, syntax::NodeKind kind);  // the expression in that child, or kNoExpr

  void cut(ast::Message& message, const std::string& value, const std::vector<std::uint32_t>& offsets);
  ast::ExprId interpolated(const std::string& source, std::uint32_t begin, std::uint32_t end);

  const syntax::Tree& tree_;
  ast::Module& module_;
  std::vector<std::uint16_t>& depths_;  // of each expression, how deep it is
  base::Diagnostics& diagnostics_;
  Place place_ = Place::anywhere;
};

// A node that ExpressionBuilder reads as an expression.
bool is_expression(syntax::NodeKind kind);

}  // namespace muster::desugar

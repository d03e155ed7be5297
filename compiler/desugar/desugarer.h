// SPDX-License-Identifier: Apache-2.0
// Walks the tree's declarations and fills the module. One file a construct: declarations.cpp, policies.cpp,
// deltas.cpp, scores.cpp, bindings.cpp, suites.cpp. Used by desugar.cpp alone.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/ast/module.h"
#include "compiler/desugar/expression_builder.h"
#include "grammar/syntax/tree.h"

namespace muster::desugar {

class Desugarer {
 public:
  Desugarer(const syntax::Tree& tree, ast::Module& module, base::Diagnostics& diagnostics)
      : tree_(tree), module_(module), diagnostics_(diagnostics), expressions_(tree, module, depths_, diagnostics) {}

  void run();

 private:
  using NodeId = syntax::NodeId;
  using NodeKind = syntax::NodeKind;
  using TokenId = syntax::TokenId;
  using TokenKind = syntax::TokenKind;

  // Pieces that many constructs share
  NodeId child(NodeId node, NodeKind kind) const { return tree_.child(node, kind); }
  ast::Name child_name(NodeId node) const { return expressions_.name(child(node, NodeKind::name)); }
  ast::Path child_path(NodeId node) const { return expressions_.path(child(node, NodeKind::path)); }
  std::optional<ast::Text> child_text(NodeId node);
  std::optional<ast::Text> text_in(NodeId node, NodeKind part);  // of a part as `because "..."`
  std::optional<ast::Message> child_message(NodeId node);
  std::vector<ast::Name> child_names(NodeId node) const;
  ast::TypeRef child_type(NodeId node);
  ast::TypeRef type(NodeId node);
  ast::ExprId child_expression(NodeId node);              // error where there is none
  ast::ExprId expression_in(NodeId node, NodeKind part);  // kNoExpr where the part isn't written
  ast::ExprId assigned(NodeId node);                      // the value of `= V`, error where it is missing
  std::optional<base::Date> date_in(NodeId node, NodeKind part);
  TokenId date_token(NodeId part) const { return first_token(part) + 1; }
  std::optional<base::Date> date(TokenId token);
  std::optional<types::Scalar> token_value(TokenId token);
  ast::ExprId single(ast::Expr::Kind kind, TokenId token);
  std::string decimal(TokenId token);  // a number as written; empty where it is none
  base::Span word(NodeId node) const { return tree_.span_of(tree_.node(node).begin); }
  base::Span end_of(NodeId node) const;  // where something is missing
  TokenKind token_kind(TokenId token) const { return tree_.tokens[token].kind; }
  TokenId first_token(NodeId node) const { return tree_.node(node).begin; }
  std::string doc(NodeId node) const;
  bool repeats(std::set<NodeKind>& seen, NodeId clause);  // reports the second of a kind

  // Declarations
  void declaration(NodeId node);
  void import_declaration(NodeId node);
  void enum_declaration(NodeId node);
  void record_declaration(NodeId node, ast::RecordDecl::Kind kind);
  ast::FieldDecl field(NodeId node);
  void shared_declaration(NodeId node);
  void param_declaration(NodeId node);
  void define_declaration(NodeId node);
  void waiver_declaration(NodeId node);

  // Policies
  void policy_declaration(NodeId node);
  void policy_item(ast::PolicyDecl& policy, NodeId node);
  void criterion(ast::PolicyDecl& policy, NodeId node);
  void section(ast::PolicyDecl& policy, NodeId node);
  void gate(ast::PolicyDecl& policy, NodeId node);
  void show(ast::PolicyDecl& policy, NodeId node);
  ast::Let let(NodeId node);
  std::vector<ast::Clause> clauses(NodeId node);
  std::optional<ast::Clause> clause(NodeId node);
  ast::Level level(TokenKind word) const;
  ast::ScoreDecl score(NodeId node);
  void score_clause(ast::ScoreDecl& score, NodeId node);
  std::optional<ast::ScoreDecl::Treatment> treatment(NodeId node) const;
  ast::LevelsDecl levels(NodeId node);
  ast::Delta delta(NodeId node, ast::Delta::Kind kind);
  bool error_follows(NodeId item) const;
  ast::Delta targeted(NodeId node, const std::vector<ast::Delta::Kind>& kinds);

  // Sources and bindings
  void source_declaration(NodeId node);
  void bind_declaration(NodeId node);
  ast::SourcePath source_path(NodeId node);
  std::vector<ast::Text> data_path(NodeId node);
  std::optional<ast::Converter> converter(NodeId node);
  ast::BindDecl::Join join(NodeId node);

  // Tests
  void fixture_declaration(NodeId node);
  void test_declaration(NodeId node);
  void test_item(ast::TestCase& into, NodeId node);
  std::optional<ast::Expectation> expectation(NodeId node);

  const syntax::Tree& tree_;
  ast::Module& module_;
  base::Diagnostics& diagnostics_;
  std::vector<std::uint16_t> depths_;
  ExpressionBuilder expressions_;
};

}  // namespace muster::desugar

// SPDX-License-Identifier: Apache-2.0
// Imports, types, values and waivers.
#include "compiler/desugar/desugarer.h"

namespace muster::desugar {

void Desugarer::declaration(NodeId node) {
  switch (tree_.kind(node)) {
    case NodeKind::import_declaration: return import_declaration(node);
    case NodeKind::enum_declaration: return enum_declaration(node);
    case NodeKind::record_declaration: return record_declaration(node, ast::RecordDecl::Kind::record);
    case NodeKind::evidence_declaration: return record_declaration(node, ast::RecordDecl::Kind::evidence);
    case NodeKind::subject_declaration: return record_declaration(node, ast::RecordDecl::Kind::subject);
    case NodeKind::shared_declaration: return shared_declaration(node);
    case NodeKind::param_declaration: return param_declaration(node);
    case NodeKind::define_declaration: return define_declaration(node);
    case NodeKind::policy_declaration: return policy_declaration(node);
    case NodeKind::waiver_declaration: return waiver_declaration(node);
    case NodeKind::source_declaration: return source_declaration(node);
    case NodeKind::bind_declaration: return bind_declaration(node);
    case NodeKind::fixture_declaration: return fixture_declaration(node);
    case NodeKind::test_declaration: return test_declaration(node);
    default: return;  // no other node is a declaration
  }
}

void Desugarer::import_declaration(NodeId node) {
  ast::Import declared;
  declared.module = child_path(node);
  if (declared.module.parts.empty()) return;
  if (tree_.breaks_off(node)) {
    module_.incomplete = true;  // it may have named what is used below
    return;
  }
  const NodeId alias = child(node, NodeKind::import_alias);
  if (alias != syntax::kNoNode) declared.alias = child_name(alias);
  const NodeId names = child(node, NodeKind::import_names);
  if (names != syntax::kNoNode) declared.names = child_names(names);
  declared.span = tree_.span(node);
  module_.imports.push_back(std::move(declared));
}

void Desugarer::enum_declaration(NodeId node) {
  ast::EnumDecl declared;
  declared.name = child_name(node);
  declared.ordered = token_kind(first_token(node)) == TokenKind::word_ordered;
  for (const NodeId each : tree_.children(node)) {
    if (tree_.kind(each) != NodeKind::enum_member) continue;
    ast::EnumDecl::Member member;
    member.name = child_name(each);
    for (const NodeId spelling : tree_.children(each))
      if (tree_.kind(spelling) == NodeKind::texts) member.spellings.push_back(expressions_.text(spelling));
    declared.members.push_back(std::move(member));
  }
  declared.doc = doc(node);
  declared.span = tree_.span(node);
  declared.incomplete = tree_.has_error(node);
  module_.enums.push_back(std::move(declared));
}

void Desugarer::record_declaration(NodeId node, ast::RecordDecl::Kind kind) {
  ast::RecordDecl declared;
  declared.kind = kind;
  declared.name = child_name(node);
  const NodeId extends = child(node, NodeKind::extends_part);
  if (extends != syntax::kNoNode) declared.extends = child_path(extends);
  declared.fresh = expression_in(node, NodeKind::fresh_part);
  for (const NodeId each : tree_.children(node))
    if (tree_.kind(each) == NodeKind::field) declared.fields.push_back(field(each));
  declared.doc = doc(node);
  declared.span = tree_.span(node);
  declared.word = word(node);
  declared.incomplete = tree_.has_error(node);
  module_.records.push_back(std::move(declared));
}

ast::FieldDecl Desugarer::field(NodeId node) {
  ast::FieldDecl declared;
  const NodeId name = child(node, NodeKind::name);
  declared.name = expressions_.name(name);
  for (TokenId modifier = first_token(node); modifier < first_token(name); ++modifier) {
    if (token_kind(modifier) == TokenKind::word_key) declared.role = ast::FieldDecl::Role::key;
    if (token_kind(modifier) == TokenKind::word_label) declared.role = ast::FieldDecl::Role::label;
    if (token_kind(modifier) == TokenKind::word_private) declared.is_private = true;
  }
  declared.type = child_type(node);
  declared.range = expression_in(node, NodeKind::range_part);
  declared.fresh = expression_in(node, NodeKind::fresh_part);
  declared.doc = doc(node);
  return declared;
}

void Desugarer::shared_declaration(NodeId node) {
  ast::SharedDecl declared;
  declared.name = child_name(node);
  declared.type = child_type(node);
  declared.fresh = expression_in(node, NodeKind::fresh_part);
  declared.doc = doc(node);
  module_.shared.push_back(std::move(declared));
}

void Desugarer::param_declaration(NodeId node) {
  ast::ParamDecl declared;
  declared.name = child_name(node);
  declared.type = child_type(node);
  declared.value = assigned(node);
  declared.range = expression_in(node, NodeKind::range_part);
  declared.doc = doc(node);
  module_.params.push_back(std::move(declared));
}

void Desugarer::define_declaration(NodeId node) {
  ast::DefineDecl declared;
  declared.name = child_name(node);
  for (const NodeId each : tree_.children(node)) {
    if (tree_.kind(each) != NodeKind::parameter) continue;
    declared.parameters.push_back({child_name(each), child_type(each)});
  }
  declared.result = child_type(node);
  declared.body = assigned(node);
  declared.doc = doc(node);
  module_.defines.push_back(std::move(declared));
}

void Desugarer::waiver_declaration(NodeId node) {
  ast::WaiverDecl declared;
  declared.criterion = child_path(node);
  declared.span = tree_.span(node);
  std::set<NodeKind> seen;
  for (const NodeId each : tree_.children(node)) {
    const NodeKind kind = tree_.kind(each);
    if (kind == NodeKind::waive_subjects) {
      for (const NodeId text : tree_.children(each))
        if (tree_.kind(text) == NodeKind::texts) declared.subjects.push_back(expressions_.text(text));
    }
    const bool once = kind == NodeKind::from_part || kind == NodeKind::until_part || kind == NodeKind::by_whom_part ||
                      kind == NodeKind::because_part;
    if (once) (void)repeats(seen, each);
    if (tree_.has_error(each)) continue;
    if (kind == NodeKind::from_part) declared.from_span = tree_.span_of(date_token(each));
    if (kind == NodeKind::until_part) declared.until_span = tree_.span_of(date_token(each));
  }
  declared.where = expression_in(node, NodeKind::where_part);
  declared.from = date_in(node, NodeKind::from_part);
  declared.until = date_in(node, NodeKind::until_part);
  declared.by = text_in(node, NodeKind::by_whom_part);
  declared.because = text_in(node, NodeKind::because_part);
  if (tree_.has_error(node)) {
    module_.incomplete = true;
    return;
  }
  module_.waivers.push_back(std::move(declared));
}

}  // namespace muster::desugar

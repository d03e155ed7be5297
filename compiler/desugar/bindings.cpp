// SPDX-License-Identifier: Apache-2.0
// Sources and bindings.
#include "compiler/desugar/desugarer.h"

namespace muster::desugar {
namespace {

using syntax::TokenKind;
using Kind = ast::Converter::Kind;

Kind unit_converter(TokenKind unit) {
  switch (unit) {
    case TokenKind::word_points: return Kind::as_points;
    case TokenKind::word_days: return Kind::as_days;
    case TokenKind::word_hours: return Kind::as_hours;
    case TokenKind::word_minutes: return Kind::as_minutes;
    case TokenKind::word_seconds: return Kind::as_seconds;
    default: return Kind::as_ratio;  // the grammar lets no other word stand here
  }
}

Kind plain_converter(TokenKind word) {
  switch (word) {
    case TokenKind::word_map: return Kind::map;
    case TokenKind::word_split: return Kind::split;
    case TokenKind::word_lower: return Kind::lower;
    case TokenKind::word_upper: return Kind::upper;
    case TokenKind::word_strip_prefix: return Kind::strip_prefix;
    case TokenKind::word_strip_suffix: return Kind::strip_suffix;
    case TokenKind::word_present: return Kind::present;
    case TokenKind::word_keyed: return Kind::keyed_by;
    default: return Kind::trim;  // the grammar lets no other word stand here
  }
}

}  // namespace

void Desugarer::source_declaration(NodeId node) {
  ast::SourceDecl declared;
  declared.name = child_name(node);
  const NodeId kind = child(node, NodeKind::source_kind);
  if (kind != syntax::kNoNode) declared.kind = child_name(kind);
  std::set<NodeKind> seen;
  for (const NodeId each : tree_.children(node)) {
    switch (tree_.kind(each)) {
      case NodeKind::texts: declared.path = expressions_.text(each); break;
      case NodeKind::at_option: {
        if (repeats(seen, each)) break;
        const NodeId path = child(each, NodeKind::data_path);
        if (path == syntax::kNoNode) break;
        const base::Span span = tree_.span(path);
        declared.at = ast::Text{std::string(tree_.text.substr(span.begin - tree_.offset, span.end - span.begin)), span};
        declared.at_path = data_path(path);
        break;
      }
      case NodeKind::delimiter_option:
        if (!repeats(seen, each)) declared.delimiter = child_text(each);
        break;
      case NodeKind::env_option:
        if (!repeats(seen, each)) declared.environment = child_text(each);
        break;
      case NodeKind::query_option:
        if (!repeats(seen, each)) declared.query = child_text(each);
        break;
      case NodeKind::complete_option:
        if (repeats(seen, each)) break;
        declared.complete_rows = tree_.node(each).end - tree_.node(each).begin > 1;
        declared.complete = !declared.complete_rows;
        break;
      default: break;  // the name and the kind
    }
  }
  declared.doc = doc(node);
  declared.span = tree_.span(node);
  if (tree_.breaks_off(node)) {
    module_.incomplete = true;
    declared.kind = {};  // its file may be what could not be read
  }
  module_.sources.push_back(std::move(declared));
}

void Desugarer::bind_declaration(NodeId node) {
  ast::BindDecl declared;
  declared.target = child_path(node);
  const NodeId source = child(node, NodeKind::bind_source);
  if (source != syntax::kNoNode) declared.source = child_name(source);
  const NodeId on = child(node, NodeKind::on_part);
  if (on != syntax::kNoNode) {
    for (const NodeId each : tree_.children(on)) {
      if (tree_.kind(each) == NodeKind::join) declared.joins.push_back(join(each));
      if (tree_.kind(each) != NodeKind::data_path) continue;
      ast::BindDecl::Join by_key;
      by_key.source_path.parts = data_path(each);
      by_key.source_path.span = tree_.span(each);
      declared.joins.push_back(std::move(by_key));
    }
  }
  for (const NodeId each : tree_.children(node)) {
    if (tree_.kind(each) == NodeKind::scalar_binding) {
      const NodeId path = child(each, NodeKind::source_path);
      if (path != syntax::kNoNode) declared.scalar = source_path(path);
    }
    if (tree_.kind(each) != NodeKind::bind_field) continue;
    const NodeId path = child(each, NodeKind::source_path);
    if (path == syntax::kNoNode) continue;
    ast::BindDecl::Field field;
    field.target = child_names(child(each, NodeKind::path));
    field.from = source_path(path);
    field.span = tree_.span(each);
    declared.fields.push_back(std::move(field));
  }
  declared.doc = doc(node);
  declared.span = tree_.span(node);
  declared.word = word(node);
  declared.incomplete = tree_.has_error(node);
  module_.binds.push_back(std::move(declared));
}

// Its source's path stands left of `=`, the subject's field right, each with its converters.
ast::BindDecl::Join Desugarer::join(NodeId node) {
  ast::BindDecl::Join join;
  const NodeId path = child(node, NodeKind::source_path);
  if (path != syntax::kNoNode) join.source_path = source_path(path);
  join.subject_field = child_name(node);
  for (const NodeId each : tree_.children(node)) {
    if (tree_.kind(each) != NodeKind::converter) continue;
    if (auto read = converter(each)) join.subject_converters.push_back(std::move(*read));
  }
  return join;
}

ast::SourcePath Desugarer::source_path(NodeId node) {
  ast::SourcePath path;
  path.span = tree_.span(node);
  for (const NodeId each : tree_.children(node)) {
    if (tree_.kind(each) == NodeKind::data_path) path.parts = data_path(each);
    if (tree_.kind(each) != NodeKind::converter) continue;
    if (auto read = converter(each)) path.converters.push_back(std::move(*read));
  }
  return path;
}

std::vector<ast::Text> Desugarer::data_path(NodeId node) {
  std::vector<ast::Text> parts;
  for (const NodeId each : tree_.children(node)) {
    if (tree_.kind(each) == NodeKind::texts) parts.push_back(expressions_.text(each));
    if (tree_.kind(each) != NodeKind::name) continue;
    ast::Name name = expressions_.name(each);
    parts.push_back({std::move(name.text), name.span});
  }
  return parts;
}

std::optional<ast::Converter> Desugarer::converter(NodeId node) {
  if (tree_.has_error(node)) return std::nullopt;
  const TokenId first = first_token(node);
  ast::Converter converter;
  converter.span = tree_.span(node);
  converter.kind = plain_converter(token_kind(first));
  if (token_kind(first) == TokenKind::word_as) {
    const bool has_format = child(node, NodeKind::texts) != syntax::kNoNode;
    converter.kind = has_format ? Kind::as_format : unit_converter(token_kind(first + 1));
  }
  if (auto text = child_text(node)) converter.text = std::move(text->value);
  converter.field = child_name(node);
  for (const NodeId each : tree_.children(node)) {
    if (tree_.kind(each) == NodeKind::map_entry) {
      ast::Converter::Entry entry;
      entry.from = *child_text(each);
      entry.to = expressions_.expression(tree_.children(each).back(), tree_.span(each));
      converter.entries.push_back(std::move(entry));
    }
    if (tree_.kind(each) != NodeKind::else_entry) continue;
    if (converter.otherwise != ast::kNoExpr) {
      diagnostics_.report(base::Code::repeated_clause, word(each), "`map` has an `else` already").help =
          "keep one of them";
      continue;
    }
    converter.otherwise = child_expression(each);
  }
  return converter;
}

}  // namespace muster::desugar

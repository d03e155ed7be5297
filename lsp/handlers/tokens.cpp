// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "lsp/handlers/names.h"
#include "lsp/handlers/shown.h"

namespace muster::lsp {

namespace {

using rules::TokenKind;

enum class Type : std::uint8_t {
  comment,
  keyword,
  text,
  number,
  function,
  variable,
  parameter,
  property,
  enum_member,
  type,
  enumeration,
  classlike,
  space
};

Type type_of(Sort sort) {
  switch (sort) {
    case Sort::enumeration: return Type::enumeration;
    case Sort::enum_name: return Type::enum_member;
    case Sort::record: return Type::type;
    case Sort::field:
    case Sort::section:
    case Sort::criterion:
    case Sort::gate:
    case Sort::score:
    case Sort::levels:
    case Sort::show: return Type::property;
    case Sort::param: return Type::parameter;
    case Sort::define: return Type::function;
    case Sort::policy: return Type::classlike;
    case Sort::module: return Type::space;
    case Sort::shared:
    case Sort::variable:
    case Sort::let:
    case Sort::source:
    case Sort::fixture: return Type::variable;
  }
  return Type::variable;
}

std::optional<Type> type_of(TokenKind kind) {
  if (kind == TokenKind::text || kind == TokenKind::raw_text) return Type::text;
  if (kind < TokenKind::text && kind != TokenKind::end) return Type::number;
  if (kind == TokenKind::unit) return Type::number;
  if (rules::is_word(kind) && kind != TokenKind::word && kind != TokenKind::quoted_name) return Type::keyword;
  return std::nullopt;
}

struct Piece {
  std::uint32_t begin, end;
  Type type;
};

}  // namespace

const std::vector<std::string_view>& token_types() {
  static const std::vector<std::string_view> names = {"comment",  "keyword",   "string",   "number",     "function",
                                                      "variable", "parameter", "property", "enumMember", "type",
                                                      "enum",     "class",     "namespace"};
  return names;
}

std::vector<std::uint32_t> semantic_tokens(Session& session, const std::string& path, const Range* range) {
  const auto analysis = session.analysis(path);
  if (!analysis) return {};
  const Positions positions(analysis->file(), session.encoding);
  const std::uint32_t from = range == nullptr ? 0 : positions.offset(range->start);
  const std::uint32_t to = range == nullptr ? ~std::uint32_t{0} : positions.offset(range->end);
  const base::FileId file = analysis->module().id;
  std::map<std::uint32_t, Type> names;  // by where they begin
  std::map<std::pair<base::FileId, std::uint32_t>, Type> declared;
  for (const Declared& each : all_declared(*analysis)) {
    declared.emplace(std::pair(each.span.file, each.span.begin), type_of(each.sort));
    if (each.span.file == file) names.emplace(each.span.begin, type_of(each.sort));
  }
  for (const check::NameUse& use : analysis->compilation->uses) {
    const auto known = declared.find({use.declared.file, use.declared.begin});
    if (use.at.file == file && known != declared.end()) names.insert_or_assign(use.at.begin, known->second);
  }
  const syntax::Tree& tree = analysis->module().tree;
  std::map<std::uint32_t, Piece> pieces;
  for (const syntax::Comment& comment : tree.comments)
    pieces.emplace(comment.begin, Piece{comment.begin, comment.end, Type::comment});
  // Words of the language are names in most places: there they have no colour of their own.
  for (const syntax::Token& token : tree.tokens) {
    if (token.begin >= token.end) continue;
    const auto name = names.find(token.begin);
    const auto type = name == names.end() ? type_of(token.kind) : name->second;
    if (type) pieces.emplace(token.begin, Piece{token.begin, token.end, *type});
  }
  std::vector<std::uint32_t> packed;
  Position last;
  for (const auto& [begin, piece] : pieces) {
    if (piece.end <= from || piece.begin >= to) continue;
    const Range at = positions.range(piece.begin, piece.end);
    packed.push_back(at.start.line - last.line);
    packed.push_back(at.start.line == last.line ? at.start.character - last.character : at.start.character);
    packed.push_back(at.end.character - at.start.character);
    packed.push_back(static_cast<std::uint32_t>(piece.type));
    packed.push_back(0);
    last = at.start;
  }
  return packed;
}

}  // namespace muster::lsp

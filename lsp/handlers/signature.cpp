// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "lsp/handlers/completion.h"
#include "lsp/handlers/cursor.h"
#include "lsp/handlers/functions.h"
#include "lsp/handlers/names.h"

namespace muster::lsp {

const std::vector<Function>& functions() {
  static const std::vector<Function> all = {
#define MUSTER_FUNCTION(name, signature, meaning) {#name, signature, meaning},
#include "lsp/handlers/functions.def"
#undef MUSTER_FUNCTION
  };
  return all;
}

std::optional<SignatureHelp> signature_help(Session& session, const std::string& path, Position position) {
  const auto analysis = session.analysis(path);
  if (!analysis) return std::nullopt;
  const std::uint32_t offset = Positions(analysis->file(), session.encoding).offset(position);
  const syntax::Tree& tree = analysis->module().tree;
  std::size_t at = 0;
  while (at < tree.tokens.size() && tree.tokens[at].kind != TokenKind::end && tree.tokens[at].begin < offset) ++at;
  std::uint32_t depth = 0, comma = 0;
  for (; at > 0; --at) {
    const TokenKind kind = tree.tokens[at - 1].kind;
    if (kind == TokenKind::open_brace || kind == TokenKind::close_brace) return std::nullopt;
    if (kind == TokenKind::close_bracket || kind == TokenKind::close_list) ++depth;
    if (kind == TokenKind::comma && depth == 0) ++comma;
    if (kind != TokenKind::open_bracket && kind != TokenKind::open_list) continue;
    if (depth == 0) break;
    --depth;
  }
  if (at < 2) return std::nullopt;
  const auto callee = static_cast<syntax::TokenId>(at - 2);
  SignatureHelp help;
  for (const check::NameUse& use : analysis->compilation->uses) {
    if (!(use.at == tree.span_of(callee))) continue;
    const auto declared = declared_at(*analysis, use.declared);
    if (!declared || declared->sort != Sort::define) continue;
    help.label = declared->signature.substr(std::string_view("define ").size());
    help.documentation = declared->doc;
  }
  for (const Function& each : functions()) {
    if (!help.label.empty() || each.name != tree.text_of(callee)) continue;
    help.label = each.signature;
    help.documentation = each.meaning;
  }
  if (help.label.empty()) return std::nullopt;
  const std::size_t open = help.label.find('('), close = help.label.rfind("):");
  for (std::size_t begin = open + 1; begin < close;) {
    const std::size_t end = std::min(help.label.find(", ", begin), close);
    help.parameters.emplace_back(begin, end);
    begin = end + 2;
  }
  help.active = comma;
  return help;
}

}  // namespace muster::lsp

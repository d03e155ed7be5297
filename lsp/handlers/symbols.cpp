// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "lsp/handlers/structure.h"
#include "lsp/protocol/uri.h"

namespace muster::lsp {

namespace {

using rules::NodeKind;
using syntax::NodeId;

// What stands in an outline, and as what; all other nodes are parts of these.
constexpr std::pair<NodeKind, SymbolKind> kOutlined[] = {
    {NodeKind::enum_declaration, SymbolKind::enumeration},
    {NodeKind::enum_member, SymbolKind::enum_member},
    {NodeKind::record_declaration, SymbolKind::structure},
    {NodeKind::evidence_declaration, SymbolKind::structure},
    {NodeKind::subject_declaration, SymbolKind::classlike},
    {NodeKind::field, SymbolKind::field},
    {NodeKind::shared_declaration, SymbolKind::variable},
    {NodeKind::param_declaration, SymbolKind::constant},
    {NodeKind::define_declaration, SymbolKind::function},
    {NodeKind::policy_declaration, SymbolKind::classlike},
    {NodeKind::section, SymbolKind::package},
    {NodeKind::criterion, SymbolKind::property},
    {NodeKind::gate, SymbolKind::property},
    {NodeKind::score, SymbolKind::property},
    {NodeKind::levels, SymbolKind::property},
    {NodeKind::show, SymbolKind::property},
    {NodeKind::source_declaration, SymbolKind::object},
    {NodeKind::bind_declaration, SymbolKind::object},
    {NodeKind::fixture_declaration, SymbolKind::object},
    {NodeKind::waiver_declaration, SymbolKind::object},
    {NodeKind::test_declaration, SymbolKind::event},
    {NodeKind::test_case, SymbolKind::event},
};

std::optional<SymbolKind> kind_of(NodeKind kind) {
  for (const auto& [node, symbol] : kOutlined) {
    if (node == kind) return symbol;
  }
  return std::nullopt;
}

// The first of its children that says what it is called.
NodeId name_of(const syntax::Tree& tree, NodeId node) {
  for (const NodeId child : tree.children(node)) {
    const NodeKind kind = tree.kind(child);
    if (kind == NodeKind::name || kind == NodeKind::path || kind == NodeKind::texts) return child;
  }
  return syntax::kNoNode;
}

std::string text_of(const syntax::Tree& tree, NodeId node) {
  const base::Span span = tree.span(node);
  std::string text(tree.text.substr(span.begin, span.end - span.begin));
  text.erase(std::remove_if(text.begin(), text.end(), [](char each) { return each == '"' || each == '`'; }),
             text.end());
  return text;
}

std::string detail_of(const syntax::Tree& tree, NodeId node) {
  for (const NodeId child : tree.children(node)) {
    if (tree.kind(child) == NodeKind::texts || tree.kind(child) == NodeKind::type ||
        tree.kind(child) == NodeKind::list_type)
      return text_of(tree, child);
  }
  return {};
}

class Outline {
 public:
  Outline(const syntax::Tree& tree, const Positions& positions) : tree_(tree), positions_(positions) {}

  std::vector<Symbol> of(NodeId node) {
    std::vector<Symbol> found;
    for (const NodeId child : tree_.children(node)) {
      const auto kind = kind_of(tree_.kind(child));
      const NodeId name = kind ? name_of(tree_, child) : syntax::kNoNode;
      if (name == syntax::kNoNode) {
        auto inner = of(child);
        std::move(inner.begin(), inner.end(), std::back_inserter(found));
        continue;
      }
      Symbol symbol;
      symbol.name = text_of(tree_, name);
      if (const std::string detail = detail_of(tree_, child); detail != symbol.name) symbol.detail = detail;
      symbol.kind = *kind;
      symbol.range = positions_.range(tree_.span(child));
      symbol.selection = positions_.range(tree_.span(name));
      symbol.children = of(child);
      found.push_back(std::move(symbol));
    }
    return found;
  }

 private:
  const syntax::Tree& tree_;
  const Positions& positions_;
};

bool holds_letters(std::string_view name, std::string_view query) {
  const auto small = [](char each) { return each >= 'A' && each <= 'Z' ? static_cast<char>(each + 32) : each; };
  for (const char letter : name) {
    if (!query.empty() && small(letter) == small(query.front())) query.remove_prefix(1);
  }
  return query.empty();
}

void collect(const std::vector<Symbol>& symbols, const std::string& uri, const std::string& container,
             std::string_view query, std::vector<WorkspaceSymbol>& all) {
  for (const Symbol& symbol : symbols) {
    if (holds_letters(symbol.name, query))
      all.push_back({symbol.name, symbol.kind, {uri, symbol.selection}, container});
    collect(symbol.children, uri, symbol.name, query, all);
  }
}

}  // namespace

std::vector<Symbol> document_symbols(Session& session, const std::string& path) {
  const auto analysis = session.analysis(path);
  if (!analysis) return {};
  const Positions positions(analysis->file(), session.encoding);
  const syntax::Tree& tree = analysis->module().tree;
  return tree.nodes.empty() ? std::vector<Symbol>{} : Outline(tree, positions).of(tree.root());
}

std::vector<WorkspaceSymbol> workspace_symbols(Session& session, const std::string& query) {
  constexpr std::size_t kMostFound = 1'000;
  std::vector<WorkspaceSymbol> all;
  for (const auto& project : session.projects()) {
    session.check_all(*project);
    for (const auto& [path, findings] : project->findings) {
      const auto own = findings->files.find(path);
      if (own == findings->files.end() || own->second->tree.nodes.empty()) continue;
      const Positions positions(*own->second->file, session.encoding);
      const syntax::Tree& tree = own->second->tree;
      const auto open = session.documents().find(path);
      const std::string uri = open == session.documents().end() ? uri_of_path(path) : open->second.uri;
      collect(Outline(tree, positions).of(tree.root()), uri, "", query, all);
      if (all.size() > kMostFound) all.resize(kMostFound);
    }
  }
  return all;
}

std::vector<TestPlace> tests(Session& session, const Analysis& analysis) {
  const Positions positions(analysis.file(), session.encoding);
  std::vector<TestPlace> found;
  for (const ast::TestDecl& test : analysis.module().module.tests) {
    if (test.body.name) found.push_back({positions.range(test.body.name->span), test.body.name->value});
  }
  return found;
}

}  // namespace muster::lsp

// SPDX-License-Identifier: Apache-2.0
#include "lsp/handlers/structure.h"

#include <algorithm>

#include "grammar/format/format.h"
#include "grammar/parse/parse.h"

namespace muster::lsp {

namespace {

using syntax::NodeId;
using syntax::TokenId;

std::uint32_t begin_of(const syntax::Tree& tree, TokenId token) { return tree.tokens[token].begin; }

// One edit for each gap between tokens that the layout changes: what stands in the tokens stays, and so does whatever
// an editor has attached to them.
std::vector<TextEdit> layout_edits(const syntax::Tree& tree, const std::string& formatted, const Positions& positions) {
  const auto laid_out = parse::parse_module(formatted, tree.file);
  const auto& now = tree.tokens;
  const auto& then = laid_out.tree.tokens;
  if (now.size() != then.size()) return {{positions.range(0, static_cast<std::uint32_t>(tree.text.size())), formatted}};
  std::vector<TextEdit> edits;
  std::uint32_t now_at = 0, then_at = 0;
  for (std::size_t i = 0; i < now.size(); ++i) {
    const std::string_view gap_now = tree.text.substr(now_at, now[i].begin - now_at);
    const std::string_view gap_then = std::string_view(formatted).substr(then_at, then[i].begin - then_at);
    if (gap_now != gap_then) edits.push_back({positions.range(now_at, now[i].begin), std::string(gap_then)});
    const std::string_view token_then = std::string_view(formatted).substr(then[i].begin, then[i].end - then[i].begin);
    if (tree.text_of(static_cast<TokenId>(i)) != token_then)
      edits.push_back({positions.range(now[i].begin, now[i].end), std::string(token_then)});
    now_at = now[i].end;
    then_at = then[i].end;
  }
  return edits;
}

}  // namespace

std::vector<Folding> foldings(Session& session, const std::string& path) {
  const auto analysis = session.analysis(path);
  if (!analysis) return {};
  const syntax::Tree& tree = analysis->module().tree;
  std::vector<Folding> found;
  for (NodeId id = 0; id < tree.nodes.size(); ++id) {
    const syntax::Node& node = tree.node(id);
    // What has a block of its own folds up to the line before its closing brace.
    const auto open = tree.own_token(id, rules::TokenKind::open_brace);
    if (!open || node.end == 0 || node.end <= node.begin) continue;
    const syntax::Token& last = tree.tokens[node.end - 1];
    const std::uint32_t first_line = tree.tokens[*open].line;
    const bool closes = last.kind == rules::TokenKind::close_brace;
    if (last.line > first_line + (closes ? 1 : 0)) found.push_back({first_line, last.line - (closes ? 1 : 0)});
  }
  for (std::size_t i = 0; i < tree.comments.size();) {
    std::size_t end = i;
    const auto line = [&](std::size_t at) { return analysis->file().line_of(tree.comments[at].begin) - 1; };
    while (end + 1 < tree.comments.size() && tree.comments[end + 1].place == syntax::Comment::Place::own_line &&
           line(end + 1) == line(end) + 1)
      ++end;
    if (tree.comments[i].place == syntax::Comment::Place::own_line && end > i)
      found.push_back({line(i), line(end), true, false});
    i = end + 1;
  }
  const auto& imports = analysis->module().module.imports;
  if (imports.size() > 1) {
    const std::uint32_t first = analysis->file().line_of(imports.front().span.begin) - 1;
    const std::uint32_t last = analysis->file().line_of(imports.back().span.end) - 1;
    if (last > first) found.push_back({first, last, false, true});
  }
  std::sort(found.begin(), found.end(), [](const Folding& a, const Folding& b) {
    return std::pair(a.first_line, b.last_line) < std::pair(b.first_line, a.last_line);
  });
  found.erase(std::unique(found.begin(), found.end(),
                          [](const Folding& a, const Folding& b) {
                            return a.first_line == b.first_line && a.last_line == b.last_line;
                          }),
              found.end());
  return found;
}

std::vector<Range> selections(Session& session, const std::string& path, Position position) {
  const auto analysis = session.analysis(path);
  if (!analysis) return {};
  const syntax::Tree& tree = analysis->module().tree;
  const Positions positions(analysis->file(), session.encoding);
  const std::uint32_t offset = positions.offset(position);
  std::vector<base::Span> spans;
  const auto take = [&](base::Span span) {
    if (span.begin <= offset && offset <= span.end && span.begin < span.end) spans.push_back(span);
  };
  for (TokenId token = 0; token < tree.tokens.size(); ++token) {
    if (begin_of(tree, token) > offset) break;
    take(tree.span_of(token));
  }
  for (NodeId id = 0; id < tree.nodes.size(); ++id) take(tree.span(id));
  take({tree.file, 0, static_cast<std::uint32_t>(tree.text.size())});
  std::stable_sort(spans.begin(), spans.end(),
                   [](const auto& a, const auto& b) { return a.end - a.begin < b.end - b.begin; });
  std::vector<Range> found;
  const base::Span* inner = nullptr;
  for (const base::Span& span : spans) {
    // Two tokens may touch at the place; what surrounds holds what it surrounds.
    if (inner != nullptr && (span == *inner || span.begin > inner->begin || span.end < inner->end)) continue;
    found.push_back(positions.range(span));
    inner = &span;
  }
  if (found.empty()) found.push_back({position, position});
  return found;
}

std::vector<TextEdit> formatting(Session& session, const std::string& path) {
  const auto analysis = session.analysis(path);
  if (!analysis) return {};
  const auto formatted = format::format(analysis->module().tree);
  if (!formatted) return {};
  return layout_edits(analysis->module().tree, *formatted, Positions(analysis->file(), session.encoding));
}

std::vector<TextEdit> formatting(Session& session, const std::string& path, const Range& range) {
  std::vector<TextEdit> edits = formatting(session, path);
  edits.erase(std::remove_if(
                  edits.begin(), edits.end(),
                  [&](const TextEdit& edit) { return edit.range.end < range.start || range.end < edit.range.start; }),
              edits.end());
  return edits;
}

}  // namespace muster::lsp

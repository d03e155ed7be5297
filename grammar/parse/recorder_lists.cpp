// SPDX-License-Identifier: Apache-2.0
// How the parser goes on in brackets and lists that hold a mistake, or are not closed.
#include "grammar/parse/expectation_text.h"
#include "grammar/parse/recorder.h"

namespace muster::parse {

void Recorder::count(const Brackets& brackets, int change) {
  Frame& frame = frames_.back();
  const auto step = static_cast<std::size_t>(change);
  if (brackets.is_list) frame.commas += step;
  if (brackets.close == TokenKind::close_bracket) frame.rounds += step;
  if (brackets.close == TokenKind::close_list) frame.squares += step;
}

void Recorder::enter_brackets(const KindInput& in, TokenKind close) {
  brackets_.push_back({close, false, position(in) - 1, false});
  count(brackets_.back(), 1);
}

void Recorder::enter_list(const KindInput& in, TokenKind close, Starts starts) {
  if (close == TokenKind::close_brace) {
    frames_.emplace_back();
    frames_.back().starts = starts;
    frames_.back().is_list = true;
  }
  brackets_.push_back({close, true, position(in) - 1, false});
  count(brackets_.back(), 1);
}

void Recorder::leave() {
  const Brackets brackets = brackets_.back();
  brackets_.pop_back();
  count(brackets, -1);
  if (brackets.close == TokenKind::close_brace) frames_.pop_back();
}

void Recorder::close_brackets(KindInput& in, TokenKind close) {
  if (panicking_ && peek(in, 0) == close) panicking_ = false;
  if (!panicking_ && !take(in, close)) {
    report_unclosed(in);
    missing(in, {close});
    if (!panicking_) (void)take(in, close);
  }
  leave();
}

// Brackets with text behind them on their line end on that line, so the mistake is there. Others end on a line of their
// own, and what stands there is no part of them any more.
void Recorder::report_unclosed(const KindInput& in) {
  const Brackets& brackets = brackets_.back();
  const auto opening = static_cast<syntax::TokenId>(brackets.opening);
  const bool goes_on = tree_.tokens[opening].line != tree_.tokens[token(in)].line && begins_line(in, 0);
  if (muted_ || panicking_ || brackets.close == TokenKind::close_brace || !goes_on) return;
  const base::Span last = tree_.span_of(token(in) - 1);
  const bool ends_its_line = tree_.tokens[opening + 1].first_on_line;
  const std::string close = brackets.close == TokenKind::close_list ? "`]`" : "`)`";
  auto& diagnostic = diagnostics_.report(
      base::Code::syntax, ends_its_line ? base::Span{last.file, last.end, last.end} : tree_.span_of(opening),
      ends_its_line ? "expected " + close : "`" + std::string(tree_.text_of(opening)) + "` is not closed");
  if (ends_its_line) {
    diagnostic.labels.push_back({tree_.span_of(opening), "it closes this"});
  } else {
    diagnostic.help = "write " + close + " where it ends";
  }
  tree_.broken = true;
  muted_ = true;
  last_mistake_ = position(in);
}

// `drills: { ... }, { ... }`: a field has one value, or a list of them.
void Recorder::report_missing_list(const KindInput& in) {
  if (brackets_.empty() || brackets_.back().close != TokenKind::close_brace || tree_.nodes.empty()) return;
  const syntax::Node& before = tree_.nodes.back();
  const bool is_object = before.kind == rules::NodeKind::object_field &&
                         static_cast<TokenKind>(kinds_[before.end - 1]) == TokenKind::close_brace;
  if (!is_object || (peek(in, 0) != TokenKind::open_brace && peek(in, 0) != TokenKind::close_list)) return;
  brackets_.back().is_uncertain = true;
  const syntax::TokenId value = before.begin + 2;
  if (!muted_ && (last_mistake_ == kNowhere || last_mistake_ < before.begin)) {
    diagnostics_.report(base::Code::syntax, tree_.span_of(value), "expected `[`").help =
        "write `[` before the first value of a list, and `]` behind its last";
    last_mistake_ = position(in);
  }
  muted_ = true;
}

// `[a: 1 }, { a: 2 }]`: an element whose `{` is missing.
bool Recorder::skip_to_orphan(KindInput& in) {
  if (!has_orphan(in)) return false;
  expected(position(in), rules::describe(TokenKind::open_brace));
  report(in);
  const std::size_t begin = position(in);
  while (peek(in, 0) != TokenKind::orphan_close) in.bump(1);
  in.bump(1);
  record_error(begin, position(in));
  return true;
}

// A list in braces goes on at its next field, or at its `}`, whatever happened in it.
bool Recorder::next_element(KindInput& in, TokenKind close) {
  if (panicking_) {
    if (close != TokenKind::close_brace) return false;
    panicking_ = false;
    if (!frames_.back().starts(*this, in, 0)) (void)skip(in, {});
  }
  if (take(in, close)) return false;
  const TokenKind kind = peek(in, 0);
  if (close == TokenKind::close_brace && kind == TokenKind::missing_close) {
    in.bump(1);
    return false;
  }
  const Frame& frame = frames_.back();
  const bool begins_field = close != TokenKind::close_brace && frame.is_list && tree_.tokens[token(in)].first_on_line &&
                            frame.starts(*this, in, 0);
  const bool ends = kind == TokenKind::end || kind == TokenKind::close_brace || kind == TokenKind::missing_close ||
                    kind == TokenKind::close_bracket || kind == TokenKind::close_list;
  if (begins_field && skip_to_orphan(in)) {
    end_element(in, close);
    return next_element(in, close);
  }
  if (ends || begins_field) {
    report_unclosed(in);
    missing(in, {});
    if (begins_field && brackets_.size() > 1) brackets_[brackets_.size() - 2].is_uncertain = true;
    // A stray `]` doesn't end a list in braces.
    return close == TokenKind::close_brace && peek(in, 0) != TokenKind::end && next_element(in, close);
  }
  if (!brackets_.back().is_uncertain) unmute(in);
  return true;
}

void Recorder::end_element(KindInput& in, TokenKind close) {
  const TokenKind kind = peek(in, 0);
  const bool ends = kind == close || (close == TokenKind::close_brace && kind == TokenKind::missing_close);
  if (panicking_) {
    if (kind != TokenKind::comma && !ends) return;
    panicking_ = false;
  }
  if (ends || take(in, TokenKind::comma)) return;
  report_missing_list(in);
  report_unclosed(in);
  expected(position(in), rules::describe(close));
  report(in);
  brackets_.back().is_uncertain = close != TokenKind::close_brace;
  record_error(position(in), position(in));
  panicking_ = !frames_.back().is_list && stops(in);
}

}  // namespace muster::parse

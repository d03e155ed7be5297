// SPDX-License-Identifier: Apache-2.0
#include "grammar/parse/recorder.h"

#include <algorithm>

#include "grammar/parse/advice.h"
#include "grammar/parse/braces.h"
#include "grammar/parse/deriving_advice.h"
#include "grammar/parse/expectation_text.h"
#include "grammar/rules/module.h"

namespace muster::parse {
namespace {

bool is_unclosed(const syntax::Tree& tree, syntax::TokenId id) {
  const TokenKind kind = tree.tokens[id].kind;
  if (kind == TokenKind::quoted_name) return tree.text_of(id).size() == 1 || tree.text_of(id).back() != '`';
  const std::size_t opening = kind == TokenKind::raw_text ? 2 : 1;
  const bool is_text = kind == TokenKind::text || kind == TokenKind::raw_text;
  return is_text && (tree.text_of(id).size() == opening || tree.text_of(id).back() != '"');
}

}  // namespace

Recorder::Recorder(syntax::Tree& tree, base::Diagnostics& diagnostics, Barriers barriers, Scope scope)
    : tree_(tree),
      diagnostics_(diagnostics),
      barriers_(barriers),
      scope_(scope),
      named_at_(kNowhere),
      last_mistake_(kNowhere) {
  kinds_.reserve(tree.tokens.size());
  for (const auto& token : tree.tokens) {
    if (token.kind == TokenKind::orphan_close) last_orphan_ = kinds_.size() + 1;
    kinds_.push_back(static_cast<char>(token.kind));
  }
}

// Tokens

TokenKind Recorder::peek(const KindInput& in, std::size_t distance) const {
  const std::size_t at = std::min(position(in) + distance, kinds_.size() - 1);
  return static_cast<TokenKind>(kinds_[at]);
}

bool Recorder::take(KindInput& in, TokenKind kind) {
  ++attempts_;
  if (panicking_) return false;
  if (peek(in, 0) == kind && !is_barrier(in)) {
    in.bump(1);
    return true;
  }
  expected(position(in), rules::describe(kind));
  return false;
}

bool Recorder::take_if(KindInput& in, bool (*test)(TokenKind)) {
  ++attempts_;
  if (panicking_ || !test(peek(in, 0)) || is_barrier(in)) return false;
  if (barriers_ == Barriers::declarations && starts_declaration(tree_, token(in))) return false;
  in.bump(1);
  return true;
}

// An item of the policy begins there, and it isn't the one that is being read.
bool Recorder::is_barrier(const KindInput& in) const {
  const Frame& frame = frames_.back();
  return barriers_ == Barriers::declarations && frame.is_policy && frame.item != token(in) && begins_line(in, 0) &&
         begins_policy_item(in);
}

// Its word and its name, and not `must because "..."`.
bool Recorder::begins_policy_item(const KindInput& in) const {
  const TokenKind next = peek(in, 1);
  const bool is_reason = next == TokenKind::word_because && rules::is_text(peek(in, 2));
  return frames_.back().starts(*this, in, 0) && rules::is_name(next) && !begins_line(in, 1) && !is_reason;
}

std::size_t Recorder::behind_brackets(const KindInput& in, std::size_t distance) const {
  std::size_t depth = 0;
  for (std::size_t at = position(in) + distance; at < kinds_.size(); ++at) {
    const auto kind = static_cast<TokenKind>(kinds_[at]);
    if (kind == TokenKind::open_bracket) ++depth;
    if (kind == TokenKind::close_bracket && --depth == 0) return at + 1 - position(in);
  }
  return kinds_.size();
}

// Rules

void Recorder::start(const KindInput& in, const Traits& rule) {
  const std::size_t at = position(in);
  open_rules_.push_back({at, tree_.nodes.size(), named_at_});
  if (!rule.has_words || named_at_ == at) return;
  if (!rule.words.empty() && !panicking_) expected(at, rule.words);
  named_at_ = at;
}

void Recorder::success(const KindInput& in, const Traits& rule) {
  const OpenRule open = open_rules_.back();
  open_rules_.pop_back();
  named_at_ = open.named_at;
  if (!rule.makes_node) return;
  syntax::Node node;
  node.kind = rule.kind;
  node.begin = static_cast<syntax::TokenId>(open.position);
  node.end = token(in);
  node.first = static_cast<syntax::NodeId>(open.nodes);
  if (rule.is_chain && tree_.nodes.size() > open.nodes) {
    const syntax::Node& last = tree_.nodes.back();
    if (last.first == node.first && last.begin == node.begin && last.end == node.end) return;
  }
  tree_.nodes.push_back(node);
}

void Recorder::failure() {
  named_at_ = open_rules_.back().named_at;
  tree_.nodes.resize(open_rules_.back().nodes);
  open_rules_.pop_back();
}

// Mistakes

void Recorder::missing(KindInput& in, std::initializer_list<TokenKind> follow) {
  if (report_reserved_word(in, follow)) return;
  report(in);
  const std::size_t begin = position(in);
  panicking_ = !skip(in, follow);
  record_error(begin, position(in));
}

void Recorder::misplaced(const KindInput& in) {
  expected(position(in), rules::describe(TokenKind::open_brace));
  report(in);
  record_error(position(in), position(in));
}

void Recorder::bad_item(KindInput& in) {
  if (report_reserved_word(in, {TokenKind::comma, TokenKind::assign, TokenKind::close_brace, TokenKind::word})) {
    if (peek(in, 0) == TokenKind::comma) in.bump(1);
    return;
  }
  if (!frames_.back().is_text) expected(position(in), rules::describe(TokenKind::close_brace));
  report(in);
  const std::size_t begin = position(in);
  // `delete gate g`, `override must c`: no gate and no criterion begins there.
  const bool names_kind = rules::is_block_kind(peek(in, 1)) || rules::is_criterion_word(peek(in, 1));
  if (frames_.back().is_policy && names_kind && means_delta(tree_.text_of(token(in)))) in.bump(1);
  skip_at_least_one(in);
  record_error(begin, position(in));
}

void Recorder::bad_element(KindInput& in) {
  report_missing_list(in);
  report(in);
  const std::size_t begin = position(in);
  (void)skip(in, {});
  record_error(begin, position(in));
  panicking_ = true;
}

// `and` where a name must stand is taken for one, if what follows the name follows it.
bool Recorder::report_reserved_word(KindInput& in, std::initializer_list<TokenKind> follow) {
  const TokenKind word = peek(in, 0);
  if (!rules::is_reserved(word) || expected_at_ != position(in) || expected_.size() != 1 ||
      expected_.front() != "a name")
    return false;
  if (std::find(follow.begin(), follow.end(), peek(in, 1)) == follow.end()) return false;
  const std::size_t begin = position(in);
  if (!muted_) {
    const std::string text(tree_.text_of(token(in)));
    diagnostics_
        .report(base::Code::reserved_word, tree_.span_of(token(in)),
                "`" + text + "` is a word of the language and no name here")
        .help = "to have it as a name write it in backquotes: `` `" + text + "` ``";
    muted_ = true;
    last_mistake_ = begin;
  }
  in.bump(1);
  record_error(begin, position(in));
  return true;
}

void Recorder::expected(std::size_t position, std::string_view words) {
  if (position == named_at_ || panicking_) return;
  if (position > expected_at_) expected_.clear();
  if (position < expected_at_) return;
  expected_at_ = position;
  if (std::find(expected_.begin(), expected_.end(), words) == expected_.end()) expected_.push_back(words);
}

void Recorder::report(const KindInput& in) {
  tree_.broken = true;
  const std::size_t at = std::max(position(in), expected_.empty() ? 0 : expected_at_);
  const auto found = static_cast<TokenKind>(kinds_[at]);
  const auto id = static_cast<syntax::TokenId>(at);
  // Unclosed blocks and texts have been reported, and what is missing may stand in the text.
  const bool is_known =
      found == TokenKind::missing_close || is_unclosed(tree_, id) || (id > 0 && is_unclosed(tree_, id - 1));
  if (!muted_ && !is_known) {
    const Advice advice = advise({tree_, id, expected_, items()});
    base::Span span = tree_.span_between(advice.begin, advice.end);
    const std::string_view written = tree_.text.substr(span.begin - tree_.offset, span.end - span.begin);
    std::string message = found == TokenKind::orphan_close ? orphan_text()
                          : advice.is_before               ? before_text(written)
                          : found == TokenKind::end && scope_ == Scope::braces
                              ? expectation_text(expected_, found, "}")
                              : expectation_text(expected_, found, written);
    if (at == position(in) && is_barrier(in) && !advice.is_before) {
      const std::uint32_t line_end = tree_.span_of(id - 1).end;
      span = {tree_.file, line_end, line_end};
      message = line_end_text(expected_);
    }
    base::Diagnostic& diagnostic = diagnostics_.report(base::Code::syntax, span, std::move(message));
    diagnostic.help = advice.help;
    if (!advice.word.empty()) diagnostic.suggest(tree_.span_between(advice.begin, advice.end), advice.word);
    tree_.mistakes.push_back(advice.begin);
    if (advice.is_before) tree_.mistakes.push_back(advice.end);
  }
  tree_.mistakes.push_back(id);
  muted_ = true;
  last_mistake_ = at;
}

Items Recorder::items() const {
  Items items;
  items.open = frames_.back().item;
  items.before = frames_.back().item_before;
  if (frames_.size() > 1) items.around = frames_[frames_.size() - 2].item;
  return items;
}

void Recorder::record_error(std::size_t begin, std::size_t end) {
  tree_.broken = true;
  syntax::Node node;
  node.kind = rules::NodeKind::error;
  node.begin = static_cast<syntax::TokenId>(begin);
  node.end = static_cast<syntax::TokenId>(end);
  node.first = static_cast<syntax::NodeId>(tree_.nodes.size());
  tree_.nodes.push_back(node);
}

// An item or element that begins a line behind the last mistake may be one of its own.
void Recorder::unmute(const KindInput& in) {
  const bool behind = last_mistake_ == kNowhere || position(in) > last_mistake_;
  if (behind && tree_.tokens[token(in)].first_on_line) muted_ = false;
}

// A list or block around the rule can go on from here.
bool Recorder::stops(const KindInput& in) const {
  const Frame& frame = frames_.back();
  switch (peek(in, 0)) {
    case TokenKind::end: return true;
    case TokenKind::close_brace:
    case TokenKind::missing_close: return !frame.is_text;
    case TokenKind::orphan_close: return frame.lacks_brace;
    case TokenKind::comma:
      if (frame.commas > 0) return true;
      break;
    case TokenKind::close_bracket:
      if (frame.rounds > 0) return true;
      break;
    case TokenKind::close_list:
      if (frame.squares > 0) return true;
      break;
    default: break;
  }
  if (frame.starts == nullptr || !frame.starts(*this, in, 0)) return false;
  if (begins_line(in, 0)) return true;
  return !frame.is_text && (!frame.is_policy || begins_policy_item(in));
}

// To the first token of `follow`, or to where a list around can go on; over whole brackets and blocks.
bool Recorder::skip(KindInput& in, std::initializer_list<TokenKind> follow) {
  while (true) {
    if (std::find(follow.begin(), follow.end(), peek(in, 0)) != follow.end()) return true;
    if (stops(in)) return false;
    if (!advance(in, follow)) return false;
  }
}

// The tokens of the list that opens here, or 1 where it isn't closed before something else goes on.
std::size_t Recorder::whole_list(const KindInput& in) const {
  std::size_t lists = 0, braces = 0;
  for (std::size_t distance = 0;; ++distance) {
    switch (peek(in, distance)) {
      case TokenKind::end:
      case TokenKind::missing_close:
      case TokenKind::orphan_close: return 1;
      case TokenKind::open_brace: ++braces; break;
      case TokenKind::close_brace:
        if (braces-- == 0) return 1;
        break;
      case TokenKind::open_list: ++lists; break;
      case TokenKind::close_list:
        if (--lists == 0) return braces == 0 ? distance + 1 : 1;
        break;
      default:
        if (braces == 0 && begins_line(in, distance) && frames_.back().starts != nullptr &&
            frames_.back().starts(*this, in, distance))
          return 1;
        break;
    }
  }
}

bool Recorder::begins_line(const KindInput& in, std::size_t distance) const {
  return tree_.tokens[std::min(position(in) + distance, kinds_.size() - 1)].first_on_line;
}

void Recorder::skip_at_least_one(KindInput& in) {
  if (peek(in, 0) != TokenKind::end) (void)advance(in, {});
  (void)skip(in, {});
}

// Over one token, or over a block in braces. Brackets don't hide the beginning of an item.
bool Recorder::advance(KindInput& in, std::initializer_list<TokenKind>) {
  if (peek(in, 0) != TokenKind::open_brace) {
    in.bump(peek(in, 0) == TokenKind::open_list ? whole_list(in) : 1);
    return true;
  }
  std::size_t depth = 0;
  while (peek(in, 0) != TokenKind::end) {
    const TokenKind kind = peek(in, 0);
    in.bump(1);
    if (kind == TokenKind::open_brace) ++depth;
    if ((kind == TokenKind::close_brace || kind == TokenKind::missing_close) && --depth == 0) return true;
  }
  return false;
}

// Nesting

bool Recorder::descend(KindInput& in) {
  if (panicking_) return false;
  if (depth_ < kNestingLimit) {
    ++depth_;
    return true;
  }
  tree_.broken = true;
  const auto id = token(in);
  if (!muted_) {
    const bool in_type = id > 0 && tree_.tokens[id - 1].kind == TokenKind::word_of;
    diagnostics_
        .report(base::Code::source_limit, tree_.span_of(id),
                "brackets, lists and operators are nested more than 256 deep here")
        .help = in_type ? "declare a record for a part of it" : "name a part of it with `let` or `define`";
  }
  muted_ = true;
  last_mistake_ = position(in);
  const std::size_t begin = position(in);
  (void)skip(in, {});
  record_error(begin, position(in));
  panicking_ = true;
  return false;
}

// Blocks

bool Recorder::open_block(KindInput& in, Starts starts) {
  if (panicking_) return false;
  Frame frame;
  frame.starts = starts;
  frame.is_policy = starts == Starts{&rules::item_start::test<Recorder, KindInput>} ||
                    starts == Starts{&rules::section_start::test<Recorder, KindInput>};
  if (!take(in, TokenKind::open_brace)) {
    report(in);
    frame.lacks_brace = has_orphan(in);
    if (!frame.lacks_brace) {
      const std::size_t begin = position(in);
      panicking_ = !skip(in, {TokenKind::open_brace});
      record_error(begin, position(in));
      if (panicking_) return false;
      (void)take(in, TokenKind::open_brace);
    } else {
      record_error(position(in), position(in));
    }
  }
  frames_.push_back(frame);
  return true;
}

void Recorder::open_text(Starts starts) {
  Frame frame;
  frame.starts = starts;
  frame.is_text = true;
  frames_.push_back(frame);
}

// There is a `}` that lacks its `{` before the block around ends.
bool Recorder::has_orphan(const KindInput& in) const {
  constexpr std::size_t kSearched = 4096;
  if (position(in) >= last_orphan_) return false;
  std::size_t depth = 0;
  for (std::size_t distance = 0; distance < kSearched; ++distance) {
    const TokenKind kind = peek(in, distance);
    if (kind == TokenKind::end) return false;
    if (kind == TokenKind::orphan_close && depth == 0) return true;
    if (kind == TokenKind::open_brace) ++depth;
    if ((kind == TokenKind::close_brace || kind == TokenKind::missing_close) && depth-- == 0) return false;
  }
  return false;
}

bool Recorder::next_item(KindInput& in) {
  panicking_ = false;
  Frame& frame = frames_.back();
  const TokenKind kind = peek(in, 0);
  if (kind == TokenKind::end) return false;
  if (!frame.is_text && (kind == TokenKind::close_brace || kind == TokenKind::missing_close)) return false;
  if (frame.lacks_brace && kind == TokenKind::orphan_close) return false;
  frame.item_before = frame.item;
  frame.item = token(in);
  unmute(in);
  return true;
}

void Recorder::close_block(KindInput& in) {
  frames_.pop_back();
  if (peek(in, 0) != TokenKind::end) in.bump(1);
}

}  // namespace muster::parse

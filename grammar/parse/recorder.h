// SPDX-License-Identifier: Apache-2.0
// What the grammar's rules act on while PEGTL runs them: takes tokens, records nodes (and forgets those of a
// branch that failed), remembers what was expected where, and goes on after a mistake.
//
//   a token doesn't fit -> missing(): report, skip to where the rule or a list around it can go on
//   the rule can't      -> panic: no token matches, every expect<> passes, until a list takes over
//   one report          -> muted: what follows belongs to the same mistake, up to an item that begins a line
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <tao/pegtl.hpp>

#include "base/diagnostic.h"
#include "grammar/parse/mistake.h"
#include "grammar/syntax/tree.h"

namespace muster::parse {

using rules::TokenKind;

// A text of token kinds, a byte each.
using KindInput = tao::pegtl::memory_input<tao::pegtl::tracking_mode::lazy, tao::pegtl::eol::lf, const char*>;

constexpr std::size_t kNestingLimit = 256;

class Recorder {
 public:
  using Starts = bool (*)(const Recorder&, const KindInput&, std::size_t distance);

  // With barriers nothing takes a word that begins a declaration at column 1, or an item of a policy at the start of a
  // line: for texts known to be broken.
  enum class Barriers : std::uint8_t { none, declarations };
  // What the text is: a file, or what stands between the braces of a message.
  enum class Scope : std::uint8_t { file, braces };
  Recorder(syntax::Tree& tree, base::Diagnostics& diagnostics, Barriers barriers, Scope scope);

  // The kinds of the tree's tokens, to be parsed; the last is TokenKind::end.
  std::string_view kinds() const { return kinds_; }
  std::size_t attempts() const { return attempts_; }  // tokens that rules asked for: a measure of the work done

  // Tokens
  bool panicking() const { return panicking_; }
  TokenKind peek(const KindInput& in, std::size_t distance) const;
  bool take(KindInput& in, TokenKind kind);
  bool take_if(KindInput& in, bool (*test)(TokenKind));
  std::size_t behind_brackets(const KindInput& in, std::size_t distance) const;  // the distance behind the `)`

  // Rules that make nodes or have a name in messages
  struct Traits {
    bool makes_node = false;
    bool is_chain = false;
    bool has_words = false;
    rules::NodeKind kind = rules::NodeKind::error;
    std::string_view words;
  };
  void start(const KindInput& in, const Traits& rule);
  void success(const KindInput& in, const Traits& rule);
  void failure();

  // Mistakes
  void missing(KindInput& in, std::initializer_list<TokenKind> follow);
  void misplaced(const KindInput& in);
  void bad_item(KindInput& in);
  void bad_element(KindInput& in);

  // Nesting, brackets, lists, blocks
  bool descend(KindInput& in);
  void ascend() { --depth_; }
  void enter_brackets(const KindInput& in, TokenKind close);
  void close_brackets(KindInput& in, TokenKind close);
  void enter_list(const KindInput& in, TokenKind close, Starts starts);
  bool next_element(KindInput& in, TokenKind close);
  void end_element(KindInput& in, TokenKind close);
  void leave();
  bool open_block(KindInput& in, Starts starts);
  bool next_item(KindInput& in);
  void close_block(KindInput& in);
  void open_text(Starts starts);
  void close_text() { frames_.pop_back(); }

 private:
  // A pair of braces, or the whole text, and the brackets and lists that are open in it.
  struct Frame {
    Starts starts = nullptr;
    bool is_list = false;  // in braces
    bool is_text = false;
    bool lacks_brace = false;  // its `{` is missing: an orphan closes it
    bool is_policy = false;    // or a section
    // Where the last item begins, and the one before it.
    syntax::TokenId item = Items::kNone;
    syntax::TokenId item_before = Items::kNone;
    std::size_t commas = 0;
    std::size_t rounds = 0;
    std::size_t squares = 0;
  };
  struct Brackets {
    TokenKind close = TokenKind::end;
    bool is_list = false;
    std::size_t opening = 0;  // its token
    // What stands in it is a guess: a list may be unclosed, or have ended sooner than thought. No further mistakes.
    bool is_uncertain = false;
  };
  static constexpr std::size_t kNowhere = ~std::size_t{0};
  struct OpenRule {
    std::size_t position = 0;
    std::size_t nodes = 0;
    std::size_t named_at = 0;
  };

  std::size_t position(const KindInput& in) const { return static_cast<std::size_t>(in.current() - kinds_.data()); }
  syntax::TokenId token(const KindInput& in) const { return static_cast<syntax::TokenId>(position(in)); }
  bool stops(const KindInput& in) const;
  bool skip(KindInput& in, std::initializer_list<TokenKind> follow);
  std::size_t whole_list(const KindInput& in) const;
  bool begins_line(const KindInput& in, std::size_t distance) const;
  bool is_barrier(const KindInput& in) const;
  bool begins_policy_item(const KindInput& in) const;
  Items items() const;
  void report_unclosed(const KindInput& in);
  void report_missing_list(const KindInput& in);
  bool skip_to_orphan(KindInput& in);
  void skip_at_least_one(KindInput& in);
  bool advance(KindInput& in, std::initializer_list<TokenKind> follow);
  bool has_orphan(const KindInput& in) const;
  void count(const Brackets& brackets, int change);
  void unmute(const KindInput& in);
  void expected(std::size_t position, std::string_view words);
  void report(const KindInput& in);
  bool report_reserved_word(KindInput& in, std::initializer_list<TokenKind> follow);
  void record_error(std::size_t begin, std::size_t end);

  syntax::Tree& tree_;
  base::Diagnostics& diagnostics_;
  Barriers barriers_;
  Scope scope_;
  std::string kinds_;
  std::size_t attempts_ = 0;
  std::size_t last_orphan_ = 0;  // behind it there is none

  std::vector<OpenRule> open_rules_;
  std::vector<Frame> frames_;
  std::vector<Brackets> brackets_;
  std::size_t depth_ = 0;

  std::size_t expected_at_ = 0;
  std::vector<std::string_view> expected_;
  std::size_t named_at_;  // where a rule with words began that is still open: its tokens go unmentioned

  bool panicking_ = false;
  bool muted_ = false;
  std::size_t last_mistake_;
};

}  // namespace muster::parse

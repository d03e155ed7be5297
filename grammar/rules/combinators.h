// SPDX-License-Identifier: Apache-2.0
// What the grammar is built from, beside PEGTL's own combinators. The input is a string of token kinds; the
// state (parse::Recorder) takes tokens, and knows how to go on after a mistake.
//
// A rule is committed as soon as its leading word matched: what must follow stands in expect<>, which never
// fails. Where the text doesn't fit it reports, skips to a token that the rule or one of the lists around it can
// go on from, and otherwise panics: no token matches then until such a list takes over. So an alternative
// that has begun is never tried twice, and parse time is linear in the text and in its nesting.
#pragma once

#include <tao/pegtl.hpp>

#include "grammar/rules/token_kind.h"

namespace muster::rules {

using tao::pegtl::apply_mode;
using tao::pegtl::if_then_else;
using tao::pegtl::opt;
using tao::pegtl::plus;
using tao::pegtl::rewind_mode;
using tao::pegtl::seq;
using tao::pegtl::sor;
using tao::pegtl::star;
using tao::pegtl::success;
using tao::pegtl::type_list;

#define MUSTER_MATCH                                                                                                \
  template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control, \
            typename Input, typename State>

// One token of the kind: every word and sign of the language goes through here.
template <TokenKind Kind>
struct token {
  using rule_t = token;
  using subs_t = type_list<>;
  MUSTER_MATCH static bool match(Input& in, State& state) { return state.take(in, Kind); }
};

// One token of which Test holds.
template <bool (*Test)(TokenKind)>
struct token_that {
  using rule_t = token_that;
  using subs_t = type_list<>;
  MUSTER_MATCH static bool match(Input& in, State& state) { return state.take_if(in, Test); }
};

template <TokenKind... Kinds>
constexpr bool is(TokenKind kind) {
  return ((kind == Kinds) || ...);
}

// The next tokens are of these sorts. Consumes nothing, and is no expectation of its own.
template <bool (*... Tests)(TokenKind)>
struct ahead {
  using rule_t = ahead;
  using subs_t = type_list<>;
  MUSTER_MATCH static bool match(Input& in, State& state) {
    std::size_t distance = 0;
    return !state.panicking() && (Tests(state.peek(in, distance++)) && ...);
  }
};

template <bool (*... Tests)(TokenKind)>
struct not_ahead {
  using rule_t = not_ahead;
  using subs_t = type_list<>;
  MUSTER_MATCH static bool match(Input& in, State& state) {
    std::size_t distance = 0;
    return !(Tests(state.peek(in, distance++)) && ...);
  }
};

// Rule, which the text must have here. After a mistake the rule that contains this goes on at one of Follow.
template <typename Rule, TokenKind... Follow>
struct expect {
  using rule_t = expect;
  using subs_t = type_list<Rule>;
  MUSTER_MATCH static bool match(Input& in, State& state) {
    if (state.panicking()) return true;
    if (Control<Rule>::template match<A, rewind_mode::required, Action, Control>(in, state)) return true;
    state.missing(in, {Follow...});
    return true;
  }
};

// Rule, which begins with Start, where it is too late for it: reported, and read.
template <TokenKind Start, typename Rule>
struct misplaced {
  using rule_t = misplaced;
  using subs_t = type_list<Rule>;
  MUSTER_MATCH static bool match(Input& in, State& state) {
    if (state.panicking() || state.peek(in, 0) != Start) return false;
    state.misplaced(in);
    return Control<Rule>::template match<A, M, Action, Control>(in, state);
  }
};

// Rule, one level of nesting deeper. Past the limit that is reported, and nothing is read.
template <typename Rule>
struct nested {
  using rule_t = nested;
  using subs_t = type_list<Rule>;
  MUSTER_MATCH static bool match(Input& in, State& state) {
    if (!state.descend(in)) return true;
    const bool matched = Control<Rule>::template match<A, M, Action, Control>(in, state);
    state.ascend();
    return matched;
  }
};

// Takes `(`, the close that must follow, and what lies between. A mistake inside ends at the close.
template <TokenKind Open, typename Rule, TokenKind Close>
struct enclosed {
  using rule_t = enclosed;
  using subs_t = type_list<token<Open>, Rule, token<Close>>;
  MUSTER_MATCH static bool match(Input& in, State& state) {
    if (!state.take(in, Open)) return false;
    state.enter_brackets(in, Close);
    (void)Control<expect<Rule>>::template match<A, M, Action, Control>(in, state);
    state.close_brackets(in, Close);
    return true;
  }
};

// Where no item can be told by how it begins.
struct no_start {
  template <typename State, typename Input>
  static bool test(const State&, const Input&, std::size_t) {
    return false;
  }
};

// Open and Close with elements between them, parted by commas; one may stand behind the last. Starts says what
// begins an element and nothing else: it ends brackets within that are not closed.
template <TokenKind Open, typename Element, TokenKind Close, typename Starts = no_start>
struct comma_separated {
  using rule_t = comma_separated;
  using subs_t = type_list<token<Open>, Element, token<Close>>;
  MUSTER_MATCH static bool match(Input& in, State& state) {
    if (!state.take(in, Open)) return false;
    state.enter_list(in, Close, &Starts::template test<State, Input>);
    while (state.next_element(in, Close)) {
      if (!Control<Element>::template match<A, rewind_mode::required, Action, Control>(in, state))
        state.bad_element(in);
      state.end_element(in, Close);
    }
    state.leave();
    return true;
  }
};

// `{`, items, `}`. Starts says what may begin an item at the start of a line: a mistake ends there.
template <typename Item, typename Starts>
struct block {
  using rule_t = block;
  using subs_t = type_list<token<TokenKind::open_brace>, Item, token<TokenKind::close_brace>>;
  MUSTER_MATCH static bool match(Input& in, State& state) {
    if (!state.open_block(in, &Starts::template test<State, Input>)) return true;
    while (state.next_item(in)) {
      if (!Control<Item>::template match<A, rewind_mode::required, Action, Control>(in, state)) state.bad_item(in);
    }
    state.close_block(in);
    return true;
  }
};

// Items up to the end of the text.
template <typename Item, typename Starts>
struct whole {
  using rule_t = whole;
  using subs_t = type_list<Item>;
  MUSTER_MATCH static bool match(Input& in, State& state) {
    state.open_text(&Starts::template test<State, Input>);
    while (state.next_item(in)) {
      if (!Control<Item>::template match<A, rewind_mode::required, Action, Control>(in, state)) state.bad_item(in);
    }
    state.close_text();
    return true;
  }
};

// Starts of items, by their tokens: the first that has them all.
template <bool (*... Tests)(TokenKind)>
struct tokens_are {
  template <typename State, typename Input>
  static bool test(const State& state, const Input& in, std::size_t distance) {
    return (Tests(state.peek(in, distance++)) && ...);
  }
};

template <typename... Alternatives>
struct any_start {
  template <typename State, typename Input>
  static bool test(const State& state, const Input& in, std::size_t distance) {
    return (Alternatives::template test<State, Input>(state, in, distance) || ...);
  }
};

// Words and signs as rules: word_policy, comma, ...
#define MUSTER_WORD(name) \
  struct word_##name : token<TokenKind::word_##name> {};
#define MUSTER_RESERVED(name) \
  struct word_##name : token<TokenKind::word_##name> {};
#include "grammar/rules/keywords.def"
#undef MUSTER_WORD
#undef MUSTER_RESERVED
#define MUSTER_SIGN(name, spelling) \
  struct name : token<TokenKind::name> {};
#include "grammar/rules/operators.def"
#undef MUSTER_SIGN

using K = TokenKind;

}  // namespace muster::rules

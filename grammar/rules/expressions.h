// SPDX-License-Identifier: Apache-2.0
// Expressions, loosest first. Operators of one family make one flat chain here; desugar sorts them by their
// strength, so a thousand `and` are no deeper than one.
#pragma once

#include "grammar/rules/names.h"

namespace muster::rules {

struct expression;
struct operand;
struct coalescing;
struct sum;
struct signed_value;
struct postfix;

// implies, or, and: their operands are quantifiers, conditionals and comparisons, perhaps behind `not`.
struct connective : sor<word_and, word_or, word_implies> {};
struct connected : star<connective, expect<operand>> {};
struct expression : seq<operand, connected> {};

struct where_part : seq<word_where, expect<nested<expression>>> {};
struct body_part : seq<colon, expect<nested<expression>>> {};
struct by_part : seq<word_by, expect<nested<expression>>> {};
// The list of a quantifier or aggregate binds tighter than comparisons.
struct element_of : seq<expect<name, K::word_in>, expect<word_in>, expect<nested<coalescing>>> {};

// any x in xs where C: E
struct quantifier_count : sor<token<K::integer>, enclosed<K::open_bracket, nested<expression>, K::close_bracket>,
                              seq<not_ahead<is_name, is<K::word_in>>, name>> {};
struct at_least_or_most : seq<word_at, sor<word_least, word_most>, expect<quantifier_count>> {};
struct exactly_quantity : seq<word_exactly, expect<quantifier_count>> {};
struct plain_quantity : sor<word_any, word_all, word_no> {};
struct quantifier
    : seq<sor<plain_quantity, at_least_or_most, exactly_quantity>, element_of, opt<where_part>, expect<body_part>> {};
constexpr bool is_least_or_most(TokenKind kind) { return is<K::word_least, K::word_most>(kind); }
constexpr bool is_plain_quantity(TokenKind kind) { return is<K::word_any, K::word_all, K::word_no>(kind); }

// `exactly (` is a quantifier where a variable and `in` stand behind the closing bracket.
struct exactly_in_brackets {
  using rule_t = exactly_in_brackets;
  using subs_t = type_list<>;
  MUSTER_MATCH static bool match(Input& in, State& state) {
    if (state.panicking() || !is<K::word_exactly>(state.peek(in, 0)) || !is<K::open_bracket>(state.peek(in, 1)))
      return false;
    const std::size_t behind = state.behind_brackets(in, 1);
    return is_name(state.peek(in, behind)) && is<K::word_in>(state.peek(in, behind + 1));
  }
};
struct exactly_ahead : sor<ahead<is<K::word_exactly>, is<K::integer>>,
                           ahead<is<K::word_exactly>, is_name, is_name, is<K::word_in>>, exactly_in_brackets> {};
struct quantifier_ahead
    : sor<ahead<is_plain_quantity, is_name, is<K::word_in>>, ahead<is<K::word_at>, is_least_or_most>, exactly_ahead> {};

struct conditional : seq<word_if, expect<nested<expression>, K::word_then>, expect<word_then>,
                         expect<nested<expression>, K::word_else>, expect<word_else>, expect<nested<expression>>> {};

struct comparison;
struct bare_operand : if_then_else<quantifier_ahead, quantifier, sor<conditional, comparison>> {};
struct operand : seq<star<word_not>, bare_operand> {};

// One comparison, that doesn't chain.
struct simple_comparison
    : seq<sor<equal, not_equal, less_equal, less, greater_equal, greater, word_matches>, expect<coalescing>> {};
struct coalescing_rest;
// Right of `in` may stand a range; its ends bind as sums do.
struct in_right : seq<sum, sor<seq<dots, expect<sum>>, coalescing_rest>> {};
struct in_comparison : seq<opt<word_not>, word_in, expect<in_right>> {};
constexpr bool begins_value(TokenKind kind) {
  return is_name(kind) || is<K::integer, K::decimal, K::percent, K::date, K::instant, K::version, K::text, K::raw_text,
                             K::open_bracket, K::open_list, K::minus>(kind);
}
constexpr bool is_any_or_all(TokenKind kind) { return is<K::word_any, K::word_all>(kind); }
struct several : opt<ahead<is_any_or_all, begins_value>, sor<word_any, word_all>> {};
struct contains_comparison : seq<word_contains, several, expect<coalescing>> {};
struct with_comparison : seq<sor<word_starts, word_ends>, expect<word_with>, expect<coalescing>> {};
struct state : sor<word_known, word_unknown, word_present, word_absent> {};
struct state_comparison : seq<word_is, opt<word_not>, expect<state>> {};
struct in_ahead : sor<ahead<is<K::word_in>>, ahead<is<K::word_not>, is<K::word_in>>> {};
struct comparison_rest
    : sor<simple_comparison, seq<in_ahead, in_comparison>, contains_comparison, with_comparison, state_comparison> {};
struct comparison : seq<coalescing, opt<comparison_rest>> {};

struct fallback : sor<coalesce, word_assume> {};
struct coalescing_rest : star<fallback, expect<sum>> {};
struct coalescing : seq<sum, coalescing_rest> {};
struct arithmetic : sor<plus_sign, minus, times, divide> {};
struct sum_rest : star<arithmetic, expect<signed_value>> {};
struct sum : seq<signed_value, sum_rest> {};
struct signed_value : seq<star<minus>, postfix> {};

struct arguments : comma_separated<K::open_bracket, nested<expression>, K::close_bracket> {};
struct member : seq<dot, expect<any_name>, opt<arguments>> {};
struct optional_member : seq<optional_dot, expect<any_name>> {};
struct suffix : sor<member, optional_member> {};
struct postfix_rest : star<suffix> {};
struct primary;
struct postfix : seq<primary, postfix_rest> {};

// A whole number and its unit stand on one line; the lexer calls `days` a unit there alone.
struct unit : token<K::unit> {};
struct quantity : seq<sor<token<K::integer>, token<K::decimal>>, opt<unit>> {};
struct truth : sor<word_true, word_false> {};
struct nothing_known : sor<word_none, word_unknown> {};
struct plain_literal : sor<token<K::percent>, token<K::date>, token<K::instant>, token<K::version>> {};
struct literal : sor<quantity, plain_literal, truth, nothing_known> {};

struct reference : seq<name, opt<arguments>> {};
struct bracketed : enclosed<K::open_bracket, nested<expression>, K::close_bracket> {};
struct list_literal : comma_separated<K::open_list, nested<expression>, K::close_list> {};

// choose { C => v, else => w }
struct else_branch : seq<word_else, expect<fat_arrow>, expect<nested<expression>>> {};
struct branch : seq<nested<expression>, expect<fat_arrow>, expect<nested<expression>>> {};
struct choose_branches : comma_separated<K::open_brace, sor<else_branch, branch>, K::close_brace> {};
struct choose : seq<word_choose, choose_branches> {};

// count(x in xs where C), sum(x in xs where C: E), latest(x in xs where C by E)
struct counting
    : seq<sor<word_count, word_first>, enclosed<K::open_bracket, seq<element_of, opt<where_part>>, K::close_bracket>> {
};
struct folding : seq<sor<word_sum, word_avg, word_min, word_max>,
                     enclosed<K::open_bracket, seq<element_of, opt<where_part>, expect<body_part>>, K::close_bracket>> {
};
struct latest
    : seq<word_latest, enclosed<K::open_bracket, seq<element_of, opt<where_part>, expect<by_part>>, K::close_bracket>> {
};
struct aggregate : sor<counting, folding, latest> {};
constexpr bool is_aggregate(TokenKind kind) {
  return is<K::word_count, K::word_sum, K::word_avg, K::word_first, K::word_latest>(kind);
}
constexpr bool is_min_or_max(TokenKind kind) { return is<K::word_min, K::word_max>(kind); }
struct aggregate_ahead : sor<ahead<is_aggregate, is<K::open_bracket>>,
                             ahead<is_min_or_max, is<K::open_bracket>, is_name, is<K::word_in>>> {};

// What gates say of criteria: `every must in s tagged t`, `passes(c)`, `count(met criterion)`.
struct level_word : sor<word_must, word_should, word_may> {};
struct selection_list : comma_separated<K::open_list, name, K::close_list> {};
struct in_section : seq<word_in, expect<name>> {};
struct with_tag : seq<word_tagged, expect<name>> {};
struct selection_by_level : seq<sor<level_word, word_criterion>, opt<in_section>, opt<with_tag>> {};
struct selection : sor<selection_list, selection_by_level> {};
constexpr bool begins_selection(TokenKind kind) {
  return is<K::word_must, K::word_should, K::word_may, K::word_criterion, K::open_list>(kind);
}
constexpr bool is_status(TokenKind kind) { return is<K::word_met, K::word_unmet, K::word_na, K::word_waived>(kind); }
struct every : seq<word_every, selection> {};
struct passes : seq<word_passes, open_bracket, name, close_bracket> {};
struct status_count
    : seq<word_count, enclosed<K::open_bracket, seq<token_that<is_status>, selection>, K::close_bracket>> {};
struct every_ahead : ahead<is<K::word_every>, begins_selection> {};
struct passes_ahead : ahead<is<K::word_passes>, is<K::open_bracket>, is_name, is<K::close_bracket>> {};
struct status_count_ahead : ahead<is<K::word_count>, is<K::open_bracket>, is_status, begins_selection> {};
struct choose_ahead : ahead<is<K::word_choose>, is<K::open_brace>> {};

struct named
    : if_then_else<
          status_count_ahead, status_count,
          if_then_else<aggregate_ahead, aggregate,
                       if_then_else<choose_ahead, choose,
                                    if_then_else<every_ahead, every, if_then_else<passes_ahead, passes, reference>>>>> {
};
struct primary : sor<literal, texts, bracketed, list_literal, named> {};

// a..b, where nothing else may stand.
struct range : seq<sum, expect<dots>, expect<sum>> {};
// What the evidence of a test may be: objects too, in lists too.
struct value;
struct spread_part : seq<spread, expect<path>> {};
struct object_field : seq<any_name, expect<colon>, expect<nested<value>>> {};
struct object_start : tokens_are<is_any_name, is<K::colon>> {};
struct object : comma_separated<K::open_brace, sor<spread_part, object_field>, K::close_brace, object_start> {};
struct value_list : comma_separated<K::open_list, nested<value>, K::close_list> {};
constexpr bool opens_value(TokenKind kind) { return is<K::open_brace, K::open_list>(kind); }
struct value : sor<object, value_list, seq<not_ahead<opens_value>, expression>> {};

struct assigned : seq<assign, expect<expression>> {};
struct assigned_constant : seq<assign, expect<coalescing>> {};
struct assigned_value : seq<assign, expect<value>> {};
struct range_part : seq<word_in, expect<range>> {};
struct because_part : seq<word_because, expect<texts>> {};

// What braces in a message hold.
struct text_end : ahead<is<K::end>> {};
struct only_expression : seq<expression, expect<text_end>> {};
struct lone_expression : whole<only_expression, no_start> {};

}  // namespace muster::rules

// SPDX-License-Identifier: Apache-2.0
// Policies: criteria and their clauses, sections, gates, scores, levels, and what a deriving policy changes.
#pragma once

#include "grammar/rules/declarations.h"

namespace muster::rules {

struct title : opt<texts> {};
struct else_part : seq<word_else, expect<texts>> {};

// Clauses
struct when_clause : seq<word_when, expect<expression, K::word_else>, opt<else_part>> {};
struct let_clause : seq<word_let, expect<name, K::assign>, expect<assigned>> {};
struct require_clause : seq<word_require, expect<expression, K::word_else>, opt<else_part>> {};
struct plain_number : sor<token<K::integer>, token<K::decimal>> {};
struct weight_clause : seq<word_weight, expect<plain_number>> {};
struct why_clause : seq<word_why, expect<texts>> {};
struct fix_clause : seq<word_fix, expect<texts>> {};
struct see_clause : seq<word_see, expect<texts>> {};
struct owner_clause : seq<word_owner, expect<texts>> {};
struct tags_clause : seq<word_tags, expect<name, K::comma>, star<comma, expect<name, K::comma>>> {};
struct effective_clause : seq<word_effective, expect<token<K::date>>> {};
struct rule_clause : sor<let_clause, require_clause> {};
struct amended_clause
    : sor<weight_clause, why_clause, fix_clause, see_clause, owner_clause, tags_clause, effective_clause> {};
struct clause : sor<when_clause, rule_clause, amended_clause> {};

constexpr bool is_clause_word(TokenKind kind) {
  return is<K::word_when, K::word_let, K::word_require, K::word_weight, K::word_why, K::word_fix, K::word_see,
            K::word_owner, K::word_tags, K::word_effective>(kind);
}
constexpr bool is_amended_word(TokenKind kind) {
  return is_clause_word(kind) && !is<K::word_when, K::word_let, K::word_require>(kind);
}
struct clause_start : tokens_are<is_clause_word> {};
struct clauses : block<clause, clause_start> {};
struct rule_clauses : block<rule_clause, clause_start> {};
struct amended_clauses : block<amended_clause, clause_start> {};

// must c "title" { ... }
struct criterion : seq<level_word, declared_name, title, clauses> {};
struct locked_criterion : seq<word_locked, expect<level_word>, declared_name, title, clauses> {};
struct any_criterion : sor<locked_criterion, criterion> {};
constexpr bool is_criterion_word(TokenKind kind) {
  return is<K::word_must, K::word_should, K::word_may, K::word_locked>(kind);
}

// section s "title" { when ...  must c ... }
struct section_item : sor<any_criterion, when_clause> {};
constexpr bool is_section_word(TokenKind kind) { return is_criterion_word(kind) || is<K::word_when>(kind); }
struct section_start : any_start<tokens_are<is_criterion_word>, tokens_are<is<K::word_when>>> {};
struct section : seq<word_section, declared_name, title, block<section_item, section_start>> {};

struct gate : seq<word_gate, declared_name, title, rule_clauses> {};

// score s { of ...  weight ...  round ... }   score s = E
struct part : seq<name, expect<plain_number>> {};
struct parts : seq<part, star<comma, expect<part>>> {};
struct of_clause : seq<word_of, if_then_else<ahead<is_name, is<K::integer>>, parts,
                                             if_then_else<ahead<is_name, is<K::decimal>>, parts, expect<selection>>>> {
};
struct level_weight : seq<level_word, expect<plain_number>> {};
struct level_weights : seq<level_weight, star<comma, expect<level_weight>>> {};
struct score_weight : sor<plain_number, level_weights> {};
struct score_weight_clause : seq<word_weight, expect<score_weight>> {};
struct treatment : sor<word_excluded, word_met, word_unmet, word_between> {};
struct na_clause : seq<word_na, expect<treatment>> {};
struct waived_clause : seq<word_waived, expect<treatment>> {};
struct unknown_clause : seq<word_unknown, expect<treatment>> {};
struct empty_clause : seq<word_empty, expect<sor<token<K::percent>, word_none>>> {};
struct rounding : seq<sor<word_half_up, word_down>, expect<word_to>, expect<token<K::percent>>> {};
struct round_clause : seq<word_round, expect<sor<word_none, rounding>>> {};
struct unless_all_met : seq<word_unless, expect<word_all>, expect<word_met>> {};
struct capped : seq<token<K::percent>, opt<unless_all_met>> {};
struct cap_clause : seq<word_cap, expect<sor<word_none, capped>>> {};
struct score_clause : sor<of_clause, score_weight_clause, na_clause, waived_clause, unknown_clause, empty_clause,
                          round_clause, cap_clause> {};
constexpr bool is_score_word(TokenKind kind) {
  return is<K::word_of, K::word_weight, K::word_na, K::word_waived, K::word_unknown, K::word_empty, K::word_round,
            K::word_cap>(kind);
}
struct score_start : tokens_are<is_score_word> {};
struct score_clauses : block<score_clause, score_start> {};
struct score_body : if_then_else<ahead<is<K::assign>>, assigned, score_clauses> {};
struct score : seq<word_score, declared_name, score_body> {};

struct level_name : seq<name, opt<comma>> {};
struct level_names : block<level_name, member_start> {};
struct levels : seq<word_levels, declared_name, level_names> {};

struct show : seq<word_show, declared_name, title, expect<assigned>> {};

// Differences
constexpr bool is_block_kind(TokenKind kind) { return is<K::word_gate, K::word_score, K::word_levels>(kind); }
constexpr bool is_text(TokenKind kind) { return is<K::text, K::raw_text>(kind); }
struct target : expect<path, K::open_brace, K::word_because> {};
// `replace gate because "..."` replaces a criterion named gate.
struct kind_ahead : seq<ahead<is_block_kind, is_name>, not_ahead<is_block_kind, is<K::word_because>, is_text>> {};

struct set_delta
    : seq<word_set, expect<path, K::assign>, expect<assigned_constant>, opt<range_part>, opt<because_part>> {};
struct tighten_delta : seq<word_tighten, opt<kind_ahead, word_gate>, target, rule_clauses> {};
struct new_level : seq<expect<word_to, K::word_must, K::word_should, K::word_may, K::word_because>,
                       expect<level_word, K::word_because>> {};
struct promote_delta : seq<word_promote, expect<path, K::word_to>, new_level, opt<because_part>> {};
struct demote_delta : seq<word_demote, expect<path, K::word_to>, new_level, opt<because_part>> {};
struct amend_delta : seq<word_amend, target, opt<because_part>, amended_clauses> {};
struct replaced_gate : seq<kind_ahead, word_gate, target, opt<because_part>, rule_clauses> {};
struct replaced_score : seq<kind_ahead, word_score, target, opt<because_part>, score_body> {};
struct replaced_levels : seq<kind_ahead, word_levels, target, opt<because_part>, level_names> {};
struct replaced_criterion : seq<target, opt<because_part>, clauses> {};
struct replace_delta : seq<word_replace, sor<replaced_gate, replaced_score, replaced_levels, replaced_criterion>> {};
struct dropped_kind : seq<kind_ahead, token_that<is_block_kind>> {};
struct drop_delta : seq<word_drop, opt<dropped_kind>, target, opt<because_part>> {};
struct lock_delta : seq<word_lock, expect<path>> {};
struct delta
    : sor<set_delta, tighten_delta, promote_delta, demote_delta, amend_delta, replace_delta, drop_delta, lock_delta> {};

// policy p extends q for S "title" { ... }
struct policy_item : sor<any_criterion, section, gate, score, levels, show, let_clause, delta> {};
constexpr bool is_item_word(TokenKind kind) {
  return is_criterion_word(kind) || is<K::word_section, K::word_gate, K::word_score, K::word_levels, K::word_show,
                                       K::word_let, K::word_set, K::word_tighten, K::word_promote, K::word_demote,
                                       K::word_amend, K::word_replace, K::word_drop, K::word_lock>(kind);
}
struct item_start : tokens_are<is_item_word> {};
struct extended_policy : seq<word_extends, expect<path, K::word_for, K::text, K::open_brace>> {};
struct for_part : seq<word_for, expect<path, K::text, K::open_brace>> {};
// Behind `for` or the title they are read, and reported.
struct misplaced_part : sor<misplaced<K::word_extends, extended_policy>, misplaced<K::word_for, for_part>> {};
struct policy_head : seq<opt<extended_policy>, opt<for_part>, title, star<misplaced_part, title>> {};
struct policy_declaration : seq<word_policy, expect<name, K::word_extends, K::word_for, K::text, K::open_brace>,
                                policy_head, block<policy_item, item_start>> {};

}  // namespace muster::rules

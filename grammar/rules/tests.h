// SPDX-License-Identifier: Apache-2.0
// Fixtures and tests of the language.
#pragma once

#include "grammar/rules/declarations.h"

namespace muster::rules {

// fixture f: S = { ... }
struct fixture_declaration : seq<word_fixture, declared_value, expect<typed, K::assign>, expect<assigned_value>> {};

struct given_shared : seq<word_shared, expect<name, K::assign>, expect<assigned_value>> {};
struct given_item : seq<word_given, if_then_else<ahead<is<K::word_shared>, is_name>, given_shared, expect<value>>> {};
struct with_item : seq<word_with, expect<path, K::assign>, expect<assigned_value>> {};
struct waive_item : seq<word_waive, expect<name>> {};

// expect c met "message"   expect gate g pass   expect score s in 60%..90%   expect level l bronze
constexpr bool is_expected_status(TokenKind kind) {
  return is<K::word_met, K::word_unmet, K::word_na, K::word_waived, K::word_unknown>(kind);
}
struct expected_status : token_that<is_expected_status> {};
struct expected_criterion : seq<name, expect<expected_status>, opt<texts>> {};
struct verdict : sor<word_pass, word_fail, word_undecided> {};
struct expected_gate : seq<word_gate, expect<name>, expect<verdict>> {};
struct expected_range : seq<word_in, expect<range>> {};
struct expected_score : seq<word_score, expect<name>, expect<sor<expected_range, token<K::percent>, word_none>>> {};
struct expected_level : seq<word_level, expect<name>, expect<sor<word_none, name>>> {};
constexpr bool is_result_kind(TokenKind kind) { return is<K::word_gate, K::word_score, K::word_level>(kind); }
constexpr bool is_no_status(TokenKind kind) { return !is_expected_status(kind); }
struct result_ahead : ahead<is_result_kind, is_no_status> {};
struct expected_result : sor<expected_gate, expected_score, expected_level> {};
struct expectation : seq<word_expect, expect<if_then_else<result_ahead, expected_result, expected_criterion>>> {};

struct case_item;
struct input_item : sor<given_item, with_item, waive_item, expectation> {};
constexpr bool is_test_word(TokenKind kind) {
  return is<K::word_given, K::word_with, K::word_waive, K::word_expect, K::word_case>(kind);
}
struct test_start : tokens_are<is_test_word> {};
struct test_case : seq<word_case, expect<texts, K::open_brace>, block<input_item, test_start>> {};
struct test_item : sor<input_item, test_case> {};
struct moment : sor<token<K::date>, token<K::instant>> {};
struct as_of_part : seq<word_as, expect<word_of, K::date, K::instant>, expect<moment, K::open_brace>> {};
struct tested_policy : seq<word_for, expect<path, K::word_as, K::open_brace>> {};
struct test_declaration
    : seq<word_test, expect<texts, K::word_for, K::open_brace>, expect<tested_policy, K::word_as, K::open_brace>,
          opt<as_of_part>, block<test_item, test_start>> {};

}  // namespace muster::rules

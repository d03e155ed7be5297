// SPDX-License-Identifier: Apache-2.0
// Imports, types, values and functions of a module.
#pragma once

#include "grammar/rules/expressions.h"

namespace muster::rules {

// The name that a declaration declares; where it is missing, its block is still read.
struct declared_name : expect<name, K::open_brace, K::text, K::assign, K::colon, K::open_bracket> {};
struct declared_value : expect<any_name, K::colon> {};

// import a.b   import a.b as c   import a.b (X, y)
struct import_alias : seq<word_as, expect<name>> {};
struct import_names : comma_separated<K::open_bracket, name, K::close_bracket> {};
struct import_declaration : seq<word_import, expect<path>, opt<sor<import_alias, import_names>>> {};

// enum E { a, b = "B" | "BB" }
struct spelling : seq<assign, expect<texts>, star<bar, expect<texts>>> {};
struct enum_member : seq<name, opt<spelling>, opt<comma>> {};
struct member_start : tokens_are<is_name> {};
struct ordered_enum : seq<word_ordered, expect<word_enum>> {};
struct enum_declaration : seq<sor<ordered_enum, word_enum>, declared_name, block<enum_member, member_start>> {};

// record R { f: T in a..b  key id: text  private x: int }
struct fresh_part : seq<word_fresh, word_for, expect<postfix>> {};
struct fresh_ahead : ahead<is<K::word_fresh>, is<K::word_for>> {};
struct freshness : seq<fresh_ahead, fresh_part> {};
constexpr bool is_modifier(TokenKind kind) { return is<K::word_private, K::word_key, K::word_label>(kind); }
struct modifier : seq<ahead<is_modifier, is_any_name>, token_that<is_modifier>> {};
constexpr bool is_no_colon(TokenKind kind) { return kind != K::colon; }
struct field_range : seq<ahead<is<K::word_in>, is_no_colon>, range_part> {};
struct field : seq<star<modifier>, any_name, expect<typed>, opt<field_range>, opt<freshness>, opt<comma>> {};
struct field_start : any_start<tokens_are<is_any_name, is<K::colon>>, tokens_are<is_modifier, is_any_name>> {};
struct fields : block<field, field_start> {};
struct extends_part : seq<word_extends, expect<path, K::open_brace>> {};
struct record_declaration : seq<word_record, declared_name, fields> {};
struct evidence_declaration : seq<word_evidence, declared_name, opt<freshness>, fields> {};
struct subject_declaration : seq<word_subject, declared_name, opt<extends_part>, fields> {};

struct shared_declaration : seq<word_shared, declared_value, expect<typed>, opt<freshness>> {};
struct param_declaration
    : seq<word_param, declared_value, expect<typed, K::assign>, expect<assigned_constant>, opt<range_part>> {};
struct parameter : seq<any_name, expect<typed>> {};
struct parameters : comma_separated<K::open_bracket, parameter, K::close_bracket> {};
struct define_declaration
    : seq<word_define, declared_name, expect<parameters, K::colon>, expect<typed, K::assign>, expect<assigned>> {};

// waive p.c for "id", "id" until 2027-01-31 by "who" because "why"
struct waive_subjects : seq<word_for, expect<texts>, star<comma, expect<texts>>> {};
struct from_part : seq<word_from, expect<token<K::date>>> {};
struct until_part : seq<word_until, expect<token<K::date>>> {};
struct by_whom_part : seq<word_by, expect<texts>> {};
struct waiver_parts : star<sor<from_part, until_part, by_whom_part, because_part>> {};
struct waiver_declaration : seq<word_waive, expect<path, K::word_for, K::word_where>,
                                expect<sor<waive_subjects, where_part>, K::word_until>, waiver_parts> {};

}  // namespace muster::rules

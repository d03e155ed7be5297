// SPDX-License-Identifier: Apache-2.0
// Sources of evidence, and how fields are read from them.
#pragma once

#include "grammar/rules/declarations.h"

namespace muster::rules {

// A path into a record: names or texts joined by dots; `.` alone is the record.
struct path_part : sor<any_name, texts> {};
struct path_parts : seq<path_part, star<dot, expect<path_part>>> {};
struct data_path : sor<path_parts, dot> {};

// A converter is its word where no `<-` follows: that would be a field of its name.
constexpr bool is_converter_word(TokenKind kind) {
  return is<K::word_as, K::word_map, K::word_split, K::word_trim, K::word_lower, K::word_upper, K::word_strip_prefix,
            K::word_strip_suffix, K::word_present, K::word_keyed>(kind);
}
constexpr bool is_no_target(TokenKind kind) { return !is<K::arrow, K::dot>(kind); }
struct converter_ahead : ahead<is_converter_word, is_no_target> {};
struct as_unit : sor<word_ratio, word_points, word_days, word_hours, word_minutes, word_seconds> {};
struct as_converter : seq<word_as, expect<sor<texts, as_unit>>> {};
struct else_entry : seq<word_else, expect<fat_arrow>, expect<coalescing>> {};
struct map_entry : seq<texts, expect<fat_arrow>, expect<coalescing>> {};
struct map_entries : comma_separated<K::open_brace, sor<else_entry, map_entry>, K::close_brace> {};
struct map_converter : seq<word_map, expect<map_entries>> {};
struct text_converter : seq<sor<word_split, word_strip_prefix, word_strip_suffix>, expect<texts>> {};
struct plain_converter : sor<word_trim, word_lower, word_upper, word_present> {};
struct keyed_converter : seq<word_keyed, expect<word_by>, expect<any_name>> {};
struct converter_choice : sor<as_converter, map_converter, text_converter, plain_converter, keyed_converter> {};
struct converter : seq<converter_ahead, converter_choice> {};
struct source_path : seq<data_path, star<converter>> {};

// source s = csv "file.csv" delimiter ";" complete
struct at_option : seq<word_at, expect<data_path>> {};
struct delimiter_option : seq<word_delimiter, expect<texts>> {};
struct env_option : seq<word_env, expect<texts>> {};
struct query_option : seq<word_query, expect<texts>> {};
struct complete_option : seq<word_complete, opt<word_rows>> {};
struct source_option : sor<texts, at_option, delimiter_option, env_option, query_option, complete_option> {};
struct source_kind : seq<assign, expect<name, K::text>> {};
struct source_declaration
    : seq<word_source, expect<name, K::assign>, expect<source_kind, K::text>, star<source_option>> {};

// bind S.f from s on k { a <- b }   bind f from s <- path
// on (number = kep_number strip_prefix "#"): the source's path stands left, the subject's field right; converters
// belong to what stands before them
struct join_subject : seq<name, star<converter>> {};
struct join : seq<source_path, expect<assign>, expect<join_subject>> {};
struct joins : comma_separated<K::open_bracket, join, K::close_bracket> {};
struct on_part : seq<word_on, expect<sor<joins, data_path>, K::open_brace, K::arrow>> {};
struct bind_field : seq<any_path, expect<arrow>, expect<source_path>, opt<comma>> {};
struct bind_field_start
    : any_start<tokens_are<is_any_name, is<K::arrow>>, tokens_are<is_any_name, is<K::dot>, is_any_name>> {};
struct scalar_binding : seq<arrow, expect<source_path>> {};
struct bind_source : seq<word_from, expect<name, K::word_on, K::open_brace, K::arrow>> {};
struct bind_declaration : seq<word_bind, expect<path, K::word_from, K::open_brace>,
                              expect<bind_source, K::word_on, K::open_brace, K::arrow>, opt<on_part>,
                              sor<scalar_binding, block<bind_field, bind_field_start>>> {};

}  // namespace muster::rules

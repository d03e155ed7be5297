// SPDX-License-Identifier: Apache-2.0
// Names, paths of names, texts and types.
#pragma once

#include "grammar/rules/combinators.h"

namespace muster::rules {

// A word that is free here, or a backquoted name. A reserved word in its place is a mistake of its own.
struct name : token_that<is_name> {};
// Behind a dot, and before `:` or `<-`, any word is a name.
struct any_name : token_that<is_any_name> {};

struct path_dot : dot {};
struct path_rest : star<path_dot, expect<any_name>> {};
struct path : seq<name, path_rest> {};
struct any_path : seq<any_name, path_rest> {};

struct text_token : sor<token<K::text>, token<K::raw_text>> {};
// Neighbours are one text.
struct texts : plus<text_token> {};

struct type;
struct core_type;
struct optional_mark : sor<question, coalesce> {};
struct list_type : seq<word_list, word_of, expect<nested<core_type>>> {};
struct bracketed_type : enclosed<K::open_bracket, nested<type>, K::close_bracket> {};
struct core_type : if_then_else<ahead<is<K::word_list>, is<K::word_of>>, list_type, sor<bracketed_type, path>> {};
// A `?` behind a list is the list's.
struct type : seq<core_type, star<optional_mark>> {};
struct typed : seq<colon, expect<type>> {};

}  // namespace muster::rules

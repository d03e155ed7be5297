// SPDX-License-Identifier: Apache-2.0
// From characters to tokens: the shape of each token, one rule a line. What a number or text says is read
// later (compiler/desugar); here only its extent is found, so `2026-02-30` is a date and `1e5` a number.
#pragma once

#include <string_view>

#include <tao/pegtl.hpp>

#include "grammar/rules/token_kind.h"

namespace muster::rules::characters {

using tao::pegtl::any;
using tao::pegtl::at;
using tao::pegtl::digit;
using tao::pegtl::eof;
using tao::pegtl::identifier_first;
using tao::pegtl::identifier_other;
using tao::pegtl::not_at;
using tao::pegtl::not_one;
using tao::pegtl::one;
using tao::pegtl::opt;
using tao::pegtl::plus;
using tao::pegtl::ranges;
using tao::pegtl::rep;
using tao::pegtl::seq;
using tao::pegtl::sor;
using tao::pegtl::star;
using tao::pegtl::two;

struct blanks : plus<one<' ', '\t', '\r', '\n'>> {};
struct line_rest : star<not_one<'\n', '\r'>> {};
struct comment : seq<two<'/'>, line_rest> {};

struct word : seq<identifier_first, star<identifier_other>> {};
// Where it isn't closed on its line, only its first word is taken for it.
struct closed_name : seq<star<not_one<'`', '\n', '\r'>>, one<'`'>> {};
struct quoted_name : seq<one<'`'>, sor<closed_name, star<identifier_other>>> {};

// Where a text isn't closed on its line, the brackets at the line's end are more likely not in it: gives them back.
struct unclosed_end {
  using rule_t = unclosed_end;
  using subs_t = tao::pegtl::type_list<>;
  template <typename Input>
  static bool match(Input& in) {
    constexpr std::string_view kBehind = " \t)]},";
    while (kBehind.find(in.iterator()[-1]) != std::string_view::npos) --in.iterator();
    return true;
  }
};

struct escaped : seq<one<'\\'>, not_one<'\n', '\r'>> {};
struct text_end : sor<one<'"'>, unclosed_end> {};
struct text : seq<one<'"'>, star<sor<escaped, not_one<'"', '\\', '\n', '\r'>>>, text_end> {};
struct raw_text : seq<one<'r'>, one<'"'>, star<not_one<'"', '\n', '\r'>>, text_end> {};

// A letter right behind a number belongs to it: `1e5` is one bad number, not two tokens.
struct number_rest : star<identifier_other> {};
struct fraction : seq<one<'.'>, at<digit>, number_rest> {};
struct percent_sign : one<'%'> {};
struct number : seq<digit, number_rest, opt<fraction>> {};
struct number_or_percent : seq<number, opt<percent_sign>> {};

struct day : seq<rep<4, digit>, one<'-'>, rep<2, digit>, one<'-'>, rep<2, digit>> {};
struct clock : star<sor<digit, one<':'>, seq<one<'.'>, at<digit>>>> {};
struct zone : sor<one<'Z'>, seq<one<'+', '-'>, at<digit>, star<sor<digit, one<':'>>>>> {};
struct clock_and_zone : seq<one<'T'>, clock, opt<zone>> {};
struct date_or_instant : seq<day, opt<clock_and_zone>, number_rest> {};

struct version_numbers : seq<plus<digit>, plus<one<'.'>, plus<digit>>> {};
struct pre_release_part : plus<ranges<'0', '9', 'A', 'Z', 'a', 'z', '-', '-'>> {};
struct pre_release : seq<one<'-'>, pre_release_part, star<one<'.'>, pre_release_part>> {};
struct version : seq<one<'v'>, version_numbers, opt<pre_release>, number_rest> {};

// The longest sign of operators.def. `n<-5` is `<` and `-5`: no path of a binding begins with a digit.
struct sign {
  using rule_t = sign;
  using subs_t = tao::pegtl::type_list<>;
  template <typename Input>
  static bool match(Input& in) {
    const std::string_view rest(in.current(), in.size());
    const auto found = sign_at(rest);
    if (!found) return false;
    const bool negative = found->kind == TokenKind::arrow && rest.size() > 2 && rest[2] >= '0' && rest[2] <= '9';
    in.bump(negative ? 1 : found->length);
    return true;
  }
};

struct continuation : ranges<'\x80', '\xBF'> {};
struct junk : seq<any, star<continuation>> {};

struct piece
    : sor<blanks, comment, raw_text, version, word, quoted_name, text, date_or_instant, number_or_percent, sign, junk> {
};

}  // namespace muster::rules::characters

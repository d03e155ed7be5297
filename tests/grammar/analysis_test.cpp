// SPDX-License-Identifier: Apache-2.0
// PEGTL's own analysis of the grammar: no rule can repeat without taking a token, none is left-recursive.
#include <gtest/gtest.h>

#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/analyze.hpp>

#include "grammar/rules/characters.h"
#include "grammar/rules/module.h"

// How the analysis sees the grammar's own combinators.
namespace TAO_PEGTL_NAMESPACE {

template <typename Name, muster::rules::TokenKind Kind>
struct analyze_traits<Name, muster::rules::token<Kind>> : analyze_any_traits<> {};
template <typename Name, bool (*Test)(muster::rules::TokenKind)>
struct analyze_traits<Name, muster::rules::token_that<Test>> : analyze_any_traits<> {};
template <typename Name, bool (*... Tests)(muster::rules::TokenKind)>
struct analyze_traits<Name, muster::rules::ahead<Tests...>> : analyze_opt_traits<> {};
template <typename Name, bool (*... Tests)(muster::rules::TokenKind)>
struct analyze_traits<Name, muster::rules::not_ahead<Tests...>> : analyze_opt_traits<> {};
template <typename Name>
struct analyze_traits<Name, muster::rules::exactly_in_brackets> : analyze_opt_traits<> {};
template <typename Name, typename Rule, muster::rules::TokenKind... Follow>
struct analyze_traits<Name, muster::rules::expect<Rule, Follow...>> : analyze_seq_traits<Rule> {};
template <typename Name, muster::rules::TokenKind Start, typename Rule>
struct analyze_traits<Name, muster::rules::misplaced<Start, Rule>> : analyze_seq_traits<Rule> {};
template <typename Name, typename Rule>
struct analyze_traits<Name, muster::rules::nested<Rule>> : analyze_seq_traits<Rule> {};
template <typename Name, muster::rules::TokenKind Open, typename Rule, muster::rules::TokenKind Close>
struct analyze_traits<Name, muster::rules::enclosed<Open, Rule, Close>>
    : analyze_seq_traits<muster::rules::token<Open>, Rule, muster::rules::token<Close>> {};
template <typename Name, muster::rules::TokenKind Open, typename Element, muster::rules::TokenKind Close,
          typename Starts>
struct analyze_traits<Name, muster::rules::comma_separated<Open, Element, Close, Starts>>
    : analyze_seq_traits<muster::rules::token<Open>, star<Element, opt<muster::rules::comma>>,
                         muster::rules::token<Close>> {};
template <typename Name, typename Item, typename Starts>
struct analyze_traits<Name, muster::rules::block<Item, Starts>>
    : analyze_seq_traits<muster::rules::open_brace, star<Item>, muster::rules::close_brace> {};
template <typename Name, typename Item, typename Starts>
struct analyze_traits<Name, muster::rules::whole<Item, Starts>> : analyze_traits<Name, typename star<Item>::rule_t> {};
template <typename Name>
struct analyze_traits<Name, muster::rules::characters::sign> : analyze_any_traits<> {};
template <typename Name>
struct analyze_traits<Name, muster::rules::characters::unclosed_end> : analyze_opt_traits<> {};

}  // namespace TAO_PEGTL_NAMESPACE

namespace muster::grammar_tests {
namespace {

TEST(GrammarAnalysis, FindsNoCycleInModules) { EXPECT_EQ(tao::pegtl::analyze<rules::module>(1), 0U); }
TEST(GrammarAnalysis, FindsNoCycleInTokens) {
  EXPECT_EQ(tao::pegtl::analyze<tao::pegtl::star<rules::characters::piece>>(1), 0U);
}

// What the analysis is for: it does see a rule that goes round in itself.
struct round : tao::pegtl::seq<tao::pegtl::opt<rules::comma>, round> {};
TEST(GrammarAnalysis, FindsACycleWhereThereIsOne) { EXPECT_NE(tao::pegtl::analyze<round>(-1), 0U); }

}  // namespace
}  // namespace muster::grammar_tests

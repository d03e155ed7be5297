// SPDX-License-Identifier: Apache-2.0
// A module: its declarations in any order.
#pragma once

#include "grammar/rules/bindings.h"
#include "grammar/rules/policies.h"
#include "grammar/rules/tests.h"

namespace muster::rules {

struct type_declaration : sor<enum_declaration, record_declaration, evidence_declaration, subject_declaration> {};
struct value_declaration : sor<shared_declaration, param_declaration, define_declaration> {};
struct data_declaration : sor<source_declaration, bind_declaration> {};
struct trial_declaration : sor<fixture_declaration, test_declaration> {};
struct declaration : sor<import_declaration, type_declaration, value_declaration, policy_declaration,
                         waiver_declaration, data_declaration, trial_declaration> {};

constexpr bool is_name_or_text(TokenKind kind) { return is_name(kind) || is<K::text>(kind); }
// A word of a declaration and its name, or a title.
struct declaration_start : tokens_are<is_declaration_word, is_name_or_text> {};
struct module : whole<declaration, declaration_start> {};

}  // namespace muster::rules

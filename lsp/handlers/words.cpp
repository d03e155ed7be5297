// SPDX-License-Identifier: Apache-2.0
#include "lsp/handlers/words.h"

#include <utility>

namespace muster::lsp {

using rules::TokenKind;

// No other block has items with words of their own.
Words words_of_block(TokenKind block) {
  const Words clauses = {"when", "let", "require", "weight", "why", "fix", "see", "owner", "tags", "effective"};
  const Words rules = {"let", "require"};
  const std::pair<TokenKind, Words> all[] = {
      {TokenKind::word_policy,
       {"must", "should", "may", "section", "gate", "score", "levels", "show", "let", "set", "tighten", "promote",
        "demote", "amend", "replace", "drop", "lock", "locked"}},
      {TokenKind::word_section, {"must", "should", "may", "when", "locked"}},
      {TokenKind::word_must, clauses},
      {TokenKind::word_should, clauses},
      {TokenKind::word_may, clauses},
      {TokenKind::word_replace, clauses},
      {TokenKind::word_tighten, rules},
      {TokenKind::word_gate, rules},
      {TokenKind::word_amend, {"weight", "why", "fix", "see", "owner", "tags", "effective"}},
      {TokenKind::word_score, {"of", "weight", "na", "waived", "unknown", "empty", "round", "cap"}},
      {TokenKind::word_test, {"given", "with", "waive", "expect", "case"}},
      {TokenKind::word_case, {"given", "with", "waive", "expect"}},
      {TokenKind::word_record, {"private"}},
      {TokenKind::word_evidence, {"private"}},
      {TokenKind::word_subject, {"key", "label", "private"}},
      {TokenKind::end,
       {"import", "enum", "ordered", "record", "evidence", "subject", "shared", "param", "define", "policy", "waive",
        "source", "bind", "fixture", "test"}}};
  for (const auto& [word, words] : all) {
    if (word == block) return words;
  }
  return {};
}

}  // namespace muster::lsp

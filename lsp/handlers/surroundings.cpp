// SPDX-License-Identifier: Apache-2.0
#include "lsp/handlers/surroundings.h"

namespace muster::lsp {

const std::vector<Declared>& Surroundings::declared() {
  if (declared_.empty()) declared_ = all_declared(analysis_);
  return declared_;
}

const typed::Policy* Surroundings::policy() const {
  for (const Block& block : cursor_.blocks()) {
    if (block.word != TokenKind::word_policy && block.word != TokenKind::word_test) continue;
    const std::size_t name = block.head + 1;
    for (const typed::Policy& each : program_.policies) {
      if (each.span.file == file_ && name < analysis_.module().tree.tokens.size() &&
          each.span == analysis_.module().tree.span_of(static_cast<syntax::TokenId>(name)))
        return &each;
    }
    // A test names its policy behind `for`.
    const auto& tokens = analysis_.module().tree.tokens;
    for (std::size_t at = block.head; at < tokens.size() && tokens[at].kind != TokenKind::open_brace; ++at) {
      if (tokens[at].kind != TokenKind::word_for) continue;
      for (const typed::Policy& each : program_.policies) {
        if (each.name == cursor_.text_of(static_cast<syntax::TokenId>(at + 1))) return &each;
      }
    }
  }
  return nullptr;
}

types::TypeId Surroundings::type_before(std::size_t n) {
  const types::TypeId typed = typed_before(cursor_.span_before(n).end);
  return typed == types::kError ? type_of_names(n) : typed;
}

types::TypeId Surroundings::type_of_names(std::size_t n) {
  if (!rules::is_any_name(cursor_.before(n))) return types::kError;
  const TokenKind sign = cursor_.before(n + 1);
  if (sign == TokenKind::dot || sign == TokenKind::optional_dot) {
    const types::TypeId inner = program_.types.without_optional(type_of_names(n + 2));
    if (inner == types::kError || !program_.types.is_record(inner)) return types::kError;
    const types::Record& record = program_.types.record_of(inner);
    const auto field = record.find(cursor_.text_before(n));
    return field ? record.fields[*field].type : types::kError;
  }
  const std::string_view name = cursor_.text_before(n);
  const Declared* nearest = nullptr;
  for (const Declared& each : declared()) {
    const bool is_local = each.sort == Sort::variable || each.sort == Sort::let;
    if (!is_local || each.name != name || each.span.file != file_ || each.span.begin >= cursor_.prefix().begin)
      continue;
    if (nearest == nullptr || nearest->span.begin < each.span.begin) nearest = &each;
  }
  if (nearest != nullptr) return nearest->type;
  // A variable of what isn't written to its end: `x in LIST`.
  for (std::size_t in = n + 1; cursor_.before(in) != TokenKind::end; ++in) {
    if (cursor_.before(in) != TokenKind::word_in || cursor_.text_before(in + 1) != name || in < n + 2) continue;
    std::size_t last = in - 1;
    while (last > n + 2 && cursor_.before(last - 1) == TokenKind::dot) last -= 2;
    const types::TypeId list = program_.types.without_optional(type_of_names(last));
    return list != types::kError && program_.types.is_list(list) ? program_.types.element(list) : types::kError;
  }
  if (const typed::Policy* of = policy()) {
    const types::Record& subject = program_.types.record_at(of->subject);
    if (const auto field = subject.find(name)) return subject.fields[*field].type;
  }
  for (const Declared& each : declared()) {
    if (each.name == name && (each.sort == Sort::param || each.sort == Sort::shared)) return each.type;
  }
  return types::kError;
}

types::TypeId Surroundings::typed_before(std::uint32_t end) const {
  const typed::Expr* found = nullptr;
  for (const typed::Expr& each : program_.exprs) {
    if (each.span.file != file_ || each.span.end != end || each.type == types::kError) continue;
    if (found == nullptr || each.span.begin <= found->span.begin) found = &each;
  }
  return found == nullptr ? types::kError : found->type;
}

std::optional<types::RecordId> Surroundings::made_record(std::size_t n) {
  if (n >= cursor_.blocks().size()) return std::nullopt;
  const Block& made = cursor_.blocks()[n];
  const auto record = [&](types::TypeId type) {
    const types::TypeId inner = type == types::kError ? type : program_.types.innermost(type);
    return inner != types::kError && program_.types.is_record(inner) ? std::optional(program_.types.get(inner).id)
                                                                     : std::nullopt;
  };
  if (made.word == TokenKind::word_given) {
    const typed::Policy* of = policy();
    return of == nullptr ? std::nullopt : std::optional(of->subject);
  }
  if (made.word == TokenKind::word_fixture) {
    // `fixture NAME: TYPE = {`
    for (const Declared& each : declared()) {
      if (each.sort == Sort::record && each.name == cursor_.text_of(made.head + 3)) return each.index;
    }
    return std::nullopt;
  }
  if (cursor_.kind_of(made.head + 1) != TokenKind::colon) return std::nullopt;
  const auto around = made_record(n + 1);
  if (!around) return std::nullopt;
  const types::Record& outer = program_.types.record_at(*around);
  const auto field = outer.find(cursor_.text_of(made.head));
  return field ? record(outer.fields[*field].type) : std::nullopt;
}

}  // namespace muster::lsp

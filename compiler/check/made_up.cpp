// SPDX-License-Identifier: Apache-2.0
// Evidence that fixtures and tests make up: `{ ...ready, drills: [] }`. What is left out is unknown (missing),
// but of evidence `expires`, `by` and `ref` that are left out are absent, as in data.
#include "compiler/check/checker.h"

namespace muster::check {

typed::Literal Checker::literal_of(ast::ExprId id, TypeId type, std::string_view use, const MadeUp* given) {
  typed::Literal unknown_literal = missing_of(type);
  if (id == ast::kNoExpr || type == types::kError) return unknown_literal;
  const ast::Expr& expr = expr_at(id);
  if (expr.kind == ast::Expr::Kind::error || expr.kind == ast::Expr::Kind::unknown) return unknown_literal;
  if (expr.kind == ast::Expr::Kind::none) {
    if (!program_.types.is_optional(type)) {
      report(Code::type_mismatch, expr.span,
             std::string(use) + " is never absent: its type is `" + type_name(type) + "`")
          .help = "leave it out or write `unknown` where it isn't known; only a `T?` can be `none`";
      return unknown_literal;
    }
    typed::Literal absent = unknown_literal;
    absent.kind = typed::Literal::Kind::absent;
    return absent;
  }
  const TypeId inner = program_.types.without_optional(type);
  if (program_.types.is_list(inner)) return list_of(expr, inner, use, given);
  if (program_.types.is_record(inner)) {
    if (expr.kind == ast::Expr::Kind::object) return object_of(expr, inner, given).value;
    base::Diagnostic& problem =
        report(Code::type_mismatch, expr.span, std::string(use) + " is a record, `" + type_name(inner) + "`");
    problem.help = record_help(expr);
    return unknown_literal;
  }
  auto value = constant_of(id, inner, use);
  if (!value) return unknown_literal;
  typed::Literal scalar;
  scalar.kind = typed::Literal::Kind::scalar;
  scalar.scalar = std::move(*value);
  scalar.type = inner;
  return scalar;
}

std::string Checker::record_help(const ast::Expr& expr) const {
  const bool fixture = expr.kind == ast::Expr::Kind::name && scopes_[module_].fixtures.count(expr.name.text) > 0;
  return fixture ? "write `{ ..." + expr.name.text + " }`" : "write its fields in braces: `{ ... }`";
}

typed::Literal Checker::list_of(const ast::Expr& expr, TypeId type, std::string_view use, const MadeUp* given) {
  if (expr.kind != ast::Expr::Kind::list) {
    report(Code::type_mismatch, expr.span, std::string(use) + " is a `" + type_name(type) + "`").help =
        "write its elements in brackets: `[" + source_text(expr.span) + "]`";
    return missing_of(type);
  }
  typed::Literal list;
  list.kind = typed::Literal::Kind::list;
  list.type = type;
  const std::string element_use = "an element of " + std::string(use);
  for (ast::ExprId element : expr.operands) {
    list.items.push_back(literal_of(element, program_.types.element(type), element_use, given));
    if (element != ast::kNoExpr) list.items.back().span = expr_at(element).span;
  }
  return list;
}

Checker::MadeUp Checker::object_of(const ast::Expr& expr, TypeId type, const MadeUp* given) {
  MadeUp made = nothing_of(type);
  if (expr.kind != ast::Expr::Kind::object) {
    if (expr.kind != ast::Expr::Kind::error) {
      report(Code::type_mismatch, expr.span, "this is to be a record, `" + type_name(type) + "`").help =
          record_help(expr);
    }
    return made;
  }
  Names<Span> written;
  for (const ast::ObjectField& field : expr.fields) {
    if (!field.spread.parts.empty()) {
      spread_into(made, type, field.spread, given);
      continue;
    }
    if (field.name.empty()) continue;  // reported where it was parsed
    const types::Record& record = program_.types.record_of(type);
    const auto index = record.find(field.name.text);
    if (!index) {
      if (fields_may_be_missing(program_.types.get(type).id)) continue;
      std::vector<std::string> candidates;
      for (const types::Field& each : record.fields) candidates.push_back(each.name);
      unknown(Code::unknown_field, field.name, "`" + record.name + "` has no field `" + field.name.text + "`",
              candidates);
      continue;
    }
    if (!record.fields[*index].built_in) note_use(field.name.span, record.fields[*index].span);
    if (auto [first, fresh] = written.emplace(field.name.text, field.name.span); !fresh) {
      report(Code::duplicate_name, field.name.span, "`" + field.name.text + "` stands in this object already")
          .labels.push_back({first->second, "the first one"});
      continue;
    }
    const std::string use = "`" + field.name.text + "`";
    const TypeId field_type = record.fields[*index].type;
    const std::optional<types::Range> range = record.fields[*index].range;
    typed::Literal value = literal_of(field.value, field_type, use, given);
    if (range && value.kind == typed::Literal::Kind::scalar) {
      check_within(value.scalar, value.type, *range, expr_at(field.value).span, use);
    }
    if (field.value != ast::kNoExpr) value.span = expr_at(field.value).span;
    made.value.items[*index] = std::move(value);
    made.said[*index] = true;
  }
  return made;
}

// A fixture of this record or of one that it extends; `given` is what the test around a case gives. Only what
// is said there is handed on.
void Checker::spread_into(MadeUp& made, TypeId type, const ast::Path& path, const MadeUp* given) {
  const MadeUp* spread = find_fixture(path, given);
  if (spread == nullptr) return;
  const TypeId from = spread->value.type;
  if (from == types::kError) return;  // a fixture that was reported
  const types::Record& record = program_.types.record_of(type);
  if (!program_.types.is_record(from) ||
      !program_.types.extends(program_.types.get(type).id, program_.types.get(from).id)) {
    report(Code::type_mismatch, path.span,
           "`" + source_text(path.span) + "` is a `" + type_name(from) + "`, but this is a `" + record.name + "`")
        .help =
        "spread a fixture of `" + record.name + "`" + (record.extends ? " or of a subject that it extends" : "");
    return;
  }
  // The fields of a base come first, with the same indexes.
  for (std::size_t i = 0; i < spread->said.size(); ++i) {
    if (!spread->said[i]) continue;
    made.value.items[i] = spread->value.items[i];
    made.said[i] = true;
  }
}

// Reports what is none.
const Checker::MadeUp* Checker::find_fixture(const ast::Path& path, const MadeUp* given) {
  if (path.parts.size() > 1 && path.parts.front().text == "given" && find_module("given") == nullptr) {
    report(Code::not_here, path.span, "`...given` is taken up as a whole").help =
        "make `" + path.parts.back().text + "` a fixture of its own, and spread that here and there";
    return nullptr;
  }
  const ModuleScope* scope = scope_named_by(path);
  if (scope == nullptr) return nullptr;
  const ast::Name& name = path.parts.back();
  const bool plain = path.parts.size() == 1;
  if (auto fixture = scope->fixtures.find(name.text); fixture != scope->fixtures.end() && path.parts.size() <= 2) {
    note_use(name.span, fixture->second.span);
    return &fixture_values_[fixture->second.index];
  }
  if (plain && name.text == "given") {
    if (given != nullptr) return given;
    report(Code::not_here, name.span, "nothing is given that `...given` could take up").help =
        "`...given` stands in a `given` of a case, for what its test gives";
    return nullptr;
  }
  if (may_be_missing(module_of(path), name.text)) return nullptr;
  std::vector<std::string> candidates;
  for (const auto& [known, place] : scope->fixtures) candidates.push_back(known);
  if (plain && given != nullptr) candidates.emplace_back("given");
  unknown(Code::unknown_name, name, "no fixture `" + source_text(path.span) + "`", candidates);
  return nullptr;
}

typed::Literal Checker::missing_of(TypeId type) const {
  typed::Literal missing;
  missing.kind = typed::Literal::Kind::unknown;
  missing.type = program_.types.without_optional(type);
  return missing;
}

Checker::MadeUp Checker::nothing_of(TypeId type) const {
  MadeUp made;
  made.value.kind = typed::Literal::Kind::record;
  made.value.type = type;
  for (const types::Field& field : program_.types.record_of(type).fields) {
    made.value.items.push_back(missing_of(field.type));
    if (field.built_in && program_.types.is_optional(field.type))
      made.value.items.back().kind = typed::Literal::Kind::absent;
  }
  made.said.resize(made.value.items.size());
  return made;
}

}  // namespace muster::check

// SPDX-License-Identifier: Apache-2.0
// Fixtures: named evidence that tests spread. They may stand in any order.
#include "compiler/check/checker.h"

namespace muster::check {

void Checker::check_fixtures(std::uint32_t module) {
  fixture_values_.resize(program_.fixtures.size());
  const std::vector<ast::FixtureDecl>& fixtures = ast_of(module).fixtures;
  for (std::uint32_t at : order_fixtures(fixtures)) {
    const ast::FixtureDecl& declared = fixtures[at];
    const TypeId type = fixture_type(declared.type);
    if (type == types::kError || declared.value == ast::kNoExpr) continue;
    const std::uint32_t index = fixture_ids_[module][at];
    fixture_values_[index] = object_of(expr_at(declared.value), type, nullptr);
    program_.fixtures[index].value = fixture_values_[index].value;
  }
}

// An explicit stack: a chain of spreads may be as long as the module.
std::vector<std::uint32_t> Checker::order_fixtures(const std::vector<ast::FixtureDecl>& fixtures) {
  enum class State : std::uint8_t { fresh, open, done };
  Names<std::uint32_t> places;
  for (std::uint32_t i = 0; i < fixtures.size(); ++i) places.emplace(fixtures[i].name.text, i);
  std::vector<State> states(fixtures.size(), State::fresh);
  std::vector<std::uint32_t> order;
  struct Step {
    std::uint32_t fixture;
    std::vector<ast::Name> spreads;
    std::size_t next = 0;
  };
  std::vector<Step> stack;
  const auto open = [&](std::uint32_t fixture) {
    states[fixture] = State::open;
    Step step{fixture, {}};
    note_spreads(fixtures[fixture].value, step.spreads);
    stack.push_back(std::move(step));
  };
  for (std::uint32_t root = 0; root < fixtures.size(); ++root) {
    if (states[root] == State::fresh) open(root);
    while (!stack.empty()) {
      Step& step = stack.back();
      if (step.next == step.spreads.size()) {
        states[step.fixture] = State::done;
        order.push_back(step.fixture);
        stack.pop_back();
        continue;
      }
      const ast::Name& spread = step.spreads[step.next++];
      const auto wanted = places.find(spread.text);
      if (wanted == places.end()) continue;
      if (states[wanted->second] == State::open) {
        report(Code::cycle, spread.span, "the fixture `" + spread.text + "` spreads itself")
            .labels.push_back({fixtures[wanted->second].name.span, "declared here"});
      } else if (states[wanted->second] == State::fresh) {
        open(wanted->second);
      }
    }
  }
  return order;
}

void Checker::note_spreads(ast::ExprId id, std::vector<ast::Name>& names) const {
  if (id == ast::kNoExpr) return;
  const ast::Expr& expr = expr_at(id);
  for (const ast::ObjectField& field : expr.fields) {
    if (field.spread.parts.size() == 1) names.push_back(field.spread.parts.front());
    note_spreads(field.value, names);
  }
  if (expr.kind != ast::Expr::Kind::list) return;
  for (ast::ExprId element : expr.operands) note_spreads(element, names);
}

// A subject stands in no field, but a fixture may be one.
TypeId Checker::fixture_type(const ast::TypeRef& written) {
  if (written.kind == ast::TypeRef::Kind::error) return types::kError;
  if (written.kind == ast::TypeRef::Kind::named && !written.name.parts.empty()) {
    const bool qualified = written.name.parts.size() > 1;
    const auto& types = scopes_[module_].types;
    const auto own = types.find(written.name.parts[0].text);
    if (qualified || own != types.end()) {
      const auto found = qualified ? find_type(written.name) : std::optional(own->second);
      if (!found) return types::kError;
      note_use(written.name.parts.back().span, *found);
      if (found->kind == NamedType::Kind::record) return program_.types.record(found->id);
    }
  }
  if (written.kind != ast::TypeRef::Kind::named || type_of(written) != types::kError) {
    report(Code::bad_field_type, written.span,
           "a fixture is a subject, a record or evidence, not `" + source_text(written.span) + "`");
  }
  return types::kError;
}

}  // namespace muster::check

// SPDX-License-Identifier: Apache-2.0
// Which binding holds, where modules bind one thing. A module's own binding goes before those of what it
// imports, so only the first binding on each way from the root down the imports can hold; two of them that
// differ are an error. What does not hold leaves the program.
#include <algorithm>
#include <tuple>

#include "compiler/check/checker.h"

namespace muster::check {

namespace {

bool same(const typed::Source& a, const typed::Source& b) {
  return std::tie(a.kind, a.resolved_path, a.at, a.delimiter, a.completeness) ==
         std::tie(b.kind, b.resolved_path, b.at, b.delimiter, b.completeness);
}

template <class Thing, class Same>
bool same_lists(const std::vector<Thing>& a, const std::vector<Thing>& b, Same same_thing) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), same_thing);
}

bool same(const typed::Converter& a, const typed::Converter& b) {
  return std::tie(a.kind, a.text, a.field, a.otherwise) == std::tie(b.kind, b.text, b.field, b.otherwise) &&
         same_lists(a.entries, b.entries,
                    [](const auto& x, const auto& y) { return x.from == y.from && x.to == y.to; });
}

bool same(const typed::SourcePath& a, const typed::SourcePath& b) {
  return a.keys == b.keys &&
         same_lists(a.converters, b.converters, [](const auto& x, const auto& y) { return same(x, y); });
}

bool same(const typed::Binding& a, const typed::Binding& b) {
  if (a.scalar.has_value() != b.scalar.has_value() || (a.scalar && !same(*a.scalar, *b.scalar))) return false;
  const auto same_converters = [](const auto& x, const auto& y) {
    return same_lists(x, y, [](const auto& c, const auto& d) { return same(c, d); });
  };
  const auto same_joins = [&](const auto& x, const auto& y) {
    return x.subject_field == y.subject_field && same_converters(x.subject_converters, y.subject_converters) &&
           same(x.source, y.source);
  };
  return same_lists(a.joins, b.joins, same_joins) && same_lists(a.fields, b.fields, [](const auto& x, const auto& y) {
           return x.target == y.target && same(x.from, y.from);
         });
}

}  // namespace

void Checker::check_conflicts() {
  if (modules_.empty()) return;
  std::map<BoundThing, std::vector<std::uint32_t>> by_thing;
  for (std::uint32_t i = 0; i < program_.bindings.size(); ++i) {
    const typed::Binding& binding = program_.bindings[i];
    by_thing[{binding.shared, binding.subject, binding.target}].push_back(i);
  }
  std::vector<bool> holds(program_.bindings.size(), true);
  for (const auto& [thing, bindings] : by_thing) {
    if (bindings.size() < 2) continue;
    for (std::uint32_t binding : bindings) holds[binding] = false;
    holds[choose_binding(bindings)] = true;
  }
  std::vector<typed::Binding> kept;
  for (std::size_t i = 0; i < holds.size(); ++i) {
    if (holds[i]) kept.push_back(std::move(program_.bindings[i]));
  }
  program_.bindings = std::move(kept);
}

std::uint32_t Checker::choose_binding(const std::vector<std::uint32_t>& bindings) {
  std::map<std::string_view, std::uint32_t> by_module;
  for (std::uint32_t binding : bindings) by_module.emplace(program_.bindings[binding].module, binding);
  const auto root = static_cast<std::uint32_t>(modules_.size() - 1);
  if (auto own = by_module.find(modules_[root].name); own != by_module.end()) return own->second;

  // What a module that binds it imports, over any number of steps, comes after that module.
  std::vector<bool> is_behind(modules_.size());
  for (std::uint32_t module = static_cast<std::uint32_t>(modules_.size()); module-- > 0;) {
    if (!is_behind[module] && by_module.count(modules_[module].name) == 0) continue;
    for (const auto& import : modules_[module].imports) {
      if (import) is_behind[*import] = true;
    }
  }
  std::optional<std::uint32_t> chosen;
  std::vector<bool> seen(modules_.size());
  for (std::size_t i = 0; i < modules_[root].imports.size(); ++i) {
    if (!modules_[root].imports[i]) continue;
    std::vector<std::uint32_t> open{*modules_[root].imports[i]};
    while (!open.empty()) {
      const std::uint32_t module = open.back();
      open.pop_back();
      if (seen[module]) continue;
      seen[module] = true;
      if (auto found = by_module.find(modules_[module].name); found != by_module.end()) {
        if (is_behind[module]) continue;
        if (!chosen) {
          chosen = found->second;
        } else if (!same_binding(*chosen, found->second)) {
          report_conflict(ast_of(root).imports[i], *chosen, found->second);
          return *chosen;
        }
        continue;
      }
      for (const auto& import : modules_[module].imports) {
        if (import) open.push_back(*import);
      }
    }
  }
  return chosen.value_or(bindings.front());
}

bool Checker::same_binding(std::uint32_t left, std::uint32_t right) const {
  const typed::Binding& a = program_.bindings[left];
  const typed::Binding& b = program_.bindings[right];
  return same(program_.sources[a.source], program_.sources[b.source]) && same(a, b);
}

void Checker::report_conflict(const ast::Import& import, std::uint32_t first, std::uint32_t second) {
  const typed::Binding& here = program_.bindings[first];
  const typed::Binding& there = program_.bindings[second];
  const std::string thing = source_text(there.span);
  base::Diagnostic& problem =
      report(Code::bound_twice, import.module.span,
             "`" + thing + "` is bound differently by `" + here.module + "` and `" + there.module + "`");
  problem.labels.push_back({here.span, "one binding"});
  problem.labels.push_back({there.span, "the other"});
  problem.help = "bind it in this module: that goes before both";
}

}  // namespace muster::check

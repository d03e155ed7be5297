// SPDX-License-Identifier: Apache-2.0
// All that a program declares, each with the line that says what it is.
#include <algorithm>
#include <tuple>

#include "lsp/handlers/names.h"

namespace muster::lsp {

namespace {

class Declarations {
 public:
  explicit Declarations(const Analysis& analysis) : program_(analysis.program()), analysis_(analysis) {}

  std::vector<Declared> take() {
    add_types();
    add_values();
    add_policies();
    add_modules();
    const auto place = [](const Declared& each) { return std::tie(each.span.file, each.span.begin, each.span.end); };
    std::stable_sort(all_.begin(), all_.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
    all_.erase(
        std::unique(all_.begin(), all_.end(), [&](const auto& a, const auto& b) { return place(a) == place(b); }),
        all_.end());
    return std::move(all_);
  }

 private:
  void add(Sort sort, const std::string& name, std::string signature, std::string doc, types::TypeId type,
           std::size_t index, base::Span span) {
    if (span.begin < span.end)
      all_.push_back({sort, name, std::move(signature), std::move(doc), type, static_cast<std::uint32_t>(index), span});
  }

  std::string type(types::TypeId id) const { return program_.types.name(id); }

  void add_types() {
    for (const compiler::Unit& unit : analysis_.compilation->units) {
      for (const ast::EnumDecl& declared : unit.parsed->module.enums) {
        const std::string head = std::string(declared.ordered ? "ordered " : "") + "enum " + declared.name.text;
        std::string names;
        for (const auto& member : declared.members) {
          names += (names.empty() ? " { " : ", ") + member.name.text;
          std::string line = declared.name.text + "." + member.name.text;
          for (std::size_t i = 0; i < member.spellings.size(); ++i)
            line += (i == 0 ? " = \"" : " | \"") + member.spellings[i].value + "\"";
          add(Sort::enum_name, member.name.text, line, "", types::kError, 0, member.name.span);
        }
        add(Sort::enumeration, declared.name.text, head + (names.empty() ? " { }" : names + " }"), declared.doc,
            types::kError, 0, declared.name.span);
      }
    }
    for (types::RecordId id = 0; id < program_.types.record_count(); ++id) {
      const types::Record& record = program_.types.record_at(id);
      const char* word = record.kind == types::RecordKind::subject    ? "subject "
                         : record.kind == types::RecordKind::evidence ? "evidence "
                                                                      : "record ";
      std::string head = word + record.name;
      if (record.extends) head += " extends " + program_.types.record_at(*record.extends).name;
      add(Sort::record, record.name, std::move(head), record.doc, types::kError, id, record.span);
      for (const types::Field& field : record.fields) {
        if (field.built_in) continue;
        std::string line = std::string(field.is_private ? "private " : "") + (field.is_key ? "key " : "") +
                           (field.is_label ? "label " : "") + field.name + ": " + type(field.type);
        const types::TypeId bare = program_.types.without_optional(field.type);
        if (field.range) line += " in " + types::to_text(program_.types, bare, *field.range);
        if (field.fresh.kind == types::Freshness::Kind::duration)
          line += " fresh for " + base::to_text(field.fresh.duration);
        if (field.fresh.kind == types::Freshness::Kind::period)
          line += " fresh for " + base::to_text(field.fresh.period);
        if (field.fresh.kind == types::Freshness::Kind::param)
          line += " fresh for " + program_.params[field.fresh.param].name;
        add(Sort::field, field.name, std::move(line), field.doc, field.type, id, field.span);
      }
    }
  }

  void add_values() {
    for (std::size_t i = 0; i < program_.params.size(); ++i) {
      const typed::Param& param = program_.params[i];
      std::string line = "param " + param.name + ": " + type(param.type);
      if (param.type != types::kError) line += " = " + types::to_text(program_.types, param.type, param.value);
      if (param.range) line += " in " + types::to_text(program_.types, param.type, *param.range);
      add(Sort::param, param.name, std::move(line), param.doc, param.type, i, param.span);
    }
    for (std::size_t i = 0; i < program_.shared.size(); ++i) {
      const typed::Shared& shared = program_.shared[i];
      add(Sort::shared, shared.name, "shared " + shared.name + ": " + type(shared.type), shared.doc, shared.type, i,
          shared.span);
    }
    for (std::size_t i = 0; i < program_.defines.size(); ++i) {
      const typed::Define& define = program_.defines[i];
      std::string line = "define " + define.name + "(";
      for (const std::uint32_t parameter : define.parameters) {
        const typed::Variable& variable = program_.variables[parameter];
        line += (line.back() == '(' ? "" : ", ") + variable.name + ": " + type(variable.type);
      }
      add(Sort::define, define.name, line + "): " + type(define.result), define.doc, define.result, i, define.span);
    }
    for (std::size_t i = 0; i < program_.variables.size(); ++i) {
      const typed::Variable& variable = program_.variables[i];
      add(Sort::variable, variable.name, variable.name + ": " + type(variable.type), "", variable.type, i,
          variable.span);
    }
    for (std::size_t i = 0; i < program_.lets.size(); ++i) {
      const typed::Let& let = program_.lets[i];
      const types::TypeId of = let.value == typed::kNoExpr ? types::kError : program_.expr(let.value).type;
      add(Sort::let, let.name, "let " + let.name + (of == types::kError ? "" : ": " + type(of)), "", of, i, let.span);
    }
    for (std::size_t i = 0; i < program_.sources.size(); ++i) {
      const typed::Source& source = program_.sources[i];
      const char* kind = source.kind == typed::SourceKind::csv    ? "csv"
                         : source.kind == typed::SourceKind::json ? "json"
                                                                  : "ndjson";
      add(Sort::source, source.name, "source " + source.name + " = " + kind + " \"" + source.path + "\"", "",
          types::kError, i, source.span);
    }
    for (std::size_t i = 0; i < program_.fixtures.size(); ++i) {
      const typed::Fixture& fixture = program_.fixtures[i];
      const types::TypeId of = fixture.value.type;
      add(Sort::fixture, fixture.name, "fixture " + fixture.name + (of == types::kError ? "" : ": " + type(of)), "", of,
          i, fixture.span);
    }
  }

  static std::string titled(std::string head, const std::string& title) {
    return title.empty() ? head : head + " \"" + title + "\"";
  }

  void add_policies() {
    for (std::size_t i = 0; i < program_.policies.size(); ++i) {
      const typed::Policy& policy = program_.policies[i];
      std::string head = "policy " + policy.name;
      if (policy.extends) head += " extends " + program_.policies[*policy.extends].full_name();
      if (!policy.gates.empty()) head += " for " + program_.types.record_at(policy.subject).name;
      add(Sort::policy, policy.name, titled(head, policy.title), policy.doc, types::kError, i, policy.span);
      for (const auto& each : policy.sections)
        add(Sort::section, each.name, titled("section " + each.name, each.title), each.doc, types::kError, i,
            each.span);
      for (const auto& each : policy.criteria)
        add(Sort::criterion, each.name, titled(std::string(typed::name(each.level)) + " " + each.name, each.title),
            each.doc, types::kError, i, each.span);
      for (const auto& each : policy.gates) {
        if (!each.implied)
          add(Sort::gate, each.name, titled("gate " + each.name, each.title), each.doc, types::kBool, i, each.span);
      }
      for (const auto& each : policy.scores)
        add(Sort::score, each.name, "score " + each.name, each.doc, types::kPercent, i, each.span);
      for (const auto& each : policy.levels)
        add(Sort::levels, each.name, "levels " + each.name, each.doc, types::kError, i, each.span);
      for (const auto& each : policy.shows)
        add(Sort::show, each.name, titled("show " + each.name, each.title), each.doc, types::kError, i, each.span);
    }
  }

  // What an import binds: its alias, or the last part of the module's path.
  void add_modules() {
    for (const compiler::Unit& unit : analysis_.compilation->units) {
      const auto& imports = unit.parsed->module.imports;
      for (std::size_t i = 0; i < imports.size() && i < unit.imports.size(); ++i) {
        if (imports[i].module.parts.empty() || !unit.imports[i]) continue;
        const ast::Name& name = imports[i].alias.empty() ? imports[i].module.parts.back() : imports[i].alias;
        add(Sort::module, name.text, "import " + analysis_.compilation->units[*unit.imports[i]].name, "", types::kError,
            *unit.imports[i], name.span);
      }
    }
  }

  const typed::Program& program_;
  const Analysis& analysis_;
  std::vector<Declared> all_;
};

}  // namespace

std::vector<Declared> all_declared(const Analysis& analysis) { return Declarations(analysis).take(); }

std::optional<Declared> declared_at(const Analysis& analysis, base::Span span) {
  for (Declared& each : all_declared(analysis)) {
    if (each.span == span) return std::move(each);
  }
  return std::nullopt;
}

std::optional<Named> named_at(const Analysis& analysis, std::uint32_t offset) {
  const base::FileId file = analysis.module().id;
  const auto holds = [&](base::Span span) { return span.file == file && span.begin <= offset && offset <= span.end; };
  for (const check::NameUse& use : analysis.compilation->uses) {
    if (holds(use.at)) return Named{use.at, use.declared};
  }
  for (const Declared& each : all_declared(analysis)) {
    if (holds(each.span)) return Named{each.span, each.span};
  }
  return std::nullopt;
}

}  // namespace muster::lsp

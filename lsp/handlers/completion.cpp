// SPDX-License-Identifier: Apache-2.0
#include "lsp/handlers/completion.h"

#include <algorithm>
#include <set>

#include "effective/source/source_text.h"
#include "lsp/handlers/cursor.h"
#include "lsp/handlers/functions.h"
#include "lsp/handlers/names.h"
#include "lsp/handlers/surroundings.h"
#include "lsp/handlers/words.h"
#include "stdlib/modules.h"

namespace muster::lsp {

namespace {

class Completion {
 public:
  Completion(Session& session, const Analysis& analysis, std::uint32_t offset)
      : session_(session),
        analysis_(analysis),
        program_(analysis.program()),
        positions_(analysis.file(), session.encoding),
        cursor_(analysis, offset),
        around_(analysis, cursor_),
        file_(analysis.module().id) {}

  std::vector<CompletionItem> take() {
    if (cursor_.is_in_text()) return {};
    choose();
    return std::move(items_);
  }

 private:
  TokenKind block() const { return cursor_.blocks().empty() ? TokenKind::end : cursor_.blocks().front().word; }

  void choose() {
    const TokenKind last = cursor_.before(0);
    if (cursor_.line_word() == TokenKind::word_import) return add_imports();
    if (last == TokenKind::dot || last == TokenKind::optional_dot) return add_members();
    if (block() == TokenKind::word_bind) return add_binding();
    if (last == TokenKind::word_from && cursor_.line_word() == TokenKind::word_bind) return add_all(Sort::source);
    if (cursor_.line_word() == TokenKind::word_source && last == TokenKind::assign)
      return add_words({"ndjson", "json", "csv"});
    if (last == TokenKind::word_waive && cursor_.blocks().empty()) {
      add_visible([](Sort sort) { return sort == Sort::policy; });
      return add_modules();
    }
    if (last == TokenKind::word_extends || last == TokenKind::word_for || last == TokenKind::word_bind)
      return add_extended();
    if (is_type_expected()) return add_types();
    if (cursor_.begins_line() || last == TokenKind::open_brace) {
      add_words(words_of_block(block()));
      if (const auto made = around_.made_record(0)) add_fields(program_.types.record_at(*made));
      if (block() != TokenKind::word_choose) return;
    }
    if (add_parts()) return;
    add_expected();
    add_values();
  }

  void add(std::string_view label, CompletionKind kind, std::string detail = {}, std::string doc = {}) {
    if (label.empty() || !seen_.insert(std::string(label)).second) return;
    const bool is_name = kind != CompletionKind::keyword && kind != CompletionKind::module;
    add_written(is_name ? source::written_name(label) : std::string(label), label, kind, std::move(detail),
                std::move(doc));
  }

  void add_written(std::string written, std::string_view label, CompletionKind kind, std::string detail,
                   std::string doc) {
    items_.push_back({std::string(label), kind, std::move(detail), std::move(doc), positions_.range(cursor_.prefix()),
                      std::move(written)});
  }

  void add_words(const Words& words) {
    for (const std::string_view word : words) add(word, CompletionKind::keyword);
  }

  void add_fields(const types::Record& record) {
    for (const types::Field& field : record.fields)
      add(field.name, CompletionKind::field, program_.types.name(field.type), field.doc);
  }

  void add_enum(types::TypeId type) {
    const types::Enum& names = program_.types.enum_of(type);
    for (const types::EnumName& name : names.names) add(name.name, CompletionKind::enum_member, names.name);
  }

  void add_imports() {
    // Behind `(`: what that module declares.
    for (std::size_t n = 0; n < 40 && cursor_.before(n) != TokenKind::word_import; ++n) {
      if (cursor_.before(n) != TokenKind::open_bracket) continue;
      return add_declared_by(cursor_.text_before(n + 1));
    }
    std::string written;
    for (std::size_t n = 0; cursor_.before(n) != TokenKind::word_import && cursor_.before(n) != TokenKind::end; ++n)
      written = std::string(cursor_.text_before(n)) + written;
    const auto offer = [&](const std::string& name, std::string detail) {
      if (!name.starts_with(written) || name == program_.root_module) return;
      add(name.substr(written.size()), CompletionKind::module, std::move(detail));
    };
    for (std::string module : *analysis_.project->modules) {
      const std::string file = module;
      module.resize(module.size() - std::string_view(".muster").size());
      std::replace(module.begin(), module.end(), '/', '.');
      offer(module, file);
    }
    for (const stdlib::Module& module : stdlib::modules()) offer("std." + std::string(module.name), "standard library");
  }

  const compiler::Unit* unit_named(std::string_view name) const {
    const compiler::Unit& root = analysis_.compilation->units.back();
    const auto& imports = root.parsed->module.imports;
    for (std::size_t i = 0; i < imports.size() && i < root.imports.size(); ++i) {
      if (!root.imports[i] || imports[i].module.parts.empty()) continue;
      const std::string& bound = imports[i].alias.empty() ? imports[i].module.parts.back().text : imports[i].alias.text;
      if (bound == name) return &analysis_.compilation->units[*root.imports[i]];
    }
    return nullptr;
  }

  static CompletionKind kind_of(Sort sort) {
    switch (sort) {
      case Sort::enumeration:
      case Sort::record: return CompletionKind::structure;
      case Sort::enum_name: return CompletionKind::enum_member;
      case Sort::field: return CompletionKind::field;
      case Sort::define: return CompletionKind::function;
      case Sort::param: return CompletionKind::constant;
      case Sort::policy: return CompletionKind::classlike;
      case Sort::module: return CompletionKind::module;
      case Sort::shared:
      case Sort::variable:
      case Sort::let:
      case Sort::section:
      case Sort::criterion:
      case Sort::gate:
      case Sort::score:
      case Sort::levels:
      case Sort::show:
      case Sort::source:
      case Sort::fixture: return CompletionKind::variable;
    }
    return CompletionKind::variable;
  }

  static bool is_of_module(Sort sort) {
    return sort == Sort::enumeration || sort == Sort::record || sort == Sort::shared || sort == Sort::param ||
           sort == Sort::define || sort == Sort::policy || sort == Sort::source || sort == Sort::fixture;
  }

  // By the name under which it is imported, or its last part.
  void add_declared_by(std::string_view module) {
    const compiler::Unit* unit = unit_named(module);
    if (unit == nullptr) return;
    for (const Declared& each : around_.declared()) {
      if (each.span.file == unit->parsed->id && is_of_module(each.sort))
        add(each.name, kind_of(each.sort), each.signature, each.doc);
    }
  }

  void add_all(Sort sort) {
    for (const Declared& each : around_.declared()) {
      if (each.sort == sort && each.span.file == file_) add(each.name, kind_of(sort), each.signature, each.doc);
    }
  }

  void add_members() {
    const types::TypeId inner = program_.types.without_optional(around_.type_before(1));
    if (inner != types::kError && program_.types.is_record(inner)) return add_fields(program_.types.record_of(inner));
    const std::string_view name = cursor_.text_before(1);
    if (unit_named(name) != nullptr) return add_declared_by(name);
    for (const Declared& each : around_.declared()) {
      if (each.sort == Sort::enum_name && each.signature.starts_with(std::string(name) + "."))
        add(each.name, CompletionKind::enum_member, each.signature);
      if (each.sort == Sort::record && each.name == name) add_fields(program_.types.record_at(each.index));
      if (each.sort == Sort::policy && each.name == name) add_criteria(program_.policies[each.index]);
    }
  }

  bool is_type_expected() {
    if (cursor_.before(0) == TokenKind::word_of) return cursor_.before(1) == TokenKind::word_list;
    if (cursor_.before(0) != TokenKind::colon || around_.made_record(0)) return false;
    const TokenKind line = cursor_.line_word();
    const bool is_record =
        block() == TokenKind::word_record || block() == TokenKind::word_evidence || block() == TokenKind::word_subject;
    return is_record || line == TokenKind::word_param || line == TokenKind::word_shared ||
           line == TokenKind::word_define || line == TokenKind::word_fixture;
  }

  void add_types() {
    for (const char* type :
         {"bool", "int", "number", "percent", "text", "date", "time", "duration", "period", "version"})
      add(type, CompletionKind::classlike);
    add("list of", CompletionKind::keyword);
    add_visible([](Sort sort) { return sort == Sort::record || sort == Sort::enumeration; });
    add_modules();
  }

  // Of this module, and what its imports name.
  template <class Keeps>
  void add_visible(Keeps keeps) {
    std::set<std::pair<base::FileId, std::uint32_t>> imported;
    for (const check::NameUse& use : analysis_.compilation->uses) {
      for (const ast::Import& import : analysis_.module().module.imports) {
        for (const ast::Name& name : import.names) {
          if (use.at == name.span) imported.insert({use.declared.file, use.declared.begin});
        }
      }
    }
    for (const Declared& each : around_.declared()) {
      // Nothing is declared by itself: `policy p extends p`.
      if (each.span == cursor_.span_before(1)) continue;
      const bool is_seen = each.span.file == file_ || imported.count({each.span.file, each.span.begin}) > 0;
      if (is_seen && keeps(each.sort)) add(each.name, kind_of(each.sort), each.signature, each.doc);
    }
  }

  void add_modules() {
    for (const Declared& each : around_.declared()) {
      if (each.sort == Sort::module && each.span.file == file_) add(each.name, CompletionKind::module, each.signature);
    }
  }

  void add_extended() {
    if (cursor_.before(0) == TokenKind::word_bind) {
      add_visible([](Sort sort) { return sort == Sort::record || sort == Sort::shared; });
    } else if (cursor_.line_word() == TokenKind::word_test || cursor_.line_word() == TokenKind::word_policy) {
      const bool is_record = cursor_.line_word() == TokenKind::word_policy && cursor_.before(0) == TokenKind::word_for;
      add_visible([&](Sort sort) { return sort == (is_record ? Sort::record : Sort::policy); });
    } else {
      add_visible([](Sort sort) { return sort == Sort::record; });
    }
    add_modules();
  }

  // The record whose fields the innermost `bind` reads.
  const typed::Binding* binding() const {
    const base::Span head = analysis_.module().tree.span_of(cursor_.blocks().front().head);
    const typed::Binding* found = nullptr;
    for (const typed::Binding& each : program_.bindings) {
      if (each.span.file == file_ && each.span.begin > head.begin &&
          (found == nullptr || each.span.begin < found->span.begin))
        found = &each;
    }
    return found;
  }

  void add_binding() {
    const typed::Binding* bound = binding();
    if (cursor_.before(0) == TokenKind::arrow) {
      if (bound == nullptr || !session_.outside().columns) return;
      const typed::Source& source = program_.sources[bound->source];
      for (const std::string& column : session_.outside().columns(analysis_.path, source)) {
        const std::string written = source::written_key(column);
        add_written(written, written, CompletionKind::field, source.name, "");
      }
      return;
    }
    if (cursor_.begins_line() || cursor_.before(0) == TokenKind::open_brace) {
      if (bound == nullptr || bound->type == types::kError) return;
      const types::TypeId row = program_.types.innermost(bound->type);
      if (program_.types.is_record(row)) add_fields(program_.types.record_of(row));
      return;
    }
    if (cursor_.before(0) == TokenKind::word_as)
      return add_words({"ratio", "points", "days", "hours", "minutes", "seconds"});
    add_words({"as", "map", "split", "trim", "lower", "upper", "strip_prefix", "strip_suffix", "present", "keyed by"});
  }

  void add_criteria(const typed::Policy& of) {
    for (const auto& each : of.criteria) add(each.name, CompletionKind::variable, each.title, each.doc);
  }

  // Names of the policy, where the word before asks for one. Whether that was so.
  bool add_parts() {
    const typed::Policy* of = around_.policy();
    if (of == nullptr) return false;
    const TokenKind last = cursor_.before(0);
    const typed::Policy& base = of->extends ? program_.policies[*of->extends] : *of;
    const auto add_gates = [&](const typed::Policy& from) {
      for (const auto& each : from.gates) add(each.name, CompletionKind::variable, each.title, each.doc);
    };
    const auto is = [last](std::initializer_list<TokenKind> kinds) {
      return std::find(kinds.begin(), kinds.end(), last) != kinds.end();
    };
    if (is({TokenKind::word_set, TokenKind::word_with})) {
      for (const typed::PolicyParam& each : (last == TokenKind::word_set ? base : *of).params) {
        const typed::Param& param = program_.params[each.param];
        add(param.name, CompletionKind::constant,
            program_.types.name(param.type) + " = " + types::to_text(program_.types, param.type, each.value),
            param.doc);
      }
      return true;
    }
    if (is({TokenKind::word_tighten, TokenKind::word_promote, TokenKind::word_demote, TokenKind::word_amend,
            TokenKind::word_replace, TokenKind::word_drop, TokenKind::word_lock})) {
      add_criteria(base);
      return true;
    }
    if (is({TokenKind::word_waive, TokenKind::word_expect})) add_criteria(*of);
    if (last == TokenKind::word_expect) add_words({"gate", "score", "level"});
    if (last == TokenKind::word_gate) add_gates(*of);
    if (last == TokenKind::word_every) add_words({"must", "should", "may", "criterion"});
    if (is({TokenKind::word_waive, TokenKind::word_expect, TokenKind::word_gate, TokenKind::word_every})) return true;
    if (last == TokenKind::word_to && is_changed_level()) {
      add_words({"must", "should", "may"});
      return true;
    }
    if (last == TokenKind::word_in && is_selection(1)) {
      for (const auto& each : of->sections) add(each.name, CompletionKind::variable, each.title, each.doc);
      return true;
    }
    if (last != TokenKind::open_bracket || cursor_.before(1) != TokenKind::word_passes) return false;
    add_criteria(*of);
    return true;
  }

  bool is_changed_level() const {
    return cursor_.line_word() == TokenKind::word_promote || cursor_.line_word() == TokenKind::word_demote;
  }
  // `every must in`: the n-th token before is its level.
  bool is_selection(std::size_t n) const {
    return cursor_.before(n + 1) == TokenKind::word_every &&
           (cursor_.before(n) == TokenKind::word_must || cursor_.before(n) == TokenKind::word_should ||
            cursor_.before(n) == TokenKind::word_may || cursor_.before(n) == TokenKind::word_criterion);
  }

  // Names of the enum that a comparison or an assignment expects.
  void add_expected() {
    bool is_compared = false;
    for (const TokenKind sign : {TokenKind::equal, TokenKind::not_equal, TokenKind::less, TokenKind::less_equal,
                                 TokenKind::greater, TokenKind::greater_equal, TokenKind::word_in}) {
      is_compared = is_compared || cursor_.before(0) == sign;
    }
    types::TypeId expected = is_compared ? program_.types.without_optional(around_.type_before(1)) : types::kError;
    const TokenKind last = cursor_.before(0);
    // `set p = `, `param p: T = `, `field: ` of made-up evidence.
    if (last == TokenKind::assign || last == TokenKind::colon) {
      const base::Span name =
          cursor_.span_before(last == TokenKind::assign && cursor_.line_word() == TokenKind::word_param ? 3 : 1);
      for (const check::NameUse& use : analysis_.compilation->uses) {
        if (!(use.at == name)) continue;
        for (const Declared& each : around_.declared()) {
          if (each.span == use.declared) expected = program_.types.innermost(each.type);
        }
      }
      for (const Declared& each : around_.declared()) {
        if (each.span == name && each.type != types::kError) expected = program_.types.innermost(each.type);
      }
    }
    if (const auto made = last == TokenKind::colon ? around_.made_record(0) : std::nullopt) {
      const types::Record& record = program_.types.record_at(*made);
      if (const auto field = record.find(cursor_.text_before(1)))
        expected = program_.types.innermost(record.fields[*field].type);
    }
    if (expected == types::kError && last == TokenKind::colon)
      expected = program_.types.without_optional(around_.type_of_names(1));
    if (expected != types::kError && program_.types.kind(expected) == types::Kind::enumeration) add_enum(expected);
  }

  void add_values() {
    // What was introduced before, in the same declaration.
    const std::uint32_t from =
        cursor_.blocks().empty() ? 0 : analysis_.module().tree.span_of(cursor_.blocks().back().head).begin;
    for (const Declared& each : around_.declared()) {
      const bool is_near =
          each.span.file == file_ && each.span.begin >= from && each.span.begin < cursor_.prefix().begin;
      if (is_near && (each.sort == Sort::let || each.sort == Sort::variable))
        add(each.name, kind_of(each.sort), each.signature, each.doc);
    }
    const typed::Policy* of = around_.policy();
    if (of != nullptr) {
      add_fields(program_.types.record_at(of->subject));
      for (const std::uint32_t let : of->lets) {
        const typed::Let& each = program_.lets[let];
        const types::TypeId type = each.value == typed::kNoExpr ? types::kError : program_.expr(each.value).type;
        add(each.name, CompletionKind::variable, type == types::kError ? "" : program_.types.name(type));
      }
      if (block() == TokenKind::word_gate) {
        for (const auto& each : of->gates) add(each.name, CompletionKind::variable, "gate", each.doc);
        for (const auto& each : of->scores) add(each.name, CompletionKind::variable, "score", each.doc);
        add_words({"every", "passes", "count"});
      }
    }
    add_visible([](Sort sort) { return sort == Sort::param || sort == Sort::shared || sort == Sort::define; });
    add_modules();
    for (const Function& each : functions())
      add(each.name, CompletionKind::function, std::string(each.signature), std::string(each.meaning));
    add_words({"today", "now", "true", "false", "not", "any", "all", "no", "at least", "at most", "exactly", "count",
               "sum", "avg", "first", "latest", "if", "choose"});
  }

  Session& session_;
  const Analysis& analysis_;
  const typed::Program& program_;
  Positions positions_;
  Cursor cursor_;
  Surroundings around_;
  base::FileId file_;
  std::vector<CompletionItem> items_;
  std::set<std::string> seen_;
};

}  // namespace

std::vector<CompletionItem> completion(Session& session, const std::string& path, Position position) {
  const auto analysis = session.analysis(path);
  if (!analysis) return {};
  const std::uint32_t offset = Positions(analysis->file(), session.encoding).offset(position);
  return Completion(session, *analysis, offset).take();
}

}  // namespace muster::lsp

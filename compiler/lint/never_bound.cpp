// SPDX-License-Identifier: Apache-2.0
// Evidence that a policy reads and that this program's bindings can't give a value for any subject. A field is read
// from the key of its name where nothing else is said, so of JSON little can be told; of CSV, whose cells hold one
// value each, much. Where several bindings may hold, all of them have to fail.
#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/lint/lints.h"
#include "compiler/typed/reach.h"
#include "compiler/typed/usage.h"

namespace muster::lint {

namespace {

using typed::Binding;
using typed::BoundField;
using typed::Converter;
using typed::Op;
using typed::SourcePath;
using types::TypeId;

using Path = std::vector<types::FieldIndex>;

bool begins_with(const Path& path, const Path& prefix) {
  return path.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), path.begin());
}

// What keeps a value from being known, and what to do about it.
struct Trouble {
  base::Span span;
  std::string why, help;
};

// What one binding can make of the fields of the record that it binds.
class Reading {
 public:
  Reading(const typed::Program& program, const Binding& binding) : program_(program), binding_(binding) {}

  // `path` from the bound record on, whose last step is `declared`.
  std::optional<Trouble> trouble(const Path& path, const types::Field& declared) const {
    const TypeId type = program_.types.without_optional(declared.type);
    if (const BoundField* bound = bound_at(path)) {
      auto found = of_path(bound->from, declared.type, declared.range);
      if (found) found->span = bound->span;
      return found;
    }
    if (!is_csv()) return std::nullopt;
    if (program_.types.is_record(type) && has_parts(path)) return std::nullopt;
    if (is_empty_where_missing(declared.type)) return std::nullopt;
    if (!stands_in_row(path)) {
      return Trouble{binding_.span, "its record is made of what this binding names, and this is not among it",
                     declared.built_in
                         ? "say which column holds the day on which it was collected; without it all of the evidence "
                           "is `undated`"
                         : "say which column it is read from: `... <- \"Column\"`"};
    }
    return one_cell(type);
  }

  // Of the elements of a list of single values.
  std::optional<Trouble> trouble_of_elements() const {
    if (!binding_.scalar) return std::nullopt;
    const TypeId list = program_.types.without_optional(binding_.type);
    return of_path(*binding_.scalar, program_.types.is_list(list) ? program_.types.element(list) : list, {});
  }

 private:
  bool is_csv() const { return program_.sources[binding_.source].kind == typed::SourceKind::csv; }
  std::string source() const { return "`" + program_.sources[binding_.source].name + "`"; }

  // Of a complete source a list that isn't there is empty, which is known.
  bool is_empty_where_missing(TypeId type) const {
    return program_.types.is_list(type) &&
           program_.sources[binding_.source].completeness == typed::Completeness::rows_and_keys;
  }

  const BoundField* bound_at(const Path& path) const {
    const auto found = std::find_if(binding_.fields.begin(), binding_.fields.end(),
                                    [&](const BoundField& each) { return each.target == path; });
    return found == binding_.fields.end() ? nullptr : &*found;
  }

  bool has_parts(const Path& path) const {
    return std::any_of(binding_.fields.begin(), binding_.fields.end(),
                       [&](const BoundField& each) { return begins_with(each.target, path); });
  }

  // Whether it is looked for by its name among the cells of the row.
  bool stands_in_row(const Path& path) const {
    if (path.size() == 1) return true;
    const BoundField* outer = bound_at({path.begin(), path.end() - 1});
    return outer != nullptr && outer->from.keys.empty();
  }

  std::optional<Trouble> one_cell(TypeId type) const {
    const std::string why = "a cell of the CSV source " + source() + " holds one value";
    if (program_.types.is_record(type)) {
      return Trouble{binding_.span, why,
                     "read its fields from columns: `field.part <- \"Column\"`, or join rows of another source to it"};
    }
    if (!program_.types.is_list(type)) return std::nullopt;
    return Trouble{binding_.span, why, "make a list of it: `... <- column split \",\"`, or join rows to it"};
  }

  std::optional<Trouble> of_path(const SourcePath& from, TypeId declared,
                                 const std::optional<types::Range>& range) const {
    const auto has = [&](Converter::Kind kind) {
      return std::any_of(from.converters.begin(), from.converters.end(),
                         [&](const Converter& each) { return each.kind == kind; });
    };
    if (has(Converter::Kind::present)) return std::nullopt;
    if (auto found = of_converters(from, declared, range)) return found;
    if (!is_csv() || from.keys.empty() || is_empty_where_missing(declared)) return std::nullopt;
    if (from.keys.size() > 1) {
      return Trouble{binding_.span, "the cells of the CSV source " + source() + " have nothing inside them",
                     "where this is the name of one column, write it in quotes: `<- \"a.b\"`"};
    }
    if (has(Converter::Kind::split)) return std::nullopt;
    return one_cell(program_.types.without_optional(declared));
  }

  // Whether no text that is left behind `lower` or `upper` is one that is looked for.
  std::optional<Trouble> of_converters(const SourcePath& from, TypeId declared,
                                       const std::optional<types::Range>& range) const {
    const Converter* in_case = nullptr;
    std::optional<std::vector<std::string>> wanted = names_of(declared);
    for (const Converter& each : from.converters) {
      if (each.kind == Converter::Kind::lower || each.kind == Converter::Kind::upper) in_case = &each;
      if (each.kind != Converter::Kind::map) continue;
      if (each.otherwise) return std::nullopt;
      wanted.emplace();
      for (const Converter::Entry& entry : each.entries) {
        if (!range || range->low.index() != entry.to.index() || range->holds(entry.to)) wanted->push_back(entry.from);
      }
      if (wanted->empty()) {
        return Trouble{binding_.span, "its `map` gives no value that the field may have",
                       "write what stands in the data and what it means: `map { \"Std\" => standard }`"};
      }
    }
    if (!wanted || in_case == nullptr) return std::nullopt;
    const bool is_lower = in_case->kind == Converter::Kind::lower;
    const char first = is_lower ? 'A' : 'a', last = is_lower ? 'Z' : 'z';
    const bool all_lost = std::all_of(wanted->begin(), wanted->end(), [&](const std::string& text) {
      return std::any_of(text.begin(), text.end(), [&](char c) { return c >= first && c <= last; });
    });
    if (!all_lost) return std::nullopt;
    const std::string word = is_lower ? "`lower`" : "`upper`";
    return Trouble{binding_.span, "behind " + word + " no text is one of those that are looked for",
                   "leave " + word + " out, or write what is looked for in that case"};
  }

  // The texts that an enum is read from.
  std::optional<std::vector<std::string>> names_of(TypeId type) const {
    type = program_.types.innermost(type);
    if (program_.types.kind(type) != types::Kind::enumeration) return std::nullopt;
    std::vector<std::string> names;
    for (const auto& each : program_.types.enum_of(type).names) {
      names.push_back(each.name);
      names.insert(names.end(), each.spellings.begin(), each.spellings.end());
    }
    return names;
  }

  const typed::Program& program_;
  const Binding& binding_;
};

class Unbound {
 public:
  Unbound(const Lints& lints, const typed::Policy& policy, std::set<std::string>& told)
      : lints_(lints), program_(lints.program), policy_(policy), told_(told) {}

  // Nothing is said of a program that doesn't bind its subject: it is run with data that has the fields' names.
  void find() {
    std::vector<const Binding*> of_subject;
    for (const Binding& each : program_.bindings) {
      if (each.shared || !program_.types.extends(policy_.subject, each.subject)) continue;
      (each.target.empty() ? of_subject : joins_).push_back(&each);
    }
    if (of_subject.empty()) return;
    const typed::Usage usage = typed::usage_of(program_, policy_);
    fields(of_subject, policy_.subject, {}, {}, usage.subject, program_.types.record_at(policy_.subject).name);
    for (std::uint32_t i = 0; i < program_.shared.size(); ++i) {
      if (usage.shared[i] && program_.waiver_rows != i) shared(*of_subject.front(), i, *usage.shared[i]);
    }
  }

 private:
  // `bound` is where the bindings' own record stands in the subject, and `within` where this record stands in that.
  void fields(const std::vector<const Binding*>& bindings, types::RecordId record, const Path& bound,
              const Path& within, const typed::Use& use, const std::string& name) {
    for (const auto& [index, use_of_field] : use.fields) {
      const types::Field& declared = program_.types.record_at(record).fields[index];
      if (declared.built_in && program_.types.is_optional(declared.type)) continue;
      Path path = within;
      path.push_back(index);
      Path whole = bound;
      whole.insert(whole.end(), path.begin(), path.end());
      const std::string name_of_it = name + "." + declared.name;
      if (is_of_subject(bindings)) {
        std::vector<const Binding*> rows;
        std::copy_if(joins_.begin(), joins_.end(), std::back_inserter(rows),
                     [&](const Binding* each) { return each->target == whole; });
        if (!rows.empty()) {
          joined(rows, declared.type, whole, use_of_field, name_of_it);
          continue;
        }
      }
      if (const auto found = trouble(bindings, path, declared)) {
        tell(*found, name_of_it, record, index);
        continue;
      }
      const TypeId inner = program_.types.without_optional(declared.type);
      if (program_.types.is_record(inner))
        fields(bindings, program_.types.get(inner).id, bound, path, use_of_field, name_of_it);
    }
  }

  // Rows of another source.
  void joined(const std::vector<const Binding*>& rows, TypeId type, const Path& target, const typed::Use& use,
              const std::string& name) {
    elements(rows, name);
    const TypeId inner = program_.types.innermost(type);
    if (program_.types.is_record(inner)) fields(rows, program_.types.get(inner).id, target, {}, use, name);
  }

  void shared(const Binding& of_subject, std::uint32_t index, const typed::Use& use) {
    const typed::Shared& declared = program_.shared[index];
    std::vector<const Binding*> rows;
    for (const Binding& each : program_.bindings) {
      if (each.shared == index) rows.push_back(&each);
    }
    if (rows.empty()) {
      // What another module declares is to be bound by the one that binds the subject.
      const base::Span place = declared.module == of_subject.module ? declared.span : of_subject.span;
      return tell({place, "subjects are bound, and nothing binds this",
                   "bind it as well: `bind " + declared.name + " from SOURCE { ... }`"},
                  declared.name, {}, index);
    }
    elements(rows, declared.name);
    const TypeId inner = program_.types.innermost(declared.type);
    if (program_.types.is_record(inner)) fields(rows, program_.types.get(inner).id, {}, {}, use, declared.name);
  }

  void elements(const std::vector<const Binding*>& rows, const std::string& name) {
    std::optional<Trouble> found;
    for (const Binding* each : rows) {
      const auto trouble = Reading(program_, *each).trouble_of_elements();
      if (!trouble) return;
      if (!found) found = trouble;
    }
    if (found) tell(*found, "an element of `" + name + "`", std::nullopt, 0);
  }

  static bool is_of_subject(const std::vector<const Binding*>& bindings) { return !bindings.front()->shared; }

  std::optional<Trouble> trouble(const std::vector<const Binding*>& bindings, const Path& path,
                                 const types::Field& declared) const {
    std::optional<Trouble> first;
    for (const Binding* each : bindings) {
      auto found = Reading(program_, *each).trouble(path, declared);
      if (!found) return std::nullopt;
      if (!first) first = std::move(found);
    }
    return first;
  }

  // Once for each binding and field, whatever policies read it. `record`: of a field; nothing: of shared evidence.
  void tell(const Trouble& found, const std::string& name, std::optional<types::RecordId> record, std::uint32_t index) {
    if (!told_.insert(std::to_string(found.span.file) + ":" + std::to_string(found.span.begin) + ":" + name).second)
      return;
    const std::string shown = name.find('`') == std::string::npos ? "`" + name + "`" : name;
    auto& lint = lints_.found.report(base::Code::never_bound, found.span, shown + " never has a value: " + found.why);
    if (const auto reader = first_reader(record, index); reader && !(*reader == found.span))
      lint.labels.push_back({*reader, "`" + policy_.name + "` reads it here"});
    lint.help = found.help;
  }

  std::optional<base::Span> first_reader(std::optional<types::RecordId> record, std::uint32_t index) const {
    for (const typed::ExprId id : typed::parts_first(program_, policy_)) {
      const typed::Expr& expr = program_.expr(id);
      if (!record && expr.op == Op::shared && expr.index == index) return expr.span;
      if (!record || (expr.op != Op::field && expr.op != Op::optional_field) || expr.index != index) continue;
      const TypeId of = program_.types.without_optional(program_.expr(program_.operand(expr, 0)).type);
      if (program_.types.is_record(of) && program_.types.extends(*record, program_.types.get(of).id)) return expr.span;
    }
    return std::nullopt;
  }

  const Lints& lints_;
  const typed::Program& program_;
  const typed::Policy& policy_;
  std::set<std::string>& told_;
  std::vector<const Binding*> joins_;
};

}  // namespace

void never_bound(const Lints& lints) {
  std::set<std::string> told;
  for (const typed::Policy& policy : lints.program.policies) Unbound(lints, policy, told).find();
}

}  // namespace muster::lint

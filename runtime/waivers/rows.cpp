// SPDX-License-Identifier: Apache-2.0
// Rows of waivers into the book, and what is wrong with those that can't be used.
#include <algorithm>
#include <utility>

#include "base/shown_line.h"
#include "base/similar_name.h"
#include "base/unicode_text.h"
#include "compiler/types/literal.h"
#include "runtime/waivers/book.h"

namespace muster::waivers {

using evidence::Datum;
using evidence::State;
using Sort = IdleRows::Sort;

namespace {

std::string quoted(std::string_view text) { return "`" + base::short_visible_text(text) + "`"; }

std::string suggestion(const std::string& written, const std::vector<std::string>& names) {
  const auto near = base::similar_name(written, names);
  return near ? " (did you mean `" + base::visible_text(*near) + "`?)" : "";
}

}  // namespace

class Rows {
 public:
  explicit Rows(Book& book);

  void add(const Datum& row);
  std::map<std::string, std::uint32_t> waivable() const;

 private:
  // What `policy.criterion` stands for.
  struct Named {
    enum class Whose : std::uint8_t { run, other, several } whose = Whose::other;  // the policy that is run, or others
    std::optional<std::uint32_t> criterion;  // of the run's policy; nothing: that dropped or replaced it
  };
  struct Fields {
    types::FieldIndex criterion, subject, from, until, by, because;
  };

  void name_criteria(std::uint32_t policy);
  bool may_waive(std::uint32_t criterion) const;
  const Named* find(const std::string& name) const;
  std::string trouble_of_name(const std::string& name) const;
  std::optional<std::string> trouble_of_values(const Datum& row) const;
  void note(Sort sort, const Datum& row, std::string trouble);

  const typed::Program& program() const { return book_.program_; }
  const std::string& text(const Datum& row, types::FieldIndex field) const {
    return std::get<std::string>(row.items[field].scalar);
  }
  base::Date date(const Datum& row, types::FieldIndex field) const {
    return std::get<base::Date>(row.items[field].scalar);
  }

  Book& book_;
  const types::Record& record_;
  Fields fields_;
  std::string module_;  // whose rows these are: that binds them
  std::map<std::string, Named, std::less<>> by_name_, by_full_name_;
};

std::map<std::string, std::uint32_t> names_in_rows(const typed::Program& program, std::uint32_t policy) {
  Book book(program, policy, {});
  return Rows(book).waivable();
}

void Book::add_rows(const Datum& rows) {
  if (!program_.waiver_rows || rows.state != State::known || rows.items.empty()) return;
  Rows reader(*this);
  for (const Datum& row : rows.items) reader.add(row);
}

Rows::Rows(Book& book)
    : book_(book),
      record_(book.program_.types.record_of(
          book.program_.types.element(book.program_.shared[*book.program_.waiver_rows].type))) {
  fields_ = {*record_.find("criterion"), *record_.find("subject"), *record_.find("from"),
             *record_.find("until"),     *record_.find("by"),      *record_.find("because")};
  for (const typed::Binding& binding : program().bindings) {
    if (binding.shared == program().waiver_rows) module_ = binding.module;
  }
  // The run's own policy first: of several in its line that share a name the nearest is meant.
  for (const std::uint32_t policy : book_.lineage_) name_criteria(policy);
  for (std::uint32_t policy = 0; policy < program().policies.size(); ++policy) {
    if (std::find(book_.lineage_.begin(), book_.lineage_.end(), policy) == book_.lineage_.end()) name_criteria(policy);
  }
}

void Rows::name_criteria(std::uint32_t index) {
  const typed::Policy& policy = program().policies[index];
  const auto& lineage = book_.lineage_;
  const bool of_run = std::find(lineage.begin(), lineage.end(), index) != lineage.end();
  std::map<std::string_view, std::uint32_t> here;
  for (std::uint32_t i = 0; of_run && i < book_.policy().criteria.size(); ++i)
    here.emplace(book_.policy().criteria[i].name, i);
  for (const typed::Criterion& criterion : policy.criteria) {
    Named named;
    if (of_run) {
      named.whose = Named::Whose::run;
      const auto same = here.find(criterion.name);
      if (same != here.end() && typed::is_same(book_.policy().criteria[same->second], criterion))
        named.criterion = same->second;
    }
    by_full_name_.emplace(policy.full_name() + "." + criterion.name, named);
    const auto [first, is_new] = by_name_.emplace(policy.name + "." + criterion.name, named);
    if (!is_new && !of_run && first->second.whose == Named::Whose::run) first->second.whose = Named::Whose::several;
  }
}

std::map<std::string, std::uint32_t> Rows::waivable() const {
  std::map<std::string, std::uint32_t> names;
  for (const auto* all : {&by_full_name_, &by_name_}) {
    for (const auto& [name, named] : *all) {
      if (named.whose == Named::Whose::run && named.criterion && may_waive(*named.criterion))
        names.emplace(name, *named.criterion);
    }
  }
  return names;
}

bool Rows::may_waive(std::uint32_t criterion) const {
  return typed::may_waive(program(), module_, book_.policy().criteria[criterion]);
}

void Rows::add(const Datum& row) {
  // What can't be read at all was told where it was found.
  if (row.state != State::known) {
    ++book_.unreadable_;
    return;
  }
  const Datum& name = row.items[fields_.criterion];
  if (name.state != State::known) return note(Sort::unreadable, row, *trouble_of_values(row));
  const std::string& written = text(row, fields_.criterion);
  const Named* named = find(written);
  if (named == nullptr) return note(Sort::of_nothing, row, trouble_of_name(written));
  if (named->whose == Named::Whose::other) return;
  if (named->whose == Named::Whose::several) {
    return note(Sort::of_nothing, row,
                "policies of several modules have a " + quoted(written) + ": write its module before it");
  }
  if (auto trouble = trouble_of_values(row)) return note(Sort::unreadable, row, std::move(*trouble));
  if (named->criterion && !may_waive(*named->criterion)) {
    const std::uint32_t by = *book_.policy().criteria[*named->criterion].locked_by;
    return note(Sort::refused, row,
                quoted(written) + " is locked by `" + program().policies[by].name +
                    "`, and can't be waived by module `" + module_ + "`");
  }
  std::optional<base::Date> from;
  if (row.items[fields_.from].state == State::known) from = date(row, fields_.from);
  Waiver waiver{Phase::in_force, date(row, fields_.until), text(row, fields_.by), text(row, fields_.because),
                typed::kNoExpr};
  if (auto* entries = book_.add(std::move(waiver), from, named->criterion)) {
    const auto key = types::read_shown(program().types, book_.key().type, text(row, fields_.subject));
    entries->by_key[*key].push_back(book_.last());
  }
}

const Rows::Named* Rows::find(const std::string& name) const {
  for (const auto* names : {&by_full_name_, &by_name_}) {
    if (const auto found = names->find(name); found != names->end()) return &found->second;
  }
  return nullptr;
}

std::string Rows::trouble_of_name(const std::string& name) const {
  const auto dot = name.rfind('.');
  if (dot == std::string::npos)
    return "a criterion is named with its policy, `policy.criterion`, and this one says " + quoted(name);
  std::vector<std::string> policies;
  for (const typed::Policy& policy : program().policies) {
    for (const std::string& written : {policy.full_name(), policy.name}) {
      policies.push_back(written);
      if (!name.starts_with(written + ".")) continue;
      std::vector<std::string> criteria;
      for (const typed::Criterion& criterion : policy.criteria) criteria.push_back(criterion.name);
      const std::string criterion = name.substr(written.size() + 1);
      return "`" + policy.name + "` has no criterion " + quoted(criterion) + suggestion(criterion, criteria);
    }
  }
  return "no policy is called " + quoted(name.substr(0, dot)) + suggestion(name.substr(0, dot), policies);
}

// The first value that is missing or doesn't fit. Only the first day may be left out.
std::optional<std::string> Rows::trouble_of_values(const Datum& row) const {
  const types::Table& types = program().types;
  for (types::FieldIndex i = 0; i < record_.fields.size(); ++i) {
    const Datum& value = row.items[i];
    const types::Field& field = record_.fields[i];
    const bool is_empty = value.state == State::known && field.type == types::kText &&
                          base::trim(text(row, i)).empty() && i != fields_.subject;
    if (value.state == State::known && !is_empty) continue;
    if (i == fields_.from && !(value.state == State::unknown && value.reason == evidence::Reason::invalid)) continue;
    if (value.raw)
      return "its `" + field.name + "` is " + quoted(*value.raw) + ", which is no " +
             types.name(types.without_optional(field.type));
    return "it has no `" + field.name + "`";
  }
  const types::Field& key = book_.key();
  const std::string& subject = text(row, fields_.subject);
  if (!types::read_shown(types, key.type, subject)) {
    return quoted(subject) + " is no key of `" + types.record_at(book_.policy().subject).name + "`, whose `" +
           key.name + "` is `" + types.name(key.type) + "`";
  }
  if (row.items[fields_.from].state == State::known && date(row, fields_.until) < date(row, fields_.from))
    return "it ends before it begins";
  return std::nullopt;
}

void Rows::note(Sort sort, const Datum& row, std::string trouble) {
  ++(sort == Sort::refused ? book_.refused_ : book_.unreadable_);
  auto& idle = book_.idle_;
  const auto same = std::find_if(idle.begin(), idle.end(), [&](const IdleRows& each) { return each.sort == sort; });
  if (same != idle.end()) {
    ++same->count;
    return;
  }
  idle.push_back({sort, row.origin, "a waiver has no effect: " + std::move(trouble), 1});
}

}  // namespace muster::waivers

// SPDX-License-Identifier: Apache-2.0
#include "compiler/types/types.h"

#include <algorithm>

namespace muster::types {

namespace {

using Index = std::map<std::string, std::uint32_t, std::less<>>;

// By the index where it knows them all, else by walking.
template <typename Named>
std::optional<std::uint32_t> find_named(const std::vector<Named>& list, const Index& by_name, std::string_view wanted) {
  if (by_name.size() == list.size()) {
    const auto known = by_name.find(wanted);
    return known == by_name.end() ? std::nullopt : std::optional(known->second);
  }
  auto found = std::find_if(list.begin(), list.end(), [wanted](const Named& each) { return each.name == wanted; });
  if (found == list.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - list.begin());
}

std::optional<FieldIndex> find_marked(const std::vector<Field>& fields, bool Field::*mark) {
  auto found = std::find_if(fields.begin(), fields.end(), [mark](const Field& field) { return field.*mark; });
  if (found == fields.end()) return std::nullopt;
  return static_cast<FieldIndex>(found - fields.begin());
}

}  // namespace

std::optional<std::uint32_t> Enum::find(std::string_view wanted) const { return find_named(names, by_name, wanted); }

std::optional<FieldIndex> Record::find(std::string_view wanted) const { return find_named(fields, by_name, wanted); }

void Record::add(Field field) {
  by_name.emplace(field.name, static_cast<FieldIndex>(fields.size()));
  fields.push_back(std::move(field));
}

std::optional<FieldIndex> Record::key() const { return find_marked(fields, &Field::is_key); }

std::optional<FieldIndex> Record::label() const { return find_marked(fields, &Field::is_label); }

Table::Table() {
  // In the order of the constants kBool to kError.
  for (Kind kind : {Kind::boolean, Kind::integer, Kind::number, Kind::percent, Kind::text, Kind::date, Kind::time,
                    Kind::duration, Kind::period, Kind::version, Kind::error}) {
    intern(kind, 0);
  }
}

EnumId Table::add(Enum declared) {
  for (std::uint32_t i = 0; i < declared.names.size(); ++i) declared.by_name.emplace(declared.names[i].name, i);
  enums_.push_back(std::move(declared));
  return static_cast<EnumId>(enums_.size() - 1);
}

RecordId Table::add(Record declared) {
  records_.push_back(std::move(declared));
  return static_cast<RecordId>(records_.size() - 1);
}

TypeId Table::enumeration(EnumId id) { return intern(Kind::enumeration, id); }

TypeId Table::record(RecordId id) { return intern(Kind::record, id); }

TypeId Table::list_of(TypeId element) { return intern(Kind::list, element); }

TypeId Table::optional(TypeId inner) {
  // An error fits everywhere, whether or not it may be absent.
  if (is_optional(inner) || inner == kError) return inner;
  return intern(Kind::optional, inner);
}

TypeId Table::intern(Kind kind, std::uint32_t id) {
  auto [place, is_new] = interned_.try_emplace({kind, id}, static_cast<TypeId>(types_.size()));
  if (is_new) types_.push_back({kind, id});
  return place->second;
}

bool Table::extends(RecordId subject, RecordId base) const {
  // A chain longer than the table would be a cycle, which the checker has reported.
  std::optional<RecordId> at = subject;
  for (std::size_t steps = 0; at && steps <= records_.size(); ++steps) {
    if (*at == base) return true;
    at = records_[*at].extends;
  }
  return false;
}

std::string Table::name(TypeId id) const {
  switch (kind(id)) {
    case Kind::boolean: return "bool";
    case Kind::integer: return "int";
    case Kind::number: return "number";
    case Kind::percent: return "percent";
    case Kind::text: return "text";
    case Kind::date: return "date";
    case Kind::time: return "time";
    case Kind::duration: return "duration";
    case Kind::period: return "period";
    case Kind::version: return "version";
    case Kind::enumeration: return enum_of(id).name;
    case Kind::record: return record_of(id).name;
    // `list of T?` is a list that may be absent, `list of (T?)` has elements that may be.
    case Kind::list:
      return is_optional(element(id)) ? "list of (" + name(element(id)) + ")" : "list of " + name(element(id));
    case Kind::optional: return name(without_optional(id)) + "?";
    case Kind::error: return "unknown type";
  }
  return {};
}

bool is_ordered(const Table& table, TypeId type) {
  switch (table.kind(type)) {
    case Kind::integer:
    case Kind::number:
    case Kind::percent:
    case Kind::date:
    case Kind::time:
    case Kind::duration:
    case Kind::period:
    case Kind::version:
    case Kind::error: return true;
    case Kind::enumeration: return table.enum_of(type).ordered;
    case Kind::boolean:
    case Kind::text:
    case Kind::record:
    case Kind::list:
    case Kind::optional: return false;
  }
  return false;
}

}  // namespace muster::types

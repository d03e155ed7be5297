// SPDX-License-Identifier: Apache-2.0
// The types of a program. A Table interns them, so that two types are the same type exactly if their TypeIds
// are equal. Enums and records are declared once and known by their id. T?? is T?.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/span.h"
#include "compiler/types/scalar.h"

namespace muster::types {

using TypeId = std::uint32_t;
using EnumId = std::uint32_t;
using RecordId = std::uint32_t;
using FieldIndex = std::uint32_t;

// In the order of Scalar's alternatives as far as they are scalars.
enum class Kind : std::uint8_t {
  boolean,
  integer,
  number,
  percent,
  text,
  date,
  time,
  duration,
  period,
  version,
  enumeration,
  record,
  list,
  optional,
  error,  // of an expression that has been reported; fits everywhere
};

// The scalar types without a declaration have fixed ids.
constexpr TypeId kBool = 0, kInt = 1, kNumber = 2, kPercent = 3, kText = 4, kDate = 5, kTime = 6, kDuration = 7,
                 kPeriod = 8, kVersion = 9, kError = 10;

struct EnumName {
  std::string name;
  std::vector<std::string> spellings;  // in data, as declared; empty: the name itself
  base::Span span;
};

struct Enum {
  std::string module;  // dotted
  std::string name;
  bool ordered = false;
  std::vector<EnumName> names;
  base::Span span;

  std::optional<std::uint32_t> find(std::string_view wanted) const;
  std::map<std::string, std::uint32_t, std::less<>> by_name;  // as names, once the enum is in its table
};

enum class RecordKind : std::uint8_t { record, evidence, subject };

// How long evidence stays fresh: a constant, or a param's value at the run.
struct Freshness {
  enum class Kind : std::uint8_t { none, duration, period, param } kind = Kind::none;
  base::Duration duration;
  base::Period period;
  std::uint32_t param = 0;  // index into Program::params
  base::Span span;
};

// Both ends in. Of the field's type without `?`.
struct Range {
  Scalar low;
  Scalar high;

  bool holds(const Scalar& value) const;
};

struct Field {
  std::string name;
  TypeId type = kError;
  bool is_key = false;
  bool is_label = false;
  bool is_private = false;  // judged, but its values stand in no output, message or problem
  bool built_in = false;    // one of the four that every evidence record has
  std::optional<Range> range;
  Freshness fresh;  // of this field; goes before the record type's
  base::Span span;  // of its name
  std::string doc;
};

struct Record {
  std::string module;
  std::string name;
  RecordKind kind = RecordKind::record;
  std::optional<RecordId> extends;  // subjects: the fields of the base come first, with the same indexes
  Freshness fresh;                  // evidence
  std::vector<Field> fields;        // evidence: its own, then collected, expires, by, ref
  base::Span span;
  std::string doc;

  void add(Field field);  // whose name is new
  std::optional<FieldIndex> find(std::string_view wanted) const;
  std::optional<FieldIndex> key() const;    // subjects
  std::optional<FieldIndex> label() const;  // subjects
  // Evidence: where the four built-in fields stand.
  FieldIndex collected() const { return static_cast<FieldIndex>(fields.size() - 4); }
  FieldIndex expires() const { return static_cast<FieldIndex>(fields.size() - 3); }

  std::map<std::string, FieldIndex, std::less<>> by_name;  // of the fields that came by `add`
};

struct Type {
  Kind kind = Kind::error;
  std::uint32_t id = 0;  // enumeration: EnumId; record: RecordId; list and optional: the TypeId of what they hold
};

class Table {
 public:
  Table();

  EnumId add(Enum declared);
  RecordId add(Record declared);
  TypeId enumeration(EnumId id);
  TypeId record(RecordId id);
  TypeId list_of(TypeId element);
  TypeId optional(TypeId inner);  // of an optional: itself

  Type get(TypeId id) const { return types_[id]; }
  Kind kind(TypeId id) const { return types_[id].kind; }
  bool is_optional(TypeId id) const { return kind(id) == Kind::optional; }
  bool is_list(TypeId id) const { return kind(id) == Kind::list; }
  bool is_record(TypeId id) const { return kind(id) == Kind::record; }
  bool is_scalar(TypeId id) const { return kind(id) < Kind::record; }
  // Of a list its element's type, of an optional what it holds, else itself.
  TypeId element(TypeId list) const { return types_[list].id; }
  TypeId without_optional(TypeId id) const { return is_optional(id) ? types_[id].id : id; }
  // Without any list or optional around it.
  TypeId innermost(TypeId id) const {
    while (is_list(id) || is_optional(id)) id = types_[id].id;
    return id;
  }

  const Enum& enum_of(TypeId id) const { return enums_[types_[id].id]; }
  const Record& record_of(TypeId id) const { return records_[types_[id].id]; }
  const Record& record_at(RecordId id) const { return records_[id]; }
  Record& record_at(RecordId id) { return records_[id]; }
  const Enum& enum_at(EnumId id) const { return enums_[id]; }
  std::size_t record_count() const { return records_.size(); }

  // `subject` is `base` or extends it, over any number of steps.
  bool extends(RecordId subject, RecordId base) const;

  // As an author writes it: `list of Drill?`.
  std::string name(TypeId id) const;

 private:
  TypeId intern(Kind kind, std::uint32_t id);

  std::vector<Type> types_;
  std::map<std::pair<Kind, std::uint32_t>, TypeId> interned_;
  std::vector<Enum> enums_;
  std::vector<Record> records_;
};

// `<` is defined: numbers, percents, dates, times, durations, periods, versions and ordered enums.
bool is_ordered(const Table& table, TypeId type);

// Of two scalars of one type.
bool less(const Scalar& left, const Scalar& right);
bool equal(const Scalar& left, const Scalar& right);

// As messages print it, in its literal spelling: text raw, `80%`, `4 hours`, an enum's name.
std::string to_text(const Table& table, TypeId type, const Scalar& value);
std::string to_text(const Table& table, TypeId type, const Range& range);  // `60%..100%`

}  // namespace muster::types

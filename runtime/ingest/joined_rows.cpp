// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/joined_rows.h"

#include <utility>

#include <fmt/format.h>

#include "runtime/ingest/join_key.h"
#include "runtime/ingest/lookup.h"
#include "runtime/ingest/read_value.h"

namespace muster::ingest {
namespace {

using evidence::Datum;
using evidence::Reason;
using evidence::State;

// A field of the subject, followed through its records: unknown or absent as soon as one of them is.
const Datum& field_of(const Datum& subject, const FieldPath& path) {
  const Datum* at = &subject;
  for (types::FieldIndex field : path) {
    if (at->state != State::known) break;
    at = &at->items[field];
  }
  return *at;
}

Privacy privacy_of(const types::Table& types, const typed::Binding& binding) {
  types::RecordId record = binding.subject;
  for (types::FieldIndex index : binding.target) {
    const types::Field& field = types.record_at(record).fields[index];
    if (field.is_private) return Privacy::hidden;
    if (const auto inner = innermost_record(types, field.type)) record = *inner;
  }
  return Privacy::shown;
}

}  // namespace

JoinedRows::JoinedRows(const typed::Program& program, const typed::Binding& binding, const typed::Use& use,
                       const RecordBinding& record, std::uint32_t file, const Limits& limits, RecordPlans& plans,
                       WantedKeys& wanted)
    : program_(program),
      binding_(binding),
      file_(file),
      list_elements_(limits.list_elements),
      complete_(program.sources[binding.source].completeness != typed::Completeness::open),
      reader_(program, plans, program.sources[binding.source].completeness, file, privacy_of(program.types, binding),
              limits) {
  const types::Table& types = program.types;
  element_ = types.without_optional(binding.type);
  is_list_ = types.is_list(element_);
  if (is_list_) element_ = types.element(element_);
  if (binding.scalar) {
    want(wanted, *binding.scalar);
  } else if (const auto inner = innermost_record(types, element_)) {
    plan_ = plans.add(program, *inner, use, record, wanted);
  }
  for (const typed::JoinPair& pair : binding.joins) want(wanted, pair.source);
}

void JoinedRows::add(const Spellings& row) {
  std::string key;
  switch (key_of(row, key)) {
    case KeyState::null: return;
    case KeyState::unreadable:
      return lose(row, fmt::format("no readable key {}, so the row can be joined to no subject", key_names()));
    case KeyState::known: break;
  }
  Row read;
  read.line = row.line;
  if (plan_) {
    read.data.push_back(reader_.record(row, *plan_, read.problems));
  } else if (binding_.scalar) {
    read.data = reader_.scalars(row, *binding_.scalar, element_, read.problems);
  }
  if (reader_.passed_limit()) return lose(row, *reader_.passed_limit());
  by_key_[key].push_back(static_cast<std::uint32_t>(rows_.size()));
  rows_.push_back(std::move(read));
}

void JoinedRows::lose_row(std::uint32_t line) {
  if (!first_lost_) first_lost_ = evidence::Origin{file_, line};
}

void JoinedRows::lose(const Spellings& row, std::string message) {
  lose_row(row.line);
  if (lost_.count++ > 0) return;
  lost_.first_line = row.line;
  lost_.message = std::move(message);
}

std::string JoinedRows::key_names() const {
  std::string names;
  for (const typed::JoinPair& pair : binding_.joins) {
    names += fmt::format("{}`{}`", names.empty() ? "" : ", ", fmt::join(pair.source.keys, "."));
  }
  return names;
}

JoinedRows::KeyState JoinedRows::key_of(const Spellings& row, std::string& key) {
  texts_.clear();
  KeyState state = KeyState::known;
  for (const typed::JoinPair& pair : binding_.joins) {
    switch (read_part(row, pair, key)) {
      case KeyState::known: break;
      case KeyState::null: return KeyState::null;
      case KeyState::unreadable: state = KeyState::unreadable; break;
    }
  }
  return state;
}

// A row whose key can't be told may be anybody's. A null says that there is none only where the subject's field may be
// absent, too: then the row is nobody's.
JoinedRows::KeyState JoinedRows::read_part(const Spellings& row, const typed::JoinPair& pair, std::string& key) {
  const Lookup found = look_up(row, 0, pair.source.keys);
  if (found.state != Lookup::State::found) return KeyState::unreadable;
  const Converted converted =
      convert(row, found.node, pair.source.converters, {program_.types, list_elements_}, pair.type, texts_);
  if (converted.is_list) return KeyState::unreadable;
  const Piece& piece = converted.pieces.front();
  if (!piece.fits) return KeyState::unreadable;
  if (!piece.value && piece.spelling.shape == Shape::null)
    return may_be_absent(pair) ? KeyState::null : KeyState::unreadable;
  const auto value = piece.value ? piece.value : read_value(program_.types, pair.type, piece.spelling);
  if (!value) return KeyState::unreadable;
  append_key(key, *value);
  return KeyState::known;
}

// The subject's field, or a record on the way to it.
bool JoinedRows::may_be_absent(const typed::JoinPair& pair) const {
  types::RecordId record = binding_.subject;
  for (const types::FieldIndex index : pair.subject_field) {
    const types::TypeId type = program_.types.record_at(record).fields[index].type;
    if (program_.types.is_optional(type)) return true;
    if (const auto inner = innermost_record(program_.types, type)) record = *inner;
  }
  return false;
}

JoinedDatum JoinedRows::of(const Datum& subject) const {
  std::string key;
  for (const typed::JoinPair& pair : binding_.joins) {
    const Datum& field = pair.subject_field.empty() ? subject.items[*program_.types.record_at(binding_.subject).key()]
                                                    : field_of(subject, pair.subject_field);
    switch (field.state) {
      case State::unknown: return {Datum::unknown(field.reason, field.origin), {}, false};
      case State::absent: return without_rows();
      case State::known: break;
    }
    if (pair.subject_converters.empty()) {
      append_key(key, field.scalar);
    } else {
      append_key(key, convert_text(std::get<std::string>(field.scalar), pair.subject_converters));
    }
  }
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return without_rows();
  return is_list_ ? all(found->second) : one(found->second);
}

JoinedDatum JoinedRows::without_rows() const {
  const evidence::Origin file{file_, 0};
  if (!closed()) return {Datum::unknown(Reason::missing, file), {}, false};
  if (program_.types.is_optional(binding_.type)) return {Datum::absent(file), {}, false};
  if (!is_list_) return {Datum::unknown(Reason::missing, file), {}, false};
  Datum empty;
  empty.state = State::known;
  empty.origin = file;
  return {std::move(empty), {}, false};
}

JoinedDatum JoinedRows::one(const std::vector<std::uint32_t>& rows) const {
  const Row& row = rows_[rows.front()];
  if (rows.size() == 1) return {row.data.front(), row.problems, false};
  const evidence::Origin second{file_, rows_[rows[1]].line};
  return {Datum::unknown(Reason::invalid, second), {{{}, Reason::invalid, std::nullopt, second, true}}, true};
}

JoinedDatum JoinedRows::all(const std::vector<std::uint32_t>& rows) const {
  // The lost row may be one more of these.
  if (first_lost_) return {Datum::unknown(Reason::invalid, *first_lost_), {}, false};
  JoinedDatum list;
  list.datum.state = State::known;
  list.datum.origin = {file_, rows_[rows.front()].line};
  for (std::uint32_t each : rows) {
    const Row& row = rows_[each];
    const auto index = static_cast<std::uint32_t>(list.datum.items.size());
    list.datum.items.insert(list.datum.items.end(), row.data.begin(), row.data.end());
    for (FoundProblem problem : row.problems) {
      if (plan_) problem.place.insert(problem.place.begin(), {0, Step::Kind::element});
      problem.place.front().index += index;
      list.problems.push_back(std::move(problem));
    }
  }
  return list;
}

}  // namespace muster::ingest

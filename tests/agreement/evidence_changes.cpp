// SPDX-License-Identifier: Apache-2.0
#include "tests/agreement/evidence_changes.h"

#include <algorithm>

#include "compiler/typed/usage.h"

namespace muster::agreement {

using evidence::Datum;

namespace {

void change(Datum& datum, const Datum& other, std::mt19937& random) {
  if (random() % 3 == 0 || datum.state != evidence::State::known || other.state != datum.state || datum.items.empty() ||
      datum.items.size() != other.items.size()) {
    datum = other;
    return;
  }
  for (std::size_t i = 0; i < datum.items.size(); ++i) {
    if (random() % 3 == 0) change(datum.items[i], other.items[i], random);
  }
}

// What nobody asks for is not read.
void leave_unread(const types::Table& types, types::TypeId type, const typed::Use& use, Datum& datum);

void leave_unread_fields(const types::Table& types, const types::Record& record, const typed::Use& use, Datum& datum) {
  for (std::uint32_t field = 0; field < datum.items.size(); ++field) {
    const auto used = use.fields.find(field);
    if (used == use.fields.end()) {
      datum.items[field] = Datum();
    } else {
      leave_unread(types, record.fields[field].type, used->second, datum.items[field]);
    }
  }
}

void leave_unread(const types::Table& types, types::TypeId type, const typed::Use& use, Datum& datum) {
  type = types.without_optional(type);
  if (types.is_record(type)) leave_unread_fields(types, types.record_of(type), use, datum);
  if (!types.is_list(type)) return;
  for (Datum& item : datum.items) leave_unread(types, types.element(type), use, item);
}

// Evidence that only one policy reads stays as it reads it: what is left out in one is taken from the other.
void join(const types::Table& types, types::TypeId type, const typed::Use* read_now, const typed::Use& read_then,
          Datum& now, const Datum& then);

void join_fields(const types::Table& types, const types::Record& record, const typed::Use& read_now,
                 const typed::Use& read_then, Datum& now, const Datum& then) {
  for (const auto& [field, use] : read_then.fields) {
    const auto found = read_now.fields.find(field);
    join(types, record.fields[field].type, found == read_now.fields.end() ? nullptr : &found->second, use,
         now.items[field], then.items[field]);
  }
}

void join(const types::Table& types, types::TypeId type, const typed::Use* read_now, const typed::Use& read_then,
          Datum& now, const Datum& then) {
  if (read_now == nullptr) {
    now = then;
    return;
  }
  if (now.state != evidence::State::known || then.state != evidence::State::known) return;
  type = types.without_optional(type);
  if (types.is_record(type)) join_fields(types, types.record_of(type), *read_now, read_then, now, then);
  if (!types.is_list(type) || now.items.size() != then.items.size()) return;
  for (std::size_t i = 0; i < now.items.size(); ++i)
    join(types, types.element(type), read_now, read_then, now.items[i], then.items[i]);
}

}  // namespace

Evidence changed(Evidence evidence, const Evidence& other, unsigned rate, std::mt19937& random) {
  for (std::size_t i = 0; i < evidence.subject.items.size(); ++i) {
    if (random() % rate == 0) change(evidence.subject.items[i], other.subject.items[i], random);
  }
  for (std::size_t i = 0; i < evidence.shared.size(); ++i) {
    if (random() % rate == 0) change(evidence.shared[i], other.shared[i], random);
  }
  return evidence;
}

Datum& at_path(const typed::Program& program, types::RecordId subject, Evidence& evidence, const std::string& path) {
  std::size_t at = 0;
  const auto name = [&] {
    const std::size_t begin = at;
    while (at < path.size() && path[at] != '.' && path[at] != '[') ++at;
    return path.substr(begin, at - begin);
  };
  const std::string root = name();
  const types::Record* record = &program.types.record_at(subject);
  Datum* datum = nullptr;
  types::TypeId type = types::kError;
  if (const auto field = record->find(root)) {
    datum = &evidence.subject.items[*field];
    type = record->fields[*field].type;
  } else {
    const auto shared = std::find_if(program.shared.begin(), program.shared.end(),
                                     [&](const typed::Shared& each) { return each.name == root; });
    datum = &evidence.shared[static_cast<std::size_t>(shared - program.shared.begin())];
    type = shared->type;
  }
  while (at < path.size()) {
    type = program.types.without_optional(type);
    if (path[at++] == '[') {
      std::size_t end = 0;
      datum = &datum->items[std::stoul(path.substr(at), &end)];
      at += end + 1;
      type = program.types.element(type);
    } else {
      record = &program.types.record_of(type);
      const auto field = *record->find(name());
      datum = &datum->items[field];
      type = record->fields[field].type;
    }
  }
  return *datum;
}

namespace {

Datum fields_laid_out(const types::Table& from, const types::Record& from_record, const types::Table& to,
                      const types::Record& to_record, const Datum& datum) {
  Datum made = Datum::known({}, datum.origin);
  for (const types::Field& field : to_record.fields) {
    const auto index = from_record.find(field.name);
    made.items.push_back(index ? laid_out(from, from_record.fields[*index].type, to, field.type, datum.items[*index])
                               : Datum());
  }
  return made;
}

}  // namespace

Datum laid_out(const types::Table& from, types::TypeId from_type, const types::Table& to, types::TypeId to_type,
               const Datum& datum) {
  if (datum.state != evidence::State::known) return datum;
  from_type = from.without_optional(from_type);
  to_type = to.without_optional(to_type);
  if (from.is_record(from_type))
    return fields_laid_out(from, from.record_of(from_type), to, to.record_of(to_type), datum);
  if (!from.is_list(from_type)) return datum;
  Datum made = Datum::known({}, datum.origin);
  for (const Datum& item : datum.items)
    made.items.push_back(laid_out(from, from.element(from_type), to, to.element(to_type), item));
  return made;
}

Evidence laid_out(const typed::Program& from, const typed::Program& to, const Evidence& evidence) {
  Evidence made;
  made.subject = fields_laid_out(from.types, from.types.record_at(from.policies.front().subject), to.types,
                                 to.types.record_at(to.policies.front().subject), evidence.subject);
  for (std::size_t i = 0; i < evidence.shared.size(); ++i)
    made.shared.push_back(laid_out(from.types, from.shared[i].type, to.types, to.shared[i].type, evidence.shared[i]));
  return made;
}

Evidence read_by(const typed::Program& program, const typed::Policy& policy, Evidence evidence) {
  const typed::Usage usage = typed::usage_of(program, policy);
  leave_unread_fields(program.types, program.types.record_at(policy.subject), usage.subject, evidence.subject);
  for (std::size_t i = 0; i < evidence.shared.size(); ++i) {
    if (usage.shared[i]) leave_unread(program.types, program.shared[i].type, *usage.shared[i], evidence.shared[i]);
    if (!usage.shared[i]) evidence.shared[i] = Datum();
  }
  return evidence;
}

void join_unread(const typed::Program& program, const typed::Policy& policy_now, const typed::Policy& policy_then,
                 const typed::Program& program_then, Evidence& now, const Evidence& then) {
  const typed::Usage read_now = typed::usage_of(program, policy_now);
  const typed::Usage read_then = typed::usage_of(program_then, policy_then);
  join_fields(program.types, program.types.record_at(policy_now.subject), read_now.subject, read_then.subject,
              now.subject, then.subject);
  for (std::size_t i = 0; i < now.shared.size(); ++i) {
    if (!read_then.shared[i]) continue;
    join(program.types, program.shared[i].type, read_now.shared[i] ? &*read_now.shared[i] : nullptr,
         *read_then.shared[i], now.shared[i], then.shared[i]);
  }
}

}  // namespace muster::agreement

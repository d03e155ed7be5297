// SPDX-License-Identifier: Apache-2.0
#include "runtime/evidence/freshness.h"

#include <optional>
#include <variant>

#include "base/calendar.h"

namespace muster::evidence {
namespace {

void freshen_fields(const typed::Program& program, const types::Record& record, const Run& run, Datum& datum);
void freshen_evidence(const typed::Program& program, const types::Record& record, const types::Freshness& fresh,
                      const Run& run, Datum& datum);

// collected + D; nothing where it lies beyond the calendar, or nothing says how long.
std::optional<base::Instant> stale_after(base::Instant collected, const types::Freshness& fresh, const Run& run) {
  switch (fresh.kind) {
    case types::Freshness::Kind::none: return std::nullopt;
    case types::Freshness::Kind::duration: return base::add(collected, fresh.duration);
    case types::Freshness::Kind::period: return base::add(collected, fresh.period);
    case types::Freshness::Kind::param: {
      const types::Scalar& value = run.params[fresh.param];
      if (const auto* duration = std::get_if<base::Duration>(&value)) return base::add(collected, *duration);
      if (const auto* period = std::get_if<base::Period>(&value)) return base::add(collected, *period);
      return std::nullopt;
    }
  }
  return std::nullopt;
}

// Why the own fields are unknown, if they are.
std::optional<Reason> reason_of_age(const types::Record& record, const types::Freshness& fresh, const Run& run,
                                    const Datum& datum) {
  const Datum& collected = datum.items[record.collected()];
  const Datum& expires = datum.items[record.expires()];
  if (collected.state != State::known || expires.state == State::unknown) return Reason::undated;
  const auto when = std::get<base::Instant>(collected.scalar);
  if (base::date_of(when) > run.today) return Reason::undated;
  if (expires.state == State::known && std::get<base::Instant>(expires.scalar) < run.now) return Reason::stale;
  const auto limit = stale_after(when, fresh, run);
  if (limit && *limit < run.now) return Reason::stale;
  return std::nullopt;
}

// The type is evidence, or holds some: `Drill`, `Drill?`, `list of Drill`.
bool holds_evidence(const types::Table& types, types::TypeId type) {
  type = types.innermost(type);
  return types.is_record(type) && types.record_of(type).kind == types::RecordKind::evidence;
}

void freshen_evidence(const typed::Program& program, const types::Record& record, const types::Freshness& fresh,
                      const Run& run, Datum& datum) {
  const auto reason =
      reason_of_age(record, fresh.kind != types::Freshness::Kind::none ? fresh : record.fresh, run, datum);
  if (!reason) return;
  for (std::size_t at = 0; at < record.fields.size(); ++at) {
    const types::Field& field = record.fields[at];
    Datum& item = datum.items[at];
    if (field.built_in || item.state == State::unknown || holds_evidence(program.types, field.type)) continue;
    item = Datum::unknown(*reason, item.origin);
  }
}

void freshen_fields(const typed::Program& program, const types::Record& record, const Run& run, Datum& datum) {
  for (std::size_t at = 0; at < record.fields.size(); ++at) {
    apply_freshness(program, record.fields[at].type, record.fields[at].fresh, run, datum.items[at]);
  }
}

}  // namespace

void apply_freshness(const typed::Program& program, types::TypeId type, const types::Freshness& field_fresh,
                     const Run& run, Datum& datum) {
  if (datum.state != State::known) return;
  const types::Table& types = program.types;
  type = types.without_optional(type);
  if (types.is_list(type)) {
    for (Datum& item : datum.items) apply_freshness(program, types.element(type), field_fresh, run, item);
  } else if (types.is_record(type)) {
    const types::Record& record = types.record_of(type);
    freshen_fields(program, record, run, datum);
    if (record.kind == types::RecordKind::evidence) freshen_evidence(program, record, field_fresh, run, datum);
  }
}

void apply_freshness_to_subject(const typed::Program& program, types::RecordId subject, const Run& run, Datum& datum) {
  if (datum.state == State::known) freshen_fields(program, program.types.record_at(subject), run, datum);
}

}  // namespace muster::evidence

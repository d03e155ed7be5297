// SPDX-License-Identifier: Apache-2.0
// What reads the evidence, and its freshness. A field of evidence is unknown where the evidence is stale or undated;
// all that follows sees it so.
#include "compiler/lower/lowering.h"

namespace muster::lower {

using ir::kNoValue;
using ir::Path;
using ir::Phys;
using types::Freshness;

Value Lowering::subject() {
  Value value;
  value.type = policy_.subject;
  value.known = b_.ones();
  value.records.push_back({b_.ones(), {ir::kSubjectsTable, {}, policy_.subject, {}}, kNoValue});
  return value;
}

Value Lowering::shared(std::uint32_t index) {
  const typed::Shared& declared = program_.shared[index];
  return loaded(ir::kRunTable, {index}, declared.type, declared.fresh);
}

Value Lowering::loaded(ir::TableId table, const Path& path, types::TypeId type, const Freshness& fresh) {
  const types::TypeId held = types().without_optional(type);
  const bool is_scalar = types().is_scalar(held);
  const Phys phys = is_scalar ? ir::phys_of(types(), held) : Phys::bits;
  const ir::AxisId axis = b_.table_axis(table);
  const ir::ColumnId column = b_.column(table, path, type, phys);
  Value value;
  value.type = type;
  value.known = b_.leaf(Op::known, Phys::bits, axis, column);
  value.absent = types().is_optional(type) ? b_.leaf(Op::absent, Phys::bits, axis, column) : b_.zeros();
  if (types().is_record(held)) {
    value.records.push_back({b_.ones(), {table, path, types().get(held).id, fresh}, kNoValue});
  } else if (types().is_list(held)) {
    const types::TypeId element = types().element(held);
    const ir::TableId rows = b_.table(table, path, element);
    const ir::AxisId elements = b_.table_axis(rows);
    value.lists.push_back({b_.ones(), elements, b_.leaf(Op::begin_of, Phys::index, axis, elements),
                           b_.leaf(Op::end_of, Phys::index, axis, elements), b_.ones(),
                           std::make_shared<const Value>(loaded(rows, {}, element, fresh))});
  } else if (phys == Phys::bits) {
    value.yes = b_.leaf(Op::yes, Phys::bits, axis, column);
  } else {
    value.data = b_.leaf(Op::load, phys, axis, column);
  }
  return value;
}

// A field of an unknown record is unknown; what its columns say of such a record is that, too.
Value Lowering::field(const Value& record, std::uint32_t field, types::TypeId type) {
  Value value = nothing(type);
  for (std::size_t at = record.records.size(); at-- > 0;) {
    const RecordSource& source = record.records[at];
    Value read = load(source.place, field);
    if (source.row != kNoValue) read = gathered(read, b_.table_axis(source.place.table), source.row);
    value = at + 1 == record.records.size() ? std::move(read) : selected(source.guard, read, value);
  }
  value.type = type;
  return masked(std::move(value), record.known);
}

Value Lowering::load(const Place& place, std::uint32_t index) {
  const types::Record& record = types().record_at(place.record);
  const types::Field& field = record.fields[index];
  Path path = place.path;
  path.push_back(index);
  Value value = loaded(place.table, path, field.type, field.fresh);
  if (record.kind != types::RecordKind::evidence || field.built_in || holds_evidence(field.type)) return value;
  return masked(std::move(value), freshness(place));
}

bool Lowering::holds_evidence(types::TypeId type) const {
  type = types().innermost(type);
  return types().is_record(type) && types().record_of(type).kind == types::RecordKind::evidence;
}

// Where the evidence at a place is dated, and not stale.
ValueId Lowering::freshness(const Place& place) {
  const auto [at, added] = fresh_.try_emplace({place.table, place.path}, kNoValue);
  if (!added) return at->second;
  const types::Record& record = types().record_at(place.record);
  const auto built_in = [&](types::FieldIndex index) {
    Path path = place.path;
    path.push_back(index);
    return loaded(place.table, path, record.fields[index].type, {});
  };
  const Value collected = built_in(record.collected());
  const Value expires = built_in(record.expires());
  const ValueId now = b_.leaf(Op::now, Phys::i64, ir::kRun);
  const ValueId day_ends = b_.rowwise(Op::end_of_day, {b_.leaf(Op::today, Phys::i32, ir::kRun)});
  ValueId fresh = b_.and_(collected.known, b_.or_(expires.known, expires.absent));
  fresh = b_.and_not(fresh, b_.rowwise(Op::less, {day_ends, collected.data}));
  fresh = b_.and_not(fresh, b_.and_(expires.known, b_.rowwise(Op::less, {expires.data, now})));
  fresh = b_.and_not(fresh, is_stale(place, collected.data));
  return fresh_[{place.table, place.path}] = fresh;
}

// collected + D lies before now, and in the calendar.
ValueId Lowering::is_stale(const Place& place, ValueId collected) {
  const types::Record& record = types().record_at(place.record);
  const Freshness& fresh = place.fresh.kind != Freshness::Kind::none ? place.fresh : record.fresh;
  const ValueId now = b_.leaf(Op::now, Phys::i64, ir::kRun);
  const auto is_over = [&](Op plus, Op ok, ValueId time) {
    return b_.and_(b_.rowwise(ok, {collected, time}), b_.rowwise(Op::less, {b_.rowwise(plus, {collected, time}), now}));
  };
  const auto over_duration = [&](ValueId time) { return is_over(Op::time_plus, Op::time_plus_ok, time); };
  const auto over_period = [&](ValueId time) { return is_over(Op::time_months, Op::time_months_ok, time); };
  switch (fresh.kind) {
    case Freshness::Kind::none: return b_.zeros();
    case Freshness::Kind::duration:
      // Not before the beginning of the calendar, as now isn't: one comparison with what is the same for all.
      if (fresh.duration.microseconds >= 0) {
        const ValueId time = b_.constant(types::Scalar(fresh.duration), types::kDuration, Phys::i64);
        return b_.and_(b_.rowwise(Op::subtract_ok, {now, time}),
                       b_.rowwise(Op::less, {collected, b_.rowwise(Op::subtract, {now, time})}));
      }
      return over_duration(b_.constant(types::Scalar(fresh.duration), types::kDuration, Phys::i64));
    case Freshness::Kind::period:
      return over_period(b_.constant(types::Scalar(fresh.period), types::kPeriod, Phys::i32));
    case Freshness::Kind::param: {
      const types::TypeId type = program_.params[fresh.param].type;
      const ValueId time = b_.leaf(Op::param, phys(type), ir::kRun, fresh.param);
      return types().kind(type) == types::Kind::period ? over_period(time) : over_duration(time);
    }
  }
  return b_.zeros();
}

}  // namespace muster::lower

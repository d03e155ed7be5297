// SPDX-License-Identifier: Apache-2.0
// What goes stale and what does not, for forms that records in files don't show at once.
#include <gtest/gtest.h>

#include "runtime/evidence/freshness.h"

namespace muster::evidence {
namespace {

class Freshness : public testing::Test {
 protected:
  typed::Program program;
  evidence::Run run;

  Freshness() {
    run.today = *base::make_date({2026, 11, 23});
    run.now = base::end_of(run.today);
  }

  types::TypeId evidence_of(std::vector<types::Field> own) {
    types::Record record;
    record.kind = types::RecordKind::evidence;
    record.fields = std::move(own);
    const std::pair<const char*, types::TypeId> built_in[] = {{"collected", types::kTime},
                                                              {"expires", program.types.optional(types::kTime)},
                                                              {"by", program.types.optional(types::kText)},
                                                              {"ref", program.types.optional(types::kText)}};
    for (const auto& [name, type] : built_in) {
      types::Field field;
      field.name = name;
      field.type = type;
      field.built_in = true;
      record.fields.push_back(field);
    }
    return program.types.record(program.types.add(std::move(record)));
  }

  static types::Field field(types::TypeId type) {
    types::Field field;
    field.type = type;
    return field;
  }

  // A record with these own fields, collected on this day.
  static Datum record(std::vector<Datum> own, int year, int month, int day) {
    Datum datum;
    datum.state = State::known;
    datum.items = std::move(own);
    datum.items.push_back(Datum::known(base::start_of(*base::make_date({year, month, day})), {}));
    for (int i = 0; i < 3; ++i) datum.items.push_back(Datum::absent({}));
    return datum;
  }

  static Datum number() { return Datum::known(std::int64_t{1}, {}); }

  static types::Freshness days(int count) {
    types::Freshness fresh;
    fresh.kind = types::Freshness::Kind::duration;
    fresh.duration = {count * base::kMicrosecondsPerDay};
    return fresh;
  }
};

TEST_F(Freshness, ExpiresWithoutAnyLimit) {
  const auto type = evidence_of({field(types::kInt)});
  Datum datum = record({number()}, 2026, 1, 1);
  datum.items[2] = Datum::known(run.now, {});
  apply_freshness(program, type, {}, run, datum);
  EXPECT_EQ(datum.items[0].state, State::known);
  datum.items[2] = Datum::known(base::Instant{run.now.microseconds - 1}, {});
  apply_freshness(program, type, {}, run, datum);
  EXPECT_EQ(datum.items[0].reason, Reason::stale);
  EXPECT_EQ(datum.items[1].state, State::known);
}

TEST_F(Freshness, WhatCannotBeDatedIsUndatedAndItsOwnReasonGoesFirst) {
  const auto type = evidence_of({field(types::kInt), field(types::kInt)});
  Datum datum = record({number(), Datum::unknown(Reason::invalid, {})}, 2026, 11, 24);
  apply_freshness(program, type, {}, run, datum);
  EXPECT_EQ(datum.items[0].reason, Reason::undated);
  EXPECT_EQ(datum.items[1].reason, Reason::invalid);

  Datum expiring = record({number(), number()}, 2020, 1, 1);
  expiring.items[3] = Datum::unknown(Reason::invalid, {});
  apply_freshness(program, type, days(1), run, expiring);
  EXPECT_EQ(expiring.items[0].reason, Reason::undated);
}

TEST_F(Freshness, TheFieldsLimitGoesBeforeTheTypes) {
  const auto type = evidence_of({field(types::kInt)});
  program.types.record_at(program.types.get(type).id).fresh = days(1);
  Datum old = record({number()}, 2026, 11, 1);
  Datum same = old;
  apply_freshness(program, type, days(100), run, old);
  EXPECT_EQ(old.items[0].state, State::known);
  apply_freshness(program, type, {}, run, same);
  EXPECT_EQ(same.items[0].reason, Reason::stale);
}

TEST_F(Freshness, EachElementOfAListHasItsOwnDate) {
  const auto type = program.types.list_of(evidence_of({field(types::kInt)}));
  Datum list;
  list.state = State::known;
  list.items = {record({number()}, 2026, 11, 20), record({number()}, 2026, 1, 1)};
  apply_freshness(program, type, days(30), run, list);
  EXPECT_EQ(list.items[0].items[0].state, State::known);
  EXPECT_EQ(list.items[1].items[0].reason, Reason::stale);
}

TEST_F(Freshness, EvidenceWithinEvidenceKeepsToItsOwnDate) {
  const auto inner = evidence_of({field(types::kInt)});
  const auto outer = evidence_of({field(types::kInt), field(program.types.optional(inner))});
  Datum datum = record({number(), record({number()}, 2026, 11, 20)}, 2026, 1, 1);
  apply_freshness(program, outer, days(30), run, datum);
  EXPECT_EQ(datum.items[0].reason, Reason::stale);
  ASSERT_EQ(datum.items[1].state, State::known);
  EXPECT_EQ(datum.items[1].items[0].state, State::known);
}

TEST_F(Freshness, ALimitBeyondTheCalendarIsNeverReached) {
  const auto type = evidence_of({field(types::kInt)});
  types::Freshness fresh;
  fresh.kind = types::Freshness::Kind::period;
  fresh.period = {12 * 9000};
  Datum datum = record({number()}, 2026, 1, 1);
  apply_freshness(program, type, fresh, run, datum);
  EXPECT_EQ(datum.items[0].state, State::known);
}

}  // namespace
}  // namespace muster::evidence

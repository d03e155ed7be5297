// SPDX-License-Identifier: Apache-2.0
// What no file of a test could hold: many rows, lists that nobody knows, values in each state.
#include "runtime/waivers/book.h"

#include <gtest/gtest.h>

#include "tests/source_text.h"

namespace muster::waivers {
namespace {

using evidence::Datum;
using evidence::Reason;

constexpr const char* kModule = R"(
subject S { key id: int  ok: bool }
policy p for S "P" {
  must rule "Rule" { require ok }
  must other "Other" { require ok }
}
source rows = csv "rows.csv"
bind waivers from rows { by <- by }
)";

Datum text(const std::string& value) { return Datum::known(value, {}); }
Datum date(const std::string& value) { return Datum::known(*base::parse_date(value), {}); }

Datum invalid(const std::string& raw) {
  Datum datum = Datum::unknown(Reason::invalid, {});
  datum.raw = raw;
  return datum;
}

Datum row(const std::string& subject, std::uint32_t line = 1) {
  Datum row = Datum::known({}, {0, line});
  row.items = {text("p.rule"), text(subject), Datum::absent({}), date("2026-12-31"), text("R. Lee"), text("agreed")};
  return row;
}

enum Field { kCriterion, kSubject, kFrom, kUntil, kBy, kBecause };

Datum row_with(Field field, Datum value) {
  Datum made = row("1", 7);
  made.items[field] = std::move(value);
  return made;
}

class BookOfRows : public ::testing::Test {
 protected:
  BookOfRows() : compilation_(compiled(kModule)), book_(compilation_->program, 0, *base::make_date({2026, 11, 23})) {}

  void add(std::vector<Datum> rows) {
    Datum list = Datum::known({}, {});
    list.items = std::move(rows);
    book_.add_rows(list);
  }
  // What is said of a row that has no effect; empty where it has one.
  std::string trouble(Datum row) {
    Book book(compilation_->program, 0, *base::make_date({2026, 11, 23}));
    Datum list = Datum::known({}, {});
    list.items.push_back(std::move(row));
    book.add_rows(list);
    EXPECT_EQ(book.all().size() + book.unreadable(), 1u);
    return book.idle_rows().empty() ? "" : book.idle_rows().front().message;
  }

  std::unique_ptr<compiler::Compilation> compilation_;
  Book book_;
};

TEST_F(BookOfRows, FindsEachSubjectsOwnAmongMany) {
  constexpr std::int64_t kRows = 100'000;
  std::vector<Datum> rows;
  for (std::int64_t i = 0; i < kRows; ++i) rows.push_back(row(std::to_string(i)));
  add(std::move(rows));
  ASSERT_EQ(book_.all().size(), static_cast<std::size_t>(kRows));
  for (std::int64_t i = 0; i < kRows; ++i) {
    ASSERT_EQ(book_.naming(0, i), std::vector<std::uint32_t>{static_cast<std::uint32_t>(i)});
  }
  EXPECT_TRUE(book_.naming(0, kRows).empty());
  EXPECT_TRUE(book_.naming(1, std::int64_t{1}).empty());
  EXPECT_TRUE(book_.names_subjects(0));
  EXPECT_FALSE(book_.names_subjects(1));
}

TEST_F(BookOfRows, HoldsNothingOfAListThatNobodyKnows) {
  book_.add_rows(Datum::unknown(Reason::missing, {}));
  EXPECT_TRUE(book_.all().empty());
  EXPECT_EQ(book_.unreadable(), 0u);
}

TEST_F(BookOfRows, CountsRowsThatCouldNotBeRead) {
  add({Datum::unknown(Reason::invalid, {0, 2}), row("1"), Datum::unknown(Reason::invalid, {0, 4})});
  EXPECT_EQ(book_.unreadable(), 2u);
  EXPECT_TRUE(book_.idle_rows().empty());
  EXPECT_EQ(book_.naming(0, std::int64_t{1}).size(), 1u);
}

TEST_F(BookOfRows, LetsOnlyTheFirstDayBeLeftOut) {
  EXPECT_EQ(trouble(row_with(kFrom, Datum::unknown(Reason::missing, {}))), "");
  EXPECT_EQ(trouble(row_with(kFrom, date("2026-12-31"))), "");
  const std::string no_effect = "a waiver has no effect: ";
  EXPECT_EQ(trouble(row_with(kFrom, invalid("soon"))), no_effect + "its `from` is `soon`, which is no date");
  EXPECT_EQ(trouble(row_with(kFrom, date("2027-01-01"))), no_effect + "it ends before it begins");
  EXPECT_EQ(trouble(row_with(kUntil, Datum::unknown(Reason::missing, {}))), no_effect + "it has no `until`");
  EXPECT_EQ(trouble(row_with(kCriterion, Datum::unknown(Reason::missing, {}))), no_effect + "it has no `criterion`");
  EXPECT_EQ(trouble(row_with(kSubject, Datum::unknown(Reason::missing, {}))), no_effect + "it has no `subject`");
  EXPECT_EQ(trouble(row_with(kBy, text(""))), no_effect + "it has no `by`");
  EXPECT_EQ(trouble(row_with(kBecause, Datum::unknown(Reason::missing, {}))), no_effect + "it has no `because`");
}

TEST_F(BookOfRows, TellsOnceOfEachSort) {
  add({row_with(kUntil, invalid("soon")), row_with(kCriterion, text("p.rul")), row_with(kBy, text("")),
       row_with(kCriterion, text("rule"))});
  ASSERT_EQ(book_.idle_rows().size(), 2u);
  EXPECT_EQ(book_.idle_rows()[0].count, 2u);
  EXPECT_EQ(book_.idle_rows()[0].origin.line, 7u);
  EXPECT_EQ(book_.idle_rows()[1].message, "a waiver has no effect: `p` has no criterion `rul` (did you mean `rule`?)");
  EXPECT_EQ(book_.idle_rows()[1].count, 2u);
  EXPECT_EQ(book_.unreadable(), 4u);
}

// A cell may be as long as a file.
TEST_F(BookOfRows, ShowsOfALongValueItsBeginning) {
  EXPECT_LT(trouble(row_with(kCriterion, text(std::string(1 << 20, 'x') + "." + std::string(1 << 20, 'y')))).size(),
            200u);
  EXPECT_LT(trouble(row_with(kSubject, text(std::string(1 << 20, '7')))).size(), 200u);
}

TEST_F(BookOfRows, CountsByTheDayAndByWhatIsShown) {
  auto until = [](const std::string& day) { return row_with(kUntil, date(day)); };
  add({until("2026-11-22"), until("2026-11-23"), until("2026-12-23"), until("2026-12-24"),
       row_with(kFrom, date("2026-11-24")), row_with(kFrom, date("2026-11-23"))});
  EXPECT_EQ(book_.naming(0, std::int64_t{1}), (std::vector<std::uint32_t>{1, 2, 3, 5}));
  const Counts counts = count(book_, {true, false, true});
  EXPECT_EQ(counts.expired, 1u);
  EXPECT_EQ(counts.in_force, 1u);
  EXPECT_EQ(counts.unused, 3u);
  EXPECT_EQ(counts.expiring_30_days, 2u);
  EXPECT_EQ(counts.upcoming, 1u);
}

}  // namespace
}  // namespace muster::waivers

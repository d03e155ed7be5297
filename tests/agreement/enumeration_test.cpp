// SPDX-License-Identifier: Apache-2.0
// Every way in which the gaps of small evidence may close. What the engine says of the gaps must be what all of
// them agree on; where each unknown is read once and independently, it must say all that they agree on. What is
// known is held against a few lines of C++.
#include <algorithm>
#include <functional>
#include <numeric>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "tests/agreement/judged.h"
#include "tests/source_text.h"

namespace muster::agreement {
namespace {

using evidence::Datum;
using evidence::State;
using typed::Status;

constexpr const char* kDeclarations = R"(
record Element { f: bool  g: bool  n: int  o: int? }
subject S { key id: text  a: bool  b: bool  n: int  xs: list of Element  ns: list of int }
)";

struct Element {
  bool f, g;
  int n;
  std::optional<int> o;
};

struct Known {
  bool a, b;
  int n;
  std::vector<Element> xs;
  std::vector<int> ns;
};

enum class Tight { no, yes };

struct Law {
  const char* condition;
  Tight tight;
  std::function<bool(const Known&)> holds;
};

template <typename Test>
int count_if(const std::vector<Element>& xs, Test test) {
  return static_cast<int>(std::count_if(xs.begin(), xs.end(), test));
}

int count_f(const Known& k) {
  return count_if(k.xs, [](const Element& x) { return x.f; });
}

int count_both(const Known& k) {
  return count_if(k.xs, [](const Element& x) { return x.f && x.g; });
}

std::vector<Element> where_f(const Known& k) {
  std::vector<Element> found;
  std::copy_if(k.xs.begin(), k.xs.end(), std::back_inserter(found), [](const Element& x) { return x.f; });
  return found;
}

int sum_of_f(const Known& k) {
  const auto xs = where_f(k);
  return std::accumulate(xs.begin(), xs.end(), 0, [](int sum, const Element& x) { return sum + x.n; });
}

int chosen(const Known& k) { return k.a ? 1 : k.b ? 2 : 3; }

bool has(const std::vector<int>& list, int value) { return std::find(list.begin(), list.end(), value) != list.end(); }

// The last of those with the greatest n.
std::optional<Element> latest_of_f(const Known& k) {
  std::optional<Element> found;
  for (const Element& x : where_f(k)) {
    if (!found || x.n >= found->n) found = x;
  }
  return found;
}

const std::vector<Law>& laws() {
  static const std::vector<Law> all = {
      {"any x in xs: x.f", Tight::yes, [](const Known& k) { return count_f(k) > 0; }},
      {"all x in xs: x.f", Tight::yes, [](const Known& k) { return count_f(k) == static_cast<int>(k.xs.size()); }},
      {"no x in xs: x.f", Tight::yes, [](const Known& k) { return count_f(k) == 0; }},
      {"any x in xs where x.g: x.f", Tight::yes, [](const Known& k) { return count_both(k) > 0; }},
      {"all x in xs where x.g: x.f", Tight::yes,
       [](const Known& k) {
         return std::all_of(k.xs.begin(), k.xs.end(), [](const Element& x) { return !x.g || x.f; });
       }},
      {"no x in xs where x.g: x.f", Tight::yes, [](const Known& k) { return count_both(k) == 0; }},
      {"at least 0 x in xs: x.f", Tight::yes, [](const Known&) { return true; }},
      {"at least 2 x in xs: x.f", Tight::yes, [](const Known& k) { return count_f(k) >= 2; }},
      {"at least 2 x in xs where x.g: x.f", Tight::yes, [](const Known& k) { return count_both(k) >= 2; }},
      {"at most 1 x in xs: x.f", Tight::yes, [](const Known& k) { return count_f(k) <= 1; }},
      {"exactly 1 x in xs: x.f", Tight::yes, [](const Known& k) { return count_f(k) == 1; }},
      {"exactly 2 x in xs where x.f: x.g", Tight::yes, [](const Known& k) { return count_both(k) == 2; }},
      {"at least n x in xs: x.f", Tight::no, [](const Known& k) { return count_f(k) >= k.n; }},
      {"exactly n x in xs: x.f", Tight::no, [](const Known& k) { return count_f(k) == k.n; }},
      {"count(x in xs where x.f) >= 2", Tight::yes, [](const Known& k) { return count_f(k) >= 2; }},
      {"count(x in xs where x.f) < 2", Tight::yes, [](const Known& k) { return count_f(k) < 2; }},
      {"count(x in xs where x.f) == 1", Tight::yes, [](const Known& k) { return count_f(k) == 1; }},
      {"count(x in xs where x.f) != 2", Tight::yes, [](const Known& k) { return count_f(k) != 2; }},
      {"3 > count(x in xs where x.f and x.g)", Tight::yes, [](const Known& k) { return count_both(k) < 3; }},
      {"count(x in xs where x.f) in [0, 2, 3]", Tight::yes,
       [](const Known& k) {
         return has({0, 2, 3}, count_f(k));
       }},
      {"count(x in xs where x.f) not in 1..2", Tight::yes,
       [](const Known& k) { return count_f(k) < 1 || count_f(k) > 2; }},
      {"count(x in xs where x.f) in 4..5", Tight::yes, [](const Known&) { return false; }},
      {"count(x in xs where x.f) > 1.5", Tight::yes, [](const Known& k) { return count_f(k) > 1; }},
      {"count(x in xs where x.f) <= count(x in xs where x.g)", Tight::no,
       [](const Known& k) { return count_f(k) <= count_if(k.xs, [](const Element& x) { return x.g; }); }},
      {"size(xs) == 2", Tight::yes, [](const Known& k) { return k.xs.size() == 2; }},
      {"sum(x in xs where x.f: x.n) > 1", Tight::no, [](const Known& k) { return sum_of_f(k) > 1; }},
      {"sum(x in xs: x.n) == 2", Tight::no,
       [](const Known& k) {
         return std::accumulate(k.xs.begin(), k.xs.end(), 0, [](int s, const Element& x) { return s + x.n; }) == 2;
       }},
      {"(max(x in xs where x.f: x.n) ?? 0) == 2", Tight::no,
       [](const Known& k) { return has({2}, latest_of_f(k) ? latest_of_f(k)->n : 0); }},
      {"(min(x in xs: x.n) ?? 7) <= 1", Tight::no,
       [](const Known& k) { return std::any_of(k.xs.begin(), k.xs.end(), [](const Element& x) { return x.n <= 1; }); }},
      {"max(x in xs where x.f: x.n) is absent", Tight::no, [](const Known& k) { return count_f(k) == 0; }},
      {"(avg(x in xs where x.f: x.n) ?? 1.0) == 1", Tight::no,
       [](const Known& k) { return sum_of_f(k) == count_f(k); }},
      {"first(x in xs where x.f) is present", Tight::no, [](const Known& k) { return count_f(k) > 0; }},
      {"(first(x in xs where x.f)?.n ?? 9) == 1", Tight::no,
       [](const Known& k) { return count_f(k) > 0 && where_f(k).front().n == 1; }},
      {"(latest(x in xs where x.f by x.n)?.g ?? false)", Tight::no,
       [](const Known& k) { return latest_of_f(k) && latest_of_f(k)->g; }},
      {"choose { a => 1, b => 2, else => 3 } == 2", Tight::yes, [](const Known& k) { return chosen(k) == 2; }},
      {"choose { a => 1, b => 2, else => 3 } != 3", Tight::yes, [](const Known& k) { return chosen(k) != 3; }},
      {"choose { a => 1, b => 2, else => 3 } <= 2", Tight::yes, [](const Known& k) { return chosen(k) <= 2; }},
      {"choose { a => 1, b => 2, else => 3 } in [1, 3]", Tight::yes, [](const Known& k) { return chosen(k) != 2; }},
      {"choose { a => 1, b => 2, else => 1 } in 3..4", Tight::yes, [](const Known&) { return false; }},
      {"choose { a => \"ax\", b => \"ay\", else => \"b\" } starts with \"a\"", Tight::yes,
       [](const Known& k) { return k.a || k.b; }},
      {"choose { a => 4, b => 4, else => 4 } + 1 == 5", Tight::yes, [](const Known&) { return true; }},
      {"if a then n > 0 else b", Tight::no, [](const Known& k) { return k.a ? k.n > 0 : k.b; }},
      {"n in ns", Tight::no, [](const Known& k) { return has(k.ns, k.n); }},
      {"ns contains 2", Tight::yes, [](const Known& k) { return has(k.ns, 2); }},
      {"ns contains any [1, 2]", Tight::yes, [](const Known& k) { return has(k.ns, 1) || has(k.ns, 2); }},
      {"ns contains all [0, n]", Tight::no, [](const Known& k) { return has(k.ns, 0) && has(k.ns, k.n); }},
      {"n in 0..1", Tight::yes, [](const Known& k) { return k.n <= 1; }},
      {"size(distinct(ns)) == 2", Tight::no,
       [](const Known& k) { return std::set<int>(k.ns.begin(), k.ns.end()).size() == 2; }},
      {"any x in xs: x.o is present and x.o > 0", Tight::yes,
       [](const Known& k) { return count_if(k.xs, [](const Element& x) { return x.o && *x.o > 0; }) > 0; }},
      {"all x in xs: x.o is absent or x.o == 1", Tight::yes,
       [](const Known& k) {
         return std::all_of(k.xs.begin(), k.xs.end(), [](const Element& x) { return !x.o || *x.o == 1; });
       }},
      {"all x in xs where x.o is present: x.o > 0", Tight::yes,
       [](const Known& k) {
         return std::all_of(k.xs.begin(), k.xs.end(), [](const Element& x) { return !x.o || *x.o > 0; });
       }},
      {"count(x in xs where x.o is present) == 1", Tight::yes,
       [](const Known& k) { return count_if(k.xs, [](const Element& x) { return x.o.has_value(); }) == 1; }},
      {"sum(x in xs where x.o is present: x.o) == 1", Tight::no,
       [](const Known& k) {
         return std::accumulate(k.xs.begin(), k.xs.end(), 0,
                                [](int s, const Element& x) { return s + x.o.value_or(0); }) == 1;
       }},
      {"any x in xs: any y in ns: y > x.n", Tight::no,
       [](const Known& k) {
         return count_if(k.xs, [&](const Element& x) {
                  return std::any_of(k.ns.begin(), k.ns.end(), [&](int y) { return y > x.n; });
                }) > 0;
       }},
  };
  return all;
}

std::string module() {
  std::string text = std::string(kDeclarations) + "policy p for S \"laws\" {\n";
  for (std::size_t i = 0; i < laws().size(); ++i) {
    text += "  must c" + std::to_string(i) + " \"c\" { require " + laws()[i].condition + " }\n";
  }
  return text + "}\n";
}

// The same laws, each waived where `kWaivedWhere` holds.
constexpr const char* kWaivedWhere = "a and not b";
bool is_waived(const Known& k) { return k.a && !k.b; }
bool reads_what_waives(const Law& law) {
  const std::string condition = law.condition;
  return condition.find("choose") != std::string::npos || condition.find("if a") != std::string::npos;
}

std::string module_with_waivers() {
  std::string text = module();
  for (std::size_t i = 0; i < laws().size(); ++i) {
    text += "waive p.c" + std::to_string(i) + " where " + kWaivedWhere + " until 2026-11-23 by \"w\" because \"r\"\n";
  }
  return text;
}

// Every value that a scalar of a type may have here.
std::vector<Datum> domain(const types::Table& types, types::TypeId type) {
  std::vector<Datum> values;
  if (types.is_optional(type)) values.push_back(Datum::absent({}));
  if (types.kind(types.without_optional(type)) == types::Kind::boolean) {
    for (const bool value : {false, true}) values.push_back(Datum::known(value, {}));
  } else {
    for (const std::int64_t value : {0, 1, 2}) values.push_back(Datum::known(value, {}));
  }
  return values;
}

struct Gap {
  Datum* datum;
  std::vector<Datum> values;
};

// Lists and records are known; a scalar is unknown one time in `unknown_one_in`.
class Made {
 public:
  Made(const typed::Program& program, std::mt19937& random, unsigned unknown_one_in) {
    const types::Table& types = program.types;
    const types::Record& subject = types.record_at(program.policies.front().subject);
    evidence_.subject = Datum::known({}, {});
    auto& items = evidence_.subject.items;
    items.resize(subject.fields.size());
    items[0] = Datum::known(std::string("s"), {});
    std::vector<std::pair<Datum*, types::TypeId>> scalars;
    for (std::size_t i = 1; i < items.size(); ++i) {
      const types::TypeId type = subject.fields[i].type;
      if (!types.is_list(type)) {
        scalars.emplace_back(&items[i], type);
        continue;
      }
      items[i] = Datum::known({}, {});
      items[i].items.resize(random() % 4);
      for (Datum& element : items[i].items) {
        const types::TypeId of = types.element(type);
        if (!types.is_record(of)) {
          scalars.emplace_back(&element, of);
          continue;
        }
        const types::Record& record = types.record_of(of);
        element = Datum::known({}, {});
        element.items.resize(record.fields.size());
        for (std::size_t f = 0; f < record.fields.size(); ++f)
          scalars.emplace_back(&element.items[f], record.fields[f].type);
      }
    }
    for (const auto& [datum, type] : scalars) {
      const std::vector<Datum> values = domain(types, type);
      if (random() % unknown_one_in == 0) {
        *datum = Datum::unknown(evidence::Reason::missing, {});
        gaps_.push_back({datum, values});
      } else {
        *datum = values[random() % values.size()];
      }
    }
  }

  std::size_t ways() const {
    std::size_t ways = 1;
    for (const Gap& gap : gaps_) ways *= gap.values.size();
    return ways;
  }

  const Evidence& evidence() const { return evidence_; }

  // Fills the gaps in each way in turn, and empties them again.
  template <typename Each>
  void fill(Each each, std::size_t from = 0) {
    if (from == gaps_.size()) {
      each();
      return;
    }
    for (const Datum& value : gaps_[from].values) {
      *gaps_[from].datum = value;
      fill(each, from + 1);
    }
    *gaps_[from].datum = Datum::unknown(evidence::Reason::missing, {});
  }

 private:
  Evidence evidence_;
  std::vector<Gap> gaps_;
};

int whole(const Datum& datum) { return static_cast<int>(std::get<std::int64_t>(datum.scalar)); }
bool truth(const Datum& datum) { return std::get<bool>(datum.scalar); }

Known known(const Datum& subject) {
  const auto& items = subject.items;
  Known known{truth(items[1]), truth(items[2]), whole(items[3]), {}, {}};
  for (const Datum& x : items[4].items) {
    const std::optional<int> o = x.items[3].state == State::absent ? std::nullopt : std::optional(whole(x.items[3]));
    known.xs.push_back({truth(x.items[0]), truth(x.items[1]), whole(x.items[2]), o});
  }
  for (const Datum& n : items[5].items) known.ns.push_back(whole(n));
  return known;
}

TEST(Enumeration, says_of_gaps_what_all_ways_to_close_them_agree_on) {
  const auto compilation = compiled(module());
  ASSERT_FALSE(compilation->diagnostics.has_errors());
  Judge judge(compilation->program);
  std::mt19937 random(11);
  std::vector<std::array<int, 3>> seen(laws().size());
  for (int round = 0; round < 1500; ++round) {
    Made made(compilation->program, random, 3 + round % 3);
    if (made.ways() > 150) continue;
    const auto said = judge.judge(made.evidence());
    std::vector<std::set<bool>> outcomes(laws().size());
    made.fill([&] {
      const Known filled = known(made.evidence().subject);
      const auto result = judge.judge(made.evidence());
      for (std::size_t i = 0; i < laws().size(); ++i) {
        const bool holds = laws()[i].holds(filled);
        ASSERT_EQ(result.criteria[i].status, holds ? Status::met : Status::unmet) << laws()[i].condition;
        outcomes[i].insert(holds);
      }
    });
    if (HasFatalFailure()) return;
    for (std::size_t i = 0; i < laws().size(); ++i) {
      const Status status = said.criteria[i].status;
      SCOPED_TRACE(std::string(laws()[i].condition) + ", round " + std::to_string(round));
      if (status == Status::unknown) {
        if (laws()[i].tight == Tight::yes) {
          ASSERT_EQ(outcomes[i].size(), 2u) << "is unknown, but every way leads to the same";
        }
      } else {
        ASSERT_EQ(outcomes[i], std::set<bool>{status == Status::met});
      }
      ++seen[i][status == Status::unknown ? 2 : status == Status::met ? 1 : 0];
    }
  }
  for (std::size_t i = 0; i < laws().size(); ++i) {
    EXPECT_GT(seen[i][0] + seen[i][1] + seen[i][2], 100) << laws()[i].condition;
  }
}

TEST(Enumeration, waivers_leave_what_all_ways_to_close_the_gaps_leave) {
  const auto compilation = compiled(module_with_waivers());
  ASSERT_FALSE(compilation->diagnostics.has_errors());
  Judge judge(compilation->program);
  std::mt19937 random(12);
  std::vector<std::array<int, 5>> seen(laws().size());
  for (int round = 0; round < 1000; ++round) {
    Made made(compilation->program, random, 2 + round % 3);
    if (made.ways() > 150) continue;
    const auto said = judge.judge(made.evidence());
    std::vector<verdicts::PossibleSet> outcomes(laws().size());
    made.fill([&] {
      const Known filled = known(made.evidence().subject);
      const auto result = judge.judge(made.evidence());
      for (std::size_t i = 0; i < laws().size(); ++i) {
        const bool holds = laws()[i].holds(filled);
        const Status status = holds ? Status::met : is_waived(filled) ? Status::waived : Status::unmet;
        ASSERT_EQ(result.criteria[i].status, status) << laws()[i].condition;
        ASSERT_EQ(result.criteria[i].waiver.has_value(), status == Status::waived);
        outcomes[i].add(status);
      }
    });
    if (HasFatalFailure()) return;
    for (std::size_t i = 0; i < laws().size(); ++i) {
      SCOPED_TRACE(std::string(laws()[i].condition) + ", round " + std::to_string(round));
      const auto& possible = said.criteria[i].possible;
      if (laws()[i].tight == Tight::yes && !reads_what_waives(laws()[i])) {
        ASSERT_EQ(possible, outcomes[i]);
      } else {
        ASSERT_EQ(outcomes[i].bits() & ~possible.bits(), 0);
      }
      ++seen[i][static_cast<std::size_t>(said.criteria[i].status)];
    }
  }
  int waived = 0, unknown = 0;
  for (const auto& each : seen) {
    waived += each[static_cast<std::size_t>(Status::waived)];
    unknown += each[static_cast<std::size_t>(Status::unknown)];
  }
  EXPECT_GT(waived, 1000);
  EXPECT_GT(unknown, 1000);
}

}  // namespace
}  // namespace muster::agreement

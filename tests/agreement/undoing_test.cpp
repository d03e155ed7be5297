// SPDX-License-Identifier: Apache-2.0
// A cause is one because undoing it, and nothing else, undoes the change. Here that is tried without anything of
// what found it: the text of the policy is changed back and compiled again, the datum is put back, the date is
// written into the text, and the subject is judged anew.
#include <map>
#include <memory>
#include <optional>
#include <random>

#include <gtest/gtest.h>

#include "compiler/compile.h"
#include "compiler/typed/usage.h"
#include "runtime/compare/cause.h"
#include "runtime/compare/mixture.h"
#include "runtime/evidence/freshness.h"
#include "runtime/reference/reference.h"
#include "tests/agreement/evidence.h"
#include "tests/agreement/generator.h"
#include "tests/agreement/policy_text.h"

namespace muster::agreement {
namespace {

using compare::Difference;
using compare::Of;
using compare::PairOf;
using compare::Undone;
using compare::What;
using compare::Which;
using evidence::Datum;
using verdicts::Verdict;

const base::Date kDay = *base::make_date({2026, 11, 23});

// A module, run on one day.
class Judged {
 public:
  // Nothing for a text that doesn't compile, as one may that was put together from two.
  static std::unique_ptr<Judged> of(const std::string& text, base::Date day) {
    compiler::Loader loader;
    loader.read = [&](const std::string& path) { return path == "main.muster" ? std::optional(text) : std::nullopt; };
    auto judged = std::unique_ptr<Judged>(new Judged);
    judged->compilation_ = compiler::compile({"main.muster", ""}, loader);
    if (judged->compilation_.diagnostics.has_errors()) return nullptr;
    judged->run_.today = day;
    judged->run_.now = base::end_of(day);
    judged->run_.params = evidence::params_of(judged->program(), judged->policy());
    judged->waivers_ = std::make_unique<waivers::Book>(judged->program(), 0, day);
    judged->engine_ =
        std::make_unique<reference::Engine>(judged->program(), judged->policy(), judged->run_, *judged->waivers_);
    return judged;
  }

  const typed::Program& program() const { return compilation_.program; }
  const typed::Policy& policy() const { return program().policies.front(); }
  compare::Side side(std::uint32_t gate) const { return {&program(), 0, gate, &run_, waivers_.get()}; }

  Evidence aged(Evidence evidence) const {
    evidence::apply_freshness_to_subject(program(), policy().subject, run_, evidence.subject);
    for (std::size_t i = 0; i < evidence.shared.size(); ++i) {
      evidence::apply_freshness(program(), program().shared[i].type, program().shared[i].fresh, run_,
                                evidence.shared[i]);
    }
    return evidence;
  }

  // Of each gate, by its name.
  std::map<std::string, Verdict> verdicts(const Evidence& evidence) const {
    const Evidence now = aged(evidence);
    const auto outcome = engine_->judge({&now.subject, &now.shared});
    std::map<std::string, Verdict> found;
    for (std::size_t i = 0; i < policy().gates.size(); ++i)
      found[policy().gates[i].name] = verdicts::verdict(std::get<verdicts::SubjectResult>(outcome).gates[i]);
    return found;
  }

 private:
  Judged() = default;

  compiler::Compilation compilation_;
  evidence::Run run_;
  std::unique_ptr<waivers::Book> waivers_;
  std::unique_ptr<reference::Engine> engine_;
};

// The datum at a path, in evidence that is there.
Datum& at_path(const typed::Program& program, Evidence& evidence, const std::string& path) {
  std::size_t at = 0;
  const auto name = [&] {
    const std::size_t begin = at;
    while (at < path.size() && path[at] != '.' && path[at] != '[') ++at;
    return path.substr(begin, at - begin);
  };
  const std::string root = name();
  const types::Record* record = &program.types.record_at(program.policies.front().subject);
  Datum* datum = nullptr;
  types::TypeId type = types::kError;
  if (const auto field = record->find(root)) {
    datum = &evidence.subject.items[*field];
    type = record->fields[*field].type;
  } else {
    const auto shared = find_named(program.shared, root);
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

// Some of it is as in `other`: whole fields, and pieces of records and lists.
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

Evidence changed(Evidence evidence, const Evidence& other, unsigned rate, std::mt19937& random) {
  for (std::size_t i = 0; i < evidence.subject.items.size(); ++i) {
    if (random() % rate == 0) change(evidence.subject.items[i], other.subject.items[i], random);
  }
  for (std::size_t i = 0; i < evidence.shared.size(); ++i) {
    if (random() % rate == 0) change(evidence.shared[i], other.shared[i], random);
  }
  return evidence;
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

Evidence read_by(const typed::Program& program, const typed::Policy& policy, Evidence evidence) {
  const typed::Usage usage = typed::usage_of(program, policy);
  leave_unread_fields(program.types, program.types.record_at(policy.subject), usage.subject, evidence.subject);
  for (std::size_t i = 0; i < evidence.shared.size(); ++i) {
    if (usage.shared[i]) leave_unread(program.types, program.shared[i].type, *usage.shared[i], evidence.shared[i]);
    if (!usage.shared[i]) evidence.shared[i] = Datum();
  }
  return evidence;
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

// Two sides, and what a subject is by any of their differences.
struct Pair {
  explicit Pair(const PolicyText& text) : old_text(text), new_text(text) {}

  PolicyText old_text, new_text;
  PairOf<std::unique_ptr<Judged>> judged;
  PairOf<base::Date> day{kDay, kDay};
  PairOf<std::string> gate;
  PairOf<Evidence> evidence;
  PairOf<std::map<std::string, Verdict>> verdicts;
  compare::Sides sides;
  std::unique_ptr<compare::Mixture> mixture;

  void begin(const PairOf<std::uint32_t>& gates) {
    sides = {judged.before->side(gates.before), judged.after->side(gates.after)};
    mixture = std::make_unique<compare::Mixture>(
        sides, compare::SharedEvidence{&evidence.before.shared, &evidence.after.shared});
    mixture->begin({&evidence.before.subject, &evidence.after.subject});
    for (const Which which : compare::kBoth) gate.of(which) = judged.of(which)->policy().gates[gates.of(which)].name;
  }
  void join_unread(Evidence& made) const {
    const typed::Program& program = judged.after->program();
    const typed::Usage now = typed::usage_of(program, judged.after->policy());
    const typed::Usage then = typed::usage_of(judged.before->program(), judged.before->policy());
    join_fields(program.types, program.types.record_at(judged.after->policy().subject), now.subject, then.subject,
                made.subject, evidence.before.subject);
    for (std::size_t i = 0; i < made.shared.size(); ++i) {
      if (!then.shared[i]) continue;
      join(program.types, program.shared[i].type, now.shared[i] ? &*now.shared[i] : nullptr, *then.shared[i],
           made.shared[i], evidence.before.shared[i]);
    }
  }
  Verdict verdict(Which which) const { return verdicts.of(which).at(gate.of(which)); }
  Undone undone(const std::vector<std::size_t>& chosen) const {
    Undone undone(mixture->size());
    for (const std::size_t each : chosen) undone[each] = true;
    return undone;
  }
  std::vector<std::size_t> all() const {
    std::vector<std::size_t> indexes(mixture->size());
    for (std::size_t i = 0; i < indexes.size(); ++i) indexes[i] = i;
    return indexes;
  }
  compare::Cause cause() const {
    const Verdict old = verdict(Which::before);
    return compare::find_cause(
        all(), [&](const std::vector<std::size_t>& chosen) { return mixture->verdict(undone(chosen)) == old; });
  }
  std::string names(const std::vector<std::size_t>& chosen) const {
    std::string text;
    for (const std::size_t each : chosen) {
      const Difference difference = mixture->difference(each);
      text += std::string(" ") + name(difference.of) + ":" + name(difference.what) + ":" + difference.name;
    }
    return text;
  }

  // By changing the text and the evidence back. Nothing where no module comes of it.
  std::optional<Verdict> undone_by_hand(const std::vector<std::size_t>& chosen) const {
    if (day.before != day.after) return undone_by_date(chosen);
    PolicyText text = new_text;
    Evidence made = evidence.after;
    join_unread(made);
    std::string deciding = gate.after;
    for (const std::size_t each : chosen) {
      const Difference difference = mixture->difference(each);
      if (difference.what == What::data) {
        Evidence old = evidence.before;
        at_path(judged.after->program(), made, difference.name) =
            at_path(judged.before->program(), old, difference.name);
      } else if (difference.what == What::main_gate) {
        deciding = gate.before;
      } else {
        text.undo(old_text, difference);
      }
    }
    const auto compiled = Judged::of(text.module(), day.after);
    if (!compiled) return std::nullopt;
    return compiled->verdicts(made).at(deciding);
  }

  std::optional<Verdict> undone_by_date(const std::vector<std::size_t>& chosen) const {
    PolicyText text = new_text;
    text.declare_evidence_of_then();
    for (const std::size_t each : chosen) text.judge_as_of(day.before, mixture->difference(each));
    Evidence made = evidence.after;
    const Evidence then = judged.before->aged(evidence.before);
    for (const char* field : {"rep", "orep", "reps"}) {
      const types::Record& record = judged.before->program().types.record_at(judged.before->policy().subject);
      made.subject.items.push_back(then.subject.items[*record.find(field)]);
    }
    const auto compiled = Judged::of(text.module(), day.after);
    if (!compiled) return std::nullopt;
    return compiled->verdicts(made).at(gate.after);
  }
};

struct Seen {
  int changes = 0, alone = 0, together = 0, not_a_module = 0;
  std::map<std::string, int> kinds;
};

void check_cause(const Pair& pair, Seen& seen) {
  const Verdict old = pair.verdict(Which::before);
  const compare::Cause cause = pair.cause();
  ASSERT_FALSE(cause.differences.empty());
  ++seen.changes;
  ++(cause.differences.size() == 1 ? seen.alone : seen.together);
  for (const std::size_t each : cause.differences) {
    const Difference difference = pair.mixture->difference(each);
    ++seen.kinds[std::string(name(difference.of)) + " " + name(difference.what)];
  }
  const auto holds = [&](const std::vector<std::size_t>& chosen, bool undoes) {
    const auto verdict = pair.undone_by_hand(chosen);
    if (!verdict) ++seen.not_a_module;
    return !verdict || (*verdict == old) == undoes;
  };
  EXPECT_TRUE(holds(cause.differences, true)) << "undoing" << pair.names(cause.differences);
  for (const std::size_t each : cause.others) EXPECT_TRUE(holds({each}, true)) << "undoing" << pair.names({each});
  if (cause.differences.size() == 1) return;
  for (std::size_t left_out = 0; left_out < cause.differences.size(); ++left_out) {
    std::vector<std::size_t> fewer = cause.differences;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(left_out));
    EXPECT_TRUE(holds(fewer, false)) << "undoing" << pair.names(fewer) << " of" << pair.names(cause.differences);
  }
}

// What is found for any differences is what the changed text says.
void check_mixture(const Pair& pair, std::mt19937& random) {
  EXPECT_EQ(pair.mixture->verdict(Undone(pair.mixture->size())), pair.verdict(Which::after));
  EXPECT_EQ(pair.mixture->verdict(Undone(pair.mixture->size(), true)), pair.verdict(Which::before));
  std::vector<std::size_t> chosen;
  const unsigned rate = 1 + static_cast<unsigned>(random() % 4);
  for (const std::size_t each : pair.all()) {
    if (random() % rate == 0) chosen.push_back(each);
  }
  const auto by_hand = pair.undone_by_hand(chosen);
  if (!by_hand) return;
  EXPECT_EQ(pair.mixture->verdict(pair.undone(chosen)), by_hand) << "undoing" << pair.names(chosen);
}

enum class Other { policy, evidence, both, date };

// How many seeds are tried, and from which on.
struct Seeds {
  unsigned first;
  unsigned count;
};

void try_pairs(Seeds seeds, Other other, Seen& seen) {
  const bool other_policy = other == Other::policy || other == Other::both;
  const bool other_evidence = other == Other::evidence || other == Other::both;
  for (unsigned seed = seeds.first; seed < seeds.first + seeds.count; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const PolicyText text(Generator(seed, Exceptions::allowed).module());
    Pair pair(text);
    pair.new_text.change(PolicyText(Generator(seed + 100'000, Exceptions::allowed).module()), random);
    if (!other_policy) pair.old_text = pair.new_text;
    if (random() % 2 == 0) std::swap(pair.old_text, pair.new_text);
    if (other == Other::date) {
      pair.day.before = base::Date{kDay.days + static_cast<std::int32_t>(random() % 30) - 20};
      pair.day.after = base::Date{kDay.days + static_cast<std::int32_t>(random() % 60) - 20};
    }
    pair.judged = {Judged::of(pair.old_text.module(), pair.day.before),
                   Judged::of(pair.new_text.module(), pair.day.after)};
    if (!pair.judged.before || !pair.judged.after) continue;
    for (int subject = 0; subject < 10; ++subject) {
      const auto make = [&] {
        const Gaps gaps{static_cast<unsigned>(random() % 8)};
        return random_evidence(pair.judged.after->program(), pair.judged.after->policy().subject, gaps, random);
      };
      pair.evidence.before = make();
      pair.evidence.after =
          other_evidence ? changed(pair.evidence.before, make(), 2 + random() % 12, random) : pair.evidence.before;
      for (const Which which : compare::kBoth) {
        pair.evidence.of(which) = read_by(pair.judged.of(which)->program(), pair.judged.of(which)->policy(),
                                          std::move(pair.evidence.of(which)));
        pair.verdicts.of(which) = pair.judged.of(which)->verdicts(pair.evidence.of(which));
      }
      const auto& gates = pair.judged.after->policy().gates;
      for (std::uint32_t gate = 0; gate < gates.size(); ++gate) {
        const bool other_gate = other_policy && random() % 32 == 0;
        const std::uint32_t deciding = other_gate ? static_cast<std::uint32_t>(random() % gates.size()) : gate;
        const bool changes = pair.verdicts.before[gates[gate].name] != pair.verdicts.after[gates[deciding].name];
        if (!changes && random() % 64 != 0) continue;
        pair.begin({gate, deciding});
        if (!changes || random() % 4 == 0) check_mixture(pair, random);
        if (changes) check_cause(pair, seen);
        if (::testing::Test::HasFailure()) {
          ADD_FAILURE() << pair.old_text.module() << "\n======== new\n" << pair.new_text.module();
          return;
        }
      }
    }
  }
}

void expect_enough(const Seen& seen, int alone, int together, const std::vector<std::string>& kinds) {
  EXPECT_GE(seen.alone, alone);
  EXPECT_GE(seen.together, together);
  EXPECT_LT(seen.not_a_module * 10, seen.changes);
  for (const std::string& kind : kinds) EXPECT_GT(seen.kinds.count(kind), 0u) << kind << " never was a cause";
}

TEST(Undoing, a_change_of_the_policy) {
  Seen seen;
  try_pairs({0, 160}, Other::policy, seen);
  expect_enough(seen, 500, 40,
                {"field fresh", "param value", "section conditions", "criterion added", "criterion dropped",
                 "criterion conditions", "criterion level", "criterion section", "criterion tags", "criterion weight",
                 "criterion effective", "criterion waivers", "score settings", "gate conditions", "policy main_gate"});
}

TEST(Undoing, a_change_of_the_evidence) {
  Seen seen;
  try_pairs({1000, 100}, Other::evidence, seen);
  expect_enough(seen, 400, 20, {"field data"});
}

TEST(Undoing, a_change_of_both) {
  Seen seen;
  try_pairs({2000, 60}, Other::both, seen);
  expect_enough(seen, 400, 60, {"field data", "criterion conditions", "gate conditions"});
}

TEST(Undoing, another_date) {
  Seen seen;
  try_pairs({3000, 100}, Other::date, seen);
  expect_enough(seen, 100, 20, {"criterion as_of", "gate as_of"});
}

}  // namespace
}  // namespace muster::agreement

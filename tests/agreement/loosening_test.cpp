// SPDX-License-Identifier: Apache-2.0
// A `set` that is accepted without a reason never turns a subject from fail or undecided to pass, by any gate. Random
// small policies, in which each param goes through one or two constructs, judge random evidence before and after.
#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "compiler/typed/polarity.h"
#include "runtime/evidence/freshness.h"
#include "runtime/reference/reference.h"
#include "tests/agreement/evidence.h"
#include "tests/agreement/share.h"
#include "tests/source_text.h"

namespace muster::agreement {
namespace {

using verdicts::Truth;

constexpr int kPrograms = share(400);
constexpr int kSubjects = 12;
constexpr int kParams = 12;

constexpr const char* kDeclarations = R"(
record Part { n: int  ok: bool }
evidence Report { good: bool  n: int }
subject S {
  key id: text
  a: bool
  i: int
  j: int
  ns: list of int
  parts: list of Part
  rep: Report? fresh for age
}
param age: duration = 20 days in 1 day..90 days
define over(n: int, limit: int): bool = n > limit
define within(n: int, low: int, high: int): bool = n in low..high
define half_of(n: int, part: int): number = n * 0.5 - part
)";

class SmallPolicy {
 public:
  explicit SmallPolicy(std::uint32_t seed) : random_(seed) {}

  std::string module() {
    std::string text = kDeclarations;
    for (int n = 0; n < kParams; ++n) text += "param m" + std::to_string(n) + ": int = 2 in -3..7\n";
    text += "policy p for S \"random\" {\n  let named = " + integer(1) + "\n  section one \"One\" {\n";
    if (one_in(3)) text += "    when " + truth(1) + "\n";
    for (int n = 0; n < 4; ++n) text += criterion(n);
    text += "  }\n";
    text += "  score s { of criterion" + settings() +
            " }\n  score t = " + pick({"s * 0.5 + 10", "100 - s", "min(s, 60)"}) + "\n";
    for (int n = 0; n < 4; ++n) text += "  gate g" + std::to_string(n) + " { require " + gate(1) + " }\n";
    return text + "}\n";
  }

 private:
  unsigned below(unsigned end) { return static_cast<unsigned>(random_() % end); }
  bool one_in(unsigned n) { return below(n) == 0; }
  const std::string& pick(const std::vector<std::string>& choices) {
    return choices[below(static_cast<unsigned>(choices.size()))];
  }
  std::string param() { return "m" + std::to_string(below(kParams)); }
  std::string order() { return pick({" < ", " <= ", " > ", " >= "}); }

  std::string criterion(int number) {
    const std::string name = "c" + std::to_string(number);
    std::string text = "    " + pick({"must ", "should "}) + name + " \"" + name + "\" {\n";
    if (one_in(3)) text += "      when " + truth(1) + "\n";
    if (one_in(4))
      return text + "      require rep is present\n      require rep.good or rep.n" + order() + integer(1) +
             "\n    }\n";
    if (one_in(8)) return text + "      require rep is absent or rep.good is known\n    }\n";
    return text + "      require " + truth(2) + "\n    }\n";
  }

  std::string settings() {
    return pick({"", " na met", " na unmet", " na excluded"}) + pick({"", " empty 0%", " round down to 1%"}) +
           pick({"", " weight must 3, should 1", " cap 90% unless all met"});
  }

  std::string gate(int depth) {
    if (depth > 0 && one_in(3)) return "(" + gate(0) + pick({" and ", " or ", " implies "}) + gate(0) + ")";
    switch (below(9)) {
      case 0: return "every must";
      case 1: return "every criterion in one";
      case 2: return pick({"", "not "}) + "passes(c" + std::to_string(below(4)) + ")";
      case 3: return "count(met criterion)" + order() + pick({"1", "2", param()});
      case 4: return "count(unmet criterion)" + order() + pick({"1", "2", param()});
      case 5: return "count(na criterion)" + order() + "1";
      case 6: return "s" + order() + pick({"30%", "50%", "75%"});
      case 7: return "t" + order() + pick({"30%", "50%"});
      default: return truth(1);
    }
  }

  std::string truth(int depth) {
    if (depth <= 0) return "(" + pick({"i", "j"}) + order() + param() + ")";
    switch (below(11)) {
      case 0: return "(" + integer(depth) + order() + pick({"i", "j", "3"}) + ")";
      case 1: return "(" + truth(depth - 1) + pick({" and ", " or ", " implies "}) + truth(depth - 1) + ")";
      case 2: return "(not " + truth(depth - 1) + ")";
      case 3: return "(if a then " + truth(depth - 1) + " else " + truth(depth - 1) + ")";
      case 4: return "(" + pick({"any", "all", "no"}) + " y in ns where y > 0: y" + order() + param() + ")";
      case 5: return "(" + pick({"any", "all", "no"}) + " y in parts where y.n" + order() + param() + ": y.ok)";
      case 6: return "(" + pick({"at least ", "at most ", "exactly "}) + param() + " y in ns: y > 0)";
      case 7: return "(" + pick({"i", integer(0)}) + " in " + param() + ".." + param() + ")";
      case 8: return pick({"over(i, ", "over(j, "}) + param() + ")";
      case 9: return "within(j, " + param() + ", " + param() + ")";
      default: return "(count(y in ns where y" + order() + param() + ")" + order() + integer(0) + ")";
    }
  }

  std::string integer(int depth) {
    if (depth <= 0) return pick({param(), "i", "j"});
    switch (below(12)) {
      case 0: return "(" + integer(depth - 1) + " + " + integer(depth - 1) + ")";
      case 1: return "(" + integer(depth - 1) + " - " + integer(depth - 1) + ")";
      case 2: return "(" + param() + pick({" * 2", " * -1", " * i"}) + ")";
      case 3: return "(-" + param() + ")";
      case 4: return pick({"min(", "max("}) + integer(depth - 1) + ", " + param() + ")";
      case 5: return "(if a then " + param() + " else " + integer(depth - 1) + ")";
      case 6: return "(choose { a => " + param() + ", i > 2 => j, else => " + param() + " })";
      case 7: return "sum(y in ns: y + " + param() + ")";
      case 8: return "(" + pick({"min", "max"}) + "(y in parts where y.ok: y.n + " + param() + ") ?? 2)";
      case 9: return "abs(" + param() + ")";
      case 10: return "floor(half_of(i, " + param() + "))";
      default: return param();
    }
  }

  std::mt19937 random_;
};

std::vector<Truth> gates_of(const typed::Program& program, const evidence::Run& run, const Evidence& evidence) {
  const typed::Policy& policy = program.policies.front();
  Evidence aged = evidence;
  evidence::apply_freshness_to_subject(program, policy.subject, run, aged.subject);
  const waivers::Book waivers(program, 0, run.today);
  reference::Engine engine(program, policy, run, waivers);
  return std::get<verdicts::SubjectResult>(engine.judge({&aged.subject, &aged.shared})).gates;
}

types::Scalar moved(const types::Scalar& value, int by) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return *whole + by;
  constexpr std::int64_t kFiveDays = std::int64_t{5} * 24 * 3600 * 1'000'000;
  return base::Duration{std::get<base::Duration>(value).microseconds + by * kFiveDays};
}

TEST(Loosening, what_needs_no_reason_turns_nobody_to_pass) {
  int accepted = 0, refused = 0, turned_away = 0, refused_and_turned = 0;
  for (std::uint32_t seed = 0; seed < kPrograms; ++seed) {
    const std::string module = SmallPolicy(seed).module();
    const auto compilation = compiled(module);
    ASSERT_FALSE(compilation->diagnostics.has_errors()) << module;
    const typed::Program& program = compilation->program;
    const typed::Policy& policy = program.policies.front();
    evidence::Run before;
    before.today = *base::make_date({2026, 11, 23});
    before.now = base::end_of(before.today);
    before.params = evidence::params_of(program, policy);
    std::mt19937 random(seed + 5000);
    std::vector<Evidence> subjects;
    std::vector<std::vector<Truth>> verdicts;
    for (int n = 0; n < kSubjects; ++n) {
      subjects.push_back(random_evidence(program, policy.subject, {n % 3 == 0 ? 0u : 5u}, random));
      verdicts.push_back(gates_of(program, before, subjects.back()));
    }
    for (const typed::PolicyParam& param : policy.params) {
      for (const int by : {-3, -1, 1, 3}) {
        evidence::Run after = before;
        after.params[param.param] = moved(param.value, by);
        const bool is_free = !typed::loosens(param.polarity, by > 0 ? typed::Move::rise : typed::Move::fall);
        ++(is_free ? accepted : refused);
        for (int n = 0; n < kSubjects; ++n) {
          const auto gates = gates_of(program, after, subjects[static_cast<std::size_t>(n)]);
          const auto& old_gates = verdicts[static_cast<std::size_t>(n)];
          for (std::size_t gate = 0; gate < gates.size(); ++gate) {
            if (gates[gate] == old_gates[gate]) continue;
            if (gates[gate] != Truth::yes) {
              turned_away += is_free ? 1 : 0;
              continue;
            }
            refused_and_turned += is_free ? 0 : 1;
            ASSERT_FALSE(is_free) << "seed " << seed << ": " << policy.gates[gate].name << " passes with "
                                  << program.params[param.param].name << " moved by " << by << "\n"
                                  << module;
          }
        }
      }
    }
  }
  // It is no proof unless much was accepted, mattered, and would have failed had it been accepted wrongly.
  EXPECT_GT(accepted, often(1000));
  EXPECT_GT(refused, often(3000));
  EXPECT_GT(turned_away, often(300));
  EXPECT_GT(refused_and_turned, often(300));
}

}  // namespace
}  // namespace muster::agreement

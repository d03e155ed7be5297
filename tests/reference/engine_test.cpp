// SPDX-License-Identifier: Apache-2.0
// What no source text can reach: traces, the limit of steps, chains that are very long, private fields.
#include "runtime/reference/reference.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/source_text.h"

namespace muster::reference {
namespace {

using evidence::Datum;
using typed::Status;

constexpr const char* kDeclarations = R"(
record Part { n: int  ok: bool }
subject Service {
  key id: text
  n: int
  private salary: int
  parts: list of Part
  private parents: list of Part
}
)";

Datum whole(std::int64_t value) { return Datum::known(value, {}); }

Datum parts(std::size_t count) {
  Datum list = Datum::known({}, {});
  for (std::size_t i = 0; i < count; ++i) {
    Datum part = Datum::known({}, {});
    part.items = {whole(static_cast<std::int64_t>(i)), Datum::unknown(evidence::Reason::missing, {})};
    list.items.push_back(std::move(part));
  }
  return list;
}

Datum service(std::size_t part_count) {
  Datum subject = Datum::known({}, {});
  subject.items = {Datum::known(std::string("s"), {}), whole(1), whole(5000), parts(part_count), parts(part_count)};
  return subject;
}

class Judged {
 public:
  explicit Judged(const std::string& policy, std::size_t part_count = 2, std::uint64_t max_steps = 1000)
      : compilation_(compiled(kDeclarations + policy)), subject_(service(part_count)) {
    run_.today = *base::make_date({2026, 11, 23});
    run_.now = base::end_of(run_.today);
    run_.max_steps = max_steps;
    if (compilation_->program.policies.empty()) return;
    const waivers::Book waivers(compilation_->program, 0, run_.today);
    Engine engine(compilation_->program, compilation_->program.policies.front(), run_, waivers);
    outcome = engine.judge({&subject_, &shared_}, &trace);
  }

  const verdicts::SubjectResult& result() const { return std::get<verdicts::SubjectResult>(outcome); }
  std::string source(const TraceEntry& entry) const {
    return std::string(compilation_->sources.text(compilation_->program.expr(entry.expression).span));
  }

  verdicts::Outcome outcome;
  Trace trace;

 private:
  std::unique_ptr<compiler::Compilation> compilation_;
  evidence::Run run_;
  Datum subject_;
  std::vector<Datum> shared_;
};

std::string policy(const std::string& text) { return "policy p for Service \"p\" {\n" + text + "\n}\n"; }

TEST(Engine, traces_each_value_with_its_reasons_and_elements) {
  const Judged judged(policy("must c \"c\" { require any p in parts: p.n > n and p.ok }"));
  std::vector<std::string> lines;
  for (const TraceEntry& entry : judged.trace.entries) {
    std::string line = judged.source(entry) + " = " + entry.value;
    for (const auto element : entry.elements) line += " #" + std::to_string(element);
    for (const auto& cause : entry.causes) line += " " + cause.field;
    lines.push_back(line);
  }
  const auto has = [&](const std::string& line) { return std::find(lines.begin(), lines.end(), line) != lines.end(); };
  EXPECT_TRUE(has("p.n > n = false #0"));
  EXPECT_TRUE(has("p.ok = ? #0 parts[0].ok"));
  EXPECT_TRUE(has("p.n > n and p.ok = false #1"));
  EXPECT_TRUE(has("any p in parts: p.n > n and p.ok = false"));
  EXPECT_EQ(judged.result().criteria[0].status, Status::unmet);
}

// What is printed for people decides nothing, so it can't end the judging either.
TEST(Engine, prints_a_question_mark_for_a_message_past_the_limit) {
  const std::string text = "must c { require n > 1 else \"of {count(x in parts)}: {sum(x in parts: x.n)}\" }";
  const Judged fits(policy(text), 10, 20);
  ASSERT_TRUE(std::holds_alternative<verdicts::SubjectResult>(fits.outcome));
  EXPECT_EQ(fits.result().criteria[0].because, std::vector<std::string>{"of 10: 45"});
  const Judged passes(policy(text), 10, 19);
  ASSERT_TRUE(std::holds_alternative<verdicts::SubjectResult>(passes.outcome));
  EXPECT_EQ(passes.result().criteria[0].because, std::vector<std::string>{"of 10: ?"});
}

TEST(Engine, stops_at_the_limit_of_steps) {
  const std::string text = policy("must c \"c\" { require any p in parts: any q in parts: p.n > q.n }");
  EXPECT_TRUE(std::holds_alternative<verdicts::SubjectResult>(Judged(text, 30, 930).outcome));
  const Judged judged(text, 30, 929);
  ASSERT_TRUE(std::holds_alternative<verdicts::UnreadableRecord>(judged.outcome));
  EXPECT_EQ(std::get<verdicts::UnreadableRecord>(judged.outcome).message,
            "judging it takes more than 929 steps over elements of lists, the limit of this run");
}

// As deep as the compiler lets them be.
TEST(Engine, takes_long_chains_of_lets_and_defines) {
  std::string text;
  std::string lets = "let x0 = n\n";
  text += "define d0(k: int): int = k\n";
  for (int i = 1; i < 300; ++i) {
    const std::string before = std::to_string(i - 1);
    lets += "let x" + std::to_string(i) + " = x" + before + " + 1\n";
    text += "define d" + std::to_string(i) + "(k: int): int = d" + before + "(k + 1)\n";
  }
  const Judged judged(text + policy(lets + "must c \"c\" { require x299 == 300 and d299(n) == 300 }"));
  EXPECT_EQ(judged.result().criteria[0].status, Status::met);
}

TEST(Engine, traces_nothing_that_is_private) {
  const Judged judged(policy(R"(
    let pay = if n > 0 then salary else n
    must c "c" { require pay + sum(p in parents: p.n) > 100 and size(parents) == 2 })"));
  std::vector<std::string> hidden;
  for (const TraceEntry& entry : judged.trace.entries) {
    EXPECT_EQ(entry.value.find("500"), std::string::npos) << entry.value;
    if (entry.value == "(private)") hidden.push_back(judged.source(entry));
  }
  for (const std::string source : {"salary", "pay", "p.n", "sum(p in parents: p.n)", "parents"}) {
    EXPECT_NE(std::find(hidden.begin(), hidden.end(), source), hidden.end()) << source;
  }
  EXPECT_EQ(std::find(hidden.begin(), hidden.end(), "size(parents)"), hidden.end());
}

TEST(Engine, judges_one_subject_after_the_other) {
  const auto compilation = compiled(kDeclarations + policy("let big = n > 1\nmust c \"c\" { require big }"));
  evidence::Run run;
  const waivers::Book waivers(compilation->program, 0, run.today);
  Engine engine(compilation->program, compilation->program.policies.front(), run, waivers);
  const std::vector<Datum> shared;
  for (const auto& [value, expected] : {std::pair{1, Status::unmet}, {2, Status::met}, {0, Status::unmet}}) {
    Datum subject = service(1);
    subject.items[1] = whole(value);
    EXPECT_EQ(std::get<verdicts::SubjectResult>(engine.judge({&subject, &shared})).criteria[0].status, expected);
  }
}

}  // namespace
}  // namespace muster::reference

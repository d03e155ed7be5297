// SPDX-License-Identifier: Apache-2.0
// Which fields a policy uses, as paths.
#include "compiler/typed/usage.h"

#include <gtest/gtest.h>

#include "tests/source_text.h"

namespace muster::typed {
namespace {

constexpr const char* kDeclarations = R"(
record Step { name: text  ok: bool  other: int }
evidence Drill { kind: text  steps: list of Step  unused: int  inner: Inner? }
evidence Inner { note: text }
record Box { drill: Drill?  drills: list of Drill  spare: Drill }
subject Service {
  key id: text
  label name: text
  box: Box?
  boxes: list of Box
  n: int
  m: int
  limits: list of int
}
shared people: list of Step
shared banned: list of Step
define oks(ss: list of Step): int = count(s in ss where s.ok)
define kind_of(d: Drill): text = d.kind
define sum_of(n: int): int = n + 1
)";

void add_paths(const types::Table& types, const types::Record& record, const Use& use, const std::string& before,
               std::string& text) {
  for (const auto& [index, field_use] : use.fields) {
    const types::Field& field = record.fields[index];
    text += (text.empty() ? "" : " ") + before + field.name;
    const types::TypeId type = types.innermost(field.type);
    if (types.is_record(type)) add_paths(types, types.record_of(type), field_use, before + field.name + ".", text);
  }
}

// Without the key and the label, which are always used.
std::string used(const std::string& policy, const std::string& definitions = "") {
  const auto compilation = compiled(kDeclarations + definitions + "policy p for Service \"p\" {\n" + policy + "\n}\n");
  const Program& program = compilation->program;
  if (program.policies.empty()) return "";
  const Usage usage = usage_of(program, program.policies.front());
  std::string text;
  const types::Record& subject = program.types.record_at(program.policies.front().subject);
  add_paths(program.types, subject, usage.subject, "", text);
  for (std::size_t i = 0; i < program.shared.size(); ++i) {
    if (!usage.shared[i]) continue;
    text += " " + program.shared[i].name;
    add_paths(program.types, program.types.record_of(program.types.element(program.shared[i].type)), *usage.shared[i],
              program.shared[i].name + ".", text);
  }
  EXPECT_EQ(text.substr(0, 7), "id name");
  return text.size() > 7 ? text.substr(8) : "";
}

TEST(Usage, is_what_conditions_read) {
  EXPECT_EQ(used("must c \"c\" { require n > 1 }"), "n");
  EXPECT_EQ(used("must c \"c\" { when m > 1 require true }"), "m");
  EXPECT_EQ(used("must c \"c\" { require any x in limits: x > 1 }"), "limits");
  EXPECT_EQ(used("must c \"c\" { require true }"), "");
}

TEST(Usage, goes_through_optionals_lists_lets_and_results) {
  EXPECT_EQ(used("must c \"c\" { require box is present }"), "box");
  EXPECT_EQ(used("must c \"c\" { require box?.drill?.kind is present }"),
            "box box.drill box.drill.kind box.drill.collected box.drill.expires");
  EXPECT_EQ(
      used("let ds = box?.drills\nmust c \"c\" { require ds is present and any d in ds: any s in d.steps: s.ok }"),
      "box box.drills box.drills.steps box.drills.steps.ok box.drills.collected box.drills.expires");
  EXPECT_EQ(
      used("must c \"c\" { require all b in boxes: (first(d in b.drills where d.kind == \"x\")?.unused ?? 1) > 0 }"),
      "boxes boxes.drills boxes.drills.kind boxes.drills.unused boxes.drills.collected boxes.drills.expires");
  EXPECT_EQ(used("must c \"c\" { let b = latest(b in boxes by b.spare.unused)\n require b is present and b.drill is "
                 "present }"),
            "boxes boxes.drill boxes.spare boxes.spare.unused boxes.spare.collected boxes.spare.expires");
}

TEST(Usage, goes_through_defines_wherever_they_are_called) {
  EXPECT_EQ(used("must c \"c\" { require oks(people) > n }"), "n people people.ok");
  EXPECT_EQ(used("must c \"c\" { require all b in boxes: kind_of(b.spare) == \"x\" }"),
            "boxes boxes.spare boxes.spare.kind boxes.spare.collected boxes.spare.expires");
  EXPECT_EQ(used("must c \"c\" { require sum_of(sum_of(n)) > 1 }"), "n");
  // The call that comes last reaches through a define that calls another.
  EXPECT_EQ(used("must c \"c\" { require outer(people) > 1 }\nmust d \"d\" { require outer(banned) > 1 }",
                 "define outer(ss: list of Step): int = oks(ss)\n"),
            "people people.ok banned banned.ok");
}

// The four fields of evidence alone need no others; a record within evidence belongs to it.
TEST(Usage, adds_the_dates_of_evidence_whose_own_fields_are_used) {
  EXPECT_EQ(used("must c \"c\" { require all b in boxes: b.spare.by is absent }"), "boxes boxes.spare boxes.spare.by");
  EXPECT_EQ(used("must c \"c\" { require all b in boxes: b.spare.inner is absent }"),
            "boxes boxes.spare boxes.spare.inner boxes.spare.collected boxes.spare.expires");
  EXPECT_EQ(used("must c \"c\" { require all b in boxes: b.spare.inner?.note is absent }"),
            "boxes boxes.spare boxes.spare.inner boxes.spare.inner.note boxes.spare.inner.collected "
            "boxes.spare.inner.expires "
            "boxes.spare.collected boxes.spare.expires");
}

TEST(Usage, is_what_messages_gates_scores_and_shows_read) {
  EXPECT_EQ(used("must c \"c\" { require true else \"{n}\" }"), "n");
  EXPECT_EQ(used("must c \"c\" { require true fix \"{m}\" }"), "m");
  EXPECT_EQ(used("must c \"c\" { require true }\ngate g { require n > 1 }"), "n");
  EXPECT_EQ(used("must c \"c\" { require true }\nshow s \"s\" = m"), "m");
}

// Those of the policy alone, whichever are in force; of rows always everything.
TEST(Usage, is_what_conditions_of_waivers_and_their_rows_read) {
  const std::string waived =
      "must c \"c\" { require true }\n}\nwaive p.c where n > 1 until 2020-01-01 by \"w\" because "
      "\"r\"\npolicy q for Service \"q\" { must c \"c\" { require true }";
  EXPECT_EQ(used(waived), "n");
  EXPECT_EQ(used(waived + "\n}\nwaive q.c where m > 1 until 2027-01-01 by \"w\" because \"r\"\n"
                          "policy r for Service \"r\" { must c \"c\" { require true }"),
            "n");
  EXPECT_EQ(used("must c \"c\" { require true }\n}\nsource rows = csv \"rows.csv\"\nbind waivers from rows {"),
            "waivers waivers.criterion waivers.subject waivers.from waivers.until waivers.by waivers.because");
}

TEST(Usage, of_everything_is_every_field) {
  const auto compilation =
      compiled(std::string(kDeclarations) + "policy p for Service \"p\" { must c \"c\" { require true } }\n");
  const Usage usage = everything(compilation->program, compilation->program.policies.front().subject);
  EXPECT_EQ(usage.subject.fields.size(), 7u);
  const Use& box = usage.subject.fields.at(2);
  EXPECT_EQ(box.fields.size(), 3u);
  EXPECT_EQ(box.fields.at(1).fields.size(), 8u);
  EXPECT_EQ(usage.shared.size(), 2u);
  EXPECT_EQ(usage.shared[1]->fields.size(), 3u);
}

}  // namespace
}  // namespace muster::typed

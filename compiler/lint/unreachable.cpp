// SPDX-License-Identifier: Apache-2.0
#include "compiler/lint/lints.h"
#include "compiler/values/analysis.h"

namespace muster::lint {

namespace {

// A level that is passed over, as the gate of the next one asks for nothing more.
void report_levels(const Lints& lints, const typed::Policy& policy, std::uint32_t index) {
  values::Analysis analysis(lints.program, &policy);
  for (const typed::Levels& levels : policy.levels) {
    if (levels.origins.empty() || levels.origins.back().policy != index) continue;
    for (std::size_t i = 0; i + 1 < levels.gates.size(); ++i) {
      const typed::Gate& low = policy.gates[levels.gates[i]];
      const typed::Gate& high = policy.gates[levels.gates[i + 1]];
      for (const auto& condition : low.requires_) analysis.take_for_granted(condition.condition, values::kYes);
      bool adds = high.requires_.empty();
      for (const auto& condition : high.requires_) {
        const typed::Expr& asked = lints.program.expr(condition.condition);
        if (asked.op == typed::Op::gate && asked.index == levels.gates[i]) continue;
        const values::Truths truths = analysis.truths_of(condition.condition);
        adds = adds || truths.no() || truths.unknown();
      }
      analysis.forget();
      if (adds) continue;
      auto& lint = lints.found.report(
          base::Code::unreachable, levels.span,
          "level `" + low.name + "` is never the highest: `" + high.name + "` asks for nothing more");
      lint.labels.push_back({high.span, "passes wherever the one below it does"});
      lint.help = "order them from low to high, or ask more of the higher one";
    }
  }
}

}  // namespace

void unreachable(const Lints& lints) {
  for (const Settled& each : lints.settled) {
    if (each.kind != Settled::Kind::branch) continue;
    auto& lint = lints.found.report(
        base::Code::unreachable, lints.span(each.expression),
        each.holds ? "no branch behind this one is taken, as " + lints.quoted(each.expression) + " is never false here"
                   : "this branch is never taken, as " + lints.quoted(each.expression) + " is never true here");
    if (each.by) lint.labels.push_back({lints.span(*each.by), "because of what stands here"});
    lint.help = "`choose` takes the first branch that holds: put the narrower condition first, or mend it";
  }
  for (std::uint32_t i = 0; i < lints.program.policies.size(); ++i) report_levels(lints, lints.program.policies[i], i);
}

}  // namespace muster::lint

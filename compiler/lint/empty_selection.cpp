// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "compiler/lint/lints.h"
#include "compiler/typed/reach.h"

namespace muster::lint {

namespace {

using typed::Selection;

class Selecting {
 public:
  Selecting(const Lints& lints, std::uint32_t policy)
      : lints_(lints), index_(policy), policy_(lints.program.policies[policy]) {}

  void run() {
    std::vector<typed::ExprId> roots;
    for (const typed::Gate& gate : policy_.gates) {
      if (gate.implied) continue;
      for (const typed::Condition& condition : gate.requires_) {
        if (condition.policy == index_) roots.push_back(condition.condition);
      }
    }
    for (const typed::ExprId id : typed::parts_first(lints_.program, roots)) {
      const typed::Expr& expr = lints_.program.expr(id);
      if (expr.op == typed::Op::every)
        look(policy_.selections[expr.index], expr.span, "`every` of nothing is always true");
      if (expr.op == typed::Op::count_status) look(policy_.selections[expr.index], expr.span, "the count is always 0");
    }
    for (const typed::Score& score : policy_.scores) {
      const bool counts_criteria = score.expression == typed::kNoExpr && score.parts.empty();
      if (counts_criteria && score.origins.front().policy == index_)
        look(score.of, score.of.span, "the score of nothing is always the same");
    }
  }

 private:
  void look(const Selection& selection, base::Span span, const std::string& therefore) {
    if (is_filled(policy_, selection) || has_no_such_tag(selection) || is_filled_by_a_policy_that_derives(selection))
      return;
    auto& lint = lints_.found.report(base::Code::empty_selection, span,
                                     "`" + policy_.name + "` has no criterion that this chooses: " + therefore);
    lint.help = "leave it out, or give criteria that level, section or tag";
  }

  static bool is_filled(const typed::Policy& policy, const Selection& selection) {
    return !typed::chosen(policy, selection).empty();
  }

  // That is told where the tag is written.
  bool has_no_such_tag(const Selection& selection) const {
    const auto& all = policy_.criteria;
    return !selection.tag.empty() && std::none_of(all.begin(), all.end(), [&](const typed::Criterion& each) {
      return std::find(each.tags.begin(), each.tags.end(), selection.tag) != each.tags.end();
    });
  }

  bool is_filled_by_a_policy_that_derives(const Selection& selection) const {
    const auto& policies = lints_.program.policies;
    for (std::uint32_t other = 0; other < policies.size(); ++other) {
      const auto lineage = typed::lineage(lints_.program, other);
      if (std::find(lineage.begin(), lineage.end(), index_) != lineage.end() && is_filled(policies[other], selection))
        return true;
    }
    return false;
  }

  const Lints& lints_;
  std::uint32_t index_;
  const typed::Policy& policy_;
};

}  // namespace

void empty_selection(const Lints& lints) {
  for (std::uint32_t index = 0; index < lints.program.policies.size(); ++index) Selecting(lints, index).run();
}

}  // namespace muster::lint

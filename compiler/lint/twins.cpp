// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <vector>

#include "compiler/lint/lints.h"

#include "compiler/values/analysis.h"

namespace muster::lint {

namespace {

bool are_same(values::Analysis& analysis, const std::vector<typed::Condition>& a,
              const std::vector<typed::Condition>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!analysis.is_same(a[i].condition, b[i].condition)) return false;
  }
  return true;
}

}  // namespace

void twins(const Lints& lints) {
  for (std::uint32_t index = 0; index < lints.program.policies.size(); ++index) {
    const typed::Policy& policy = lints.program.policies[index];
    values::Analysis analysis(lints.program, &policy);
    // Criteria whose first requirements are the same are the only ones to compare.
    std::map<std::uint32_t, std::vector<const typed::Criterion*>> alike;
    for (const typed::Criterion& criterion : policy.criteria) {
      if (criterion.requires_.empty()) continue;
      auto& others = alike[analysis.number_of(criterion.requires_.front().condition)];
      for (const typed::Criterion* other : others) {
        if (criterion.owner_policy() != index) break;
        // One of another level, or from another day on, is a step on the way: first it is announced, then asked for.
        if (criterion.level != other->level || criterion.effective != other->effective) continue;
        if (!are_same(analysis, criterion.whens, other->whens) ||
            !are_same(analysis, criterion.requires_, other->requires_)) {
          continue;
        }
        auto& lint = lints.found.report(base::Code::twins, criterion.span,
                                        "`" + criterion.name + "` asks for the same as `" + other->name + "`");
        lint.labels.push_back({other->span, "the first of the two"});
        lint.help = "leave one out, or ask for what was meant";
        break;
      }
      others.push_back(&criterion);
    }
  }
}

}  // namespace muster::lint

// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "compiler/lint/lints.h"

namespace muster::lint {

namespace {

class Loosened {
 public:
  Loosened(const Lints& lints, std::uint32_t policy) : lints_(lints), policy_(policy) {}

  void look(const std::string& what, const std::vector<typed::Origin>& origins) {
    for (const typed::Origin& origin : origins) {
      if (!origin.weakens || origin.policy != policy_ || !told_.insert(origin.span.begin).second) continue;
      auto& lint = lints_.found.report(base::Code::loosens, origin.span, "`" + what + "` asks for less than before");
      lint.help = origin.because.empty() ? "have somebody look at it" : "its reason: " + origin.because;
    }
  }

 private:
  const Lints& lints_;
  std::uint32_t policy_;
  std::set<std::uint32_t> told_;
};

}  // namespace

void loosens(const Lints& lints) {
  for (std::uint32_t index = 0; index < lints.program.policies.size(); ++index) {
    const typed::Policy& policy = lints.program.policies[index];
    Loosened loosened(lints, index);
    for (const auto& param : policy.params) loosened.look(lints.program.params[param.param].name, param.origins);
    for (const auto& criterion : policy.criteria) loosened.look(criterion.name, criterion.origins);
    for (const auto& gate : policy.gates) loosened.look(gate.name, gate.origins);
    for (const auto& dropped : policy.dropped) loosened.look(dropped.name, dropped.origins);
  }
}

}  // namespace muster::lint

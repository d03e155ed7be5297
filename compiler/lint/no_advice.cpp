// SPDX-License-Identifier: Apache-2.0
#include "compiler/lint/lints.h"

namespace muster::lint {

void no_advice(const Lints& lints) {
  for (std::uint32_t index = 0; index < lints.program.policies.size(); ++index) {
    for (const auto& criterion : lints.program.policies[index].criteria) {
      if (criterion.level != typed::Level::must || criterion.owner_policy() != index) continue;
      std::string missing;
      const auto lacks = [&](bool has, const char* clause) {
        if (!has) missing += (missing.empty() ? "`" : ", `") + std::string(clause) + "`";
      };
      lacks(criterion.why.has_value(), "why");
      lacks(criterion.fix.has_value(), "fix");
      lacks(!criterion.owner.empty(), "owner");
      if (missing.empty()) continue;
      lints.found.report(base::Code::no_advice, criterion.span, "`" + criterion.name + "` is a must without " + missing)
          .help = "whoever fails it wants to know why it is asked, what to do, and whom to ask";
    }
  }
}

}  // namespace muster::lint

// SPDX-License-Identifier: Apache-2.0
// Steps of a chain in words, the same in every document.
#include "effective/describe/documents.h"

namespace muster::describe {

std::string step_text(const Origin& origin) {
  switch (origin.kind) {
    case typed::Origin::Kind::declared: return origin.what.empty() ? "declared" : "declared as " + origin.what;
    case typed::Origin::Kind::set: return "set to " + origin.what;
    case typed::Origin::Kind::tighten: return "tightened";
    case typed::Origin::Kind::promote: return "promoted to " + origin.what;
    case typed::Origin::Kind::demote: return "demoted to " + origin.what;
    case typed::Origin::Kind::amend: return "amended (" + origin.what + ")";
    case typed::Origin::Kind::replace: return "replaced";
    case typed::Origin::Kind::drop: return "dropped";
    case typed::Origin::Kind::lock: return "locked";
  }
  return "";
}

}  // namespace muster::describe

// SPDX-License-Identifier: Apache-2.0
#include "runtime/compare/difference.h"

namespace muster::compare {

const char* name(Of of) {
  switch (of) {
    case Of::policy: return "policy";
    case Of::param: return "param";
    case Of::field: return "field";
    case Of::section: return "section";
    case Of::criterion: return "criterion";
    case Of::score: return "score";
    case Of::gate: return "gate";
  }
  return "";
}

const char* name(What what) {
  switch (what) {
    case What::added: return "added";
    case What::dropped: return "dropped";
    case What::level: return "level";
    case What::section: return "section";
    case What::tags: return "tags";
    case What::weight: return "weight";
    case What::effective: return "effective";
    case What::conditions: return "conditions";
    case What::waivers: return "waivers";
    case What::settings: return "settings";
    case What::value: return "value";
    case What::fresh: return "fresh";
    case What::data: return "data";
    case What::as_of: return "as_of";
    case What::main_gate: return "main_gate";
  }
  return "";
}

const char* name(Turn turn) {
  switch (turn) {
    case Turn::other: return "other";
    case Turn::effective: return "effective";
    case Turn::upcoming: return "upcoming";
    case Turn::waived: return "waived";
    case Turn::unwaived: return "unwaived";
    case Turn::stale: return "stale";
    case Turn::fresh: return "fresh";
    case Turn::undated: return "undated";
    case Turn::dated: return "dated";
  }
  return "";
}

}  // namespace muster::compare

// SPDX-License-Identifier: Apache-2.0
#include "compiler/ir/code.h"

namespace muster::ir {

namespace {

constexpr OpInfo kOps[] = {
#define MUSTER_IR_OP(name, kind, result, operands, index, meaning) \
  {#name, OpKind::kind, #result[0], operands, index, meaning},
#include "compiler/ir/ops.def"
#undef MUSTER_IR_OP
};

constexpr std::size_t kMostU8 = 255;

}  // namespace

const OpInfo& info(Op op) { return kOps[static_cast<std::size_t>(op)]; }

const char* name(Phys phys) {
  switch (phys) {
    case Phys::bits: return "bits";
    case Phys::u8: return "u8";
    case Phys::i32: return "i32";
    case Phys::i64: return "i64";
    case Phys::f64: return "f64";
    case Phys::text: return "text";
    case Phys::version: return "version";
    case Phys::index: return "index";
  }
  return "";
}

std::size_t bytes_of(Phys phys) {
  switch (phys) {
    case Phys::bits: return 0;
    case Phys::u8: return 1;
    case Phys::i32:
    case Phys::index: return 4;
    case Phys::i64:
    case Phys::f64:
    case Phys::version: return 8;
    case Phys::text: return 16;
  }
  return 0;
}

Phys phys_of(const types::Table& types, types::TypeId type) {
  switch (types.kind(type)) {
    case types::Kind::integer:
    case types::Kind::time:
    case types::Kind::duration: return Phys::i64;
    case types::Kind::number:
    case types::Kind::percent: return Phys::f64;
    case types::Kind::text: return Phys::text;
    case types::Kind::date:
    case types::Kind::period: return Phys::i32;
    case types::Kind::version: return Phys::version;
    case types::Kind::enumeration: return types.enum_of(type).names.size() <= kMostU8 ? Phys::u8 : Phys::i32;
    case types::Kind::boolean:
    case types::Kind::record:
    case types::Kind::list:
    case types::Kind::optional:
    case types::Kind::error: return Phys::bits;
  }
  return Phys::bits;
}

Phys phys_of_sign(char sign) {
  switch (sign) {
    case '8': return Phys::u8;
    case '4': return Phys::i32;
    case '6': return Phys::i64;
    case 'f': return Phys::f64;
    case 't': return Phys::text;
    case 'x': return Phys::index;
    default: return Phys::bits;
  }
}

std::vector<ValueId> roots(const Outputs& outputs) {
  std::vector<ValueId> found;
  const auto add = [&found](ValueId value) {
    if (value != kNoValue) found.push_back(value);
  };
  for (const CriterionOut& each : outputs.criteria) {
    for (const ValueId value : {each.met, each.unmet, each.na, each.waived, each.upcoming}) add(value);
    for (const ValueId value : each.would_be) add(value);
  }
  for (const TruthOut& each : outputs.gates) {
    add(each.yes);
    add(each.no);
  }
  for (const auto* scores : {&outputs.scores, &outputs.scores_without_waivers}) {
    for (const ScoreOut& each : *scores) {
      for (const ValueId value : {each.low, each.high, each.has_value, each.may_be_none, each.shown, each.has_shown})
        add(value);
    }
  }
  add(outputs.waivers_change);
  for (const auto& conditions : outputs.waived_where) {
    for (const ValueId value : conditions) add(value);
  }
  const auto add_shown = [&](const ShownOut& shown, const auto& again) -> void {
    for (const ValueId value : {shown.known, shown.absent, shown.data, shown.guard, shown.begin, shown.end, shown.kept})
      add(value);
    for (const ShownOut& element : shown.elements) again(element, again);
  };
  for (const ShownOut& each : outputs.shows) add_shown(each, add_shown);
  return found;
}

}  // namespace muster::ir

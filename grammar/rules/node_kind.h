// SPDX-License-Identifier: Apache-2.0
// The kinds of nodes of a syntax tree: one for each rule of nodes.def, and one for what could not be read.
#pragma once

#include <cstdint>
#include <string_view>

namespace muster::rules {

#define MUSTER_NODE_OF(rule, kind)
#define MUSTER_CHAIN_OF(rule, kind)

enum class NodeKind : std::uint8_t {
  error,  // tokens that were skipped after a mistake, or the place where one was missing
#define MUSTER_NODE(rule) rule,
#define MUSTER_CHAIN(rule) rule,
#include "grammar/rules/nodes.def"
#undef MUSTER_NODE
#undef MUSTER_CHAIN
};

constexpr std::string_view name_of(NodeKind kind) {
  switch (kind) {
    case NodeKind::error: return "error";
#define MUSTER_CHAIN(rule) MUSTER_NODE(rule)
#define MUSTER_NODE(rule) \
  case NodeKind::rule:    \
    return #rule;
#include "grammar/rules/nodes.def"
#undef MUSTER_NODE
#undef MUSTER_CHAIN
  }
  return "";
}

#undef MUSTER_NODE_OF
#undef MUSTER_CHAIN_OF

}  // namespace muster::rules

// SPDX-License-Identifier: Apache-2.0
#include "runtime/reference/causes.h"

#include <algorithm>
#include <utility>

namespace muster::reference {

// Leaves, or a join of others. The depth is bounded, so that walking and freeing a node may recurse.
struct Causes::Node {
  std::vector<Leaf> leaves;
  std::vector<Causes> parts;
  int depth = 0;
};

namespace {

constexpr int kDeepest = 64;

}  // namespace

Causes Causes::of(const evidence::Datum& datum, evidence::Reason reason) {
  auto node = std::make_shared<Node>();
  node->leaves.push_back({&datum, reason});
  return Causes(std::move(node));
}

std::vector<Leaf> Causes::list() const {
  std::vector<Leaf> found;
  if (!node_) return found;
  std::unordered_set<Leaf, LeafHash> listed;
  std::unordered_set<const Node*> visited;
  const auto visit = [&](const Node* node, const auto& again) -> void {
    if (!visited.insert(node).second) return;
    for (const Leaf& leaf : node->leaves) {
      if (listed.insert(leaf).second) found.push_back(leaf);
    }
    for (const Causes& part : node->parts) again(part.node_.get(), again);
  };
  visit(node_.get(), visit);
  return found;
}

void CausesBuilder::add(const Causes& causes) {
  if (causes.empty()) return;
  if (!parts_.empty() && parts_.back().node_ == causes.node_) return;
  parts_.push_back(causes);
  if (parts_.size() >= compact_at_) compact();
}

void CausesBuilder::compact() {
  auto joined = std::make_shared<Causes::Node>();
  joined->parts = std::move(parts_);
  auto flat = std::make_shared<Causes::Node>();
  flat->leaves = Causes(std::move(joined)).list();
  compact_at_ = 1024 + 2 * flat->leaves.size();
  parts_.clear();
  parts_.push_back(Causes(std::move(flat)));
}

Causes CausesBuilder::take() {
  int depth = 0;
  for (const Causes& part : parts_) depth = std::max(depth, part.node_->depth);
  if (depth >= kDeepest && parts_.size() > 1) compact();
  std::vector<Causes> parts = std::exchange(parts_, {});
  if (parts.empty()) return {};
  if (parts.size() == 1) return parts.front();
  auto node = std::make_shared<Causes::Node>();
  node->parts = std::move(parts);
  node->depth = depth + 1;
  return Causes(std::move(node));
}

}  // namespace muster::reference

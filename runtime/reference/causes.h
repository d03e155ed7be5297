// SPDX-License-Identifier: Apache-2.0
// Why something is unknown: the data that left it so, in the order of the source, each once. Copies are cheap
// and share what they hold, so that a let which is unknown for a million reasons may be used a million times.
#pragma once

#include <memory>
#include <unordered_set>
#include <vector>

#include "runtime/evidence/datum.h"

namespace muster::reference {

struct Leaf {
  const evidence::Datum* datum = nullptr;
  evidence::Reason reason = evidence::Reason::missing;
  friend bool operator==(const Leaf&, const Leaf&) = default;
};

struct LeafHash {
  std::size_t operator()(const Leaf& leaf) const {
    return std::hash<const void*>{}(leaf.datum) * 31 + static_cast<std::size_t>(leaf.reason);
  }
};

class Causes {
 public:
  Causes() = default;
  static Causes of(const evidence::Datum& datum, evidence::Reason reason);

  bool empty() const { return node_ == nullptr; }
  std::vector<Leaf> list() const;

 private:
  friend class CausesBuilder;
  struct Node;
  explicit Causes(std::shared_ptr<const Node> node) : node_(std::move(node)) {}

  std::shared_ptr<const Node> node_;
};

// Joins causes, first come first. Memory stays in proportion to the different ones, however many are added.
class CausesBuilder {
 public:
  void add(const Causes& causes);
  Causes take();  // leaves nothing behind

 private:
  void compact();

  std::vector<Causes> parts_;
  std::size_t compact_at_ = 1024;
};

}  // namespace muster::reference

// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/wanted_keys.h"

namespace muster::ingest {

WantedId WantedKeys::add(WantedId parent, std::string_view key) {
  const auto found = nodes_[parent].keys.find(key);
  if (found != nodes_[parent].keys.end()) return found->second;
  const auto id = static_cast<WantedId>(nodes_.size());
  nodes_[parent].keys.emplace(key, id);
  nodes_.emplace_back();
  return id;
}

WantedId WantedKeys::add(WantedId parent, const std::vector<std::string>& keys) {
  for (const std::string& key : keys) parent = add(parent, key);
  return parent;
}

std::vector<WantedId> WantedKeys::add_names(WantedId parent, const std::vector<std::string>& names) {
  std::vector<WantedId> nodes;
  for (const std::string& name : names) {
    const auto found = nodes_[parent].keys.find(name);
    if (found != nodes_[parent].keys.end()) nodes.push_back(found->second);
  }
  if (nodes.empty()) nodes.push_back(add(parent, names.front()));
  for (const std::string& name : names) nodes_[parent].keys.try_emplace(name, nodes.front());
  return nodes;
}

WantedId WantedKeys::add_any(WantedId parent) {
  if (nodes_[parent].any == kUnwanted) {
    nodes_[parent].any = static_cast<WantedId>(nodes_.size());
    nodes_.emplace_back();
  }
  return nodes_[parent].any;
}

void WantedKeys::close() {
  // Merging makes nodes only beneath named keys, which are visited later in this loop.
  for (WantedId id = 0; id < nodes_.size(); ++id) {
    if (nodes_[id].any == kUnwanted) continue;
    std::vector<WantedId> named;
    for (const auto& [key, child] : nodes_[id].keys) named.push_back(child);
    for (WantedId child : named) merge(nodes_[id].any, child);
  }
}

void WantedKeys::want_everything() {
  const auto everything = static_cast<WantedId>(nodes_.size());
  nodes_.emplace_back();
  for (Node& node : nodes_) {
    if (node.any == kUnwanted) node.any = everything;
  }
}

void WantedKeys::merge(WantedId from, WantedId into) {
  const Node source = nodes_[from];
  // Names of one field share a node there, and so they do here.
  std::map<WantedId, WantedId> merged;
  for (const auto& [key, child] : source.keys) {
    const auto known = merged.find(child);
    if (known != merged.end() && nodes_[into].keys.try_emplace(key, known->second).second) continue;
    const WantedId target = add(into, key);
    merged.emplace(child, target);
    merge(child, target);
  }
  if (source.any != kUnwanted) merge(source.any, add_any(into));
}

}  // namespace muster::ingest

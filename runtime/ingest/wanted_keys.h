// SPDX-License-Identifier: Apache-2.0
// Which keys of a source's records something reads: a tree of keys. Lists are transparent: the keys beneath a
// list are those of its elements. Made from the bindings, used by sources to pass over the rest.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace muster::ingest {

using WantedId = std::uint32_t;
constexpr WantedId kUnwanted = ~WantedId{0};

class WantedKeys {
 public:
  static constexpr WantedId kRecord = 0;  // the record itself

  WantedKeys() : nodes_(1) {}

  // The node beneath `parent` for this key, made if it isn't there.
  WantedId add(WantedId parent, std::string_view key);
  WantedId add(WantedId parent, const std::vector<std::string>& keys);
  // The nodes for a field that may stand under any of these keys: one, if none of them is there yet.
  std::vector<WantedId> add_names(WantedId parent, const std::vector<std::string>& names);
  // The node for members of every name (an object that is `keyed by` its names).
  WantedId add_any(WantedId parent);
  // That a binding names this key of the record, so that a file of columns should have it.
  void expect(const std::string& key) { expected_.insert(key); }
  const std::set<std::string>& expected() const { return expected_; }
  // To be called when all have been added: what is wanted of any member is wanted of the named ones, too.
  void close();
  // Behind that, so that all members of all depths are wanted.
  void want_everything();

  // What is wanted of the member `key`, or kUnwanted.
  WantedId child(WantedId parent, std::string_view key) const {
    if (parent == kUnwanted) return kUnwanted;
    const Node& node = nodes_[parent];
    const auto found = node.keys.find(key);
    return found != node.keys.end() ? found->second : node.any;
  }

 private:
  struct Node {
    std::map<std::string, WantedId, std::less<>> keys;
    WantedId any = kUnwanted;
  };
  void merge(WantedId from, WantedId into);

  std::vector<Node> nodes_;
  std::set<std::string> expected_;
};

}  // namespace muster::ingest

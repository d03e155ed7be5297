// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/lookup.h"

#include <unordered_map>

namespace muster::ingest {
namespace {

// False at the end of the way.
bool step(const Spellings& record, std::string_view key, Lookup& lookup) {
  const Spelling& here = record[lookup.node].spelling;
  if (here.shape == Shape::null) return false;
  if (here.shape != Shape::object) {
    lookup.state = Lookup::State::blocked;
    lookup.raw = here.text;
    return false;
  }
  const Found found = record.find(lookup.node, key);
  lookup.node = found.node;
  if (found.node == kNoNode) {
    lookup.state = Lookup::State::missing;
    return false;
  }
  if (found.doubled) {
    lookup.doubled = true;
    lookup.passed_over = record[found.earlier].spelling.text;
  }
  return true;
}

}  // namespace

Lookup look_up(const Spellings& record, NodeId from, const std::vector<std::string>& keys) {
  Lookup lookup;
  lookup.state = Lookup::State::found;
  lookup.node = from;
  for (const std::string& key : keys) {
    if (!step(record, key, lookup)) break;
  }
  return lookup;
}

Lookup look_up(const Spellings& record, NodeId from, std::string_view key) {
  Lookup lookup;
  lookup.state = Lookup::State::found;
  lookup.node = from;
  step(record, key, lookup);
  return lookup;
}

std::vector<Lookup> last_of_each_key(const Spellings& record, NodeId object) {
  std::unordered_map<std::string_view, Found> last;
  for (NodeId each = record.first(object); each != record.end(object); each = record.after(each)) {
    Found& found = last[record[each].key];
    found.doubled = found.node != kNoNode;
    found.earlier = found.node;
    found.node = each;
  }
  std::vector<Lookup> members;
  for (NodeId each = record.first(object); each != record.end(object); each = record.after(each)) {
    const Found& found = last[record[each].key];
    if (found.node != each || record[each].spelling.shape != Shape::object) continue;
    Lookup member;
    member.state = Lookup::State::found;
    member.node = each;
    if (found.doubled) {
      member.doubled = true;
      member.passed_over = record[found.earlier].spelling.text;
    }
    members.push_back(member);
  }
  return members;
}

}  // namespace muster::ingest

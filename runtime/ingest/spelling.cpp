// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/spelling.h"

namespace muster::ingest {

Found Spellings::find(NodeId object, std::string_view key) const {
  Found found;
  for (NodeId each = first(object); each != end(object); each = after(each)) {
    if (nodes[each].key != key) continue;
    found.doubled = found.node != kNoNode;
    found.earlier = found.node;
    found.node = each;
  }
  return found;
}

}  // namespace muster::ingest

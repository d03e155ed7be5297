// SPDX-License-Identifier: Apache-2.0
// What a source gives of a record: the keys that something reads, each with its value as it is spelled. Nothing
// here knows a type: read_value does that, the same for all sources.
//
// Nodes stand in one vector, a list or object before what it holds (pre-order):
//
//   {"a":1,"b":[true,{"c":2}]}    0 object  1 a  2 b  3 true  4 object  5 c      end of 2 is 6, of 4 is 6
//
// Texts point into the source's buffers: a Spellings is good until the source gives the next record.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace muster::ingest {

enum class Shape : std::uint8_t {
  null,  // null, an empty CSV cell
  bare,  // JSON's numbers, true and false
  text,  // quoted text, unescaped; every other CSV cell
  list,
  object,
};

struct Spelling {
  Shape shape = Shape::null;
  bool broken = false;    // text that is not valid: broken UTF-8, half a surrogate pair
  bool padded = false;    // a cell: spaces around numbers, dates and the like are no part of it
  std::string_view text;  // of a list or object as it stands in the file
};

using NodeId = std::uint32_t;
constexpr NodeId kNoNode = ~NodeId{0};

struct Node {
  Spelling spelling;
  std::string_view key;     // of an object's member
  NodeId end = 0;           // one past the last node beneath it
  bool broken_key = false;  // as Spelling::broken
};

struct Found {
  NodeId node = kNoNode;
  bool doubled = false;  // the key stands more than once in its object; `node` is the last of them
  NodeId earlier = kNoNode;
};

struct Spellings {
  std::vector<Node> nodes;  // the first is the record, an object
  std::uint32_t line = 0;   // where the record begins

  const Node& operator[](NodeId id) const { return nodes[id]; }
  // The members or elements of a node: for (NodeId each = first(id); each != end(id); each = after(each))
  NodeId first(NodeId id) const { return id + 1; }
  NodeId end(NodeId id) const { return nodes[id].end; }
  NodeId after(NodeId id) const { return nodes[id].end; }
  Found find(NodeId object, std::string_view key) const;
};

}  // namespace muster::ingest

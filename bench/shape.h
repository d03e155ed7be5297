// SPDX-License-Identifier: Apache-2.0
// What a shape of data is: its fields, and what stands in each. The generator reads shapes from shapes.txt, which says
// how they are written. A file that doesn't follow it is a mistake of whoever changed it and throws.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace muster::bench {

enum class Kind { kKey, kEnum, kDate, kInt, kNumber, kBool, kText, kChoice, kList };

struct Field {
  Kind kind = Kind::kKey;
  std::string name;
  // The words of an enum or a choice, the days of a date, the prefix of a key.
  std::vector<std::string> words;
  // Ends of ints and numbers (in units of the last place), of the size of a text or list; `low` is the share of a bool.
  std::int64_t low = 0;
  std::int64_t high = 0;
  int places = 0;
  // How many of 1000 records have no value.
  int nulls = 0;
  bool skewed = false;
  // Of a list: the fields of an element.
  std::vector<Field> fields;
};

struct Shape {
  std::vector<Field> fields;
  bool dirty = false;
};

Shape read_shape(const std::string& path, const std::string& name);

}  // namespace muster::bench

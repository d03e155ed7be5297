// SPDX-License-Identifier: Apache-2.0
#include "compiler/typed/default_keys.h"

#include <algorithm>
#include <utility>

namespace muster::typed {
namespace {

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::string kebab_case(const std::string& field) {
  std::string name = field;
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

std::string camel_case(const std::string& field) {
  std::string name;
  bool begins_word = false;
  for (char c : field) {
    if (c == '_') {
      begins_word = !name.empty();
    } else {
      name += begins_word ? upper(c) : c;
      begins_word = false;
    }
  }
  return name;
}

}  // namespace

std::vector<std::string> default_keys(const std::string& field) {
  std::vector<std::string> names = {field};
  for (std::string& other : std::vector<std::string>{kebab_case(field), camel_case(field)}) {
    if (std::find(names.begin(), names.end(), other) == names.end()) names.push_back(std::move(other));
  }
  return names;
}

}  // namespace muster::typed

// SPDX-License-Identifier: Apache-2.0
// One number for expressions that are surely the same value, wherever they are written: `a.b` here and there, and a
// let and what it stands for.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "compiler/typed/program.h"

namespace muster::values {

using Number = std::uint32_t;

class Numbering {
 public:
  Number of(typed::Op op, std::uint32_t index, std::vector<Number> parts) {
    parts.push_back(index);
    parts.push_back(static_cast<std::uint32_t>(op));
    return numbers_.emplace(std::move(parts), static_cast<Number>(numbers_.size())).first->second;
  }
  // Equal constants of one type have one number.
  std::uint32_t of_constant(const std::string& text) {
    return constants_.emplace(text, static_cast<std::uint32_t>(constants_.size())).first->second;
  }

 private:
  std::map<std::vector<Number>, Number> numbers_;
  std::map<std::string, std::uint32_t> constants_;
};

}  // namespace muster::values

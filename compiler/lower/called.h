// SPDX-License-Identifier: Apache-2.0
// A define's body in place of its call, with what is left of its arguments.
#pragma once

#include <utility>
#include <vector>

#include "compiler/lower/lowering.h"

namespace muster::lower {

template <typename Body>
Value Lowering::called(const Expr& expr, std::vector<Value> arguments, const Body& body) {
  const typed::Define& define = program_.defines[expr.index];
  for (std::size_t i = 0; i < arguments.size(); ++i) std::swap(variables_[define.parameters[i]], arguments[i]);
  Value value = body(define.body);
  for (std::size_t i = 0; i < arguments.size(); ++i) std::swap(variables_[define.parameters[i]], arguments[i]);
  return value;
}

}  // namespace muster::lower

// SPDX-License-Identifier: Apache-2.0
// The two that are compared. In code they are called before and after, for people OLD and NEW.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "compiler/typed/program.h"
#include "runtime/evidence/run.h"
#include "runtime/waivers/book.h"

namespace muster::compare {

enum class Which : std::uint8_t { before, after };
constexpr std::array<Which, 2> kBoth{Which::before, Which::after};
constexpr Which other(Which which) { return which == Which::before ? Which::after : Which::before; }

template <class T>
struct PairOf {
  T before{};
  T after{};

  T& of(Which which) { return which == Which::before ? before : after; }
  const T& of(Which which) const { return which == Which::before ? before : after; }
};

// A policy, and how it is run.
struct Side {
  const typed::Program* program = nullptr;
  std::uint32_t policy = 0;
  std::uint32_t gate = 0;  // whose verdict is compared
  const evidence::Run* run = nullptr;
  const waivers::Book* waivers = nullptr;

  const typed::Policy& chosen() const { return program->policies[policy]; }
};

using Sides = PairOf<Side>;

}  // namespace muster::compare

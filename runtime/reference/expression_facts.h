// SPDX-License-Identifier: Apache-2.0
// What the engine knows of a policy's expressions before it sees any evidence.
#pragma once

#include <vector>

#include "compiler/typed/program.h"

namespace muster::reference {

struct ExpressionFacts {
  // By ExprId: an `assume` stands in it, or in what it reads. Such a branch is evaluated even where it is not
  // taken, because results list every assumption.
  std::vector<bool> assumes;
  // By ExprId: its value is that of a private field, or made of one; no trace shows it.
  std::vector<bool> is_private;
  // The lets that criteria read, each after those that it reads. Found first for each subject, so that a chain
  // of lets takes no recursion however long it is.
  std::vector<std::uint32_t> lets;
};

ExpressionFacts facts_of(const typed::Program& program, const typed::Policy& policy);

}  // namespace muster::reference

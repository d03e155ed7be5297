// SPDX-License-Identifier: Apache-2.0
// Random policies that derive from random policies: module `base` with policy `p`, `middle` with `q extends p`, and
// `last` with `r extends q`. A program is always the same for a seed, and always compiles: a change that would be an
// error is taken out again. What wider subjects and the modules of q and r declare is often named as something that
// inherited text reads, or as an enum's value in it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/compile.h"
#include "tests/agreement/generator.h"

namespace muster::agreement {

// What a policy may do to the one that it extends, and what it may add.
enum class Change : std::uint8_t {
  set,
  tighten,
  tighten_gate,
  promote,
  demote,
  amend,
  replace,
  replace_gate,
  replace_score,
  replace_levels,
  drop,
  drop_gate,
  drop_score,
  drop_levels,
  lock,
  add_criterion,
  add_to_section,
  add_section,
  add_gate,
  add_score,
  add_show,
  add_let,
  waive,  // behind the policy, which stays as it is
};
// Those of the policy itself.
const std::vector<Change>& all_changes();
const char* name(Change change);

enum class Subjects : std::uint8_t { the_same, wider };

struct DerivingOptions {
  std::vector<Change> changes = all_changes();
  unsigned most_changes = 12;  // of one policy
  Subjects subjects = Subjects::wider;
  Exceptions exceptions = Exceptions::left_out;
};

struct Generation {
  struct Made {
    Change change;
    std::string target;  // the name of what is changed or added
    std::string text;
  };
  std::string module;  // its file is `MODULE.muster`
  std::string policy;
  std::string text;  // of the whole module
  std::vector<Made> changes;
};

class DerivedProgram {
 public:
  explicit DerivedProgram(std::uint32_t seed, const DerivingOptions& options = {});

  // p, q and r: `program().policies` in this order.
  const std::vector<Generation>& generations() const { return generations_; }
  const typed::Program& program() const { return compilation_->program; }
  const compiler::Compilation& compilation() const { return *compilation_; }
  // All modules, one behind the other, to be read in a failure.
  std::string text() const;

 private:
  std::vector<Generation> generations_;
  std::unique_ptr<compiler::Compilation> compilation_;
};

}  // namespace muster::agreement

// SPDX-License-Identifier: Apache-2.0
// How much work a policy may ask for, known before any evidence is read: the operations of its expressions with
// every call of a define replaced by its body, and each let once. Small texts can ask for a lot: ten defines
// that each call the one before ten times are ten thousand million operations. Private to this room.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "compiler/typed/program.h"

namespace muster::check {

// Of a program that grows while it is checked; what is known of a define stays true.
class Costs {
 public:
  explicit Costs(const typed::Program& program) : program_(program) {}

  struct TooMuch {
    std::string message;
    std::vector<base::Label> labels;
    std::string help;
  };
  // Nothing where the policy may ask for as much as it does.
  std::optional<TooMuch> of(const typed::Policy& policy);

 private:
  using ExprId = typed::ExprId;
  struct Cost {
    std::uint64_t operations = 0;
    std::uint32_t depth = 0;
  };
  // A define (Op::call) or a let, by its index in the program.
  struct Named {
    typed::Op op;
    std::uint32_t index;
    friend auto operator<=>(const Named&, const Named&) = default;
  };
  void find_below(ExprId root, std::set<Named>& reached);
  std::vector<Named> needs_of(ExprId root) const;
  Cost own_cost(ExprId id) const;

  const typed::Program& program_;
  std::map<Named, Cost> costs_;
};

}  // namespace muster::check

// SPDX-License-Identifier: Apache-2.0
// What becomes of a policy's verdicts as one of its params rises or falls, followed through the text alone, before
// any evidence is read. Where a param goes through an operation that is not followed, both ways count as loosening:
// it can't be told. Takes no recursion but from
// define to define.
//
// Followed are: comparisons, ranges, and or not implies, the branches of if and choose, quantifiers, count, sum, min
// and max, + and -, products with a constant, lets and defines, freshness, gates by what they ask of criteria and
// scores. An `is known` or `assume` above evidence that ages makes the param of its freshness unclear.
#pragma once

#include <vector>

#include "compiler/typed/program.h"

namespace muster::typed {

using Polarities = std::vector<Polarity>;  // one for each of Program::params

// Over every criterion, for a criterion's own requirements always count, and every gate.
Polarities polarities(const Program& program, const Policy& policy);
// Of one criterion's own conditions.
Polarities polarities(const Program& program, const Policy& policy, const Criterion& criterion);
// Of one condition: `loosens` where it holds for more.
Polarities polarities(const Program& program, ExprId condition);
// Over the criteria that are locked, and the text of the gates that count one of them.
Polarities polarities_of_locked(const Program& program, const Policy& policy);

// How a value of a type changes: `other` where the type has no order.
enum class Move : std::uint8_t { none, rise, fall, other };
Move move_of(const Program& program, TypeId type, const types::Scalar& from, const types::Scalar& to);
bool loosens(const Polarity& polarity, Move move);
// Also where the type has no order, whatever reads it.
bool may_ask_for_less(const Polarity& polarity, Move move);

// Whether meeting more, of its criteria and of gates that it names, can never turn the gate from pass to another
// verdict. `own_text`: as far as the gate's own text says; of gates that it names theirs does.
enum class Extent : std::uint8_t { own_text, gates_too };
bool is_monotone(const Program& program, const Policy& policy, std::uint32_t gate, Extent extent);

}  // namespace muster::typed

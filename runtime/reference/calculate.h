// SPDX-License-Identifier: Apache-2.0
// Arithmetic on known scalars: no value where it overflows, divides by zero or leaves the calendar. Nothing
// wraps and no double is infinite.
#pragma once

#include <optional>

#include "compiler/typed/program.h"

namespace muster::reference {

std::optional<types::Scalar> calculate(typed::Op op, const types::Scalar& a);
std::optional<types::Scalar> calculate(typed::Op op, const types::Scalar& a, const types::Scalar& b);

std::optional<types::Scalar> finite(double value);
std::optional<types::Scalar> finite_percent(double points);
std::optional<types::Scalar> fitting(__int128 value);  // an int
std::optional<types::Scalar> fitting_duration(__int128 microseconds);

}  // namespace muster::reference

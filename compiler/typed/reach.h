// SPDX-License-Identifier: Apache-2.0
// Which expressions a policy is made of. Takes no recursion, however long a chain of lets or defines is.
#pragma once

#include <cstddef>
#include <vector>

#include "compiler/typed/program.h"

namespace muster::typed {

// What an expression is made of: its operands (some may be kNoExpr), and behind them a let's value or a
// define's body.
std::size_t part_count(const Expr& expr);
ExprId part(const Program& program, const Expr& expr, std::size_t at);

// The expressions that a policy's parts begin with, messages and the conditions of waivers included; some may be
// kNoExpr.
std::vector<ExprId> roots_of(const Program& program, const Policy& policy);

// Every expression that these are made of, or the policy, with them; each once and after those that it is made of.
std::vector<ExprId> parts_first(const Program& program, const std::vector<ExprId>& roots);
std::vector<ExprId> parts_first(const Program& program, const Policy& policy);

// The params that the policy reads, or its subject or shared evidence for their freshness; in their order.
std::vector<std::uint32_t> params_read(const Program& program, const Policy& policy);

// The criteria that a gate asks about, by way of scores and other gates too; in their order.
std::vector<std::uint32_t> criteria_of_gate(const Program& program, const Policy& policy, std::uint32_t gate);

}  // namespace muster::typed

// SPDX-License-Identifier: Apache-2.0
// A module as text: everything that it says but where. Equal texts are equal modules.
#pragma once

#include <string>

#include "compiler/ast/module.h"

namespace muster::desugar_tests {

std::string module_text(const ast::Module& module);
std::string expression_text(const ast::Module& module, ast::ExprId id);

}  // namespace muster::desugar_tests

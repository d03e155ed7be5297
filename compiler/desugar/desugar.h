// SPDX-License-Identifier: Apache-2.0
// From the tree of what is written to the module that it means: literals become values, clauses their
// structs, texts lose their escapes, messages are cut at their braces. What is broken in the tree was reported
// by the parser and is left out here; what no grammar can see (an impossible date, an unknown escape, a clause
// twice) is reported here.
#pragma once

#include "base/diagnostic.h"
#include "compiler/ast/module.h"
#include "grammar/syntax/tree.h"

namespace muster::desugar {

struct Result {
  ast::Module module;
  base::Diagnostics diagnostics;
};

Result desugar(const syntax::Tree& tree);

}  // namespace muster::desugar

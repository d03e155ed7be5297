// SPDX-License-Identifier: Apache-2.0
#include "compiler/lint/lint.h"

#include "compiler/lint/lints.h"
#include "compiler/typed/one_line.h"

namespace muster::lint {

std::string Lints::quoted(typed::ExprId id) const {
  constexpr std::size_t kLongest = 60;
  std::string text = typed::on_one_line(sources.text(span(id)));
  if (text.size() > kLongest) return "this";
  return "`" + text + "`";
}

base::Diagnostics lint(const typed::Program& program, const base::SourceMap& sources) {
  base::Diagnostics found;
  const std::vector<Settled> settled = settled_conditions(program);
  const Lints lints{program, sources, settled, found};
#define MUSTER_LINT(name, group) name(lints);
#include "compiler/lint/lints.def"
#undef MUSTER_LINT
  return found;
}

}  // namespace muster::lint

// SPDX-License-Identifier: Apache-2.0
// The lints of this room, and what each is given.
#pragma once

#include <optional>
#include <string>

#include "base/calendar.h"
#include "base/diagnostic.h"
#include "base/source_file.h"
#include "compiler/lint/settled.h"
#include "compiler/typed/program.h"

namespace muster::lint {

struct Lints {
  const typed::Program& program;
  const base::SourceMap& sources;
  const std::vector<Settled>& settled;
  std::optional<base::Date> today;
  base::Diagnostics& found;

  // As it is written, on one line and in backquotes.
  std::string quoted(typed::ExprId id) const;
  base::Span span(typed::ExprId id) const { return program.expr(id).span; }
  // One lint for each that is settled so. `says` stands behind the condition; `label` where another condition settles
  // it.
  struct Words {
    std::string says, label, help;
  };
  void tell(Settled::Kind kind, base::Code code, const Words& words) const;
};

#define MUSTER_LINT(name, when) void name(const Lints& lints);
#include "compiler/lint/lints.def"
#undef MUSTER_LINT

}  // namespace muster::lint

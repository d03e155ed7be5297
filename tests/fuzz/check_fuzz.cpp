// SPDX-License-Identifier: Apache-2.0
// Any bytes as a module, with a second one to import: the compiler answers with a program or with diagnostics,
// each of which can be printed.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/diagnostic_printer.h"
#include "compiler/compile.h"

namespace {

constexpr const char* kShapes = R"(
ordered enum Severity { low, medium, high }
record Finding { severity: Severity  fixed: bool  note: text? }
evidence Review fresh for 90 days { score: int }
param least: int = 3 in 1..10
shared approvers: list of text
define open(fs: list of Finding): int = count(f in fs where not f.fixed)
subject Service {
  key id: text
  score: int
  worst: Severity
  review: Review?
  findings: list of Finding
}
policy base for Service "Base" {
  let enough = score >= least
  section s "S" {
    when score >= 0 else "none"
    locked must scored "Scored" { require enough  tags numbers }
    should calm "Calm" { let count = open(findings)  require worst < high and count <= least }
    may reviewed "Reviewed" { require review is present  require review.score > least  weight 2 }
  }
  score readiness { weight must 3  empty none }
  score spare { of should }
  gate ready "Ready" { require every must }
  gate good "Good" { require ready and (readiness ?? 0%) >= 50% }
  gate calm_too "Calm" { require passes(calm) or count(unmet criterion tagged numbers) < 2 }
  levels steps { ready good }
  show review_score "Score" = review?.score
}
)";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  muster::compiler::Loader loader;
  loader.read = [&](const std::string& path) -> std::optional<std::string> {
    if (path.ends_with("main.muster")) return text;
    if (path.ends_with("shapes.muster")) return kShapes;
    return std::nullopt;
  };
  const auto compiled = muster::compiler::compile({"main.muster", "", "", muster::compiler::Lints::run}, loader);
  std::size_t printed = 0;
  for (const auto& diagnostic : compiled.diagnostics.list()) {
    printed += muster::base::print_diagnostic(diagnostic, compiled.sources, muster::base::Colour::off).size();
  }
  if (!compiled.diagnostics.list().empty() && printed == 0) __builtin_trap();
  return 0;
}

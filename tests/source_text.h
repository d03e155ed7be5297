// SPDX-License-Identifier: Apache-2.0
// Programs for tests, from source text and without files.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "base/diagnostic_printer.h"
#include "compiler/compile.h"

namespace muster {

// A module that must compile: the test fails with the first error where it doesn't.
inline std::unique_ptr<compiler::Compilation> compiled(const std::string& text) {
  compiler::Loader loader;
  loader.read = [&](const std::string& path) { return path == "main.muster" ? std::optional(text) : std::nullopt; };
  auto compilation = std::make_unique<compiler::Compilation>(compiler::compile({"main.muster", ""}, loader));
  for (const auto& diagnostic : compilation->diagnostics.list()) {
    if (diagnostic.severity() != base::Severity::error) continue;
    ADD_FAILURE() << base::print_diagnostic(diagnostic, compilation->sources, base::Colour::off);
    break;
  }
  return compilation;
}

}  // namespace muster

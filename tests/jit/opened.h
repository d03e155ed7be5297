// SPDX-License-Identifier: Apache-2.0
// The plug-in with the JIT as tests find it: beside their own program. Builds without LLVM have none, and tests that
// need it are skipped.
#pragma once

#include <filesystem>
#include <iostream>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "runtime/jit_plugin/plugin.h"

namespace muster {

inline std::filesystem::path jit_path() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path() / jit_plugin::kFileName;
}

// Nothing where none was built; one that doesn't open is a failure.
inline std::optional<jit_plugin::Plugin> opened_jit() {
  if (!std::filesystem::exists(jit_path())) {
    std::cout << "skipped: the JIT, which this build doesn't have" << std::endl;
    return std::nullopt;
  }
  auto opened = jit_plugin::Plugin::open(jit_path().string());
  EXPECT_TRUE(opened.has_value()) << opened.error();
  if (!opened) return std::nullopt;
  return *opened;
}

}  // namespace muster

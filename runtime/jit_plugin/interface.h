// SPDX-License-Identifier: Apache-2.0
// What the program and the plug-in with the JIT say to each other. The plug-in is a file of its own, because linking
// LLVM would cost each start some 16 ms; it is opened when it is wanted (plugin.h).
//
// Both sides must be of one build: types of C++ go from one to the other. Whoever changes this file, or what a group
// means, counts kInterface up.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "compiler/ir/code.h"
#include "runtime/groups/groups.h"

namespace muster::jit_plugin {

constexpr std::uint32_t kInterface = 1;

struct Options {
  std::string cpu;                            // as LLVM names it, with what it can; empty: of this machine
  const std::atomic<bool>* cancel = nullptr;  // asked between groups: once it is true, compiling fails
};

struct Interface {
  std::uint32_t version = 0;  // kInterface; stays the first member
  std::uint64_t layout = 0;   // layout_of_types()
  const char* llvm = "";      // 19.1.7
  // Fills all of `compiled` but its groups, which are those of the code. Otherwise it says why it can't, and what it
  // was given is as good as empty. Any thread may call it; the code may go away afterwards.
  bool (*compile)(const ir::Code& code, const Options& options, groups::Compiled& compiled,
                  std::string& error) = nullptr;
};

// Differs where the two sides can't speak with each other.
constexpr std::uint64_t layout_of_types() {
  std::uint64_t sizes = ir::kOpCount;
  for (const std::uint64_t size : {sizeof(ir::Code), sizeof(ir::Instruction), sizeof(ir::Constant), sizeof(ir::Axis),
                                   sizeof(groups::Group), sizeof(groups::Compiled), sizeof(Options), sizeof(void*)})
    sizes = sizes * 1021 + size;
  return sizes;
}

// The one function of the plug-in that is seen from outside.
constexpr const char* kEntry = "muster_jit_interface";
using Entry = const Interface* (*)();

}  // namespace muster::jit_plugin

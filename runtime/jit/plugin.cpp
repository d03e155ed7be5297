// SPDX-License-Identifier: Apache-2.0
// The plug-in's door.
#include <llvm/Config/llvm-config.h>

#include "runtime/jit/compile.h"
#include "runtime/jit_plugin/interface.h"

extern "C" __attribute__((visibility("default"))) const muster::jit_plugin::Interface* muster_jit_interface() {
  static const muster::jit_plugin::Interface interface {
    muster::jit_plugin::kInterface, muster::jit_plugin::layout_of_types(), LLVM_VERSION_STRING, muster::jit::compile
  };
  return &interface;
}

// SPDX-License-Identifier: Apache-2.0
// Groups to machine code. Private to the room.
#pragma once

#include <string>

#include "compiler/ir/code.h"
#include "runtime/groups/groups.h"
#include "runtime/jit_plugin/interface.h"

namespace muster::jit {

// As Interface::compile.
bool compile(const ir::Code& code, const jit_plugin::Options& options, groups::Compiled& compiled, std::string& error);

}  // namespace muster::jit

// SPDX-License-Identifier: Apache-2.0
// Opens the plug-in with the JIT, which may not be there. Whatever goes wrong is a text for people, and the interpreter
// goes on without.
#pragma once

#include <memory>
#include <string>

#include <tl/expected.hpp>

#include "compiler/ir/code.h"
#include "runtime/groups/groups.h"
#include "runtime/jit_plugin/interface.h"

namespace muster::jit_plugin {

constexpr const char* kFileName = "libmuster_jit.so";

class Plugin {
 public:
  // The file is the door's to choose. A plug-in stays open until the process ends.
  static tl::expected<Plugin, std::string> open(const std::string& path);

  std::string llvm() const { return interface_->llvm; }

  // May take long: 12 to 45 ms a group. Give it to as many interpreters of this code as there are threads.
  tl::expected<std::shared_ptr<const groups::Compiled>, std::string> compile(const ir::Code& code,
                                                                             const Options& options = {}) const;

 private:
  explicit Plugin(const Interface* interface) : interface_(interface) {}

  const Interface* interface_;
};

}  // namespace muster::jit_plugin

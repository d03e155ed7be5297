// SPDX-License-Identifier: Apache-2.0
#include "runtime/jit_plugin/plugin.h"

#include <dlfcn.h>

#include <utility>

namespace muster::jit_plugin {

namespace {

std::string last_error() {
  const char* error = dlerror();
  return error == nullptr ? "it can't be opened" : error;
}

}  // namespace

tl::expected<Plugin, std::string> Plugin::open(const std::string& path) {
  // Its symbols stay its own: LLVM has many.
  void* handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) return tl::unexpected(last_error());
  const auto entry = reinterpret_cast<Entry>(dlsym(handle, kEntry));
  if (entry == nullptr) return tl::unexpected(path + ": this is no plug-in of muster");
  const Interface* interface = entry();
  if (interface->version != kInterface || interface->layout != layout_of_types())
    return tl::unexpected(path + ": it was built for another version of muster");
  return Plugin(interface);
}

tl::expected<std::shared_ptr<const groups::Compiled>, std::string> Plugin::compile(const ir::Code& code,
                                                                                   const Options& options) const {
  auto compiled = std::make_shared<groups::Compiled>();
  compiled->groups = groups::make_groups(code);
  std::string error;
  if (!interface_->compile(code, options, *compiled, error)) return tl::unexpected(std::move(error));
  return compiled;
}

}  // namespace muster::jit_plugin

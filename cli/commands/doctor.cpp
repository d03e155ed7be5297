// SPDX-License-Identifier: Apache-2.0
// `muster doctor`: what this program is and what it finds around it.
#include <fmt/format.h>

#include "cli/commands/build_info.h"
#include "cli/commands/command.h"
#include "cli/commands/engines.h"
#include "compiler/ir/code.h"
#include "runtime/groups/groups.h"
#include "runtime/jit_plugin/plugin.h"
#include "runtime/report/report.h"

namespace muster::commands {

namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

// As C libraries choose the locale of characters: the first of these that is set.
std::string character_locale(const Io& io) {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    if (const auto value = io.environment(name); value && !value->empty()) return fmt::format("{}={}", name, *value);
  }
  return {};
}

bool says_utf8(const std::string& locale) {
  for (const char* spelling : {"UTF-8", "utf-8", "UTF8", "utf8"}) {
    if (locale.find(spelling) != std::string::npos) return true;
  }
  return false;
}

std::string about_output(const Io& io) {
  if (!io.out_is_terminal) return "no terminal; text is written as UTF-8";
  const std::string locale = character_locale(io);
  const std::string width = fmt::format("a terminal of {} columns", io.width);
  if (says_utf8(locale)) return fmt::format("{}, UTF-8 ({})", width, locale);
  return fmt::format("{}; text is written as UTF-8, which {} does not promise to show", width,
                     locale.empty() ? "no locale" : locale);
}

std::string about_jit(const Io& io) {
  const std::string file = io.jit_file();
  if (file.empty())
    return fmt::format("not there: {} is neither beside the program nor in ../lib/muster", jit_plugin::kFileName);
  const auto opened = jit_plugin::Plugin::open(file);
  return opened ? fmt::format("LLVM {}, {}", opened->llvm(), file) : opened.error();
}

int print_operations(const Io& io) {
  for (std::size_t i = 0; i < ir::kOpCount; ++i) {
    const auto op = static_cast<ir::Op>(i);
    io.out << fmt::format("{:<18}{}\n", ir::info(op).name, groups::words_for(groups::way_of(op)));
  }
  return kSuccess;
}

tl::expected<int, UsageError> run_doctor(const Arguments& arguments, const Io& io) {
  if (arguments.has("--ops")) return print_operations(io);
  const auto print = [&](std::string_view name, std::string_view value) {
    io.out << fmt::format("{:<10}{}\n", name, value);
  };
  print("muster", version());
  print("commit", commit().empty() ? "unknown: built outside a git checkout" : commit());
  print("compiler", compiler());
  print("engines", joined(engine_names()));
  print("formats", joined(report::format_names()));
  if (const auto engine = io.environment("MUSTER_ENGINE"); engine && !engine->empty()) {
    const auto chosen = choose_engine(std::nullopt, io);
    print("engine", chosen ? *engine + " (MUSTER_ENGINE)" : chosen.error().message);
  }
  print("output", about_output(io));
  print("jit", about_jit(io));
  return kSuccess;
}

}  // namespace

const Command kDoctorCommand = {
    "doctor",
    "shows the version and what this build has",
    {},
    {{"--ops", "", "lists the operations of column code, and whether the JIT makes them native or calls library code"}},
    {},
    {"muster doctor", "muster doctor --ops"},
    run_doctor,
};

}  // namespace muster::commands

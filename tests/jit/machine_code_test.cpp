// SPDX-License-Identifier: Apache-2.0
// When code is compiled: at once where the run asks for it, else once it pays, in the background. Nobody waits for it,
// and nobody is told of what goes wrong unless he asked.
#include "runtime/machine_code.h"

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "compiler/column_code.h"
#include "tests/jit/opened.h"
#include "tests/source_text.h"

namespace muster {
namespace {

using namespace std::chrono_literals;
using runtime::Engine;
using runtime::MachineCode;

// `#` is the number of the criterion.
constexpr const char* kArithmetic = "require (cost - budget) / budget + cost * #.5 <= 0.25 and due + # months >= today";
constexpr const char* kQuantifiers = "require (no f in found: f.open and f.grave) and at most 2 f in found: f.open";
constexpr const char* kTexts = "require name contains \"a\" or length(name) > 3";
constexpr const char* kComparisons = "require cost > # and budget > # or due != 2026-01-01";

// As many criteria as there are to be, each with this condition.
ir::Code code_of(const std::string& condition, int criteria = 1) {
  std::string text =
      "record Finding { open: bool  grave: bool }\n"
      "subject S { key id: text  name: text  cost: number  budget: number  due: date  found: list of Finding }\n"
      "policy p for S \"P\" {\n";
  for (int i = 0; i < criteria; ++i) {
    const std::string number = std::to_string(i);
    text += "must c" + number + " \"C\" { ";
    for (const char each : condition) text += each == '#' ? number : std::string(1, each);
    text += " }\n";
  }
  const auto compilation = compiled(text + "}\n");
  return *compiler::column_code(compilation->program, compilation->program.policies.at(0), {});
}

// A run that may choose, whose plug-in can't be opened. Says how often somebody tried.
struct Choosing {
  std::atomic<int> opened = 0;
  runtime::Request request;

  Choosing() {
    request.clock = [] { return 0ns; };
    request.open_jit = [this]() -> tl::expected<jit_plugin::Plugin, std::string> {
      ++opened;
      return tl::unexpected(std::string("nobody is there"));
    };
  }
};

TEST(MachineCode, IsMadeOfWhatItIsFasterAt) {
  // After a while in which it pays for none of them.
  const auto is_counting = [](const Choosing& run, const char* condition) {
    const ir::Code code = code_of(condition, 20);
    MachineCode machine_code(run.request, code);
    if (machine_code.is_counting()) machine_code.add_time(60ms);
    return machine_code.is_counting();
  };
  Choosing run;
  EXPECT_TRUE(is_counting(run, kArithmetic));
  EXPECT_TRUE(is_counting(run, kComparisons));
  EXPECT_FALSE(is_counting(run, kQuantifiers));
  EXPECT_FALSE(is_counting(run, kTexts));
  run.request.engine = Engine::interpreter;
  EXPECT_FALSE(is_counting(run, kArithmetic));
  Choosing without_clock, without_plugin;
  without_clock.request.clock = nullptr;
  EXPECT_FALSE(is_counting(without_clock, kArithmetic));
  without_plugin.request.open_jit = nullptr;
  EXPECT_FALSE(is_counting(without_plugin, kArithmetic));
  EXPECT_EQ(run.opened + without_clock.opened, 0);
}

TEST(MachineCode, IsBegunOnceItPays) {
  Choosing run;
  const ir::Code code = code_of(kArithmetic, 20);
  {
    MachineCode machine_code(run.request, code);
    machine_code.add_time(1ms);
    EXPECT_TRUE(machine_code.is_counting());
    machine_code.add_time(60ms);
    EXPECT_TRUE(machine_code.is_counting());
    machine_code.add_time(1h);
    EXPECT_FALSE(machine_code.is_counting());
    machine_code.add_time(1h);
  }
  EXPECT_EQ(run.opened, 1);
  {
    MachineCode machine_code(run.request, code);
    machine_code.add_time(60ms);
  }
  EXPECT_EQ(run.opened, 1);
}

TEST(MachineCode, IsNoTroubleToARunThatDidNotAskForIt) {
  Choosing run;
  const ir::Code code = code_of(kArithmetic);
  MachineCode machine_code(run.request, code);
  machine_code.add_time(1h);
  while (run.opened == 0) std::this_thread::sleep_for(1ms);
  EXPECT_EQ(machine_code.compiled(), nullptr);
  EXPECT_EQ(machine_code.trouble(), "");
}

TEST(MachineCode, SaysWhyARunThatAskedForItHasNone) {
  Choosing run;
  run.request.engine = Engine::jit;
  const ir::Code code = code_of(kArithmetic);
  const MachineCode machine_code(run.request, code);
  EXPECT_EQ(machine_code.trouble(), "nobody is there");
  EXPECT_EQ(machine_code.compiled(), nullptr);
  EXPECT_FALSE(machine_code.is_counting());
  run.request.open_jit = nullptr;
  EXPECT_EQ(MachineCode(run.request, code).trouble(), "this build has none");
}

// With the plug-in.
runtime::Request with(const jit_plugin::Plugin& plugin, Engine engine) {
  runtime::Request request;
  request.engine = engine;
  request.clock = [] { return 0ns; };
  request.open_jit = [plugin]() { return tl::expected<jit_plugin::Plugin, std::string>(plugin); };
  return request;
}

TEST(MachineCode, IsThereAtOnceWhereItIsAskedFor) {
  const auto plugin = opened_jit();
  if (!plugin) GTEST_SKIP();
  const runtime::Request request = with(*plugin, Engine::jit);
  const ir::Code code = code_of(kArithmetic);
  const MachineCode machine_code(request, code);
  EXPECT_EQ(machine_code.trouble(), "");
  ASSERT_NE(machine_code.compiled(), nullptr);
  EXPECT_FALSE(machine_code.compiled()->functions.empty());
}

TEST(MachineCode, ComesWhileTheRunGoesOn) {
  const auto plugin = opened_jit();
  if (!plugin) GTEST_SKIP();
  const runtime::Request request = with(*plugin, Engine::automatic);
  const ir::Code code = code_of(kArithmetic);
  MachineCode machine_code(request, code);
  EXPECT_EQ(machine_code.compiled(), nullptr);
  machine_code.add_time(1h);
  for (int i = 0; i < 3000 && !machine_code.compiled(); ++i) std::this_thread::sleep_for(10ms);
  ASSERT_NE(machine_code.compiled(), nullptr);
  EXPECT_EQ(machine_code.compiled()->functions.size(), machine_code.compiled()->groups.groups.size());
}

TEST(MachineCode, IsGivenUpWhereTheRunEndsBefore) {
  const auto plugin = opened_jit();
  if (!plugin) GTEST_SKIP();
  const ir::Code code = code_of(kArithmetic, 100);
  const auto now = std::chrono::steady_clock::now;
  auto begin = now();
  {
    const runtime::Request request = with(*plugin, Engine::jit);
    const MachineCode whole(request, code);
  }
  const auto wanted = now() - begin;
  begin = now();
  {
    const runtime::Request request = with(*plugin, Engine::automatic);
    MachineCode machine_code(request, code);
    machine_code.add_time(1h);
  }
  EXPECT_LT(now() - begin, wanted / 2);
}

}  // namespace
}  // namespace muster

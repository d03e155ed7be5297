// SPDX-License-Identifier: Apache-2.0
// What surrounds compiled code: which operations it may leave to the library, memory, and ways to fail.
#include <atomic>
#include <fstream>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "tests/interpret/random_code.h"
#include "tests/jit/opened.h"

namespace muster {
namespace {

using groups::Way;
using ir::Op;

TEST(JitOps, OnlyTextsPatternsAndExactScoresAreCalled) {
  const std::set<Op> allowed = {Op::text_contains, Op::starts_with,  Op::ends_with,  Op::matches, Op::length,
                                Op::lower,         Op::upper,        Op::trim,       Op::to_text, Op::strip_prefix,
                                Op::strip_suffix,  Op::parts_figure, Op::parts_flag, Op::mean};
  // These look inside of what they compare, which may be texts.
  const std::set<Op> by_data = {Op::equal,   Op::less,       Op::less_equal,      Op::in_set, Op::seg_min,
                                Op::seg_max, Op::seg_latest, Op::first_of_equals, Op::member, Op::some_between};
  for (std::uint32_t i = 0; i < ir::kOpCount; ++i) {
    const auto op = static_cast<Op>(i);
    const Way expected = allowed.contains(op)   ? Way::called
                         : by_data.contains(op) ? Way::native_or_called
                                                : Way::native;
    EXPECT_EQ(groups::way_of(op), expected) << ir::info(op).name;
  }
}

TEST(JitPlugin, SaysWhyItCantBeOpened) {
  const auto missing = jit_plugin::Plugin::open("no/such/libmuster_jit.so");
  ASSERT_FALSE(missing.has_value());
  EXPECT_NE(missing.error().find("no/such/libmuster_jit.so"), std::string::npos) << missing.error();
  const auto other = jit_plugin::Plugin::open("libm.so.6");
  ASSERT_FALSE(other.has_value());
  EXPECT_EQ(other.error(), "libm.so.6: this is no plug-in of muster");
}

TEST(JitPlugin, SaysWhatItCantCompileFor) {
  const auto plugin = opened_jit();
  if (!plugin) GTEST_SKIP();
  EXPECT_EQ(plugin->llvm().substr(0, 3), "19.");
  naive::World world;
  naive::RandomCode random(world, 1);
  random.fill(50, 2);
  const std::atomic<bool> cancel = true;
  const auto given_up = plugin->compile(random.assembler.code, {"", &cancel});
  ASSERT_FALSE(given_up.has_value());
  EXPECT_EQ(given_up.error(), "compiling was given up");
}

TEST(JitPlugin, HasNoMemoryThatIsWritableAndExecutable) {
  const auto plugin = opened_jit();
  if (!plugin) GTEST_SKIP();
  naive::World world;
  naive::RandomCode random(world, 2);
  random.fill(200, 2);
  const auto compiled = plugin->compile(random.assembler.code);
  ASSERT_TRUE(compiled.has_value()) << compiled.error();
  ASSERT_FALSE((*compiled)->functions.empty());
  const auto address = reinterpret_cast<std::uint64_t>((*compiled)->functions[0]);
  std::ifstream maps("/proc/self/maps");
  ASSERT_TRUE(maps.is_open());
  bool is_found = false;
  for (std::string line; std::getline(maps, line);) {
    const std::uint64_t begin = std::stoull(line, nullptr, 16);
    const std::uint64_t end = std::stoull(line.substr(line.find('-') + 1), nullptr, 16);
    const std::string rights = line.substr(line.find(' ') + 1, 4);
    EXPECT_FALSE(rights[1] == 'w' && rights[2] == 'x') << line;
    if (begin > address || address >= end) continue;
    is_found = true;
    EXPECT_EQ(rights, "r-xp") << line;
  }
  EXPECT_TRUE(is_found);
}

// Between groups each value is made before it is read, and nobody reads what has no memory.
TEST(JitGroups, StandInAnOrderThatWorks) {
  naive::World world;
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    naive::RandomCode random(world, seed);
    random.fill(300, 5);
    const ir::Code& code = random.assembler.code;
    const groups::Groups made = groups::make_groups(code);
    const std::vector<bool> fixed = groups::fixed_axes(code);
    std::vector<bool> is_made(code.instructions.size());
    for (ir::ValueId id = 0; id < code.instructions.size(); ++id)
      is_made[id] = fixed[code[id].axis] || groups::is_in_batch(code[id].op);
    std::vector<bool> is_outside = is_made;
    for (const groups::Step& step : made.steps) {
      const bool is_group = step.kind == groups::Step::Kind::group;
      const std::vector<ir::ValueId> one{step.id};
      const auto& all = is_group ? made.groups[step.id].instructions : one;
      for (const ir::ValueId id : all) {
        const auto operands = code.operands_of(code[id]);
        for (std::size_t at = 0; at < operands.size(); ++at) {
          ASSERT_TRUE(is_made[operands[at]]) << seed;
          const bool stays = is_group && made.group_of[operands[at]] == step.id;
          ASSERT_TRUE(stays ? groups::is_read_by_row(code[id], at) : is_outside[operands[at]]) << seed;
        }
        is_made[id] = true;
      }
      for (const ir::ValueId id : is_group ? made.groups[step.id].makes : one) is_outside[id] = true;
    }
    for (const ir::ValueId root : ir::roots(code.outputs)) ASSERT_TRUE(is_outside[root]) << seed;
  }
}

}  // namespace
}  // namespace muster

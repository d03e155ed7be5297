// SPDX-License-Identifier: Apache-2.0
// Work that threads share is taken as if one thread did it all.
#include "cli/commands/ordered_work.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>

namespace muster::commands {
namespace {

// Later ones are done sooner.
int square(std::size_t at) {
  std::this_thread::sleep_for(std::chrono::microseconds(at % 7 == 0 ? 300 : 10));
  return static_cast<int>(at * at);
}

class OrderedWork : public testing::TestWithParam<unsigned> {};

TEST_P(OrderedWork, is_taken_in_order) {
  std::vector<int> taken, wanted;
  for (int i = 0; i < 200; ++i) wanted.push_back(i * i);
  work_in_order<int>(200, GetParam(), square, [&](std::size_t at, int result) {
    EXPECT_EQ(at, taken.size());
    taken.push_back(result);
    return Next::go_on;
  });
  EXPECT_EQ(taken, wanted);
}

TEST_P(OrderedWork, ends_where_it_is_stopped) {
  std::atomic<std::size_t> begun = 0;
  std::size_t taken = 0;
  const auto work = [&](std::size_t at) {
    ++begun;
    return square(at);
  };
  work_in_order<int>(10'000, GetParam(), work,
                     [&](std::size_t, int) { return ++taken == 5 ? Next::stop : Next::go_on; });
  EXPECT_EQ(taken, 5U);
  // No thread runs far ahead of what is taken.
  EXPECT_LE(begun, 5 + GetParam() * 5);
}

TEST_P(OrderedWork, throws_what_work_throws) {
  const auto work = [](std::size_t at) {
    if (at == 20) throw std::runtime_error("no " + std::to_string(at));
    return square(at);
  };
  EXPECT_THROW(work_in_order<int>(40, GetParam(), work, [](std::size_t, int) { return Next::go_on; }),
               std::runtime_error);
}

TEST_P(OrderedWork, throws_what_taking_throws) {
  const auto take = [](std::size_t at, int) -> Next {
    if (at == 3) throw std::runtime_error("full");
    return Next::go_on;
  };
  EXPECT_THROW(work_in_order<int>(40, GetParam(), square, take), std::runtime_error);
}

TEST_P(OrderedWork, may_be_none) {
  work_in_order<int>(0, GetParam(), square, [](std::size_t, int) {
    ADD_FAILURE() << "nothing is there to be taken";
    return Next::go_on;
  });
}

INSTANTIATE_TEST_SUITE_P(Jobs, OrderedWork, testing::Values(1U, 2U, 8U));

}  // namespace
}  // namespace muster::commands

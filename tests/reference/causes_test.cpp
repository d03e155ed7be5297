// SPDX-License-Identifier: Apache-2.0
#include "runtime/reference/causes.h"

#include <gtest/gtest.h>

namespace muster::reference {
namespace {

using evidence::Datum;
using evidence::Reason;

TEST(Causes, are_listed_in_order_and_once) {
  const std::vector<Datum> data(3);
  CausesBuilder inner;
  inner.add(Causes::of(data[1], Reason::missing));
  inner.add(Causes::of(data[0], Reason::invalid));
  const Causes both = inner.take();
  CausesBuilder outer;
  outer.add(Causes::of(data[0], Reason::invalid));
  outer.add(both);
  outer.add(both);
  outer.add(Causes::of(data[2], Reason::missing));
  outer.add(Causes::of(data[0], Reason::missing));
  const std::vector<Leaf> expected{{&data[0], Reason::invalid},
                                   {&data[1], Reason::missing},
                                   {&data[2], Reason::missing},
                                   {&data[0], Reason::missing}};
  EXPECT_EQ(outer.take().list(), expected);
  EXPECT_TRUE(outer.take().empty());
  inner.add(Causes::of(data[0], Reason::missing));
  EXPECT_EQ(inner.take().list().size(), 1u);
  EXPECT_TRUE(inner.take().empty());
}

TEST(Causes, of_many_repeats_and_deep_chains_stay_small) {
  const std::vector<Datum> data(5000);
  Causes chain;
  for (int round = 0; round < 20; ++round) {
    CausesBuilder builder;
    builder.add(chain);
    for (const Datum& datum : data) builder.add(Causes::of(datum, Reason::missing));
    chain = builder.take();
  }
  for (int depth = 0; depth < 20'000; ++depth) {
    CausesBuilder builder;
    builder.add(chain);
    builder.add(Causes::of(data[0], depth % 2 == 0 ? Reason::missing : Reason::stale));
    chain = builder.take();
  }
  EXPECT_EQ(chain.list().size(), data.size() + 1);
}

}  // namespace
}  // namespace muster::reference

// SPDX-License-Identifier: Apache-2.0
// Packed evidence is the same evidence.
#include "runtime/evidence/packed.h"

#include <random>

#include <gtest/gtest.h>

#include "tests/agreement/evidence.h"
#include "tests/agreement/generator.h"
#include "tests/source_text.h"

namespace muster::agreement {
namespace {

using evidence::Datum;

bool same(const Datum& a, const Datum& b) {
  if (a.state != b.state || a.reason != b.reason || a.raw != b.raw || a.origin.file != b.origin.file ||
      a.origin.line != b.origin.line || a.items.size() != b.items.size())
    return false;
  if (a.state == evidence::State::known && (a.scalar.index() != b.scalar.index() || !types::equal(a.scalar, b.scalar)))
    return false;
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    if (!same(a.items[i], b.items[i])) return false;
  }
  return true;
}

void put_origins(Datum& datum, std::mt19937& random) {
  if (random() % 2 == 0)
    datum.origin = {static_cast<std::uint32_t>(random() % 3), static_cast<std::uint32_t>(random())};
  if (random() % 8 == 0) datum.raw = std::string(random() % 200, 'x');
  for (Datum& item : datum.items) put_origins(item, random);
}

TEST(Packed, evidence_is_what_it_was) {
  const auto compilation = compiled(Generator(1, Exceptions::allowed).module());
  const typed::Program& program = compilation->program;
  std::mt19937 random(1);
  for (unsigned round = 0; round < 200; ++round) {
    Datum datum = random_evidence(program, program.policies.front().subject, {round % 8}, random).subject;
    put_origins(datum, random);
    const std::string packed = evidence::pack(datum);
    EXPECT_TRUE(same(datum, evidence::unpack(packed)));
  }
}

TEST(Packed, takes_few_bytes) {
  Datum record = Datum::known({}, {0, 17});
  for (std::int64_t i = 0; i < 10; ++i) record.items.push_back(Datum::known(i, {0, 17}));
  EXPECT_LE(evidence::pack(record).size(), 40u);
}

}  // namespace
}  // namespace muster::agreement

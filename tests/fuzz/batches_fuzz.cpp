// SPDX-License-Identifier: Apache-2.0
// Any bytes as a portfolio: cut in chunks of any size and read into columns it is what it is record by record. The
// first byte says of which kind the file is, the second how long chunks are.
#include <algorithm>
#include <string_view>

#include "tests/fuzz/evidence.h"
#include "tests/ingest/batches.h"

namespace {

// Without joins and lists that converters make: what the quick way takes.
constexpr const char* kPlain = R"(
enum Plan { basic = "Basic" | "B", gold }
record Part { alpha: bool?  beta: int in 0..9  tags: list of text }
evidence Review fresh for 90 days { score: int  parts: list of Part }
subject S {
  key id: text
  label title: text
  b: bool
  n: int in 0..100
  x: number?
  p: percent in 0%..100%
  launch_date: date
  t: time
  u: duration
  m: period
  v: version
  plan: Plan
  part: Part?
  review: Review? fresh for 1 year
  nums: list of (int?)
  private secret: int
}
source data = ndjson "data" complete
bind S from data {
  title <- titles.main trim
  x <- titles.x
  u <- u as hours
}
policy p for S "P" { must c "C" { require b } }
)";

const muster::typed::Program& plain() {
  static const muster::compiler::Compilation compiled = [] {
    muster::compiler::Loader loader;
    loader.read = [](const std::string& path) -> std::optional<std::string> {
      if (path == "main.muster") return kPlain;
      return std::nullopt;
    };
    auto result = muster::compiler::compile({"main.muster", ""}, loader);
    if (result.diagnostics.has_errors()) __builtin_trap();
    return result;
  }();
  return compiled.program;
}

void try_bytes(const muster::typed::Program& program, std::string_view bytes, muster::typed::SourceKind kind,
               std::size_t chunk_bytes) {
  using namespace muster::ingest;
  Portfolios portfolios{program, program.policies.front().subject, kind};
  portfolios.options.limits.record_bytes = 1 << 10;
  portfolios.options.limits.list_elements = 50;
  portfolios.chunk_bytes = chunk_bytes;
  const std::string data(bytes);
  if (portfolios.in_columns(data) != portfolios.by_reader(data)) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using muster::typed::SourceKind;
  if (size < 2) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  const SourceKind kinds[] = {SourceKind::ndjson, SourceKind::ndjson, SourceKind::csv, SourceKind::json};
  const SourceKind kind = kinds[data[0] % 4];
  const std::size_t chunk_bytes = data[1] < 128 ? std::size_t{1} << 20 : std::size_t{data[1]} - 120;
  try_bytes(plain(), bytes, kind, chunk_bytes);
  if (data[0] / 4 % 4 == 0) try_bytes(muster::fuzz::every_type(), bytes, kind, chunk_bytes);
  return 0;
}

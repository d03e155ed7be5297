// SPDX-License-Identifier: Apache-2.0
// Any bytes as a file of evidence in NDJSON.
#include "tests/fuzz/evidence.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace muster::fuzz;
  using muster::typed::SourceKind;
  static const auto program = with_source(SourceKind::ndjson, ',');
  try_bytes(program, data, size, SourceKind::ndjson);
  return 0;
}

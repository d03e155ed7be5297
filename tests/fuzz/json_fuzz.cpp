// SPDX-License-Identifier: Apache-2.0
// Any bytes as a file of evidence in JSON, at the top and at a path.
#include "tests/fuzz/evidence.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace muster::fuzz;
  using muster::typed::SourceKind;
  static const auto at_path = with_source(SourceKind::json, ',');
  try_bytes(every_type(), data, size, SourceKind::json);
  try_bytes(at_path, data, size, SourceKind::json);
  return 0;
}

// SPDX-License-Identifier: Apache-2.0
// Any bytes as a file of evidence in CSV, with commas and with semicolons.
#include "tests/fuzz/evidence.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace muster::fuzz;
  using muster::typed::SourceKind;
  static const auto semicolons = with_source(SourceKind::csv, ';');
  try_bytes(every_type(), data, size, SourceKind::csv);
  try_bytes(semicolons, data, size, SourceKind::csv);
  return 0;
}

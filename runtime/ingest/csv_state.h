// SPDX-License-Identifier: Apache-2.0
// Where in a row of CSV a byte stands: all that RFC 4180 says of quotes. Who reads cells and who only looks for the
// ends of rows go by the same steps.
#pragma once

#include <cstdint>

namespace muster::ingest {

enum class CsvState : std::uint8_t { cell_start, plain, quoted, quote_in_quoted, return_after_quoted, ruined };

// A line end is a byte like others here: outside of quotes the row is over with it.
constexpr CsvState after(CsvState state, char byte, char delimiter) {
  switch (state) {
    case CsvState::cell_start:
      if (byte == '"') return CsvState::quoted;
      [[fallthrough]];
    case CsvState::plain: return byte == delimiter ? CsvState::cell_start : CsvState::plain;
    case CsvState::quoted: return byte == '"' ? CsvState::quote_in_quoted : CsvState::quoted;
    case CsvState::quote_in_quoted:
      if (byte == '"') return CsvState::quoted;
      if (byte == delimiter) return CsvState::cell_start;
      if (byte == '\r') return CsvState::return_after_quoted;
      return byte == '\n' ? CsvState::quote_in_quoted : CsvState::ruined;
    case CsvState::return_after_quoted: return byte == '\n' ? CsvState::return_after_quoted : CsvState::ruined;
    case CsvState::ruined: return CsvState::ruined;
  }
  return CsvState::ruined;
}

}  // namespace muster::ingest

// SPDX-License-Identifier: Apache-2.0
// Which packed forms of a file there are, and how they are told: by the end of a name or by the first bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace muster::unpack {

enum class Packing : std::uint8_t { none, gzip, zstd };

// By `.gz` or `.zst` at the end of a file's name.
std::optional<Packing> packing_of_name(std::string_view name);

// `partners.csv.gz` is `partners.csv`; any other name is itself.
std::string_view name_when_unpacked(std::string_view name);

// By how a file begins, of which so many bytes are enough.
inline constexpr std::size_t kMagicBytes = 4;
Packing packing_of_bytes(std::string_view begin);

}  // namespace muster::unpack

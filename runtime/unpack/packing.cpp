// SPDX-License-Identifier: Apache-2.0
#include "runtime/unpack/packing.h"

namespace muster::unpack {

namespace {

constexpr std::string_view kGzipEnd = ".gz", kZstdEnd = ".zst";

}  // namespace

std::optional<Packing> packing_of_name(std::string_view name) {
  if (name.ends_with(kGzipEnd)) return Packing::gzip;
  if (name.ends_with(kZstdEnd)) return Packing::zstd;
  return std::nullopt;
}

std::string_view name_when_unpacked(std::string_view name) {
  if (name.ends_with(kGzipEnd))
    name.remove_suffix(kGzipEnd.size());
  else if (name.ends_with(kZstdEnd))
    name.remove_suffix(kZstdEnd.size());
  return name;
}

Packing packing_of_bytes(std::string_view begin) {
  if (begin.starts_with("\x1F\x8B")) return Packing::gzip;
  if (begin.starts_with("\x28\xB5\x2F\xFD")) return Packing::zstd;
  // A frame that zstd skips; pzstd begins its files with one.
  if (begin.size() >= kMagicBytes && (begin[0] & 0xF0) == 0x50 && begin.substr(1, 3) == "\x2A\x4D\x18")
    return Packing::zstd;
  return Packing::none;
}

}  // namespace muster::unpack

// SPDX-License-Identifier: Apache-2.0
// Any bytes as a file that may be packed: the same text and the same trouble in whatever pieces it is read.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <sstream>
#include <string>

#include "runtime/unpack/unpacked_stream.h"

namespace {

using namespace muster::unpack;

// A bomb is read as far as this.
constexpr std::size_t kMost = std::size_t{1} << 20;

std::string read(const std::string& bytes, std::optional<Packing> by_name, std::size_t block) {
  UnpackedStream stream(std::make_unique<std::istringstream>(bytes), by_name);
  std::string text, piece(block, '\0');
  while (stream && text.size() < kMost) {
    stream.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    text.append(piece.data(), static_cast<std::size_t>(stream.gcount()));
  }
  if (text.size() >= kMost) return text.substr(0, kMost);
  if (stream.bad() == stream.trouble().empty()) __builtin_trap();
  return text + "|" + stream.trouble();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  for (const std::optional<Packing> by_name : {std::optional<Packing>(), std::optional(Packing::gzip)}) {
    if (read(bytes, by_name, 61) != read(bytes, by_name, std::size_t{1} << 16)) __builtin_trap();
  }
  return 0;
}

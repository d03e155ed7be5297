// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/join_key.h"

#include <bit>
#include <cstdint>
#include <type_traits>
#include <variant>

namespace muster::ingest {
namespace {

constexpr std::uint64_t kSign = std::uint64_t{1} << 63;

// The highest byte first.
void append_bits(std::string& key, std::uint64_t bits) {
  const std::uint64_t swapped = std::endian::native == std::endian::little ? __builtin_bswap64(bits) : bits;
  key.append(reinterpret_cast<const char*>(&swapped), sizeof swapped);
}

void append_integer(std::string& key, std::int64_t number) {
  append_bits(key, static_cast<std::uint64_t>(number) ^ kSign);
}

// -0 equals 0.
void append_double(std::string& key, double number) {
  const auto bits = std::bit_cast<std::uint64_t>(number == 0 ? 0.0 : number);
  append_bits(key, (bits & kSign) != 0 ? ~bits : bits | kSign);
}

// However many parts were written.
void append_version(std::string& key, const base::VersionNumber& version) {
  for (std::uint64_t part : version.parts) append_bits(key, part);
  append_bits(key, version.pre_release.size());
  for (const std::string& identifier : version.pre_release) append_text_key(key, identifier);
}

}  // namespace

// A zero in the text is marked, so that the two bytes of its end stand nowhere in it, and come before all that do.
void append_text_key(std::string& key, std::string_view text) {
  constexpr std::string_view kZero("\0\xFF", 2), kEnd("\0\1", 2);
  for (std::size_t zero = text.find('\0'); zero != std::string_view::npos; zero = text.find('\0')) {
    key += text.substr(0, zero);
    key += kZero;
    text.remove_prefix(zero + 1);
  }
  key += text;
  key += kEnd;
}

void append_key(std::string& key, const types::Scalar& value) {
  std::visit(
      [&key](const auto& known) {
        using Value = std::decay_t<decltype(known)>;
        if constexpr (std::is_same_v<Value, std::string>)
          append_text_key(key, known);
        else if constexpr (std::is_same_v<Value, base::VersionNumber>)
          append_version(key, known);
        else if constexpr (std::is_same_v<Value, double>)
          append_double(key, known);
        else if constexpr (std::is_same_v<Value, types::Percent>)
          append_double(key, known.points);
        else if constexpr (std::is_same_v<Value, base::Date>)
          append_integer(key, known.days);
        else if constexpr (std::is_same_v<Value, base::Period>)
          append_integer(key, known.months);
        else if constexpr (std::is_same_v<Value, base::Instant> || std::is_same_v<Value, base::Duration>)
          append_integer(key, known.microseconds);
        else if constexpr (std::is_same_v<Value, types::EnumMember>)
          append_integer(key, known.index);
        else
          append_integer(key, static_cast<std::int64_t>(known));
      },
      value);
}

}  // namespace muster::ingest

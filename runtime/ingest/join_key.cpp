// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/join_key.h"

#include <cstdint>
#include <type_traits>
#include <variant>

namespace muster::ingest {
namespace {

template <typename Number>
void append_bytes(std::string& key, Number number) {
  key.append(reinterpret_cast<const char*>(&number), sizeof number);
}

// -0 equals 0.
void append_double(std::string& key, double number) { append_bytes(key, number == 0 ? 0.0 : number); }

// However many parts were written.
void append_version(std::string& key, const base::VersionNumber& version) {
  for (std::uint64_t part : version.parts) append_bytes(key, part);
  append_bytes(key, static_cast<std::uint64_t>(version.pre_release.size()));
  for (const std::string& identifier : version.pre_release) append_text_key(key, identifier);
}

}  // namespace

void append_text_key(std::string& key, std::string_view text) {
  const std::uint64_t size = text.size();
  key.append(reinterpret_cast<const char*>(&size), sizeof size);
  key += text;
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
          append_bytes(key, known.days);
        else if constexpr (std::is_same_v<Value, base::Period>)
          append_bytes(key, known.months);
        else if constexpr (std::is_same_v<Value, base::Instant> || std::is_same_v<Value, base::Duration>)
          append_bytes(key, known.microseconds);
        else if constexpr (std::is_same_v<Value, types::EnumMember>)
          append_bytes(key, known.index);
        else
          append_bytes(key, static_cast<std::int64_t>(known));
      },
      value);
}

}  // namespace muster::ingest

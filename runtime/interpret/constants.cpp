// SPDX-License-Identifier: Apache-2.0
#include "runtime/interpret/constants.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <variant>

namespace muster::interpret {

using ir::Phys;
using types::Scalar;

namespace {

template <typename T>
Laid laid_as(T value) {
  Laid laid;
  std::memcpy(laid.bytes.data(), &value, sizeof value);
  return laid;
}

// Of everything that is one number.
std::int64_t integer(const Scalar& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return *whole;
  if (const auto* date = std::get_if<base::Date>(&value)) return date->days;
  if (const auto* instant = std::get_if<base::Instant>(&value)) return instant->microseconds;
  if (const auto* duration = std::get_if<base::Duration>(&value)) return duration->microseconds;
  if (const auto* period = std::get_if<base::Period>(&value)) return period->months;
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? 1 : 0;
  return std::get<types::EnumMember>(value).index;
}

double real(const Scalar& value) {
  if (const auto* percent = std::get_if<types::Percent>(&value)) return percent->points;
  if (const auto* number = std::get_if<double>(&value)) return *number;
  return static_cast<double>(integer(value));
}

}  // namespace

Laid laid(const Scalar& value, Phys phys) {
  switch (phys) {
    case Phys::bits: return laid_as(static_cast<std::uint64_t>(integer(value)));
    case Phys::u8: return laid_as(static_cast<std::uint8_t>(integer(value)));
    case Phys::i32: return laid_as(static_cast<std::int32_t>(integer(value)));
    case Phys::i64: return laid_as(integer(value));
    case Phys::f64: return laid_as(real(value));
    case Phys::text: {
      const auto& text = std::get<std::string>(value);
      return laid_as(columns::Text{text.data(), text.size()});
    }
    case Phys::version: return laid_as(std::get_if<base::VersionNumber>(&value));
    case Phys::index: return laid_as(static_cast<std::uint32_t>(integer(value)));
  }
  return {};
}

kernels::MemberSet member_set(const ir::Code& code, const std::vector<std::uint32_t>& constants, Phys phys) {
  kernels::MemberSet set;
  for (const std::uint32_t id : constants) {
    const Scalar& value = code.constants[id].value;
    switch (phys) {
      case Phys::u8: {
        const auto one = static_cast<std::uint8_t>(integer(value));
        set.u8[one / 64] |= std::uint64_t{1} << (one % 64);
        break;
      }
      case Phys::bits:
      case Phys::i32:
      case Phys::i64:
      case Phys::index: set.integers.push_back(integer(value)); break;
      case Phys::f64: set.doubles.push_back(real(value)); break;
      case Phys::text: set.texts.insert(std::get<std::string>(value)); break;
      case Phys::version: set.versions.push_back(std::get_if<base::VersionNumber>(&value)); break;
    }
  }
  std::sort(set.integers.begin(), set.integers.end());
  std::sort(set.doubles.begin(), set.doubles.end());
  return set;
}

}  // namespace muster::interpret

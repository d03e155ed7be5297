// SPDX-License-Identifier: Apache-2.0
#include "runtime/columns/scalars.h"

#include <cstring>
#include <string>

#include "runtime/columns/batch.h"

namespace muster::columns {

using ir::Phys;

namespace {

template <typename T>
T read(const std::byte* data) {
  T value;
  std::memcpy(&value, data, sizeof value);
  return value;
}

}  // namespace

types::Scalar scalar_of(const std::byte* data, Phys phys, types::Kind kind) {
  switch (kind) {
    case types::Kind::integer: return read<std::int64_t>(data);
    case types::Kind::number: return read<double>(data);
    case types::Kind::percent: return types::Percent{read<double>(data)};
    case types::Kind::text: return std::string(read<Text>(data).view());
    case types::Kind::date: return base::Date{read<std::int32_t>(data)};
    case types::Kind::time: return base::Instant{read<std::int64_t>(data)};
    case types::Kind::duration: return base::Duration{read<std::int64_t>(data)};
    case types::Kind::period: return base::Period{read<std::int32_t>(data)};
    case types::Kind::version: {
      const auto* version = read<const base::VersionNumber*>(data);
      return version != nullptr ? *version : base::VersionNumber();
    }
    case types::Kind::enumeration:
      return types::EnumMember{phys == Phys::u8 ? read<std::uint8_t>(data)
                                                : static_cast<std::uint32_t>(read<std::int32_t>(data))};
    case types::Kind::boolean:
    case types::Kind::record:
    case types::Kind::list:
    case types::Kind::optional:
    case types::Kind::error: break;
  }
  return std::int64_t{0};
}

}  // namespace muster::columns

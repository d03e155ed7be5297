// SPDX-License-Identifier: Apache-2.0
// A datum is a byte of flags and what they announce:
//
//   flags  1 2 state  4 8 16 reason  32 origin as of the datum around it  64 raw text  128 items
//   [file + 1, line]  [raw]  known: the scalar's alternative and its value  [count, items]
#include "runtime/evidence/packed.h"

#include <bit>
#include <type_traits>
#include <utility>
#include <variant>

namespace muster::evidence {

namespace {

constexpr std::uint8_t kSameOrigin = 32, kRaw = 64, kItems = 128;

bool same(Origin a, Origin b) { return a.file == b.file && a.line == b.line; }

// Small numbers in few bytes, seven bits each.
class Packer {
 public:
  void datum(const Datum& datum, Origin around);
  std::string take() { return std::move(bytes_); }

 private:
  void byte(std::uint8_t value) { bytes_ += static_cast<char>(value); }
  void number(std::uint64_t value) {
    for (; value >= 128; value >>= 7) byte(static_cast<std::uint8_t>(value | 128));
    byte(static_cast<std::uint8_t>(value));
  }
  // Small ones of either sign are small.
  void whole(std::int64_t value) {
    number((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
  }
  void text(const std::string& value) {
    number(value.size());
    bytes_ += value;
  }
  void scalar(const types::Scalar& scalar);

  void value(bool value) { byte(value ? 1 : 0); }
  void value(std::int64_t value) { whole(value); }
  void value(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    for (int shift = 0; shift < 64; shift += 8) byte(static_cast<std::uint8_t>(bits >> shift));
  }
  void value(types::Percent percent) { value(percent.points); }
  void value(const std::string& value) { text(value); }
  void value(base::Date date) { whole(date.days); }
  void value(base::Instant instant) { whole(instant.microseconds); }
  void value(base::Duration duration) { whole(duration.microseconds); }
  void value(base::Period period) { whole(period.months); }
  void value(const base::VersionNumber& version) {
    for (const std::uint64_t part : version.parts) number(part);
    byte(version.written_parts);
    number(version.pre_release.size());
    for (const std::string& identifier : version.pre_release) text(identifier);
  }
  void value(types::EnumMember member) { number(member.index); }

  std::string bytes_;
};

void Packer::scalar(const types::Scalar& scalar) {
  byte(static_cast<std::uint8_t>(scalar.index()));
  std::visit([this](const auto& known) { value(known); }, scalar);
}

void Packer::datum(const Datum& datum, Origin around) {
  byte(static_cast<std::uint8_t>(static_cast<unsigned>(datum.state) | static_cast<unsigned>(datum.reason) << 2 |
                                 (same(datum.origin, around) ? kSameOrigin : 0u) | (datum.raw ? kRaw : 0u) |
                                 (datum.items.empty() ? 0u : kItems)));
  if (!same(datum.origin, around)) {
    number(static_cast<std::uint32_t>(datum.origin.file + 1));
    number(datum.origin.line);
  }
  if (datum.raw) text(*datum.raw);
  if (datum.state == State::known) scalar(datum.scalar);
  if (datum.items.empty()) return;
  number(datum.items.size());
  for (const Datum& item : datum.items) this->datum(item, datum.origin);
}

class Unpacker {
 public:
  explicit Unpacker(const std::string& bytes) : bytes_(bytes) {}
  Datum datum(Origin around);

 private:
  std::uint8_t byte() { return static_cast<std::uint8_t>(bytes_[at_++]); }
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
      const std::uint8_t next = byte();
      value |= std::uint64_t{next & 127u} << shift;
      if (next < 128) return value;
    }
  }
  std::int64_t whole() {
    const std::uint64_t value = number();
    return static_cast<std::int64_t>((value >> 1) ^ (0 - (value & 1)));
  }
  std::string text() {
    const auto size = static_cast<std::size_t>(number());
    std::string value = bytes_.substr(at_, size);
    at_ += size;
    return value;
  }

  // Reads what stands there into the alternative of that index.
  template <std::size_t index = 0>
  types::Scalar scalar(std::size_t wanted) {
    if constexpr (index < std::variant_size_v<types::Scalar>) {
      if (index == wanted) {
        std::variant_alternative_t<index, types::Scalar> read{};
        value(read);
        return read;
      }
      return scalar<index + 1>(wanted);
    } else {
      return false;
    }
  }

  void value(bool& value) { value = byte() != 0; }
  void value(std::int64_t& value) { value = whole(); }
  void value(double& value) {
    std::uint64_t bits = 0;
    for (int shift = 0; shift < 64; shift += 8) bits |= std::uint64_t{byte()} << shift;
    value = std::bit_cast<double>(bits);
  }
  void value(types::Percent& percent) { value(percent.points); }
  void value(std::string& value) { value = text(); }
  void value(base::Date& date) { date.days = static_cast<std::int32_t>(whole()); }
  void value(base::Instant& instant) { instant.microseconds = whole(); }
  void value(base::Duration& duration) { duration.microseconds = whole(); }
  void value(base::Period& period) { period.months = static_cast<std::int32_t>(whole()); }
  void value(base::VersionNumber& version) {
    for (std::uint64_t& part : version.parts) part = number();
    version.written_parts = byte();
    version.pre_release.resize(static_cast<std::size_t>(number()));
    for (std::string& identifier : version.pre_release) identifier = text();
  }
  void value(types::EnumMember& member) { member.index = static_cast<std::uint32_t>(number()); }

  const std::string& bytes_;
  std::size_t at_ = 0;
};

Datum Unpacker::datum(Origin around) {
  Datum datum;
  const std::uint8_t flags = byte();
  datum.state = static_cast<State>(flags & 3);
  datum.reason = static_cast<Reason>(flags >> 2 & 7);
  datum.origin = around;
  if ((flags & kSameOrigin) == 0) {
    datum.origin.file = static_cast<std::uint32_t>(number()) - 1;
    datum.origin.line = static_cast<std::uint32_t>(number());
  }
  if ((flags & kRaw) != 0) datum.raw = text();
  if (datum.state == State::known) datum.scalar = scalar(byte());
  if ((flags & kItems) == 0) return datum;
  datum.items.resize(static_cast<std::size_t>(number()));
  for (Datum& item : datum.items) item = this->datum(datum.origin);
  return datum;
}

}  // namespace

std::string pack(const Datum& datum) {
  Packer packer;
  packer.datum(datum, {});
  std::string bytes = packer.take();
  bytes.shrink_to_fit();
  return bytes;
}

Datum unpack(const std::string& packed) { return Unpacker(packed).datum({}); }

}  // namespace muster::evidence

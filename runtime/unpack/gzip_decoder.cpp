// SPDX-License-Identifier: Apache-2.0
// gzip, of any number of members one behind the other, as `cat a.gz b.gz` makes them.
#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>

#include "runtime/unpack/decoder.h"

namespace muster::unpack {

namespace {

// The largest window, and the form with a header and a checksum.
constexpr int kGzipWindow = MAX_WBITS + 16;

uInt at_most_uint(std::size_t size) {
  return static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max()));
}

class GzipDecoder final : public Decoder {
 public:
  GzipDecoder() {
    if (inflateInit2(&state_, kGzipWindow) != Z_OK) throw std::bad_alloc();
  }
  ~GzipDecoder() override { inflateEnd(&state_); }
  GzipDecoder(const GzipDecoder&) = delete;
  GzipDecoder& operator=(const GzipDecoder&) = delete;

  std::size_t decode(std::string_view& packed, char* to, std::size_t size) override {
    state_.next_out = reinterpret_cast<Bytef*>(to);
    state_.avail_out = at_most_uint(size);
    while (state_.avail_out > 0 && trouble_.empty() && step(packed)) {
    }
    return static_cast<std::size_t>(state_.next_out - reinterpret_cast<Bytef*>(to));
  }

  bool may_end() const override { return place_ == Place::behind_member; }

 private:
  enum class Place : unsigned char { before_member, in_member, behind_member };

  // Whether anything came of it.
  bool step(std::string_view& packed) {
    if (place_ != Place::in_member) {
      if (packed.empty()) return false;
      if (place_ == Place::behind_member) inflateReset(&state_);
      place_ = Place::in_member;
    }
    const uInt offered = at_most_uint(packed.size()), room = state_.avail_out;
    state_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    state_.avail_in = offered;
    const int result = inflate(&state_, Z_NO_FLUSH);
    packed.remove_prefix(offered - state_.avail_in);
    if (result == Z_STREAM_END) {
      place_ = Place::behind_member;
    } else if (result == Z_MEM_ERROR) {
      throw std::bad_alloc();
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      trouble_ = state_.msg != nullptr ? state_.msg : "it asks for a dictionary";
    }
    return state_.avail_in < offered || state_.avail_out < room;
  }

  z_stream state_{};
  Place place_ = Place::before_member;
};

}  // namespace

std::unique_ptr<Decoder> make_gzip_decoder() { return std::make_unique<GzipDecoder>(); }

}  // namespace muster::unpack

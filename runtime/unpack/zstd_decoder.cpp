// SPDX-License-Identifier: Apache-2.0
// zstd, of any number of frames one behind the other. A frame that looks back further than 128 MiB (`zstd --long=28`
// and up) is refused, so that a file can't ask for any memory it likes.
#include <zstd.h>

#include <new>

#include "runtime/unpack/decoder.h"

namespace muster::unpack {

namespace {

constexpr int kMostWindowLog = 27;

class ZstdDecoder final : public Decoder {
 public:
  ZstdDecoder() : state_(ZSTD_createDStream()) {
    if (state_ == nullptr ||
        ZSTD_isError(ZSTD_DCtx_setParameter(state_.get(), ZSTD_d_windowLogMax, kMostWindowLog)) != 0)
      throw std::bad_alloc();
  }

  std::size_t decode(std::string_view& packed, char* to, std::size_t size) override {
    ZSTD_outBuffer out{to, size, 0};
    while (out.pos < out.size && trouble_.empty() && step(packed, out)) {
    }
    return out.pos;
  }

  bool may_end() const override { return place_ == Place::behind_frame; }

 private:
  enum class Place : unsigned char { before_frame, in_frame, behind_frame };
  struct Free {
    void operator()(ZSTD_DStream* state) const { ZSTD_freeDStream(state); }
  };

  // Whether anything came of it.
  bool step(std::string_view& packed, ZSTD_outBuffer& out) {
    if (place_ != Place::in_frame && packed.empty()) return false;
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    const std::size_t written = out.pos;
    const std::size_t result = ZSTD_decompressStream(state_.get(), &out, &in);
    packed.remove_prefix(in.pos);
    if (ZSTD_isError(result) != 0) {
      trouble_ = ZSTD_getErrorName(result);
      return false;
    }
    place_ = result == 0 ? Place::behind_frame : Place::in_frame;
    return in.pos > 0 || out.pos > written;
  }

  std::unique_ptr<ZSTD_DStream, Free> state_;
  Place place_ = Place::before_frame;
};

}  // namespace

std::unique_ptr<Decoder> make_zstd_decoder() { return std::make_unique<ZstdDecoder>(); }

}  // namespace muster::unpack

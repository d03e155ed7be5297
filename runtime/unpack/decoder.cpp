// SPDX-License-Identifier: Apache-2.0
#include "runtime/unpack/decoder.h"

namespace muster::unpack {

std::unique_ptr<Decoder> make_decoder(Packing packing) {
  switch (packing) {
    case Packing::gzip: return make_gzip_decoder();
    case Packing::zstd: return make_zstd_decoder();
    case Packing::none: break;
  }
  return nullptr;
}

}  // namespace muster::unpack

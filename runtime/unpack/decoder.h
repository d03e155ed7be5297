// SPDX-License-Identifier: Apache-2.0
// Packed bytes to the bytes that were packed, piece by piece: what a stream over a file runs. Takes as much memory as
// the form asks for, however long the data are: gzip some 50 KB, zstd at most 128 MiB.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/unpack/packing.h"

namespace muster::unpack {

class Decoder {
 public:
  virtual ~Decoder() = default;

  // Takes bytes from the front of `packed` and writes at most `size` to `to`: gives how many. 0 where it needs more
  // of the file, or is in trouble.
  virtual std::size_t decode(std::string_view& packed, char* to, std::size_t size) = 0;
  // Whether the file may end here: behind a whole member, and nothing is held back.
  virtual bool may_end() const = 0;
  // Why nothing more can be decoded; empty: it can.
  const std::string& trouble() const { return trouble_; }

 protected:
  std::string trouble_;
};

// Nothing for what isn't packed.
std::unique_ptr<Decoder> make_decoder(Packing packing);
std::unique_ptr<Decoder> make_gzip_decoder();
std::unique_ptr<Decoder> make_zstd_decoder();

}  // namespace muster::unpack

// SPDX-License-Identifier: Apache-2.0
// A file that may be packed, read as the text that it holds. Commands put it over every stream of evidence: what is
// packed is told by the file's name, else by its first bytes, and what isn't packed comes through as it is.
//
// Memory doesn't depend on the file. Data that are cut off or damaged make the stream bad, where an end would make it
// end: what was read before is never the whole. It can go back to its beginning if the packed stream can.
#pragma once

#include <cstdint>
#include <istream>
#include <memory>
#include <optional>
#include <streambuf>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/unpack/decoder.h"
#include "runtime/unpack/packing.h"

namespace muster::unpack {

class UnpackedBuffer final : public std::streambuf {
 public:
  // `owner` goes bad where the data do.
  UnpackedBuffer(std::istream& owner, std::unique_ptr<std::istream> packed, std::optional<Packing> by_name);

  const std::string& trouble() const { return trouble_; }

 protected:
  int_type underflow() override;
  std::streamsize xsgetn(char* to, std::streamsize size) override;
  std::streamsize showmanyc() override;
  pos_type seekoff(off_type offset, std::ios_base::seekdir from, std::ios_base::openmode which) override;
  pos_type seekpos(pos_type place, std::ios_base::openmode which) override;

 private:
  void begin();
  void fill();
  std::size_t read(char* to, std::size_t size);
  std::size_t decode(char* to, std::size_t size);
  std::string damage() const;
  void give_up(std::string trouble);

  std::istream& owner_;
  std::unique_ptr<std::istream> source_;
  std::optional<Packing> by_name_;
  Packing packing_ = Packing::none;
  std::unique_ptr<Decoder> decoder_;
  std::vector<char> packed_, block_;
  std::string_view left_;         // of packed_
  std::uint64_t read_bytes_ = 0;  // of the packed stream
  enum class State : std::uint8_t { before_begin, good, failed } state_ = State::before_begin;
  std::string trouble_;
};

class UnpackedStream final : public std::istream {
 public:
  // `by_name`: what the file's name says, which then holds; without it the first bytes say.
  UnpackedStream(std::unique_ptr<std::istream> packed, std::optional<Packing> by_name)
      : std::istream(nullptr), buffer_(*this, std::move(packed), by_name) {
    rdbuf(&buffer_);
  }

  // Once it is bad: what is wrong with the data, where, and what to do. Empty where the packed stream is at fault.
  const std::string& trouble() const { return buffer_.trouble(); }

 private:
  UnpackedBuffer buffer_;
};

}  // namespace muster::unpack

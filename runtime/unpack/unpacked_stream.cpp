// SPDX-License-Identifier: Apache-2.0
#include "runtime/unpack/unpacked_stream.h"

#include <algorithm>
#include <utility>

namespace muster::unpack {

namespace {

constexpr std::size_t kPackedBlock = std::size_t{64} << 10, kBlock = std::size_t{128} << 10;

std::string_view name_of(Packing packing) { return packing == Packing::gzip ? "gzip" : "zstd"; }

}  // namespace

UnpackedBuffer::UnpackedBuffer(std::istream& owner, std::unique_ptr<std::istream> packed,
                               std::optional<Packing> by_name)
    : owner_(owner), source_(std::move(packed)), by_name_(by_name) {}

UnpackedBuffer::int_type UnpackedBuffer::underflow() {
  if (gptr() < egptr()) return traits_type::to_int_type(*gptr());
  block_.resize(kBlock);
  const std::size_t size = read(block_.data(), block_.size());
  setg(block_.data(), block_.data(), block_.data() + size);
  return size == 0 ? traits_type::eof() : traits_type::to_int_type(*gptr());
}

// What is packed goes through the block: how far damaged data can be decoded depends on the room that there is for
// them, and must not depend on who reads.
std::streamsize UnpackedBuffer::xsgetn(char* to, std::streamsize size) {
  std::streamsize done = 0;
  while (done < size) {
    if (gptr() == egptr() && state_ == State::good && decoder_ == nullptr) {
      const std::size_t count = read(to + done, static_cast<std::size_t>(size - done));
      if (count == 0) break;
      done += static_cast<std::streamsize>(count);
      continue;
    }
    if (traits_type::eq_int_type(underflow(), traits_type::eof())) break;
    const std::streamsize count = std::min<std::streamsize>(size - done, egptr() - gptr());
    std::copy_n(gptr(), count, to + done);
    gbump(static_cast<int>(count));
    done += count;
  }
  return done;
}

// Of what is packed some is there: then there is something to unpack.
std::streamsize UnpackedBuffer::showmanyc() {
  if (state_ == State::failed) return 0;
  const std::streamsize there = std::max<std::streamsize>(source_->rdbuf()->in_avail(), 0);
  if (state_ == State::good && decoder_ == nullptr) return static_cast<std::streamsize>(left_.size()) + there;
  return there > 0 ? 1 : 0;
}

// 0 at the end, and where the data are bad.
std::size_t UnpackedBuffer::read(char* to, std::size_t size) {
  if (state_ == State::before_begin) begin();
  if (state_ == State::failed) return 0;
  if (decoder_ != nullptr) return decode(to, size);
  if (!left_.empty()) {
    const std::size_t count = std::min(size, left_.size());
    std::copy_n(left_.data(), count, to);
    left_.remove_prefix(count);
    return count;
  }
  source_->read(to, static_cast<std::streamsize>(size));
  const auto count = static_cast<std::size_t>(source_->gcount());
  if (count == 0 && source_->bad()) give_up({});
  return count;
}

void UnpackedBuffer::begin() {
  state_ = State::good;
  fill();
  const Packing by_bytes = packing_of_bytes(left_);
  packing_ = by_name_.value_or(by_bytes);
  // An empty file is one that was cut off.
  if (packing_ != by_bytes && !left_.empty()) {
    return give_up("its name says that it is packed with " + std::string(name_of(packing_)) +
                   ", and its data are not: give it the name of what it holds");
  }
  decoder_ = make_decoder(packing_);
}

// The next block of the packed stream, as far as there is one.
void UnpackedBuffer::fill() {
  packed_.resize(kPackedBlock);
  source_->read(packed_.data(), static_cast<std::streamsize>(packed_.size()));
  left_ = {packed_.data(), static_cast<std::size_t>(source_->gcount())};
  read_bytes_ += left_.size();
}

std::size_t UnpackedBuffer::decode(char* to, std::size_t size) {
  while (true) {
    const std::size_t count = decoder_->decode(left_, to, size);
    if (count > 0) return count;
    if (!decoder_->trouble().empty()) {
      give_up(damage());
      return 0;
    }
    if (left_.empty()) fill();
    if (!left_.empty()) continue;
    if (source_->bad()) {
      give_up({});
    } else if (!decoder_->may_end()) {
      give_up("the " + std::string(name_of(packing_)) + " data are cut off after byte " + std::to_string(read_bytes_) +
              ": fetch the file again");
    }
    return 0;
  }
}

std::string UnpackedBuffer::damage() const {
  return "the " + std::string(name_of(packing_)) + " data are damaged near byte " +
         std::to_string(read_bytes_ - left_.size()) + " (" + decoder_->trouble() + "): fetch or pack the file again";
}

// An end would be taken for that of the file.
void UnpackedBuffer::give_up(std::string trouble) {
  state_ = State::failed;
  trouble_ = std::move(trouble);
  owner_.setstate(std::ios_base::badbit);
}

UnpackedBuffer::pos_type UnpackedBuffer::seekoff(off_type offset, std::ios_base::seekdir from,
                                                 std::ios_base::openmode which) {
  if (from != std::ios_base::beg) return pos_type(off_type(-1));
  return seekpos(offset, which);
}

// To the beginning alone.
UnpackedBuffer::pos_type UnpackedBuffer::seekpos(pos_type place, std::ios_base::openmode) {
  if (place != pos_type(0)) return pos_type(off_type(-1));
  if (state_ == State::before_begin) return place;
  source_->clear();
  if (!source_->seekg(0)) return pos_type(off_type(-1));
  setg(nullptr, nullptr, nullptr);
  left_ = {};
  read_bytes_ = 0;
  decoder_.reset();
  trouble_.clear();
  state_ = State::before_begin;
  return place;
}

}  // namespace muster::unpack

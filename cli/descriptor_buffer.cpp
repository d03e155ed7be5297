// SPDX-License-Identifier: Apache-2.0
#include "cli/descriptor_buffer.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace muster::cli {

DescriptorBuffer::DescriptorBuffer(int descriptor) : descriptor_(descriptor) {
  setp(block_.data(), block_.data() + block_.size());
}

int DescriptorBuffer::overflow(int character) {
  if (sync() != 0) return traits_type::eof();
  if (!traits_type::eq_int_type(character, traits_type::eof())) {
    *pptr() = traits_type::to_char_type(character);
    pbump(1);
  }
  return traits_type::not_eof(character);
}

int DescriptorBuffer::sync() {
  const char* next = pbase();
  while (state_ == State::open && next < pptr()) {
    const ssize_t written = ::write(descriptor_, next, static_cast<std::size_t>(pptr() - next));
    if (written >= 0) {
      next += written;
    } else if (errno != EINTR) {
      state_ = State::failed;
      if (errno != EPIPE) error_ = std::strerror(errno);
    }
  }
  setp(block_.data(), block_.data() + block_.size());
  return state_ == State::open ? 0 : -1;
}

}  // namespace muster::cli

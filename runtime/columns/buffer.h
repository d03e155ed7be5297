// SPDX-License-Identifier: Apache-2.0
// Memory for columns: begins at a multiple of 64 bytes, its size in bytes is one, too, and what nobody has written
// is 0. So a kernel may read and write whole vectors up to the padded end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <utility>

namespace muster::columns {

constexpr std::size_t kAlignment = 64;

class Buffer {
 public:
  Buffer() = default;
  Buffer(Buffer&& other) noexcept : bytes_(std::move(other.bytes_)), size_(std::exchange(other.size_, 0)) {}
  Buffer& operator=(Buffer&& other) noexcept {
    bytes_ = std::move(other.bytes_);
    size_ = std::exchange(other.size_, 0);
    return *this;
  }

  std::size_t size() const { return size_; }
  std::byte* data() { return bytes_.get(); }
  const std::byte* data() const { return bytes_.get(); }
  template <typename T>
  T* as() {
    return reinterpret_cast<T*>(bytes_.get());
  }
  template <typename T>
  const T* as() const {
    return reinterpret_cast<const T*>(bytes_.get());
  }

  // At least so many bytes; what was there stays, what is new is 0. Grows by half at least.
  void grow(std::size_t bytes) {
    if (bytes <= size_) return;
    const std::size_t padded = (bytes > size_ + size_ / 2 ? bytes : size_ + size_ / 2) + kAlignment - 1;
    const std::size_t size = padded / kAlignment * kAlignment;
    std::unique_ptr<std::byte[], Free> more(
        static_cast<std::byte*>(::operator new (size, std::align_val_t{kAlignment})));
    if (size_ > 0) std::memcpy(more.get(), bytes_.get(), size_);
    std::memset(more.get() + size_, 0, size - size_);
    bytes_ = std::move(more);
    size_ = size;
  }
  // The first so many bytes are 0 again.
  void clear(std::size_t bytes) {
    if (bytes > 0) std::memset(bytes_.get(), 0, bytes < size_ ? bytes : size_);
  }

 private:
  struct Free {
    void operator()(std::byte* bytes) const { ::operator delete (bytes, std::align_val_t{kAlignment}); }
  };
  std::unique_ptr<std::byte[], Free> bytes_;
  std::size_t size_ = 0;
};

}  // namespace muster::columns

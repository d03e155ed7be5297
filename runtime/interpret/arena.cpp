// SPDX-License-Identifier: Apache-2.0
#include "runtime/interpret/arena.h"

#include <algorithm>
#include <cstring>

namespace muster::interpret {

namespace {

constexpr std::size_t kBlock = std::size_t{64} << 10;
constexpr std::size_t kBlocksKept = 64;

}  // namespace

columns::Text Arena::keep(std::string_view text) {
  if (text.empty()) return {};
  char* place = nullptr;
  if (text.size() > kBlock / 4) {
    place = large_.emplace_back(std::make_unique<char[]>(text.size())).get();
  } else {
    if (!blocks_.empty() && used_ + text.size() > kBlock) {
      ++block_;
      used_ = 0;
    }
    if (block_ == blocks_.size()) blocks_.push_back(std::make_unique<char[]>(kBlock));
    place = blocks_[block_].get() + used_;
    used_ += text.size();
  }
  std::memcpy(place, text.data(), text.size());
  return {place, text.size()};
}

void Arena::clear() {
  large_.clear();
  blocks_.resize(std::min(blocks_.size(), kBlocksKept));
  block_ = used_ = 0;
}

}  // namespace muster::interpret

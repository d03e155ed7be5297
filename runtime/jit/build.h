// SPDX-License-Identifier: Apache-2.0
// LLVM's builder with loops and the types of columns. Numbers that count rows are i64.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <vector>

#include <llvm/IR/IRBuilder.h>

#include "compiler/ir/code.h"

namespace muster::jit {

using llvm::Value;

// Rows of a tile: a vector of bits holds as many.
constexpr std::uint64_t kTile = 512;
constexpr std::uint64_t kWord = 64;

class Build : public llvm::IRBuilder<> {
 public:
  using Carried = std::vector<Value*>;
  using IRBuilder::IRBuilder;

  llvm::Type* type_of(ir::Phys phys);  // of one row; of bits i1
  llvm::Type* lanes_of(ir::Phys phys, unsigned lanes) { return llvm::FixedVectorType::get(type_of(phys), lanes); }
  Value* number(std::uint64_t value) { return getInt64(value); }
  Value* whole_words(std::uint64_t word) { return CreateVectorSplat(8, getInt64(word)); }

  Value* byte_of(Value* base, Value* offset) { return CreateGEP(getInt8Ty(), base, offset); }
  Value* at(Value* base, ir::Phys phys, Value* row) { return CreateGEP(type_of(phys), base, row); }
  Value* load(llvm::Type* type, Value* from, std::uint64_t align) {
    return CreateAlignedLoad(type, from, llvm::Align(align));
  }
  void store(Value* value, Value* to, std::uint64_t align) { CreateAlignedStore(value, to, llvm::Align(align)); }
  // One row of a column, as it lies in memory.
  Value* one(Value* base, ir::Phys phys, Value* row) {
    return load(type_of(phys), at(base, phys, row), align_of(phys));
  }
  Value* word_at(Value* words, Value* word) { return load(getInt64Ty(), CreateGEP(getInt64Ty(), words, word), 8); }
  Value* bit_at(Value* words, Value* row);
  static std::uint64_t align_of(ir::Phys phys) { return phys == ir::Phys::text ? 8 : ir::bytes_of(phys); }

  Value* least(Value* a, Value* b) { return CreateBinaryIntrinsic(llvm::Intrinsic::umin, a, b); }

  // Values that are carried from round to round: what `body` gives for i from begin to end, each `step` further. It
  // ends early where `stops` says so of what is carried.
  Carried loop(Value* begin, Value* end, std::uint64_t step, const Carried& first,
               const std::function<Carried(Value* i, const Carried& carried)>& body,
               const std::function<Value*(const Carried& carried)>& stops = {});
  void loop(Value* begin, Value* end, std::uint64_t step, const std::function<void(Value* i)>& body);
  void when(Value* condition, const std::function<void()>& then);
  Value* either(Value* condition, const std::function<Value*()>& then, const std::function<Value*()>& otherwise);

  // The order of the language, of all kinds but texts and versions; of vectors lane by lane.
  Value* equal(ir::Phys phys, Value* a, Value* b);
  Value* less(ir::Phys phys, Value* a, Value* b);
  Value* less_equal(ir::Phys phys, Value* a, Value* b);
};

}  // namespace muster::jit

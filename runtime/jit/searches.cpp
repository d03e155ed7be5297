// SPDX-License-Identifier: Apache-2.0
// What is looked for among rows begin to end. What lies outside of the axis isn't looked at.
#include "runtime/jit/writer.h"

namespace muster::jit {

using groups::Slot;
using ir::Instruction;
using ir::Op;
using ir::Phys;
using ir::ValueId;
using Carried = Build::Carried;

namespace {

// Bits in which all_between notes what it has seen. What doesn't fit takes another round.
constexpr std::uint64_t kSeenBits = std::uint64_t{1} << 18;

}  // namespace

Value* Writer::search(const Instruction& made, const Tile& tile, Value* row) {
  const auto operands = code_.operands_of(made);
  const ValueId elements = operands[operands.size() - 2];
  const ValueId set = operands.back();
  Value* rows = slot({Slot::Kind::rows, groups::elements_axis(code_, made)});
  const auto bound = [&](std::size_t at) {
    return b_.least(b_.CreateZExt(one_of(operands[at], tile, row), b_.getInt64Ty()), rows);
  };
  Value* begin = bound(operands.size() - 4);
  Value* end = bound(operands.size() - 3);
  const Phys phys = phys_of(elements);
  Value* low = one_of(operands[0], tile, row);
  Value* high = made.op == Op::member ? low : one_of(operands[1], tile, row);
  if (made.op == Op::all_between) return all_between(made, low, high, begin, end);
  const auto found = [](const Carried& carried) { return carried[0]; };
  return b_.loop(
      begin, end, 1, {b_.getFalse()},
      [&](Value* at, const Carried&) {
        Value* value = element(elements, at);
        Value* is_it = made.op == Op::member
                           ? b_.equal(phys, low, value)
                           : b_.CreateAnd(b_.less_equal(phys, low, value), b_.less_equal(phys, value, high));
        return Carried{b_.CreateAnd(is_it, element(set, at))};
      },
      found)[0];
}

// There are no more different numbers than elements, so only few can be asked for. Rounds of 2^18 numbers each look
// which of those are there.
Value* Writer::all_between(const Instruction& made, Value* low, Value* high, Value* begin, Value* end) {
  const auto operands = code_.operands_of(made);
  if (!seen_) {
    seen_ = scratch_bytes_;
    scratch_bytes_ += kSeenBits / 8;
  }
  Value* seen = b_.CreateConstGEP1_64(b_.getInt8Ty(), scratch_, *seen_);
  Value* steps = b_.CreateSub(high, low);
  Value* has_few = b_.CreateAnd(b_.CreateICmpULT(begin, end), b_.CreateICmpULT(steps, b_.CreateSub(end, begin)));
  Value* is_asked = b_.CreateICmpSLE(low, high);
  return b_.either(
      b_.CreateAnd(is_asked, has_few),
      [&] {
        Value* numbers = b_.CreateAdd(steps, b_.number(1));
        const auto round = [&](Value* first, const Carried&) {
          Value* size = b_.least(b_.CreateSub(numbers, first), b_.number(kSeenBits));
          Value* words = b_.CreateLShr(b_.CreateAdd(size, b_.number(kWord - 1)), 6);
          b_.loop(b_.number(0), words, 1,
                  [&](Value* word) { b_.store(b_.number(0), b_.CreateGEP(b_.getInt64Ty(), seen, word), 8); });
          b_.loop(begin, end, 1, [&](Value* at) {
            Value* number = b_.CreateSub(b_.CreateSub(element(operands[4], at), low), first);
            Value* counts = b_.CreateAnd(element(operands[5], at), b_.CreateICmpULT(number, size));
            b_.when(counts, [&] {
              Value* place = b_.CreateGEP(b_.getInt64Ty(), seen, b_.CreateLShr(number, 6));
              Value* bit = b_.CreateShl(b_.number(1), b_.CreateAnd(number, kWord - 1));
              b_.store(b_.CreateOr(b_.load(b_.getInt64Ty(), place, 8), bit), place, 8);
            });
          });
          const Carried count = b_.loop(b_.number(0), words, 1, {b_.number(0)}, [&](Value* word, const Carried& sum) {
            return Carried{
                b_.CreateAdd(sum[0], b_.CreateUnaryIntrinsic(llvm::Intrinsic::ctpop, b_.word_at(seen, word)))};
          });
          return Carried{b_.CreateICmpEQ(count[0], size)};
        };
        const auto is_missing = [&](const Carried& carried) { return b_.CreateNot(carried[0]); };
        return b_.loop(b_.number(0), numbers, kSeenBits, {b_.getTrue()}, round, is_missing)[0];
      },
      [&] { return b_.CreateNot(is_asked); });
}

}  // namespace muster::jit

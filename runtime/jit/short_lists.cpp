// SPDX-License-Identifier: Apache-2.0
// Most lists are short. So some of them are looked at at once, each in a lane of its own: the bits of its rows lie in
// one word, and element k of all lists is taken together. Chunks with a list that doesn't fit a word are made again
// list by list.
#include <algorithm>

#include "runtime/jit/writer.h"

namespace muster::jit {

using groups::Slot;
using ir::Instruction;
using ir::Op;
using ir::OpKind;
using ir::Phys;
using ir::ValueId;
using Carried = Build::Carried;

bool Writer::takes_lanes(const Instruction& made) const {
  if (ir::info(made.op).kind != OpKind::segment || made.op == Op::seg_mean_cut) return false;
  const auto operands = code_.operands_of(made);
  // Nothing gathers single bytes.
  return phys_of(operands[0]) != Phys::u8;
}

void Writer::write_short_lists(ValueId id, const Tile& tile) {
  const Instruction& made = code_[id];
  const unsigned lanes = lanes_for(PhaseKind::rows8);
  Value* result = tile_of(id, tile);
  b_.loop(b_.number(0), b_.CreateSub(tile.last, tile.first), lanes, [&](Value* at) {
    Value* row = b_.CreateAdd(tile.first, at);
    Lists lists = lists_at(made, row, tile.last, lanes);
    Value* made_of = of_short(made, lists);
    const bool is_bits = made.phys == Phys::bits;
    Value* place = is_bits ? b_.byte_of(result, b_.CreateLShr(at, 3)) : b_.at(result, made.phys, at);
    if (is_bits) {
      b_.store(b_.CreateBitCast(made_of, b_.getIntNTy(lanes)), place, lanes / 8);
    } else {
      b_.store(made_of, place, std::min<std::size_t>(64, lanes * ir::bytes_of(made.phys)));
    }
    b_.when(b_.CreateOrReduce(lists.is_long), [&] {
      Value* end = b_.least(b_.CreateAdd(row, b_.number(lanes)), tile.last);
      const Carried bits = b_.loop(row, end, 1, {b_.number(0)}, [&](Value* one, const Carried& so_far) {
        Value* value = segment(made, one);
        Value* step = b_.CreateSub(one, row);
        if (!is_bits) {
          b_.store(value, b_.at(place, made.phys, step), Build::align_of(made.phys));
          return so_far;
        }
        return Carried{b_.CreateOr(so_far[0], b_.CreateShl(b_.CreateZExt(value, b_.getInt64Ty()), step))};
      });
      if (is_bits) b_.store(b_.CreateTrunc(bits[0], b_.getIntNTy(lanes)), place, lanes / 8);
    });
  });
}

Writer::Lists Writer::lists_at(const Instruction& made, Value* row, Value* end, unsigned lanes) {
  const ValueId set = code_.operands_of(made).back();
  const ir::AxisId axis = code_[set].axis;
  llvm::Type* wide = b_.lanes_of(Phys::i64, lanes);
  const auto all = [&](std::uint64_t value) { return llvm::ConstantInt::get(wide, value); };
  std::vector<llvm::Constant*> steps;
  for (std::uint64_t i = 0; i < lanes; ++i) steps.push_back(b_.getInt64(i));
  // Behind the last parent there are no offsets; lists are empty there.
  Value* is_there =
      b_.CreateICmpULT(llvm::ConstantVector::get(steps), b_.CreateVectorSplat(lanes, b_.CreateSub(end, row)));
  const auto bounds = [&](Value* from) {
    llvm::Type* type = b_.lanes_of(Phys::index, lanes);
    Value* place = b_.at(offsets(axis), Phys::index, from);
    Value* read = b_.CreateMaskedLoad(type, place, llvm::Align(4), is_there, llvm::Constant::getNullValue(type));
    return b_.CreateZExt(read, wide);
  };
  Lists lists;
  lists.lanes = lanes;
  lists.begin = bounds(row);
  lists.size = b_.CreateSub(bounds(b_.CreateAdd(row, b_.number(1))), lists.begin);
  Value* is_empty = b_.CreateICmpEQ(lists.size, all(0));
  Value* shift = all(0);
  Value* word = nullptr;
  if (is_uniform(set)) {
    word = b_.CreateVectorSplat(lanes, b_.CreateSExt(uniform(set), b_.getInt64Ty()));
  } else {
    // Eight bytes from that of the list's first bit on, but none behind the bitmap.
    Value* rows = slot({Slot::Kind::rows, axis});
    Value* bytes = b_.CreateMul(b_.CreateLShr(b_.CreateAdd(rows, b_.number(kTile - 1)), 9), b_.number(kTile / 8));
    Value* last = b_.CreateVectorSplat(lanes, b_.CreateSub(bytes, b_.number(8)));
    Value* byte = b_.least(b_.CreateLShr(lists.begin, 3), last);
    shift = b_.CreateSub(lists.begin, b_.CreateShl(byte, 3));
    word = b_.CreateMaskedGather(wide, b_.byte_of(address(set), byte), llvm::Align(1), b_.CreateNot(is_empty), all(0));
  }
  lists.is_long = b_.CreateAnd(b_.CreateNot(is_empty), b_.CreateICmpUGT(b_.CreateAdd(lists.size, shift), all(kWord)));
  Value* mask = b_.CreateLShr(all(~std::uint64_t{0}), b_.CreateAnd(b_.CreateSub(all(kWord), lists.size), kWord - 1));
  Value* bits = b_.CreateAnd(b_.CreateLShr(word, b_.CreateAnd(shift, kWord - 1)), mask);
  lists.bits = b_.CreateSelect(is_empty, all(0), bits);
  return lists;
}

// The elements of all lists, first to last; `body` decides by the mask which lanes change.
Carried Writer::each_element(
    const Lists& lists, ValueId value, const Carried& first,
    const std::function<Carried(Value* row, Value* value, Value* mask, const Carried&)>& body) {
  Value* longest = b_.least(b_.CreateIntMaxReduce(lists.size), b_.number(kWord));
  return b_.loop(b_.number(0), longest, 1, first, [&](Value* k, const Carried& carried) {
    Value* step = b_.CreateVectorSplat(lists.lanes, k);
    Value* mask = b_.CreateTrunc(b_.CreateLShr(lists.bits, step), b_.lanes_of(Phys::bits, lists.lanes));
    Value* row = b_.CreateAdd(lists.begin, step);
    const Phys phys = phys_of(value);
    llvm::Type* type = b_.lanes_of(phys, lists.lanes);
    Value* element = is_uniform(value) ? b_.CreateVectorSplat(lists.lanes, uniform(value))
                                       : b_.CreateMaskedGather(type, b_.at(address(value), phys, row),
                                                               llvm::Align(Build::align_of(phys)), mask,
                                                               llvm::Constant::getNullValue(type));
    return body(row, element, mask, carried);
  });
}

Value* Writer::of_short(const Instruction& made, Lists& lists) {
  const auto operands = code_.operands_of(made);
  llvm::Type* wide = b_.lanes_of(Phys::i64, lists.lanes);
  Value* nothing = llvm::Constant::getNullValue(wide);
  if (made.op == Op::seg_any) return b_.CreateICmpNE(lists.bits, nothing);
  Value* count = b_.CreateUnaryIntrinsic(llvm::Intrinsic::ctpop, lists.bits);
  if (made.op == Op::seg_count) return count;
  if (made.op == Op::seg_at_least) return b_.CreateICmpUGE(count, llvm::ConstantInt::get(wide, made.index));
  llvm::Type* index = b_.lanes_of(Phys::index, lists.lanes);
  if (made.op == Op::seg_first) {
    Value* bit = b_.CreateBinaryIntrinsic(llvm::Intrinsic::cttz, lists.bits, b_.getFalse());
    Value* row = b_.CreateTrunc(b_.CreateAdd(lists.begin, bit), index);
    return b_.CreateSelect(b_.CreateICmpEQ(lists.bits, nothing), llvm::Constant::getNullValue(index), row);
  }
  const Phys phys = phys_of(operands[0]);
  if (made.op == Op::seg_fsum) {
    const Carried zero{llvm::Constant::getNullValue(b_.lanes_of(phys, lists.lanes))};
    return each_element(lists, operands[0], zero, [&](Value*, Value* value, Value* mask, const Carried& sum) {
      return Carried{b_.CreateSelect(mask, b_.CreateFAdd(sum[0], value), sum[0])};
    })[0];
  }
  if (made.op == Op::seg_min || made.op == Op::seg_max || made.op == Op::seg_latest) {
    const Carried none{nothing, llvm::Constant::getNullValue(b_.lanes_of(phys, lists.lanes)),
                       llvm::ConstantInt::getFalse(b_.lanes_of(Phys::bits, lists.lanes))};
    const auto better = [&](Value* row, Value* value, Value* mask, const Carried& best) {
      Value* takes = b_.CreateAnd(mask, b_.CreateOr(b_.CreateNot(best[2]), is_better(made.op, phys, value, best[1])));
      return Carried{b_.CreateSelect(takes, row, best[0]), b_.CreateSelect(takes, value, best[1]),
                     b_.CreateOr(best[2], mask)};
    };
    return b_.CreateTrunc(each_element(lists, operands[0], none, better)[0], index);
  }
  // Upper and lower halves are added up by themselves, so that nothing is lost: there are few.
  const auto more = [&](Value*, Value* value, Value* mask, const Carried& sums) {
    Value* counted = b_.CreateSelect(mask, value, nothing);
    return Carried{b_.CreateAdd(sums[0], counted), b_.CreateAdd(sums[1], b_.CreateAShr(counted, 32)),
                   b_.CreateAdd(sums[2], b_.CreateAnd(counted, 0xffff'ffffu))};
  };
  const Carried sums = each_element(lists, operands[0], {nothing, nothing, nothing}, more);
  if (made.op == Op::seg_sum) return sums[0];
  Value* upper = b_.CreateAdd(sums[1], b_.CreateLShr(sums[2], 32));
  llvm::Type* half = b_.lanes_of(Phys::i32, lists.lanes);
  Value* fits = b_.CreateICmpEQ(b_.CreateSExt(b_.CreateTrunc(upper, half), wide), upper);
  if (made.op == Op::seg_sum_ok) return fits;
  lists.is_long = b_.CreateOr(lists.is_long, b_.CreateNot(fits));
  llvm::Type* doubles = b_.lanes_of(Phys::f64, lists.lanes);
  return b_.CreateFDiv(b_.CreateSIToFP(sums[0], doubles), b_.CreateSIToFP(count, doubles));
}

Value* Writer::is_better(Op op, Phys phys, Value* value, Value* best) {
  if (op == Op::seg_min) return b_.less(phys, value, best);
  if (op == Op::seg_max) return b_.less(phys, best, value);
  return b_.CreateNot(b_.less(phys, value, best));
}

}  // namespace muster::jit

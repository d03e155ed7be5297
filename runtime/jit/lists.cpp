// SPDX-License-Identifier: Apache-2.0
// Row by row: lists that become one row, and texts that are moved. Which rows of a list count is asked word by word.
#include "runtime/jit/writer.h"

namespace muster::jit {

using groups::Slot;
using ir::Instruction;
using ir::Op;
using ir::OpKind;
using ir::Phys;
using ir::ValueId;
using Carried = Build::Carried;

void Writer::write_lists(ValueId id, const Tile& tile) {
  const Instruction& made = code_[id];
  if (takes_lanes(made)) return write_short_lists(id, tile);
  Value* result = tile_of(id, tile);
  if (made.phys != Phys::bits) {
    b_.loop(tile.first, tile.last, 1, [&](Value* row) {
      Value* place = b_.at(result, made.phys, b_.CreateSub(row, tile.first));
      b_.store(list_row(made, tile, row), place, Build::align_of(made.phys));
    });
    return;
  }
  b_.loop(tile.first, tile.last, kWord, [&](Value* first) {
    Value* end = b_.least(b_.CreateAdd(first, b_.number(kWord)), tile.last);
    const Carried word = b_.loop(first, end, 1, {b_.number(0)}, [&](Value* row, const Carried& so_far) {
      Value* bit = b_.CreateZExt(list_row(made, tile, row), b_.getInt64Ty());
      return Carried{b_.CreateOr(so_far[0], b_.CreateShl(bit, b_.CreateAnd(row, kWord - 1)))};
    });
    b_.store(word[0], b_.byte_of(result, b_.CreateLShr(b_.CreateSub(first, tile.first), 3)), 8);
  });
}

Value* Writer::one_of(ValueId id, const Tile& tile, Value* row) {
  if (is_uniform(id)) return uniform(id);
  Value* at = b_.CreateSub(row, tile.first);
  if (phys_of(id) == Phys::bits) return b_.bit_at(tile_of(id, tile), at);
  return b_.one(tile_of(id, tile), phys_of(id), at);
}

Value* Writer::element(ValueId id, Value* row) {
  if (is_uniform(id)) return uniform(id);
  return phys_of(id) == Phys::bits ? b_.bit_at(address(id), row) : b_.one(address(id), phys_of(id), row);
}

Value* Writer::word_of(ValueId id, Value* word) {
  if (is_uniform(id)) return b_.CreateSExt(uniform(id), b_.getInt64Ty());
  return b_.word_at(address(id), word);
}

Value* Writer::list_row(const Instruction& made, const Tile& tile, Value* row) {
  const auto operands = code_.operands_of(made);
  if (made.op == Op::begin_of) return b_.one(offsets(made.index), Phys::index, row);
  if (made.op == Op::end_of) return b_.one(offsets(made.index), Phys::index, b_.CreateAdd(row, b_.number(1)));
  if (made.op == Op::gather) return gathered_text(made, one_of(operands[1], tile, row));
  if (made.op == Op::select) {
    return b_.CreateSelect(one_of(operands[0], tile, row), one_of(operands[1], tile, row),
                           one_of(operands[2], tile, row));
  }
  if (ir::info(made.op).kind == OpKind::segment) return segment(made, row);
  return search(made, tile, row);
}

Value* Writer::gathered_text(const Instruction& made, Value* index) {
  const ValueId source = code_.operands_of(made)[0];
  if (is_uniform(source)) return uniform(source);
  Value* rows = slot({Slot::Kind::rows, code_[source].axis});
  Value* row = b_.CreateZExt(index, b_.getInt64Ty());
  return b_.either(
      b_.CreateICmpEQ(rows, b_.number(0)),
      [&]() -> Value* { return llvm::Constant::getNullValue(b_.type_of(made.phys)); },
      [&] { return b_.one(address(source), made.phys, b_.least(row, b_.CreateSub(rows, b_.number(1)))); });
}

Carried Writer::each_word(ValueId set, Value* begin, Value* end, const Carried& first,
                          const std::function<Carried(Value* word, Value* row, const Carried&)>& body) {
  Value* start = b_.CreateAnd(begin, ~(kWord - 1));
  return b_.loop(start, end, kWord, first, [&](Value* row, const Carried& carried) {
    Value* word = word_of(set, b_.CreateLShr(row, 6));
    Value* all = b_.number(~std::uint64_t{0});
    Value* in_front = b_.CreateBinaryIntrinsic(llvm::Intrinsic::usub_sat, begin, row);
    word = b_.CreateAnd(word, b_.CreateShl(all, in_front));
    Value* behind = b_.CreateBinaryIntrinsic(llvm::Intrinsic::usub_sat, b_.CreateAdd(row, b_.number(kWord)), end);
    word = b_.CreateAnd(word, b_.CreateLShr(all, behind));
    return body(word, row, carried);
  });
}

Carried Writer::each_set(ValueId set, Value* begin, Value* end, const Carried& first,
                         const std::function<Carried(Value* row, const Carried&)>& body) {
  return each_word(set, begin, end, first, [&](Value* word, Value* row, const Carried& so_far) {
    // As long as bits are left in the word; it has at most 64.
    Carried inner = so_far;
    inner.push_back(word);
    Carried done = b_.loop(
        b_.number(0), b_.number(kWord), 1, inner,
        [&](Value*, const Carried& carried) {
          Value* left = carried.back();
          Value* bit = b_.CreateBinaryIntrinsic(llvm::Intrinsic::cttz, left, b_.getTrue());
          Carried next = body(b_.CreateAdd(row, bit), Carried(carried.begin(), carried.end() - 1));
          next.push_back(b_.CreateAnd(left, b_.CreateSub(left, b_.number(1))));
          return next;
        },
        [&](const Carried& carried) { return b_.CreateICmpEQ(carried.back(), b_.number(0)); });
    done.pop_back();
    return done;
  });
}

Value* Writer::segment(const Instruction& made, Value* row) {
  const auto operands = code_.operands_of(made);
  const ValueId set = operands.back();
  Value* lists = offsets(code_[set].axis);
  const auto bound = [&](Value* at) { return b_.CreateZExt(b_.one(lists, Phys::index, at), b_.getInt64Ty()); };
  Value* begin = bound(row);
  Value* end = bound(b_.CreateAdd(row, b_.number(1)));
  const Carried nothing{b_.number(0)};
  if (made.op == Op::seg_any) {
    const Carried found = each_word(set, begin, end, nothing, [&](Value* word, Value*, const Carried& so_far) {
      return Carried{b_.CreateOr(so_far[0], word)};
    });
    return b_.CreateICmpNE(found[0], b_.number(0));
  }
  if (made.op == Op::seg_count || made.op == Op::seg_at_least) {
    const Carried count = each_word(set, begin, end, nothing, [&](Value* word, Value*, const Carried& so_far) {
      return Carried{b_.CreateAdd(so_far[0], b_.CreateUnaryIntrinsic(llvm::Intrinsic::ctpop, word))};
    });
    return made.op == Op::seg_count ? count[0] : b_.CreateICmpUGE(count[0], b_.number(made.index));
  }
  if (made.op == Op::seg_first) {
    const Carried first{b_.number(0), b_.getFalse()};
    const Carried found = each_word(set, begin, end, first, [&](Value* word, Value* at, const Carried& so_far) {
      Value* bit = b_.CreateBinaryIntrinsic(llvm::Intrinsic::cttz, word, b_.getFalse());
      Value* is_first = b_.CreateAnd(b_.CreateNot(so_far[1]), b_.CreateICmpNE(word, b_.number(0)));
      return Carried{b_.CreateSelect(is_first, b_.CreateAdd(at, bit), so_far[0]), b_.CreateOr(so_far[1], is_first)};
    });
    return b_.CreateTrunc(found[0], b_.getInt32Ty());
  }
  if (made.op == Op::seg_min || made.op == Op::seg_max || made.op == Op::seg_latest) return extreme(made, begin, end);
  if (made.op != Op::seg_fsum) return sum_of(made, begin, end);
  const Carried zero{llvm::ConstantFP::get(b_.getDoubleTy(), 0.0)};
  return each_set(set, begin, end, zero, [&](Value* at, const Carried& sum) {
    return Carried{b_.CreateFAdd(sum[0], element(operands[0], at))};
  })[0];
}

// Sums are exact: of 128 bits where that matters. Doubles and quotients of those that need them are library code of
// the compiler.
Value* Writer::sum_of(const Instruction& made, Value* begin, Value* end) {
  const auto operands = code_.operands_of(made);
  llvm::Type* whole = b_.getInt64Ty();
  llvm::Type* wide = made.op == Op::seg_sum ? whole : b_.getInt128Ty();
  const Carried nothing{llvm::ConstantInt::get(wide, 0), b_.number(0)};
  const Carried total = each_set(operands[1], begin, end, nothing, [&](Value* at, const Carried& so_far) {
    Value* value = b_.CreateSExt(element(operands[0], at), wide);
    return Carried{b_.CreateAdd(so_far[0], value), b_.CreateAdd(so_far[1], b_.number(1))};
  });
  if (made.op == Op::seg_sum) return total[0];
  Value* narrow = b_.CreateTrunc(total[0], whole);
  Value* fits = b_.CreateICmpEQ(b_.CreateSExt(narrow, wide), total[0]);
  if (made.op == Op::seg_sum_ok) return fits;
  Value* count = total[1];
  if (made.op == Op::seg_mean) {
    Value* sum = b_.either(
        fits, [&] { return b_.CreateSIToFP(narrow, b_.getDoubleTy()); },
        [&] { return b_.CreateSIToFP(total[0], b_.getDoubleTy()); });
    return b_.CreateFDiv(sum, b_.CreateSIToFP(count, b_.getDoubleTy()));
  }
  // Of none the sum is 0.
  Value* divisor = b_.CreateBinaryIntrinsic(llvm::Intrinsic::umax, count, b_.number(1));
  return b_.either(
      fits, [&] { return b_.CreateSDiv(narrow, divisor); },
      [&] { return b_.CreateTrunc(b_.CreateSDiv(total[0], b_.CreateSExt(divisor, wide)), whole); });
}

Value* Writer::extreme(const Instruction& made, Value* begin, Value* end) {
  const auto operands = code_.operands_of(made);
  const Phys phys = phys_of(operands[0]);
  const Carried none{b_.number(0), llvm::Constant::getNullValue(b_.type_of(phys)), b_.getFalse()};
  const Carried best = each_set(operands[1], begin, end, none, [&](Value* at, const Carried& so_far) {
    Value* value = element(operands[0], at);
    Value* takes = b_.CreateOr(b_.CreateNot(so_far[2]), is_better(made.op, phys, value, so_far[1]));
    return Carried{b_.CreateSelect(takes, at, so_far[0]), b_.CreateSelect(takes, value, so_far[1]), b_.getTrue()};
  });
  return b_.CreateTrunc(best[0], b_.getInt32Ty());
}

}  // namespace muster::jit

// SPDX-License-Identifier: Apache-2.0
// Operations that make all rows of an axis of lists at once, parent by parent.
#include "runtime/jit/long_lists.h"
#include "runtime/jit/writer.h"

#include <string>

#include <llvm/IR/Module.h>

namespace muster::jit {

using groups::Slot;
using ir::Instruction;
using ir::Op;
using ir::Phys;
using ir::ValueId;
using Carried = Build::Carried;

namespace {

// Longer lists are sorted.
constexpr std::uint64_t kShort = 24;

// Calls each(parent, its first row, its end).
template <typename Each>
void for_each_parent(Build& b, Value* offsets, Value* parents, Each each) {
  b.loop(b.number(0), parents, 1, [&](Value* parent) {
    const auto bound = [&](Value* at) { return b.CreateZExt(b.one(offsets, Phys::index, at), b.getInt64Ty()); };
    Value* begin = bound(parent);
    each(parent, begin, bound(b.CreateAdd(parent, b.number(1))));
  });
}

void set_bit(Build& b, Value* words, Value* row, Value* bit) {
  Value* place = b.CreateGEP(b.getInt64Ty(), words, b.CreateLShr(row, 6));
  Value* mask = b.CreateShl(b.CreateZExt(bit, b.getInt64Ty()), b.CreateAnd(row, kWord - 1));
  b.store(b.CreateOr(b.load(b.getInt64Ty(), place, 8), mask), place, 8);
}

}  // namespace

void Writer::write_whole(const Instruction& made, ValueId id, Value* rows) {
  Value* result = address(id);
  Value* lists = offsets(made.axis);
  Value* parents = slot({Slot::Kind::parents, made.axis});
  if (made.phys == Phys::bits) clear_words(result, rows);
  if (made.op == Op::parent_row) write_parent_rows(result, lists, parents);
  if (made.op == Op::source_row) write_source_rows(made, result, lists, parents);
  if (made.op == Op::interleave || made.op == Op::interleave_bits) write_interleaved(made, result, lists, parents);
  if (made.op == Op::first_of_equals) write_first_of_equals(made, result, lists, parents);
}

void Writer::clear_words(Value* words, Value* rows) {
  b_.loop(b_.number(0), rows, kTile,
          [&](Value* row) { b_.store(b_.whole_words(0), b_.byte_of(words, b_.CreateLShr(row, 3)), 64); });
}

void Writer::write_parent_rows(Value* result, Value* lists, Value* parents) {
  Value* before = b_.CreateZExt(b_.one(lists, Phys::index, b_.number(0)), b_.getInt64Ty());
  b_.loop(b_.number(0), before, 1, [&](Value* row) { b_.store(b_.getInt32(0), b_.at(result, Phys::index, row), 4); });
  for_each_parent(b_, lists, parents, [&](Value* parent, Value* begin, Value* end) {
    Value* index = b_.CreateTrunc(parent, b_.getInt32Ty());
    b_.loop(begin, end, 1, [&](Value* row) { b_.store(index, b_.at(result, Phys::index, row), 4); });
  });
}

void Writer::write_source_rows(const Instruction& made, Value* result, Value* lists, Value* parents) {
  const ValueId source = code_.axes[made.axis].begin;
  for_each_parent(b_, lists, parents, [&](Value* parent, Value* begin, Value* end) {
    b_.when(b_.CreateICmpULT(begin, end), [&] {
      Value* first = element(source, parent);
      b_.loop(begin, end, 1, [&](Value* row) {
        Value* step = b_.CreateTrunc(b_.CreateSub(row, begin), b_.getInt32Ty());
        b_.store(b_.CreateAdd(first, step), b_.at(result, Phys::index, row), 4);
      });
    });
  });
}

void Writer::write_interleaved(const Instruction& made, Value* result, Value* lists, Value* parents) {
  const auto operands = code_.operands_of(made);
  for_each_parent(b_, lists, parents, [&](Value* parent, Value* begin, Value* end) {
    b_.when(b_.CreateICmpULT(begin, end), [&] {
      for (std::size_t e = 0; e < operands.size(); ++e) {
        Value* row = b_.CreateAdd(begin, b_.number(e));
        Value* value = element(operands[e], parent);
        if (made.phys == Phys::bits) {
          set_bit(b_, result, row, value);
        } else {
          b_.store(value, b_.at(result, made.phys, row), Build::align_of(made.phys));
        }
      }
    });
  });
}

void Writer::write_first_of_equals(const Instruction& made, Value* result, Value* lists, Value* parents) {
  const auto operands = code_.operands_of(made);
  const Phys phys = phys_of(operands[0]);
  for_each_parent(b_, lists, parents, [&](Value*, Value* begin, Value* end) {
    const auto in_pairs = [&](Value* row) {
      Value* value = element(operands[0], row);
      const auto is_seen = [](const Carried& carried) { return carried[0]; };
      Value* seen = b_.loop(
          begin, row, 1, {b_.CreateNot(element(operands[1], row))},
          [&](Value* other, const Carried&) {
            Value* same = b_.equal(phys, element(operands[0], other), value);
            return Carried{b_.CreateAnd(same, element(operands[1], other))};
          },
          is_seen)[0];
      set_bit(b_, result, row, b_.CreateNot(seen));
    };
    // Where all rows have one value, the first that is set ends every search.
    if (is_uniform(operands[0])) {
      b_.loop(begin, end, 1, in_pairs);
      return;
    }
    Value* is_long = b_.CreateICmpUGT(b_.CreateSub(end, begin), b_.number(kShort));
    b_.when(b_.CreateNot(is_long), [&] { b_.loop(begin, end, 1, in_pairs); });
    llvm::Type* pointer = b_.getPtrTy();
    llvm::Type* number = b_.getInt64Ty();
    Value* set = llvm::ConstantPointerNull::get(b_.getPtrTy());
    if (is_uniform(operands[1])) {
      is_long = b_.CreateAnd(is_long, uniform(operands[1]));
    } else {
      set = address(operands[1]);
    }
    b_.when(is_long, [&] {
      auto* type = llvm::FunctionType::get(b_.getVoidTy(), {pointer, pointer, pointer, number, number}, false);
      const llvm::FunctionCallee callee = module_.getOrInsertFunction(first_of_equals_name(phys), type);
      b_.CreateCall(callee, {address(operands[0]), set, result, begin, end});
    });
  });
}

}  // namespace muster::jit

// SPDX-License-Identifier: Apache-2.0
// Nothing here may trap, be contracted or be reordered: each operation gives the bits that its kernel gives.
#include "runtime/jit/rowwise.h"

#include <limits>

namespace muster::jit {

using ir::Op;
using ir::Phys;
using llvm::Intrinsic::ID;

namespace {

constexpr double kTwoTo63 = 9223372036854775808.0;

class Rowwise {
 public:
  Rowwise(Build& build, std::span<Value* const> operands)
      : b_(build),
        a_(operands[0]),
        second_(operands.size() > 1 ? operands[1] : nullptr),
        type_(operands[0]->getType()) {}

  Value* of_bits(Op op) {
    if (op == Op::not_) return b_.CreateNot(a_);
    if (op == Op::and_) return b_.CreateAnd(a_, second_);
    if (op == Op::or_) return b_.CreateOr(a_, second_);
    if (op == Op::and_not) return b_.CreateAnd(a_, b_.CreateNot(second_));
    return nullptr;
  }

  Value* of_integers(Op op) {
    switch (op) {
      case Op::add: return b_.CreateAdd(a_, second_);
      case Op::subtract: return b_.CreateSub(a_, second_);
      case Op::multiply: return b_.CreateMul(a_, second_);
      case Op::negate: return b_.CreateNeg(a_);
      case Op::absolute: return b_.CreateBinaryIntrinsic(llvm::Intrinsic::abs, a_, b_.getFalse());
      case Op::negate_ok: return b_.CreateICmpNE(a_, integer(std::numeric_limits<std::int64_t>::min()));
      // It overflows where both have a sign that the sum hasn't.
      case Op::add_ok: {
        Value* sum = b_.CreateAdd(a_, second_);
        return is_positive(b_.CreateAnd(b_.CreateXor(a_, sum), b_.CreateXor(second_, sum)));
      }
      case Op::subtract_ok: {
        Value* difference = b_.CreateSub(a_, second_);
        return is_positive(b_.CreateAnd(b_.CreateXor(a_, second_), b_.CreateXor(a_, difference)));
      }
      case Op::multiply_ok: return multiply_ok();
      case Op::to_f64: return b_.CreateSIToFP(a_, doubles());
      default: return nullptr;
    }
  }

  Value* of_doubles(Op op) {
    switch (op) {
      case Op::fadd: return b_.CreateFAdd(a_, second_);
      case Op::fsubtract: return b_.CreateFSub(a_, second_);
      case Op::fmultiply: return b_.CreateFMul(a_, second_);
      case Op::fdivide: return b_.CreateFDiv(a_, second_);
      case Op::fnegate: return b_.CreateFNeg(a_);
      case Op::fabsolute: return unary(llvm::Intrinsic::fabs, a_);
      case Op::fround: return round();
      case Op::ffloor: return unary(llvm::Intrinsic::floor, a_);
      case Op::fceil: return unary(llvm::Intrinsic::ceil, a_);
      case Op::fpart: {
        Value* points = b_.CreateFMul(a_, second_);
        Value* hundred = real(100);
        return b_.CreateSelect(is_finite(points), b_.CreateFDiv(points, hundred),
                               b_.CreateFMul(b_.CreateFDiv(a_, hundred), second_));
      }
      case Op::is_finite: return is_finite(a_);
      case Op::to_i64_ok: return fits_i64();
      // What doesn't fit must not be converted.
      case Op::to_i64: return b_.CreateFPToSI(b_.CreateSelect(fits_i64(), a_, real(0)), integers());
      default: return nullptr;
    }
  }

 private:
  unsigned lanes() const { return llvm::cast<llvm::FixedVectorType>(type_)->getNumElements(); }
  llvm::Type* doubles() { return b_.lanes_of(Phys::f64, lanes()); }
  llvm::Type* integers() { return b_.lanes_of(Phys::i64, lanes()); }
  Value* real(double value) { return llvm::ConstantFP::get(doubles(), value); }
  Value* integer(std::int64_t value) { return llvm::ConstantInt::getSigned(integers(), value); }
  Value* is_positive(Value* value) { return b_.CreateICmpSGE(value, integer(0)); }
  Value* unary(ID id, Value* value) { return b_.CreateUnaryIntrinsic(id, value); }
  Value* is_finite(Value* value) {
    return b_.CreateFCmpOLT(unary(llvm::Intrinsic::fabs, value), real(std::numeric_limits<double>::infinity()));
  }
  Value* fits_i64() {
    return b_.CreateAnd(b_.CreateFCmpOGE(a_, real(-kTwoTo63)), b_.CreateFCmpOLT(a_, real(kTwoTo63)));
  }

  // The product in doubles is right to 51 bits and the wrapped one differs from the exact one by a multiple of 2^64,
  // so they are less than 2^63 apart only where that is 0: below 2^113 the error is too small, and beyond no wrapped
  // product is near.
  Value* multiply_ok() {
    Value* near = b_.CreateFMul(b_.CreateSIToFP(a_, doubles()), b_.CreateSIToFP(second_, doubles()));
    Value* wrapped = b_.CreateSIToFP(b_.CreateMul(a_, second_), doubles());
    return b_.CreateFCmpOLT(unary(llvm::Intrinsic::fabs, b_.CreateFSub(near, wrapped)), real(kTwoTo63));
  }

  // Half away from zero. The difference is exact, and the sign of 0 stays.
  Value* round() {
    Value* whole = unary(llvm::Intrinsic::trunc, a_);
    Value* rest = unary(llvm::Intrinsic::fabs, b_.CreateFSub(a_, whole));
    Value* away = b_.CreateFAdd(whole, b_.CreateBinaryIntrinsic(llvm::Intrinsic::copysign, real(1), a_));
    return b_.CreateSelect(b_.CreateFCmpOGE(rest, real(0.5)), away, whole);
  }

  Build& b_;
  Value* a_;
  Value* second_;
  llvm::Type* type_;
};

Value* weigh(Build& b, const ir::Weights& weights, std::span<Value* const> operands) {
  llvm::Type* type = b.lanes_of(Phys::i64, llvm::cast<llvm::FixedVectorType>(operands[0]->getType())->getNumElements());
  Value* sum = llvm::ConstantInt::get(type, 0);
  Value* nothing = sum;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    Value* weight = llvm::ConstantInt::get(type, weights.of[i]);
    sum = b.CreateAdd(sum, b.CreateSelect(operands[i], weight, nothing));
  }
  return sum;
}

Value* extend(Build& b, Phys phys, Value* a) {
  llvm::Type* type = b.lanes_of(Phys::i64, llvm::cast<llvm::FixedVectorType>(a->getType())->getNumElements());
  return phys == Phys::i32 ? b.CreateSExt(a, type) : b.CreateZExt(a, type);
}

}  // namespace

Value* rowwise(Build& b, const ir::Code& code, const ir::Instruction& made, Phys phys,
               std::span<Value* const> operands) {
  switch (made.op) {
    case Op::select: return b.CreateSelect(operands[0], operands[1], operands[2]);
    case Op::equal: return b.equal(phys, operands[0], operands[1]);
    case Op::less: return b.less(phys, operands[0], operands[1]);
    case Op::less_equal: return b.less_equal(phys, operands[0], operands[1]);
    case Op::in_set: return in_set(b, code, code.sets[made.index], phys, operands[0]);
    case Op::weigh: return weigh(b, code.weights[made.index], operands);
    case Op::extend: return extend(b, phys, operands[0]);
    default: break;
  }
  if (Value* found = Rowwise(b, operands).of_bits(made.op)) return found;
  if (Value* found = Rowwise(b, operands).of_integers(made.op)) return found;
  if (Value* found = Rowwise(b, operands).of_doubles(made.op)) return found;
  return calendar(b, made.op, operands);
}

}  // namespace muster::jit

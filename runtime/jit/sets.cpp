// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>
#include <variant>

#include "runtime/jit/rowwise.h"

namespace muster::jit {

using ir::Phys;

namespace {

// Of more constants than these a value is looked for by halves.
constexpr std::size_t kFew = 12;

std::int64_t integer(const types::Scalar& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return *whole;
  if (const auto* date = std::get_if<base::Date>(&value)) return date->days;
  if (const auto* instant = std::get_if<base::Instant>(&value)) return instant->microseconds;
  if (const auto* duration = std::get_if<base::Duration>(&value)) return duration->microseconds;
  if (const auto* period = std::get_if<base::Period>(&value)) return period->months;
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? 1 : 0;
  if (const auto* member = std::get_if<types::EnumMember>(&value)) return member->index;
  return 0;
}

double real(const types::Scalar& value) {
  if (const auto* percent = std::get_if<types::Percent>(&value)) return percent->points;
  if (const auto* number = std::get_if<double>(&value)) return *number;
  return static_cast<double>(integer(value));
}

// A bit for each value that there is.
Value* in_table(Build& b, const std::vector<llvm::Constant*>& set, Value* value, unsigned lanes) {
  std::uint64_t words[4] = {};
  for (const llvm::Constant* each : set) {
    const std::uint64_t one = llvm::cast<llvm::ConstantInt>(each)->getZExtValue();
    words[one / kWord] |= std::uint64_t{1} << (one % kWord);
  }
  llvm::Type* type = b.lanes_of(Phys::i64, lanes);
  Value* wide = b.CreateZExt(value, type);
  const auto word = [&](std::size_t i) { return llvm::ConstantInt::get(type, words[i]); };
  Value* low = b.CreateICmpEQ(b.CreateAnd(wide, 64), llvm::ConstantInt::get(type, 0));
  Value* first = b.CreateSelect(low, word(0), word(1));
  Value* second = b.CreateSelect(low, word(2), word(3));
  Value* found = b.CreateSelect(b.CreateICmpULT(wide, llvm::ConstantInt::get(type, 128)), first, second);
  return b.CreateTrunc(b.CreateLShr(found, b.CreateAnd(wide, 63)), b.lanes_of(Phys::bits, lanes));
}

// How many of the sorted constants are no greater, less one, is where the value would stand.
Value* in_sorted(Build& b, const std::vector<llvm::Constant*>& set, Phys phys, Value* value, unsigned lanes) {
  llvm::Type* element = b.type_of(phys);
  auto* array = llvm::ConstantArray::get(llvm::ArrayType::get(element, set.size()), set);
  auto* memory = new llvm::GlobalVariable(*b.GetInsertBlock()->getModule(), array->getType(), true,
                                          llvm::GlobalValue::PrivateLinkage, array);
  llvm::Type* type = b.lanes_of(Phys::i64, lanes);
  const auto at = [&](Value* place) {
    Value* where = b.CreateGEP(element, memory, place);
    return b.CreateMaskedGather(value->getType(), where, llvm::Align(Build::align_of(phys)));
  };
  Value* place = llvm::ConstantInt::get(type, 0);
  for (std::size_t step = std::bit_floor(set.size()); step > 0; step /= 2) {
    Value* next = b.CreateAdd(place, llvm::ConstantInt::get(type, step));
    Value* is_there = b.CreateICmpULT(next, llvm::ConstantInt::get(type, set.size()));
    Value* probe = b.CreateSelect(is_there, next, place);
    place = b.CreateSelect(b.less_equal(phys, at(probe), value), probe, place);
  }
  return b.equal(phys, at(place), value);
}

}  // namespace

llvm::Constant* constant_of(Build& b, const types::Scalar& value, Phys phys) {
  if (phys == Phys::f64) return llvm::ConstantFP::get(b.getDoubleTy(), real(value));
  return llvm::ConstantInt::getSigned(llvm::cast<llvm::IntegerType>(b.type_of(phys)), integer(value));
}

Value* in_set(Build& b, const ir::Code& code, const std::vector<std::uint32_t>& ids, Phys phys, Value* value) {
  const unsigned lanes = llvm::cast<llvm::FixedVectorType>(value->getType())->getNumElements();
  std::vector<llvm::Constant*> set;
  for (const std::uint32_t id : ids) set.push_back(constant_of(b, code.constants[id].value, phys));
  if (set.size() <= kFew) {
    Value* found = llvm::ConstantInt::getFalse(b.lanes_of(Phys::bits, lanes));
    for (llvm::Constant* each : set)
      found = b.CreateOr(
          found, b.equal(phys, value, llvm::ConstantVector::getSplat(llvm::ElementCount::getFixed(lanes), each)));
    return found;
  }
  if (phys == Phys::u8) return in_table(b, set, value, lanes);
  std::sort(set.begin(), set.end(), [phys](const llvm::Constant* a, const llvm::Constant* c) {
    if (phys == Phys::f64)
      return llvm::cast<llvm::ConstantFP>(a)->getValueAPF().convertToDouble() <
             llvm::cast<llvm::ConstantFP>(c)->getValueAPF().convertToDouble();
    const llvm::APInt& left = llvm::cast<llvm::ConstantInt>(a)->getValue();
    const llvm::APInt& right = llvm::cast<llvm::ConstantInt>(c)->getValue();
    return phys == Phys::index ? left.ult(right) : left.slt(right);
  });
  return in_sorted(b, set, phys, value, lanes);
}

}  // namespace muster::jit

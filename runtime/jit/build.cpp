// SPDX-License-Identifier: Apache-2.0
#include "runtime/jit/build.h"

namespace muster::jit {

using ir::Phys;

llvm::Type* Build::type_of(Phys phys) {
  switch (phys) {
    case Phys::bits: return getInt1Ty();
    case Phys::u8: return getInt8Ty();
    case Phys::i32:
    case Phys::index: return getInt32Ty();
    case Phys::i64:
    case Phys::version: return getInt64Ty();
    case Phys::f64: return getDoubleTy();
    case Phys::text: return getInt128Ty();
  }
  return nullptr;
}

Value* Build::bit_at(Value* words, Value* row) {
  Value* word = word_at(words, CreateLShr(row, 6));
  return CreateTrunc(CreateLShr(word, CreateAnd(row, 63)), getInt1Ty());
}

Build::Carried Build::loop(Value* begin, Value* end, std::uint64_t step, const Carried& first,
                           const std::function<Carried(Value* i, const Carried& carried)>& body,
                           const std::function<Value*(const Carried& carried)>& stops) {
  llvm::BasicBlock* before = GetInsertBlock();
  llvm::Function* function = before->getParent();
  auto* head = llvm::BasicBlock::Create(getContext(), "", function);
  auto* inside = llvm::BasicBlock::Create(getContext(), "", function);
  auto* after = llvm::BasicBlock::Create(getContext(), "", function);
  CreateBr(head);
  SetInsertPoint(head);
  llvm::PHINode* i = CreatePHI(getInt64Ty(), 2);
  i->addIncoming(begin, before);
  std::vector<llvm::PHINode*> phis;
  Carried carried;
  for (Value* each : first) {
    phis.push_back(CreatePHI(each->getType(), 2));
    phis.back()->addIncoming(each, before);
    carried.push_back(phis.back());
  }
  Value* goes_on = CreateICmpULT(i, end);
  if (stops) goes_on = CreateAnd(goes_on, CreateNot(stops(carried)));
  CreateCondBr(goes_on, inside, after);
  SetInsertPoint(inside);
  const Carried next = body(i, carried);
  i->addIncoming(CreateAdd(i, number(step)), GetInsertBlock());
  for (std::size_t at = 0; at < phis.size(); ++at) phis[at]->addIncoming(next[at], GetInsertBlock());
  CreateBr(head);
  SetInsertPoint(after);
  return carried;
}

void Build::loop(Value* begin, Value* end, std::uint64_t step, const std::function<void(Value* i)>& body) {
  loop(begin, end, step, {}, [&](Value* i, const Carried&) {
    body(i);
    return Carried{};
  });
}

void Build::when(Value* condition, const std::function<void()>& then) {
  llvm::Function* function = GetInsertBlock()->getParent();
  auto* inside = llvm::BasicBlock::Create(getContext(), "", function);
  auto* after = llvm::BasicBlock::Create(getContext(), "", function);
  CreateCondBr(condition, inside, after);
  SetInsertPoint(inside);
  then();
  CreateBr(after);
  SetInsertPoint(after);
}

Value* Build::either(Value* condition, const std::function<Value*()>& then, const std::function<Value*()>& otherwise) {
  llvm::Function* function = GetInsertBlock()->getParent();
  auto* yes = llvm::BasicBlock::Create(getContext(), "", function);
  auto* no = llvm::BasicBlock::Create(getContext(), "", function);
  auto* after = llvm::BasicBlock::Create(getContext(), "", function);
  CreateCondBr(condition, yes, no);
  SetInsertPoint(yes);
  Value* a = then();
  llvm::BasicBlock* from_yes = GetInsertBlock();
  CreateBr(after);
  SetInsertPoint(no);
  Value* b = otherwise();
  llvm::BasicBlock* from_no = GetInsertBlock();
  CreateBr(after);
  SetInsertPoint(after);
  llvm::PHINode* result = CreatePHI(a->getType(), 2);
  result->addIncoming(a, from_yes);
  result->addIncoming(b, from_no);
  return result;
}

Value* Build::equal(Phys phys, Value* a, Value* b) {
  return phys == Phys::f64 ? CreateFCmpOEQ(a, b) : CreateICmpEQ(a, b);
}

Value* Build::less(Phys phys, Value* a, Value* b) {
  if (phys == Phys::f64) return CreateFCmpOLT(a, b);
  return phys == Phys::u8 || phys == Phys::index ? CreateICmpULT(a, b) : CreateICmpSLT(a, b);
}

Value* Build::less_equal(Phys phys, Value* a, Value* b) {
  if (phys == Phys::f64) return CreateFCmpOLE(a, b);
  return phys == Phys::u8 || phys == Phys::index ? CreateICmpULE(a, b) : CreateICmpSLE(a, b);
}

}  // namespace muster::jit

// SPDX-License-Identifier: Apache-2.0
#include "runtime/jit/writer.h"

#include <algorithm>

#include <llvm/IR/Module.h>

#include "runtime/jit/rowwise.h"

namespace muster::jit {

using groups::Slot;
using ir::Instruction;
using ir::Op;
using ir::OpKind;
using ir::Phys;
using ir::ValueId;

namespace {

bool is_number(Phys phys) { return phys != Phys::bits && phys != Phys::text && phys != Phys::version; }

std::size_t tile_bytes(Phys phys) { return phys == Phys::bits ? kTile / 8 : kTile * ir::bytes_of(phys); }

}  // namespace

Writer::Writer(llvm::Module& module, const ir::Code& code, const groups::Group& group, Target target)
    : module_(module), code_(code), group_(group), target_(target), b_(module.getContext()) {}

std::size_t Writer::write(const std::string& name) {
  llvm::Type* pointer = b_.getPtrTy();
  auto* type = llvm::FunctionType::get(b_.getVoidTy(), {pointer, b_.getInt64Ty(), pointer}, false);
  auto* function = llvm::Function::Create(type, llvm::Function::ExternalLinkage, name, module_);
  function->setDoesNotThrow();
  const std::string width = std::to_string(8 * target_.vector_bytes);
  function->addFnAttr("prefer-vector-width", width);
  function->addFnAttr("min-legal-vector-width", width);
  Value* rows = function->getArg(1);
  scratch_ = function->getArg(2);
  entry_ = llvm::BasicBlock::Create(module_.getContext(), "", function);
  auto* start = llvm::BasicBlock::Create(module_.getContext(), "", function);
  b_.SetInsertPoint(entry_);
  read_slots(function->getArg(0));
  b_.SetInsertPoint(start);
  const ValueId first = group_.instructions.front();
  if (groups::is_whole(code_[first].op)) {
    write_whole(code_[first], first, rows);
  } else {
    const std::vector<Phase> phases = phases_of(code_, group_);
    find_homes(phases);
    b_.loop(b_.number(0), rows, kTile, [&](Value* row) {
      const Tile tile{row, b_.least(b_.CreateAdd(row, b_.number(kTile)), rows)};
      for (const Phase& phase : phases) write_phase(phase, tile);
    });
    clear_tails(rows);
  }
  b_.CreateRetVoid();
  b_.SetInsertPoint(entry_);
  b_.CreateBr(start);
  return scratch_bytes_;
}

// ---- Where things are ----

void Writer::read_slots(Value* slots) {
  for (std::size_t i = 0; i < group_.slots.size(); ++i) {
    Value* value = b_.load(b_.getInt64Ty(), b_.CreateConstGEP1_64(b_.getInt64Ty(), slots, i), 8);
    const bool is_number = group_.slots[i].kind == Slot::Kind::parents || group_.slots[i].kind == Slot::Kind::rows;
    slots_.push_back(is_number ? value : b_.CreateIntToPtr(value, b_.getPtrTy()));
  }
}

Value* Writer::slot(Slot slot) const {
  return slots_[static_cast<std::size_t>(std::find(group_.slots.begin(), group_.slots.end(), slot) -
                                         group_.slots.begin())];
}

// Read at the function's beginning, once.
Value* Writer::uniform(ValueId id) {
  Value*& known = uniforms_[id];
  if (known != nullptr) return known;
  const Instruction& made = code_[id];
  if (made.op == Op::zeros) return known = b_.getFalse();
  if (made.op == Op::ones) return known = b_.getTrue();
  if (made.op == Op::constant && is_number(made.phys))
    return known = constant_of(b_, code_.constants[made.index].value, made.phys);
  const llvm::IRBuilderBase::InsertPointGuard guard(b_);
  b_.SetInsertPoint(entry_);
  Value* zero = b_.number(0);
  return known = made.phys == Phys::bits ? b_.bit_at(address(id), zero) : b_.one(address(id), made.phys, zero);
}

Phys Writer::data_of(const Instruction& made) const {
  for (const ValueId operand : code_.operands_of(made)) {
    if (phys_of(operand) != Phys::bits) return phys_of(operand);
  }
  return made.phys;
}

Value* Writer::tile_of(ValueId id, const Tile& tile) {
  if (const auto home = homes_.find(id); home != homes_.end())
    return b_.CreateConstGEP1_64(b_.getInt8Ty(), scratch_, home->second);
  if (phys_of(id) == Phys::bits) return b_.byte_of(address(id), b_.CreateLShr(tile.first, 3));
  return b_.at(address(id), phys_of(id), tile.first);
}

void Writer::find_homes(const std::vector<Phase>& phases) {
  std::map<ValueId, const Phase*> phase_of;
  for (const Phase& phase : phases) {
    for (const ValueId id : phase.instructions) phase_of[id] = &phase;
  }
  for (const ValueId id : group_.makes) is_kept_[id] = true;
  for (const Phase& phase : phases) {
    for (const ValueId id : phase.instructions) {
      for (const ValueId operand : code_.operands_of(code_[id])) {
        const auto found = phase_of.find(operand);
        if (found == phase_of.end()) continue;
        // Loops over lists hand nothing on in registers.
        if (found->second == &phase && phase.kind != PhaseKind::lists) continue;
        if (is_kept_[operand]) continue;
        is_kept_[operand] = true;
        homes_[operand] = scratch_bytes_;
        scratch_bytes_ += tile_bytes(phys_of(operand));
      }
    }
  }
}

// ---- Phases ----

void Writer::write_phase(const Phase& phase, const Tile& tile) {
  in_registers_.clear();
  switch (phase.kind) {
    case PhaseKind::words: return write_words(phase, tile);
    case PhaseKind::rows1:
    case PhaseKind::rows4:
    case PhaseKind::rows8: return write_rows(phase, tile);
    case PhaseKind::lists:
      for (const ValueId id : phase.instructions) write_lists(id, tile);
      return;
  }
}

void Writer::write_words(const Phase& phase, const Tile& tile) {
  llvm::Type* type = llvm::FixedVectorType::get(b_.getInt64Ty(), 8);
  const auto words = [&](ValueId id) -> Value* {
    Value*& known = in_registers_[id];
    if (known != nullptr) return known;
    if (is_uniform(id)) return known = b_.CreateVectorSplat(8, b_.CreateSExt(uniform(id), b_.getInt64Ty()));
    return known = b_.load(type, tile_of(id, tile), 64);
  };
  for (const ValueId id : phase.instructions) {
    const Instruction& made = code_[id];
    const auto operands = code_.operands_of(made);
    Value* a = words(operands[0]);
    Value* result = nullptr;
    if (made.op == Op::not_) result = b_.CreateNot(a);
    if (made.op == Op::and_) result = b_.CreateAnd(a, words(operands[1]));
    if (made.op == Op::or_) result = b_.CreateOr(a, words(operands[1]));
    if (made.op == Op::and_not) result = b_.CreateAnd(a, b_.CreateNot(words(operands[1])));
    in_registers_[id] = result;
    if (is_kept_[id]) b_.store(result, tile_of(id, tile), 64);
  }
}

// Two registers of the widest data at a time.
unsigned Writer::lanes_for(PhaseKind kind) const {
  const unsigned bytes = kind == PhaseKind::rows1 ? 1 : kind == PhaseKind::rows4 ? 4 : 8;
  return std::clamp(2 * target_.vector_bytes / bytes, 8u, 64u);
}

void Writer::write_rows(const Phase& phase, const Tile& tile) {
  const unsigned lanes = lanes_for(phase.kind);
  b_.loop(b_.number(0), b_.CreateSub(tile.last, tile.first), lanes, [&](Value* at) {
    for (const ValueId id : phase.instructions) {
      Value* result = made_lanes(code_[id], tile, at, lanes);
      in_registers_[id] = result;
      if (!is_kept_[id]) continue;
      const Phys phys = phys_of(id);
      if (phys == Phys::bits) {
        Value* bits = b_.CreateBitCast(result, b_.getIntNTy(lanes));
        b_.store(bits, b_.byte_of(tile_of(id, tile), b_.CreateLShr(at, 3)), lanes / 8);
      } else {
        b_.store(result, b_.at(tile_of(id, tile), phys, at), std::min<std::size_t>(64, lanes * ir::bytes_of(phys)));
      }
    }
  });
}

Value* Writer::lanes_of(ValueId id, const Tile& tile, Value* at, unsigned lanes) {
  Value*& known = in_registers_[id];
  if (known != nullptr) return known;
  if (is_uniform(id)) return known = b_.CreateVectorSplat(lanes, uniform(id));
  const Phys phys = phys_of(id);
  if (phys == Phys::bits) {
    Value* bits = b_.load(b_.getIntNTy(lanes), b_.byte_of(tile_of(id, tile), b_.CreateLShr(at, 3)), lanes / 8);
    return known = b_.CreateBitCast(bits, b_.lanes_of(phys, lanes));
  }
  return known = b_.load(b_.lanes_of(phys, lanes), b_.at(tile_of(id, tile), phys, at),
                         std::min<std::size_t>(64, lanes * ir::bytes_of(phys)));
}

Value* Writer::made_lanes(const Instruction& made, const Tile& tile, Value* at, unsigned lanes) {
  if (made.op == Op::own_row) {
    std::vector<llvm::Constant*> steps;
    for (std::uint32_t i = 0; i < lanes; ++i) steps.push_back(b_.getInt32(i));
    Value* first = b_.CreateTrunc(b_.CreateAdd(tile.first, at), b_.getInt32Ty());
    return b_.CreateAdd(b_.CreateVectorSplat(lanes, first), llvm::ConstantVector::get(steps));
  }
  const auto operands = code_.operands_of(made);
  if (ir::info(made.op).kind == OpKind::gather) return gathered(made, lanes_of(operands[1], tile, at, lanes), lanes);
  std::vector<Value*> values;
  for (const ValueId operand : operands) values.push_back(lanes_of(operand, tile, at, lanes));
  return rowwise(b_, code_, made, data_of(made), values);
}

// An index behind the last row reads that row; where there is none, some zeros are read instead.
Value* Writer::gathered(const Instruction& made, Value* index, unsigned lanes) {
  const ValueId source = code_.operands_of(made)[0];
  if (is_uniform(source)) return b_.CreateVectorSplat(lanes, uniform(source));
  Value* rows = slot({Slot::Kind::rows, code_[source].axis});
  Value* is_empty = b_.CreateICmpEQ(rows, b_.number(0));
  Value* last =
      b_.CreateTrunc(b_.CreateSelect(is_empty, b_.number(0), b_.CreateSub(rows, b_.number(1))), b_.getInt32Ty());
  Value* base = b_.CreateSelect(is_empty, zeros(), address(source));
  llvm::Type* wide = b_.lanes_of(Phys::i64, lanes);
  Value* row = b_.CreateZExt(b_.least(index, b_.CreateVectorSplat(lanes, last)), wide);
  if (made.phys != Phys::bits)
    return b_.CreateMaskedGather(b_.lanes_of(made.phys, lanes), b_.at(base, made.phys, row),
                                 llvm::Align(Build::align_of(made.phys)));
  Value* word = b_.CreateMaskedGather(wide, b_.CreateGEP(b_.getInt64Ty(), base, b_.CreateLShr(row, 6)), llvm::Align(8));
  return b_.CreateTrunc(b_.CreateLShr(word, b_.CreateAnd(row, 63)), b_.lanes_of(Phys::bits, lanes));
}

// A row of any kind, of zeros.
Value* Writer::zeros() {
  llvm::GlobalVariable* found = module_.getNamedGlobal("zeros");
  if (found != nullptr) return found;
  auto* type = llvm::ArrayType::get(b_.getInt64Ty(), 2);
  auto* made = new llvm::GlobalVariable(module_, type, true, llvm::GlobalValue::PrivateLinkage,
                                        llvm::ConstantAggregateZero::get(type), "zeros");
  made->setAlignment(llvm::Align(16));
  return made;
}

// Bits behind the last row are 0.
void Writer::clear_tails(Value* rows) {
  std::vector<ValueId> bitmaps;
  std::copy_if(group_.makes.begin(), group_.makes.end(), std::back_inserter(bitmaps),
               [this](ValueId id) { return phys_of(id) == Phys::bits; });
  if (bitmaps.empty()) return;
  Value* rest = b_.CreateAnd(rows, kTile - 1);
  b_.when(b_.CreateICmpNE(rest, b_.number(0)), [&] {
    llvm::Type* type = llvm::FixedVectorType::get(b_.getInt64Ty(), 8);
    std::vector<llvm::Constant*> ends;
    for (std::uint64_t i = 0; i < 8; ++i) ends.push_back(b_.getInt64((i + 1) * kWord));
    // Of each word so many bits are behind the last row, none to all.
    Value* behind = b_.CreateBinaryIntrinsic(llvm::Intrinsic::usub_sat, llvm::ConstantVector::get(ends),
                                             b_.CreateVectorSplat(8, rest));
    Value* is_all = b_.CreateICmpUGE(behind, b_.whole_words(kWord));
    Value* mask = b_.CreateLShr(b_.whole_words(~std::uint64_t{0}), b_.CreateAnd(behind, b_.whole_words(kWord - 1)));
    mask = b_.CreateSelect(is_all, b_.whole_words(0), mask);
    Value* last = b_.CreateLShr(b_.CreateAnd(rows, ~(kTile - 1)), 3);
    for (const ValueId id : bitmaps) {
      Value* place = b_.byte_of(address(id), last);
      b_.store(b_.CreateAnd(b_.load(type, place, 64), mask), place, 64);
    }
  });
}

}  // namespace muster::jit

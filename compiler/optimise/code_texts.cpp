// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "compiler/optimise/optimise.h"
#include "compiler/optimise/rewriting.h"

namespace muster::optimise {

using ir::Code;
using ir::Op;
using ir::Phys;
using ir::ValueId;

namespace {

constexpr std::size_t kMostLiterals = 255;

// By column: which texts it is compared with, and whether anything else reads it.
struct Use {
  std::map<std::string, std::uint8_t> literals;
  bool otherwise = false;
};

class Texts {
 public:
  explicit Texts(Code& code) : code_(code), uses_(code.layout.columns.size()) {
    for (const ir::Instruction& each : code.instructions) look_at(each);
    for_each_root(code, [&](ValueId& root) { read_otherwise(root); });
    for (Use& use : uses_) {
      use.otherwise = use.otherwise || use.literals.size() > kMostLiterals;
      std::uint8_t next = 0;
      for (auto& [text, number] : use.literals) number = ++next;
    }
  }

  void rewrite() {
    Copy copy(code_);
    for (ValueId id = 0; id < copy.old().size(); ++id) {
      const ir::Instruction& old = copy.old()[id];
      const Use* use = nullptr;
      for (std::size_t at = 0; at < old.count && use == nullptr; ++at)
        use = coded(copy.old(), copy.old_operand(old, at));
      if (use != nullptr) {
        compare(copy, id, *use);
      } else {
        copy.keep(id);
        if (coded(copy.old(), id) != nullptr) code_.instructions.back().phys = Phys::u8;
      }
    }
    copy.finish();
    for (std::size_t column = 0; column < uses_.size(); ++column) {
      if (uses_[column].otherwise || uses_[column].literals.empty()) continue;
      code_.layout.columns[column].phys = Phys::u8;
      for (const auto& [text, number] : uses_[column].literals) code_.layout.columns[column].literals.push_back(text);
    }
  }

 private:
  static bool is_text(const ir::Instruction& each) { return each.op == Op::load && each.phys == Phys::text; }

  const std::string* literal(ValueId id) const {
    const ir::Instruction& each = code_.instructions[id];
    if (each.op != Op::constant || each.phys != Phys::text) return nullptr;
    return &std::get<std::string>(code_.constants[each.index].value);
  }

  void read_otherwise(ValueId id) {
    const ir::Instruction& each = code_.instructions[id];
    if (is_text(each)) uses_[each.index].otherwise = true;
  }

  void look_at(const ir::Instruction& each) {
    const auto operands = code_.operands_of(each);
    if (each.op == Op::equal) {
      for (const std::size_t at : {0u, 1u}) {
        const ir::Instruction& read = code_.instructions[operands[at]];
        const std::string* text = literal(operands[1 - at]);
        if (is_text(read) && text != nullptr) {
          uses_[read.index].literals.emplace(*text, 0);
        } else {
          read_otherwise(operands[at]);
        }
      }
    } else if (each.op == Op::in_set && is_text(code_.instructions[operands[0]])) {
      for (const std::uint32_t constant : code_.sets[each.index]) {
        uses_[code_.instructions[operands[0]].index].literals.emplace(
            std::get<std::string>(code_.constants[constant].value), 0);
      }
    } else {
      for (const ValueId operand : operands) read_otherwise(operand);
    }
  }

  // Of what loads a column that is coded.
  const Use* coded(const std::vector<ir::Instruction>& old, ValueId id) const {
    if (!is_text(old[id])) return nullptr;
    const Use& use = uses_[old[id].index];
    return use.otherwise || use.literals.empty() ? nullptr : &use;
  }

  std::uint32_t number(std::uint8_t code) {
    const ir::Constant wanted{types::Scalar(std::int64_t{code}), types::kInt};
    const auto found = std::find(code_.constants.begin(), code_.constants.end(), wanted);
    if (found != code_.constants.end()) return static_cast<std::uint32_t>(found - code_.constants.begin());
    code_.constants.push_back(wanted);
    return static_cast<std::uint32_t>(code_.constants.size() - 1);
  }

  void compare(Copy& copy, ValueId id, const Use& use) {
    ir::Instruction made = copy.old()[id];
    const auto text_of = [&](std::uint32_t constant) { return std::get<std::string>(code_.constants[constant].value); };
    if (made.op == Op::in_set) {
      std::vector<std::uint32_t> numbers;
      for (const std::uint32_t constant : code_.sets[made.index])
        numbers.push_back(number(use.literals.at(text_of(constant))));
      made.index = static_cast<std::uint32_t>(code_.sets.size());
      code_.sets.push_back(std::move(numbers));
      copy.set(id, copy.add(made, {copy.becomes(copy.old_operand(made, 0))}));
      return;
    }
    std::vector<ValueId> operands;
    for (const std::size_t at : {0u, 1u}) {
      const ValueId operand = copy.old_operand(made, at);
      const ir::Instruction& old = copy.old()[operand];
      if (old.op != Op::constant) {
        operands.push_back(copy.becomes(operand));
        continue;
      }
      ir::Instruction constant = old;
      constant.phys = Phys::u8;
      constant.index = number(use.literals.at(text_of(old.index)));
      operands.push_back(copy.add(constant, {}));
    }
    copy.set(id, copy.add(made, operands));
  }

  Code& code_;
  std::vector<Use> uses_;
};

}  // namespace

void code_texts(Code& code, const typed::Program&) { Texts(code).rewrite(); }

}  // namespace muster::optimise

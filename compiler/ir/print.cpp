// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "compiler/ir/code.h"

namespace muster::ir {

namespace {

class Printer {
 public:
  Printer(const Code& code, const typed::Program& program) : code_(code), program_(program) {}

  std::string all() {
    for (TableId id = 0; id < code_.layout.tables.size(); ++id) table(id);
    for (ColumnId id = 0; id < code_.layout.columns.size(); ++id) column(id);
    for (AxisId id = 0; id < code_.axes.size(); ++id) axis(id);
    for (ValueId id = 0; id < code_.instructions.size(); ++id) instruction(id);
    return std::move(text_);
  }

 private:
  void table(TableId id) {
    const Table& table = code_.layout.tables[id];
    if (id == kRunTable || id == kSubjectsTable) {
      text_ += fmt::format("table {} of {}\n", id, id == kRunTable ? "the run" : "subjects");
    } else {
      text_ += fmt::format("table {} of {} [{}] {}\n", id, table.parent, fmt::join(table.path, " "),
                           program_.types.name(table.row));
    }
  }

  void column(ColumnId id) {
    const Column& column = code_.layout.columns[id];
    text_ += fmt::format("column {} of table {} [{}] {} {}", id, column.table, fmt::join(column.path, " "),
                         program_.types.name(column.type), column.loaded ? name(column.phys) : "presence");
    for (const std::string& literal : column.literals) text_ += fmt::format(" \"{}\"", literal);
    text_ += '\n';
  }

  void axis(AxisId id) {
    const Axis& axis = code_.axes[id];
    text_ += fmt::format("axis {}", id);
    switch (axis.kind) {
      case Axis::Kind::run: text_ += " run"; break;
      case Axis::Kind::subjects: text_ += " subjects"; break;
      case Axis::Kind::table: text_ += fmt::format(" table {} in {}", axis.table, axis.parent); break;
      case Axis::Kind::literal: text_ += fmt::format(" literal {} in {}", axis.width, axis.parent); break;
      case Axis::Kind::expansion:
        text_ += fmt::format(" rows %{} to %{} of {} in {}", axis.begin, axis.end, axis.source, axis.parent);
        break;
    }
    text_ += '\n';
  }

  void instruction(ValueId id) {
    const Instruction& each = code_.instructions[id];
    text_ += fmt::format("%{} = {}", id, info(each.op).name);
    for (const ValueId operand : code_.operands_of(each)) text_ += fmt::format(" %{}", operand);
    if (each.op == Op::constant) {
      const Constant& constant = code_.constants[each.index];
      text_ += ' ' + types::to_text(program_.types, constant.type, constant.value);
    } else if (info(each.op).index[0] != '\0') {
      text_ += fmt::format(" {} {}", info(each.op).index, each.index);
    }
    text_ += fmt::format(" : {} @{}", name(each.phys), each.axis);
    if (each.criterion != kNoCriterion) text_ += fmt::format(" for {}", each.criterion);
    text_ += '\n';
  }

  const Code& code_;
  const typed::Program& program_;
  std::string text_;
};

}  // namespace

std::string print(const Code& code, const typed::Program& program) { return Printer(code, program).all(); }

}  // namespace muster::ir

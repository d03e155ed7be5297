// SPDX-License-Identifier: Apache-2.0
#include "runtime/compare/reads.h"

#include <algorithm>

#include "compiler/typed/reach.h"

namespace muster::compare {

using typed::Expr;
using typed::ExprId;
using typed::Op;

namespace {

class Reader {
 public:
  Reader(const typed::Program& program, types::RecordId subject)
      : program_(program), subject_(program.types.record_at(subject)) {
    reads_.fields.resize(subject_.fields.size());
    reads_.shared.resize(program.shared.size());
    reads_.params.resize(program.params.size());
  }

  Reads read(const std::vector<ExprId>& roots) {
    for (const ExprId id : typed::parts_first(program_, roots)) visit(program_.expr(id));
    return std::move(reads_);
  }

 private:
  void visit(const Expr& expr) {
    if (expr.op == Op::today || expr.op == Op::now) reads_.clock = true;
    if (expr.op == Op::param) reads_.params[expr.index] = true;
    if (expr.op == Op::shared) {
      reads_.shared[expr.index] = true;
      ages(program_.shared[expr.index].fresh);
      ages(program_.shared[expr.index].type);
    }
    // The subject is there for its fields alone.
    if (expr.op == Op::field && program_.expr(program_.operand(expr, 0)).op == Op::subject) {
      reads_.fields[expr.index] = true;
      ages(subject_.fields[expr.index].fresh);
      ages(subject_.fields[expr.index].type);
    }
  }

  void ages(const types::Freshness& fresh) {
    if (fresh.kind == types::Freshness::Kind::param) reads_.params[fresh.param] = true;
  }
  // Records are not recursive.
  void ages(types::TypeId type) {
    const types::Table& types = program_.types;
    type = types.innermost(type);
    if (!types.is_record(type)) return;
    const types::Record& record = types.record_of(type);
    if (record.kind == types::RecordKind::evidence) reads_.evidence_ages = true;
    ages(record.fresh);
    for (const types::Field& field : record.fields) {
      ages(field.fresh);
      ages(field.type);
    }
  }

  const typed::Program& program_;
  const types::Record& subject_;
  Reads reads_;
};

bool any(const std::vector<bool>& bits) { return std::find(bits.begin(), bits.end(), true) != bits.end(); }

}  // namespace

bool Reads::anything() const { return clock || any(fields) || any(shared) || any(params); }

Reads reads_of(const typed::Program& program, types::RecordId subject, const std::vector<ExprId>& expressions) {
  return Reader(program, subject).read(expressions);
}

std::vector<ExprId> expressions_of(const std::vector<typed::Condition>& conditions) {
  std::vector<ExprId> expressions;
  for (const typed::Condition& condition : conditions) expressions.push_back(condition.condition);
  return expressions;
}

}  // namespace muster::compare

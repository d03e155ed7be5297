// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <set>

#include "compiler/lint/lints.h"
#include "compiler/values/analysis.h"

namespace muster::lint {

namespace {

using typed::ExprId;
using typed::Op;

// The list of which it is asked what is in it, where it is written out.
std::vector<ExprId> lists_in(const typed::Program& program, const typed::Expr& expr) {
  std::vector<ExprId> found;
  const auto add = [&](std::size_t at) {
    const ExprId list = program.operand(expr, at);
    if (program.expr(list).op == Op::list_literal) found.push_back(list);
  };
  if (expr.op == Op::in_list) add(1);
  if (expr.op == Op::contains || expr.op == Op::distinct) add(0);
  if (expr.op == Op::contains_any || expr.op == Op::contains_all) add(0), add(1);
  return found;
}

bool is_only_a_comma(std::string_view between) {
  return between.find(',') != std::string_view::npos && between.find_first_not_of(" ,\t\r\n") == std::string_view::npos;
}

}  // namespace

// What inherits a gate has its text a second time.
void repeated_item(const Lints& lints) {
  const typed::Program& program = lints.program;
  values::Analysis analysis(program, nullptr);
  std::set<std::pair<base::FileId, std::uint32_t>> told;
  for (const typed::Expr& expr : program.exprs) {
    for (const ExprId list : lists_in(program, expr)) {
      std::map<values::Number, ExprId> known;
      ExprId last = typed::kNoExpr;
      for (const ExprId item : program.operands_of(program.expr(list))) {
        const ExprId before = std::exchange(last, item);
        const auto [first, is_new] = known.emplace(analysis.number_of(item), item);
        const base::Span span = lints.span(item);
        if (is_new || !told.insert({span.file, span.begin}).second) continue;
        auto& lint =
            lints.found.report(base::Code::repeated_item, span, lints.quoted(item) + " stands in this list already");
        lint.labels.push_back({lints.span(first->second), "the first of the two"});
        lint.help = "leave it out, or write what was meant";
        const std::uint32_t from = lints.span(before).end;
        if (is_only_a_comma(lints.sources.text({span.file, from, span.begin})))
          lint.fixes.push_back({"leave it out", true, {{{span.file, from, span.end}, ""}}});
      }
    }
  }
}

}  // namespace muster::lint

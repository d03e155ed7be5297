// SPDX-License-Identifier: Apache-2.0
#include "runtime/interpret/text_kernels.h"

#include <string>

#include "base/unicode_text.h"
#include "runtime/columns/scalars.h"
#include "runtime/kernels/loops.h"

namespace muster::interpret {

namespace {

using columns::Text;
using kernels::Call;

void matches(const Call& call) {
  const auto& pattern = *static_cast<const re2::RE2*>(call.extra);
  kernels::with_values<Text>(call.operands[0], [&](auto text) {
    kernels::fill<kernels::Bit>(call, [&](std::size_t row) {
      const Text one = text[row];
      return re2::RE2::PartialMatch(re2::StringPiece(one.data, one.size), pattern);
    });
  });
}

template <std::string (*made)(std::string_view)>
void of_text(const Call& call) {
  auto& task = *static_cast<TextTask*>(call.extra);
  kernels::with_values<Text>(call.operands[0], [&](auto text) {
    kernels::fill<Text>(call, [&](std::size_t row) { return task.arena->keep(made(text[row].view())); });
  });
}

void to_text(const Call& call) {
  auto& task = *static_cast<TextTask*>(call.extra);
  const types::Kind kind = task.types->kind(task.types->without_optional(task.type));
  const std::size_t step = call.operands[0].uniform ? 0 : ir::bytes_of(task.phys);
  kernels::fill<Text>(call, [&](std::size_t row) {
    const types::Scalar value = columns::scalar_of(call.operands[0].data + row * step, task.phys, kind);
    return task.arena->keep(types::to_text(*task.types, task.type, value));
  });
}

}  // namespace

kernels::Kernel text_kernel(ir::Op op) {
  if (op == ir::Op::matches) return matches;
  if (op == ir::Op::lower) return of_text<base::lower>;
  if (op == ir::Op::upper) return of_text<base::upper>;
  if (op == ir::Op::to_text) return to_text;
  return nullptr;
}

}  // namespace muster::interpret

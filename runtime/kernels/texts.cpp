// SPDX-License-Identifier: Apache-2.0
// What is asked of texts as they are, without making one.
#include <string_view>

#include "base/unicode_text.h"
#include "runtime/kernels/families.h"

namespace muster::kernels {

namespace {

using columns::Text;

struct Contains {
  bool operator()(Text whole, Text piece) const { return whole.view().find(piece.view()) != std::string_view::npos; }
};
struct StartsWith {
  bool operator()(Text whole, Text piece) const { return whole.view().starts_with(piece.view()); }
};
struct EndsWith {
  bool operator()(Text whole, Text piece) const { return whole.view().ends_with(piece.view()); }
};
struct Length {
  std::int64_t operator()(Text text) const { return base::count_code_points(text.view()); }
};
struct StripPrefix {
  Text operator()(Text whole, Text piece) const {
    if (piece.size == 0 || !whole.view().starts_with(piece.view())) return whole;
    return {whole.data + piece.size, whole.size - piece.size};
  }
};
struct StripSuffix {
  Text operator()(Text whole, Text piece) const {
    return whole.view().ends_with(piece.view()) ? Text{whole.data, whole.size - piece.size} : whole;
  }
};
struct Trim {
  Text operator()(Text text) const {
    const std::string_view trimmed = base::trim(text.view());
    return {trimmed.data(), trimmed.size()};
  }
};

}  // namespace

Kernel text_kernel(ir::Op op) {
  using ir::Op;
  if (op == Op::text_contains) return of_two<Bit, Text, Text, Contains>;
  if (op == Op::starts_with) return of_two<Bit, Text, Text, StartsWith>;
  if (op == Op::ends_with) return of_two<Bit, Text, Text, EndsWith>;
  if (op == Op::length) return of_one<std::int64_t, Text, Length>;
  if (op == Op::trim) return of_one<Text, Text, Trim>;
  if (op == Op::strip_prefix) return of_two<Text, Text, Text, StripPrefix>;
  if (op == Op::strip_suffix) return of_two<Text, Text, Text, StripSuffix>;
  return nullptr;
}

}  // namespace muster::kernels

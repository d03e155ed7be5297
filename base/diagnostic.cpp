// SPDX-License-Identifier: Apache-2.0
#include "base/diagnostic.h"

#include <algorithm>
#include <tuple>

namespace muster::base {

const std::vector<CodeInfo>& all_codes() {
  static const std::vector<CodeInfo> codes = [] {
    std::vector<CodeInfo> list = {
#define MUSTER_DIAGNOSTIC(number, name, severity, title) {Code::name, "MU" #number, #name, Severity::severity, title},
#include "base/diagnostic_codes.def"
#undef MUSTER_DIAGNOSTIC
    };
    std::sort(list.begin(), list.end(), [](const CodeInfo& a, const CodeInfo& b) { return a.id < b.id; });
    return list;
  }();
  return codes;
}

const CodeInfo& info(Code code) {
  const auto& codes = all_codes();
  return *std::find_if(codes.begin(), codes.end(), [code](const CodeInfo& each) { return each.code == code; });
}

Diagnostic& Diagnostics::report(Code code, Span span, std::string message) {
  add({code, span, std::move(message), {}, {}});
  return list_.back();
}

void Diagnostics::add(Diagnostic diagnostic) {
  if (diagnostic.severity() == Severity::error) ++errors_;
  list_.push_back(std::move(diagnostic));
}

void Diagnostics::append(const Diagnostics& others) {
  list_.insert(list_.end(), others.list_.begin(), others.list_.end());
  errors_ += others.errors_;
}

void Diagnostics::sort() {
  std::stable_sort(list_.begin(), list_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.span.file, a.span.begin) < std::tie(b.span.file, b.span.begin);
  });
}

}  // namespace muster::base

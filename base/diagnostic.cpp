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

void Diagnostic::suggest(Span written, const std::string& name) {
  help = "did you mean `" + name + "`?";
  const bool is_plain = std::all_of(name.begin(), name.end(), [](char c) {
    return c == '_' || c == '.' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
  // Any other is written in quotes.
  if (is_plain) fixes.push_back({"write `" + name + "`", false, {{written, name}}});
}

Diagnostic& Diagnostics::report(Code code, Span span, std::string message) {
  Diagnostic made{code, span, std::move(message), {}, {}};
  Diagnostic& place = takes(made) ? list_.emplace_back() : not_kept_;
  place = std::move(made);
  return place;
}

void Diagnostics::add(Diagnostic diagnostic) {
  if (takes(diagnostic)) list_.push_back(std::move(diagnostic));
}

bool Diagnostics::takes(const Diagnostic& diagnostic) {
  ++count_;
  codes_.insert(diagnostic.code);
  if (diagnostic.severity() != Severity::error) return true;
  ++errors_;
  if (kept_errors_[diagnostic.span.file]++ < kMostErrors) return true;
  ++left_out_[diagnostic.span.file];
  return false;
}

bool Diagnostics::has(Code code) const { return codes_.count(code) > 0; }

void Diagnostics::append(const Diagnostics& others) {
  append_if(others, [](const Diagnostic&) { return true; });
}

void Diagnostics::append_left_out(const Diagnostics& others) {
  for (const auto& [file, errors] : others.left_out_) {
    left_out_[file] += errors;
    errors_ += errors;
    count_ += errors;
  }
  codes_.insert(others.codes_.begin(), others.codes_.end());
}

void Diagnostics::sort() {
  std::stable_sort(list_.begin(), list_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.span.file, a.span.begin) < std::tie(b.span.file, b.span.begin);
  });
}

}  // namespace muster::base

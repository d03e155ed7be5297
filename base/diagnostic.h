// SPDX-License-Identifier: Apache-2.0
// What the compiler tells an author. A message is lower case, has no full stop, quotes the author's words in
// backquotes and never names a type of the compiler. One mistake gives one diagnostic.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace muster::base {

// Every diagnostic that exists, from diagnostic_codes.def: Code::unknown_name is MU0201.
enum class Code {
#define MUSTER_DIAGNOSTIC(number, name, severity, title) name = 1##number,
#include "base/diagnostic_codes.def"
#undef MUSTER_DIAGNOSTIC
};

enum class Severity { error, warning };

struct CodeInfo {
  Code code;
  std::string_view id;    // "MU0201"
  std::string_view name;  // "unknown_name"
  Severity severity;
  std::string_view title;  // a short noun phrase: "a name that nothing declares"
};

const std::vector<CodeInfo>& all_codes();  // by number
const CodeInfo& info(Code code);

struct Label {
  Span span;
  std::string text;
};

struct Diagnostic {
  Code code;
  Span span;  // the narrowest piece of source that is wrong
  std::string message;
  std::vector<Label> labels;  // further places: "declared here"
  std::string help;           // what to write instead; empty if there is nothing to say

  Severity severity() const { return info(code).severity; }
};

// Collects in the order of discovery. `sort` orders by file and place, as they are shown.
class Diagnostics {
 public:
  // Returns the new diagnostic so that labels and help can be added: report(...).help = "...";
  // The reference holds until the next report.
  Diagnostic& report(Code code, Span span, std::string message);
  const std::vector<Diagnostic>& list() const { return list_; }
  bool has_errors() const { return errors_ > 0; }
  std::size_t error_count() const { return errors_; }
  void add(Diagnostic diagnostic);
  void append(const Diagnostics& others);
  void sort();

 private:
  std::vector<Diagnostic> list_;
  std::size_t errors_ = 0;
};

}  // namespace muster::base

// SPDX-License-Identifier: Apache-2.0
// What the compiler tells an author. A message is lower case, has no full stop, quotes the author's words in
// backquotes and never names a type of the compiler. One mistake gives one diagnostic.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "base/text_edit.h"

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
  std::vector<Label> labels;    // further places: "declared here"
  std::string help;             // what to write instead; empty if there is nothing to say
  std::vector<Fix> fixes = {};  // ways to mend it, the best first

  Severity severity() const { return info(code).severity; }
  // The name, or the word, that was probably meant in the place of what is written there.
  void suggest(Span written, const std::string& name);
};

// Collects in the order of discovery. `sort` orders by file and place, as they are shown. A text that is none of the
// language can hold millions of errors: of one file only the first kMostErrors are kept, the others counted.
class Diagnostics {
 public:
  static constexpr std::size_t kMostErrors = 1'000;

  // Returns the new diagnostic so that labels and help can be added: report(...).help = "...";
  // The reference holds until the next report.
  Diagnostic& report(Code code, Span span, std::string message);
  const std::vector<Diagnostic>& list() const { return list_; }
  // Those that are left out of the list count here as well.
  bool has_errors() const { return errors_ > 0; }
  bool has(Code code) const;
  std::size_t error_count() const { return errors_; }
  std::size_t count() const { return count_; }
  // How many errors of a file are not in the list; of each file that has some.
  const std::map<FileId, std::size_t>& left_out() const { return left_out_; }
  void add(Diagnostic diagnostic);
  void append(const Diagnostics& others);
  // As `append`, but of what the list holds only what `keeps` says.
  template <class Keeps>
  void append_if(const Diagnostics& others, Keeps keeps) {
    for (const Diagnostic& each : others.list_) {
      if (keeps(each)) add(each);
    }
    append_left_out(others);
  }
  void sort();

 private:
  bool takes(const Diagnostic& diagnostic);  // else it was counted
  void append_left_out(const Diagnostics& others);

  std::vector<Diagnostic> list_;
  Diagnostic not_kept_{};  // for whoever adds to what was left out
  std::size_t errors_ = 0;
  std::size_t count_ = 0;
  std::map<FileId, std::size_t> kept_errors_;
  std::map<FileId, std::size_t> left_out_;
  std::set<Code> codes_;
};

}  // namespace muster::base

// SPDX-License-Identifier: Apache-2.0
// A golden case: one text file with a command line, its input files and everything that it must print.
//
//   # what it shows
//   run: eval main.muster --as-of 2026-11-23
//   env: NO_COLOR=1                     any number of these
//   terminal: out err                   which of them are terminals; neither, if left out
//   --- main.muster                     input files, and `--- stdin`
//   ...
//   --- expect
//   exit: 1
//   absent: out.csv                     a file that must not be there afterwards; any number of these
//   --- stdout                          these two may be left out where they are empty
//   ...
//   --- stderr
//   ...
//   --- after main.muster               an input or output file, as it must be afterwards
//   ...
//
// A section's text ends with a line end unless its heading ends with ` (no line end)`. A line of a text that
// begins with `--- ` is written with a backslash before it, one that begins with backslashes and `--- ` with one more.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace muster::golden {

struct Expectation {
  int exit = 0;
  std::vector<std::string> absent;
  std::string out;
  std::string err;
  std::vector<std::pair<std::string, std::string>> after;  // path, text

  friend bool operator==(const Expectation&, const Expectation&) = default;
};

struct Case {
  std::string input_part;  // the file's text before `--- expect`, as it stands
  std::vector<std::string> arguments;
  std::map<std::string, std::string, std::less<>> environment;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  std::vector<std::pair<std::string, std::string>> files;
  std::string input;  // stdin
  Expectation expectation;
};

// Throws std::runtime_error where the text isn't of this form.
Case read_case(std::string_view text);

// The part from `--- expect` on.
std::string write_expectation(const Expectation& expectation);

}  // namespace muster::golden

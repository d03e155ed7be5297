// SPDX-License-Identifier: Apache-2.0
// A command line that can't be followed, or a file that can't be read or written: one clear line, and what to
// do about it. Both end with exit code 2.
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace muster::commands {

struct UsageError {
  std::string message;  // lower case, no full stop, the user's words in backquotes
  std::string help;     // empty if there is nothing to say
};

// As it is shown: `muster COMMAND: message`, and its help on a line of its own. An empty command is the program.
void print_error(std::ostream& out, std::string_view command, const UsageError& error);

// "did you mean `NAME`?" where a name is near, else empty.
std::string did_you_mean(std::string_view written, const std::vector<std::string>& known);

// The same, or what there is where nothing is near; empty if there is nothing.
// `what` names the kind: "policies".
std::string suggestion(std::string_view written, const std::vector<std::string>& known, std::string_view what);

}  // namespace muster::commands

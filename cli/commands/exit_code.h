// SPDX-License-Identifier: Apache-2.0
// The exit codes that other programs rely on; docs/commands.md says when each one is given.
#pragma once

namespace muster::commands {

enum ExitCode : int {
  kSuccess = 0,
  kFindings = 1,  // a subject fails, a test fails, a module has findings
  kUsage = 2,     // a wrong command line, or a file that can't be read or written
  kPolicyErrors = 3,
  kUndecided = 4,
  kNothingJudged = 5,
  kUnreadable = 6,    // records that could not be read; the rest was judged
  kBySignal = 128,    // and the number of the signal: 130 for Ctrl-C, 143 where it is told to end
  kPipeClosed = 141,  // nobody reads what is printed any more, so not all was judged; as where SIGPIPE ends a program
};

}  // namespace muster::commands

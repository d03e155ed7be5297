// SPDX-License-Identifier: Apache-2.0
// The language server over two streams, until the client says `exit` or goes away. One thread reads, one does what can
// wait, and the one that called answers.
#pragma once

#include <iosfwd>
#include <string>

#include "lsp/session/outside.h"

namespace muster::lsp {

// The exit code: 0 after `shutdown` and `exit`, else 1.
int serve(std::istream& in, std::ostream& out, Outside outside, const std::string& version);

}  // namespace muster::lsp

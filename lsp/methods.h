// SPDX-License-Identifier: Apache-2.0
// What the server answers: one table, from which it tells clients what it can do. A method that isn't there is not
// announced, and what is announced has a handler.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lsp/protocol/json.h"
#include "lsp/session/session.h"

namespace muster::lsp {

// Thrown by a handler that can't do what is asked, with the reason for whoever asked.
struct Refused {
  std::string reason;
};

struct Method {
  std::string_view name;
  std::string_view capability;  // the key in the server's capabilities; methods of one key share it
  std::string_view options;     // its value, as JSON
  Json (*answer)(Session& session, const Json& params);
};

// Requests.
const std::vector<Method>& methods();

Json capabilities(Encoding encoding);

// What a client only tells.
struct Notice {
  std::string_view name;
  void (*take)(Session& session, const Json& params);
};
const std::vector<Notice>& notices();

}  // namespace muster::lsp

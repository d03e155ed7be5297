// SPDX-License-Identifier: Apache-2.0
// Names of files, as the protocol writes them.
#pragma once

#include <string>
#include <string_view>

namespace muster::lsp {

// `file:///a/b%20c` is `/a/b c`. What is no file is known by its name as it stands: `untitled:Untitled-1`.
std::string path_of_uri(std::string_view uri);
std::string uri_of_path(std::string_view path);
bool is_file(std::string_view path);

}  // namespace muster::lsp

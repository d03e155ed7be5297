// SPDX-License-Identifier: Apache-2.0
// Where evidence has a field that no binding says the key of.
#pragma once

#include <string>
#include <vector>

namespace muster::typed {

// Its name as it stands, in kebab-case and in camelCase, each once, the best first.
std::vector<std::string> default_keys(const std::string& field);

}  // namespace muster::typed

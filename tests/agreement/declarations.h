// SPDX-License-Identifier: Apache-2.0
// What every random policy is about: types of all kinds, optionals of all kinds, lists in lists, evidence.
#pragma once

namespace muster::agreement {

extern const char* const kDeclarations;

}  // namespace muster::agreement

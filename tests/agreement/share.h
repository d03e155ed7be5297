// SPDX-License-Identifier: Apache-2.0
// How many random programs are tried. Sanitizers look at how the code treats memory, which a part of the programs
// shows as well as all of them, and take many times as long.
#pragma once

namespace muster::agreement {

template <typename Number>
constexpr Number share(Number all) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return all / 8;
#else
  return all;
#endif
}

// How often something is to be seen in them: half as often as it would be with all, so that chance has room.
template <typename Number>
constexpr Number often(Number times) {
  return share(8) == 8 ? times : share(times) / 2;
}

}  // namespace muster::agreement

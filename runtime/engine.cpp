// SPDX-License-Identifier: Apache-2.0
#include "runtime/engine.h"

#include <utility>

#include "runtime/column_run.h"
#include "runtime/row_run.h"

namespace muster::runtime {

tl::expected<verdicts::Tally, ingest::FileError> judge(Request request, const Listener& listener) {
  if (request.engine != Engine::reference) {
    if (auto tally = judge_by_columns(request, listener)) return std::move(*tally);
    if (request.engine != Engine::automatic && listener.another_engine)
      listener.another_engine("the policy is too large for columns, the reference engine judges it");
  }
  return judge_by_rows(std::move(request), listener);
}

}  // namespace muster::runtime

// SPDX-License-Identifier: Apache-2.0
#include "runtime/engine.h"

#include <utility>

#include "runtime/column_run.h"
#include "runtime/row_run.h"

namespace muster::runtime {

tl::expected<Totals, ingest::FileError> judge(Request request, const Listener& listener) {
  if (request.engine != Engine::reference) {
    if (auto totals = judge_by_columns(request, listener)) return std::move(*totals);
  }
  return judge_by_rows(std::move(request), listener);
}

}  // namespace muster::runtime

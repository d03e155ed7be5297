// SPDX-License-Identifier: Apache-2.0
#include "runtime/fitting/value_counts.h"

namespace muster::fitting {

using evidence::Datum;
using evidence::Reason;
using evidence::State;

void ValueCounts::add(const types::Table& types, types::TypeId type, const typed::Use& use, const Datum& datum) {
  switch (datum.state) {
    case State::absent: ++absent; return;
    case State::unknown:
      if (datum.reason == Reason::missing) {
        ++missing;
      } else if (unfit++ == 0) {
        unfit_at = datum.origin;
        unfit_raw = datum.raw;
      }
      return;
    case State::known: break;
  }
  type = types.without_optional(type);
  if (types.is_record(type)) return add_record(types, types.get(type).id, use, datum);
  ++known;
  if (types.is_list(type)) {
    if (!element) element = std::make_unique<ValueCounts>();
    for (const Datum& each : datum.items) element->add(types, types.element(type), use, each);
  }
}

void ValueCounts::add_record(const types::Table& types, types::RecordId record, const typed::Use& use,
                             const Datum& datum) {
  ++known;
  const auto& declared = types.record_at(record).fields;
  for (const auto& [field, used] : use.fields) fields[field].add(types, declared[field].type, used, datum.items[field]);
}

}  // namespace muster::fitting

// SPDX-License-Identifier: Apache-2.0
#include "runtime/suite/made_up.h"

namespace muster::suite {

evidence::Datum datum_of(const typed::Literal& literal) {
  switch (literal.kind) {
    case typed::Literal::Kind::scalar: return evidence::Datum::known(literal.scalar, {});
    case typed::Literal::Kind::absent: return evidence::Datum::absent({});
    case typed::Literal::Kind::list:
    case typed::Literal::Kind::record: {
      evidence::Datum datum = evidence::Datum::known({}, {});
      datum.items.reserve(literal.items.size());
      for (const typed::Literal& item : literal.items) datum.items.push_back(datum_of(item));
      return datum;
    }
    case typed::Literal::Kind::unknown: return evidence::Datum::unknown(evidence::Reason::missing, {});
  }
  return evidence::Datum::unknown(evidence::Reason::missing, {});
}

}  // namespace muster::suite

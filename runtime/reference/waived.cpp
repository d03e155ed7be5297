// SPDX-License-Identifier: Apache-2.0
#include "runtime/reference/waived.h"

namespace muster::reference {

Waived find_waivers(Evaluator& evaluator, const waivers::Book& book, std::uint32_t criterion,
                    const evidence::Datum& key, ByTest by_test) {
  Waived found;
  Fold fold(Truth::yes);
  if (by_test == ByTest::yes) fold.add(Value::known(Truth::yes, {}));
  const auto hold = [&](std::uint32_t waiver) {
    found.shown = found.shown ? book.later(*found.shown, waiver) : waiver;
    fold.add(Value::known(Truth::yes, {}));
  };
  if (key.state == evidence::State::known) {
    for (const std::uint32_t waiver : book.naming(criterion, key.scalar)) hold(waiver);
  } else if (book.names_subjects(criterion)) {
    fold.add(read(key));
  }
  for (const std::uint32_t waiver : book.with_conditions(criterion)) {
    const Value value = evaluator.needed_value(book.all()[waiver].where);
    if (value.truth() == Truth::yes) {
      hold(waiver);
    } else {
      fold.add(value);
    }
  }
  const Value all = fold.result();
  found.truth = all.truth();
  found.causes = all.causes;
  return found;
}

}  // namespace muster::reference

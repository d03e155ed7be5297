// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/shared_rows.h"

#include <utility>

namespace muster::ingest {

using evidence::Datum;
using evidence::Reason;

SharedRows::SharedRows(const typed::Program& program, const typed::Binding& binding, const typed::Use& use,
                       std::uint32_t file, const Limits& limits, RecordPlans& plans, WantedKeys& wanted)
    : program_(program),
      binding_(binding),
      file_(file),
      reader_(program, plans, program.sources[binding.source].completeness, file, Privacy::shown, limits) {
  const types::Table& types = program.types;
  element_ = types.without_optional(binding.type);
  is_list_ = types.is_list(element_);
  if (is_list_) element_ = types.element(element_);
  if (binding.scalar) {
    want(wanted, *binding.scalar);
  } else if (const auto inner = innermost_record(types, element_)) {
    plan_ = plans.add(program, *inner, use, {&binding.fields, {}}, wanted);
  }
}

void SharedRows::add(const Spellings& row) {
  std::vector<FoundProblem> found;
  const auto index = static_cast<std::uint32_t>(elements_.size());
  if (plan_) {
    elements_.push_back(reader_.record(row, *plan_, found));
  } else if (binding_.scalar) {
    for (Datum& each : reader_.scalars(row, *binding_.scalar, element_, found)) elements_.push_back(std::move(each));
  }
  if (reader_.passed_limit()) {
    elements_.resize(index);
    return add_unreadable(row.line);
  }
  for (FoundProblem& problem : found) {
    if (is_list_) {
      if (plan_) problem.place.insert(problem.place.begin(), {0, Step::Kind::element});
      problem.place.front().index += index;
    } else if (!plan_) {
      problem.place.erase(problem.place.begin());
    }
    problems_.push_back(std::move(problem));
  }
}

void SharedRows::add_unreadable(std::uint32_t line) {
  elements_.push_back(Datum::unknown(Reason::invalid, {file_, line}));
}

void SharedRows::lose_rest(std::uint32_t line) {
  if (binding_.shared == program_.waiver_rows) return add_unreadable(line);
  lost_rest_ = evidence::Origin{file_, line};
}

Datum SharedRows::take() {
  const evidence::Origin file{file_, 0};
  const bool closed = program_.sources[binding_.source].completeness != typed::Completeness::open;
  if (lost_rest_ && (is_list_ || elements_.empty())) return Datum::unknown(Reason::invalid, *lost_rest_);
  if (elements_.empty()) {
    if (closed && program_.types.is_optional(binding_.type)) return Datum::absent(file);
    if (!closed || !is_list_) return Datum::unknown(Reason::missing, file);
  }
  if (!is_list_) {
    if (elements_.size() == 1) return std::move(elements_.front());
    problems_ = {{{}, Reason::invalid, std::nullopt, elements_[1].origin, true}};
    return Datum::unknown(Reason::invalid, elements_[1].origin);
  }
  Datum list;
  list.state = evidence::State::known;
  list.origin = elements_.empty() ? file : elements_.front().origin;
  list.items = std::move(elements_);
  return list;
}

}  // namespace muster::ingest

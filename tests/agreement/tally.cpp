// SPDX-License-Identifier: Apache-2.0
#include "tests/agreement/tally.h"

namespace muster::agreement {

using typed::Op;

namespace {

enum class Values { truths, scalars, always_known, optionals };

// Which values an operation can come to.
Values values_of(Op op) {
  switch (op) {
    case Op::error:
    case Op::literal:
    case Op::list_literal:
    case Op::subject:
    case Op::param:
    case Op::today:
    case Op::now:
    case Op::shared: return Values::always_known;
    case Op::optional_field:
    case Op::min:
    case Op::max:
    case Op::avg:
    case Op::first:
    case Op::latest:
    case Op::score: return Values::optionals;
    case Op::not_:
    case Op::and_:
    case Op::or_:
    case Op::implies:
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal:
    case Op::in_range:
    case Op::in_list:
    case Op::contains:
    case Op::contains_any:
    case Op::contains_all:
    case Op::text_contains:
    case Op::starts_with:
    case Op::ends_with:
    case Op::matches:
    case Op::is_present:
    case Op::any:
    case Op::all:
    case Op::no:
    case Op::at_least:
    case Op::at_most:
    case Op::exactly:
    case Op::every:
    case Op::passes:
    case Op::gate: return Values::truths;
    case Op::variable:
    case Op::let:
    case Op::field:
    case Op::call:
    case Op::is_known:
    case Op::coalesce:
    case Op::assume:
    case Op::negate:
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::widen:
    case Op::size:
    case Op::distinct:
    case Op::length:
    case Op::lower:
    case Op::upper:
    case Op::trim:
    case Op::strip_prefix:
    case Op::strip_suffix:
    case Op::abs:
    case Op::round:
    case Op::floor:
    case Op::ceil:
    case Op::min_of:
    case Op::max_of:
    case Op::days:
    case Op::hours:
    case Op::to_date:
    case Op::to_text:
    case Op::to_number:
    case Op::to_percent:
    case Op::if_:
    case Op::choose:
    case Op::count:
    case Op::sum:
    case Op::count_status: return Values::scalars;
  }
  return Values::scalars;
}

constexpr Op kAll[] = {
#define MUSTER_OP(name, operands, index, meaning) Op::name,
#include "compiler/typed/ops.def"
#undef MUSTER_OP
};

}  // namespace

void Tally::add(const typed::Program& program, const reference::Trace& trace) {
  for (const reference::TraceEntry& entry : trace.entries) {
    Seen& seen = operations_[program.expr(entry.expression).op];
    if (entry.value == "?") {
      ++seen.unknown;
    } else if (entry.value == "none") {
      ++seen.absent;
    } else {
      ++seen.known;
    }
    if (entry.value == "true") ++seen.yes;
    if (entry.value == "false") ++seen.no;
  }
}

void Tally::add(const verdicts::SubjectResult& result) {
  for (const auto& criterion : result.criteria) ++statuses_[static_cast<std::size_t>(criterion.status)];
  for (const auto& criterion : result.criteria) waivers_shown_ += criterion.waiver.has_value();
  for (std::size_t i = 0; i < result.scores_without_waivers.size(); ++i)
    scores_changed_by_waivers_ += result.scores[i].low != result.scores_without_waivers[i].low;
  for (const auto gate : result.gates) ++gates_[static_cast<std::size_t>(gate)];
  for (const auto& score : result.scores) {
    if (score.low < score.high) ++open_scores_;
    if (score.may_be_none) ++scores_maybe_none_;
  }
}

std::string Tally::seen_too_seldom(std::uint64_t least) const {
  std::string text;
  const auto check = [&](const std::string& what, std::uint64_t times) {
    if (times < least) text += what + ": " + std::to_string(times) + "\n";
  };
  for (const Op op : kAll) {
    if (op == Op::error) continue;
    const auto found = operations_.find(op);
    const Seen seen = found == operations_.end() ? Seen{} : found->second;
    const std::string name = typed::name(op);
    switch (values_of(op)) {
      case Values::truths:
        check(name + " yes", seen.yes);
        check(name + " no", seen.no);
        check(name + " unknown", seen.unknown);
        break;
      case Values::always_known: check(name, seen.known); break;
      case Values::optionals: check(name + " absent", seen.absent); [[fallthrough]];
      case Values::scalars:
        check(name + " known", seen.known);
        if (op != Op::is_known) check(name + " unknown", seen.unknown);
        break;
    }
  }
  for (const auto status :
       {typed::Status::met, typed::Status::unmet, typed::Status::na, typed::Status::waived, typed::Status::unknown}) {
    check(verdicts::name(status), statuses_[static_cast<std::size_t>(status)]);
  }
  for (const auto truth : {verdicts::Truth::no, verdicts::Truth::yes, verdicts::Truth::unknown}) {
    check(std::string("gate ") + verdicts::name(verdicts::verdict(truth)), gates_[static_cast<std::size_t>(truth)]);
  }
  check("score between", open_scores_);
  check("score that may be none", scores_maybe_none_);
  check("waiver shown", waivers_shown_);
  check("score changed by waivers", scores_changed_by_waivers_);
  return text;
}

}  // namespace muster::agreement

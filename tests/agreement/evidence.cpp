// SPDX-License-Identifier: Apache-2.0
#include "tests/agreement/evidence.h"

#include <limits>

#include "base/calendar.h"
#include "base/version_number.h"

namespace muster::agreement {

namespace {

using evidence::Datum;
using types::Kind;
using types::Scalar;
using types::TypeId;

class Maker {
 public:
  Maker(const types::Table& types, Gaps gaps, std::mt19937& random) : types_(types), gaps_(gaps), random_(random) {}

  Datum any(TypeId type) {
    if (gaps_.unknown_one_in != 0 && below(gaps_.unknown_one_in) == 0) return Datum::unknown(reason(), {});
    if (types_.is_optional(type) && below(3) == 0) return Datum::absent({});
    return there(types_.without_optional(type));
  }

  Datum record(const types::Record& of) {
    Datum datum = Datum::known({}, {});
    for (const types::Field& field : of.fields) datum.items.push_back(any(field.type));
    return datum;
  }

  // Goes over what was unknown. What was known stays.
  void learn(TypeId type, Datum& datum) {
    if (datum.state == evidence::State::absent) return;
    if (datum.state == evidence::State::unknown) {
      if (below(2) == 0) datum = any(type);
      return;
    }
    const TypeId held = types_.without_optional(type);
    if (types_.is_list(held)) {
      for (Datum& item : datum.items) learn(types_.element(held), item);
    } else if (types_.is_record(held)) {
      learn_fields(types_.record_of(held), datum);
    }
  }

  void learn_fields(const types::Record& of, Datum& datum) {
    for (std::size_t i = 0; i < of.fields.size(); ++i) learn(of.fields[i].type, datum.items[i]);
  }

 private:
  unsigned below(unsigned end) { return static_cast<unsigned>(random_() % end); }

  evidence::Reason reason() { return below(2) == 0 ? evidence::Reason::missing : evidence::Reason::invalid; }

  Datum there(TypeId type) {
    if (types_.is_record(type)) return record(types_.record_of(type));
    if (!types_.is_list(type)) return Datum::known(scalar(type), {});
    Datum datum = Datum::known({}, {});
    for (unsigned left = below(4); left > 0; --left) datum.items.push_back(any(types_.element(type)));
    return datum;
  }

  template <typename Choice>
  Choice one_of(std::initializer_list<Choice> choices) {
    return *(choices.begin() + below(static_cast<unsigned>(choices.size())));
  }

  // From few values, so that equal ones meet.
  Scalar scalar(TypeId type) {
    switch (types_.kind(type)) {
      case Kind::boolean: return below(2) == 0;
      case Kind::integer:
        if (below(40) == 0) return std::numeric_limits<std::int64_t>::min();
        return static_cast<std::int64_t>(below(5)) - 1;
      case Kind::number: return one_of({-1.5, -0.0, 0.0, 0.5, 1.0, 2.0, 1e308});
      case Kind::percent: return types::Percent{one_of({0.0, 12.5, 50.0, 100.0})};
      case Kind::text: return std::string(one_of({"", "a", "ab", "b", "1", " A\xC3\x84 "}));
      case Kind::date: return base::Date{*base::make_date({2026, 11, static_cast<int>(19 + below(6))})};
      case Kind::time:
        return base::Instant{
            base::start_of(*base::make_date({2026, 11, static_cast<int>(below(25) + 1)})).microseconds +
            below(3) * 3'600'000'000};
      case Kind::duration:
        return base::Duration{one_of({0L, 1L, 1L, 2L, -1L}) * base::kMicrosecondsPerDay / one_of({1L, 2L})};
      case Kind::period: return base::Period{one_of({0, 1, 6, 12})};
      case Kind::version: return *base::parse_version(one_of({"1.0", "v1.20", "1.20.0", "1.20.0-rc.1"}));
      case Kind::enumeration: return types::EnumMember{below(static_cast<unsigned>(types_.enum_of(type).names.size()))};
      case Kind::record:
      case Kind::list:
      case Kind::optional:
      case Kind::error: break;
    }
    return false;
  }

  const types::Table& types_;
  Gaps gaps_;
  std::mt19937& random_;
};

}  // namespace

Evidence random_evidence(const typed::Program& program, types::RecordId subject, Gaps gaps, std::mt19937& random) {
  Maker maker(program.types, gaps, random);
  Evidence made;
  made.subject = maker.record(program.types.record_at(subject));
  for (const typed::Shared& shared : program.shared) made.shared.push_back(maker.any(shared.type));
  return made;
}

Evidence learned(const typed::Program& program, types::RecordId subject, const Evidence& before, std::mt19937& random) {
  Maker maker(program.types, Gaps{random() % 2 == 0 ? 5u : 0u}, random);
  Evidence after = before;
  maker.learn_fields(program.types.record_at(subject), after.subject);
  for (std::size_t i = 0; i < after.shared.size(); ++i) maker.learn(program.shared[i].type, after.shared[i]);
  return after;
}

}  // namespace muster::agreement

// SPDX-License-Identifier: Apache-2.0
// What stands in a record, with all that stands in its parts: never the record itself, no endless crowd of fields,
// no endless depth. Small texts can declare a lot: twenty records with two fields of the next are a million fields.
#include <algorithm>

#include "compiler/check/checker.h"
#include "compiler/check/spelling.h"

namespace muster::check {

namespace {

constexpr std::uint32_t kMostFields = 100'000;
constexpr std::uint32_t kDeepestRecord = 256;

std::optional<types::RecordId> record_held(const types::Table& types, TypeId type) {
  type = types.innermost(type);
  if (!types.is_record(type)) return std::nullopt;
  return types.get(type).id;
}

}  // namespace

// A record that holds itself, directly or by way of others, could never be written down.
void Checker::check_record_sizes() {
  enum class State : std::uint8_t { fresh, open, done };
  std::vector<State> states(program_.types.record_count(), State::fresh);
  std::vector<RecordSize> sizes(states.size());
  // Depth is bounded by the number of records; an explicit stack keeps a chain of many from overflowing ours.
  struct Step {
    types::RecordId record;
    std::size_t field;
  };
  for (types::RecordId root = 0; root < states.size(); ++root) {
    if (states[root] != State::fresh) continue;
    std::vector<Step> stack{{root, 0}};
    states[root] = State::open;
    while (!stack.empty()) {
      Step& step = stack.back();
      types::Record& record = program_.types.record_at(step.record);
      if (step.field == record.fields.size()) {
        states[step.record] = State::done;
        sizes[step.record] = size_of(record, sizes);
        stack.pop_back();
        continue;
      }
      types::Field& field = record.fields[step.field++];
      const auto found = record_held(program_.types, field.type);
      if (!found) continue;
      const types::RecordId held = *found;
      if (states[held] == State::open) {
        report(Code::recursive_record, field.span,
               "`" + record.name + "` holds itself by its field `" + field.name + "`")
            .help = "evidence is finite: hold the parts in a list of another record";
        field.type = types::kError;
      } else if (states[held] == State::fresh) {
        states[held] = State::open;
        stack.push_back({held, 0});
      }
    }
  }
}

// Reports it where it is the innermost that is too large. The parts' sizes are known.
Checker::RecordSize Checker::size_of(const types::Record& record, const std::vector<RecordSize>& sizes) {
  RecordSize size;
  for (const types::Field& field : record.fields) {
    ++size.fields;
    if (const auto held = record_held(program_.types, field.type)) {
      size.fields += sizes[*held].fields;
      size.depth = std::max(size.depth, sizes[*held].depth + 1);
      if (sizes[*held].too_large) return sizes[*held];
    }
    size.too_large = size.fields > kMostFields || size.depth > kDeepestRecord;
    if (size.too_large) break;  // so no sum grows past twice the limit
  }
  if (!size.too_large) return size;
  if (size.fields > kMostFields) {
    report(Code::too_costly, record.span,
           "`" + record.name + "` has more than " + with_thousands(kMostFields) +
               " fields, with those of the records in it")
        .help = "leave out what no policy reads, or judge a part of it as a subject of its own";
  } else {
    report(Code::too_costly, record.span,
           "`" + record.name + "` nests more than " + with_thousands(kDeepestRecord) + " records in each other")
        .help = "hold the inner ones side by side";
  }
  return size;
}

}  // namespace muster::check

// SPDX-License-Identifier: Apache-2.0
#include "runtime/problem_notes.h"

#include <algorithm>
#include <limits>
#include <string_view>
#include <tuple>
#include <utility>

namespace muster::runtime {

using evidence::Problem;
using evidence::Reason;

void ProblemNotes::add(const verdicts::SubjectResult& result) {
  bool key_noted = !result.stood_before;
  for (const Problem& problem : result.problems) {
    if (problem.several_rows) continue;  // a notice tells of it
    ProblemNote note = note_of(problem);
    if (!key_noted && problem.reason == Reason::duplicate && problem.field == key_.name) {
      key_noted = true;
      note.of_key = true;
      if (!key_.is_private) note.raw = result.key;
    }
    count(std::move(note));
  }
}

void ProblemNotes::add(const ingest::ParsedBatch& parsed, std::uint64_t subjects, const std::vector<Repeated>& repeated,
                       const std::vector<Problem>& of_shared) {
  // Each with the row, field and turn at which it came up first.
  using Place = std::tuple<std::uint32_t, types::FieldIndex, std::size_t>;
  std::vector<std::pair<Place, ProblemNote>> notes;
  for (const ingest::ProblemTally& each : parsed.problems) {
    notes.push_back({{each.row, each.of, notes.size()},
                     {each.field, each.reason, false, each.origin, each.raw.value_or(""), each.count}});
  }
  if (!repeated.empty()) {
    ProblemNote note = note_of(repeated.front());
    note.count = repeated.size();
    notes.push_back({{repeated.front().row, *record_.key(), notes.size()}, std::move(note)});
  }
  for (const Problem& problem : of_shared) {
    if (problem.several_rows || subjects == 0) continue;
    ProblemNote note = note_of(problem);
    note.count = subjects;
    notes.push_back({{0, std::numeric_limits<types::FieldIndex>::max(), notes.size()}, std::move(note)});
  }
  std::sort(notes.begin(), notes.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [place, note] : notes) count(std::move(note));
}

void ProblemNotes::count(ProblemNote note) {
  const auto same = std::find_if(list_.begin(), list_.end(), [&](const ProblemNote& known) {
    return known.field == note.field && known.reason == note.reason && known.of_key == note.of_key;
  });
  if (same == list_.end()) {
    list_.push_back(std::move(note));
  } else {
    same->count += note.count;
  }
}

ProblemNote ProblemNotes::note_of(const Problem& problem) const {
  return {evidence::without_indexes(problem.field), problem.reason, false, problem.origin, problem.raw.value_or(""), 1};
}

ProblemNote ProblemNotes::note_of(const Repeated& repeated) const {
  return {key_.name, Reason::duplicate, true, repeated.origin, key_.is_private ? "" : repeated.key, 1};
}

void insert_repeated_key(const types::Record& subject, evidence::Origin origin, std::vector<Problem>& problems) {
  const types::FieldIndex key = *subject.key();
  const auto field_of = [&](const Problem& problem) {
    const std::string_view path = problem.field;
    return subject.find(path.substr(0, path.find_first_of(".[")));
  };
  auto place = problems.begin();
  while (place != problems.end()) {
    const auto field = field_of(*place);
    if (field && *field > key) break;
    ++place;
  }
  Problem repeated;
  repeated.field = subject.fields[key].name;
  repeated.reason = Reason::duplicate;
  repeated.origin = origin;
  problems.insert(place, std::move(repeated));
}

}  // namespace muster::runtime

// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/found_problem.h"

#include <algorithm>
#include <utility>

#include "base/unicode_text.h"

namespace muster::ingest {
namespace {

constexpr std::size_t kShownBytes = 1024;

// Steps into `type` from place[at] on.
void append_steps(const types::Table& types, types::TypeId type, const Place& place, std::size_t at,
                  std::string& name) {
  for (; at < place.size(); ++at) {
    type = types.without_optional(type);
    if (place[at].kind == Step::Kind::element) {
      name += "[" + std::to_string(place[at].index) + "]";
      type = types.element(type);
    } else {
      const types::Field& field = types.record_of(type).fields[place[at].index];
      name += "." + field.name;
      type = field.type;
    }
  }
}

}  // namespace

std::string place_name(const types::Table& types, types::RecordId subject, const Place& place) {
  if (place.empty()) return {};
  const types::Field& field = types.record_at(subject).fields[place.front().index];
  std::string name = field.name;
  append_steps(types, field.type, place, 1, name);
  return name;
}

std::string shared_place_name(const types::Table& types, const std::string& name, types::TypeId type,
                              const Place& place) {
  std::string whole = name;
  append_steps(types, type, place, 0, whole);
  return whole;
}

void sort_by_place(std::vector<FoundProblem>& problems) {
  std::stable_sort(problems.begin(), problems.end(),
                   [](const FoundProblem& a, const FoundProblem& b) { return a.place < b.place; });
}

evidence::Problem told(FoundProblem problem, std::string place) {
  return {std::move(place), problem.reason, std::move(problem.raw), problem.origin, problem.several_rows};
}

std::string shown_raw(std::string_view raw) {
  if (raw.size() <= kShownBytes) return base::with_valid_utf8(raw);
  std::size_t end = kShownBytes;
  while (end > 0 && (static_cast<unsigned char>(raw[end]) & 0xC0u) == 0x80u) --end;
  return base::with_valid_utf8(raw.substr(0, end)) + "…";
}

}  // namespace muster::ingest

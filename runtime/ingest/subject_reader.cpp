// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/subject_reader.h"

#include <utility>

#include <fmt/format.h>

namespace muster::ingest {

using evidence::Datum;
using evidence::Reason;
using evidence::State;

SubjectReader::SubjectReader(const Portfolio& portfolio, std::uint32_t file)
    : portfolio_(portfolio),
      program_(portfolio.program()),
      file_(file),
      reader_(program_, portfolio.plans(), portfolio.completeness(), file, Privacy::shown, portfolio.options().limits) {
}

Row SubjectReader::read(const Spellings& record) {
  SubjectRow row;
  std::vector<FoundProblem> problems;
  row.origin = {file_, record.line};
  row.subject = reader_.record(record, portfolio_.plan(), problems);
  if (reader_.passed_limit()) return UnreadableRow{row.origin, *reader_.passed_limit()};
  const types::FieldIndex key = *declared().key();
  auto key_text = text_of(row.subject, key);
  if (!key_text) return UnreadableRow{row.origin, key_trouble(row.subject.items[key])};
  row.key = std::move(*key_text);
  if (auto passed = join(row.subject, problems)) return UnreadableRow{row.origin, std::move(*passed)};
  const auto label = declared().label();
  if (label && !declared().fields[*label].is_private) row.label = text_of(row.subject, *label);
  sort_by_place(problems);
  for (FoundProblem& each : problems) {
    std::string place = place_name(program_.types, portfolio_.subject(), each.place);
    row.problems.push_back(told(std::move(each), std::move(place)));
  }
  return row;
}

// Rows don't create a record that is absent or unknown. Gives what is wrong where they pass a limit.
std::optional<std::string> SubjectReader::join(Datum& subject, std::vector<FoundProblem>& problems) {
  for (const JoinedRows& each : portfolio_.joins()) {
    const FieldPath& target = each.binding().target;
    Datum* at = &subject;
    for (types::FieldIndex field : target)
      at = at != nullptr && at->state == State::known ? &at->items[field] : nullptr;
    if (at == nullptr) continue;
    JoinedDatum joined = each.of(subject);
    Place place;
    for (types::FieldIndex field : target) place.push_back({field, Step::Kind::field});
    if (joined.datum.items.size() > portfolio_.options().limits.list_elements &&
        program_.types.is_list(program_.types.without_optional(each.binding().type))) {
      return fmt::format("more than {} rows are joined to `{}`", portfolio_.options().limits.list_elements,
                         place_name(program_.types, portfolio_.subject(), place));
    }
    *at = std::move(joined.datum);
    if (joined.several_rows) {
      notices_.note(base::Code::several_rows, joined.problems.front().origin,
                    fmt::format("a second row for `{}` of one subject, which takes one",
                                place_name(program_.types, portfolio_.subject(), place)),
                    1);
    }
    for (FoundProblem& problem : joined.problems) {
      problem.place.insert(problem.place.begin(), place.begin(), place.end());
      problems.push_back(std::move(problem));
    }
  }
  return std::nullopt;
}

std::optional<std::string> SubjectReader::text_of(const Datum& subject, types::FieldIndex field) const {
  const Datum& datum = subject.items[field];
  if (datum.state != State::known) return std::nullopt;
  const types::TypeId type = program_.types.without_optional(declared().fields[field].type);
  if (!program_.types.is_scalar(type)) return std::nullopt;
  return types::to_text(program_.types, type, datum.scalar);
}

std::string SubjectReader::key_trouble(const Datum& key) const {
  const types::Field& field = declared().fields[*declared().key()];
  const std::string name = portfolio_.key_name();
  if (key.reason == Reason::missing)
    return fmt::format("no readable key: every record needs `{}`, and here it is missing or null", name);
  return fmt::format("no readable key: what stands in `{}` is no {}", name, program_.types.name(field.type));
}

}  // namespace muster::ingest

// SPDX-License-Identifier: Apache-2.0
#include "runtime/fitting/fitting.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "base/shown_line.h"
#include "runtime/fitting/binding_checks.h"
#include "runtime/fitting/read_files.h"
#include "runtime/fitting/value_counts.h"
#include "runtime/ingest/binding_choice.h"
#include "runtime/waivers/book.h"

namespace muster::fitting {

namespace {

struct Unreadable {
  std::uint64_t count = 0;
  evidence::Origin first;
  std::string message;  // of the first
};

base::Span place_of_subject(const typed::Program& program, types::RecordId subject, const ingest::Choice& choice) {
  return choice.subject ? program.bindings[*choice.subject].span : program.types.record_at(subject).span;
}

void report_unreadable(const Unreadable& unreadable, std::uint64_t records, const ReadFiles& files, base::Span place,
                       base::Diagnostics& diagnostics) {
  const std::string what = records == 1                  ? "the record"
                           : unreadable.count == records ? fmt::format("all {} records", records)
                                                         : fmt::format("{} of {} records", unreadable.count, records);
  diagnostics.report(base::Code::unreadable_record, place,
                     fmt::format("{} of {} can't be read; {}: {}", what, files.named(files.of_subjects()),
                                 files.place(unreadable.first), base::visible_text(unreadable.message)));
}

std::vector<base::Span> replaced_by_other_kinds(const typed::Program& program, const ingest::Choice& choice,
                                                const ingest::Inputs& inputs) {
  std::vector<base::Span> spans;
  for (const typed::Binding& binding : program.bindings) {
    const auto is_other = [&](const ingest::Input& input) {
      return input.kind != program.sources[binding.source].kind;
    };
    const auto own = inputs.sources.find(binding.source);
    const bool is_subjects = choice.subject && program.bindings[*choice.subject].source == binding.source;
    const bool is_replaced = (own != inputs.sources.end() && is_other(own->second)) ||
                             (is_subjects && std::any_of(inputs.subjects.begin(), inputs.subjects.end(), is_other));
    if (!is_replaced) continue;
    spans.push_back(binding.span);
    for (const typed::BoundField& line : binding.fields) spans.push_back(line.span);
  }
  return spans;
}

std::vector<base::Diagnostic> still_never_bound(const base::Diagnostics& compilers,
                                                const std::vector<base::Span>& replaced) {
  std::vector<base::Diagnostic> found;
  for (const base::Diagnostic& each : compilers.list()) {
    if (each.code == base::Code::never_bound &&
        std::find(replaced.begin(), replaced.end(), each.span) == replaced.end())
      found.push_back(each);
  }
  return found;
}

// What is told of a file is told where it is bound.
void report_notices(const std::vector<ingest::Notice>& notices, const WhatWasRead& read,
                    base::Diagnostics& diagnostics) {
  std::vector<std::uint32_t> bindings = read.choice.joins;
  for (const auto& shared : read.choice.shared) {
    if (shared) bindings.push_back(*shared);
  }
  for (const ingest::Notice& notice : notices) {
    // Of keys more is known here than of columns, if there are records.
    if (notice.code == base::Code::missing_column && read.files.records({notice.origin.file}) > 0) continue;
    for (const std::uint32_t each : bindings) {
      const typed::Binding& binding = read.program.bindings[each];
      const Files files = read.files.of_source(binding.source);
      if (std::find(files.begin(), files.end(), notice.origin.file) == files.end()) continue;
      std::string message = read.files.place(notice.origin) + ": " + base::visible_text(notice.message);
      if (notice.count > 1) message += fmt::format(" (the first of {})", notice.count);
      diagnostics.report(notice.code, binding.span, std::move(message));
      break;
    }
  }
}

}  // namespace

tl::expected<Fit, ingest::FileError> fit(const typed::Program& program, std::uint32_t index, ingest::Inputs inputs,
                                         const base::Diagnostics& compilers, const std::function<bool()>& stop) {
  const typed::Policy& policy = program.policies[index];
  const auto usage = typed::usage_of(program, policy);
  const auto choice = ingest::choose_bindings(program, policy.subject, usage);
  ReadFiles files(program, inputs);
  Fit result;
  result.replaced = replaced_by_other_kinds(program, choice, inputs);
  const std::vector<base::Diagnostic> never_bound = still_never_bound(compilers, result.replaced);
  ingest::Options options;
  options.key_notes = &files.notes();
  auto reader = ingest::Reader::open(program, policy.subject, usage, std::move(inputs), options);
  if (!reader) return tl::unexpected(std::move(reader.error()));
  files.name((*reader)->file_names());

  Unreadable unreadable;
  ValueCounts subjects;
  while (const auto row = (*reader)->next()) {
    // What a stream ends with that was interrupted is no record.
    if (stop()) break;
    ++result.records;
    if (const auto* readable = std::get_if<ingest::SubjectRow>(&*row)) {
      subjects.add_record(program.types, policy.subject, choice.usage.subject, readable->subject);
      continue;
    }
    const auto& broken = std::get<ingest::UnreadableRow>(*row);
    if (unreadable.count++ == 0) {
      unreadable.first = broken.origin;
      unreadable.message = broken.message;
    }
  }
  std::vector<std::optional<ValueCounts>> shared(program.shared.size());
  for (std::uint32_t i = 0; i < program.shared.size(); ++i) {
    if (!choice.shared[i]) continue;
    typed::Use use = *choice.usage.shared[i];
    const types::TypeId type = program.bindings[*choice.shared[i]].type;
    // Its first day is what a row of waivers may leave out.
    if (i == program.waiver_rows) use.fields.erase(*program.types.record_of(program.types.element(type)).find("from"));
    shared[i].emplace().add(program.types, type, use, (*reader)->shared()[i]);
  }

  const WhatWasRead read{program, policy.subject, choice, files, subjects, shared, never_bound};
  BindingChecks checks(read, result.diagnostics);
  checks.check_keys();
  checks.check_fields();
  if (unreadable.count > 0 && !checks.told_of_no_key())
    report_unreadable(unreadable, result.records, files, place_of_subject(program, policy.subject, choice),
                      result.diagnostics);
  std::vector<ingest::Notice> notices = (*reader)->notices();
  if (program.waiver_rows) {
    waivers::Book book(program, index, base::Date());
    book.add_rows((*reader)->shared()[*program.waiver_rows]);
    for (const waivers::IdleRows& idle : book.idle_rows())
      notices.push_back({idle.origin, idle.message, idle.count, base::Code::idle_waiver});
  }
  report_notices(notices, read, result.diagnostics);
  return result;
}

}  // namespace muster::fitting

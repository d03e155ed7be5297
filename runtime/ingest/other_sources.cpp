// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/other_sources.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "runtime/ingest/key_notes.h"

namespace muster::ingest {
namespace {

using base::Code;

// Gives each record to all that is bound from the source.
class Fan final : public Sink {
 public:
  Fan(std::uint32_t file, NoticeBook& notices, KeyNotes* keys) : file_(file), notices_(notices), keys_(keys) {}

  void add(JoinedRows& rows) { joins_.push_back(&rows); }
  void add(SharedRows& rows) { shared_.push_back(&rows); }

  void record(const Spellings& row) override {
    if (keys_ != nullptr) keys_->note(file_, row);
    for (JoinedRows* each : joins_) each->add(row);
    for (SharedRows* each : shared_) each->add(row);
  }

  void broken(const Broken& row) override {
    for (JoinedRows* each : joins_) each->lose_row(row.line);
    for (SharedRows* each : shared_) {
      if (row.extent == Broken::Extent::rest) {
        each->lose_rest(row.line);
      } else {
        each->add_unreadable(row.line);
      }
    }
    notices_.note(Code::unreadable_record, {file_, row.line}, row.message, 1);
  }

 private:
  std::uint32_t file_;
  NoticeBook& notices_;
  KeyNotes* keys_;
  std::vector<JoinedRows*> joins_;
  std::vector<SharedRows*> shared_;
};

// Not even a header or an empty list, which say that there is nothing: more likely something went wrong.
bool says_nothing(const Input& input) {
  return input.kind != typed::SourceKind::ndjson && input.stream->peek() == std::istream::traits_type::eof();
}

void note_joins(const std::vector<JoinedRows>& joins, const std::map<std::uint32_t, std::uint32_t>& files,
                NoticeBook& notices) {
  std::set<std::uint32_t> told;
  for (const JoinedRows& each : joins) {
    const LostRows& lost = each.lost();
    if (lost.count == 0 || !told.insert(each.binding().source).second) continue;
    notices.note(Code::unreadable_record, {files.at(each.binding().source), lost.first_line}, lost.message, lost.count);
  }
}

void note_shared(const typed::Program& program, const SharedRows& rows, std::uint32_t file, NoticeBook& notices) {
  if (!rows.several_rows()) return;
  notices.note(Code::several_rows, {file, rows.second_line()},
               fmt::format("a second row for `{}`, which takes one", program.shared[*rows.binding().shared].name), 1);
}

}  // namespace

void NoticeBook::note(Code code, evidence::Origin origin, std::string message, std::uint64_t count) {
  for (Notice& each : list_) {
    if (each.code == code && each.origin.file == origin.file) {
      each.count += count;
      return;
    }
  }
  list_.push_back({origin, std::move(message), count, code});
}

void NoticeBook::note_columns(const std::string& missing, std::uint32_t file) {
  if (!missing.empty()) note(Code::missing_column, {file, 1}, "the header has no " + missing, 1);
}

tl::expected<OtherSources, FileError> read_other_sources(const typed::Program& program, const Choice& choice,
                                                         const Options& options,
                                                         std::map<std::uint32_t, Input>& sources,
                                                         const std::map<std::uint32_t, std::uint32_t>& files,
                                                         RecordPlans& plans, NoticeBook& notices) {
  OtherSources others;
  others.joins.reserve(choice.joins.size());
  others.shared.resize(program.shared.size());
  std::map<std::uint32_t, WantedKeys> wanted;
  std::map<std::uint32_t, Fan> fans;
  const auto fan_of = [&](std::uint32_t source) -> Fan& {
    return fans.try_emplace(source, files.at(source), notices, options.key_notes).first->second;
  };
  for (std::uint32_t index : choice.joins) {
    const typed::Binding& binding = program.bindings[index];
    const RecordBinding record{&binding.fields, targets_within(program, choice.joins, binding.target)};
    others.joins.emplace_back(program, binding, *use_at(choice.usage.subject, binding.target), record,
                              files.at(binding.source), options.limits, plans, wanted[binding.source]);
    fan_of(binding.source).add(others.joins.back());
  }
  for (std::uint32_t index = 0; index < choice.shared.size(); ++index) {
    if (!choice.shared[index]) continue;
    const typed::Binding& binding = program.bindings[*choice.shared[index]];
    others.shared[index].emplace(program, binding, *choice.usage.shared[index], files.at(binding.source),
                                 options.limits, plans, wanted[binding.source]);
    fan_of(binding.source).add(*others.shared[index]);
  }
  for (auto& [index, fan] : fans) {
    wanted[index].close();
    if (options.key_notes != nullptr) wanted[index].want_everything();
    Input& input = sources.at(index);
    if (says_nothing(input)) fan.broken({1, "the file is empty", Broken::Extent::rest});
    auto source = open_source(settings_of(&program.sources[index], input, options), *input.stream, wanted[index]);
    if (!source) return tl::unexpected(std::move(source.error()));
    notices.note_columns((*source)->missing_columns(), files.at(index));
    while ((*source)->next(fan)) {
    }
    if (input.stream->bad()) return tl::unexpected(FileError{input.shown_name, 0, unread_rest(input)});
  }
  note_joins(others.joins, files, notices);
  for (const auto& each : others.shared) {
    if (!each) continue;
    const std::uint32_t source = each->binding().source;
    if (each->size() > options.limits.list_elements) {
      return tl::unexpected(
          FileError{sources.at(source).shown_name, 0,
                    fmt::format("it has more than {} records, and all are of one list", options.limits.list_elements)});
    }
    note_shared(program, *each, files.at(source), notices);
  }
  return others;
}

std::vector<FieldPath> targets_within(const typed::Program& program, const std::vector<std::uint32_t>& joins,
                                      const FieldPath& prefix) {
  std::vector<FieldPath> targets;
  for (std::uint32_t index : joins) {
    const FieldPath& target = program.bindings[index].target;
    if (target.size() > prefix.size() && std::equal(prefix.begin(), prefix.end(), target.begin())) {
      targets.emplace_back(target.begin() + static_cast<std::ptrdiff_t>(prefix.size()), target.end());
    }
  }
  return targets;
}

// A file in a source's place is of its own kind; what the source says of its own kind holds for it if it can.
SourceSettings settings_of(const typed::Source* source, const Input& input, const Options& options) {
  SourceSettings settings;
  settings.shown_name = input.shown_name;
  settings.kind = input.kind;
  settings.options = options;
  if (source != nullptr && source->kind == input.kind) {
    settings.at = source->at;
    settings.delimiter = source->delimiter;
  }
  return settings;
}

}  // namespace muster::ingest

// SPDX-License-Identifier: Apache-2.0
// A portfolio read record by record: each becomes a subject with what is joined to it, or an unreadable row.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "runtime/ingest/other_sources.h"

namespace muster::ingest {
namespace {

using evidence::Datum;
using evidence::Reason;
using evidence::State;

constexpr std::uint32_t kSubjects = 0;  // of file_names

class Portfolio final : public Reader, private Sink {
 public:
  Portfolio(const typed::Program& program, types::RecordId subject, Choice choice, const Options& options)
      : program_(program), subject_(subject), choice_(std::move(choice)), options_(options) {}

  std::optional<FileError> start(Inputs inputs);

  std::optional<Row> next() override {
    if (source_->next(*this)) return std::move(row_);
    if (!input_.stream->bad() || told_of_stream_) return std::nullopt;
    told_of_stream_ = true;
    return UnreadableRow{{kSubjects, 0}, "the file could not be read to its end"};
  }
  std::vector<Datum>& shared() override { return shared_; }
  const std::vector<evidence::Problem>& shared_problems() const override { return shared_problems_; }
  const std::vector<Notice>& notices() const override { return notices_.list(); }
  const std::vector<std::string>& file_names() const override { return file_names_; }

 private:
  void record(const Spellings& record) override;
  void broken(const Broken& record) override { row_ = UnreadableRow{{kSubjects, record.line}, record.message}; }

  std::map<std::uint32_t, std::uint32_t> name_files(const Inputs& inputs);
  std::optional<FileError> take_subject_input(Inputs& inputs);
  bool is_read_already(std::uint32_t source) const;
  void take_shared();
  std::optional<std::string> join(Datum& subject, std::vector<FoundProblem>& problems);
  std::optional<std::string> text_of(const Datum& subject, types::FieldIndex field) const;
  std::string key_trouble(const Datum& key) const;

  const types::Record& declared() const { return program_.types.record_at(subject_); }
  const typed::Binding* binding() const { return choice_.subject ? &program_.bindings[*choice_.subject] : nullptr; }
  const typed::Source* bound_source() const {
    return binding() != nullptr ? &program_.sources[binding()->source] : nullptr;
  }

  const typed::Program& program_;
  types::RecordId subject_;
  Choice choice_;
  Options options_;
  RecordPlans plans_;
  WantedKeys wanted_;
  PlanId plan_ = 0;
  std::optional<DatumReader> reader_;
  Input input_;
  std::unique_ptr<Source> source_;
  OtherSources others_;
  NoticeBook notices_;
  std::vector<std::string> file_names_;
  std::vector<Datum> shared_;
  std::vector<evidence::Problem> shared_problems_;
  Row row_;
  bool told_of_stream_ = false;
};

std::optional<FileError> Portfolio::start(Inputs inputs) {
  const auto files = name_files(inputs);
  auto others = read_other_sources(program_, choice_, options_, inputs.sources, files, plans_, notices_);
  if (!others) return std::move(others.error());
  others_ = std::move(*others);
  take_shared();
  if (auto error = take_subject_input(inputs)) return error;
  RecordBinding bound{binding() != nullptr ? &binding()->fields : nullptr, targets_within(program_, choice_.joins, {})};
  plan_ = plans_.add(program_, subject_, choice_.usage.subject, bound, wanted_);
  wanted_.close();
  reader_.emplace(program_, plans_,
                  bound_source() != nullptr ? bound_source()->completeness : typed::Completeness::open, kSubjects,
                  Privacy::shown, options_.limits);
  auto source = open_source(settings_of(bound_source(), input_, options_), *input_.stream, wanted_);
  if (!source) return std::move(source.error());
  source_ = std::move(*source);
  notices_.note_columns(*source_, kSubjects);
  return std::nullopt;
}

// The subjects' file is the first; a source that is read twice has one name.
std::map<std::uint32_t, std::uint32_t> Portfolio::name_files(const Inputs& inputs) {
  std::map<std::uint32_t, std::uint32_t> files;
  file_names_.emplace_back();
  if (inputs.subjects) file_names_.front() = inputs.subjects->shown_name;
  for (const auto& [index, input] : inputs.sources) {
    if (!inputs.subjects && binding() != nullptr && binding()->source == index) {
      file_names_.front() = input.shown_name;
      files.emplace(index, kSubjects);
    } else {
      files.emplace(index, static_cast<std::uint32_t>(file_names_.size()));
      file_names_.push_back(input.shown_name);
    }
  }
  return files;
}

std::optional<FileError> Portfolio::take_subject_input(Inputs& inputs) {
  if (inputs.subjects) {
    input_ = std::move(*inputs.subjects);
    return std::nullopt;
  }
  if (binding() == nullptr) {
    return FileError{
        {},
        0,
        fmt::format("nothing says where `{}` is read from: bind it to a source, or give a file", declared().name)};
  }
  input_ = std::move(inputs.sources.at(binding()->source));
  if (!is_read_already(binding()->source)) return std::nullopt;
  input_.stream->clear();
  input_.stream->seekg(0);
  if (!*input_.stream) {
    return FileError{input_.shown_name, 0,
                     "it is read twice, for the subjects and for what is joined to them: put it in a file"};
  }
  return std::nullopt;
}

// By what is joined or shared from the subjects' own source.
bool Portfolio::is_read_already(std::uint32_t source) const {
  const auto reads = [&](std::uint32_t each) { return program_.bindings[each].source == source; };
  return std::any_of(choice_.joins.begin(), choice_.joins.end(), reads) ||
         std::any_of(choice_.shared.begin(), choice_.shared.end(),
                     [&](const auto& each) { return each && reads(*each); });
}

void Portfolio::take_shared() {
  for (std::size_t index = 0; index < program_.shared.size(); ++index) {
    const typed::Shared& declared = program_.shared[index];
    auto& rows = others_.shared[index];
    if (!rows) {
      shared_.push_back(Datum::unknown(Reason::unbound, {}));
      continue;
    }
    shared_.push_back(rows->take());
    // What is wrong with a waiver is no problem of any subject.
    std::vector<FoundProblem> found;
    if (index != program_.waiver_rows) found = rows->problems();
    sort_by_place(found);
    for (FoundProblem& each : found) {
      std::string place = shared_place_name(program_.types, declared.name, declared.type, each.place);
      shared_problems_.push_back(told(std::move(each), std::move(place)));
    }
    rows.reset();
  }
}

void Portfolio::record(const Spellings& record) {
  SubjectRow row;
  std::vector<FoundProblem> problems;
  row.origin = {kSubjects, record.line};
  row.subject = reader_->record(record, plan_, problems);
  if (reader_->passed_limit()) {
    row_ = UnreadableRow{row.origin, *reader_->passed_limit()};
    return;
  }
  const types::FieldIndex key = *declared().key();
  auto key_text = text_of(row.subject, key);
  if (!key_text) {
    row_ = UnreadableRow{row.origin, key_trouble(row.subject.items[key])};
    return;
  }
  row.key = std::move(*key_text);
  if (auto passed = join(row.subject, problems)) {
    row_ = UnreadableRow{row.origin, std::move(*passed)};
    return;
  }
  const auto label = declared().label();
  if (label && !declared().fields[*label].is_private) row.label = text_of(row.subject, *label);
  sort_by_place(problems);
  for (FoundProblem& each : problems) {
    std::string place = place_name(program_.types, subject_, each.place);
    row.problems.push_back(told(std::move(each), std::move(place)));
  }
  row_ = std::move(row);
}

// Rows don't create a record that is absent or unknown. Gives what is wrong where they pass a limit.
std::optional<std::string> Portfolio::join(Datum& subject, std::vector<FoundProblem>& problems) {
  for (const JoinedRows& each : others_.joins) {
    const FieldPath& target = each.binding().target;
    Datum* at = &subject;
    for (types::FieldIndex field : target)
      at = at != nullptr && at->state == State::known ? &at->items[field] : nullptr;
    if (at == nullptr) continue;
    JoinedDatum joined = each.of(subject);
    Place place;
    for (types::FieldIndex field : target) place.push_back({field, Step::Kind::field});
    if (joined.datum.items.size() > options_.limits.list_elements &&
        program_.types.is_list(program_.types.without_optional(each.binding().type))) {
      return fmt::format("more than {} rows are joined to `{}`", options_.limits.list_elements,
                         place_name(program_.types, subject_, place));
    }
    *at = std::move(joined.datum);
    if (joined.several_rows) {
      notices_.note(base::Code::several_rows, joined.problems.front().origin,
                    fmt::format("a second row for `{}` of one subject, which takes one",
                                place_name(program_.types, subject_, place)),
                    1);
    }
    for (FoundProblem& problem : joined.problems) {
      problem.place.insert(problem.place.begin(), place.begin(), place.end());
      problems.push_back(std::move(problem));
    }
  }
  return std::nullopt;
}

std::optional<std::string> Portfolio::text_of(const Datum& subject, types::FieldIndex field) const {
  const Datum& datum = subject.items[field];
  if (datum.state != State::known) return std::nullopt;
  const types::TypeId type = program_.types.without_optional(declared().fields[field].type);
  if (!program_.types.is_scalar(type)) return std::nullopt;
  return types::to_text(program_.types, type, datum.scalar);
}

std::string Portfolio::key_trouble(const Datum& key) const {
  const types::Field& field = declared().fields[*declared().key()];
  std::string name = field.name;
  if (binding() != nullptr) {
    for (const typed::BoundField& each : binding()->fields) {
      if (each.target == FieldPath{*declared().key()} && !each.from.keys.empty())
        name = fmt::format("{}", fmt::join(each.from.keys, "."));
    }
  }
  if (key.reason == Reason::missing)
    return fmt::format("no readable key: every record needs `{}`, and here it is missing or null", name);
  return fmt::format("no readable key: what stands in `{}` is no {}", name, program_.types.name(field.type));
}

}  // namespace

std::vector<std::uint32_t> needed_sources(const typed::Program& program, types::RecordId subject,
                                          const typed::Usage& usage, SubjectInput input) {
  const Choice choice = choose_bindings(program, subject, usage);
  std::vector<std::uint32_t> needed;
  if (input == SubjectInput::bound && choice.subject) needed.push_back(program.bindings[*choice.subject].source);
  for (std::uint32_t each : choice.joins) needed.push_back(program.bindings[each].source);
  for (const auto& each : choice.shared) {
    if (each) needed.push_back(program.bindings[*each].source);
  }
  std::sort(needed.begin(), needed.end());
  needed.erase(std::unique(needed.begin(), needed.end()), needed.end());
  return needed;
}

std::optional<std::uint32_t> subject_source(const typed::Program& program, types::RecordId subject) {
  const auto binding = choose_subject_binding(program, subject);
  if (!binding) return std::nullopt;
  return program.bindings[*binding].source;
}

tl::expected<std::unique_ptr<Reader>, FileError> Reader::open(const typed::Program& program, types::RecordId subject,
                                                              const typed::Usage& usage, Inputs inputs,
                                                              const Options& options) {
  auto portfolio = std::make_unique<Portfolio>(program, subject, choose_bindings(program, subject, usage), options);
  if (auto error = portfolio->start(std::move(inputs))) return tl::unexpected(std::move(*error));
  return portfolio;
}

base::Code code_of(Reason reason) {
  return reason == Reason::duplicate ? base::Code::key_twice : base::Code::value_does_not_fit;
}

}  // namespace muster::ingest

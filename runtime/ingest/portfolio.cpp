// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/portfolio.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace muster::ingest {

using evidence::Datum;
using evidence::Reason;

tl::expected<std::unique_ptr<Portfolio>, FileError> Portfolio::open(const typed::Program& program,
                                                                    types::RecordId subject, const typed::Usage& usage,
                                                                    Inputs inputs, const Options& options) {
  std::unique_ptr<Portfolio> portfolio(
      new Portfolio(program, subject, choose_bindings(program, subject, usage), options));
  if (auto error = portfolio->start(std::move(inputs))) return tl::unexpected(std::move(*error));
  return portfolio;
}

std::optional<FileError> Portfolio::start(Inputs inputs) {
  const auto files = name_files(inputs);
  auto others = read_other_sources(program_, choice_, options_, inputs.sources, files, plans_, notices_);
  if (!others) return std::move(others.error());
  others_ = std::move(*others);
  take_shared();
  if (auto error = take_subject_inputs(inputs)) return error;
  RecordBinding bound{binding() != nullptr ? &binding()->fields : nullptr, targets_within(program_, choice_.joins, {})};
  plan_ = plans_.add(program_, subject_, choice_.usage.subject, bound, wanted_);
  wanted_.close();
  if (options_.key_notes != nullptr) wanted_.want_everything();
  return std::nullopt;
}

// The subjects' files are the first; a source that is read twice has one name.
std::map<std::uint32_t, std::uint32_t> Portfolio::name_files(const Inputs& inputs) {
  std::map<std::uint32_t, std::uint32_t> files;
  for (const Input& input : inputs.subjects) file_names_.push_back(input.shown_name);
  if (file_names_.empty()) file_names_.emplace_back();
  for (const auto& [index, input] : inputs.sources) {
    if (inputs.subjects.empty() && binding() != nullptr && binding()->source == index) {
      file_names_.front() = input.shown_name;
      files.emplace(index, 0);
    } else {
      files.emplace(index, static_cast<std::uint32_t>(file_names_.size()));
      file_names_.push_back(input.shown_name);
    }
  }
  return files;
}

std::optional<FileError> Portfolio::take_subject_inputs(Inputs& inputs) {
  if (!inputs.subjects.empty()) {
    inputs_ = std::move(inputs.subjects);
    return std::nullopt;
  }
  if (binding() == nullptr) {
    return FileError{
        {},
        0,
        fmt::format("nothing says where `{}` is read from: bind it to a source, or give a file", declared().name)};
  }
  Input& input = inputs_.emplace_back(std::move(inputs.sources.at(binding()->source)));
  if (!is_read_already(binding()->source)) return std::nullopt;
  input.stream->clear();
  input.stream->seekg(0);
  if (!*input.stream) {
    return FileError{input.shown_name, 0,
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

std::string Portfolio::key_name() const {
  const types::FieldIndex key = *declared().key();
  std::string name = declared().fields[key].name;
  if (binding() == nullptr) return name;
  for (const typed::BoundField& each : binding()->fields) {
    if (each.target == FieldPath{key} && !each.from.keys.empty())
      name = fmt::format("{}", fmt::join(each.from.keys, "."));
  }
  return name;
}

}  // namespace muster::ingest

// SPDX-License-Identifier: Apache-2.0
// What a run over a portfolio makes once, before the first record: how fields are found, which keys are wanted, the
// rows that are joined, shared evidence, the names of files. All threads that read subjects share it; nothing in it
// changes.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "runtime/ingest/ingest.h"
#include "runtime/ingest/other_sources.h"

namespace muster::ingest {

class Portfolio {
 public:
  // Reads joined and shared sources whole. The program must outlive it.
  static tl::expected<std::unique_ptr<Portfolio>, FileError> open(const typed::Program& program,
                                                                  types::RecordId subject, const typed::Usage& usage,
                                                                  Inputs inputs, const Options& options);

  const typed::Program& program() const { return program_; }
  types::RecordId subject() const { return subject_; }
  const types::Record& declared() const { return program_.types.record_at(subject_); }
  const Options& options() const { return options_; }
  const RecordPlans& plans() const { return plans_; }
  PlanId plan() const { return plan_; }  // of the subject
  const WantedKeys& wanted() const { return wanted_; }
  const std::vector<JoinedRows>& joins() const { return others_.joins; }  // in the order in which they apply
  const std::vector<std::string>& file_names() const { return file_names_; }
  // How many of them are the subjects': the first ones, which are read one after the other.
  std::uint32_t subject_files() const { return static_cast<std::uint32_t>(inputs_.size()); }
  const std::vector<evidence::Problem>& shared_problems() const { return shared_problems_; }
  const NoticeBook& notices() const { return notices_; }  // of joined and shared sources
  typed::Completeness completeness() const {
    return bound_source() != nullptr ? bound_source()->completeness : typed::Completeness::open;
  }
  // What the subject's key is called in its records, for messages.
  std::string key_name() const;

  SourceSettings source_settings(std::uint32_t file) const {
    return settings_of(bound_source(), inputs_[file], options_);
  }
  // A file of subjects, at its beginning; for the one thread that reads it. `close` gives it back.
  std::istream& stream(std::uint32_t file) { return *inputs_[file].stream; }
  void close(std::uint32_t file) { inputs_[file].stream.reset(); }
  // What is wrong with such a file, once its stream is bad: told on line 0, behind its last record.
  std::string unread_rest(std::uint32_t file) const { return ingest::unread_rest(inputs_[file]); }
  // One for each of Program::shared; those not in use are unknown. The caller's to take.
  std::vector<evidence::Datum>& shared() { return shared_; }

 private:
  Portfolio(const typed::Program& program, types::RecordId subject, Choice choice, const Options& options)
      : program_(program), subject_(subject), choice_(std::move(choice)), options_(options) {}

  std::optional<FileError> start(Inputs inputs);
  std::map<std::uint32_t, std::uint32_t> name_files(const Inputs& inputs);
  std::optional<FileError> take_subject_inputs(Inputs& inputs);
  bool is_read_already(std::uint32_t source) const;
  void take_shared();
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
  std::vector<Input> inputs_;  // of the subjects
  OtherSources others_;
  NoticeBook notices_;
  std::vector<std::string> file_names_;
  std::vector<evidence::Datum> shared_;
  std::vector<evidence::Problem> shared_problems_;
};

}  // namespace muster::ingest

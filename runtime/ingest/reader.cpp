// SPDX-License-Identifier: Apache-2.0
// A portfolio read record by record, on one thread.
#include <algorithm>
#include <utility>

#include "runtime/ingest/key_notes.h"
#include "runtime/ingest/portfolio.h"
#include "runtime/ingest/subject_reader.h"

namespace muster::ingest {
namespace {

class RecordByRecord final : public Reader, private Sink {
 public:
  explicit RecordByRecord(std::unique_ptr<Portfolio> portfolio)
      : portfolio_(std::move(portfolio)), subjects_(std::in_place, *portfolio_, file_) {
    subjects_->notices() = portfolio_->notices();
  }

  // The first of the subjects' files, or the next.
  std::optional<FileError> open_file(std::uint32_t file) {
    file_ = file;
    told_of_stream_ = false;
    NoticeBook notices = std::move(subjects_->notices());
    subjects_.emplace(*portfolio_, file_);
    subjects_->notices() = std::move(notices);
    auto source = open_source(portfolio_->source_settings(file_), portfolio_->stream(file_), portfolio_->wanted());
    if (!source) return std::move(source.error());
    source_ = std::move(*source);
    subjects_->notices().note_columns(source_->missing_columns(), file_);
    return std::nullopt;
  }

  std::optional<Row> next() override {
    while (true) {
      if (source_ && source_->next(*this)) return std::move(row_);
      if (source_ && portfolio_->stream(file_).bad() && !std::exchange(told_of_stream_, true))
        return UnreadableRow{{file_, 0}, portfolio_->unread_rest(file_)};
      if (file_ + 1 == portfolio_->subject_files()) return std::nullopt;
      source_.reset();
      portfolio_->close(file_);
      // The others are judged all the same.
      if (auto error = open_file(file_ + 1)) return UnreadableRow{{file_, error->line}, std::move(error->message)};
    }
  }
  std::vector<evidence::Datum>& shared() override { return portfolio_->shared(); }
  const std::vector<evidence::Problem>& shared_problems() const override { return portfolio_->shared_problems(); }
  const std::vector<Notice>& notices() const override { return subjects_->notices().list(); }
  const std::vector<std::string>& file_names() const override { return portfolio_->file_names(); }

 private:
  void record(const Spellings& record) override {
    if (KeyNotes* const keys = portfolio_->options().key_notes) keys->note(file_, record);
    row_ = subjects_->read(record);
  }
  void broken(const Broken& record) override { row_ = UnreadableRow{{file_, record.line}, record.message}; }

  std::unique_ptr<Portfolio> portfolio_;
  std::uint32_t file_ = 0;
  std::optional<SubjectReader> subjects_;  // of the file
  std::unique_ptr<Source> source_;         // nothing where it can't be read
  Row row_;
  bool told_of_stream_ = false;
};

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
  auto portfolio = Portfolio::open(program, subject, usage, std::move(inputs), options);
  if (!portfolio) return tl::unexpected(std::move(portfolio.error()));
  auto reader = std::make_unique<RecordByRecord>(std::move(*portfolio));
  if (auto error = reader->open_file(0)) return tl::unexpected(std::move(*error));
  return reader;
}

base::Code code_of(evidence::Reason reason) {
  return reason == evidence::Reason::duplicate ? base::Code::key_twice : base::Code::value_does_not_fit;
}

}  // namespace muster::ingest

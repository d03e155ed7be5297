// SPDX-License-Identifier: Apache-2.0
// A portfolio read record by record, on one thread.
#include <algorithm>
#include <utility>

#include "runtime/ingest/portfolio.h"
#include "runtime/ingest/subject_reader.h"

namespace muster::ingest {
namespace {

class RecordByRecord final : public Reader, private Sink {
 public:
  explicit RecordByRecord(std::unique_ptr<Portfolio> portfolio)
      : portfolio_(std::move(portfolio)), subjects_(*portfolio_) {
    subjects_.notices() = portfolio_->notices();
  }

  std::optional<FileError> start() {
    auto source = open_source(portfolio_->source_settings(), portfolio_->stream(), portfolio_->wanted());
    if (!source) return std::move(source.error());
    source_ = std::move(*source);
    subjects_.notices().note_columns(source_->missing_columns(), kSubjectsFile);
    return std::nullopt;
  }

  std::optional<Row> next() override {
    if (source_->next(*this)) return std::move(row_);
    if (!portfolio_->stream().bad() || told_of_stream_) return std::nullopt;
    told_of_stream_ = true;
    return UnreadableRow{{kSubjectsFile, 0}, portfolio_->unread_rest()};
  }
  std::vector<evidence::Datum>& shared() override { return portfolio_->shared(); }
  const std::vector<evidence::Problem>& shared_problems() const override { return portfolio_->shared_problems(); }
  const std::vector<Notice>& notices() const override { return subjects_.notices().list(); }
  const std::vector<std::string>& file_names() const override { return portfolio_->file_names(); }

 private:
  void record(const Spellings& record) override { row_ = subjects_.read(record); }
  void broken(const Broken& record) override { row_ = UnreadableRow{{kSubjectsFile, record.line}, record.message}; }

  std::unique_ptr<Portfolio> portfolio_;
  SubjectReader subjects_;
  std::unique_ptr<Source> source_;
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
  if (auto error = reader->start()) return tl::unexpected(std::move(*error));
  return reader;
}

base::Code code_of(evidence::Reason reason) {
  return reason == evidence::Reason::duplicate ? base::Code::key_twice : base::Code::value_does_not_fit;
}

}  // namespace muster::ingest

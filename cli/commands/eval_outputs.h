// SPDX-License-Identifier: Apache-2.0
// Where results go: one format to standard output, any number to files that are written whole or not at all.
#pragma once

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "cli/commands/run.h"
#include "cli/commands/usage_error.h"
#include "cli/commands/whole_file.h"
#include "runtime/report/report.h"

namespace muster::commands {

struct OutputChoices {
  std::optional<std::string> format;              // --format
  std::vector<std::string> files;                 // --output FORMAT=PATH
  std::vector<std::filesystem::path> read_files;  // what the run reads; no output may take its place
};

class Outputs {
 public:
  // Context must outlive this.
  static tl::expected<std::unique_ptr<Outputs>, UsageError> open(const Io& io, const OutputChoices& choices,
                                                                 const report::Context& for_out,
                                                                 const report::Context& for_files,
                                                                 const report::Selection& selection);

  // What any of the documents needs, as report::Writer::needs.
  verdicts::Need needs(const verdicts::SubjectResult& result, std::uint64_t position) {
    verdicts::Need need = verdicts::Need::nothing;
    for (const auto& writer : writers_) need = std::max(need, writer->needs(result, position));
    return need;
  }
  // The most that they need of any subject.
  verdicts::Need most() const { return most_; }
  void add(const verdicts::Outcome& outcome) {
    for (auto& writer : writers_) writer->add(outcome);
  }
  // Whether nobody reads any more: standard output is closed, and no file is written.
  bool abandoned() const { return files_.empty() && !out_.good(); }
  // Whether standard output shows results while subjects are judged, and not only at the end.
  bool streams() const { return streams_; }
  // Ends all documents and gives the files their names.
  tl::expected<void, UsageError> finish(const verdicts::Tally& tally);

 private:
  explicit Outputs(std::ostream& out) : out_(out) {}

  std::ostream& out_;
  bool streams_ = true;
  verdicts::Need most_ = verdicts::Need::nothing;
  std::vector<std::unique_ptr<WholeFile>> files_;
  std::vector<std::unique_ptr<report::Writer>> writers_;
};

}  // namespace muster::commands

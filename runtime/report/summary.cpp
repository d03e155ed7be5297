// SPDX-License-Identifier: Apache-2.0
// `summary`: what the whole portfolio comes to, as one line of JSON.
#include "runtime/report/formats.h"
#include "runtime/report/result_json.h"

namespace muster::report {

namespace {

class SummaryWriter final : public Writer {
 public:
  SummaryWriter(const Context& context, std::ostream& out) : context_(context), out_(out) {}

  verdicts::Need needs(const verdicts::SubjectResult&, std::uint64_t) override { return verdicts::Need::nothing; }

  void add(const verdicts::Outcome&) override {}

  void finish(const verdicts::Tally& tally) override {
    std::string line;
    append_summary(context_, tally, line);
    out_ << line << '\n';
    out_.flush();
  }

 private:
  const Context& context_;
  std::ostream& out_;
};

}  // namespace

// A summary is of all subjects, whatever is chosen for printing.
std::unique_ptr<Writer> make_summary(const Context& context, const Selection&, std::ostream& out) {
  return std::make_unique<SummaryWriter>(context, out);
}

}  // namespace muster::report

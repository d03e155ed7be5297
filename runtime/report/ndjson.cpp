// SPDX-License-Identifier: Apache-2.0
// `ndjson`: one result a line, as soon as it is known.
#include "runtime/report/formats.h"
#include "runtime/report/result_json.h"
#include "runtime/report/selection.h"

namespace muster::report {

namespace {

using verdicts::Need;

class NdjsonWriter final : public Writer {
 public:
  NdjsonWriter(const Context& context, const Selection& selection, std::ostream& out)
      : context_(context), picker_(context, selection), out_(out) {}

  Need needs(const verdicts::SubjectResult& result, std::uint64_t) override {
    return picker_.may_take(result) ? Need::reasons : Need::nothing;
  }

  void add(const verdicts::Outcome& outcome) override {
    if (!picker_.takes(outcome)) return;
    line_.clear();
    append_result(context_, outcome, line_);
    line_ += '\n';
    out_.write(line_.data(), static_cast<std::streamsize>(line_.size()));
  }

  void finish(const verdicts::Tally&) override { out_.flush(); }

 private:
  const Context& context_;
  Picker picker_;
  std::ostream& out_;
  std::string line_;
};

}  // namespace

std::unique_ptr<Writer> make_ndjson(const Context& context, const Selection& selection, std::ostream& out) {
  return std::make_unique<NdjsonWriter>(context, selection, out);
}

}  // namespace muster::report

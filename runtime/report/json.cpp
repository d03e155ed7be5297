// SPDX-License-Identifier: Apache-2.0
// `json`: one object, {"muster":1,"results":[...],"summary":{...}}: the lines of ndjson, and behind them the
// summary of all that was judged.
#include "runtime/report/formats.h"
#include "runtime/report/result_json.h"
#include "runtime/report/selection.h"

namespace muster::report {

namespace {

class JsonWriter final : public Writer {
 public:
  JsonWriter(const Context& context, const Selection& selection, std::ostream& out)
      : context_(context), picker_(context, selection), tally_(*context.policy), out_(out) {}

  void add(const verdicts::Outcome& outcome) override {
    tally_.add(outcome);
    if (!picker_.takes(outcome)) return;
    std::string text = started_ ? ",\n" : "{\"muster\":1,\"results\":[\n";
    started_ = true;
    std::string result;
    append_result(context_, outcome, result);
    out_ << text << result;
  }

  void finish() override {
    std::string summary;
    append_summary(context_, tally_, summary);
    out_ << (started_ ? "\n]" : "{\"muster\":1,\"results\":[]") << ",\n\"summary\":" << summary << "}\n";
    out_.flush();
  }

 private:
  const Context& context_;
  Picker picker_;
  verdicts::Tally tally_;
  std::ostream& out_;
  bool started_ = false;
};

}  // namespace

std::unique_ptr<Writer> make_json(const Context& context, const Selection& selection, std::ostream& out) {
  return std::make_unique<JsonWriter>(context, selection, out);
}

}  // namespace muster::report

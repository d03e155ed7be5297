// SPDX-License-Identifier: Apache-2.0
// `json`: one object, {"muster":1,"results":[...],"summary":{...}}: the lines of ndjson, and behind them the
// summary of all that was judged.
#include "runtime/report/formats.h"
#include "runtime/report/result_json.h"
#include "runtime/report/selection.h"

namespace muster::report {

namespace {

using verdicts::Need;

class JsonWriter final : public Writer {
 public:
  JsonWriter(const Context& context, const Selection& selection, std::ostream& out)
      : context_(context), picker_(context, selection), out_(out) {}

  Need needs(const verdicts::SubjectResult& result, std::uint64_t) override {
    return picker_.may_take(result) ? Need::reasons : Need::nothing;
  }

  void add(const verdicts::Outcome& outcome) override {
    if (!picker_.takes(outcome)) return;
    std::string text = started_ ? ",\n" : "{\"muster\":1,\"results\":[\n";
    started_ = true;
    std::string result;
    append_result(context_, outcome, result);
    out_ << text << result;
  }

  void finish(const verdicts::Tally& tally) override {
    std::string summary;
    append_summary(context_, tally, summary);
    out_ << (started_ ? "\n]" : "{\"muster\":1,\"results\":[]") << ",\n\"summary\":" << summary << "}\n";
    out_.flush();
  }

 private:
  const Context& context_;
  Picker picker_;
  std::ostream& out_;
  bool started_ = false;
};

}  // namespace

std::unique_ptr<Writer> make_json(const Context& context, const Selection& selection, std::ostream& out) {
  return std::make_unique<JsonWriter>(context, selection, out);
}

}  // namespace muster::report

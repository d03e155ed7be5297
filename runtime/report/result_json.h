// SPDX-License-Identifier: Apache-2.0
// One outcome as a JSON document, for every format that has results in it. docs/commands.md describes it.
#pragma once

#include <string>
#include <vector>

#include "runtime/report/json_text.h"
#include "runtime/report/report.h"
#include "runtime/verdicts/tally.h"

namespace muster::report {

void append_result(const Context& context, const verdicts::Outcome& outcome, std::string& out);
void append_summary(const Context& context, const verdicts::Tally& tally, std::string& out);

void append_criterion(const std::vector<std::string>& file_names, const verdicts::CriterionResult& criterion,
                      JsonText& json);
void append_mean(const verdicts::Tally::ScoreTally& score, JsonText& json);

// `partners.ndjson:17`; the file alone where no line is known; nothing for what comes from no file.
std::string source_text(const std::vector<std::string>& file_names, evidence::Origin origin);

}  // namespace muster::report

// SPDX-License-Identifier: Apache-2.0
// The writers behind make_comparison_writer, one for each format.
#pragma once

#include "runtime/report/comparison.h"

namespace muster::report {

std::unique_ptr<ComparisonWriter> make_comparison_text(const ComparisonContext& context, std::ostream& out);
std::unique_ptr<ComparisonWriter> make_comparison_json(const ComparisonContext& context, std::ostream& out);
std::unique_ptr<ComparisonWriter> make_comparison_markdown(const ComparisonContext& context, std::ostream& out);

}  // namespace muster::report

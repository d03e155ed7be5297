// SPDX-License-Identifier: Apache-2.0
// The writers behind make_writer, one for each format.
#pragma once

#include "runtime/report/report.h"

namespace muster::report {

std::unique_ptr<Writer> make_table(const Context& context, const Selection& selection, std::ostream& out);
std::unique_ptr<Writer> make_summary(const Context& context, const Selection& selection, std::ostream& out);
std::unique_ptr<Writer> make_ndjson(const Context& context, const Selection& selection, std::ostream& out);
std::unique_ptr<Writer> make_json(const Context& context, const Selection& selection, std::ostream& out);
std::unique_ptr<Writer> make_csv(const Context& context, const Selection& selection, std::ostream& out);

}  // namespace muster::report

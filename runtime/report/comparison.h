// SPDX-License-Identifier: Apache-2.0
// A comparison as a document: who changes verdict, by what, and what else is other than before. One format, one
// file. docs/commands.md describes them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "runtime/compare/differences.h"
#include "runtime/compare/needs.h"
#include "runtime/compare/sides.h"
#include "runtime/compare/told.h"
#include "runtime/report/report.h"

namespace muster::report {

// What differs between the two, as the command line says.
enum class Compares : std::uint8_t { policies, evidence, dates };

struct ComparisonContext {
  Compares compares = Compares::policies;
  compare::Sides sides;
  compare::PairOf<std::string> files;                                 // the modules, as they are shown
  compare::PairOf<std::string> data;                                  // the file of --data, if there is one
  compare::PairOf<const std::vector<std::string>*> file_names;        // for origins; may still grow while reading
  const compare::Differences* differences = nullptr;                  // known before the first subject
  std::function<std::string(compare::Which, base::Span)> place;       // `go_live.muster:31`
  std::function<std::string(compare::Which, typed::ExprId)> written;  // an expression, on one line
  std::optional<std::uint64_t> limit;                                 // of the subjects that are listed
  Colour colour = Colour::off;
  std::uint32_t width = 100;
};

class ComparisonWriter {
 public:
  virtual ~ComparisonWriter() = default;
  virtual void add(const compare::ComparedSubject& subject) = 0;
  virtual void add_unreadable(compare::Which which) = 0;
  // Once, at the end.
  virtual void finish(const std::vector<compare::Need>& needs) = 0;
};

std::vector<std::string> comparison_format_names();
// Nothing for a name that doesn't exist. Context and stream must outlive the writer.
std::unique_ptr<ComparisonWriter> make_comparison_writer(const std::string& format, const ComparisonContext& context,
                                                         std::ostream& out);

}  // namespace muster::report

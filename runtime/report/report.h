// SPDX-License-Identifier: Apache-2.0
// Results as documents: one format, one file. A Writer is given the outcomes that it needs in the portfolio's order,
// and at last the counts of all. It never looks at evidence; the same outcomes give the same bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "compiler/typed/program.h"
#include "runtime/evidence/run.h"
#include "runtime/verdicts/tally.h"
#include "runtime/verdicts/verdicts.h"
#include "runtime/waivers/book.h"

namespace muster::report {

enum class Colour : std::uint8_t { off, on };

struct Context {
  const typed::Program* program = nullptr;
  const typed::Policy* policy = nullptr;
  const evidence::Run* run = nullptr;
  const std::vector<std::string>* file_names = nullptr;  // for origins; may still grow while reading
  std::shared_ptr<const waivers::Book> waivers;          // of the run, before the first outcome; nothing: none
  std::uint32_t gate = 0;                                // the gate that decides
  Colour colour = Colour::off;
  std::uint32_t width = 100;  // columns of the terminal, for the table
  // For the table: the first few criteria that are in the way, or all of them with what to do.
  enum class Detail : std::uint8_t { first, all } detail = Detail::first;
  std::uint64_t checked_keys = 1'000'000;  // subjects whose keys are held against those before
};

// Which outcomes are printed. Errors always are. Counts are of all.
struct Selection {
  std::optional<verdicts::Verdict> only;
  std::optional<std::uint64_t> limit;
};

class Writer {
 public:
  virtual ~Writer() = default;
  // What it needs of a subject with this result, of which reasons and problems may be left out. `position` rises through
  // the portfolio. Several threads may ask at once, while outcomes before that subject are still to be added. Of a
  // subject that is asked for again the last answer counts: it may be less, as others were asked for in between.
  virtual verdicts::Need needs(const verdicts::SubjectResult& result, std::uint64_t position) = 0;
  // Those that it needs, and any others. All that could not be read.
  virtual void add(const verdicts::Outcome& outcome) = 0;
  virtual void finish(const verdicts::Tally& tally) = 0;  // once, after the last
};

// The names of formats that exist, for messages and --help.
std::vector<std::string> format_names();
// The most that a writer of this format needs of any subject.
verdicts::Need most_needed(const std::string& format);
// Nothing for a name that doesn't exist. Context and stream must outlive the writer.
std::unique_ptr<Writer> make_writer(const std::string& format, const Context& context, const Selection& selection,
                                    std::ostream& out);

}  // namespace muster::report

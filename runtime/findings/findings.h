// SPDX-License-Identifier: Apache-2.0
// From the bitmaps and numbers that an engine over columns made to verdicts: of one subject, or counted over many.
// What it can't say is why something is as it is (`because`, `missing`, `fix`, `assumed`): that is asked of the
// reference engine, row by row, where somebody wants to know.
#pragma once

#include <cstdint>

#include "compiler/ir/code.h"
#include "compiler/typed/program.h"
#include "runtime/columns/executor.h"
#include "runtime/verdicts/tally.h"
#include "runtime/verdicts/verdicts.h"
#include "runtime/waivers/book.h"

namespace muster::findings {

class Findings {
 public:
  // All of them must outlive this. What is asked is of the executor's last run.
  Findings(const typed::Program& program, const typed::Policy& policy, const ir::Code& code,
           const columns::Executor& executor, const waivers::Book& waivers)
      : program_(program), policy_(policy), code_(code), executor_(executor), waivers_(waivers) {}

  // Of a subject of the window, by its row. `key` is the subject's, if a waiver names it. Key, label, problems and
  // reasons are left out.
  verdicts::SubjectResult of(std::uint32_t row, const types::Scalar* key) const;

  // Adds all subjects of the window, but for what is said of waivers and keys.
  void count(columns::Window window, verdicts::Tally& tally) const;

  // Whether a result may show a waiver: then rows have to be looked at for which.
  bool has_waivers() const { return !waivers_.all().empty(); }
  // Marks the waivers that the subject's result shows.
  void mark_waivers(std::uint32_t row, const types::Scalar* key, std::vector<bool>& shown) const;

 private:
  verdicts::PossibleSet possible(const std::array<ir::ValueId, 4>& statuses, std::uint32_t row) const;
  verdicts::CriterionResult criterion(std::uint32_t index, std::uint32_t row, const types::Scalar* key) const;
  std::optional<std::uint32_t> waiver(std::uint32_t criterion, std::uint32_t row, const types::Scalar* key) const;
  verdicts::ScoreResult score(const ir::ScoreOut& out, std::uint32_t row) const;
  verdicts::LevelResult level(const typed::Levels& levels, const std::vector<verdicts::Truth>& gates) const;
  verdicts::ShownValue shown(const ir::ShownOut& out, std::uint32_t row) const;
  bool is_set(ir::ValueId value, std::uint32_t row) const { return executor_.value(value).at(row); }

  const typed::Program& program_;
  const typed::Policy& policy_;
  const ir::Code& code_;
  const columns::Executor& executor_;
  const waivers::Book& waivers_;
};

}  // namespace muster::findings

// SPDX-License-Identifier: Apache-2.0
// Shared evidence as the rows of its source give it: a list takes all, in order, anything else takes one.
#pragma once

#include <optional>
#include <vector>

#include "compiler/typed/program.h"
#include "runtime/ingest/datum_reader.h"
#include "runtime/ingest/source.h"

namespace muster::ingest {

class SharedRows {
 public:
  // Program, plans and binding must outlive this.
  SharedRows(const typed::Program& program, const typed::Binding& binding, const typed::Use& use, std::uint32_t file,
             const Limits& limits, RecordPlans& plans, WantedKeys& wanted);

  void add(const Spellings& row);
  // A row that can't be read is an unknown element in its place.
  void add_unreadable(std::uint32_t line);
  // From this line on any number of rows can't be read: nobody knows the list. Of waivers those before hold.
  void lose_rest(std::uint32_t line);

  evidence::Datum take();
  const std::vector<FoundProblem>& problems() const { return problems_; }
  const typed::Binding& binding() const { return binding_; }
  bool several_rows() const { return !is_list_ && elements_.size() > 1; }
  std::uint32_t second_line() const { return elements_[1].origin.line; }
  std::size_t size() const { return elements_.size(); }

 private:
  const typed::Program& program_;
  const typed::Binding& binding_;
  types::TypeId element_ = types::kError;
  std::uint32_t file_;
  bool is_list_ = false;
  std::optional<evidence::Origin> lost_rest_;
  std::optional<PlanId> plan_;
  DatumReader reader_;
  std::vector<evidence::Datum> elements_;
  std::vector<FoundProblem> problems_;
};

}  // namespace muster::ingest

// SPDX-License-Identifier: Apache-2.0
// Where a datum stands in the evidence, as people read it: `drills[2].date`. A subject is indexed when its first
// path is asked for, shared evidence once for all subjects.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "compiler/typed/program.h"
#include "runtime/evidence/datum.h"
#include "runtime/reference/reference.h"

namespace muster::reference {

class Paths {
 public:
  explicit Paths(const typed::Program& program) : program_(program) {}
  void begin(const Subject& subject, types::RecordId type);
  std::string path(const evidence::Datum& datum);

 private:
  struct Place {
    const evidence::Datum* parent = nullptr;  // none: a root
    std::uint32_t index = 0;                  // of the parent's items; of a root, which shared evidence
  };
  using Index = std::unordered_map<const evidence::Datum*, Place>;

  static void add(const evidence::Datum& root, std::uint32_t which, Index& index);
  std::string print(const Index& index, const evidence::Datum& datum, const evidence::Datum* subject) const;

  const typed::Program& program_;
  Subject subject_;
  types::RecordId type_ = 0;
  Index in_subject_;
  Index in_shared_;
  const std::vector<evidence::Datum>* indexed_shared_ = nullptr;
  bool indexed_ = false;
};

}  // namespace muster::reference

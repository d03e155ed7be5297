// SPDX-License-Identifier: Apache-2.0
// Evidence that new or changed criteria read and that nobody has: what has to be collected before they can be judged.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "compiler/typed/usage.h"
#include "runtime/compare/differences.h"
#include "runtime/evidence/datum.h"
#include "runtime/verdicts/verdicts.h"

namespace muster::compare {

struct Need {
  std::string field;                  // a path: `pentest`, `drills[].passed`
  std::vector<std::string> criteria;  // that read it
  std::uint64_t subjects = 0;         // that lack it
};

class Needs {
 public:
  Needs(const Sides& sides, const Differences& differences);

  // A subject and the shared evidence as the later side read them, and what it was judged to be. Of a criterion that
  // is na for it nothing is needed.
  void add(const evidence::Datum& subject, const std::vector<evidence::Datum>& shared,
           const verdicts::SubjectResult& result);

  // What no subject has and some were asked for: fields of the subject in their order, then shared evidence. Of a
  // record that nobody has the fields are not told.
  std::vector<Need> list() const;

 private:
  struct Place {
    std::vector<std::uint32_t> criteria;  // of the policy
    std::uint64_t lacking = 0;            // subjects
    bool somebody_has = false;
    bool lacks_now = false;  // the subject that is looked at
    std::map<types::FieldIndex, Place> fields;
  };

  static void include(Place& place, const typed::Use& use, std::uint32_t criterion);
  void look(Place& place, types::TypeId type, const evidence::Datum& datum);
  void look_at_fields(Place& place, const types::Record& record, const evidence::Datum& datum);
  bool is_needed(const Place& place) const;
  static void count(Place& place);
  std::vector<std::string> names(const Place& place) const;
  void list(const Place& place, types::TypeId type, const std::string& path, std::vector<Need>& needs) const;
  void list_fields(const Place& place, const types::Record& record, const std::string& path,
                   std::vector<Need>& needs) const;

  const Side& side_;
  const verdicts::SubjectResult* result_ = nullptr;  // of the subject that is looked at
  Place subject_;
  std::map<std::uint32_t, Place> shared_;  // by Program::shared
};

}  // namespace muster::compare

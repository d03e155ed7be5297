// SPDX-License-Identifier: Apache-2.0
// A random module taken apart, so that pieces of it can be changed, and changed back, as an author would: by their
// text. Whoever undoes a change this way needs nothing of what is tested.
#pragma once

#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "runtime/compare/difference.h"

namespace muster::agreement {

struct PolicyText {
  struct Section {
    std::string name;
    std::string when;  // a line, or nothing
  };
  struct Criterion {
    std::string name, level;
    std::size_t section = 0;
    std::string conditions;               // lines
    std::string weight, tags, effective;  // a line each, or nothing
    std::string waivers;                  // lines behind the policy
  };
  struct Named {
    std::string name;
    std::string text;
  };

  std::string declarations;
  std::vector<Named> fresh;    // `Report`, `rep`, `orep`, `reps`: `fresh for 7 days`, or nothing
  std::vector<Named> params;   // `int = 2 in 0..5`
  std::vector<Named> defines;  // `(n: int): int = n + 1`
  std::vector<Named> lets;     // `i + i`
  std::vector<Section> sections;
  std::vector<Criterion> criteria;
  std::vector<Named> scores, gates;  // from behind the name to the end
  std::string levels_and_shows;

  // Of a module that the Generator wrote.
  explicit PolicyText(const std::string& module);
  std::string module() const;

  // Changes some of it. What may stand in the other text stands in this, too.
  void change(const PolicyText& other, std::mt19937& random);

  // The same declarations with the fields of records in another order, and with fields that nobody reads.
  void rearrange_fields();

  // Makes one thing as it is in `old`. What that text names (defines, lets) is still as it was there.
  void undo(const PolicyText& old, const compare::Difference& difference);

  // Makes one thing be judged as of another day, whatever the day of the run: its text names that day, and reads
  // `old_rep`, `old_orep` and `old_reps`, fields behind the subject's own that hold the evidence as it was then.
  void declare_evidence_of_then();
  void judge_as_of(base::Date day, const compare::Difference& difference);

  // Words of the old text stand for what they were there: `twice` is `old_twice`.
  std::string in_old_words(std::string text) const;

 private:
  void declare_old(const PolicyText& old);
};

template <class Things>
auto find_named(Things& things, const std::string& name) {
  auto found = things.begin();
  while (found != things.end() && found->name != name) ++found;
  return found;
}

// Each whole word replaced.
std::string with_words(std::string text, const std::map<std::string, std::string>& words);

}  // namespace muster::agreement

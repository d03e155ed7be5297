// SPDX-License-Identifier: Apache-2.0
// What there is to say about a policy as it is after deriving: everything that it has, in its order, with whose text
// it is and why it is so. Texts are as they are written in the source, on one line.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/source_file.h"
#include "compiler/typed/program.h"

namespace muster::describe {

struct Place {
  std::string file;
  base::LineColumn at;
};

struct Origin {
  typed::Origin::Kind kind = typed::Origin::Kind::declared;
  std::string policy;          // `module.name`; empty: the command line
  std::optional<Place> place;  // of the command line: none
  std::string what;            // the value, the level, the clauses; of a param's declaration its value
  std::string because;
  bool weakens = false;
};
using Origins = std::vector<Origin>;

struct Condition {
  std::string text;
  std::string message;  // in its quotes; empty: none is written
  std::string policy;
};

struct Let {
  std::string name, value, policy;
};

struct Param {
  std::string module, name, doc, type, value;
  std::string low, high;   // empty: no range
  bool is_locked = false;  // what is locked reads it
  Origins origins;
};

struct Waiver {
  std::vector<std::string> subjects;  // or
  std::string where;
  std::string from, until, by, because;
  Place place;
};

struct Section {
  std::string name, title, doc, policy;
  Place place;
  std::vector<Condition> whens;
};

struct Criterion {
  std::string name, title, doc, level;
  std::optional<std::size_t> section;  // Description::sections
  std::vector<Condition> whens;        // without those of its section
  std::vector<Let> lets;
  std::vector<Condition> requirements;
  std::string why, fix;  // in their quotes
  std::string weight, see, owner, effective;
  std::vector<std::string> tags;
  std::string policy;     // that declared or last replaced it
  std::string locked_by;  // a policy
  std::vector<Waiver> waivers;
  Origins origins;
};

struct Gate {
  std::string name, title, doc;
  bool is_main = false;
  std::vector<Let> lets;
  std::vector<Condition> requirements;
  std::string policy;  // that declared or last replaced it
  Origins origins;
};

struct Score {
  std::string name, doc;
  std::string expression;            // or
  std::vector<std::string> clauses;  // `of must`, `weight 2`
  Origins origins;
};

struct Levels {
  std::string name, doc;
  std::vector<std::string> gates;  // from low to high
  Origins origins;
};

struct Show {
  std::string name, title, doc, value;
  Origins origins;
};

struct Dropped {
  std::string kind;  // criterion, gate, score, levels
  std::string name, title;
  Origins origins;  // the last one is the drop
};

// A step by which less is asked for, or may be.
struct Weakening {
  std::string kind;  // param, criterion, gate, score, levels
  std::string name;
  Origin origin;
};

struct Ancestor {
  std::string policy, title;
  Place place;
};

struct SubjectType {
  std::string module, name;
  Place place;
};

// `bind waivers`
struct WaiverRows {
  std::string path;  // of the file, from the root
  Place place;
};

struct Description {
  std::string policy, title, doc;
  Place place;
  std::vector<Ancestor> ancestors;    // the nearest first
  std::vector<SubjectType> subjects;  // what it judges, and what that extends
  std::optional<WaiverRows> waiver_rows;
  std::vector<Weakening> weakenings;  // of the command line, then of the policy itself, then of its ancestors
  std::vector<Param> params;
  std::vector<Let> lets;
  std::vector<Section> sections;
  std::vector<Criterion> criteria;
  std::vector<Gate> gates;
  std::vector<Score> scores;
  std::vector<Levels> levels;
  std::vector<Show> shows;
  std::vector<Dropped> dropped;
};

// `policy` is one of the program's, perhaps with params as a run has set them.
Description describe(const typed::Program& program, const typed::Policy& policy, const base::SourceMap& sources);

}  // namespace muster::describe

// SPDX-License-Identifier: Apache-2.0
// From what was read of all files to what doesn't fit: first the keys that bindings name, then the fields in use.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "compiler/typed/program.h"
#include "runtime/fitting/read_files.h"
#include "runtime/fitting/value_counts.h"
#include "runtime/ingest/binding_choice.h"

namespace muster::fitting {

// All must outlive whoever checks them.
struct WhatWasRead {
  const typed::Program& program;
  types::RecordId subject;
  const ingest::Choice& choice;
  const ReadFiles& files;
  const ValueCounts& subjects;                            // of records that could be read
  const std::vector<std::optional<ValueCounts>>& shared;  // of those in use that are bound
  const std::vector<base::Diagnostic>& never_bound;       // what the compiler told, and isn't told again
};

class BindingChecks {
 public:
  BindingChecks(const WhatWasRead& read, base::Diagnostics& diagnostics)
      : read_(read), program_(read.program), types_(read.program.types), diagnostics_(diagnostics) {}

  void check_keys();
  void check_fields();
  // Whether it was told that no record of the subjects has a key, so that none can be read.
  bool told_of_no_key() const { return told_of_no_key_; }

 private:
  // Where the fields of a record are looked for.
  struct Scope {
    const typed::Binding* binding = nullptr;  // whose lines say so; nothing: all by their names
    ingest::FieldPath target = {};            // of the record, from what is bound
    bool bindable = true;                     // lines reach into it
    Files files;
    std::optional<Keys> keys = Keys();            // that such a record stands under; nothing: under several
    std::optional<ingest::FieldPath> of_subject;  // the record, if it is the subject or in it by records alone
    std::string name;                             // `drills[].result`
    bool is_shared = false;
    base::Span span;  // for fields that are written nowhere
  };

  void check_keys(const typed::Binding& binding, const Files& files);
  // By which a subject is told apart, or any other.
  enum class KeyOf : std::uint8_t { subject, field };
  void check_key(base::Span place, const Keys& path, const Files& files, KeyOf of);
  void check_record(types::RecordId record, const ValueCounts& counts, const Scope& scope);
  void check_field(const types::Record& record, types::FieldIndex index, const ValueCounts& counts, const Scope& scope);
  void check_joined(const typed::Binding& binding, types::TypeId type, const ValueCounts& counts, Scope scope);
  void check_inside(types::TypeId type, const ValueCounts& counts, Scope scope);
  struct Undecided {
    types::TypeId type = types::kError;
    const types::Range* range = nullptr;
    const typed::BoundField* line = nullptr;
    base::Span place;
  };
  void report_undecided(const Undecided& undecided, const ValueCounts& counts, const Scope& scope);
  void report_no_key(const types::Field& field, const Scope& scope, base::Span place, KeyOf of);
  base::Diagnostic* report_never_given(const Scope& scope, base::Span place, std::string message);
  bool is_never_bound(const Scope& scope) const;
  void report_no_rows(const typed::Binding& binding, const Scope& scope);

  const typed::BoundField* line_of(const Scope& scope, types::FieldIndex field) const;
  std::vector<const typed::BoundField*> parts_of(const Scope& scope, types::FieldIndex field) const;
  KeyOf key_of(const typed::Binding& binding, const typed::BoundField& line) const;
  bool is_told(const typed::BoundField& line) const;
  bool is_path_into_cell(const typed::BoundField& line) const;
  bool has_own_keys(const typed::Binding& joined) const;
  const typed::Binding* join_of(const Scope& scope, types::FieldIndex field) const;
  std::optional<Keys> keys_of(const Scope& scope, const types::Field& field, const typed::BoundField* line) const;
  base::Span place_of(const types::Field& field, const Scope& scope, const typed::BoundField* line) const;
  const typed::Binding* subject_binding() const;

  const WhatWasRead& read_;
  const typed::Program& program_;
  const types::Table& types_;
  base::Diagnostics& diagnostics_;
  std::set<std::pair<base::FileId, std::uint32_t>> told_;  // where lines of bindings begin whose keys aren't there
  bool told_of_no_key_ = false;
};

}  // namespace muster::fitting

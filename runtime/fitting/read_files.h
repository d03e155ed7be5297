// SPDX-License-Identifier: Apache-2.0
// The files of a run while bindings are held against them: which belong to which source, how they are named in a
// message, and which keys they have. Keys of an object that a binding reads by `keyed by` are values of a field, and in
// what stands for a private field, or for a list of records with one, they may be: they are never named.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "compiler/typed/program.h"
#include "runtime/ingest/ingest.h"
#include "runtime/ingest/key_notes.h"

namespace muster::fitting {

using Files = std::vector<std::uint32_t>;  // indexes as in Origin::file
using Keys = std::vector<std::string>;     // from the record inwards

class ReadFiles {
 public:
  // Before the inputs are given away.
  ReadFiles(const typed::Program& program, const ingest::Inputs& inputs);

  ingest::KeyNotes& notes() { return notes_; }
  void name(std::vector<std::string> file_names) { names_ = std::move(file_names); }

  Files of_subjects() const;
  Files of_source(std::uint32_t source) const;

  std::uint64_t records(const Files& files) const;
  bool have(const Files& files, const Keys& path) const;
  // What was probably meant by a key that no record has, or what there is in its place; empty where nothing is.
  std::string instead_of(const Files& files, const Keys& path) const;
  // The same of a field that may have several names, beneath a key that some record has.
  std::string near(const Files& files, const Keys& parent, const std::string& field) const;
  std::string present(const Files& files, const Keys& parent) const;

  std::string named(const Files& files) const;       // `partners.ndjson`; of several: the 3 files
  std::string place(evidence::Origin origin) const;  // partners.ndjson:3

 private:
  // Those that may be named.
  std::vector<std::string> keys_beneath(const Files& files, const Keys& parent) const;
  bool has_values_for_keys(const Keys& object) const;

  ingest::KeyNotes notes_;
  std::uint32_t subject_files_ = 0;
  std::map<std::uint32_t, std::string> sources_;
  std::vector<std::string> names_;
  std::set<std::string> keyed_;     // the last keys of such objects
  bool records_are_keyed_ = false;  // a record itself is one
};

std::string dotted(const Keys& path);

}  // namespace muster::fitting

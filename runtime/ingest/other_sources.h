// SPDX-License-Identifier: Apache-2.0
// All sources but the subject's: read once, whole, when a run begins, for the rows that are joined to subjects
// and for shared evidence.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "runtime/ingest/binding_choice.h"
#include "runtime/ingest/ingest.h"
#include "runtime/ingest/joined_rows.h"
#include "runtime/ingest/shared_rows.h"
#include "runtime/ingest/source.h"

namespace muster::ingest {

// Notices of one kind and source are one, with a count.
class NoticeBook {
 public:
  void note(base::Code code, evidence::Origin origin, std::string message, std::uint64_t count);
  // Says once which columns that bindings name are not there.
  void note_columns(const std::string& missing_columns, std::uint32_t file);
  const std::vector<Notice>& list() const { return list_; }
  void add(Notice notice) { note(notice.code, notice.origin, std::move(notice.message), notice.count); }
  // All, which are then forgotten.
  std::vector<Notice> take() { return std::exchange(list_, {}); }

 private:
  std::vector<Notice> list_;
};

struct OtherSources {
  std::vector<JoinedRows> joins;                  // in the order in which they apply
  std::vector<std::optional<SharedRows>> shared;  // one for each of Program::shared
};

// `files` are the indexes of the sources' names. Program, choice and plans must outlive the result.
tl::expected<OtherSources, FileError> read_other_sources(const typed::Program& program, const Choice& choice,
                                                         const Options& options,
                                                         std::map<std::uint32_t, Input>& sources,
                                                         const std::map<std::uint32_t, std::uint32_t>& files,
                                                         RecordPlans& plans, NoticeBook& notices);

// Those among the targets that lie in `prefix`, from there on.
std::vector<FieldPath> targets_within(const typed::Program& program, const std::vector<std::uint32_t>& joins,
                                      const FieldPath& prefix);

SourceSettings settings_of(const typed::Source* source, const Input& input, const Options& options);

}  // namespace muster::ingest

// SPDX-License-Identifier: Apache-2.0
// From files of evidence to data: reads a portfolio record by record, joins what is bound from other sources,
// and reads shared evidence once. It opens nothing: the caller gives it streams. Memory depends on one record
// and the joined sources, never on the number of subjects. Nothing is stale yet: that is a matter of the run.
//
// An Origin whose line is 0 names a whole file: the joined source that has no row for a subject.
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

#include "base/diagnostic.h"
#include "compiler/typed/program.h"
#include "compiler/typed/usage.h"
#include "runtime/evidence/datum.h"

namespace muster::ingest {

// A file to read, in place of (or as) one of the program's sources.
struct Input {
  std::string shown_name;  // as it stands in output: `data.ndjson`
  typed::SourceKind kind = typed::SourceKind::ndjson;
  std::unique_ptr<std::istream> stream;  // at its beginning
  // Asked once the stream is bad: why, and what to do, where the caller knows more than that it is.
  std::function<std::string()> trouble = {};
};

struct Inputs {
  std::vector<Input> subjects;  // --data, in their order; without it the source that the subject is bound from
  std::map<std::uint32_t, Input> sources;  // for every Program::sources index that `needed_sources` names
};

struct Limits {
  std::uint64_t record_bytes = 64ull << 20;
  std::uint64_t list_elements = 10'000'000;
};

class KeyNotes;

struct Options {
  Limits limits;
  bool strict = false;                                    // also validates members that nothing reads
  std::size_t read_ahead_bytes = std::size_t{256} << 10;  // of each file; 4 at least
  // Where it is there, a Reader puts into it which keys all records have; every member is validated then, as if
  // `strict`.
  KeyNotes* key_notes = nullptr;
};

// The sources that judging with this usage reads: those of the subject's binding (unless --data is given), of
// joined fields in use and of shared evidence in use. `subjects_given` says whether Inputs::subjects will be set.
enum class SubjectInput : std::uint8_t { bound, given };
std::vector<std::uint32_t> needed_sources(const typed::Program& program, types::RecordId subject,
                                          const typed::Usage& usage, SubjectInput input);

// The source that the subject is bound from, which `--data` takes the place of.
std::optional<std::uint32_t> subject_source(const typed::Program& program, types::RecordId subject);

// A subject, its `problems` in the order of its fields.
struct SubjectRow {
  evidence::Datum subject;  // a record: always known, its key too
  std::string key;
  std::optional<std::string> label;  // where it is known
  std::vector<evidence::Problem> problems;
  evidence::Origin origin;
};

struct UnreadableRow {
  evidence::Origin origin;
  std::string message;  // `base::Code::unreadable_record`
};

using Row = std::variant<SubjectRow, UnreadableRow>;

// A problem of a whole file: a header that stands twice, a file that can't be read twice. `line` is 0 where it is
// of no line.
struct FileError {
  std::string file;
  std::uint32_t line = 0;
  std::string message;
  base::Code code = base::Code::unreadable_file;
};

// What went wrong in joined and shared sources, and how often: lines for stderr, with file and line of the
// first. Problems of the values that a subject was given, those of joined rows too, are in its row.
struct Notice {
  evidence::Origin origin;
  std::string message;  // of the first
  std::uint64_t count = 1;
  base::Code code = base::Code::unreadable_record;
};

// The code under which a problem of this reason is shown.
base::Code code_of(evidence::Reason reason);

class Reader {
 public:
  // Reads joined and shared sources whole. The program must outlive the reader.
  static tl::expected<std::unique_ptr<Reader>, FileError> open(const typed::Program& program, types::RecordId subject,
                                                               const typed::Usage& usage, Inputs inputs,
                                                               const Options& options);
  virtual ~Reader() = default;

  // The next record in the order of the file; nothing at its end. The row is the caller's.
  virtual std::optional<Row> next() = 0;
  // One for each of Program::shared; those not in use are unknown. The caller's to take.
  virtual std::vector<evidence::Datum>& shared() = 0;
  // Problems of shared evidence in use but waivers, in the order of Program::shared.
  virtual const std::vector<evidence::Problem>& shared_problems() const = 0;
  // Complete when `next` has given nothing.
  virtual const std::vector<Notice>& notices() const = 0;
  virtual const std::vector<std::string>& file_names() const = 0;  // for Origin::file
};

}  // namespace muster::ingest

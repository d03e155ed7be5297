// SPDX-License-Identifier: Apache-2.0
// A file of evidence as a sequence of records. Each kind of source is written once, in a file of its own, and
// knows no types: it gives spellings of the wanted keys to whatever sink makes rows (or columns) of them.
#pragma once

#include <cstdint>
#include <istream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "compiler/typed/program.h"
#include "runtime/ingest/ingest.h"
#include "runtime/ingest/spelling.h"
#include "runtime/ingest/wanted_keys.h"

namespace muster::ingest {

// A record that can't be read: where it begins and why. The rest of a file may be any number of records.
struct Broken {
  enum class Extent : std::uint8_t { record, rest };
  std::uint32_t line = 0;
  std::string message;
  Extent extent = Extent::record;
};

std::string too_long(const Limits& limits);  // Broken::message of a record that passes the limit

class Sink {
 public:
  virtual ~Sink() = default;
  virtual void record(const Spellings& record) = 0;
  virtual void broken(const Broken& record) = 0;
};

class Source {
 public:
  virtual ~Source() = default;
  // Gives the sink the next record of the file, exactly one; false at its end.
  virtual bool next(Sink& sink) = 0;
  // Of a file of columns: those that a binding names and that are not there, for a message. Empty if there are none.
  virtual std::string missing_columns() const { return {}; }
};

// What a source needs to know to read its file.
struct SourceSettings {
  std::string shown_name;
  typed::SourceKind kind = typed::SourceKind::ndjson;
  std::vector<std::string> at;  // json
  char delimiter = ',';         // csv
  Options options;
};

// What is said of an input whose stream has gone bad.
std::string unread_rest(const Input& input);

// Stream and wanted keys must outlive the source. CSV reads its header here.
tl::expected<std::unique_ptr<Source>, FileError> open_source(const SourceSettings& settings, std::istream& stream,
                                                             const WantedKeys& wanted);

tl::expected<std::unique_ptr<Source>, FileError> open_ndjson(const SourceSettings& settings, std::istream& stream,
                                                             const WantedKeys& wanted);
tl::expected<std::unique_ptr<Source>, FileError> open_json_array(const SourceSettings& settings, std::istream& stream,
                                                                 const WantedKeys& wanted);
tl::expected<std::unique_ptr<Source>, FileError> open_csv(const SourceSettings& settings, std::istream& stream,
                                                          const WantedKeys& wanted);

}  // namespace muster::ingest

// SPDX-License-Identifier: Apache-2.0
// For tests of the readers: a program put together by hand, texts as files, and what was read as one line of text
// for each record:
//
//   a {id: "a", n: 5, o: none, xs: [1, ?invalid]} ; xs[1] invalid `x` data:1
//   ! data:2 not JSON: a string is not closed, at column 7
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "compiler/typed/program.h"
#include "compiler/typed/usage.h"
#include "runtime/ingest/ingest.h"

namespace muster::ingest {

class Shapes {
 public:
  typed::Program program;

  types::Table& types() { return program.types; }
  types::TypeId list(types::TypeId element) { return types().list_of(element); }
  types::TypeId maybe(types::TypeId inner) { return types().optional(inner); }
  types::TypeId one_of(std::vector<types::EnumName> names);
  types::RecordId record(types::RecordKind kind, std::string name, std::vector<types::Field> fields);
  types::TypeId type(types::RecordId record) { return types().record(record); }
  // A subject whose first field is its key.
  types::RecordId subject(std::vector<types::Field> fields);

  std::uint32_t source(typed::SourceKind kind, typed::Completeness completeness = typed::Completeness::open);
  typed::Binding& bind(types::RecordId subject, std::uint32_t source);
  typed::Binding& join(types::RecordId subject, std::vector<types::FieldIndex> target, std::uint32_t source,
                       std::vector<std::string> key);
  typed::Binding& share(std::string name, types::TypeId type, std::uint32_t source);
};

types::Field field(std::string name, types::TypeId type);
typed::BoundField bound(std::vector<types::FieldIndex> target, std::vector<std::string> keys,
                        std::vector<typed::Converter> converters = {});
typed::Converter converter(typed::Converter::Kind kind, std::string text = {});

struct Files {
  std::string data;  // of the subject, `data` in what is read
  typed::SourceKind kind = typed::SourceKind::ndjson;
  std::map<std::uint32_t, std::string> sources = {};  // by index: `s0`, `s1`
  bool from_source = false;                           // the subject's file is that of its source
};

struct Read {
  std::vector<std::string> rows;
  std::vector<std::string> shared;
  std::vector<std::string> notices;
  std::string error;
};

Read read(const typed::Program& program, types::RecordId subject, Files files, const Options& options = {});
Read read(const typed::Program& program, types::RecordId subject, const typed::Usage& usage, Files files,
          const Options& options = {});

}  // namespace muster::ingest

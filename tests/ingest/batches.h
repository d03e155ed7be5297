// SPDX-License-Identifier: Apache-2.0
// For tests of chunks and batches: a layout with everything that a subject has, and what a portfolio becomes in columns
// as lines of text, so that two ways to read it can be compared.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "compiler/ir/code.h"
#include "compiler/typed/program.h"
#include "runtime/ingest/chunk_parser.h"

namespace muster::ingest {

// A column of each field, and a table of each list, down to the scalars. Texts are columns twice: whole and as codes.
ir::Layout whole_layout(const typed::Program& program, types::RecordId subject,
                        const std::vector<std::string>& literals);

struct Portfolios {
  const typed::Program& program;
  types::RecordId subject;
  typed::SourceKind kind = typed::SourceKind::ndjson;
  Options options = {};
  std::size_t chunk_bytes = kChunkBytes;
  ParserOptions parser = {ParserOptions::Texts::keys_and_labels, ParserOptions::Path::quick};
  enum class End { of_file, bad_stream } end = End::of_file;
  std::vector<std::string> literals = {"a", "b", "1", "true", "gold"};

  // Of each record: its key, label and columns, or why it can't be read; then tallies and notices.
  std::vector<std::string> in_columns(const std::string& data) const;
  // The same by way of Reader and ColumnWriter.
  std::vector<std::string> by_reader(const std::string& data) const;
  // How many subjects didn't go through data.
  std::uint64_t quick_subjects(const std::string& data) const;
};

}  // namespace muster::ingest

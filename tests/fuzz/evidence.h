// SPDX-License-Identifier: Apache-2.0
// What the fuzz targets of the readers share: a program with every type and converter, whose subjects, joined rows
// and shared evidence all come from the bytes that are tried, and the rows that come of them as text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

#include "base/unicode_text.h"
#include "compiler/compile.h"
#include "compiler/typed/usage.h"
#include "runtime/ingest/ingest.h"
#include "runtime/ingest/key_notes.h"

namespace muster::fuzz {

inline constexpr const char* kEveryType = R"(
enum Plan { basic = "Basic" | "B", gold }
record Part { alpha: bool?  beta: int }
record Region { name: text  cap: int? }
record Row { n: int  note: text? }
evidence Review fresh for 90 days { score: int  parts: list of Part }
shared rows: list of Row
shared one: Row?
subject S {
  key id: text
  label title: text
  b: bool
  n: int in 0..100
  x: number?
  p: percent in 0%..100%
  d: date
  t: time
  u: duration
  m: period
  v: version
  plan: Plan
  part: Part?
  review: Review? fresh for 1 year
  regions: list of Region
  tags: list of text
  nums: list of (int?)
  private secret: int
  joined: Row?
  all: list of Row
  names: list of text
}
source data = ndjson "data" complete rows
bind S from data {
  title <- titles.main trim
  d <- d as "%d/%m/%Y"
  p <- p as ratio
  u <- u as hours
  plan <- plan lower map { "b" => basic, "g" => gold, else => basic }
  part.alpha <- "part alpha" present
  part.beta <- deep.beta
  regions <- by.region keyed by name
  tags <- tags split "," trim upper strip_prefix "X" strip_suffix "Y"
  nums <- nums split ";"
}
bind S.joined from data on sid { n <- n }
bind S.all from data on (sid strip_prefix "#" = id, k = n) { note <- note lower }
bind S.names from data on sid <- name trim
bind rows from data { n <- n }
bind one from data { n <- n }
policy p for S "P" { must c "C" { require b } }
)";

inline const typed::Program& every_type() {
  static const compiler::Compilation compiled = [] {
    compiler::Loader loader;
    loader.read = [](const std::string& path) -> std::optional<std::string> {
      if (path == "main.muster") return kEveryType;
      return std::nullopt;
    };
    compiler::Compilation result = compiler::compile({"main.muster", ""}, loader);
    if (result.diagnostics.has_errors()) __builtin_trap();
    return result;
  }();
  return compiled.program;
}

// The program with its source as this kind of file: JSON with the records at `items`.
inline typed::Program with_source(typed::SourceKind kind, char delimiter) {
  typed::Program program = every_type();
  typed::Source& source = program.sources.front();
  source.kind = kind;
  source.delimiter = delimiter;
  if (kind == typed::SourceKind::json) source.at = {"items"};
  return program;
}

// Which members of records are looked at.
enum class Members { that_are_read, all, all_noted };

// What the readers make of the bytes as this kind of file. Traps where a row has neither a key nor a message, or where
// something that people will see is no UTF-8.
inline std::string rows(const typed::Program& all, std::string_view bytes, typed::SourceKind kind,
                        std::size_t read_ahead, Members members = Members::that_are_read) {
  const types::RecordId subject = all.policies.front().subject;
  const typed::Usage usage = typed::everything(all, subject);
  ingest::Options options;
  options.read_ahead_bytes = read_ahead;
  options.limits.record_bytes = 1 << 12;
  options.limits.list_elements = 100;
  ingest::KeyNotes notes;
  options.strict = members == Members::all;
  if (members == Members::all_noted) options.key_notes = &notes;
  const auto input = [&] {
    return ingest::Input{"data", kind, std::make_unique<std::istringstream>(std::string(bytes))};
  };
  ingest::Inputs inputs;
  inputs.subjects.push_back(input());
  for (std::uint32_t source : ingest::needed_sources(all, subject, usage, ingest::SubjectInput::given))
    inputs.sources.emplace(source, input());

  std::string text;
  const auto tell = [&text](std::string_view part) {
    if (!base::is_utf8(part)) __builtin_trap();
    text.append(part).append("\n");
  };
  auto reader = ingest::Reader::open(all, subject, usage, std::move(inputs), options);
  if (!reader) {
    if (reader.error().message.empty()) __builtin_trap();
    tell(reader.error().message);
    return text;
  }
  while (auto row = (*reader)->next()) {
    if (const auto* unreadable = std::get_if<ingest::UnreadableRow>(&*row)) {
      if (unreadable->message.empty() || unreadable->origin.line == 0) __builtin_trap();
      tell(unreadable->message);
      continue;
    }
    const auto& good = std::get<ingest::SubjectRow>(*row);
    tell(good.key);
    for (const evidence::Problem& problem : good.problems) {
      if (problem.field.empty()) __builtin_trap();
      tell(problem.field + " " + problem.raw.value_or(""));
      if (problem.field == "secret" && problem.raw) __builtin_trap();
    }
  }
  for (const ingest::Notice& notice : (*reader)->notices()) tell(notice.message);
  return text;
}

// The same rows however the file comes in.
inline void try_bytes(const typed::Program& all, const std::uint8_t* data, std::size_t size, typed::SourceKind kind) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (rows(all, bytes, kind, 1 << 16) != rows(all, bytes, kind, 5)) __builtin_trap();
  if (rows(all, bytes, kind, 1 << 16, Members::all) != rows(all, bytes, kind, 1 << 16, Members::all_noted))
    __builtin_trap();
}

}  // namespace muster::fuzz

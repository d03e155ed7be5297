// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/sample.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "cli/commands/confinement.h"
#include "cli/commands/eval_inputs.h"
#include "cli/commands/eval_settings.h"
#include "cli/commands/modules.h"
#include "runtime/engine.h"
#include "runtime/ingest/csv_rows.h"
#include "runtime/unpack/unpacked_stream.h"

namespace muster::commands {

namespace {

// Enough for a record; of a JSON document, for all of a sample.
constexpr std::size_t kReadAtMost = 1 << 20;

// The names in the first row that isn't blank.
std::vector<std::string> header_of(std::istream& stream, char delimiter) {
  const ingest::Options options;
  ingest::CsvRows rows(stream, delimiter, options);
  std::vector<std::string> names;
  while (names.empty() && !rows.at_end()) {
    const ingest::CsvRowState state = rows.next();
    if (state == ingest::CsvRowState::blank) continue;
    if (state != ingest::CsvRowState::good) break;
    for (std::size_t cell = 0; cell < rows.size(); ++cell) names.emplace_back(rows.text(cell));
  }
  return names;
}

// Of NDJSON its first line, of JSON all.
std::string first_text(std::istream& stream, typed::SourceKind kind) {
  std::string text(kReadAtMost, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  if (kind != typed::SourceKind::json) text.resize(std::min(text.size(), text.find('\n')));
  return text;
}

// Within objects too, joined by dots as a binding writes them.
void add_keys(const nlohmann::json& record, const std::string& before, std::vector<std::string>& keys) {
  if (!record.is_object()) return;
  for (const auto& [key, value] : record.items()) {
    keys.push_back(before + key);
    if (value.is_object()) add_keys(value, before + key + ".", keys);
  }
}

}  // namespace

std::optional<lsp::SampleCounts> judge_sample(const Io& io, const std::string& path,
                                              const std::shared_ptr<const compiler::Compilation>& compilation,
                                              std::uint32_t policy, base::Instant now,
                                              const std::function<bool()>& stop) {
  auto project = find_project(io, path);
  if (!project) return std::nullopt;
  const std::string root = project->root.string();
  const CompiledModule module{std::move(*project), root.back() == '/' ? root : root + "/", *compilation};
  const typed::Program& program = module.compilation.program;
  const typed::Policy& judged = program.policies[policy];
  const auto run = prepare_run(program, judged, module.project.as_of, now, {});
  if (!run) return std::nullopt;
  // A pipe could be waited on for ever.
  std::error_code error;
  for (const typed::Source& source : program.sources) {
    const std::filesystem::path file = module.project.root / source.resolved_path;
    if (std::filesystem::exists(file, error) && !std::filesystem::is_regular_file(file, error)) return std::nullopt;
  }
  auto opened = open_inputs(io, module, judged, {});
  if (!opened) return std::nullopt;
  bool stopped = false;
  runtime::Request request;
  request.program = &program;
  request.policy = policy;
  request.run = *run;
  request.inputs = std::move(opened->inputs);
  request.engine = runtime::Engine::interpreter;
  request.stop = [&](const runtime::Reached&) { return stopped = stopped || stop(); };
  runtime::Listener listener;
  listener.most = verdicts::Need::nothing;
  const auto tally = runtime::judge(std::move(request), listener);
  if (!tally || stopped) return std::nullopt;
  lsp::SampleCounts counts;
  counts.subjects = tally->subjects;
  counts.unreadable = tally->unreadable;
  for (std::size_t i = 0; i < judged.criteria.size(); ++i)
    counts.criteria.push_back({judged.criteria[i].name, tally->criteria[i]});
  for (std::size_t i = 0; i < judged.gates.size(); ++i) counts.gates.push_back({judged.gates[i].name, tally->gates[i]});
  return counts;
}

std::vector<std::string> sample_columns(const Io& io, const std::string& path, const typed::Source& source) {
  const auto project = find_project(io, path);
  if (!project) return {};
  const std::filesystem::path file = project->root / source.resolved_path;
  std::error_code error;
  if (!lies_below(file, {project->root}) || !std::filesystem::is_regular_file(file, error)) return {};
  unpack::UnpackedStream stream(std::make_unique<std::ifstream>(file, std::ios::binary),
                                unpack::packing_of_name(file.string()));
  if (source.kind == typed::SourceKind::csv) return header_of(stream, source.delimiter);
  auto record = nlohmann::json::parse(first_text(stream, source.kind), nullptr, false);
  for (const std::string& key : source.at) {
    if (record.is_object()) record = nlohmann::json(record.value(key, nlohmann::json()));
  }
  if (record.is_array() && !record.empty()) record = nlohmann::json(record.front());
  std::vector<std::string> keys;
  add_keys(record, "", keys);
  return keys;
}

}  // namespace muster::commands

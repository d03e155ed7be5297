// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/sample.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/commands/eval_inputs.h"
#include "cli/commands/eval_settings.h"
#include "cli/commands/files.h"
#include "cli/commands/modules.h"
#include "runtime/engine.h"

namespace muster::commands {

namespace {

// Enough for a header or a record; of a JSON document, for all of a sample.
constexpr std::uint64_t kReadAtMost = 1 << 20;

std::vector<std::string> header_of(std::string_view line, char delimiter) {
  std::vector<std::string> names{""};
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
      names.back() += line[i++];
    } else if (line[i] == '"') {
      quoted = !quoted;
    } else if (line[i] == delimiter && !quoted) {
      names.emplace_back();
    } else {
      names.back() += line[i];
    }
  }
  return names;
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
  if (!std::filesystem::is_regular_file(file, error)) return {};
  const auto text = read_file(io, file.string(), kReadAtMost);
  if (!text) return {};
  const std::string_view line = std::string_view(*text).substr(0, text->find_first_of("\r\n"));
  if (source.kind == typed::SourceKind::csv) return header_of(line, source.delimiter);
  auto record =
      nlohmann::json::parse(source.kind == typed::SourceKind::json ? std::string_view(*text) : line, nullptr, false);
  for (const std::string& key : source.at) {
    if (record.is_object()) record = nlohmann::json(record.value(key, nlohmann::json()));
  }
  if (record.is_array() && !record.empty()) record = nlohmann::json(record.front());
  std::vector<std::string> keys;
  add_keys(record, "", keys);
  return keys;
}

}  // namespace muster::commands

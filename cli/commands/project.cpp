// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/project.h"

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include <algorithm>
#include <sstream>

#include "base/calendar.h"
#include "base/diagnostic.h"
#include "cli/commands/files.h"

namespace muster::commands {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kFileName = "muster.toml";
constexpr std::uint64_t kLargestFile = 1 << 20;

// Reads muster.toml key by key; the first thing that is wrong ends it.
class ProjectReader {
 public:
  ProjectReader(std::string shown_name, Project& project) : shown_name_(std::move(shown_name)), project_(project) {}

  std::optional<UsageError> read(std::string_view text);

 private:
  void read_section(const std::string& section, const toml::table& table);
  void read_key(const std::string& section, const toml::key& key, const toml::node& value);
  std::string text_of(const std::string& name, const toml::node& value);
  std::vector<std::string> codes_of(const std::string& name, const toml::node& value);
  void fail(const toml::source_region& place, std::string message, std::string help);

  std::string shown_name_;
  Project& project_;
  std::optional<UsageError> error_;
};

const std::vector<std::string> kSections = {"project", "check", "eval"};

std::vector<std::string> keys_of(const std::string& section) {
  if (section == "project") return {"name"};
  if (section == "check") return {"deny", "ignore"};
  return {"policy", "as_of"};
}

std::optional<UsageError> ProjectReader::read(std::string_view text) {
  const auto parsed = toml::parse(text);
  if (!parsed) {
    std::string message(parsed.error().description());
    fail(parsed.error().source(), "it is no TOML: " + message, "");
    return error_;
  }
  for (const auto& [key, value] : parsed.table()) {
    const std::string section(key.str());
    if (std::find(kSections.begin(), kSections.end(), section) == kSections.end()) {
      fail(key.source(), "there is no key `" + section + "`", suggestion(section, kSections, "sections"));
    } else if (!value.is_table()) {
      fail(key.source(), "`" + section + "` is a section", "write `[" + section + "]`");
    } else {
      read_section(section, *value.as_table());
    }
  }
  return error_;
}

void ProjectReader::read_section(const std::string& section, const toml::table& table) {
  for (const auto& [key, value] : table) read_key(section, key, value);
}

void ProjectReader::read_key(const std::string& section, const toml::key& key, const toml::node& value) {
  const std::string name(key.str());
  const auto known = keys_of(section);
  if (std::find(known.begin(), known.end(), name) == known.end()) {
    fail(key.source(), "[" + section + "] has no key `" + name + "`", suggestion(name, known, "keys"));
  } else if (name == "name") {
    project_.name = text_of(name, value);
  } else if (name == "policy") {
    project_.policy = text_of(name, value);
  } else if (name == "as_of") {
    project_.as_of = text_of(name, value);
    if (!base::parse_date(*project_.as_of) && !base::parse_instant(*project_.as_of)) {
      fail(value.source(), "`" + *project_.as_of + "` is no date and no time", "write `as_of = 2026-11-23`");
    }
  } else if (name == "deny") {
    project_.deny_warnings = text_of(name, value) == "warnings";
    if (!project_.deny_warnings) fail(value.source(), "`deny` takes `\"warnings\"`", "");
  } else if (name == "ignore") {
    project_.ignore = codes_of(name, value);
  }
}

std::string ProjectReader::text_of(const std::string& name, const toml::node& value) {
  if (const auto text = value.value<std::string>()) return *text;
  // A date without quotes is TOML's own.
  if (name == "as_of" && (value.is_date() || value.is_date_time())) {
    std::ostringstream text;
    if (const auto* date = value.as_date()) text << date->get();
    if (const auto* time = value.as_date_time()) text << time->get();
    return text.str();
  }
  fail(value.source(), "`" + name + "` is a text", "write `" + name + " = \"...\"`");
  return {};
}

std::vector<std::string> ProjectReader::codes_of(const std::string& name, const toml::node& value) {
  std::vector<std::string> codes;
  const auto* list = value.as_array();
  if (list == nullptr) {
    fail(value.source(), "`" + name + "` is a list of codes", "write `" + name + " = [\"MU1001\"]`");
    return codes;
  }
  for (const auto& element : *list) {
    const auto code = element.value<std::string>();
    const auto& all = base::all_codes();
    const auto known =
        std::find_if(all.begin(), all.end(), [&](const base::CodeInfo& info) { return code && info.id == *code; });
    if (known == all.end()) {
      fail(element.source(), "there is no code `" + code.value_or("?") + "`", "`muster codes` lists them");
    } else if (known->severity == base::Severity::error) {
      fail(element.source(), "`" + *code + "` is an error, and errors can't be ignored", "");
    } else {
      codes.push_back(*code);
    }
  }
  return codes;
}

void ProjectReader::fail(const toml::source_region& place, std::string message, std::string help) {
  if (error_) return;
  error_ =
      UsageError{shown_name_ + ":" + std::to_string(place.begin.line) + ": " + std::move(message), std::move(help)};
}

}  // namespace

tl::expected<Project, UsageError> find_project(const Io& io, const fs::path& module_file) {
  Project project;
  project.root = module_file.parent_path();
  for (fs::path folder = project.root;; folder = folder.parent_path()) {
    const fs::path file = folder / kFileName;
    std::error_code error;
    if (fs::exists(file, error)) {
      project.root = folder;
      project.file = shown(io, file);
      const std::string& name = *project.file;
      if (!fs::is_regular_file(file, error)) return tl::unexpected(UsageError{"`" + name + "` is no regular file", ""});
      const auto text = read_file(io, file.string(), kLargestFile);
      if (!text) return tl::unexpected(text.error());
      if (auto wrong = ProjectReader(name, project).read(*text)) return tl::unexpected(std::move(*wrong));
      return project;
    }
    if (folder == folder.parent_path()) return project;
  }
}

}  // namespace muster::commands

// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/data_files.h"

#include <glob.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "cli/commands/files.h"

namespace muster::commands {

namespace fs = std::filesystem;

namespace {

constexpr const char* kSpecial = "*?[";

bool is_pattern(const Io& io, const std::string& text) {
  std::error_code error;
  return text.find_first_of(kSpecial) != std::string::npos && !fs::exists(absolute(io, text), error);
}

// A text that as a pattern matches itself.
std::string escaped(const std::string& text) {
  std::string result;
  for (const char character : text) {
    if (character == '\\' || std::string_view(kSpecial).find(character) != std::string_view::npos) result += '\\';
    result += character;
  }
  return result;
}

std::vector<std::string> matches(const Io& io, const std::string& pattern) {
  const bool is_absolute = pattern.starts_with('/');
  const std::string folder = io.working_directory + "/";
  const std::string whole = is_absolute ? pattern : escaped(folder) + pattern;
  glob_t found{};
  std::vector<std::string> paths;
  if (::glob(whole.c_str(), GLOB_NOSORT, nullptr, &found) == 0) {
    for (std::size_t i = 0; i < found.gl_pathc; ++i) {
      const std::string path = found.gl_pathv[i];
      paths.push_back(is_absolute ? path : path.substr(folder.size()));
    }
  }
  ::globfree(&found);
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

tl::expected<std::vector<std::string>, UsageError> find_data_files(const Io& io,
                                                                   const std::vector<std::string>& given) {
  std::vector<std::string> paths;
  for (const std::string& text : given) {
    if (!is_pattern(io, text)) {
      paths.push_back(text);
      continue;
    }
    std::vector<std::string> found = matches(io, text);
    if (found.empty()) return tl::unexpected(UsageError{"no file matches `" + text + "`, which `--data` names", ""});
    paths.insert(paths.end(), found.begin(), found.end());
  }
  std::set<fs::path> seen;
  for (const std::string& path : paths) {
    if (path != "-" && !seen.insert(absolute(io, path)).second)
      return tl::unexpected(UsageError{"`--data` names `" + path + "` twice", "leave one of them out"});
  }
  return paths;
}

}  // namespace muster::commands

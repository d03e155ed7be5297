// SPDX-License-Identifier: Apache-2.0
// An empty folder that goes away with its test, and the program run in it.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "cli/commands/run.h"

namespace muster::commands {

class ScratchFolder {
 public:
  ScratchFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "muster_cli_XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder for the test");
    path_ = pattern;
  }
  ~ScratchFolder() { std::filesystem::remove_all(path_); }
  ScratchFolder(const ScratchFolder&) = delete;

  std::filesystem::path path(const std::string& name = "") const { return name.empty() ? path_ : path_ / name; }

  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
  }

  std::string read(const std::string& name) const {
    std::ifstream file(path_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }

  std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(path_))
      found.push_back(entry.path().filename().string());
    std::sort(found.begin(), found.end());
    return found;
  }

 private:
  std::filesystem::path path_;
};

struct Ran {
  int code = 0;
  std::string out, err;
};

inline Ran run_in(const ScratchFolder& folder, const std::vector<std::string>& arguments,
                  std::map<std::string, std::string> environment = {}, const std::string& input = {}) {
  std::istringstream in(input);
  std::ostringstream out, err;
  const auto look_up = [&](const char* name) {
    const auto found = environment.find(name);
    return found == environment.end() ? std::nullopt : std::optional<std::string>(found->second);
  };
  const Io io{in, out, err, false, false, 100, folder.path().string(), look_up, {1'795'435'200'000'000}};
  const int code = run(arguments, io);
  return {code, out.str(), err.str()};
}

}  // namespace muster::commands

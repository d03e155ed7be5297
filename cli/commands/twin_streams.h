// SPDX-License-Identifier: Apache-2.0
// What can be read only once (standard input, a pipe), read by two who go side by side. What one has read and the
// other hasn't is kept, no more.
#pragma once

#include <istream>
#include <map>
#include <memory>
#include <string>

namespace muster::commands {

class TwinStreams {
 public:
  // Two streams over one; each may outlive the other, and this.
  void add(const std::string& path, std::unique_ptr<std::istream> source);
  bool has(const std::string& path) const { return waiting_.count(path) > 0; }
  // The next of the two; nothing for a third.
  std::unique_ptr<std::istream> take(const std::string& path);
  // Nobody takes what is left.
  void close() { waiting_.clear(); }

 private:
  struct Two {
    std::unique_ptr<std::istream> first, second;
  };
  std::map<std::string, Two> waiting_;
};

}  // namespace muster::commands

// SPDX-License-Identifier: Apache-2.0
// The arguments of a command, read by its table of options: `--name VALUE`, `--name=VALUE`, and what stands by
// itself. `-` is a file, `--` ends the options.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "cli/commands/usage_error.h"

namespace muster::commands {

enum class Repeat : unsigned char { once, any };

struct Option {
  std::string_view name;   // with its dashes
  std::string_view value;  // `NAME`; empty: the option takes none
  std::string_view help;
  Repeat repeat = Repeat::once;
  std::vector<std::string> choices = {};  // the values that there are; empty: any
};

// What stands without an option's name.
struct Positional {
  std::string_view name;  // `PATH...`; empty: there is none
  std::size_t least = 0;
  std::size_t most = 0;
  std::vector<std::string> choices = {};  // what it can be, for shells that complete it; empty: any
};
constexpr std::size_t kAnyNumber = ~std::size_t{0};

// Whether it is a path that is wanted, by the name of what is wanted: `PATH...`, `FILE`, `FILE [NEW]`, `DIR`.
bool is_path(std::string_view wanted);

class Arguments {
 public:
  bool has(std::string_view option) const { return values_.find(option) != values_.end(); }
  std::optional<std::string> value(std::string_view option) const;
  std::vector<std::string> values(std::string_view option) const;  // in their order
  const std::vector<std::string>& positional() const { return positional_; }

  void add(std::string_view option, std::string value) { values_[std::string(option)].push_back(std::move(value)); }
  void add_positional(std::string value) { positional_.push_back(std::move(value)); }

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
  std::vector<std::string> positional_;
};

tl::expected<Arguments, UsageError> read_arguments(const std::vector<Option>& options, const Positional& positional,
                                                   const std::vector<std::string>& words);

}  // namespace muster::commands

// SPDX-License-Identifier: Apache-2.0
// What the language server needs of the world, as functions: it opens no file itself. Any thread may call them. Paths
// are absolute.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/compile.h"

namespace muster::lsp {

struct FoundProject {
  std::string root;                  // without a trailing slash
  std::vector<std::string> ignored;  // codes of lints
  std::string problem;               // with its muster.toml; empty: none
  std::string policy = {};           // that it asks for; empty: none
};

// How the subjects of the bound sample came out, as `eval --format summary` counts them.
struct SampleCounts {
  struct Criterion {
    std::string name;
    std::array<std::uint64_t, 5> statuses{};  // met, unmet, na, waived, unknown
  };
  struct Gate {
    std::string name;
    std::array<std::uint64_t, 3> verdicts{};  // pass, fail, undecided
  };
  std::vector<Criterion> criteria;
  std::vector<Gate> gates;
  std::uint64_t subjects = 0;    // that were judged
  std::uint64_t unreadable = 0;  // records that none could be read from
};

struct Outside {
  // Nothing where there is no such file, or it may not be read.
  std::function<std::optional<std::string>(const std::string& path)> read;
  std::function<FoundProject(const std::string& path)> project_of;
  // Whether a module of the project may read the file: nothing outside the root is read.
  std::function<bool(const std::string& path, const std::string& root)> may_be_imported;
  // The modules of a project, as paths below its root, in order.
  std::function<std::vector<std::string>(const std::string& root)> modules;
  // The day: lints that ask about the past need it.
  std::function<base::Date()> today = {};
  // A file with the text of a module of the library, `golive`, to be shown; nothing: there is none.
  std::function<std::optional<std::string>(const std::string& name)> library_file = {};
  // Judges the evidence that a policy of the module is bound to; nothing where there is none that can be read. Ends
  // early, with nothing, once `stop` says so.
  std::function<std::optional<SampleCounts>(const std::string& path, std::shared_ptr<const compiler::Compilation>,
                                            std::uint32_t policy, const std::function<bool()>& stop)>
      judge = {};
  // The first line of a sample: the columns or keys of the source, to be offered while a binding is written.
  std::function<std::vector<std::string>(const std::string& path, const typed::Source& source)> columns = {};
};

}  // namespace muster::lsp

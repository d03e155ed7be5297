// SPDX-License-Identifier: Apache-2.0
// What the server knows while it runs: the open documents, their projects, and what was found in each module. Handlers
// ask it; the server tells it what changes. One thread uses a session; jobs, which it hands out, may run on another.
//
// What stands in a file is found by checking the module itself, and every other that imports it, as `muster check` of
// the whole project does. The module that is being typed in is checked at once, the others by jobs.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/compile.h"
#include "lsp/protocol/positions.h"
#include "lsp/session/outside.h"

namespace muster::lsp {

struct Document {
  std::string uri;
  std::int64_t version = 0;
  std::shared_ptr<const base::SourceFile> file;
};

struct TextChange {
  std::optional<Range> range;  // nothing: all of it
  std::string text;
};

struct Project;

// A module, checked with all that it imports.
struct Analysis {
  std::string path;
  std::shared_ptr<const Project> project;
  std::shared_ptr<const compiler::Compilation> compilation;

  const compiler::ParsedModule& module() const { return *compilation->units.back().parsed; }
  const base::SourceFile& file() const { return *module().file; }
  const typed::Program& program() const { return compilation->program; }
};

// What the check of one module says of files.
struct Findings {
  std::map<std::string, std::shared_ptr<const compiler::ParsedModule>> files;  // that it read, by path
  std::map<std::string, std::vector<base::Diagnostic>> diagnostics;            // by path
  std::map<base::FileId, std::shared_ptr<const base::SourceFile>> sources;     // that diagnostics name
  std::vector<check::NameUse> uses;                                            // in the module itself
  bool lacks_modules = false;                                                  // an import leads nowhere, as yet
};

struct Place {
  std::string path;
  bool of_library = false;
};

using ModuleList = std::shared_ptr<const std::vector<std::string>>;

struct Project {
  FoundProject found;
  ModuleList modules = std::make_shared<const std::vector<std::string>>();  // paths below the root, sorted
  mutable compiler::ModuleCache cache;
  std::map<std::string, std::shared_ptr<const Findings>> findings;  // by the module's path
  std::set<std::string> unchecked;                                  // modules whose findings are missing or old
  std::map<base::FileId, Place> places;

  std::string absolute(const std::string& relative) const;
  std::string relative(const std::string& path) const;
  bool has_module(const std::string& path) const;
};

// The counts of a policy over its sample, as they were found last.
struct Counted {
  std::uint64_t revision = 0;  // of the session's texts
  std::uint64_t evidence = 0;  // of what samples hold
  std::optional<SampleCounts> counts;
};

struct Job {
  // On any thread. What comes of it is for the session's own.
  std::function<std::function<void()>()> run;
};

class Session {
 public:
  explicit Session(Outside outside) : outside_(std::move(outside)) {}

  // ---- what the client tells ----
  Encoding encoding = Encoding::utf16;
  void open(const std::string& uri, std::int64_t version, std::string text);
  void change(const std::string& uri, std::int64_t version, const std::vector<TextChange>& changes);
  void close(const std::string& uri);
  void changed_outside(const std::vector<std::string>& paths);

  // ---- what handlers ask ----
  const std::map<std::string, Document>& documents() const { return documents_; }  // by path
  // Nothing, where there is no such module.
  std::shared_ptr<const Analysis> analysis(const std::string& path);
  // What is known of the module is of it as it is now.
  void check(const std::string& path);
  std::shared_ptr<Project> project_of(const std::string& path);
  std::vector<std::shared_ptr<Project>> projects() const;
  // Once every module of the project is checked as it is now.
  void check_all(Project& project);
  // The modules that read a file, it among them, once every module of the project is checked; by path.
  static std::vector<std::string> readers(const Project& project, const std::string& path);
  // A module as it would be with other texts in some files, by path. Nothing is kept of it but what the cache has.
  compiler::Compilation trial(const Project& project, const std::string& path,
                              const std::map<std::string, std::string>& changed, compiler::ModuleCache& cache) const;
  // What is known to be wrong in a file, without what the project ignores; by place.
  std::vector<base::Diagnostic> diagnostics(const std::string& path);
  // The file's text as its diagnostics were found in, and that of others which they name.
  std::shared_ptr<const base::SourceFile> source(Project& project, base::FileId file) const;
  std::string uri(const Project& project, base::FileId file) const;  // empty: nothing that could be shown
  std::string uri(const std::string& path) const;
  const Outside& outside() const { return outside_; }

  // ---- work that can wait ----
  std::optional<Job> next_job();
  // Whatever a job is at is wanted by nobody any more.
  void stop() { current_->store(0); }
  // Files of which something else may be known now.
  std::set<std::string> take_touched() { return std::exchange(touched_, {}); }
  // To whoever sits before the client.
  void tell(std::string text) { problems_.push_back(std::move(text)); }
  std::vector<std::string> take_problems() { return std::exchange(problems_, {}); }

  // ---- samples ----
  const Counted* counted(const std::string& path, const std::string& policy);  // and sees that it is counted
  bool take_counted() { return std::exchange(counts_changed_, false); }

 private:
  using Texts = std::map<std::string, std::shared_ptr<const base::SourceFile>>;
  void text_changed(const std::string& path);
  void take(Project& project, const std::string& path, std::shared_ptr<const Findings> findings);
  void look_for_modules(Project& project);
  Texts texts() const;
  std::optional<Job> checking_job();
  std::optional<Job> counting_job();
  bool is_current(const Counted& counted) const;
  static compiler::Compilation compile(const Outside& outside, const Texts& texts, const Project& project,
                                       const ModuleList& modules, const std::string& path,
                                       compiler::ModuleCache& cache);
  static std::shared_ptr<const Findings> findings_of(const Project& project, const compiler::Compilation& compilation);

  Outside outside_;
  std::map<std::string, Document> documents_;
  std::map<std::string, std::shared_ptr<Project>> projects_;  // by root
  std::map<std::string, std::string> roots_;                  // of paths that were asked for
  struct Kept {
    std::uint64_t revision;
    std::shared_ptr<const Analysis> analysis;
  };
  std::list<Kept> kept_;  // the latest first
  std::uint64_t revision_ = 1;
  std::uint64_t evidence_ = 1;
  std::shared_ptr<std::atomic<std::uint64_t>> current_ = std::make_shared<std::atomic<std::uint64_t>>(1);
  std::set<std::string> touched_;
  std::vector<std::string> problems_;
  std::map<std::pair<std::string, std::string>, Counted> counts_;  // by path and policy
  std::set<std::pair<std::string, std::string>> wanted_counts_;
  bool counts_changed_ = false;
};

}  // namespace muster::lsp

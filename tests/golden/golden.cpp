// SPDX-License-Identifier: Apache-2.0
// Runs golden cases (case_file.h) in one process:   golden FOLDER [--update] [--only TEXT]
// `--update` writes what the program does now into the cases; read the difference before you keep it.
#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <mutex>
#include <sstream>
#include <thread>

#include <unistd.h>

#include "base/calendar.h"
#include "cli/commands/run.h"
#include "tests/golden/case_file.h"

namespace muster::golden {
namespace {

namespace fs = std::filesystem;

struct Options {
  fs::path folder;
  std::string only;
  enum class Mode { compare, update } mode = Mode::compare;
};

// What the clock says in every case.
constexpr base::Instant kNow{1'795'435'200'000'000};  // 2026-11-23T12:00:00Z

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void write_file(const fs::path& path, std::string_view text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

// Runs the case in an empty folder and tells what came of it, for the same files as were expected.
Expectation observe(const Case& each, const fs::path& folder) {
  fs::create_directories(folder);
  for (const auto& [path, text] : each.files) write_file(folder / path, text);
  std::istringstream in(each.input);
  std::ostringstream out, err;
  auto environment = [&each](const char* name) -> std::optional<std::string> {
    auto found = each.environment.find(name);
    if (found == each.environment.end()) return std::nullopt;
    return found->second;
  };
  Expectation seen;
  seen.exit = commands::run(each.arguments, {.in = in,
                                             .out = out,
                                             .err = err,
                                             .out_is_terminal = each.out_is_terminal,
                                             .err_is_terminal = each.err_is_terminal,
                                             .width = 100,
                                             .working_directory = folder.string(),
                                             .environment = environment,
                                             .now = kNow});
  seen.out = out.str();
  seen.err = err.str();
  for (const std::string& path : each.expectation.absent) {
    if (!fs::exists(folder / path)) seen.absent.push_back(path);
  }
  for (const auto& [path, text] : each.expectation.after) {
    if (fs::exists(folder / path)) seen.after.emplace_back(path, read_file(folder / path));
  }
  fs::remove_all(folder);
  return seen;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// The lines between the common beginning and the common end, wanted ones with -, seen ones with +.
std::string difference(const std::string& wanted_text, const std::string& seen_text) {
  std::vector<std::string> wanted = lines_of(wanted_text), seen = lines_of(seen_text);
  std::size_t shorter = std::min(wanted.size(), seen.size());
  std::size_t before = 0;
  while (before < shorter && wanted[before] == seen[before]) ++before;
  std::size_t behind = 0;
  while (behind < shorter - before && wanted[wanted.size() - 1 - behind] == seen[seen.size() - 1 - behind]) ++behind;
  std::string text;
  for (std::size_t i = before; i < wanted.size() - behind; ++i) text += "  -" + wanted[i] + "\n";
  for (std::size_t i = before; i < seen.size() - behind; ++i) text += "  +" + seen[i] + "\n";
  return text;
}

// The case that this thread is at, for the last words of a crash.
thread_local char current_case[512] = "";

extern "C" void say_where(int signal) {
  // Only what is safe in a signal handler.
  constexpr char kWords[] = "\ncrashed in ";
  [[maybe_unused]] auto written = write(STDERR_FILENO, kWords, sizeof kWords - 1);
  written = write(STDERR_FILENO, current_case, std::strlen(current_case));
  written = write(STDERR_FILENO, "\n", 1);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

class Runner {
 public:
  explicit Runner(Options options) : options_(std::move(options)) {
    for (const auto& entry : fs::recursive_directory_iterator(options_.folder)) {
      if (entry.path().extension() != ".case" || entry.path().string().find(options_.only) == std::string::npos)
        continue;
      paths_.push_back(entry.path());
    }
    std::sort(paths_.begin(), paths_.end());
    scratch_ = fs::temp_directory_path() / ("muster-golden-" + std::to_string(getpid()));
  }

  int run() {
    std::vector<std::thread> threads;
    std::size_t count = std::max(1u, std::thread::hardware_concurrency());
    for (std::size_t i = 0; i < count; ++i) threads.emplace_back([this] { work(); });
    for (std::thread& thread : threads) thread.join();
    fs::remove_all(scratch_);
    if (rewritten_ > 0) std::cout << rewritten_ << " rewritten\n";
    std::cout << paths_.size() - failed_ << " passed, " << failed_ << " failed\n";
    return failed_ > 0 || paths_.empty() ? 1 : 0;
  }

 private:
  void work() {
    for (std::size_t index = next_++; index < paths_.size(); index = next_++) {
      std::strncpy(current_case, paths_[index].c_str(), sizeof current_case - 1);
      try {
        run_case(paths_[index], scratch_ / std::to_string(index));
      } catch (const std::exception& problem) {
        fail(paths_[index], std::string("  ") + problem.what() + "\n");
      }
    }
  }

  void run_case(const fs::path& path, const fs::path& folder) {
    std::string text = read_file(path);
    Case each = read_case(text);
    Expectation seen = observe(each, folder);
    std::string updated = each.input_part + write_expectation(seen);
    if (options_.mode == Options::Mode::update) {
      if (updated == text) return;
      write_file(path, updated);
      ++rewritten_;
    } else if (!(seen == each.expectation)) {
      fail(path, difference(write_expectation(each.expectation), write_expectation(seen)));
    }
  }

  void fail(const fs::path& path, const std::string& reason) {
    std::lock_guard lock(output_);
    ++failed_;
    std::cout << path.string() << ":\n" << reason;
  }

  Options options_;
  std::vector<fs::path> paths_;
  fs::path scratch_;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<std::size_t> failed_ = 0;
  std::atomic<std::size_t> rewritten_ = 0;
  std::mutex output_;
};

int main(const std::vector<std::string>& arguments) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--update") {
      options.mode = Options::Mode::update;
    } else if (arguments[i] == "--only" && i + 1 < arguments.size()) {
      options.only = arguments[++i];
    } else {
      options.folder = arguments[i];
    }
  }
  if (!fs::is_directory(options.folder)) {
    std::cerr << "usage: golden FOLDER [--update] [--only TEXT]\n";
    return 2;
  }
  for (int signal : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL}) std::signal(signal, say_where);
  return Runner(std::move(options)).run();
}

}  // namespace
}  // namespace muster::golden

int main(int count, char** arguments) { return muster::golden::main({arguments + 1, arguments + count}); }

// SPDX-License-Identifier: Apache-2.0
// The program: gives the command line what it may see of the process.
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "cli/commands/exit_code.h"
#include "cli/commands/input_stream.h"
#include "cli/commands/run.h"
#include "cli/commands/whole_file.h"
#include "cli/descriptor_buffer.h"
#include "cli/jit_file.h"

namespace {

using namespace muster;

static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free &&
              std::atomic<std::int64_t>::is_always_lock_free);
std::atomic<bool> heeded = false;      // by a command that asks for signals and ends soon
std::atomic<int> first_signal = 0;     // that a command has still to heed
std::atomic<std::int64_t> came_at{0};  // when it did, in milliseconds

// Nothing half-written stays.
extern "C" void ended_by(int signal) {
  commands::remove_unfinished_files();
  _exit(commands::kBySignal + signal);
}

// Ctrl-C, or a polite kill: once a command heeds them the first is asked for and the second ends the program.
// `timeout` and others send theirs twice in a row and mean one.
extern "C" void interrupted_by(int signal) {
  constexpr std::int64_t kOneSignalMilliseconds = 100;
  if (!heeded) ended_by(signal);
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  const std::int64_t now = std::int64_t{time.tv_sec} * 1'000 + time.tv_nsec / 1'000'000;
  int none = 0;
  if (first_signal.compare_exchange_strong(none, signal)) {
    came_at = now;
  } else if (none != signal || now - came_at > kOneSignalMilliseconds) {
    ended_by(signal);
  }
}

int interrupted() {
  heeded = true;
  return first_signal;
}

// Who started the program may have wanted it to outlive the signal, as nohup does. Nothing that waits is begun again.
void on(int signal, void (*handler)(int)) {
  struct sigaction before {};
  struct sigaction action {};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  for (const int each : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&action.sa_mask, each);
  if (sigaction(signal, nullptr, &before) == 0 && before.sa_handler != SIG_IGN) sigaction(signal, &action, nullptr);
}

// A file that is opened takes the lowest free descriptor. If that were one of the standard three, what is meant for
// a closed stream would end up in the file: each gets a place where reading and writing fail. Messages alone may be
// lost, for there is nobody to tell.
bool fill_closed_descriptors() {
  constexpr int kModes[] = {O_WRONLY, O_RDONLY, O_WRONLY};
  for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; ++descriptor) {
    if (fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
    if (open("/dev/null", kModes[descriptor]) != descriptor) return false;
  }
  return true;
}

std::uint32_t terminal_width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

// Whole seconds: results print it, and nobody wants to read more.
base::Instant now() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::seconds>(since_epoch).count() * base::kMicrosecondsPerSecond};
}

std::chrono::nanoseconds clock_time() { return std::chrono::steady_clock::now().time_since_epoch(); }

std::optional<std::string> environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

// What the machine has too little of may come up anywhere.
int run_guarded(const std::vector<std::string>& words, const commands::Io& io) {
  try {
    return commands::run(words, io);
  } catch (const std::bad_alloc&) {
    io.err << "muster: there is not enough memory\n";
  } catch (const std::length_error& error) {
    io.err << "muster: " << error.what() << '\n';
  }
  return commands::kUsage;
}

}  // namespace

int main(int count, char** words) {
  if (!fill_closed_descriptors()) return commands::kUsage;
  // A pipe that is closed at its other end is told by a failed write.
  std::signal(SIGPIPE, SIG_IGN);
  // So is a file that would grow past what the shell allows, and what was written of it is taken away.
  std::signal(SIGXFSZ, SIG_IGN);
  for (const int signal : {SIGINT, SIGTERM}) on(signal, interrupted_by);
  on(SIGHUP, ended_by);
  std::ios::sync_with_stdio(false);

  std::error_code error;
  const std::string folder = std::filesystem::current_path(error).string();
  if (error) {
    std::cerr << "muster: the working directory can't be read: " << error.message() << '\n';
    return commands::kUsage;
  }
  commands::InputBuffer in_buffer(STDIN_FILENO, interrupted);
  std::istream in(&in_buffer);
  cli::DescriptorBuffer buffer(STDOUT_FILENO);
  std::ostream out(&buffer);
  const bool out_is_terminal = isatty(STDOUT_FILENO) == 1, err_is_terminal = isatty(STDERR_FILENO) == 1;
  const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
  const commands::Io io{in,          out,   std::cerr,  out_is_terminal, err_is_terminal, terminal_width(), folder,
                        environment, now(), clock_time, interrupted,     cores,           cli::jit_file};
  const int code = run_guarded({words + std::min(count, 1), words + count}, io);
  out.flush();
  if (buffer.error().empty()) return code;
  std::cerr << "muster: standard output can't be written: " << buffer.error() << '\n';
  return commands::kUsage;
}

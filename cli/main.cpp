// SPDX-License-Identifier: Apache-2.0
// The program: gives the command line what it may see of the process.
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <thread>

#include "cli/commands/exit_code.h"
#include "cli/commands/run.h"
#include "cli/commands/whole_file.h"
#include "cli/descriptor_buffer.h"

namespace {

using namespace muster;

// Ctrl-C, or a polite kill: nothing half-written stays.
extern "C" void ended_by(int signal) {
  commands::remove_unfinished_files();
  _exit(commands::kBySignal + signal);
}

// Who started the program may have wanted it to outlive the signal, as nohup does.
void end_by(int signal) {
  if (std::signal(signal, ended_by) == SIG_IGN) std::signal(signal, SIG_IGN);
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

}  // namespace

int main(int count, char** words) {
  if (!fill_closed_descriptors()) return commands::kUsage;
  // A pipe that is closed at its other end is told by a failed write.
  std::signal(SIGPIPE, SIG_IGN);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) end_by(signal);
  std::ios::sync_with_stdio(false);
  std::cin.tie(nullptr);

  std::error_code error;
  const std::string folder = std::filesystem::current_path(error).string();
  if (error) {
    std::cerr << "muster: the working directory can't be read: " << error.message() << '\n';
    return commands::kUsage;
  }
  cli::DescriptorBuffer buffer(STDOUT_FILENO);
  std::ostream out(&buffer);
  const bool out_is_terminal = isatty(STDOUT_FILENO) == 1, err_is_terminal = isatty(STDERR_FILENO) == 1;
  const commands::Io io{std::cin,
                        out,
                        std::cerr,
                        out_is_terminal,
                        err_is_terminal,
                        terminal_width(),
                        folder,
                        environment,
                        now(),
                        clock_time,
                        std::max(1u, std::thread::hardware_concurrency())};
  const int code = commands::run({words + std::min(count, 1), words + count}, io);
  out.flush();
  if (buffer.error().empty()) return code;
  std::cerr << "muster: standard output can't be written: " << buffer.error() << '\n';
  return commands::kUsage;
}

// SPDX-License-Identifier: Apache-2.0
// Runs a program and writes the most memory that it had, in KB, to a file:    bench_peak FILE PROGRAM ARGUMENT...
// What the system says of a process counts what stood in its memory before it became that program. So it has to be
// started by something small, which Python isn't.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

int main(int count, char** words) {
  if (count < 3) {
    std::fputs("bench_peak FILE PROGRAM ARGUMENT...\n", stderr);
    return 2;
  }
  const pid_t child = fork();
  if (child == 0) {
    execv(words[2], words + 2);
    _exit(127);
  }
  int status = 0;
  rusage usage{};
  if (child < 0 || wait4(child, &status, 0, &usage) < 0 || !WIFEXITED(status)) return 126;
  std::FILE* file = std::fopen(words[1], "w");
  if (file == nullptr || std::fprintf(file, "%ld\n", usage.ru_maxrss) < 0 || std::fclose(file) != 0) return 125;
  return WEXITSTATUS(status);
}

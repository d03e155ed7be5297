// SPDX-License-Identifier: Apache-2.0
// How a peer in C++ talks with the harness: it reads the file that its command line names, says that it is ready, and
// for each line of standard input works once, and prints how long that took and what it counted. The time begins with
// the bytes in memory.
#pragma once

#include <simdjson.h>

#include <chrono>
#include <iostream>
#include <string>

template <class Work>
int serve(int count, char** words, Work work) {
  simdjson::padded_string data;
  if (count != 2 || simdjson::padded_string::load(words[1]).get(data) != simdjson::SUCCESS) {
    std::cerr << words[0] << " FILE\n";
    return 2;
  }
  std::cout << R"({"settings":"simdjson )" << SIMDJSON_STRINGIFY(SIMDJSON_VERSION) << ", "
            << simdjson::get_active_implementation()->name() << ", one thread\"}" << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    const auto begin = std::chrono::steady_clock::now();
    const std::string counts = work(data);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::cout << R"({"seconds":)" << took.count() << ',' << counts << '}' << std::endl;
  }
  return 0;
}

// SPDX-License-Identifier: Apache-2.0
// Work that several threads share, and whose results are taken one after the other as if one thread did it all. Only
// as many results wait as there are threads to make them, times four.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace muster::commands {

enum class Next : std::uint8_t { go_on, stop };

// `work(at)` gives the Result of each `at` below `count`, on any thread; `take(at, result)` gets them in order, on this
// one, until it says stop. What either throws is thrown here.
template <typename Result, typename Work, typename Take>
void work_in_order(std::size_t count, unsigned jobs, const Work& work, const Take& take) {
  if (jobs <= 1 || count <= 1) {
    for (std::size_t at = 0; at < count; ++at) {
      if (take(at, work(at)) == Next::stop) return;
    }
    return;
  }
  std::mutex mutex;
  std::condition_variable changed;
  std::map<std::size_t, Result> ready;
  std::size_t begun = 0, taken = 0;
  std::exception_ptr failure;
  bool stopped = false;
  const std::size_t ahead = std::size_t{jobs} * 4;

  const auto help = [&] {
    std::unique_lock lock(mutex);
    while (true) {
      changed.wait(lock, [&] { return stopped || begun == count || begun < taken + ahead; });
      if (stopped || begun == count) return;
      const std::size_t at = begun++;
      lock.unlock();
      std::optional<Result> result;
      std::exception_ptr thrown;
      try {
        result.emplace(work(at));
      } catch (...) {
        thrown = std::current_exception();
      }
      lock.lock();
      if (result) ready.emplace(at, std::move(*result));
      if (thrown) {
        failure = thrown;
        stopped = true;
      }
      changed.notify_all();
    }
  };
  std::vector<std::thread> helpers;
  for (std::size_t i = 0; i < jobs && i < count; ++i) helpers.emplace_back(help);
  {
    std::unique_lock lock(mutex);
    while (taken < count && !stopped) {
      changed.wait(lock, [&] { return stopped || ready.count(taken) > 0; });
      if (stopped) break;
      const auto result = ready.extract(taken);
      lock.unlock();
      Next next = Next::stop;
      std::exception_ptr thrown;
      try {
        next = take(result.key(), result.mapped());
      } catch (...) {
        thrown = std::current_exception();
      }
      lock.lock();
      ++taken;
      if (thrown) failure = thrown;
      if (next == Next::stop) stopped = true;
      changed.notify_all();
    }
    stopped = true;
  }
  changed.notify_all();
  for (std::thread& helper : helpers) helper.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace muster::commands

// SPDX-License-Identifier: Apache-2.0
#include "lsp/serve.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <istream>
#include <mutex>
#include <ostream>
#include <thread>
#include <utility>

#include "lsp/protocol/framing.h"
#include "lsp/server.h"

namespace muster::lsp {

namespace {

// What the other two threads hand to the one that answers.
struct Inbox {
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::string> bodies;
  std::vector<std::function<void()>> done;  // of jobs
  bool closed = false;                      // nothing more will be read
};

// What the one that answers hands to the one that works.
struct Desk {
  std::mutex mutex;
  std::condition_variable changed;
  std::optional<Job> job;
  bool closed = false;
};

void read_messages(std::istream& in, Inbox& inbox) {
  FrameReader frames;
  std::string bytes;
  bool is_last = false;
  while (!is_last && in.peek() != std::istream::traits_type::eof()) {
    bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.rdbuf()->in_avail(), 1)));
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    frames.feed(bytes.substr(0, static_cast<std::size_t>(in.gcount())));
    while (auto body = frames.next()) {
      is_last = is_last || says_exit(*body);
      const std::lock_guard<std::mutex> lock(inbox.mutex);
      inbox.bodies.push_back(std::move(*body));
    }
    inbox.changed.notify_one();
  }
  const std::lock_guard<std::mutex> lock(inbox.mutex);
  inbox.closed = true;
  inbox.changed.notify_one();
}

void work(Desk& desk, Inbox& inbox) {
  while (true) {
    std::optional<Job> job;
    {
      std::unique_lock<std::mutex> lock(desk.mutex);
      desk.changed.wait(lock, [&] { return desk.job || desk.closed; });
      if (desk.closed) return;
      job = std::exchange(desk.job, std::nullopt);
    }
    auto done = job->run();
    const std::lock_guard<std::mutex> lock(inbox.mutex);
    inbox.done.push_back(std::move(done));
    inbox.changed.notify_one();
  }
}

class Answering {
 public:
  Answering(Server& server, Inbox& inbox, Desk& desk) : server_(server), inbox_(inbox), desk_(desk) {}

  int run() {
    while (!server_.exit_code()) {
      std::vector<std::string> bodies;
      std::vector<std::function<void()>> done;
      {
        std::unique_lock<std::mutex> lock(inbox_.mutex);
        inbox_.changed.wait(lock, [&] { return !inbox_.bodies.empty() || !inbox_.done.empty() || inbox_.closed; });
        if (inbox_.closed && inbox_.bodies.empty()) return 1;
        bodies.swap(inbox_.bodies);
        done.swap(inbox_.done);
      }
      for (const auto& each : done) each();
      is_working_ = is_working_ && done.empty();
      if (!bodies.empty()) server_.receive(bodies);
      if (is_waiting()) continue;
      server_.publish();
      hand_out();
    }
    return *server_.exit_code();
  }

 private:
  bool is_waiting() {
    const std::lock_guard<std::mutex> lock(inbox_.mutex);
    return !inbox_.bodies.empty();
  }

  void hand_out() {
    if (is_working_) return;
    auto job = server_.next_job();
    if (!job) return;
    is_working_ = true;
    const std::lock_guard<std::mutex> lock(desk_.mutex);
    desk_.job = std::move(job);
    desk_.changed.notify_one();
  }

  Server& server_;
  Inbox& inbox_;
  Desk& desk_;
  bool is_working_ = false;
};

}  // namespace

int serve(std::istream& in, std::ostream& out, Outside outside, const std::string& version) {
  Inbox inbox;
  Desk desk;
  Server server(std::move(outside), version, [&](const std::string& body) { out << framed(body) << std::flush; });
  // Ends by itself: behind `exit`, or where the stream does.
  std::thread reader([&] { read_messages(in, inbox); });
  std::thread worker([&] { work(desk, inbox); });
  const int code = Answering(server, inbox, desk).run();
  server.stop();
  {
    const std::lock_guard<std::mutex> lock(desk.mutex);
    desk.closed = true;
    desk.changed.notify_one();
  }
  worker.join();
  reader.join();
  return code;
}

}  // namespace muster::lsp

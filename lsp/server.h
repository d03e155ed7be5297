// SPDX-License-Identifier: Apache-2.0
// The language server: messages in, messages out. It starts no thread and reads no stream; whoever owns it feeds it and
// runs its jobs (serve.h does so for a process, tests do so step by step). One thread at a time.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lsp/session/session.h"

namespace muster::lsp {

// Whether a message is the last one: behind it nothing more is to be read.
bool says_exit(const std::string& body);

class Server {
 public:
  using Send = std::function<void(const std::string& body)>;

  Server(Outside outside, std::string version, Send send);
  ~Server();

  // Bodies of messages, in the order in which they came. A request that a later one cancels is not worked at.
  void receive(const std::vector<std::string>& bodies);
  // Tells the client what is known by now; to be called when no message waits.
  void publish();
  // Work that may run on another thread; what it gives is to be called on this one.
  std::optional<Job> next_job();
  // The job under way may end early, as nobody waits for it.
  void stop();
  // Once the client has said `exit`: how the process ends.
  std::optional<int> exit_code() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace muster::lsp

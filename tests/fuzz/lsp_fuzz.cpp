// SPDX-License-Identifier: Apache-2.0
// Any bytes as a client: first to the reader of frames; then each line as a message to a server with one document.
// Whatever comes, the server goes on, and what it says can be read.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "lsp/protocol/framing.h"
#include "lsp/protocol/json.h"
#include "lsp/server.h"

namespace {

// More of them than documents that the client has opened by then: each is checked once.
constexpr int kJobs = 16;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  muster::lsp::Outside outside;
  outside.read = [](const std::string&) { return std::nullopt; };
  outside.project_of = [](const std::string&) { return muster::lsp::FoundProject{"/p", {}, ""}; };
  outside.may_be_imported = [](const std::string&, const std::string&) { return false; };
  outside.modules = [](const std::string&) { return std::vector<std::string>(); };
  std::size_t said = 0;
  muster::lsp::Server server(outside, "1", [&](const std::string& body) {
    ++said;
    const auto message = muster::lsp::Json::parse(body, nullptr, false);
    if (message.is_discarded() || message.value("jsonrpc", "") != "2.0") __builtin_trap();
  });
  server.receive(
      {R"({"id":0,"method":"initialize","params":{"capabilities":{}}})",
       R"({"method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///p/a.muster",)"
       R"("version":1,"text":"subject S { key id: text  n: int }\npolicy p for S { must c \"C\" { require n > 1 } }"}}})"});
  if (said == 0) __builtin_trap();
  muster::lsp::FrameReader frames;
  for (std::size_t at = 0; at < text.size(); at += 7) frames.feed(std::string_view(text).substr(at, 7));
  while (auto body = frames.next()) server.receive({*body});
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    server.receive({text.substr(at, end - at)});
    at = end + 1;
  }
  server.publish();
  for (int jobs = 0; jobs < kJobs; ++jobs) {
    auto job = server.next_job();
    if (!job) break;
    job->run()();
    server.publish();
  }
  return 0;
}

// SPDX-License-Identifier: Apache-2.0
// A client of the language server in one process, over files that are made up: what the server says is kept, and jobs
// run as soon as it has nothing else to do.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "lsp/protocol/json.h"
#include "lsp/server.h"

namespace muster::tests {

using lsp::Json;

class Client {
 public:
  explicit Client(std::map<std::string, std::string> files, Json capabilities = Json::object());
  // What `judge` and `columns` of the outside say.
  Client(std::map<std::string, std::string> files, Json capabilities, lsp::Outside more);

  // The whole answer: result or error.
  Json request_raw(const std::string& method, const Json& params);
  Json request(const std::string& method, const Json& params) { return request_raw(method, params)["result"]; }
  void notify(const std::string& method, const Json& params);
  void send(const std::vector<Json>& messages);
  void settle();

  void open(const std::string& path, const std::string& text);
  void open(const std::string& path) { open(path, files.at(path)); }
  // Takes the text's first `old` away and puts `text` there, as an incremental change.
  void edit(const std::string& path, const std::string& old, const std::string& text);
  void change(const std::string& path, const Json& changes);
  // A workspace edit, as an editor applies it.
  void apply(const Json& workspace_edit);
  const std::string& text(const std::string& path) const { return texts_.at(path); }

  // `{"textDocument":..,"position":..}` of the place that `|` marks in a piece of the text.
  Json at(const std::string& path, const std::string& marked) const;
  static Json document(const std::string& path) { return {{"textDocument", {{"uri", uri(path)}}}}; }
  static std::string uri(const std::string& path) { return "file:///p/" + path; }
  static Json place(const std::string& text, std::size_t offset);
  static std::size_t offset(const std::string& text, const Json& place);

  // The latest diagnostics of a file, each as `line:character-line:character CODE message`.
  std::vector<std::string> diagnostics(const std::string& path) const;

  std::map<std::string, std::string> files;  // by path below /p
  std::vector<Json> sent;                    // by the server
  lsp::Server server;

 private:
  lsp::Outside outside(lsp::Outside more);

  std::map<std::string, std::string> texts_;
  std::map<std::string, Json> published_;
  int asked_ = 0;
  std::int64_t version_ = 1;
};

// A project of three modules, for which every capability has an answer.
std::map<std::string, std::string> three_modules();

// The modules of a folder, by name.
std::map<std::string, std::string> example(const std::string& folder);

}  // namespace muster::tests

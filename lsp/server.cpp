// SPDX-License-Identifier: Apache-2.0
#include "lsp/server.h"

#include <algorithm>
#include <set>
#include <utility>

#include "lsp/handlers/diagnostics.h"
#include "lsp/methods.h"
#include "lsp/protocol/json.h"
#include "lsp/protocol/uri.h"

namespace muster::lsp {

namespace {

// Of JSON-RPC and of the protocol.
constexpr int kParseError = -32700, kInvalidRequest = -32600, kNoMethod = -32601, kInvalidParams = -32602,
              kNotInitialized = -32002, kCancelled = -32800, kRequestFailed = -32803;

}  // namespace

struct Server::State {
  enum class Phase : std::uint8_t { fresh, initialized, shut_down };

  State(Outside outside, std::string version_, Send send_)
      : session(std::move(outside)), version(std::move(version_)), send(std::move(send_)) {}

  void take(const Json& message, const std::set<Json>& cancelled);
  void take_request(const std::string& method, const Json& id, const Json& params);
  void take_notice(const std::string& method, const Json& params);
  Json initialize(const Json& params);
  void watch_files();
  void answer(const Json& id, Json result) { put({{"id", id}, {"result", std::move(result)}}); }
  void fail(const Json& id, int code, const std::string& message) {
    put({{"id", id}, {"error", {{"code", code}, {"message", message}}}});
  }
  void notify(const std::string& method, Json params) { put({{"method", method}, {"params", std::move(params)}}); }
  void ask(const std::string& method, Json params) {
    put({{"id", "muster-" + std::to_string(++asked)}, {"method", method}, {"params", std::move(params)}});
  }
  void put(Json message) {
    message["jsonrpc"] = "2.0";
    // A name of a file may be no UTF-8.
    send(message.dump(-1, ' ', false, Json::error_handler_t::replace));
  }
  bool supports(const Json::json_pointer& capability) const {
    return client.contains(capability) && client.at(capability) != Json(false) && !client.at(capability).is_null();
  }
  void publish_file(const std::string& path);

  Session session;
  std::string version;
  Send send;
  Phase phase = Phase::fresh;
  Json client = Json::object();  // its capabilities
  std::optional<int> exit_code;
  std::uint64_t asked = 0;
  std::map<std::string, std::pair<std::int64_t, Json>> told;  // diagnostics that the client has, by path
  std::set<std::string> pushed;                               // paths of which the client was told by itself
  bool pulled_changed = false;
};

Server::Server(Outside outside, std::string version, Send send)
    : state_(std::make_unique<State>(std::move(outside), std::move(version), std::move(send))) {}

Server::~Server() = default;

bool says_exit(const std::string& body) {
  if (body.find("exit") == std::string::npos) return false;
  const Json message = read_message(body);
  return message.is_object() && !message.contains("id") && message.contains("method") && message["method"] == "exit";
}

void Server::stop() { state_->session.stop(); }

std::optional<int> Server::exit_code() const { return state_->exit_code; }

std::optional<Job> Server::next_job() {
  if (state_->phase != State::Phase::initialized) return std::nullopt;
  return state_->session.next_job();
}

void Server::receive(const std::vector<std::string>& bodies) {
  std::vector<Json> messages;
  std::set<Json> cancelled;
  for (const std::string& body : bodies) {
    Json message = read_message(body);
    if (message.is_discarded()) {
      state_->fail(nullptr, kParseError, "the message is no JSON, or nests too deep");
      continue;
    }
    if (message.is_object() && message.contains("method") && message["method"] == "$/cancelRequest" &&
        message.contains("params") && message["params"].is_object() && message["params"].contains("id"))
      cancelled.insert(message["params"]["id"]);
    messages.push_back(std::move(message));
  }
  for (const Json& message : messages) {
    if (!state_->exit_code) state_->take(message, cancelled);
  }
}

void Server::State::take(const Json& message, const std::set<Json>& cancelled) {
  const auto id = message.is_object() ? message.find("id") : message.end();
  const bool has_id = message.is_object() && id != message.end();
  const bool has_method = message.is_object() && message.contains("method") && message["method"].is_string();
  if (!has_method) {
    // An answer to what the server asked needs nothing more.
    const bool is_answer = has_id && (message.contains("result") || message.contains("error"));
    if (!is_answer) fail(has_id ? *id : Json(), kInvalidRequest, "the message is no request");
    return;
  }
  const std::string method = message["method"];
  static const Json kNothing = Json::object();
  const Json& params = message.contains("params") ? message["params"] : kNothing;
  if (!has_id) return take_notice(method, params);
  if (!id->is_string() && !id->is_number() && !id->is_null())
    return fail(nullptr, kInvalidRequest, "an id is a text or a number");
  if (cancelled.count(*id) > 0) return fail(*id, kCancelled, "cancelled");
  take_request(method, *id, params);
}

void Server::State::take_request(const std::string& method, const Json& id, const Json& params) {
  try {
    if (method == "initialize") {
      if (phase != Phase::fresh) return fail(id, kInvalidRequest, "initialized already");
      return answer(id, initialize(params));
    }
    if (phase == Phase::fresh) return fail(id, kNotInitialized, "`initialize` comes first");
    if (phase == Phase::shut_down) return fail(id, kInvalidRequest, "shut down");
    if (method == "shutdown") {
      phase = Phase::shut_down;
      return answer(id, nullptr);
    }
    for (const Method& each : methods()) {
      if (each.name == method) return answer(id, each.answer(session, params));
    }
    fail(id, kNoMethod, "there is no method `" + method + "`");
  } catch (const Refused& refused) {
    fail(id, kRequestFailed, refused.reason);
  } catch (const Json::exception& error) {
    fail(id, kInvalidParams, std::string("the params are not those of `") + method + "`: " + problem_of(error));
  }
}

void Server::State::take_notice(const std::string& method, const Json& params) {
  if (method == "exit") {
    exit_code = phase == Phase::shut_down ? 0 : 1;
    return;
  }
  if (phase != Phase::initialized) return;
  if (method == "initialized") return watch_files();
  for (const Notice& each : notices()) {
    if (each.name != method) continue;
    try {
      each.take(session, params);
    } catch (const Json::exception& error) {
      notify("window/logMessage",
             {{"type", 1}, {"message", "muster: the params are not those of `" + method + "`: " + problem_of(error)}});
    }
  }
}

Json Server::State::initialize(const Json& params) {
  if (params.contains("capabilities") && params["capabilities"].is_object()) client = params["capabilities"];
  const Json encodings = client.value("/general/positionEncodings"_json_pointer, Json::array());
  if (std::find(encodings.begin(), encodings.end(), "utf-8") != encodings.end()) session.encoding = Encoding::utf8;
  phase = Phase::initialized;
  return {{"capabilities", capabilities(session.encoding)}, {"serverInfo", {{"name", "muster"}, {"version", version}}}};
}

// Files that change beside the editor: modules, projects, and the evidence of samples.
void Server::State::watch_files() {
  if (!supports("/workspace/didChangeWatchedFiles/dynamicRegistration"_json_pointer)) return;
  Json watchers = Json::array();
  for (const char* pattern : {"**/*.muster", "**/muster.toml", "**/*.{ndjson,json,csv,gz,zst}"})
    watchers.push_back({{"globPattern", pattern}});
  ask("client/registerCapability", {{"registrations",
                                     {{{"id", "files"},
                                       {"method", "workspace/didChangeWatchedFiles"},
                                       {"registerOptions", {{"watchers", watchers}}}}}}});
}

void Server::publish() {
  State& state = *state_;
  if (state.phase != State::Phase::initialized) return;
  for (const std::string& problem : state.session.take_problems())
    state.notify("window/showMessage", {{"type", 2}, {"message", problem}});
  // Checking a module tells more of others, too.
  for (auto touched = state.session.take_touched(); !touched.empty(); touched = state.session.take_touched()) {
    for (const std::string& path : touched) {
      if (path.ends_with(".muster") || !is_file(path)) state.publish_file(path);
    }
  }
  if (std::exchange(state.pulled_changed, false) &&
      state.supports("/workspace/diagnostics/refreshSupport"_json_pointer))
    state.ask("workspace/diagnostic/refresh", nullptr);
  if (state.session.take_counted() && state.supports("/workspace/codeLens/refreshSupport"_json_pointer))
    state.ask("workspace/codeLens/refresh", nullptr);
}

void Server::State::publish_file(const std::string& path) {
  const auto document = session.documents().find(path);
  const bool is_open = document != session.documents().end();
  const bool is_pulled = is_open && supports("/textDocument/diagnostic"_json_pointer);
  const std::int64_t revision = is_open ? document->second.version : -1;
  // What had no file is gone once it is closed.
  const bool is_gone = !is_open && !is_file(path);
  Json found = is_gone ? Json::array() : is_open ? diagnostics(session, path) : known_diagnostics(session, path);
  const auto known = told.find(path);
  const bool was_told = known != told.end();
  const bool is_same = was_told ? known->second.second == found : !is_open && found.empty();
  const bool is_known = is_same && (!is_open || known->second.first == revision);
  // Of what is closed and right nothing has to be kept.
  if (!is_open && found.empty())
    told.erase(path);
  else
    told[path] = {revision, found};
  if (is_known) return;
  if (is_pulled) {
    // The client asks by itself after what was typed, but not after what changed elsewhere.
    pulled_changed = pulled_changed || !is_same;
    if (pushed.erase(path) == 0) return;
    found = Json::array();
  } else if (is_open) {
    pushed.insert(path);
  } else {
    pushed.erase(path);
  }
  Json params = {{"uri", is_open ? document->second.uri : uri_of_path(path)}, {"diagnostics", std::move(found)}};
  if (is_open) params["version"] = revision;
  notify("textDocument/publishDiagnostics", std::move(params));
}

}  // namespace muster::lsp

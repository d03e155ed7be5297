// SPDX-License-Identifier: Apache-2.0
#include "client.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace muster::tests {

Client::Client(std::map<std::string, std::string> given, Json capabilities)
    : Client(std::move(given), std::move(capabilities), lsp::Outside{}) {}

Client::Client(std::map<std::string, std::string> given, Json capabilities, lsp::Outside more)
    : files(std::move(given)), server(outside(std::move(more)), "1.2.3", [this](const std::string& body) {
        Json message = Json::parse(body);
        if (message.value("method", "") == "textDocument/publishDiagnostics")
          published_[message["params"]["uri"]] = message["params"]["diagnostics"];
        sent.push_back(std::move(message));
      }) {
  request("initialize", {{"capabilities", std::move(capabilities)}});
  notify("initialized", Json::object());
}

lsp::Outside Client::outside(lsp::Outside made) {
  made.read = [this](const std::string& path) -> std::optional<std::string> {
    const auto file = path.starts_with("/p/") ? files.find(path.substr(3)) : files.end();
    return file == files.end() ? std::nullopt : std::optional(file->second);
  };
  made.project_of = [](const std::string&) { return lsp::FoundProject{"/p", {}, ""}; };
  made.may_be_imported = [](const std::string& path, const std::string&) { return path.starts_with("/p/"); };
  made.modules = [this](const std::string&) {
    std::vector<std::string> modules;
    for (const auto& [path, text] : files) {
      if (path.ends_with(".muster")) modules.push_back(path);
    }
    return modules;
  };
  made.library_file = [](const std::string& name) { return "/library/" + name + ".muster"; };
  return made;
}

Json Client::request_raw(const std::string& method, const Json& params) {
  const int id = ++asked_;
  send({{{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}}});
  for (auto message = sent.rbegin(); message != sent.rend(); ++message) {
    if (!message->contains("method") && message->value("id", Json()) == id) return *message;
  }
  throw std::runtime_error("no answer to " + method);
}

void Client::notify(const std::string& method, const Json& params) {
  send({{{"jsonrpc", "2.0"}, {"method", method}, {"params", params}}});
}

void Client::send(const std::vector<Json>& messages) {
  std::vector<std::string> bodies;
  for (const Json& message : messages) bodies.push_back(message.dump());
  server.receive(bodies);
  server.publish();
}

void Client::settle() {
  while (auto job = server.next_job()) {
    job->run()();
    server.publish();
  }
}

void Client::open(const std::string& path, const std::string& text) {
  texts_[path] = text;
  notify("textDocument/didOpen",
         {{"textDocument", {{"uri", uri(path)}, {"languageId", "muster"}, {"version", version_}, {"text", text}}}});
}

void Client::edit(const std::string& path, const std::string& old, const std::string& text) {
  std::string& now = texts_.at(path);
  const std::size_t begin = now.find(old);
  if (begin == std::string::npos) throw std::runtime_error("`" + old + "` isn't there");
  const Json range = {{"start", place(now, begin)}, {"end", place(now, begin + old.size())}};
  now.replace(begin, old.size(), text);
  change(path, {{{"range", range}, {"text", text}}});
}

void Client::change(const std::string& path, const Json& changes) {
  notify("textDocument/didChange",
         {{"textDocument", {{"uri", uri(path)}, {"version", ++version_}}}, {"contentChanges", changes}});
}

void Client::apply(const Json& workspace_edit) {
  for (const auto& [uri, edits] : workspace_edit["changes"].items()) {
    const std::string path = uri.substr(std::string("file:///p/").size());
    std::string& now = texts_.at(path);
    // Places are of the text before all of them.
    Json changes = Json::array();
    for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
      const std::size_t begin = offset(now, (*edit)["range"]["start"]), end = offset(now, (*edit)["range"]["end"]);
      now.replace(begin, end - begin, (*edit)["newText"].get<std::string>());
      changes.push_back({{"range", (*edit)["range"]}, {"text", (*edit)["newText"]}});
    }
    change(path, changes);
  }
}

std::size_t Client::offset(const std::string& text, const Json& wanted) {
  std::size_t line = 0;
  for (int i = wanted["line"]; i > 0; --i) line = text.find('\n', line) + 1;
  std::size_t offset = line;
  const Json character = wanted["character"];
  while (offset < text.size() && place(text.substr(line), offset - line)["character"] != character) ++offset;
  return offset;
}

// In UTF-16 units.
Json Client::place(const std::string& text, std::size_t offset) {
  int line = 0, character = 0;
  for (std::size_t i = 0; i < offset; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '\n') {
      ++line;
      character = 0;
    } else if ((byte & 0xC0u) != 0x80u) {
      character += byte >= 0xF0u ? 2 : 1;
    }
  }
  return {{"line", line}, {"character", character}};
}

Json Client::at(const std::string& path, const std::string& marked) const {
  const std::size_t mark = marked.find('|');
  const std::string piece = marked.substr(0, mark) + marked.substr(mark + 1);
  const std::size_t found = text(path).find(piece);
  if (found == std::string::npos) throw std::runtime_error("`" + piece + "` isn't there");
  Json params = document(path);
  params["position"] = place(text(path), found + mark);
  return params;
}

std::vector<std::string> Client::diagnostics(const std::string& path) const {
  std::vector<std::string> all;
  const auto known = published_.find(uri(path));
  if (known == published_.end()) return all;
  for (const Json& each : known->second) {
    const auto shown = [](const Json& position) {
      return position["line"].dump() + ":" + position["character"].dump();
    };
    all.push_back(shown(each["range"]["start"]) + "-" + shown(each["range"]["end"]) + " " +
                  each["code"].get<std::string>() + " " + each["message"].get<std::string>());
  }
  return all;
}

std::map<std::string, std::string> three_modules() {
  return {{"shapes.muster", R"(/// How bad it is.
ordered enum Severity { low, medium, high }

/// What somebody found.
record Finding { severity: Severity  fixed: bool }

/// The fewest points.
param least: int = 3 in 1..10

/// How many are open.
define open(fs: list of Finding): int = count(f in fs where not f.fixed)
)"},
          {"team.muster", R"(import shapes (Severity, Finding)

// What is judged.
subject Service {
  key id: text
  /// Points of the last review.
  score: int
  worst: Severity
  findings: list of Finding
}

source services = ndjson "services.ndjson"

bind Service from services {
  score <- points
}

policy base for Service "Base" {
  section s "Quality" {
    must scored "Scored" {
      require score >= shapes.least else "only {score}"
    }
    should calm "Calm" {
      let still = shapes.open(findings)
      require worst < high and still < 3
      fix "Mend them"
    }
  }
  gate ready "Ready" { require every must }
}
)"},
          {"ours.muster", R"(import team
import shapes (least)

policy ours extends team.base "Ours" {
  set least = 5
  tighten scored { require score != 7 }
}

test "a low score fails" for ours {
  given { id: "a", score: 4, worst: low, findings: [] }
  expect scored unmet
  expect gate ready fail
}
)"}};
}

std::map<std::string, std::string> example(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".muster") continue;
    std::ifstream in(entry.path());
    std::stringstream text;
    text << in.rdbuf();
    files[entry.path().filename().string()] = text.str();
  }
  return files;
}

}  // namespace muster::tests

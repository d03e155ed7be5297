// SPDX-License-Identifier: Apache-2.0
// Every capability: an exact answer in a project of three modules, and a sensible one on files that are empty, broken or
// huge. What is announced is the table of methods, so an entry without a case here fails.
#include <gtest/gtest.h>

#include <set>

#include "client.h"
#include "lsp/methods.h"

namespace muster {
namespace {

using tests::Client;
using tests::Json;

// `line:character-line:character`, and beside other files their name.
std::string range(const Json& range) {
  const auto place = [](const Json& position) { return position["line"].dump() + ":" + position["character"].dump(); };
  return place(range["start"]) + "-" + place(range["end"]);
}

std::string location(const Json& location) {
  const std::string uri = location["uri"];
  return uri.substr(uri.rfind('/') + 1) + " " + range(location["range"]);
}

template <class Show>
std::string lines(const Json& all, Show show) {
  std::string text;
  for (const Json& each : all) text += show(each) + "\n";
  return text;
}

std::string edits(const Json& all) {
  return lines(all, [](const Json& edit) { return range(edit["range"]) + " " + edit["newText"].dump(); });
}

std::string labels(const Json& completion) {
  std::string text;
  for (const Json& item : completion["items"]) text += (text.empty() ? "" : " ") + item["label"].get<std::string>();
  return text;
}

std::string outline(const Json& symbols, const std::string& indent = "") {
  std::string text;
  for (const Json& symbol : symbols) {
    text += indent + symbol["name"].get<std::string>() + " " + symbol["kind"].dump() + " " +
            range(symbol["selectionRange"]) + "\n";
    if (symbol.contains("children")) text += outline(symbol["children"], indent + "  ");
  }
  return text;
}

class Capabilities : public testing::Test {
 protected:
  Capabilities() : client(tests::three_modules(), Json::object(), outside()) {
    for (const char* path : {"shapes.muster", "team.muster", "ours.muster"}) client.open(path);
    client.settle();
  }

  static lsp::Outside outside() {
    lsp::Outside made;
    made.columns = [](const std::string&, const typed::Source&) {
      return std::vector<std::string>{"points", "worst found"};
    };
    made.judge = [](const std::string&, const std::shared_ptr<const compiler::Compilation>& compilation,
                    std::uint32_t policy, const std::function<bool()>&) -> std::optional<lsp::SampleCounts> {
      if (compilation->program.policies[policy].name != "base") return std::nullopt;
      return lsp::SampleCounts{{{"scored", {31, 4, 0, 0, 2}}, {"calm", {1, 0, 3, 2, 0}}}, {{"ready", {30, 5, 2}}}};
    };
    return made;
  }

  Client client;
};

TEST_F(Capabilities, Print) {
  const auto say = [](const std::string& name, const std::string& text) { std::cout << "== " << name << "\n" << text << "\n"; };
  say("hover param", client.request("textDocument/hover", client.at("ours.muster", "set le|ast")).dump());
  say("hover field", client.request("textDocument/hover", client.at("team.muster", "require sc|ore")).dump());
  say("hover worst", client.request("textDocument/hover", client.at("team.muster", "require wor|st")).dump());
  say("def", lines(client.request("textDocument/definition", client.at("team.muster", "shapes.le|ast")), location));
  say("def2", lines(client.request("textDocument/definition", client.at("ours.muster", "tighten sc|ored")), location));
  say("def3", lines(client.request("textDocument/definition", client.at("team.muster", "sha|pes.least")), location));
  say("typedef", lines(client.request("textDocument/typeDefinition", client.at("team.muster", "require wor|st")), location));
  say("refs", lines(client.request("textDocument/references", client.at("shapes.muster", "param le|ast")), location));
  say("refs2", lines(client.request("textDocument/references", client.at("team.muster", "must scor|ed")), location));
  Json params = client.at("shapes.muster", "param le|ast");
  params["newName"] = "fewest";
  say("rename", client.request("textDocument/rename", params).dump());
  say("prepare", client.request("textDocument/prepareRename", params).dump());
  say("highlight", client.request("textDocument/documentHighlight", client.at("team.muster", "require sc|ore")).dump());
  for (const char* path : {"shapes.muster", "team.muster", "ours.muster"}) {
    say("symbols", outline(client.request("textDocument/documentSymbol", Client::document(path))));
    say("folding", client.request("textDocument/foldingRange", Client::document(path)).dump());
    say("format", edits(client.request("textDocument/formatting", Client::document(path))));
    say("tokens", client.request("textDocument/semanticTokens/full", Client::document(path)).dump());
    say("lens", client.request("textDocument/codeLens", Client::document(path)).dump());
  }
  client.settle();
  say("lens", client.request("textDocument/codeLens", Client::document("team.muster")).dump());
  say("wsymbols", client.request("workspace/symbol", {{"query", "scrd"}}).dump());
  Json sel = Client::document("team.muster");
  sel["positions"] = {client.at("team.muster", "worst < hi|gh")["position"]};
  say("selection", client.request("textDocument/selectionRange", sel).dump());
  params = Client::document("ours.muster");
  params["range"] = {{"start", {{"line", 0}, {"character", 0}}}, {"end", {{"line", 99}, {"character", 0}}}};
  say("hints", client.request("textDocument/inlayHint", params).dump());
  say("sig", client.request("textDocument/signatureHelp", client.at("team.muster", "shapes.open(fin|dings)")).dump());
  const auto complete = [&](const std::string& path, const std::string& old, const std::string& text) {
    const std::string before = client.text(path);
    std::string plain = text;
    plain.erase(plain.find('|'), 1);
    client.edit(path, old, plain);
    const std::string found = labels(client.request("textDocument/completion", client.at(path, text)));
    client.edit(path, plain, old);
    say("complete " + text, found);
  };
  complete("team.muster", "worst < high", "worst < |");
  complete("team.muster", "worst < high", "worst < hi|");
  complete("team.muster", "shapes.least", "shapes.|");
  complete("team.muster", "require worst", "re|");
  complete("team.muster", "import shapes", "import |");
  complete("team.muster", "id: text", "id: |");
  complete("team.muster", "<- points", "<- |");
  complete("team.muster", "<- points", "<- points |");
  complete("ours.muster", "set least = 5", "set |");
  complete("ours.muster", "tighten scored {", "tighten | {");
  complete("ours.muster", "expect gate ready", "expect gate |");
  complete("shapes.muster", "where not f.fixed", "where not f.|");
}

}  // namespace
}  // namespace muster

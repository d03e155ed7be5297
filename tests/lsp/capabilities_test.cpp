// SPDX-License-Identifier: Apache-2.0
// Every capability: an exact answer in a project of three modules, and a sensible one on files that are empty, broken
// or huge. What is announced is the table of methods, so an entry without a case here fails.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "client.h"
#include "compiler/check/check.h"
#include "lsp/handlers/functions.h"
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
      return lsp::SampleCounts{
          {{"scored", {31, 4, 0, 0, 2}}, {"calm", {1, 0, 3, 2, 0}}}, {{"ready", {30, 5, 2}}}, 37, 1};
    };
    return made;
  }

  Client client;
};

Json everything(const std::string& path) {
  Json params = Client::document(path);
  params["range"] = {{"start", {{"line", 0}, {"character", 0}}}, {"end", {{"line", 999'999}, {"character", 0}}}};
  return params;
}

TEST_F(Capabilities, HoverTellsTypeDocsBindingAndWhatIsInForce) {
  const auto hover = [&](const std::string& path, const std::string& place) {
    return client.request("textDocument/hover", client.at(path, place))["contents"]["value"].get<std::string>();
  };
  EXPECT_EQ(
      hover("ours.muster", "set le|ast"),
      "```muster\nparam least: int = 3 in 1..10\n```\n\nThe fewest points.\n\nIn `ours`: `5`, set by `ours.ours`");
  EXPECT_EQ(hover("team.muster", "require sc|ore"),
            "```muster\nscore: int\n```\n\nPoints of the last review.\n\nRead from `points` of `services`");
  EXPECT_EQ(hover("team.muster", "require wor|st"),
            "```muster\nworst: Severity\n```\n\nRead from `worst` of `services`");
  EXPECT_TRUE(client.request("textDocument/hover", client.at("team.muster", "po|licy")).is_null());
}

TEST_F(Capabilities, NamesLeadToTheirDeclarations) {
  const auto go = [&](const char* method, const std::string& path, const std::string& place) {
    return lines(client.request(method, client.at(path, place)), location);
  };
  EXPECT_EQ(go("textDocument/definition", "team.muster", "shapes.le|ast"), "shapes.muster 7:6-7:11\n");
  EXPECT_EQ(go("textDocument/definition", "ours.muster", "tighten sc|ored"), "team.muster 19:9-19:15\n");
  EXPECT_EQ(go("textDocument/definition", "team.muster", "sha|pes.least"), "shapes.muster 0:0-0:0\n");
  EXPECT_EQ(go("textDocument/definition", "team.muster", "worst < hi|gh"), "shapes.muster 1:37-1:41\n");
  EXPECT_EQ(go("textDocument/typeDefinition", "team.muster", "require wor|st"), "shapes.muster 1:13-1:21\n");
}

TEST_F(Capabilities, ReferencesAreOfAllModules) {
  const auto of = [&](const std::string& path, const std::string& place) {
    return lines(client.request("textDocument/references", client.at(path, place)), location);
  };
  EXPECT_EQ(of("shapes.muster", "param le|ast"),
            "ours.muster 1:15-1:20\nours.muster 4:6-4:11\nshapes.muster 7:6-7:11\nteam.muster 20:30-20:35\n");
  EXPECT_EQ(of("team.muster", "must scor|ed"),
            "ours.muster 5:10-5:16\nours.muster 10:9-10:15\nteam.muster 19:9-19:15\n");
  Json params = client.at("team.muster", "must scor|ed");
  params["context"] = {{"includeDeclaration", false}};
  EXPECT_EQ(client.request("textDocument/references", params).size(), 2U);
}

TEST_F(Capabilities, RenamingReachesAllModulesAndLeavesNothingToReport) {
  Json params = client.at("shapes.muster", "param le|ast");
  EXPECT_EQ(range(client.request("textDocument/prepareRename", params)), "7:6-7:11");
  params["newName"] = "where";
  const Json changes = client.request("textDocument/rename", params)["changes"];
  EXPECT_EQ(edits(changes[Client::uri("ours.muster")]), "1:15-1:20 \"`where`\"\n4:6-4:11 \"`where`\"\n");
  EXPECT_EQ(edits(changes[Client::uri("shapes.muster")]), "7:6-7:11 \"`where`\"\n");
  EXPECT_EQ(edits(changes[Client::uri("team.muster")]), "20:30-20:35 \"`where`\"\n");
  client.apply({{"changes", changes}});
  client.settle();
  for (const char* path : {"shapes.muster", "team.muster", "ours.muster"})
    EXPECT_EQ(client.diagnostics(path), std::vector<std::string>{}) << path;
  params["newName"] = "a`b";
  EXPECT_EQ(client.request_raw("textDocument/rename", params)["error"]["code"], -32803);
}

TEST_F(Capabilities, HighlightsAreOfTheFile) {
  const Json found = client.request("textDocument/documentHighlight", client.at("team.muster", "require sc|ore"));
  EXPECT_EQ(lines(found, [](const Json& each) { return range(each["range"]); }),
            "6:2-6:7\n14:2-14:7\n20:14-20:19\n20:48-20:53\n");
}

TEST_F(Capabilities, SymbolsAreAnOutline) {
  EXPECT_EQ(outline(client.request("textDocument/documentSymbol", Client::document("team.muster"))),
            "Service 5 3:8-3:15\n  id 8 4:6-4:8\n  score 8 6:2-6:7\n  worst 8 7:2-7:7\n  findings 8 8:2-8:10\n"
            "services 19 11:7-11:15\nService 19 13:5-13:12\nbase 5 17:7-17:11\n  s 4 18:10-18:11\n"
            "    scored 7 19:9-19:15\n    calm 7 22:11-22:15\n  ready 7 28:7-28:12\n");
  const Json found = client.request("workspace/symbol", {{"query", "scrd"}});
  EXPECT_EQ(lines(found, [](const Json& each) { return location(each["location"]); }), "team.muster 19:9-19:15\n");
}

TEST_F(Capabilities, BlocksAndImportsFold) {
  const auto folds = [&](const char* path) {
    return lines(client.request("textDocument/foldingRange", Client::document(path)),
                 [](const Json& each) { return each["startLine"].dump() + "-" + each["endLine"].dump(); });
  };
  EXPECT_EQ(folds("team.muster"), "3-8\n13-14\n17-28\n18-26\n19-20\n22-25\n");
  EXPECT_EQ(folds("ours.muster"), "0-1\n3-5\n8-11\n");
}

TEST_F(Capabilities, SelectionsGrow) {
  Json params = Client::document("team.muster");
  params["positions"] = {client.at("team.muster", "worst < hi|gh")["position"]};
  std::string found;
  const Json answer = client.request("textDocument/selectionRange", params);
  for (const Json* at = &answer[0]; at != nullptr; at = at->contains("parent") ? &(*at)["parent"] : nullptr)
    found += range((*at)["range"]) + "\n";
  EXPECT_EQ(found,
            "24:22-24:26\n24:14-24:26\n24:14-24:40\n24:6-24:40\n22:4-26:5\n18:2-27:3\n17:0-29:1\n0:0-29:1\n0:0-30:0\n");
}

TEST_F(Capabilities, TokensAreColouredByWhatTheyMean) {
  const Json full = client.request("textDocument/semanticTokens/full", Client::document("ours.muster"))["data"];
  // import team; import shapes ( least
  const Json begin = {0, 0, 6, 1, 0, 0, 7, 4, 12, 0, 1, 0, 6, 1, 0, 0, 7, 6, 12, 0, 0, 8, 5, 6, 0};
  EXPECT_EQ(Json(std::vector<Json>(full.begin(), full.begin() + 25)), begin);
  Json params = Client::document("ours.muster");
  params["range"] = {{"start", {{"line", 4}, {"character", 0}}}, {"end", {{"line", 5}, {"character", 0}}}};
  // set least 5
  const Json part = {4, 2, 3, 1, 0, 0, 4, 5, 6, 0, 0, 8, 1, 3, 0};
  EXPECT_EQ(client.request("textDocument/semanticTokens/range", params)["data"], part);
}

TEST_F(Capabilities, HintsSayWhatParamsAreWorth) {
  const Json found = client.request("textDocument/inlayHint", everything("ours.muster"));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0]["label"], "= 5");
  EXPECT_EQ(found[0]["tooltip"], "set by ours.ours");
  const Json of_base = client.request("textDocument/inlayHint", everything("team.muster"));
  ASSERT_EQ(of_base.size(), 1U);
  EXPECT_EQ(of_base[0]["label"], "= 3");
}

TEST_F(Capabilities, LensesShowTheCountsOfTheSampleOnceTheyAreThere) {
  const auto titles = [&](const char* path) {
    return lines(client.request("textDocument/codeLens", Client::document(path)), [](const Json& lens) {
      return range(lens["range"]) + " " + lens["command"]["title"].get<std::string>();
    });
  };
  EXPECT_EQ(titles("team.muster"), "");
  client.settle();
  EXPECT_EQ(titles("team.muster"),
            "17:7-17:11 37 subjects \u00B7 1 unreadable\n"
            "19:9-19:15 31 met \u00B7 4 unmet \u00B7 2 unknown\n22:11-22:15 1 met \u00B7 0 unmet \u00B7 3 na \u00B7 2 "
            "waived\n"
            "28:7-28:12 30 pass \u00B7 5 fail \u00B7 2 undecided\n");
  EXPECT_EQ(titles("ours.muster"), "8:5-8:24 run test\n");
}

TEST_F(Capabilities, SignaturesOfDefinesAndFunctions) {
  const Json help = client.request("textDocument/signatureHelp", client.at("team.muster", "shapes.open(fin|dings)"));
  EXPECT_EQ(help["signatures"][0]["label"], "open(fs: list of Finding): int");
  EXPECT_EQ(help["signatures"][0]["parameters"][0]["label"], (Json{5, 24}));
  client.edit("team.muster", "score >= shapes.least", "strip_prefix(\"a\", \"b\") == \"\"");
  const Json of_language =
      client.request("textDocument/signatureHelp", client.at("team.muster", "strip_prefix(\"a\", |\"b\")"));
  EXPECT_EQ(of_language["signatures"][0]["label"], "strip_prefix(text: text, prefix: text): text");
  EXPECT_EQ(of_language["activeParameter"], 1);
}

TEST_F(Capabilities, CompletionOffersWhatFits) {
  const auto offered = [&](const std::string& path, const std::string& old, const std::string& text) {
    std::string plain = text;
    plain.erase(plain.find('|'), 1);
    client.edit(path, old, plain);
    const std::string found = labels(client.request("textDocument/completion", client.at(path, text)));
    client.edit(path, plain, old);
    return found;
  };
  EXPECT_EQ(offered("team.muster", "worst < high", "worst < |").substr(0, 22), "low medium high still ");
  EXPECT_EQ(offered("team.muster", "worst < high", "worst < hi|").substr(0, 22), "low medium high still ");
  EXPECT_EQ(offered("team.muster", "shapes.least", "shapes.|"), "Severity Finding least open");
  EXPECT_EQ(offered("shapes.muster", "where not f.fixed", "where not f.|"), "severity fixed");
  EXPECT_EQ(offered("team.muster", "      fix \"Mend them\"", "      fi|"),
            "when let require weight why fix see owner tags effective");
  EXPECT_EQ(offered("team.muster", "import shapes", "import |"), "ours shapes std.evidence std.golive");
  EXPECT_EQ(offered("team.muster", "id: text", "id: |"),
            "bool int number percent text date time duration period version list of Severity Finding Service shapes");
  EXPECT_EQ(offered("team.muster", "<- points", "<- |"), "points \"worst found\"");
  EXPECT_EQ(offered("team.muster", "<- points", "<- points |"),
            "as map split trim lower upper strip_prefix strip_suffix present keyed by");
  EXPECT_EQ(offered("ours.muster", "set least = 5", "set |"), "least");
  EXPECT_EQ(offered("ours.muster", "tighten scored {", "tighten | {"), "scored calm");
  EXPECT_EQ(offered("ours.muster", "expect gate ready", "expect gate |"), "ready");
  EXPECT_EQ(offered("ours.muster", "worst: low", "worst: |").substr(0, 16), "low medium high ");
}

TEST_F(Capabilities, CompletionKnowsWhatIsMadeUpAndWhatIsChosen) {
  client.edit("shapes.muster", "record Finding", "record Owner { team: text  level: Severity }\nrecord Finding");
  client.edit("team.muster", "  worst: Severity", "  worst: Severity  owner: Owner");
  client.edit("team.muster", "(Severity, Finding)", "(Severity, Finding, Owner)");
  client.edit("team.muster", "policy base", "policy `the base`");
  client.edit("ours.muster", "team.base", "team.`the base`");
  client.edit("ours.muster", "import team\n", "import team (Service, `the base`)\n");
  client.edit("ours.muster", "  given { id: \"a\", score: 4, worst: low, findings: [] }\n", "");
  const std::string before = client.text("ours.muster");
  const auto offered = [&](const std::string& text) {
    std::string plain = text;
    plain.erase(plain.find('|'), 1);
    client.edit("ours.muster", before, before + plain);
    const std::string found = labels(client.request("textDocument/completion", client.at("ours.muster", text)));
    client.edit("ours.muster", before + plain, before);
    return found;
  };
  const std::string fields = "id score worst owner findings";
  EXPECT_EQ(offered("fixture f: Service = { | }\n"), fields);
  EXPECT_EQ(offered("fixture f: Service = {\n  |\n}\n"), fields);
  EXPECT_EQ(offered("fixture f: Service = { worst: | }\n").substr(0, 16), "low medium high ");
  EXPECT_EQ(offered("fixture f: Service = { owner: { | } }\n"), "team level");
  EXPECT_EQ(offered("fixture f: Service = { owner: { team: \"x\", level: | } }\n").substr(0, 16), "low medium high ");
  const std::string test = "test \"t\" for `the base` {\n";
  EXPECT_EQ(offered(test + "  given { | }\n}\n"), fields);
  EXPECT_EQ(offered(test + "  given { worst: | }\n}\n").substr(0, 16), "low medium high ");
  EXPECT_EQ(offered(test + "  given { findings: [{ | }] }\n}\n"), "severity fixed");
  EXPECT_EQ(offered(test + "  expect |\n}\n"), "scored calm gate score level");
  EXPECT_EQ(offered(test + "  expect gate |\n}\n"), "ready");
  EXPECT_EQ(offered(test + "  with |\n}\n"), "least");
  EXPECT_EQ(offered(test + "  waive |\n}\n"), "scored calm");
  EXPECT_EQ(offered("waive |"), "the base ours team shapes");
  EXPECT_EQ(offered("waive `the base`.|"), "scored calm");
  EXPECT_EQ(offered("policy z extends |"), "the base ours team shapes");
  EXPECT_EQ(offered("policy z for |"), "Service team shapes");
  const std::string policy = "policy z extends `the base` \"Z\" {\n";
  EXPECT_EQ(offered(policy + "  promote calm to |\n}\n"), "must should may");
  EXPECT_EQ(offered(policy + "  gate g { require every must in | }\n}\n"), "s");
}

// What is no word, or one that the language keeps, goes in as it has to be written.
TEST_F(Capabilities, CompletionWritesNamesAsTheyHaveToBe) {
  client.edit("shapes.muster", "{ low,", "{ `not yet`, `where`,");
  client.edit("team.muster", "worst < high", "worst < ");
  const Json items = client.request("textDocument/completion", client.at("team.muster", "worst < |"))["items"];
  EXPECT_EQ(items[0]["label"], "not yet");
  EXPECT_EQ(items[0]["textEdit"]["newText"], "`not yet`");
  EXPECT_EQ(items[1]["label"], "where");
  EXPECT_EQ(items[1]["textEdit"]["newText"], "`where`");
  EXPECT_EQ(items[2]["textEdit"]["newText"], "medium");
  // Those that were typed already are taken in, and those that the editor put behind.
  for (const std::string typed : {"`no|", "`not y|", "`no|`", "`|`"}) {
    std::string plain = typed;
    plain.erase(plain.find('|'), 1);
    client.edit("team.muster", "worst < ", "worst < " + plain);
    const Json item =
        client.request("textDocument/completion", client.at("team.muster", "worst < " + typed))["items"][0];
    EXPECT_EQ(item["filterText"], "`not yet`");
    client.apply({{"changes", {{Client::uri("team.muster"), {item["textEdit"]}}}}});
    EXPECT_NE(client.text("team.muster").find("worst < `not yet` and still"), std::string::npos) << typed;
    client.edit("team.muster", "worst < `not yet`", "worst < ");
  }
}

TEST_F(Capabilities, FormattingChangesBlanksAlone) {
  EXPECT_EQ(client.request("textDocument/formatting", Client::document("shapes.muster")), Json::array());
  client.edit("shapes.muster", "param least: int = 3", "param  least :int=3");
  EXPECT_EQ(edits(client.request("textDocument/formatting", Client::document("shapes.muster"))),
            "7:5-7:7 \" \"\n7:12-7:13 \"\"\n7:14-7:14 \" \"\n7:17-7:17 \" \"\n7:18-7:18 \" \"\n");
  Json params = Client::document("shapes.muster");
  params["range"] = {{"start", {{"line", 7}, {"character", 14}}}, {"end", {{"line", 7}, {"character", 16}}}};
  EXPECT_EQ(edits(client.request("textDocument/rangeFormatting", params)), "7:14-7:14 \" \"\n");
  params["range"] = {{"start", {{"line", 0}, {"character", 0}}}, {"end", {{"line", 3}, {"character", 0}}}};
  EXPECT_EQ(client.request("textDocument/rangeFormatting", params), Json::array());
}

// ---- Files that are empty, broken or huge ----

// What each method is asked with, beside the document.
Json params_of(const std::string& path, const Json& position) {
  Json params = everything(path);
  params["position"] = position;
  params["positions"] = {position};
  params["context"] = {{"diagnostics", Json::array()}};
  params["newName"] = "other";
  params["query"] = "a";
  return params;
}

std::string huge() {
  std::string text = "subject S { key id: text  n: int }\npolicy p for S \"P\" {\n";
  for (int i = 0; i < 3'000; ++i)
    text += "  must c_" + std::to_string(i) + " \"C\" { require n > " + std::to_string(i) + " }\n";
  return text + "}\n";
}

TEST(OddFiles, EveryMethodAnswersOnEveryFile) {
  const std::map<std::string, std::string> files = {
      {"empty.muster", ""},
      {"broken.muster", "policy p for { must ( \"\n}} enum ordered \xE2\x82\xAC { let = . x.\nbind from <- on {"},
      {"huge.muster", huge()}};
  Client client(files);
  for (const auto& [path, text] : files) {
    client.open(path);
    for (const lsp::Method& method : lsp::methods()) {
      for (const Json& position : {Json{{"line", 0}, {"character", 0}}, Json{{"line", 1}, {"character", 9}},
                                   Json{{"line", 2}, {"character", 18}}, Json{{"line", 5'000'000}, {"character", 7}}}) {
        const Json answer = client.request_raw(std::string(method.name), params_of(path, position));
        // A rename may be refused, with a reason.
        const bool is_answered = answer.contains("result") || answer["error"]["code"] == -32803;
        EXPECT_TRUE(is_answered) << method.name << " on " << path << ": " << answer.dump();
      }
    }
  }
  client.settle();
  EXPECT_EQ(client.diagnostics("empty.muster"), std::vector<std::string>{});
  EXPECT_FALSE(client.diagnostics("broken.muster").empty());
  EXPECT_EQ(client.diagnostics("huge.muster"), std::vector<std::string>{});
  EXPECT_EQ(client.request("textDocument/documentSymbol", Client::document("huge.muster"))[1]["children"].size(),
            3'000U);
}

// The methods that have an exact answer above.
TEST(Table, EachAnnouncedMethodHasACase) {
  const std::set<std::string> cases = {"textDocument/codeAction",
                                       "textDocument/codeLens",
                                       "textDocument/completion",
                                       "textDocument/definition",
                                       "textDocument/diagnostic",
                                       "textDocument/documentHighlight",
                                       "textDocument/documentSymbol",
                                       "textDocument/foldingRange",
                                       "textDocument/formatting",
                                       "textDocument/hover",
                                       "textDocument/inlayHint",
                                       "textDocument/prepareRename",
                                       "textDocument/rangeFormatting",
                                       "textDocument/references",
                                       "textDocument/rename",
                                       "textDocument/selectionRange",
                                       "textDocument/semanticTokens/full",
                                       "textDocument/semanticTokens/range",
                                       "textDocument/signatureHelp",
                                       "textDocument/typeDefinition",
                                       "workspace/symbol"};
  std::set<std::string> announced;
  Json capabilities = lsp::capabilities(lsp::Encoding::utf16);
  for (const lsp::Method& method : lsp::methods()) {
    announced.emplace(method.name);
    EXPECT_TRUE(capabilities.contains(std::string(method.capability))) << method.name;
    EXPECT_NE(method.answer, nullptr);
  }
  EXPECT_EQ(announced, cases);
}

TEST(Table, EachFunctionOfTheLanguageHasAMeaning) {
  std::set<std::string> known;
  for (const lsp::Function& each : lsp::functions()) {
    known.emplace(each.name);
    EXPECT_TRUE(each.signature.starts_with(std::string(each.name) + "(")) << each.signature;
    EXPECT_FALSE(each.meaning.empty()) << each.name;
  }
  EXPECT_EQ(known, check::function_names());
}

}  // namespace
}  // namespace muster

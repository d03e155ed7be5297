// SPDX-License-Identifier: Apache-2.0
// Diagnostics, pushed and pulled: of what is typed, of what is saved, and of the modules that import it.
#include <gtest/gtest.h>

#include "client.h"

namespace muster {
namespace {

using tests::Client;
using tests::Json;
using Found = std::vector<std::string>;

TEST(Diagnostics, ComeAsTheTextIsTyped) {
  Client client(tests::three_modules());
  client.open("team.muster");
  client.settle();
  EXPECT_EQ(client.diagnostics("team.muster"), Found{});
  client.edit("team.muster", "score >= shapes", "scare >= shapes");
  EXPECT_EQ(client.diagnostics("team.muster"),
            Found{"20:14-20:19 MU0201 no value `scare` is in scope\nhelp: did you mean `score`?"});
  client.edit("team.muster", "scare", "score");
  EXPECT_EQ(client.diagnostics("team.muster"), Found{});
}

TEST(Diagnostics, ReachModulesThatImportWhatIsTyped) {
  Client client(tests::three_modules());
  client.open("shapes.muster");
  client.settle();
  client.edit("shapes.muster", "param least", "param fewest");
  client.settle();
  EXPECT_EQ(client.diagnostics("team.muster"), Found{"20:30-20:35 MU0201 module `shapes` declares no value `least`"});
  EXPECT_FALSE(client.diagnostics("ours.muster").empty());
  client.edit("shapes.muster", "param fewest", "param least");
  client.settle();
  EXPECT_EQ(client.diagnostics("team.muster"), Found{});
  EXPECT_EQ(client.diagnostics("ours.muster"), Found{});
}

TEST(Diagnostics, FollowFilesThatChangeOutside) {
  Client client(tests::three_modules());
  client.open("ours.muster");
  client.settle();
  const std::string team = client.files["team.muster"];
  client.files.erase("team.muster");
  client.notify("workspace/didChangeWatchedFiles", {{"changes", {{{"uri", Client::uri("team.muster")}, {"type", 3}}}}});
  client.settle();
  EXPECT_EQ(client.diagnostics("ours.muster").front(),
            "0:7-0:11 MU0240 there is no module `team`\nhelp: `import team` reads the file `team.muster`");
  client.files["team.muster"] = team;
  client.notify("workspace/didChangeWatchedFiles", {{"changes", {{{"uri", Client::uri("team.muster")}, {"type", 1}}}}});
  client.settle();
  EXPECT_EQ(client.diagnostics("ours.muster"), Found{});
}

TEST(Diagnostics, AreOfTheDiskAgainWhereADocumentIsClosed) {
  Client client(tests::three_modules());
  client.open("shapes.muster", "enum E { }");
  client.settle();
  EXPECT_FALSE(client.diagnostics("team.muster").empty());
  client.notify("textDocument/didClose", Client::document("shapes.muster"));
  client.settle();
  EXPECT_EQ(client.diagnostics("team.muster"), Found{});
}

TEST(Diagnostics, ArePulledByWhoeverCan) {
  Client client(tests::three_modules(), {{"textDocument", {{"diagnostic", Json::object()}}},
                                         {"workspace", {{"diagnostics", {{"refreshSupport", true}}}}}});
  client.open("team.muster");
  client.edit("team.muster", "high and", "hi and");
  const Json pulled = client.request("textDocument/diagnostic", Client::document("team.muster"));
  ASSERT_EQ(pulled["items"].size(), 1U);
  EXPECT_EQ(pulled["items"][0]["code"], "MU0212");
  EXPECT_EQ(pulled["items"][0]["relatedInformation"][0]["location"]["uri"], Client::uri("shapes.muster"));
  for (const Json& message : client.sent) {
    const bool is_pushed = message.value("method", "") == "textDocument/publishDiagnostics" &&
                           message["params"]["uri"] == Client::uri("team.muster");
    EXPECT_FALSE(is_pushed);
  }
}

TEST(CodeActions, WriteTheNameThatWasMeant) {
  Client client(tests::three_modules());
  client.open("team.muster");
  client.edit("team.muster", "score >= shapes", "scare >= shapes");
  Json params = Client::document("team.muster");
  params["range"] = {{"start", {{"line", 20}, {"character", 15}}}, {"end", {{"line", 20}, {"character", 15}}}};
  params["context"] = {{"diagnostics", Json::array()}};
  const Json actions = client.request("textDocument/codeAction", params);
  ASSERT_EQ(actions.size(), 1U);
  EXPECT_EQ(actions[0]["title"], "write `score`");
  EXPECT_EQ(actions[0]["isPreferred"], true);
  EXPECT_EQ(actions[0]["edit"]["changes"][Client::uri("team.muster")][0]["newText"], "score");
  params["context"]["only"] = {"refactor", "source.organizeImports"};
  EXPECT_EQ(client.request("textDocument/codeAction", params), Json::array());
  params["context"]["only"] = {"source", "quickfix"};
  EXPECT_EQ(client.request("textDocument/codeAction", params), actions);
}

// An editor may apply what is preferred without asking.
TEST(CodeActions, PreferNoFixThatChangesTheMeaning) {
  const std::map<std::string, std::string> files = {
      {"a.muster",
       "subject S { key id: text  part: percent }\npolicy p for S \"P\" { must c \"C\" { require part >= 0.9% } }\n"}};
  Client client(files);
  client.open("a.muster");
  Json params = Client::document("a.muster");
  params["range"] = {{"start", {{"line", 1}, {"character", 0}}}, {"end", {{"line", 1}, {"character", 70}}}};
  params["context"] = {{"diagnostics", Json::array()}};
  const Json actions = client.request("textDocument/codeAction", params);
  ASSERT_EQ(actions.size(), 1U);
  EXPECT_EQ(actions[0]["title"], "write `90%`");
  EXPECT_FALSE(actions[0].contains("isPreferred"));
}

TEST(Sync, ChangesOfOneMessageFollowEachOther) {
  Client client(tests::three_modules());
  client.open("team.muster");
  const auto at = [](int line, int from, int to, const char* text) {
    return Json{
        {"range", {{"start", {{"line", line}, {"character", from}}}, {"end", {{"line", line}, {"character", to}}}}},
        {"text", text}};
  };
  client.change("team.muster", {at(0, 0, 0, "// \xF0\x9F\x98\x80\n"), at(0, 3, 5, ""), at(0, 0, 3, "")});
  client.settle();
  EXPECT_EQ(client.diagnostics("team.muster"), Found{});
  client.change("team.muster", {{{"text", "enum E { a, a }"}}});
  EXPECT_EQ(client.diagnostics("team.muster").size(), 1U);
}

}  // namespace
}  // namespace muster

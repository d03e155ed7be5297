// SPDX-License-Identifier: Apache-2.0
// What renaming leaves as it is: what every other name means, and what evidence is read.
#include <gtest/gtest.h>

#include <cctype>
#include <string>

#include "tests/lsp/client.h"

namespace muster::tests {
namespace {

class Rename : public ::testing::Test {
 protected:
  explicit Rename() : client(three_modules()) {
    for (const char* path : {"shapes.muster", "team.muster", "ours.muster"}) client.open(path);
    client.settle();
  }

  Json ask(const std::string& path, const std::string& marked, const std::string& name) {
    Json params = client.at(path, marked);
    params["newName"] = name;
    return client.request_raw("textDocument/rename", params);
  }

  // Why it is refused; empty: it isn't.
  std::string refused(const std::string& path, const std::string& marked, const std::string& name) {
    const Json answer = ask(path, marked, name);
    if (!answer.contains("error")) return "";
    EXPECT_EQ(answer["error"]["code"], -32803);
    return answer["error"]["message"].get<std::string>();
  }

  // Renames, and gives the text of the file then. Nothing may be reported of any.
  std::string text_after(const std::string& path, const std::string& marked, const std::string& name) {
    const Json answer = ask(path, marked, name);
    EXPECT_FALSE(answer.contains("error")) << answer.dump();
    client.apply(answer["result"]);
    client.settle();
    for (const char* each : {"shapes.muster", "team.muster", "ours.muster"})
      EXPECT_EQ(client.diagnostics(each), std::vector<std::string>{}) << each;
    return client.text(path);
  }

  // What the server had to say last.
  std::string told() {
    std::string text;
    for (const Json& each : client.sent) {
      if (each.contains("method") && each["method"] == "window/showMessage") text = each["params"]["message"];
    }
    return text;
  }

  Client client;
};

TEST_F(Rename, RefusesANameThatIsTaken) {
  EXPECT_EQ(refused("team.muster", "must scor|ed", "calm"),
            "`calm` can't be the new name: team.muster:23: there is a criterion `calm` already");
  EXPECT_EQ(refused("shapes.muster", "{ lo|w", "high"),
            "`high` can't be the new name: shapes.muster:2: there is a name of the enum `high` already");
}

// A `let` goes before a field of the same name: both would be well, and the verdict another.
TEST_F(Rename, RefusesANameThatWouldCaptureAnother) {
  client.edit("team.muster", "  score: int", "  score: int  total: int");
  client.edit("team.muster", "still < 3", "still < 3 and total > 0");
  EXPECT_EQ(refused("team.muster", "let sti|ll", "total"),
            "`total` can't be the new name: `total` in team.muster:25 would mean something else");
  // Here it wouldn't.
  EXPECT_EQ(refused("shapes.muster", "open(f|s:", "f"), "");
}

// What the name itself would be taken for.
TEST_F(Rename, RefusesANameThatIsCaptured) {
  client.edit("team.muster", "let still = shapes.open(findings)", "let still = shapes.open(findings) let n = 0");
  client.edit("team.muster", "still < 3", "still < 3 + n and score > 0");
  EXPECT_EQ(refused("team.muster", "  sco|re: int", "n"),
            "`n` can't be the new name: `n` in team.muster:25 would mean something else");
}

TEST_F(Rename, KeepsWhatAFieldIsReadFrom) {
  EXPECT_NE(text_after("team.muster", "  wor|st: Severity", "gravest").find("{\n  gravest <- worst\n  score <- points"),
            std::string::npos);
  // What is said already stays said.
  const std::string text = text_after("team.muster", "  sco|re: int", "points");
  EXPECT_NE(text.find("\n  gravest <- worst\n  points <- points\n}"), std::string::npos) << text;
}

TEST_F(Rename, SaysAFieldsKeyInWhateverBinds) {
  client.edit("team.muster", " {\n  score <- points\n}", "");
  EXPECT_NE(text_after("team.muster", "  wor|st: Severity", "where")
                .find("bind Service from services { `where` <- worst }\n"),
            std::string::npos);
}

// There is no way to say the key of what is in a list, of what only an extending subject has, or which of the ways to
// write a key the evidence has.
TEST_F(Rename, TellsWhichKeysEvidenceHasToHave) {
  text_after("shapes.muster", "fix|ed: bool", "mended");
  EXPECT_EQ(told(), "`fixed` is read from the key of its name in `services`: there it has to be `mended` now");
  client.edit("team.muster", "  worst: Severity", "  worst: Severity  go_live: date?");
  text_after("team.muster", "go_l|ive", "launch");
  EXPECT_EQ(told(), "`go_live` is read from the key of its name in `services`: there it has to be `launch` now");
  client.edit("ours.muster", "import team\n", "import team\nsubject Ours extends team.Service { zone: bool }\n");
  text_after("ours.muster", "{ zo|ne", "area");
  EXPECT_EQ(told(), "`zone` is read from the key of its name in `services`: there it has to be `area` now");
  client.edit("team.muster", "bind Service from services {\n  score <- points\n}", "");
  text_after("team.muster", "wor|st: Sev", "gravest");
  EXPECT_EQ(told(),
            "`worst` is read from the key of its name where `--data` gives evidence: there it has to be `gravest` now");
}

// The sample says which.
TEST(RenameWithSample, WritesTheKeyAsTheEvidenceHasIt) {
  lsp::Outside outside;
  outside.columns = [](const std::string&, const typed::Source&) {
    return std::vector<std::string>{"id", "goLive", "review", "review.last-day"};
  };
  const std::map<std::string, std::string> files = {{"a.muster",
                                                     "record Review { last_day: date }\n"
                                                     "subject S { key id: text  go_live: date  review: Review }\n"
                                                     "source s = ndjson \"s.ndjson\"\nbind S from s\n"}};
  Client client(files, Json::object(), outside);
  client.open("a.muster");
  const auto rename = [&](const char* marked, const char* name) {
    Json params = client.at("a.muster", marked);
    params["newName"] = name;
    client.apply(client.request("textDocument/rename", params));
  };
  rename("go_l|ive", "launch");
  rename("last|_day", "latest");
  EXPECT_EQ(client.text("a.muster"),
            "record Review { latest: date }\n"
            "subject S { key id: text  launch: date  review: Review }\n"
            "source s = ndjson \"s.ndjson\"\n"
            "bind S from s { review.latest <- review.\"last-day\"  launch <- goLive }\n");
}

// Of four million ways to one field nobody walks all.
TEST(RenameWithSample, EndsWhereRecordsStandInManyOthers) {
  std::string text = "record R22 { odd: int }\n";
  for (int i = 21; i >= 0; --i) {
    const std::string name = "R" + std::to_string(i), inner = "R" + std::to_string(i + 1);
    text += "record " + name + " { a_b: " + inner + "  c_d: " + inner + " }\n";
  }
  text += "subject S { key id: text  x: R0 }\nsource s = ndjson \"s.ndjson\"\nbind S from s {}\n";
  Client client(std::map<std::string, std::string>{{"a.muster", text}});
  client.open("a.muster");
  Json params = client.at("a.muster", "od|d");
  params["newName"] = "other";
  EXPECT_EQ(client.request("textDocument/rename", params)["changes"][Client::uri("a.muster")].size(), 1U);
  EXPECT_EQ(client.sent.back()["params"]["message"],
            "`odd` is read from the key of its name in `s`: there it has to be `other` now");
}

TEST_F(Rename, TellsWhatNamesItOutsideOfModules) {
  client.edit("team.muster", "import shapes (Severity, Finding)\n",
              "import shapes (Severity, Finding)\nimport std.evidence (Waiver)\n"
              "source granted = csv \"granted.csv\"\nbind waivers from granted {}\n");
  text_after("team.muster", "must scor|ed", "enough");
  EXPECT_EQ(told(), "waivers of `granted` may name `scored`: there it has to be `enough` now");
}

TEST_F(Rename, OfOneOfTwoThatAnImportBringsIn) {
  client.edit("shapes.muster", "param least",
              "shared finds: list of Finding\nsource finds = csv \"f.csv\"\nbind finds from finds {}\nparam least");
  client.edit("team.muster", "(Severity, Finding)", "(Severity, Finding, finds)");
  client.edit("team.muster", "still < 3", "still + size(finds) < 3");
  EXPECT_NE(text_after("shapes.muster", "shared fin|ds", "found").find("shared found: list of Finding\nsource finds"),
            std::string::npos);
  EXPECT_NE(client.text("team.muster").find("(Severity, Finding, found)"), std::string::npos);
}

TEST_F(Rename, TakesANameWithItsBackquotes) {
  EXPECT_NE(text_after("team.muster", "must scor|ed", "`in all`").find("must `in all` \"Scored\""), std::string::npos);
  EXPECT_EQ(refused("team.muster", "should ca|lm", ""), "a name can't be empty");
  EXPECT_EQ(refused("team.muster", "should ca|lm", "a`b"), "no backquote and no line end can stand in a name");
}

TEST_F(Rename, KeepsHowEvidenceSpellsAValue) {
  EXPECT_NE(text_after("shapes.muster", "{ lo|w", "minor").find("Severity { minor = \"low\", medium, high }"),
            std::string::npos);
  EXPECT_NE(text_after("shapes.muster", "{ min|or", "slight").find("Severity { slight = \"low\" | \"minor\", medium"),
            std::string::npos);
  // Back to what it is spelled as: nothing is added twice.
  EXPECT_NE(text_after("shapes.muster", "{ sli|ght", "low").find("Severity { low = \"low\" | \"minor\" | \"slight\","),
            std::string::npos);
}

TEST_F(Rename, ToTheSameNameChangesNothing) {
  EXPECT_EQ(ask("team.muster", "must scor|ed", "scored")["result"]["changes"], Json::object());
}

// What was wrong before stays so, and keeps nobody from a better name.
TEST_F(Rename, GoesOnWhereThereAreErrors) {
  client.edit("ours.muster", "set least = 5", "set least = 50");
  EXPECT_EQ(refused("team.muster", "must scor|ed", "enough_points"), "");
}

// Every third name that a module declares, given one that nothing has: nothing is reported that wasn't before.
TEST(RenameAll, LeavesNothingToReport) {
  std::size_t declared = 0, renamed = 0;
  for (const char* folder : {"first-steps", "contoso"}) {
    Client client(example(std::string("examples/") + folder));
    const std::map<std::string, std::string> files = client.files;
    for (const auto& [path, text] : files) client.open(path, text);
    client.settle();
    for (const auto& [path, text] : files) {
      for (std::size_t at = 0; at < text.size(); ++at) {
        const auto is_letter = [&](std::size_t i) {
          return i < text.size() && (std::isalnum(text[i]) || text[i] == '_');
        };
        if (!is_letter(at) || (at > 0 && is_letter(at - 1))) continue;
        Json params = Client::document(path);
        params["position"] = Client::place(text, at);
        const Json found = client.request("textDocument/definition", params);
        if (found.size() != 1 || found[0]["uri"] != Client::uri(path) ||
            found[0]["range"]["start"] != params["position"])
          continue;
        if (client.request("textDocument/prepareRename", params).is_null() || declared++ % 3 != 0) continue;
        const std::string before = text.substr(at, 12);
        params["newName"] = std::isupper(static_cast<unsigned char>(text[at])) ? "Another" : "another";
        const Json answer = client.request_raw("textDocument/rename", params);
        ASSERT_FALSE(answer.contains("error")) << path << " " << before << answer["error"].dump();
        client.apply(answer["result"]);
        client.settle();
        for (const auto& [each, old] : files) {
          EXPECT_EQ(client.diagnostics(each), std::vector<std::string>{}) << before << " in " << path;
        }
        for (const auto& [each, old] : files) {
          if (client.text(each) != old) client.edit(each, client.text(each), old);
        }
        client.settle();
        ++renamed;
      }
    }
  }
  EXPECT_GT(renamed, 25U);
}

}  // namespace
}  // namespace muster::tests

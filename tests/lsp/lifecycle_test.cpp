// SPDX-License-Identifier: Apache-2.0
// How client and server meet and part, and that neither junk nor a fast client harms.
#include <gtest/gtest.h>

#include <sstream>

#include "client.h"
#include "lsp/protocol/framing.h"
#include "lsp/protocol/positions.h"
#include "lsp/serve.h"

namespace muster {
namespace {

using tests::Client;
using tests::Json;

TEST(Framing, MessagesComeInAnyPieces) {
  const std::string all = lsp::framed("{\"a\":1}") + lsp::framed("") + lsp::framed("{\"b\":2}");
  for (std::size_t piece = 1; piece < all.size(); ++piece) {
    lsp::FrameReader reader;
    std::vector<std::string> bodies;
    for (std::size_t at = 0; at < all.size(); at += piece) {
      reader.feed(std::string_view(all).substr(at, piece));
      while (auto body = reader.next()) bodies.push_back(*body);
    }
    EXPECT_EQ(bodies, (std::vector<std::string>{"{\"a\":1}", "", "{\"b\":2}"}));
  }
}

TEST(Framing, JunkIsSkippedUpToTheNextHeader) {
  lsp::FrameReader reader;
  reader.feed("some words\r\nContent-Length: minus\r\n\r\nnothing\r\n\r\n" + std::string(30'000, 'x') + "\r\n\r\n");
  reader.feed("Content-Type: x\r\ncontent-length:  2\r\n\r\n{}");
  EXPECT_EQ(reader.next(), "{}");
  EXPECT_EQ(reader.next(), std::nullopt);
}

TEST(Framing, ABodyThatIsTooLongIsSkipped) {
  lsp::FrameReader reader;
  reader.feed("Content-Length: " + std::to_string(lsp::FrameReader::kLongestBody + 1) + "\r\n\r\n");
  const std::string block(1 << 20, ' ');
  for (std::size_t sent = 0; sent < lsp::FrameReader::kLongestBody; sent += block.size()) reader.feed(block);
  reader.feed(" " + lsp::framed("{}"));
  EXPECT_EQ(reader.next(), "{}");
}

TEST(Positions, CountUnitsOfTheEncodingThatWasAgreed) {
  const base::SourceFile file("f", "a\xC3\xA4\xF0\x9F\x98\x80z\r\nb\n");
  const lsp::Positions wide(file, lsp::Encoding::utf16), bytes(file, lsp::Encoding::utf8);
  EXPECT_EQ(wide.offset({0, 4}), 7U);
  EXPECT_EQ(wide.position(7).character, 4U);
  // In the middle of a character: before it. Behind a line's end: at it.
  EXPECT_EQ(wide.offset({0, 3}), 3U);
  EXPECT_EQ(wide.offset({0, 99}), 8U);
  EXPECT_EQ(wide.offset({99, 0}), file.text().size());
  EXPECT_EQ(bytes.offset({0, 7}), 7U);
  EXPECT_EQ(bytes.offset({0, 2}), 1U);
  EXPECT_EQ(bytes.position(7).character, 7U);
}

TEST(Lifecycle, AServerThatIsToldToEndEndsAsItWasTold) {
  const auto run = [](const std::vector<std::string>& bodies) {
    std::string all;
    for (const std::string& body : bodies) all += lsp::framed(body);
    std::istringstream in(all);
    std::ostringstream out;
    lsp::Outside outside;
    const int code = lsp::serve(in, out, outside, "1");
    return std::pair(code, out.str());
  };
  const std::string initialize = R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}})";
  const std::string shutdown = R"({"jsonrpc":"2.0","id":2,"method":"shutdown"})";
  const std::string exit = R"({"jsonrpc":"2.0","method":"exit"})";
  EXPECT_EQ(run({initialize, shutdown, exit}).first, 0);
  EXPECT_EQ(run({initialize, exit}).first, 1);
  EXPECT_EQ(run({exit}).first, 1);
  EXPECT_EQ(run({initialize}).first, 1);
  EXPECT_NE(run({initialize, shutdown, exit}).second.find(R"("id":2,"jsonrpc":"2.0","result":null)"),
            std::string::npos);
}

TEST(Lifecycle, ErrorsHaveTheCodesOfTheProtocol) {
  Client client({});
  EXPECT_EQ(client.request_raw("initialize", Json::object())["error"]["code"], -32600);
  EXPECT_EQ(client.request_raw("no/such", Json::object())["error"]["code"], -32601);
  const Json error = client.request_raw("textDocument/documentSymbol", Json::object())["error"];
  EXPECT_EQ(error["code"], -32602);
  EXPECT_EQ(error["message"],
            "the params are not those of `textDocument/documentSymbol`: key 'textDocument' not found");
  client.server.receive({"{not json", "[1]", "7"});
  EXPECT_EQ(client.sent[client.sent.size() - 3]["error"]["code"], -32700);
  EXPECT_EQ(client.sent[client.sent.size() - 2]["error"]["code"], -32600);
  client.request("shutdown", nullptr);
  EXPECT_EQ(client.request_raw("textDocument/codeAction", Json::object())["error"]["code"], -32600);
  client.notify("exit", nullptr);
  EXPECT_EQ(client.server.exit_code(), 0);
}

TEST(Lifecycle, ARequestBeforeInitializeIsRefused) {
  std::vector<std::string> sent;
  lsp::Server server({}, "1", [&](const std::string& body) { sent.push_back(body); });
  server.receive({R"({"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{}})"});
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(Json::parse(sent[0])["error"]["code"], -32002);
}

TEST(Lifecycle, WhatIsCancelledBeforeItsTurnIsNotWorkedAt) {
  Client client(tests::three_modules());
  client.open("team.muster");
  client.send({{{"id", "a"}, {"method", "textDocument/diagnostic"}, {"params", Client::document("team.muster")}},
               {{"id", "b"}, {"method", "textDocument/diagnostic"}, {"params", Client::document("team.muster")}},
               {{"method", "$/cancelRequest"}, {"params", {{"id", "a"}}}}});
  const auto& sent = client.sent;
  EXPECT_EQ(sent[sent.size() - 2]["error"]["code"], -32800);
  EXPECT_EQ(sent[sent.size() - 1]["id"], "b");
  EXPECT_EQ(sent[sent.size() - 1]["result"]["kind"], "full");
}

// More than there are analyses kept.
TEST(Lifecycle, ManyDocumentsAtOnceAreEachToldOf) {
  Client client({});
  std::vector<Json> opened;
  for (int i = 0; i < 12; ++i) {
    const std::string name = "m" + std::to_string(i) + ".muster";
    opened.push_back({{"method", "textDocument/didOpen"},
                      {"params",
                       {{"textDocument",
                         {{"uri", Client::uri(name)}, {"languageId", "muster"}, {"version", 1}, {"text", "enum"}}}}}});
  }
  client.send(opened);
  for (int i = 0; i < 12; ++i) EXPECT_FALSE(client.diagnostics("m" + std::to_string(i) + ".muster").empty()) << i;
}

TEST(Lifecycle, WhatNestsTooDeepIsRefused) {
  Client client({});
  const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');
  client.server.receive({R"({"id":)" + deep + R"(,"method":"textDocument/hover"})",
                         R"({"id":1,"method":"textDocument/hover","params":)" + deep + "}",
                         R"({"id":[1],"method":"textDocument/hover"})"});
  const auto code = [&](std::size_t from_end) { return client.sent[client.sent.size() - from_end]["error"]["code"]; };
  EXPECT_EQ(code(3), -32700);
  EXPECT_EQ(code(2), -32700);
  EXPECT_EQ(code(1), -32600);
}

// An editor's text is UTF-16, and may hold one without the other for a moment.
TEST(Lifecycle, HalfACharacterIsTakenAsOneThatIsNotKnown) {
  const std::map<std::string, std::string> files = {{"a.muster", ""}};
  Client client(files);
  const auto errors_in = [&](const std::string& escaped) {
    client.server.receive(
        {R"({"method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///p/a.muster","languageId":"muster",)"
         R"("version":1,"text":")" +
         escaped + R"("}}})"});
    client.settle();
    return client.diagnostics("a.muster");
  };
  // A comment may hold anything, and the errors stand behind as many units.
  EXPECT_EQ(errors_in(R"(// \\ud83d \ud83d\nenum \ud83d)"), errors_in(R"(// \\ud83d \uFFFD\nenum \uFFFD)"));
  EXPECT_EQ(errors_in(R"(// \ude00\ud83d\ud83d\ude00\nenum E { a, b })"), std::vector<std::string>{});
  EXPECT_EQ(errors_in(R"(enum E { a, a } // \uD8)"), std::vector<std::string>{}) << "no JSON: the text stays as it was";
  EXPECT_EQ(client.sent.back()["error"]["code"], -32700);
}

// As a request it isn't the protocol's `exit`, and the stream's end is still heeded.
TEST(Lifecycle, TheStreamsEndEndsItWhateverCameBefore) {
  std::istringstream in(lsp::framed(R"({"id":1,"method":"initialize","params":{}})") +
                        lsp::framed(R"({"id":2,"method":"exit"})"));
  std::ostringstream out;
  lsp::Outside outside;
  outside.read = [](const std::string&) { return std::nullopt; };
  EXPECT_EQ(lsp::serve(in, out, outside, "1"), 1);
}

TEST(Lifecycle, EncodingIsUtf8WhereTheClientOffersIt) {
  const auto agreed = [](const Json& capabilities) {
    Client client({}, capabilities);
    return client.sent[0]["result"]["capabilities"]["positionEncoding"].get<std::string>();
  };
  EXPECT_EQ(agreed(Json::object()), "utf-16");
  EXPECT_EQ(agreed({{"general", {{"positionEncodings", {"utf-16", "utf-8"}}}}}), "utf-8");
}

}  // namespace
}  // namespace muster

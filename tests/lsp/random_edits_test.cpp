// SPDX-License-Identifier: Apache-2.0
// Random edits of the examples, sent as incremental changes: what the server then says is what a fresh check says.
// MUSTER_RANDOM_EDITS asks for another number of them; `./dev fuzz` runs a hundred thousand.
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <set>
#include <tuple>

#include "client.h"
#include "compiler/compile.h"
#include "lsp/protocol/positions.h"

namespace muster {
namespace {

using tests::Client;
using tests::Json;

// As `muster check` of the folder: each module with all that it imports, each finding once.
std::vector<std::string> fresh_check(const std::map<std::string, std::string>& files, const std::string& of) {
  std::set<std::tuple<std::uint32_t, std::uint32_t, base::Code, std::string>> seen;
  std::vector<std::string> shown;
  const base::SourceFile file(of, files.at(of));
  const lsp::Positions positions(file, lsp::Encoding::utf16);
  compiler::Loader loader;
  loader.read = [&](const std::string& path) -> std::optional<std::string> {
    const auto found = files.find(path);
    return found == files.end() ? std::nullopt : std::optional(found->second);
  };
  // All of them stand in one folder.
  loader.list = [&](const std::string& folder) {
    std::vector<std::string> names;
    if (!folder.empty()) return names;
    for (const auto& [path, text] : files) names.push_back(path.substr(0, path.size() - 7));
    return names;
  };
  std::vector<std::tuple<std::uint32_t, std::uint32_t, base::Code, std::string, std::string>> all;
  for (const auto& [path, text] : files) {
    const auto compiled = compiler::compile({path, "", "", compiler::Lints::run}, loader);
    for (const base::Diagnostic& each : compiled.diagnostics.list()) {
      if (compiled.sources.file(each.span.file).path() != of) continue;
      if (!seen.emplace(each.span.begin, each.span.end, each.code, each.message).second) continue;
      all.emplace_back(each.span.begin, each.span.end, each.code, each.message, each.help);
    }
  }
  std::sort(all.begin(), all.end());
  for (const auto& [begin, end, code, message, help] : all) {
    const lsp::Range at = positions.range(begin, end);
    shown.push_back(std::to_string(at.start.line) + ":" + std::to_string(at.start.character) + "-" +
                    std::to_string(at.end.line) + ":" + std::to_string(at.end.character) + " " +
                    std::string(base::info(code).id) + " " + message + (help.empty() ? "" : "\nhelp: " + help));
  }
  return shown;
}

// What people do: take a piece away, write a word or a sign, copy a piece of the file to another place.
std::string random_text(std::mt19937& random, const std::string& text) {
  static const std::vector<std::string> pieces = {"",
                                                  " ",
                                                  "\n",
                                                  "{",
                                                  "}",
                                                  "\"",
                                                  "(",
                                                  ")",
                                                  "and ",
                                                  "x",
                                                  ".",
                                                  "not ",
                                                  "< 3",
                                                  "\xC3\xA4",
                                                  "80%",
                                                  ",",
                                                  "none",
                                                  "// ",
                                                  "=",
                                                  "must",
                                                  "require",
                                                  "\r\n",
                                                  "\xF0\x9F\x98\x80"};
  if (random() % 4 != 0 || text.empty()) return pieces[random() % pieces.size()];
  const std::size_t begin = random() % text.size();
  std::string copied = text.substr(begin, random() % 30);
  // Whole characters: nothing else can be sent.
  while (!copied.empty() && (static_cast<unsigned char>(copied.front()) & 0xC0u) == 0x80u) copied.erase(0, 1);
  while (!copied.empty() && static_cast<unsigned char>(copied.back()) >= 0x80u) copied.pop_back();
  return copied;
}

std::size_t character_begin(const std::string& text, std::size_t at) {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u) --at;
  return at;
}

void edit_at_random(const std::string& folder, std::size_t edits, std::uint32_t seed) {
  const auto original = tests::example(folder);
  ASSERT_FALSE(original.empty()) << folder;
  Client client(original);
  auto texts = original;
  std::vector<std::string> paths;
  for (const auto& [path, text] : original) {
    paths.push_back(path);
    client.open(path);
  }
  client.settle();
  std::mt19937 random(seed);
  for (std::size_t i = 0; i < edits; ++i) {
    const std::string& path = paths[random() % paths.size()];
    std::string& text = texts[path];
    // Now and then all is as it was: else after a while nothing would be left that can be read.
    if (random() % 8 == 0) {
      text = original.at(path);
      client.change(path, {{{"text", text}}});
    } else {
      const base::SourceFile file(path, text);
      const lsp::Positions positions(file, lsp::Encoding::utf16);
      const std::size_t begin = character_begin(text, random() % (text.size() + 1));
      const std::size_t end = std::max(
          begin, character_begin(text, std::min(text.size(), begin + (random() % 3 == 0 ? random() % 20 : 0))));
      const std::string inserted = random_text(random, text);
      const Json range = Json{{"start", positions.position(static_cast<std::uint32_t>(begin))},
                              {"end", positions.position(static_cast<std::uint32_t>(end))}};
      // Between the two bytes of a line's end there is no place.
      const std::size_t from = positions.offset(lsp::read_position(range["start"]));
      const std::size_t to = positions.offset(lsp::read_position(range["end"]));
      text.replace(from, std::max(from, to) - from, inserted);
      client.change(path, {{{"range", range}, {"text", inserted}}});
    }
    // The file itself at once, the others as soon as there is time.
    if (i % 10 != 0) continue;
    client.settle();
    for (const std::string& each : paths)
      ASSERT_EQ(client.diagnostics(each), fresh_check(texts, each)) << each << " after edit " << i;
    client.sent.clear();
  }
}

TEST(RandomEdits, LeaveTheServerWithWhatAFreshCheckSays) {
  const char* asked = std::getenv("MUSTER_RANDOM_EDITS");
  const std::size_t edits = asked == nullptr ? 600 : std::strtoull(asked, nullptr, 10);
  const std::vector<std::string> folders = {"examples/first-steps", "examples/kubernetes-prr", "examples/go-live"};
  std::uint32_t seed = 7;
  for (const std::string& folder : folders) edit_at_random(folder, edits / folders.size(), seed++);
}

}  // namespace
}  // namespace muster

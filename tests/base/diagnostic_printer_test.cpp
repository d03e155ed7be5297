// SPDX-License-Identifier: Apache-2.0
#include "base/diagnostic_printer.h"

#include <gtest/gtest.h>

namespace muster::base {
namespace {

// A diagnostic whose spans are found by the text that they cover.
class Printing : public testing::Test {
 protected:
  FileId add(std::string path, std::string text) { return sources.add(std::move(path), std::move(text)); }

  Span at(FileId file, std::string_view piece) const {
    std::size_t begin = sources.file(file).text().find(piece);
    EXPECT_NE(begin, std::string_view::npos) << piece;
    return {file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + piece.size())};
  }

  std::string print(Span span, std::vector<Label> labels = {}, std::string help = {}) const {
    return "\n" + print_diagnostic(
                      {Code::unknown_name, span, "nothing is called `coverge`", std::move(labels), std::move(help)},
                      sources, Colour::off);
  }

  SourceMap sources;
};

TEST_F(Printing, UnderlinesTheNarrowestSpan) {
  FileId file = add("main.muster", "policy p for S \"P\" {\n  must c \"C\" { require coverge >= 80% }\n}\n");
  EXPECT_EQ(print(at(file, "coverge"), {}, "did you mean `coverage`?"), R"(
main.muster:2:24: error[MU0201]: nothing is called `coverge`
  |
2 |   must c "C" { require coverge >= 80% }
  |                        ^^^^^^^
  = help: did you mean `coverage`?
)");
}

TEST_F(Printing, HelpMayHaveSeveralLines) {
  FileId file = add("main.muster", "coverge");
  EXPECT_EQ(print(at(file, "coverge"), {}, "write a guard:\n  when coverage is present"), R"(
main.muster:1:1: error[MU0201]: nothing is called `coverge`
  |
1 | coverge
  | ^^^^^^^
  = help: write a guard:
            when coverage is present
)");
}

TEST_F(Printing, LabelsOfOneLineHangBelow) {
  FileId file = add("main.muster", "let a = plan == coverge + tier\n");
  EXPECT_EQ(print(at(file, "coverge"), {{at(file, "plan"), "this is a text"},
                                        {at(file, "tier"), "this is an int"},
                                        {at(file, "let"), "in this clause"}}),
            R"(
main.muster:1:17: error[MU0201]: nothing is called `coverge`
  |
1 | let a = plan == coverge + tier
  | ---     ----    ^^^^^^^   ---- this is an int
  | |       |
  | |       this is a text
  | in this clause
)");
}

TEST_F(Printing, LabelsUnderOneAnother) {
  FileId file = add("main.muster", "a.b coverge\n");
  EXPECT_EQ(print(at(file, "coverge"), {{at(file, "a.b"), "whole"}, {at(file, "a"), "first"}}), R"(
main.muster:1:5: error[MU0201]: nothing is called `coverge`
  |
1 | a.b coverge
  | --- ^^^^^^^
  | |
  | first
  | whole
)");
}

TEST_F(Printing, TheMainSpanMayLieWithinALabel) {
  FileId file = add("main.muster", "a + coverge + b\n");
  EXPECT_EQ(print(at(file, "coverge"), {{at(file, "a + coverge + b"), "this sum"}}), R"(
main.muster:1:5: error[MU0201]: nothing is called `coverge`
  |
1 | a + coverge + b
  | ----^^^^^^^----
  | |
  | this sum
)");
}

TEST_F(Printing, LabelsOnOtherLines) {
  std::string text = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\ncoverge\n";
  FileId file = add("main.muster", text);
  EXPECT_EQ(print(at(file, "coverge"), {{at(file, "two"), "far away"}, {at(file, "nine"), "nearly beside"}}), R"(
main.muster:11:1: error[MU0201]: nothing is called `coverge`
   |
 2 | two
   | --- far away
...
 9 | nine
   | ---- nearly beside
10 | ten
11 | coverge
   | ^^^^^^^
)");
}

TEST_F(Printing, LabelsInOtherFiles) {
  FileId other = add("base/golive.muster", "module\n  must coverage\n");
  FileId file = add("main.muster", "x\ncoverge\n");
  EXPECT_EQ(print(at(file, "coverge"), {{at(other, "coverage"), "declared here"}}, "rename one of them"), R"(
main.muster:2:1: error[MU0201]: nothing is called `coverge`
  |
2 | coverge
  | ^^^^^^^
 --> base/golive.muster:2:8
  |
2 |   must coverage
  |        -------- declared here
  = help: rename one of them
)");
}

TEST_F(Printing, TabsAndWideAndZeroWidthCharacters) {
  FileId file = add("main.muster", "\tmust c \"\xE6\xBC\xA2\xE5\xAD\x97 e\xCC\x81\" coverge\tend\n");
  EXPECT_EQ(print(at(file, "coverge"), {{at(file, "end"), "and here"}}),
            "\nmain.muster:1:17: error[MU0201]: nothing is called `coverge`\n"
            "  |\n"
            "1 |     must c \"\xE6\xBC\xA2\xE5\xAD\x97 e\xCC\x81\" coverge    end\n"
            "  |                     ^^^^^^^    --- and here\n");
}

TEST_F(Printing, ControlCharactersAndBrokenTextAreShownHarmlessly) {
  FileId file = add("main.muster", "a\x1b[31m \xFF\xC3 \xE2\x80\xAE coverge\n");
  EXPECT_EQ(print(at(file, "coverge")),
            "\nmain.muster:1:13: error[MU0201]: nothing is called `coverge`\n"
            "  |\n"
            "1 | a\xEF\xBF\xBD[31m \xEF\xBF\xBD\xEF\xBF\xBD \xEF\xBF\xBD coverge\n"
            "  |             ^^^^^^^\n");
}

TEST_F(Printing, WindowsLineEndsAreNoPartOfALine) {
  FileId file = add("main.muster", "one\r\ncoverge\r\n");
  EXPECT_EQ(print({file, 5, 14}), R"(
main.muster:2:1: error[MU0201]: nothing is called `coverge`
  |
2 | coverge
  | ^^^^^^^
)");
  EXPECT_EQ(print({file, 12, 14}), R"(
main.muster:2:8: error[MU0201]: nothing is called `coverge`
  |
2 | coverge
  |        ^
)");
}

TEST_F(Printing, AByteOrderMarkTakesNoColumn) {
  FileId file = add("main.muster",
                    "\xEF\xBB\xBF"
                    "coverge\n");
  EXPECT_EQ(print(at(file, "coverge")), R"(
main.muster:1:1: error[MU0201]: nothing is called `coverge`
  |
1 | coverge
  | ^^^^^^^
)");
}

TEST_F(Printing, TheEndOfAFile) {
  FileId with_line_end = add("main.muster", "policy {\n");
  EXPECT_EQ(print({with_line_end, 9, 9}), R"(
main.muster:2:1: error[MU0201]: nothing is called `coverge`
  |
2 |
  | ^
)");
  FileId without = add("main.muster", "policy {");
  EXPECT_EQ(print({without, 8, 8}), R"(
main.muster:1:9: error[MU0201]: nothing is called `coverge`
  |
1 | policy {
  |         ^
)");
  FileId empty = add("main.muster", "");
  EXPECT_EQ(print({empty, 0, 0}), R"(
main.muster:1:1: error[MU0201]: nothing is called `coverge`
  |
1 |
  | ^
)");
}

TEST_F(Printing, SpansOfSeveralLinesAreMarkedOnTheirFirst) {
  FileId file = add("main.muster", "must c {\n  require a\n}\n");
  EXPECT_EQ(print({file, 5, 23}), R"(
main.muster:1:6: error[MU0201]: nothing is called `coverge`
  |
1 | must c {
  |      ^^^
)");
}

TEST_F(Printing, LongLinesAreCutAroundTheSpan) {
  FileId file = add("main.muster", std::string(500, 'a') + " coverge " + std::string(500, 'b') + " end\n");
  EXPECT_EQ(print(at(file, "coverge"), {{at(file, "end"), "far to the right"}}),
            "\nmain.muster:1:502: error[MU0201]: nothing is called `coverge`\n"
            "  |\n"
            "1 | ..." +
                std::string(29, 'a') + " coverge " + std::string(62, 'b') +
                "...\n"
                "  |" +
                std::string(34, ' ') +
                "^^^^^^^\n"
                "1 | ..." +
                std::string(96, 'b') +
                " end\n"
                "  |" +
                std::string(101, ' ') + "--- far to the right\n");
}

TEST_F(Printing, LongLinesAreCutAtTheirBeginningAndInsideASpan) {
  FileId file = add("main.muster", std::string(300, 'a') + "\n");
  EXPECT_EQ(print({file, 0, 300}),
            "\nmain.muster:1:1: error[MU0201]: nothing is called `coverge`\n"
            "  |\n"
            "1 | " +
                std::string(100, 'a') +
                "...\n"
                "  | " +
                std::string(100, '^') + "\n");
}

TEST_F(Printing, ALineOfMegabytesCostsLittle) {
  FileId file = add("main.muster", std::string(8'000'000, 'x') + "coverge");
  std::string text;
  for (int i = 0; i < 20; ++i) text = print(at(file, "coverge"));
  EXPECT_LT(text.size(), 400u);
}

TEST_F(Printing, WarningsSaySo) {
  FileId file = add("main.muster", "coverge\n");
  Diagnostic diagnostic{Code::unknown_name, at(file, "coverge"), "m", {}, {}};
  for (const CodeInfo& each : all_codes()) {
    diagnostic.code = each.code;
    std::string heading = print_diagnostic(diagnostic, sources, Colour::off);
    EXPECT_TRUE(heading.starts_with(
        "main.muster:1:1: " + std::string(each.severity == Severity::error ? "error[" : "warning[") +
        std::string(each.id) + "]: m\n"))
        << heading;
  }
}

TEST_F(Printing, ADiagnosticWithoutSourceIsItsHeading) {
  EXPECT_EQ(print({0, 0, 0}), "\nerror[MU0201]: nothing is called `coverge`\n");
}

TEST_F(Printing, ALineEndsWithAnyOfTheThreeLineEnds) {
  for (const std::string_view line_end : {"\n", "\r\n", "\r"}) {
    std::string text;
    for (const std::string_view line : {"one", "", "let b = coverge", "four"}) text.append(line).append(line_end);
    FileId file = add("main.muster", text);
    EXPECT_EQ(print(at(file, "coverge")),
              "\nmain.muster:3:9: error[MU0201]: nothing is called `coverge`\n"
              "  |\n"
              "3 | let b = coverge\n"
              "  |         ^^^^^^^\n");
    EXPECT_EQ(sources.file(file).line_count(), 5u);
  }
}

TEST_F(Printing, ColumnsFarOutCountCharacters) {
  std::string text = "first\n";
  for (int i = 0; i < 5'000; ++i) text += "\xC3\xA4";
  FileId file = add("main.muster", text + "coverge");
  for (const auto& [offset, column] :
       {std::pair{6u, 1u}, {8u, 2u}, {1'024u, 510u}, {10'006u, 5'001u}, {10'013u, 5'008u}, {20'000u, 5'008u}})
    EXPECT_EQ(sources.file(file).line_column(offset).column, column) << offset;
}

TEST_F(Printing, MessagesStayOnOneLine) {
  FileId file = add("main.muster", "coverge");
  Diagnostic diagnostic{Code::unknown_name, at(file, "coverge"), "a\nb\x1b", {}, {}};
  std::string text = print_diagnostic(diagnostic, sources, Colour::off);
  EXPECT_TRUE(text.starts_with("main.muster:1:1: error[MU0201]: a b\xEF\xBF\xBD\n")) << text;
}

TEST_F(Printing, ColourAddsNothingButColour) {
  FileId file = add("main.muster", "let a = plan == coverge + tier\n");
  Diagnostic diagnostic{
      Code::unknown_name, at(file, "coverge"), "m", {{at(file, "plan"), "left"}, {at(file, "tier"), "right"}}, "help"};
  std::string coloured = print_diagnostic(diagnostic, sources, Colour::on);
  std::string plain;
  for (std::size_t i = 0; i < coloured.size(); ++i) {
    if (coloured[i] == '\x1b') {
      i = coloured.find('m', i);
    } else {
      plain += coloured[i];
    }
  }
  EXPECT_NE(coloured, plain);
  EXPECT_EQ(plain, print_diagnostic(diagnostic, sources, Colour::off));
}

}  // namespace
}  // namespace muster::base

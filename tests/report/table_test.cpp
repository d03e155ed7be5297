// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "runtime/report/columns.h"
#include "tests/report/portfolio.h"
#include "tests/source_text.h"

namespace muster::report {
namespace {

std::vector<verdicts::Outcome> partners(Portfolio& portfolio, std::size_t more) {
  portfolio.add_gate("ready");
  portfolio.add_gate("gold");
  portfolio.policy().levels.push_back({"maturity", {0, 1}, {}, "", {}});
  portfolio.add_score("readiness");
  portfolio.add_criterion("support_plan", "A support contract meets their needs");
  portfolio.add_criterion("recovery_tested", "The disaster recovery plan was tested");
  portfolio.add_criterion("coverage", "The tests cover enough of the code");
  portfolio.add_criterion("alerts", "Alerts reach somebody who can act", typed::Level::should);
  portfolio.run.set = {{"min_coverage", "90%"}};

  const auto add = [](std::vector<verdicts::Outcome>& all, verdicts::SubjectResult result, const char* label,
                      Truth gold, verdicts::LevelResult level, verdicts::ScoreResult points) {
    if (label != nullptr) result.label = label;
    result.gates.push_back(gold);
    result.levels = {level};
    result.scores = {points};
    all.push_back(result);
  };
  std::vector<verdicts::Outcome> all;
  add(all, subject("northwind", Truth::yes, {met(), met(), met(), unmet({"no alert has a receiver"})}),
      "Northwind Traders", Truth::no, {0, 0}, score(91.25, 91.25));
  add(all,
      subject("adatum-billing", Truth::no,
              {unmet({"plan is basic, at least pro_direct is needed"}),
               unmet({"no full failover has been rehearsed in the last 6 months, and the one before that was stopped "
                      "half way"}),
               unknown({{"coverage", evidence::Reason::missing, {0, 2}}, {"lines", evidence::Reason::invalid, {0, 2}}}),
               met()}),
      "Adatum billing", Truth::no, {}, score(12.5, 37.5));
  add(all,
      subject("kyoto", Truth::unknown,
              {met(), unknown({{"drills[2].date", evidence::Reason::stale, {0, 3}}}), met(), met()}),
      "京都の配送サービス", Truth::unknown, {std::nullopt, 1}, score(75, 100));
  for (std::size_t i = 0; i < more; ++i) {
    add(all, subject("p" + std::to_string(i), Truth::yes, {met(), met(), met(), met()}), nullptr, Truth::yes, {1, 1},
        score(100, 100));
  }
  return all;
}

std::string table(std::uint32_t width, std::size_t more) {
  Portfolio portfolio;
  portfolio.context.width = width;
  const auto outcomes = partners(portfolio, more);
  return portfolio.write("table", outcomes);
}

std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) widest = std::max(widest, columns(line));
  return widest;
}

TEST(Table, FitsEveryWidth) {
  for (std::uint32_t width = 40; width <= 200; ++width) EXPECT_LE(widest_line(table(width, 30)), width) << width;
}

TEST(Table, AtSixtyColumns) {
  EXPECT_EQ(table(60, 0),
            "Are they ready to go live?\n"
            "contoso.go_live · as of 2026-11-23 · set min_coverage=90%\n"
            "3 subjects\n"
            "\n"
            "ready  ✗ 1 fail  33%  ? 1 undecided  33%  ✓ 1 pass  33%\n"
            "gold   ✗ 2 fail  67%  ? 1 undecided  33%  ✓ 0 pass   0%\n"
            "\n"
            "  ready      readiness   maturity   subject\n"
            "✗ fail       12.5–37.5%  none       Adatum billing  adatum-…\n"
            "  ✗ A support contract meets their needs: plan is basic, at\n"
            "    least pro_direct is needed\n"
            "  ✗ The disaster recovery plan was tested: no full failover\n"
            "    has been rehearsed in the last 6 months, and the one\n"
            "    before that was stopped half way\n"
            "  ? The tests cover enough of the code: coverage is missing,\n"
            "    lines is invalid (partners.ndjson:2)\n"
            "\n"
            "? undecided  75–100%     none–gold  京都の配送サービス\n"
            "  ? The disaster recovery plan was tested: drills[2].date is\n"
            "    stale (partners.ndjson:3)\n"
            "\n"
            "✓ pass       91.3%       ready      Northwind Traders\n"
            "\n"
            "not met most often\n"
            "1  33%  must    A support contract meets their needs\n"
            "1  33%  must    The disaster recovery plan was tested\n"
            "1  33%  should  Alerts reach somebody who can act  alerts\n");
}

TEST(Table, WhereTheyDoNotFitGatesTakeALineForEachVerdict) {
  const std::string narrow = table(40, 30);
  EXPECT_NE(narrow.find("\nready\n  ✗  1 fail\n  ?  1 undecided\n  ✓ 31 pass\n"), std::string::npos) << narrow;
}

TEST(Table, CountsTheSubjectsThatItLeavesOut) {
  EXPECT_NE(table(80, 30).find("… and 13 subjects more (--limit 33 shows all)\n"), std::string::npos);
}

TEST(Table, KeepsTheWorstWhateverTheirPlace) {
  Portfolio portfolio;
  portfolio.add_gate("ready");
  portfolio.add_score("readiness");
  portfolio.selection.limit = 2;
  std::vector<verdicts::Outcome> outcomes;
  for (const double points : {90.0, 10.0, 50.0, 20.0}) {
    auto result = subject("s" + std::to_string(static_cast<int>(points)), Truth::no, {});
    result.scores = {score(points, points)};
    outcomes.push_back(result);
  }
  const std::string text = portfolio.write("table", outcomes);
  EXPECT_LT(text.find("s10"), text.find("s20"));
  EXPECT_NE(text.find("s20"), std::string::npos);
  EXPECT_EQ(text.find("s50"), std::string::npos);
  EXPECT_EQ(text.find("s90"), std::string::npos);
}

// Of waivers it keeps which were shown, not by whom.
struct Waived {
  Portfolio portfolio;
  std::unique_ptr<compiler::Compilation> compilation;
  std::vector<verdicts::Outcome> outcomes;

  explicit Waived(std::uint32_t width) {
    compilation = compiled(R"(
      subject S { key id: text  ok: bool }
      policy p for S "P" { must rule "Rule" { require ok } }
      waive p.rule for "a" until 2026-12-23 by "w" because "r"
      waive p.rule for "b" until 2026-12-24 by "w" because "r"
      waive p.rule for "b" until 2026-12-24 by "w" because "r"
      waive p.rule for "b" until 2026-11-22 by "w" because "r"
      waive p.rule for "b" from 2026-11-24 until 2026-11-30 by "w" because "r"
    )");
    portfolio.context.waivers =
        std::make_shared<waivers::Book>(compilation->program, 0, *base::make_date({2026, 11, 23}));
    portfolio.context.width = width;
    portfolio.add_gate("ready");
    portfolio.add_criterion("rule", "The rule is kept");
    auto result = met();
    result.status = Status::waived;
    result.waiver = 0;
    result.waived_until = base::parse_date("2026-12-23");
    result.waived_by = "the head of\nall operations";
    result.waived_because = "a part is to come";
    outcomes = {subject("a", Truth::yes, {result})};
  }
};

TEST(Table, SaysWhatWaiversThereAre) {
  Waived waived(70);
  const std::string text = waived.portfolio.write("table", waived.outcomes);
  EXPECT_NE(text.find("\n\nwaivers: 1 in force · 2 in force and unused · 1 ends within 30 days ·\n"
                      "1 still to begin · 1 expired\n"),
            std::string::npos)
      << text;
  EXPECT_EQ(text.find("waived until"), std::string::npos);
}

TEST(Table, NamesOfOneSubjectWhoWaivedUntilWhenAndWhy) {
  Waived waived(70);
  waived.portfolio.context.detail = Context::Detail::all;
  const std::string text = waived.portfolio.write("table", waived.outcomes);
  EXPECT_NE(text.find("\n  ~ The rule is kept: waived until 2026-12-23 by the head of"), std::string::npos) << text;
  EXPECT_NE(text.find("a part is to come\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("waivers:"), std::string::npos);
}

TEST(Table, FitsEveryWidthWithWaivers) {
  for (std::uint32_t width = 40; width <= 120; ++width) {
    Waived waived(width);
    EXPECT_LE(widest_line(waived.portfolio.write("table", waived.outcomes)), width);
    waived.portfolio.context.detail = Context::Detail::all;
    EXPECT_LE(widest_line(waived.portfolio.write("table", waived.outcomes)), width);
  }
}

TEST(Table, NothingFromEvidenceMovesTheCursor) {
  Portfolio portfolio;
  portfolio.add_gate("ready");
  portfolio.add_criterion("c", "C");
  auto result = subject("a\x1b[2Jb\nc", Truth::no, {unmet({"\x1b]0;title\x07"})});
  result.label = "\x1b[31mred";
  const std::string text = portfolio.write("table", {result, result});
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find('\x07'), std::string::npos);
}

TEST(Table, AlmostAllIsNotAllAndAlmostNoneNotNone) {
  Portfolio portfolio;
  portfolio.add_gate("ready");
  portfolio.add_score("readiness");
  std::vector<verdicts::Outcome> outcomes;
  for (int i = 0; i < 1'000; ++i) {
    auto result = subject("s" + std::to_string(i), i == 0 ? Truth::no : Truth::yes, {});
    result.scores = {i == 0 ? score(0.001, 99.999) : score(100, 100)};
    outcomes.push_back(result);
  }
  const std::string text = portfolio.write("table", outcomes);
  EXPECT_NE(text.find("✗    1 fail  <1%"), std::string::npos) << text;
  EXPECT_NE(text.find("✓  999 pass >99%"), std::string::npos) << text;
  EXPECT_NE(text.find("0.1–99.9%"), std::string::npos) << text;
}

}  // namespace
}  // namespace muster::report

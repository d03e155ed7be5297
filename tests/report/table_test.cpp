// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "runtime/report/columns.h"
#include "tests/report/portfolio.h"

namespace muster::report {
namespace {

std::vector<verdicts::Outcome> partners(Portfolio& portfolio, std::size_t more) {
  portfolio.add_gate("ready");
  portfolio.add_gate("gold");
  portfolio.policy().levels.push_back({"maturity", {0, 1}, "", {}});
  portfolio.add_score("readiness");
  portfolio.add_criterion("support_plan", "A support contract meets their needs");
  portfolio.add_criterion("recovery_tested", "The disaster recovery plan was tested");
  portfolio.add_criterion("coverage", "The tests cover enough of the code");
  portfolio.add_criterion("alerts", "Alerts reach somebody who can act", typed::Level::should);
  portfolio.run.set = {{"min_coverage", "90%"}};

  const auto add = [](std::vector<verdicts::Outcome>& all, verdicts::SubjectResult result, const char* label, Truth gold, verdicts::LevelResult level, verdicts::ScoreResult points) {
    if (label != nullptr) result.label = label;
    result.gates.push_back(gold);
    result.levels = {level};
    result.scores = {points};
    all.push_back(result);
  };
  std::vector<verdicts::Outcome> all;
  add(all, subject("northwind", Truth::yes, {met(), met(), met(), unmet({"no alert has a receiver"})}), "Northwind Traders", Truth::no, {0, 0}, score(91.25, 91.25));
  add(all, subject("adatum-billing", Truth::no,
                   {unmet({"plan is basic, at least pro_direct is needed"}),
                    unmet({"no full failover has been rehearsed in the last 6 months, and the one before that was stopped half way"}),
                    unknown({{"coverage", evidence::Reason::missing, {0, 2}}, {"lines", evidence::Reason::invalid, {0, 2}}}), met()}),
      "Adatum billing", Truth::no, {}, score(12.5, 37.5));
  add(all, subject("kyoto", Truth::unknown, {met(), unknown({{"drills[2].date", evidence::Reason::stale, {0, 3}}}), met(), met()}),
      "京都の配送サービス", Truth::unknown, {std::nullopt, 1}, score(75, 100));
  for (std::size_t i = 0; i < more; ++i) {
    add(all, subject("p" + std::to_string(i), Truth::yes, {met(), met(), met(), met()}), nullptr, Truth::yes, {1, 1}, score(100, 100));
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

}  // namespace
}  // namespace muster::report

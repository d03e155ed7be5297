// SPDX-License-Identifier: Apache-2.0
// What source text can't easily reach: every part of a result at once, and its order.
#include <gtest/gtest.h>

#include "tests/report/portfolio.h"

namespace muster::report {
namespace {

verdicts::Outcome everything(Portfolio& portfolio) {
  portfolio.add_gate("ready");
  portfolio.add_gate("gold");
  portfolio.policy().levels.push_back({"maturity", {0, 1}, {}, "", {}});
  portfolio.add_score("readiness");
  portfolio.add_score("docs");
  for (const char* name : {"tested", "covered", "waived", "later", "assumed"}) portfolio.add_criterion(name, name);
  typed::Show risk, none, hidden, dates;
  risk.name = "risk";
  none.name = "none";
  hidden.name = "hidden";
  dates.name = "dates";
  portfolio.policy().shows = {risk, none, hidden, dates};
  portfolio.run.set = {{"min_coverage", "90%"}};

  auto waived = met(), later = met(), assumed = met();
  waived.status = Status::waived;
  waived.waived_until = base::parse_date("2027-01-31");
  waived.waived_by = "head of operations";
  later.status = Status::na;
  later.upcoming = base::parse_date("2027-04-01");
  later.would_be = Status::unmet;
  later.because = {"no region"};
  assumed.assumed = {"feedback.count"};
  auto result = subject(
      "p1", Truth::no,
      {unmet({"no drill"}), unknown({{"coverage", evidence::Reason::missing, {0, 17}}}), waived, later, assumed});
  result.label = "Adatum";
  result.gates.push_back(Truth::unknown);
  result.levels = {{0, 1}};
  result.scores = {score(62.5, 87.5), {}};
  result.scores.front().shown = 62.5;
  result.scores.front().may_be_none = true;
  result.scores.back().may_be_none = true;  // and has no value: none

  verdicts::ShownValue text{evidence::State::known, types::kText, std::string("medium"), {}};
  verdicts::ShownValue date{evidence::State::known, types::kDate, *base::parse_date("2026-01-02"), {}};
  verdicts::ShownValue list{evidence::State::known, portfolio.program.types.list_of(types::kDate), {}, {date, date}};
  result.shows = {text, {evidence::State::absent, types::kText, {}, {}}, {}, list};
  result.problems = {{"launch", evidence::Reason::invalid, "soon", {0, 17}}};
  return result;
}

TEST(Documents, AResultHasItsKeysInOrder) {
  Portfolio portfolio;
  const auto outcome = everything(portfolio);
  EXPECT_EQ(
      portfolio.write("ndjson", {outcome}),
      R"({"muster":1,"policy":"contoso.go_live","as_of":"2026-11-23","subject":"p1","label":"Adatum",)"
      R"("set":{"min_coverage":"90%"},"gates":{"ready":"fail","gold":"undecided"},)"
      R"("levels":{"maturity":{"sure":"ready","possible":"gold"}},)"
      R"("scores":{"readiness":{"low":62.5,"high":87.5,"shown":62.5,"none":"possible"},"docs":{"none":true}},)"
      R"("criteria":{"tested":{"status":"unmet","because":["no drill"]},)"
      R"("covered":{"status":"unknown","missing":[{"field":"coverage","reason":"missing","source":"partners.ndjson:17"}]},)"
      R"("waived":{"status":"waived","until":"2027-01-31","by":"head of operations"},)"
      R"("later":{"status":"na","upcoming":"2027-04-01","would_be":"unmet","because":["no region"]},)"
      R"("assumed":{"status":"met","assumed":["feedback.count"]}},)"
      R"("shown":{"risk":"medium","none":null,"dates":["2026-01-02","2026-01-02"]},)"
      R"("problems":[{"field":"launch","reason":"invalid","raw":"soon","source":"partners.ndjson:17"}]})"
      "\n");
}

TEST(Documents, CsvHasAColumnForEachPart) {
  Portfolio portfolio;
  const auto outcome = everything(portfolio);
  EXPECT_EQ(
      portfolio.write("csv", {outcome, unreadable(18, "it is \"no\" JSON")}),
      "subject,label,gate.ready,gate.gold,level.maturity,level.maturity.possible,score.readiness.low,score.readiness."
      "high,"
      "score.docs.low,score.docs.high,tested,covered,waived,later,assumed,show.risk,show.none,show.hidden,show.dates,"
      "error\r\n"
      "p1,Adatum,fail,undecided,ready,gold,62.5,87.5,,,unmet,unknown,waived,na,met,medium,,,2026-01-02; 2026-01-02,\r\n"
      ",,,,,,,,,,,,,,,,,,,\"partners.ndjson:18: it is \"\"no\"\" JSON\"\r\n");
}

TEST(Documents, ACriterionNamedAsAColumnKeepsItsOwn) {
  Portfolio portfolio;
  portfolio.add_gate("ready");
  portfolio.add_criterion("label", "It has a label");
  EXPECT_EQ(portfolio.write("csv", {}), "subject,label,gate.ready,criterion.label,error\r\n");
}

TEST(Documents, TheSummaryCountsAllWhateverIsPrinted) {
  Portfolio portfolio;
  portfolio.add_gate("ready");
  portfolio.add_criterion("tested", "Tested");
  portfolio.selection = {verdicts::Verdict::fail, 1};
  auto again = subject("a", Truth::yes, {met()});
  again.stood_before = true;
  const std::vector<verdicts::Outcome> outcomes{subject("a", Truth::no, {unmet({})}), again, unreadable(3, "broken"),
                                                subject("b", Truth::no, {unmet({})})};
  const std::string summary =
      R"({"muster":1,"policy":"contoso.go_live","as_of":"2026-11-23","subjects":3,"unreadable":1,"duplicate_keys":1,"checked_keys":3,)"
      R"("gates":{"ready":{"pass":1,"fail":2,"undecided":0}},"criteria":{"tested":{"met":1,"unmet":2,"unknown":0,"na":0,"waived":0}},)"
      R"("waivers":{"in_force":0,"expired":0,"unused":0,"expiring_30_days":0,"upcoming":0,"unreadable":0,"refused":0}})";
  EXPECT_EQ(portfolio.write("summary", outcomes), summary + "\n");
  EXPECT_EQ(
      portfolio.write("json", outcomes),
      "{\"muster\":1,\"results\":[\n"
      R"({"muster":1,"policy":"contoso.go_live","as_of":"2026-11-23","subject":"a","gates":{"ready":"fail"},"criteria":{"tested":{"status":"unmet"}}})"
      ",\n"
      R"({"muster":1,"error":{"source":"partners.ndjson:3","message":"broken"}})"
      "\n],\n\"summary\":" +
          summary + "}\n");
}

// Where a subject has no scores without waivers, its scores are those. One that is none then counts in neither mean.
TEST(Documents, TheSummaryHasTheMeansOfScoresWithoutWaivers) {
  Portfolio portfolio;
  portfolio.add_gate("ready");
  portfolio.add_score("readiness");
  auto as_it_is = subject("a", Truth::yes, {}), waived = as_it_is, none = as_it_is;
  as_it_is.scores = {score(40, 60)};
  waived.scores = {score(100, 100)};
  waived.scores_without_waivers = {score(50, 90)};
  none.scores = {score(10, 10)};
  none.scores_without_waivers = {{}};
  none.scores_without_waivers.front().may_be_none = true;
  const std::string summary = portfolio.write("summary", {as_it_is, waived, none});
  const std::string expected = R"("scores":{"readiness":{"mean_low":50,"mean_high":56.666666666666664}},)"
                               R"("scores_without_waivers":{"readiness":{"mean_low":45,"mean_high":75}},"waivers":{)";
  EXPECT_NE(summary.find(expected), std::string::npos) << summary;
  EXPECT_NE(portfolio.write("summary", {none}).find(R"("scores_without_waivers":{"readiness":{"none":true}})"),
            std::string::npos);
}

TEST(Documents, JsonOfNothing) {
  Portfolio portfolio;
  const std::string begin = "{\"muster\":1,\"results\":[],\n\"summary\":{";
  EXPECT_EQ(portfolio.write("json", {}).substr(0, begin.size()), begin);
}

TEST(Documents, AFormatThatIsNoneGivesNoWriter) {
  Portfolio portfolio;
  std::ostringstream out;
  EXPECT_EQ(make_writer("xml", portfolio.context, portfolio.selection, out), nullptr);
  for (const auto& name : format_names())
    EXPECT_NE(make_writer(name, portfolio.context, portfolio.selection, out), nullptr);
}

}  // namespace
}  // namespace muster::report

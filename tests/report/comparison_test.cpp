// SPDX-License-Identifier: Apache-2.0
// What no command line reaches: comparisons in the columns of a terminal, and what is kept of many subjects.
#include "runtime/report/comparison.h"

#include <sstream>

#include <gtest/gtest.h>

#include "runtime/report/columns.h"
#include "tests/report/portfolio.h"

namespace muster::report {
namespace {

using compare::Difference;
using compare::Of;
using compare::What;

// A policy and its later version, which has a criterion more.
class Comparisons : public ::testing::Test {
 protected:
  Comparisons() {
    portfolio_.add_gate("ready");
    portfolio_.add_criterion("restored", "A restore was rehearsed");
    context_.sides.before = context_.sides.after = {&portfolio_.program, 0, 0, &portfolio_.run, nullptr};
    context_.files = {"old.muster", "new.muster"};
    context_.file_names = {&portfolio_.file_names, &portfolio_.file_names};
    context_.place = [](compare::Which, base::Span) { return std::string("new.muster:31"); };
    context_.written = [](compare::Which, typed::ExprId) { return std::string("rehearsal is present"); };
    differences_.all.push_back(added());
    compare::ComparedCriterion compared;
    compared.name = "restored";
    compared.index = {compare::kNone, 0};
    compared.presence = 0;
    differences_.criteria.push_back(compared);
    context_.differences = &differences_;
  }

  static Difference added() {
    Difference difference;
    difference.of = Of::criterion;
    difference.what = What::added;
    difference.name = "restored";
    difference.after = "must";
    difference.place = base::Span{};
    return difference;
  }

  std::string write(const std::string& format, int subjects) {
    std::ostringstream out;
    const auto writer = make_comparison_writer(format, context_, out);
    const compare::ToldCause cause{{added()}, {}};
    for (int i = 0; i < subjects; ++i) {
      const std::string key = "subject-" + std::to_string(i);
      const verdicts::Outcome before = subject(key, Truth::yes, {met()});
      const verdicts::Outcome after =
          subject(key, i % 2 == 0 ? Truth::unknown : Truth::no, {unmet({"never rehearsed"})});
      compare::ComparedSubject compared;
      compared.position = static_cast<std::uint64_t>(i);
      compared.outcomes = {&before, &after};
      compared.cause = &cause;
      writer->add(compared);
    }
    writer->finish({});
    return out.str();
  }

  Portfolio portfolio_;
  compare::Differences differences_;
  ComparisonContext context_;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST_F(Comparisons, NoLineIsWiderThanTheTerminal) {
  for (const std::uint32_t width : {40u, 60u, 80u, 100u, 200u}) {
    context_.width = width;
    for (const std::string& line : lines_of(write("text", 30))) EXPECT_LE(columns(line), width) << line;
  }
}

TEST_F(Comparisons, WhoFailsStandsBeforeWhoIsUndecided) {
  context_.limit = 3;
  const std::string text = write("text", 6);
  EXPECT_NE(text.find("✗ pass → fail  subject-1"), std::string::npos);
  EXPECT_NE(text.find("✗ pass → fail  subject-3"), std::string::npos);
  EXPECT_NE(text.find("✗ pass → fail  subject-5"), std::string::npos);
  EXPECT_EQ(text.find("subject-0"), std::string::npos);
  EXPECT_NE(text.find("… and 3 subjects more (--limit 6 shows all)"), std::string::npos);
}

TEST_F(Comparisons, AllAreListedInADocument) {
  const std::string text = write("json", 200);
  EXPECT_NE(text.find("\"subject\":\"subject-199\""), std::string::npos);
  EXPECT_NE(text.find("\"changes\":200,\"lose_pass\":200,\"gain_pass\":0"), std::string::npos);
}

TEST_F(Comparisons, ThereIsNoOtherFormat) {
  std::ostringstream out;
  EXPECT_EQ(make_comparison_writer("html", context_, out), nullptr);
}

}  // namespace
}  // namespace muster::report

// SPDX-License-Identifier: Apache-2.0
// Counting, 64 subjects at a time.
#include <bit>

#include "runtime/findings/findings.h"

namespace muster::findings {

using columns::kRowsOfWord;
using columns::Window;
using ir::kNoValue;
using ir::ValueId;

namespace {

// A bitmap, word by word; of a uniform one all words are the same.
class Words {
 public:
  Words(const columns::Executor& executor, ValueId value) : view_(executor.value(value)) {
    if (view_.uniform) all_ = view_.at(0) ? ~std::uint64_t{0} : 0;
  }
  std::uint64_t at(std::size_t word) const { return view_.uniform ? all_ : view_.bits[word]; }

 private:
  columns::View view_;
  std::uint64_t all_ = 0;
};

// Calls each(word, which of its rows lie in the window).
template <typename Each>
void for_each_word(Window window, const Each& each) {
  for (std::size_t word = window.first / kRowsOfWord; word * kRowsOfWord < window.last; ++word) {
    std::uint64_t rows = ~std::uint64_t{0};
    const std::size_t first = word * kRowsOfWord;
    if (first < window.first) rows &= ~std::uint64_t{0} << (window.first - first);
    if (first + kRowsOfWord > window.last) rows &= ~std::uint64_t{0} >> (first + kRowsOfWord - window.last);
    each(word, rows);
  }
}

std::uint64_t count_of(std::uint64_t bits) { return static_cast<std::uint64_t>(std::popcount(bits)); }

void count_criterion(const columns::Executor& executor, const ir::CriterionOut& out, Window window,
                     std::array<std::uint64_t, 5>& counts) {
  const Words met(executor, out.met), unmet(executor, out.unmet), na(executor, out.na), waived(executor, out.waived);
  std::array<std::uint64_t, 5> found{};
  const auto add = [&](typed::Status status, std::uint64_t bits) {
    found[static_cast<std::size_t>(status)] += count_of(bits);
  };
  // As PossibleSet::shown says.
  for_each_word(window, [&](std::size_t word, std::uint64_t rows) {
    const std::uint64_t m = met.at(word), u = unmet.at(word), n = na.at(word), w = waived.at(word);
    const std::uint64_t only_na = n & ~(m | u | w), only_unmet = u & ~(m | n | w);
    add(typed::Status::na, only_na & rows);
    add(typed::Status::unmet, only_unmet & rows);
    add(typed::Status::unknown, u & ~only_unmet & rows);
    add(typed::Status::waived, w & ~u & rows);
    add(typed::Status::met, ~(only_na | u | w) & rows);
  });
  for (std::size_t status = 0; status < counts.size(); ++status) counts[status] += found[status];
}

void count_scores(const columns::Executor& executor, const std::vector<ir::ScoreOut>& outs, Window window,
                  std::vector<verdicts::Tally::ScoreTally>& tallies) {
  for (std::size_t at = 0; at < outs.size(); ++at) {
    const Words has(executor, outs[at].has_value);
    const columns::View low = executor.value(outs[at].low), high = executor.value(outs[at].high);
    for_each_word(window, [&](std::size_t word, std::uint64_t rows) {
      rows &= has.at(word);
      tallies[at].subjects += count_of(rows);
      for (; rows != 0; rows &= rows - 1) {
        const std::size_t row = word * kRowsOfWord + static_cast<std::size_t>(std::countr_zero(rows));
        tallies[at].low.add(low.as<double>(row));
        tallies[at].high.add(high.as<double>(row));
      }
    });
  }
}

}  // namespace

void Findings::count(Window window, verdicts::Tally& tally) const {
  const ir::Outputs& outputs = code_.outputs;
  tally.subjects += window.last - window.first;
  for (std::size_t at = 0; at < outputs.gates.size(); ++at) {
    const Words yes(executor_, outputs.gates[at].yes), no(executor_, outputs.gates[at].no);
    for_each_word(window, [&](std::size_t word, std::uint64_t rows) {
      const std::uint64_t pass = count_of(yes.at(word) & rows), fail = count_of(no.at(word) & rows);
      tally.gates[at][static_cast<std::size_t>(verdicts::Verdict::pass)] += pass;
      tally.gates[at][static_cast<std::size_t>(verdicts::Verdict::fail)] += fail;
      tally.gates[at][static_cast<std::size_t>(verdicts::Verdict::undecided)] += count_of(rows) - pass - fail;
    });
  }
  for (std::size_t at = 0; at < outputs.criteria.size(); ++at)
    count_criterion(executor_, outputs.criteria[at], window, tally.criteria[at]);
  for (std::size_t at = 0; at < policy_.levels.size(); ++at) {
    const typed::Levels& levels = policy_.levels[at];
    verdicts::Tally::LevelTally& counts = tally.levels[at];
    for_each_word(window, [&](std::size_t word, std::uint64_t rows) {
      // Who has come this far, for sure and where all goes well; who hasn't stays at the level before.
      std::uint64_t sure = rows, possible = rows;
      const std::size_t none = levels.gates.size();
      for (std::size_t level = 0; level <= none; ++level) {
        std::uint64_t next_sure = 0, next_possible = 0;
        if (level < none) {
          const ir::TruthOut& gate = outputs.gates[levels.gates[level]];
          next_sure = sure & Words(executor_, gate.yes).at(word);
          next_possible = possible & ~Words(executor_, gate.no).at(word);
        }
        const std::size_t before = level == 0 ? none : level - 1;
        counts.sure[before] += count_of(sure & ~next_sure);
        counts.possible[before] += count_of(possible & ~next_possible);
        sure = next_sure;
        possible = next_possible;
      }
    });
  }
  count_scores(executor_, outputs.scores, window, tally.scores);
  // Where waivers change nothing in a row its scores without them are its scores.
  const bool same = outputs.waivers_change == kNoValue;
  count_scores(executor_, same ? outputs.scores : outputs.scores_without_waivers, window, tally.scores_without_waivers);
}

}  // namespace muster::findings

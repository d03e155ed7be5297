// SPDX-License-Identifier: Apache-2.0
// Counting, 512 subjects at a time.
#include <algorithm>
#include <array>
#include <bit>
#include <vector>

#include "runtime/findings/findings.h"

namespace muster::findings {

using columns::kRowsOfWord;
using columns::Window;
using ir::kNoValue;
using ir::ValueId;

namespace {

// 512 rows, as far as memory of bitmaps may be read behind the last.
constexpr std::size_t kBlock = 8;
using Block = std::array<std::uint64_t, kBlock>;

// A bitmap, block by block; of a uniform one all words are the same.
class Words {
 public:
  Words(const columns::Executor& executor, ValueId value) : view_(executor.value(value)) {
    if (view_.uniform && view_.at(0)) all_.fill(~std::uint64_t{0});
  }
  const std::uint64_t* from(std::size_t word) const { return view_.uniform ? all_.data() : view_.bits + word; }
  bool are_zeros() const { return view_.uniform && all_[0] == 0; }

 private:
  columns::View view_;
  Block all_{};
};

// Which rows of each word lie in the window.
class Rows {
 public:
  explicit Rows(Window window) : begin_(window.first / (kBlock * kRowsOfWord) * kBlock) {
    for (std::size_t first = begin_ * kRowsOfWord; first < window.last; first += kRowsOfWord) {
      std::uint64_t rows = ~std::uint64_t{0};
      if (first + kRowsOfWord <= window.first)
        rows = 0;
      else if (first < window.first)
        rows &= ~std::uint64_t{0} << (window.first - first);
      if (first + kRowsOfWord > window.last) rows &= ~std::uint64_t{0} >> (first + kRowsOfWord - window.last);
      masks_.push_back(rows);
    }
    masks_.resize((masks_.size() + kBlock - 1) / kBlock * kBlock);
  }
  std::size_t begin() const { return begin_; }
  std::size_t end() const { return begin_ + masks_.size(); }
  const std::uint64_t* from(std::size_t word) const { return masks_.data() + (word - begin_); }

 private:
  std::size_t begin_;  // the first word
  std::vector<std::uint64_t> masks_;
};

// ---- How many rows of the window are set in each of n bitmaps: `make(word, blocks)` gives a block of each ----

template <std::size_t n, typename Make>
[[gnu::always_inline]] inline std::array<std::uint64_t, n> counted(const Rows& rows, const Make& make) {
  std::array<std::uint64_t, n> counts{};
  for (std::size_t word = rows.begin(); word < rows.end(); word += kBlock) {
    std::array<Block, n> blocks;
    make(word, blocks);
    const std::uint64_t* mask = rows.from(word);
    for (std::size_t of = 0; of < n; ++of) {
      for (std::size_t i = 0; i < kBlock; ++i)
        counts[of] += static_cast<std::uint64_t>(__builtin_popcountll(blocks[of][i] & mask[i]));
    }
  }
  return counts;
}

#if defined(__x86_64__)
// By the instruction that not every processor has.
template <std::size_t n, typename Make>
[[gnu::target("popcnt")]] std::array<std::uint64_t, n> quickly_counted(const Rows& rows, const Make& make) {
  return counted<n>(rows, make);
}

template <std::size_t n, typename Make>
std::array<std::uint64_t, n> count_of(const Rows& rows, const Make& make) {
  return __builtin_cpu_supports("popcnt") ? quickly_counted<n>(rows, make) : counted<n>(rows, make);
}
#else
template <std::size_t n, typename Make>
std::array<std::uint64_t, n> count_of(const Rows& rows, const Make& make) {
  return counted<n>(rows, make);
}
#endif

void count_criterion(const columns::Executor& executor, const ir::CriterionOut& out, const Rows& rows,
                     std::uint64_t subjects, std::array<std::uint64_t, 5>& counts) {
  const Words met(executor, out.met), unmet(executor, out.unmet), na(executor, out.na), waived(executor, out.waived);
  const auto add = [&](typed::Status status, std::uint64_t found) {
    counts[static_cast<std::size_t>(status)] += found;
  };
  // As PossibleSet::shown says: each row is one of these, or met.
  std::uint64_t of_unmet = 0, only_unmet = 0, only_waived = 0, only_na = 0;
  if (na.are_zeros() && waived.are_zeros()) {
    const auto found = count_of<2>(rows, [&](std::size_t word, std::array<Block, 2>& blocks) {
      const std::uint64_t *m = met.from(word), *u = unmet.from(word);
      for (std::size_t i = 0; i < kBlock; ++i) {
        blocks[0][i] = u[i];
        blocks[1][i] = u[i] & ~m[i];
      }
    });
    of_unmet = found[0], only_unmet = found[1];
  } else {
    const auto found = count_of<4>(rows, [&](std::size_t word, std::array<Block, 4>& blocks) {
      const std::uint64_t *m = met.from(word), *u = unmet.from(word), *n = na.from(word), *w = waived.from(word);
      for (std::size_t i = 0; i < kBlock; ++i) {
        blocks[0][i] = u[i];
        blocks[1][i] = u[i] & ~(m[i] | n[i] | w[i]);
        blocks[2][i] = w[i] & ~u[i];
        blocks[3][i] = n[i] & ~(m[i] | u[i] | w[i]);
      }
    });
    of_unmet = found[0], only_unmet = found[1], only_waived = found[2], only_na = found[3];
  }
  add(typed::Status::na, only_na);
  add(typed::Status::unmet, only_unmet);
  add(typed::Status::unknown, of_unmet - only_unmet);
  add(typed::Status::waived, only_waived);
  add(typed::Status::met, subjects - of_unmet - only_waived - only_na);
}

// Of the gates up to each level: who has come this far, for sure and where all goes well; who hasn't come further stays
// there.
void count_levels(const columns::Executor& executor, const ir::Outputs& outputs, const typed::Levels& levels,
                  const Rows& rows, verdicts::Tally::LevelTally& counts) {
  std::vector<Words> passed, failed;
  for (const std::uint32_t gate : levels.gates) {
    passed.emplace_back(executor, outputs.gates[gate].yes);
    failed.emplace_back(executor, outputs.gates[gate].no);
  }
  const std::size_t none = levels.gates.size();
  for (std::size_t word = rows.begin(); word < rows.end(); ++word) {
    const std::size_t block = word / kBlock * kBlock;
    std::uint64_t sure = *rows.from(word), possible = sure;
    for (std::size_t level = 0; level <= none; ++level) {
      const std::uint64_t next_sure = level < none ? sure & passed[level].from(block)[word - block] : 0;
      const std::uint64_t next_possible = level < none ? possible & ~failed[level].from(block)[word - block] : 0;
      const std::size_t before = level == 0 ? none : level - 1;
      counts.sure[before] += static_cast<std::uint64_t>(std::popcount(sure & ~next_sure));
      counts.possible[before] += static_cast<std::uint64_t>(std::popcount(possible & ~next_possible));
      sure = next_sure;
      possible = next_possible;
    }
  }
}

void count_scores(const columns::Executor& executor, const std::vector<ir::ScoreOut>& outs, const Rows& rows,
                  std::vector<verdicts::Tally::ScoreTally>& tallies) {
  for (std::size_t at = 0; at < outs.size(); ++at) {
    const Words has(executor, outs[at].has_value);
    const columns::View low = executor.value(outs[at].low), high = executor.value(outs[at].high);
    for (std::size_t word = rows.begin(); word < rows.end(); ++word) {
      const std::size_t in_block = word % kBlock;
      std::uint64_t left = *rows.from(word) & has.from(word - in_block)[in_block];
      for (; left != 0; left &= left - 1) {
        const std::size_t row = word * kRowsOfWord + static_cast<std::size_t>(std::countr_zero(left));
        tallies[at].low.add(low.as<double>(row));
        tallies[at].high.add(high.as<double>(row));
        ++tallies[at].subjects;
      }
    }
  }
}

}  // namespace

void Findings::count(Window window, verdicts::Tally& tally) const {
  const ir::Outputs& outputs = code_.outputs;
  const Rows rows(window);
  const std::uint64_t subjects = window.last - window.first;
  tally.subjects += subjects;
  for (std::size_t at = 0; at < outputs.gates.size(); ++at) {
    const Words yes(executor_, outputs.gates[at].yes), no(executor_, outputs.gates[at].no);
    const auto [pass, fail] = count_of<2>(rows, [&](std::size_t word, std::array<Block, 2>& blocks) {
      std::copy_n(yes.from(word), kBlock, blocks[0].begin());
      std::copy_n(no.from(word), kBlock, blocks[1].begin());
    });
    tally.gates[at][static_cast<std::size_t>(verdicts::Verdict::pass)] += pass;
    tally.gates[at][static_cast<std::size_t>(verdicts::Verdict::fail)] += fail;
    tally.gates[at][static_cast<std::size_t>(verdicts::Verdict::undecided)] += subjects - pass - fail;
  }
  for (std::size_t at = 0; at < outputs.criteria.size(); ++at)
    count_criterion(executor_, outputs.criteria[at], rows, subjects, tally.criteria[at]);
  for (std::size_t at = 0; at < policy_.levels.size(); ++at)
    count_levels(executor_, outputs, policy_.levels[at], rows, tally.levels[at]);
  count_scores(executor_, outputs.scores, rows, tally.scores);
  // Where waivers change nothing in a row its scores without them are its scores.
  const bool same = outputs.waivers_change == kNoValue;
  count_scores(executor_, same ? outputs.scores : outputs.scores_without_waivers, rows, tally.scores_without_waivers);
}

}  // namespace muster::findings

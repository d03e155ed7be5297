// SPDX-License-Identifier: Apache-2.0
// Random policies, as source text. They are well typed and always the same for a seed. Optionals are read
// behind guards of every kind; every operator, quantifier, aggregate and setting of a score turns up. Policies that
// derive from them are deriving.h's, which is made of the same pieces.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace muster::agreement {

// `is known` and `assume` are the two exceptions to the law that what is possible only shrinks.
enum class Exceptions { left_out, allowed };

class Generator {
 public:
  Generator(std::uint32_t seed, Exceptions exceptions) : random_(seed), exceptions_(exceptions) {}

  // The declarations of types, evidence, params and defines, which are always the same, and a random policy `p` that
  // ends with `more`.
  std::string module(const std::string& more = "");

  // Pieces of more text about `p`, for once it is made. Of what its module declares they speak with `qualifier`
  // before the name.
  void set_qualifier(std::string qualifier) { qualifier_ = std::move(qualifier); }
  std::string criterion(const std::string& name);
  std::string conditions(int depth, const std::string& lets);  // `lets` ends the names of its lets
  std::string requirement() { return "require " + truth(3) + "\n"; }
  std::string gate_condition(int depth);
  std::string score_settings();
  std::string shown(int depth) { return integer(depth); }
  std::string waiver(const std::string& policy, const std::string& criterion);

  unsigned below(unsigned end) { return static_cast<unsigned>(random_() % end); }
  bool one_in(unsigned n) { return below(n) == 0; }
  const std::string& pick(const std::vector<std::string>& choices) {
    return choices[below(static_cast<unsigned>(choices.size()))];
  }

 private:
  // What an expression can be wanted as.
  enum class Wanted {
    boolean,
    integer,
    number,
    percent,
    text,
    date,
    time,
    duration,
    period,
    version,
    level,
    colour,
  };
  // A record in reach, and what stands before the names of its fields: nothing, `r.`, `x1.`.
  struct Reach {
    enum class Of { subject, part, item, report } of;
    std::string prefix;
  };

  // policies.cpp
  std::string gate(int number);
  std::string selection();
  std::string score(int number);
  std::string shows();

  // expressions.cpp: of each kind
  std::string truth(int depth);
  std::string comparison(int depth);
  std::string membership(int depth);
  std::string text_test(int depth);
  std::string guarded(int depth);
  std::string quantified(int depth);
  std::string counted(int depth);
  std::string chosen(int depth);
  std::string known(int depth);
  std::string seldom(int depth);
  std::string scalar(Wanted wanted, int depth);
  std::string integer(int depth);
  std::string number(int depth);
  std::string percent(int depth);
  std::string text(int depth);
  std::string date(int depth);
  std::string time(int depth);
  std::string duration(int depth);
  std::string aggregate(Wanted wanted, int depth);  // of what may be absent, with `??`

  // The beginnings of what runs over a list, with the variable that is in reach until `leave`.
  struct Over {
    std::string text;  // `x3 in parts`
    Reach::Of of;
    bool scalars;
    Wanted element;
  };
  Over enter(int depth);
  void leave() {
    reach_.pop_back();
    elements_.pop_back();
  }
  std::string where(int depth);

  std::string path(Wanted wanted);
  std::string optional_path(Wanted wanted);
  std::string literal(Wanted wanted);
  std::string list(Wanted wanted, int depth);

  Wanted ordered();
  Wanted any_scalar();
  std::string compare_operator();

  std::mt19937 random_;
  Exceptions exceptions_;
  std::vector<Reach> reach_;
  // Variables over lists of scalars, beside `reach_`: empty names where the variable is a record.
  struct Element {
    std::string name;
    Wanted wanted;
  };
  std::vector<Element> elements_;
  int variables_ = 0;
  int gates_ = 0;
  std::string qualifier_;
  std::vector<std::string> scores_;
  std::vector<std::string> scores_that_may_be_none_;
  std::vector<std::string> criteria_;
};

}  // namespace muster::agreement

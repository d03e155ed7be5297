// SPDX-License-Identifier: Apache-2.0
#include "grammar/parse/deriving_advice.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/similar_name.h"
#include "base/unicode_text.h"
#include "grammar/parse/habits.h"
#include "grammar/rules/module.h"

namespace muster::parse {
namespace {

using syntax::TokenId;
using K = syntax::TokenKind;

constexpr std::string_view kItem = "a criterion or another item of the policy";
constexpr std::string_view kOneBase =
    "write `extends POLICY` once: a policy extends one other, which may itself extend the next";
constexpr std::string_view kOneSubject =
    "write `for SUBJECT` once: a policy is for one subject, which may itself extend another";
constexpr std::string_view kAdd =
    "write `must NAME \"title\" { ... }` for a criterion of its own, `tighten NAME { ... }` to require more of an "
    "inherited one";
constexpr std::string_view kTitleStays = "leave it out: the title stays as it is inherited";

// How a delta is written. NAME is what it is about.
struct Shape {
  K word;
  std::string_view written;
};
constexpr std::array kShapes = {
    Shape{K::word_set, "set NAME = VALUE"},
    Shape{K::word_tighten, "tighten NAME { require CONDITION }"},
    Shape{K::word_promote, "promote NAME to LEVEL"},
    Shape{K::word_demote, "demote NAME to LEVEL because \"...\""},
    Shape{K::word_amend, "amend NAME { owner \"...\" }"},
    Shape{K::word_replace, "replace NAME because \"...\" { ... }"},
    Shape{K::word_drop, "drop NAME because \"...\""},
    Shape{K::word_lock, "lock NAME"},
};
std::string_view delta_shape(K word) {
  for (const Shape& shape : kShapes)
    if (shape.word == word) return shape.written;
  return {};
}

// A word that says of what kind the name behind it is.
constexpr bool is_kind(K kind) {
  return rules::is_criterion_word(kind) || rules::is_block_kind(kind) ||
         rules::is<K::word_criterion, K::word_section, K::word_param>(kind);
}
constexpr bool is_level(K kind) { return rules::is<K::word_must, K::word_should, K::word_may>(kind); }
constexpr bool has_reason_first(K delta) { return rules::is<K::word_amend, K::word_replace>(delta); }
constexpr bool has_reason_last(K delta) {
  return rules::is<K::word_set, K::word_promote, K::word_demote, K::word_drop>(delta);
}

// With `by` in the place of each `what`.
std::string replaced(std::string_view text, std::string_view what, std::string_view by) {
  std::string all;
  for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what)) {
    all.append(text.substr(0, at)).append(by);
    text.remove_prefix(at + what.size());
  }
  return all.append(text);
}

std::string write(K word, std::string_view name) { return "write `" + replaced(delta_shape(word), "NAME", name) + "`"; }
std::string write(K word, std::string_view name, std::string_view level) {
  return replaced(write(word, name), "LEVEL", level);
}

// What other languages mean by a word where an item of a policy must begin.
const DeltaHabit* delta_habit(std::string_view word) {
  const std::string letters = base::lower(word);
  for (const DeltaHabit& habit : delta_habits())
    if (habit.written == letters) return &habit;
  return nullptr;
}
bool is_habit(std::string_view word) {
  const std::string letters = base::lower(word);
  const auto habits = word_habits();
  return std::any_of(habits.begin(), habits.end(),
                     [&](const Habit& habit) { return habit.expected == kItem && habit.written == letters; });
}

class DerivingAdviser : private Mistake {
 public:
  explicit DerivingAdviser(const Mistake& mistake) : Mistake(mistake) {}

  Advice run() {
    advice_.about(found, found + 1);
    const bool begins_item = items.open == found;
    if (!begins_item && kind_at(items.open) == K::word_policy) {
      advice_.help = policy_head();
    } else if (!begins_item && is_delta(items.open)) {
      delta_ = items.open;
      advice_.help = within();
    } else if (begins_item && (is_delta(items.around) || kind_at(items.around) == K::word_gate)) {
      delta_ = items.around;
      advice_.help = clause();
    } else if (begins_item && expects(kItem)) {
      delta_ = items.before;
      if (continues(0) && is_delta(delta_)) advice_.help = behind();
      if (advice_.help.empty()) advice_.help = instead();
    }
    return std::move(advice_);
  }

 private:
  K kind_at(TokenId token) const { return token < tree.tokens.size() ? tree.tokens[token].kind : K::end; }
  bool is_delta(TokenId token) const { return !delta_shape(kind_at(token)).empty(); }
  // A name on the line of the token before it.
  bool is_name_here(TokenId token) const { return rules::is_name(kind_at(token)) && !tree.tokens[token].first_on_line; }
  std::string written(TokenId begin, TokenId end) const {
    return std::string(tree.text.substr(tree.tokens[begin].begin, tree.tokens[end - 1].end - tree.tokens[begin].begin));
  }
  std::string delta_word() const { return "`" + std::string(tree.text_of(delta_)) + "`"; }
  K delta_kind() const { return kind_at(delta_); }

  // Behind the path of names that begins there; `begin` if none does.
  TokenId path_end(TokenId begin) const {
    if (!is_name_here(begin)) return begin;
    TokenId end = begin + 1;
    while (kind_at(end) == K::dot && rules::is_any_name(kind_at(end + 1))) end += 2;
    return end;
  }

  // `drop gate g`, `drop must c`, and not `drop gate because "..."`.
  bool has_kind(TokenId word) const {
    return is_kind(kind_at(word + 1)) && is_name_here(word + 1) && is_name_here(word + 2) &&
           !rules::is<K::word_because, K::word_to>(kind_at(word + 2));
  }
  // What the word of a delta is about: `c`, `gate g`. NAME or PARAM where that isn't written.
  std::string target(TokenId word) const {
    const bool keeps_kind = rules::is_block_kind(kind_at(word + 1));
    const TokenId begin = has_kind(word) && !keeps_kind ? word + 2 : word + 1;
    const TokenId end = path_end(has_kind(word) ? word + 2 : word + 1);
    const std::string name = end > begin ? written(begin, end) : "";
    if (!name.empty() && name.find('`') == std::string::npos) return name;
    return kind_at(word) == K::word_set ? "PARAM" : "NAME";
  }
  std::string target() const { return target(delta_); }
  std::string write_delta(std::string_view name) const { return write(delta_kind(), name, level_behind()); }
  std::string write_delta() const { return write_delta(target()); }
  // The level that is meant: the first on the line, or that behind `to`.
  std::string_view level_behind() const {
    std::string_view level = "LEVEL";
    const bool begins_item = items.open == found;
    for (int distance = 0; distance < 4 && (continues(distance) || (begins_item && distance == 0)); ++distance)
      if (is_level(kind(distance)) && (level == "LEVEL" || kind(distance - 1) == K::word_to)) level = text(distance);
    return level;
  }

  // policy p : base   policy p for S extends base
  std::string policy_head() const {
    if (expects("a name") && kind(-1) == K::word_extends && kind(0) != K::text) return "write `extends POLICY`";
    if (!expects("`{`") || rules::is_item_word(kind(0))) return {};
    bool has_extends = false, has_for = false;
    for (TokenId token = items.open + 2; token < found; ++token) {
      has_extends = has_extends || kind_at(token) == K::word_extends;
      has_for = has_for || kind_at(token) == K::word_for;
    }
    if (kind(0) == K::word_for && has_for) return std::string(kOneSubject);
    // Of words before a name, as in `based on base`, the last is that name.
    const auto goes_on = [&](TokenId token) {
      return is_name_here(token + 1) && !rules::is<K::word_for, K::word_extends>(kind_at(token + 1));
    };
    TokenId name = found;
    while (name < found + 3 && goes_on(name)) ++name;
    const TokenId end = path_end(name);
    if (end == name) return {};
    const std::string last = written(end - 1, end);
    const bool is_subject = last[0] >= 'A' && last[0] <= 'Z';
    if (is_subject && has_for) return std::string(kOneSubject);
    if (!is_subject && has_extends) return std::string(kOneBase);
    const std::string part = (is_subject ? "write `for " : "write `extends ") + written(name, end) + "`";
    if (expects(is_subject ? "`for`" : "`extends`")) return part;
    return part + (has_for ? " before `for`" : " before the title");
  }

  // Between the word of a delta and its end
  std::string within() {
    if (expects("a name") && kind(0) != K::text) {
      if (found == delta_ + 1) return write_delta(delta_kind() == K::word_set ? "PARAM" : "NAME");
      if (found == delta_ + 2 && kind(-1) != K::dot) return write_delta(std::string(text(-1)) + " NAME");
    }
    if (expects("a text") && kind(-1) == K::word_because && !continues(0)) return "write the reason: `because \"...\"`";
    if (const std::string help = kind_word(); !help.empty()) return help;
    if (expects("`=` and a value")) return value();
    if (expects("`to`")) return level();
    // `amend c.owner = "x"`
    if (delta_kind() == K::word_amend && kind(-2) == K::dot && rules::is_amended_word(kind(-1)))
      return "write `amend " + written(delta_ + 1, found - 2) + " { " + std::string(text(-1)) + " ... }`";
    if (expects("`because`") && continues(0) && stands_for_because()) return "write `because` instead of it";
    return expects("`{`") ? block() : "";
  }

  // `drop must c`, `set param p = 20`: the word before the name was read as the name.
  std::string kind_word() {
    if (found != delta_ + 2 || !has_kind(delta_)) return {};
    const K delta = delta_kind();
    const K word = kind(-1);
    std::string help;
    if (word == K::word_section) {
      help = "name the criteria of the section one by one";
    } else if (delta == K::word_set ? word == K::word_param
                                    : rules::is_criterion_word(word) || word == K::word_criterion) {
      help = write_delta();
    } else if (word == K::word_param && delta != K::word_lock) {
      help = write(K::word_set, target());
    } else if (rules::is_block_kind(word) || word == K::word_param) {
      help = delta == K::word_tighten ? "only criteria and gates can be tightened: " + write(K::word_replace, target())
                                      : delta_word() + " is for criteria only";
    }
    if (!help.empty()) advice_.about(found - 1, found).is_before = true;
    return help;
  }

  // `set p 20`, `set p to 20`
  std::string value() const {
    if (!continues(0) || kind(0) == K::open_brace) return write_delta();
    if (kind(0) == K::word_because || kind(0) == K::word_in)
      return "write the value first: `" + replaced(delta_shape(K::word_set), "NAME", target()) + " " +
             std::string(text(0)) + " ...`";
    const bool is_link = rules::is_word(kind(0)) && continues(1) && rules::begins_value(kind(1));
    return is_link || !rules::begins_value(kind(0)) ? "write `=` instead of it" : "write `=` before it";
  }

  // `promote c must`, `promote c -> must`, `promote to must`
  std::string level() {
    if (kind(0) == K::minus && kind(1) == K::greater && touches(1)) advice_.about(found, found + 2);
    return kind(-1) == K::word_to && found == delta_ + 2 ? write_delta("NAME") : write_delta();
  }

  // Something else than the block
  std::string block() const {
    const K delta = delta_kind();
    if (delta == K::word_tighten && kind(0) == K::word_because) return "leave it out: `tighten` takes no reason";
    if (kind(0) == K::text)
      return expects("`because`") ? "write `because` before a reason; a title stays as it is inherited"
                                  : std::string(kTitleStays);
    if (kind(0) == K::word_to && is_level(kind(1))) return write(K::word_promote, target(), text(1));
    return write_delta();
  }

  // What stands on the line of a delta that was read
  std::string behind() {
    if (std::string help = kind_word(); !help.empty()) return help;
    const K delta = delta_kind();
    if (kind(0) == K::comma)
      return "write a " + delta_word() + " for each: `" + replaced(delta_shape(delta), "NAME", target()) + "`";
    if (kind(0) == K::word_in && delta == K::word_set) return "the range stands before the reason";
    if (kind(0) == K::open_brace && (has_reason_last(delta) || delta == K::word_lock))
      return "leave it out: " + delta_word() + " has no block";
    if (kind(0) == K::word_because) {
      if (has_reason_first(delta)) return reason_first();
      return has_reason_last(delta) ? "" : "leave it out: " + delta_word() + " takes no reason";
    }
    if (!expects("`because`")) return {};
    if (kind(0) == K::text) return "write `because` before the reason";
    return stands_for_because() ? "write `because` instead of it" : "";
  }
  std::string reason_first() const {
    return "the reason stands before the block: `" + std::string(tree.text_of(delta_)) + " " + target() +
           " because \"...\" { ... }`";
  }
  // `since "..."`, and not `becuse "..."`, which is misspelt, or the clause `owner "..."`.
  bool stands_for_because() const {
    return kind(1) == K::text && continues(1) && kind(0) != K::open_brace && !rules::is_clause_word(kind(0)) &&
           !base::similar_name(text(0), {"because"});
  }

  // A clause that has no place in the block of a delta or a gate
  std::string clause() const {
    const K delta = delta_kind();
    const std::string name = target();
    const bool is_when = kind(0) == K::word_when;
    const bool is_amended = rules::is_amended_word(kind(0));
    const bool of_gate = delta == K::word_gate || (has_kind(delta_) && kind_at(delta_ + 1) == K::word_gate);
    if (of_gate) return is_when || is_amended ? "a gate holds `let` and `require` only" : "";
    if (delta == K::word_tighten) {
      if (is_when) return "`tighten` adds requirements only: " + write(K::word_replace, name);
      return is_amended ? "write `amend " + name + " { " + std::string(text(0)) + " ... }`" : "";
    }
    if (!has_reason_first(delta)) return {};
    if (kind(0) == K::word_because && kind(-1) == K::open_brace) return reason_first();
    if (text(0) == "title" || text(0) == "description") return std::string(kTitleStays);
    if (delta == K::word_replace) return {};
    if (kind(0) == K::word_let || kind(0) == K::word_require) return write(K::word_tighten, name) + " to require more";
    if (is_when) return write(K::word_replace, name);
    const bool is_new_level = is_level(kind(0)) || kind(0) == K::word_level;
    return is_new_level ? write(K::word_promote, name, level_behind()) + ", or `demote`" : "";
  }

  bool is_derived() const {
    return kind_at(items.around) == K::word_policy && kind_at(items.around + 2) == K::word_extends;
  }

  // What stands where an item must begin
  std::string instead() const {
    const bool is_free = kind(0) == K::word && !is_habit(text(0));
    if (is_derived() && (is_free || kind(0) == K::word_param || kind(0) == K::word_with)) {
      // `p = 20`, `param p = 20`
      const TokenId begin = kind(1) == K::assign ? found : found + 1;
      const TokenId end = begin == found ? found + 1 : path_end(begin);
      if (end > begin && kind_at(end) == K::assign) return write(K::word_set, written(begin, end));
    }
    if (is_free && kind(1) == K::assign) return "write `let " + std::string(text(0)) + " = EXPRESSION`";
    if (is_derived() && kind(0) == K::word_require)
      return write(K::word_tighten, "NAME") + ", or `must NAME \"title\" { ... }` for a criterion of its own";
    if (const DeltaHabit* habit = delta_habit(text(0))) {
      const std::string name = target(found);
      return habit->help.empty() ? write(habit->delta, name, level_behind()) : replaced(habit->help, "NAME", name);
    }
    if (!is_free) return {};
    const bool is_item =
        rules::is_item_word(kind(1)) && continues(1) && rules::is_name_or_text(kind(2)) && continues(2);
    if (is_item) return "write it without `" + std::string(text(0)) + "`";
    return text(0) == "add" || text(0) == "new" ? replaced(kAdd, "NAME", target(found)) : "";
  }

  Advice advice_;
  TokenId delta_ = Items::kNone;  // the word of the delta that the mistake is in, or right behind
};

}  // namespace

Advice advise_on_deriving(const Mistake& mistake) { return DerivingAdviser(mistake).run(); }

bool means_delta(std::string_view word) { return delta_habit(word) != nullptr; }

}  // namespace muster::parse

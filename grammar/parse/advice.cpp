// SPDX-License-Identifier: Apache-2.0
#include "grammar/parse/advice.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/similar_name.h"
#include "base/unicode_text.h"
#include "grammar/parse/deriving_advice.h"
#include "grammar/parse/habits.h"
#include "grammar/rules/module.h"

namespace muster::parse {

namespace {

using rules::TokenKind;
using syntax::Token;
using syntax::TokenId;

std::string write(std::string_view what) { return "write `" + std::string(what) + "`"; }

// Where a word stands: in which list of things, by the words of expectations.def, and around what.
struct Home {
  std::string_view expected;
  bool (*begins)(TokenKind);
  std::string_view place;
};
constexpr bool is_option_word(TokenKind kind) {
  return rules::is<TokenKind::word_at, TokenKind::word_delimiter, TokenKind::word_complete>(kind);
}
constexpr std::array kHomes = {
    Home{"a declaration", rules::is_declaration_word, "outside of policies, as a declaration of its own"},
    Home{"a criterion or another item of the policy", rules::is_item_word, "in a policy"},
    Home{"a clause", rules::is_clause_word, "in a criterion: `must NAME \"title\" { ... }`"},
    Home{"`let`, `require`", rules::is_clause_word, "in a criterion: `must NAME \"title\" { ... }`"},
    Home{"a clause that can be amended", rules::is_amended_word, "in a criterion"},
    Home{"a criterion, `when`", rules::is_section_word, "in a section"},
    Home{"a clause of the score", rules::is_score_word, "in a score"},
    Home{"`given`, `with`, `waive`, `expect`, `case`", rules::is_test_word, "in a test"},
    Home{"`given`, `with`, `waive`, `expect`", rules::is_test_word, "in a test"},
    Home{"an option of the source", is_option_word, "in a source"},
};

class Adviser : private Mistake {
 public:
  explicit Adviser(const Mistake& mistake) : Mistake(mistake) {}

  Advice run() const {
    Advice advice;
    advice.about(found, found + 1);
    const auto use = [&](std::string help) {
      advice.help = std::move(help);
      return !advice.help.empty();
    };
    if (kind(0) == TokenKind::orphan_close) {
      advice.help = "remove it, or open its block with `{`";
      return advice;
    }
    if (use(letters()) || use(number())) return advice;
    if (const Advice deriving = advise_on_deriving(*this); !deriving.help.empty()) return deriving;
    if (use(type_here()) || type_before(advice) || use(type_behind())) return advice;
    if (use(stray()) || signs(advice) || use(shape())) return advice;
    if (use(link())) {
      if (kind(0) == TokenKind::minus) advice.about(found, found + 2);
      return advice;
    }
    if (use(word(text(0), word_habits(), kind(0))) || use(quoting()) || leading(advice) || path(advice)) return advice;
    if (use(chain()) || use(home())) return advice;
    if (advice.word = misspelt(); !advice.word.empty()) return advice;
    if (use(condition()) || use(brace())) return advice;
    (void)use(missing());
    return advice;
  }

 private:
  static bool is_number(TokenKind kind) { return kind == TokenKind::integer || kind == TokenKind::decimal; }

  // 1,000   10 000   1.0.0   .5   5.
  std::string number() const {
    if (kind(0) == TokenKind::integer && kind(-1) == TokenKind::integer && continues(0) && text(0).size() == 3 &&
        text(-1).size() <= 3)
      return write(std::string(text(-1)) + "_" + std::string(text(0)));
    if (kind(0) == TokenKind::comma && touches(0) && touches(1) && is_number(kind(-1)) && is_number(kind(1)) &&
        text(1).size() == 3)
      return write(std::string(text(-1)) + "_" + std::string(text(1)));
    if (kind(-1) == TokenKind::dot && touches(-1) && is_number(kind(-2)))
      return is_number(kind(0)) && touches(0) ? "a version begins with `v`: `v1.0.0`; a date is written `2026-11-23`"
                                              : write(std::string(text(-2)) + ".0");
    if (kind(0) == TokenKind::dot && kind(1) == TokenKind::integer && touches(1))
      return write("0." + std::string(text(1)));
    return {};
  }

  // A name with letters that a bare name can't have: the word before this sign and all behind it.
  std::string letters() const {
    const auto is_letter = [this](int distance) {
      return kind(distance) == TokenKind::junk && base::is_letter(text(distance));
    };
    const auto is_part = [&](int distance) { return rules::is_word(kind(distance)) || is_letter(distance); };
    if (!is_letter(0)) return {};
    int first = 0, last = 0;
    while (found + first > 0 && touches(first) && is_part(first - 1)) --first;
    while (touches(last + 1) && is_part(last + 1)) ++last;
    const std::string_view name = tree.text.substr(at(first).begin, at(last).end - at(first).begin);
    return "a name with other letters than a to z stands in backquotes: `` `" + std::string(name) + "` ``";
  }

  static bool is_list_word(std::string_view text) {
    constexpr std::array kWords = {"list", "lists", "array", "set", "sequence", "vector", "collection"};
    return std::find(kWords.begin(), kWords.end(), base::lower(text)) != kWords.end();
  }
  static bool is_optional_word(std::string_view text) {
    constexpr std::array kWords = {"optional", "option", "nullable", "maybe"};
    return std::find(kWords.begin(), kWords.end(), base::lower(text)) != kWords.end();
  }

  // [int]   int[]   list<int>   optional(int)
  std::string type_here() const {
    const bool opens = text(0) == "[" || text(0) == "<" || text(0) == "(" || text(0) == "{";
    if (!opens) return {};
    const bool names_inner = rules::is_name(kind(1)) && continues(1);
    if (expects("a type")) return names_inner ? write("list of " + std::string(text(1))) : "";
    const bool behind_type =
        rules::is_name(kind(-1)) && touches(0) && (kind(-2) == TokenKind::colon || kind(-2) == TokenKind::word_of);
    if (kind(-1) == TokenKind::word_enum && kind(-2) == TokenKind::colon)
      return "declare the enum by itself, and write its name here: `enum NAME { ... }`";
    if (!behind_type) return {};
    if (kind(1) == TokenKind::close_list) return write("list of " + std::string(text(-1)));
    if (names_inner && is_list_word(text(-1))) return write("list of " + std::string(text(1)));
    if (names_inner && is_optional_word(text(-1))) return write(std::string(text(1)) + "?");
    return {};
  }

  // `list int` was read as a type and a field that lacks its own.
  bool type_before(Advice& advice) const {
    if (!expects("`:` and a type") || !rules::is_name(kind(-1)) || !continues(-1)) return false;
    const bool of = kind(-1) == TokenKind::word_of;
    const int inner = of ? 0 : -1;
    if (!rules::is_name(kind(inner))) return false;
    if (rules::is_modifier(kind(-2)) && kind(-3) == TokenKind::colon) {
      advice.help = write(std::string(text(-2)) + " " + std::string(text(-4)) + ": " + std::string(text(-1)));
    } else if (!of && is_optional_word(text(-2))) {
      advice.help = write(std::string(text(inner)) + "?");
    } else if (of || is_list_word(text(-2))) {
      advice.help = write("list of " + std::string(text(inner)));
    } else {
      return false;
    }
    advice.about(found - 2, found - 1).is_before = true;
    return true;
  }

  // `key id text`, or `text id` as in other languages.
  std::string type_behind() const {
    if (!expects("`:` and a type") || !continues(0)) return {};
    if (kind(-1) == TokenKind::word_or) return write(std::string(text(-2)) + "?");
    if (!rules::is_name(kind(-1)) || !rules::is_name(kind(0))) return {};
    constexpr std::array kTypes = {"bool", "int",  "number",   "percent", "text",
                                   "date", "time", "duration", "period",  "version"};
    const bool is_first = std::find(kTypes.begin(), kTypes.end(), text(-1)) != kTypes.end();
    return write(std::string(text(is_first ? 0 : -1)) + ": " + std::string(text(is_first ? -1 : 0)));
  }

  static bool is_sign(std::string_view text) {
    return !text.empty() && (static_cast<unsigned char>(text[0]) >= 0x80 ||
                             std::string_view("=<>!&|+-*/%^?:;#$'~").find(text[0]) != std::string_view::npos);
  }

  // Of the signs that stand here without blanks: `-` and `>`, or `!=` and `=`, are one sign of another language.
  bool signs(Advice& advice) const {
    if (!is_sign(text(0)) || kind(-1) == TokenKind::word_delimiter) return false;
    int first = 0;
    while (touches(first) && is_sign(text(first - 1))) --first;
    int behind = 1;
    while (touches(behind) && is_sign(text(behind))) ++behind;
    const std::string_view run = tree.text.substr(at(first).begin, at(behind - 1).end - at(first).begin);
    for (const std::string_view written : {run, tree.text.substr(at(0).begin, at(behind - 1).end - at(0).begin)}) {
      const int start = written.size() == run.size() ? first : 0;
      for (const Habit& habit : sign_habits()) {
        const bool fits = habit.expected.empty() ? link().empty() : expects(habit.expected);
        if (!fits || !written.starts_with(habit.written)) continue;
        advice.help = habit.help;
        int end = start;
        while (end < behind && at(end).begin < at(start).begin + habit.written.size()) ++end;
        advice.about(found + static_cast<TokenId>(start), found + static_cast<TokenId>(std::max(end, 1)));
        return true;
      }
    }
    return false;
  }

  // Between a word and what belongs to it: `weight = 2`, `effective from 2027-01-01`, `ndjson file "f.ndjson"`.
  std::string stray() const {
    struct Follows {
      std::string_view expected;
      TokenKind next;
    };
    constexpr std::array kFollows = {
        Follows{"a text", TokenKind::text},      Follows{"an option of the source", TokenKind::text},
        Follows{"a date", TokenKind::date},      Follows{"a number", TokenKind::integer},
        Follows{"a number", TokenKind::decimal},
    };
    const bool is_one = rules::is_name(kind(0)) || text(0).size() == 1;
    if (!is_one || !continues(1) || kind(0) == TokenKind::close_brace || kind(0) == TokenKind::comma || expects("`=>`"))
      return {};
    for (const Follows& each : kFollows) {
      if (!expects(each.expected) || kind(1) != each.next || (each.next == TokenKind::text && expects("`{`"))) continue;
      if (!word(text(0), word_habits(), kind(0)).empty() || !misspelt().empty()) return {};
      return kind(0) == TokenKind::open_bracket ? "write it without brackets: `" + std::string(text(1)) + "`"
                                                : "write it without `" + std::string(text(0)) + "`";
    }
    return {};
  }

  // What stands behind the path of a binding and is no converter.
  bool path(Advice& advice) const {
    constexpr std::string_view kPath = "a path is names or quoted texts joined by dots: `a.\"b-c\"`";
    const bool in_path = expects("`.`") && expects("a field") && touches(0);
    if (in_path && (kind(0) == TokenKind::minus || kind(0) == TokenKind::open_list)) {
      advice.help = kPath;
      return true;
    }
    const bool lacks_arrow = expected.size() == 1 && expects("`<-`");
    const bool begins_field = kind(-2) == TokenKind::open_brace || kind(-2) == TokenKind::comma || !continues(-1);
    if (!lacks_arrow || begins_field || !rules::is_name(kind(-1))) return false;
    advice.help = kind(-2) == TokenKind::dot
                      ? std::string(kPath)
                      : "the converters are `as`, `map`, `split`, `trim`, `lower`, `upper`, `strip_prefix`, "
                        "`strip_suffix`, `present` and `keyed by`";
    advice.about(found - 1, found).is_before = true;
    return true;
  }

  // The sign that parts two sides here, where another one stands.
  std::string link() const {
    struct Link {
      std::string_view expected;
      std::string_view help;
      const char* before = "";  // more to say where `=` stands there already
    };
    constexpr std::array kLinks = {
        Link{"`<-`", "write `<-`: the field stands left, and where it is read from right"},
        Link{"`=>`", "write `=>`"},
        Link{"`=`", "write `=`"},
        Link{"`:`", "write `:`"},
        Link{"`:` and a type", "write `: TYPE`", " before it"},
        Link{"`=` and an expression", "write `=`"},
        Link{"`=` and a value", "write `=`"},
    };
    constexpr std::array kSides = {"an expression", "a value", "a number", "a text", "a date", "a name"};
    switch (kind(0)) {
      case TokenKind::assign:
      case TokenKind::colon:
      case TokenKind::equal:
      case TokenKind::fat_arrow:
      case TokenKind::arrow: break;
      case TokenKind::minus:
        if (kind(1) == TokenKind::greater && touches(1)) break;
        return {};
      default: return {};
    }
    for (const Link& link : kLinks)
      if (expects(link.expected)) return std::string(link.help) + (kind(0) == TokenKind::assign ? link.before : "");
    for (const std::string_view side : kSides) {
      if (!expects(side) || expects("`{`") || !rules::is_any_name(kind(-1))) continue;
      return "write it without `" + std::string(text(0)) + "`";
    }
    return {};
  }

  // The quantifier or aggregate on this line that was not written out.
  std::string shape() const {
    const bool in_brackets =
        expects("`)`") &&
        rules::is<TokenKind::colon, TokenKind::fat_arrow, TokenKind::word_where, TokenKind::word_if>(kind(0));
    if (!in_brackets && !expects_one_of({"`in`", "`where`", "`:` and an expression", "`by` and an expression"}))
      return {};
    for (int distance = -1; found + distance + 1 > 0; --distance) {
      if (distance < -1 && at(distance + 1).first_on_line) break;
      if (kind(distance) == TokenKind::dot || kind(distance - 1) == TokenKind::dot) continue;
      const std::string_view help = shape_of(text(distance));
      if (help.empty()) continue;
      const bool counts = kind(distance) == TokenKind::word_count && kind(distance + 1) == TokenKind::open_bracket;
      return counts && rules::begins_selection(kind(0))
                 ? "write `count(met " + std::string(text(0)) + ")`, or `unmet`, `na`, `waived`"
                 : std::string(help);
    }
    return {};
  }

  // What stands here up to the next blank or closing sign.
  std::string piece() const {
    const std::string_view rest = tree.text.substr(at(0).begin);
    return std::string(rest.substr(0, std::min(rest.find_first_of(" \t\r\n,;)]}"), rest.size())));
  }

  std::string quoting() const {
    const bool is_word = rules::is_any_name(kind(0)) && !at(0).first_on_line;
    const bool names_file = expects("an option of the source") && rules::is_name(kind(-1)) &&
                            kind(-2) == TokenKind::assign && kind(0) == TokenKind::word;
    if (names_file) return "write the file in quotes: `" + std::string(text(-1)) + " \"" + piece() + "\"`";
    const bool is_bracketed = kind(0) == TokenKind::open_bracket && rules::is_any_name(kind(-1)) && touches(0);
    if (is_bracketed && expects("a field") && kind(1) == TokenKind::close_bracket)
      return "write it without brackets: `" + std::string(text(-1)) + "`";
    if (kind(-1) == TokenKind::word_delimiter && is_sign(text(0))) return write("\"" + std::string(text(0)) + "\"");
    if (rules::is_any_name(kind(0)) && kind(1) == TokenKind::text && touches(1) && expects("a text"))
      return "write it without `" + std::string(text(0)) + "`: the braces of a message hold expressions";
    const auto choices = static_cast<std::size_t>(
        std::count_if(expected.begin(), expected.end(), [](std::string_view each) { return each[0] == '`'; }));
    const bool is_free = kind(0) == TokenKind::word || expected.size() == 1;
    if (is_word && expects("a text") && is_free && choices <= 2 && !expects("`{`"))
      return "write it in quotes: `\"" + piece() + "\"`";
    if (kind(-1) == TokenKind::text && touches(0) && rules::is_word(kind(0)))
      return "within a text write `\\\"` for a quote; the braces of a message hold no texts";
    if (kind(0) != TokenKind::text) return {};
    if (expects("`else`")) return "write `else` before the message";
    std::string_view inner = text(0).substr(1);
    if (!inner.empty()) inner.remove_suffix(1);
    if (expects("a date") || expects("a time")) return "write it without quotes: `" + std::string(inner) + "`";
    if (!expects("a name")) return {};
    if (titled(kind(-1)))
      return "write a name before the title: `" + std::string(text(-1)) + " some_name " + std::string(text(0)) + "`";
    if (kind(-1) == TokenKind::assign) return "write its kind before it: `ndjson`, `json` or `csv`";
    if (inner.ends_with(".muster")) inner.remove_suffix(7);
    std::string name(inner);
    if (kind(-1) == TokenKind::word_import) std::replace(name.begin(), name.end(), '/', '.');
    return name.empty() ? "" : "write it without quotes: `" + name + "`";
  }

  static bool titled(TokenKind kind) {
    return rules::is_criterion_word(kind) || rules::is_block_kind(kind) || kind == TokenKind::word_section ||
           kind == TokenKind::word_policy;
  }

  std::string word(std::string_view written, std::span<const Habit> habits, TokenKind of) const {
    if (!rules::is_word(of)) return {};
    const std::string letters = base::lower(written);
    for (const Habit& habit : habits)
      if (habit.written == letters && (habit.expected.empty() || expects(habit.expected)))
        return std::string(habit.help);
    // The words of the language are written small.
    if (letters != written && rules::word_kind(letters) != TokenKind::word) return write(letters);
    return {};
  }

  // The word before was read as a name, and what follows it shows that it was none.
  bool leading(Advice& advice) const {
    if (!continues(0) || kind(-2) == TokenKind::dot ||
        !(rules::is_any_name(kind(0)) || kind(0) == TokenKind::text || kind(0) == TokenKind::open_brace))
      return false;
    if (!expects_one_of({"`else`", "`)`", "`,`", "`then`", "a criterion or another item of the policy"})) return false;
    if (kind(0) == TokenKind::text && touches(0)) {
      advice.help = "leave it out: the braces of a message hold expressions without it";
    } else {
      advice.help = word(text(-1), leading_habits(), kind(-1));
    }
    if (advice.help.empty()) return false;
    advice.about(found - 1, found).is_before = true;
    return true;
  }

  std::string chain() const {
    const bool compares = rules::is<TokenKind::less, TokenKind::less_equal, TokenKind::greater,
                                    TokenKind::greater_equal, TokenKind::equal, TokenKind::not_equal>(kind(0));
    if (compares && expects_one_of({"`else`", "`)`", "`then`"}))
      return "comparisons don't chain: join two with `and`; a range is `x in A..B`";
    const bool inside = kind(0) == TokenKind::comma && (expects("`)`") || expects("`..`"));
    if (inside && !rules::is_name(kind(-1))) return "a list stands in `[` and `]`";
    if (kind(0) == TokenKind::dots && expects("`...`")) return write("...");
    if (kind(0) == TokenKind::open_brace && kind(-2) == TokenKind::word_given && rules::is_name(kind(-1)))
      return write("given { ..." + std::string(text(-1)) + ", ... }");
    const bool opens = kind(0) == TokenKind::open_brace || kind(0) == TokenKind::open_list;
    if (opens && expects("`(`")) return "write `(` and `)`";
    const bool parts = kind(0) == TokenKind::comma && !expects("`]`");
    if (parts && expects_one_of({"a clause", "`let`, `require`", "a criterion or another item of the policy",
                                 "an option of the source"}))
      return expects("`else`") && kind(1) == TokenKind::text
                 ? "write `else` before the message"
                 : "leave it out: a blank or the end of the line parts what stands in a block";
    if (kind(0) == TokenKind::open_list && expects("`else`"))
      return "no element is reached by its number: ask `any x in LIST: ...`, or write `first(x in LIST)`";
    return {};
  }

  // A word of the language, in the wrong place.
  std::string home() const {
    if (!rules::is_word(kind(0)) || !(rules::is_name_or_text(kind(1)) || kind(0) == TokenKind::word_require)) return {};
    const bool at_item =
        std::any_of(kHomes.begin(), kHomes.end(), [&](const Home& each) { return expects(each.expected); });
    if (!at_item) return {};
    for (const Home& each : kHomes) {
      if (each.begins(kind(0)) && !expects(each.expected))
        return "`" + std::string(text(0)) + "` stands " + std::string(each.place) +
               (expects("a criterion, `when`") && rules::is_item_word(kind(0)) ? ", outside of its sections" : "");
    }
    return {};
  }

  // The words that could stand here, and those that begin what could.
  std::string misspelt() const {
    if (kind(0) != TokenKind::word) return {};
    std::vector<std::string> candidates;
    for (const std::string_view words : expected) {
      for (std::size_t open = words.find('`'); open != std::string_view::npos;) {
        const std::size_t close = words.find('`', open + 1);
        if (close == std::string_view::npos) break;
        candidates.emplace_back(words.substr(open + 1, close - open - 1));
        open = words.find('`', close + 1);
      }
      for (const Home& each : kHomes) {
        if (each.expected != words) continue;
        for (int word = static_cast<int>(TokenKind::word); word <= static_cast<int>(TokenKind::word_unknown); ++word) {
          const auto candidate = static_cast<TokenKind>(word);
          if (!each.begins(candidate)) continue;
          const std::string_view quoted = rules::describe(candidate);
          candidates.emplace_back(quoted.substr(1, quoted.size() - 2));
        }
      }
    }
    return base::similar_name(text(0), candidates).value_or("");
  }

  std::string condition() const {
    if (!expects_one_of({"a clause", "`let`, `require`"}) || kind(-1) != TokenKind::open_brace) return {};
    return rules::begins_value(kind(0)) ? "write `require` before a condition" : "";
  }

  std::string brace() const {
    if (!expects("`{`") || expects("`on`") || expects("`for`")) return {};
    if (expects("`<-`")) return "write `{ field <- path }`; `{}` where the data call every field as it is called here";
    return "write `{` here, and `}` at the end of the block";
  }

  std::string missing() const {
    if (expects("`for`") && expects("`where`"))
      return "say for whom: `waive POLICY.CRITERION for \"KEY\"`, or `where CONDITION`";
    for (const Habit& habit : missing_habits())
      if (expects(habit.expected)) return std::string(habit.help);
    const bool closes =
        rules::is<TokenKind::end, TokenKind::close_brace, TokenKind::close_bracket, TokenKind::close_list>(kind(0));
    if (expected.size() == 2 && expects("`,`") && !closes) return "write `,` before it";
    if (expected.size() != 1 || expected.front().front() != '`') return {};
    if (expects("`else`")) return "an `if` has an `else`: `if CONDITION then A else B`";
    const std::size_t quoted = expected.front().find('`', 1) + 1;
    if (quoted != expected.front().size() || closes) return {};
    return "write " + std::string(expected.front()) + (is_sign(text(0)) ? " instead of it" : " before it");
  }
};

}  // namespace

Advice advise(const Mistake& mistake) { return Adviser(mistake).run(); }

}  // namespace muster::parse

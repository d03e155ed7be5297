// SPDX-License-Identifier: Apache-2.0
#include "grammar/parse/habits.h"

#include <array>

namespace muster::parse {
namespace {

using rules::TokenKind;

constexpr std::string_view kCondition = "`else`";  // behind a condition an `else` may follow
constexpr std::string_view kField = "a field";
constexpr std::string_view kState = "`known`, `unknown`, `present` or `absent`";

constexpr std::string_view kModule = "a declaration";
constexpr std::string_view kItem = "a criterion or another item of the policy";
constexpr std::string_view kClause = "a clause";

constexpr std::array kSigns = {
    Habit{"", "&&", "write `and`"},
    Habit{"", "&", "write `and`"},
    Habit{"", "||", "write `or`"},
    Habit{"`.`", "|", "converters stand behind the path, with nothing between them"},
    Habit{kField, "|", "write `T?` for a `T` that may be absent"},
    Habit{"a name", "|", "names are parted by commas or blanks; `|` parts the spellings behind `=`"},
    Habit{"", "!==", "write `!=`"},
    Habit{"", "!", "write `not`"},
    Habit{"", "<>", "write `!=`"},
    Habit{"", "===", "write `==`"},
    Habit{"", "==>", "write `implies` between conditions"},
    Habit{"", "=~", "write `matches r\"...\"`"},
    Habit{"", "=<", "write `<=`"},
    Habit{kCondition, "=>", "write `>=` to compare, `implies` between conditions"},
    Habit{kField, "=", "a field has no default; what its type says may be absent is written `T?`"},
    Habit{"`met`, `unmet`, `na`, `waived` or `unknown`", "=", "leave it out: `expect CRITERION met`"},
    Habit{"an operator or the end of the expression", ":", "a value is printed as its literal looks, in no other form"},
    Habit{kCondition, ":", "leave it out: what follows is a clause of its own"},
    Habit{"`]`", ":", "an object stands in braces: `[{ NAME: VALUE }]`"},
    Habit{"a name", "*", "name what is meant: `import MODULE (a, b)`"},
    Habit{kCondition, "=", "write `==` to compare"},
    Habit{"`.`", "=", "two names stand in brackets: `on (PATH = FIELD)`"},
    Habit{"", "≥", "write `>=`"},
    Habit{"", "≤", "write `<=`"},
    Habit{"", "≠", "write `!=`"},
    Habit{"", "→", "write `=>` in `choose` and `map`, `<-` in bindings, `implies` between conditions"},
    Habit{"", "∈", "write `in`"},
    Habit{"", "“", "texts stand in straight quotes: `\"...\"`"},
    Habit{"", "”", "texts stand in straight quotes: `\"...\"`"},
    Habit{"", "„", "texts stand in straight quotes: `\"...\"`"},
    Habit{"", "’", "texts stand in straight quotes: `\"...\"`"},
    Habit{"", "‘", "texts stand in straight quotes: `\"...\"`"},
    Habit{"", "'", "texts stand in double quotes: `\"...\"`"},
    Habit{"", "–", "write `-`, or `//` before a comment"},
    Habit{"", "—", "write `-`, or `//` before a comment"},
    Habit{"", "#", "a comment begins with `//`"},
    Habit{"", "/*", "a comment begins with `//` and ends with its line"},
    Habit{"", "*/", "a comment begins with `//` and ends with its line"},
    Habit{kModule, "--", "a comment begins with `//`"},
    Habit{kItem, "--", "a comment begins with `//`"},
    Habit{kClause, "--", "a comment begins with `//`"},
    Habit{"", "**", "there are no powers: write `x * x`"},
    Habit{"", "%", "a percent is written `80%`; no operator is called `%`"},
    Habit{kClause, "+", "an expression stands in the braces of a message: `\"{a} and {b}\"`"},
    Habit{"a value", "+", "no `+` stands before a number"},
    Habit{"an expression", "+", "no `+` stands before a number"},
    Habit{kCondition, "?", "write `if CONDITION then A else B`"},
    Habit{"`)`", "?", "write `if CONDITION then A else B`"},
    Habit{"a value", "->", "write `implies` between conditions, `=>` in `choose`"},
    Habit{"", "->", "write `=>` in `choose` and `map`, `<-` in bindings, `implies` between conditions"},
    Habit{"a path into the data", "$", "a path begins with the first name in it: `a.b`"},
    Habit{"`,`", ";", "write `,`"},
    Habit{"", ";", "leave it out: a blank or the end of the line parts what stands in a block"},
};

constexpr std::string_view kContains = "write `contains`: `text contains \"x\"`, `list contains x`";
constexpr std::string_view kMatches = "write `contains \"...\"`, `starts with \"...\"` or `matches r\"...\"`";
constexpr std::string_view kAbsent = "write `is absent`, or `is present` for the opposite";
constexpr std::string_view kRecord = "write `record`, `evidence` or `subject`";
constexpr std::string_view kParam = "write `param NAME: TYPE = VALUE`";
constexpr std::string_view kDefine = "write `define NAME(x: TYPE): TYPE = EXPRESSION`";
constexpr std::string_view kImport = "write `import MODULE`, or `import MODULE (name)`";
constexpr std::string_view kCriterion = "write `must NAME \"title\" { ... }`, or `should`, or `may`";
constexpr std::string_view kLet = "write `let NAME = EXPRESSION`";
constexpr std::string_view kMessage = "write `else \"...\"` behind the condition";
constexpr std::string_view kRequire = "write `require CONDITION`";
constexpr std::string_view kWhen = "write `when CONDITION`: where it is false, the criterion doesn't apply";
constexpr std::string_view kTitle = "the title stands behind the name: `must NAME \"title\" { ... }`";
constexpr std::string_view kFormat =
    "write the form of the date in quotes: `as \"%d/%m/%Y\"`; other types are read as they are";

constexpr std::array kWords = {
    Habit{"", "like", kMatches},
    Habit{"", "ilike", kMatches},
    Habit{"", "startswith", "write `starts with`"},
    Habit{"", "starts_with", "write `starts with`"},
    Habit{"", "endswith", "write `ends with`"},
    Habit{"", "ends_with", "write `ends with`"},
    Habit{"", "includes", kContains},
    Habit{kModule, "include", kImport},
    Habit{kCondition, "include", kContains},
    Habit{"", "has", kContains},
    Habit{"", "between", "write `in A..B`"},
    Habit{"", "within", "write `in A..B`; of a date, `date >= today - 30 days`"},
    Habit{"", "ago", "write `today - 30 days`"},
    Habit{"", "equals", "write `==`"},
    Habit{"", "elif", "write `else if`"},
    Habit{"", "elsif", "write `else if`"},
    Habit{"", "elseif", "write `else if`"},
    Habit{"", "xor", "write `a != b`"},
    Habit{kCondition, "unless", "write `or`: it is enough that one of the two holds"},
    Habit{kCondition, "if", "write `when CONDITION` before the `require`"},
    Habit{kCondition, "passes", "write `every must` alone: that each of them passes is what it says"},
    Habit{kCondition, "pass", "write `every must` alone: that each of them passes is what it says"},
    Habit{kCondition, "met", "write `every must` alone: that each of them passes is what it says"},
    Habit{kCondition, "because", kMessage},
    Habit{kCondition, "message", kMessage},
    Habit{kCondition, "otherwise", kMessage},
    Habit{kCondition, "known", "write `is known`"},
    Habit{kCondition, "present", "write `is present`"},
    Habit{kCondition, "absent", "write `is absent`"},
    Habit{kState, "none", kAbsent},
    Habit{kState, "null", kAbsent},
    Habit{kState, "nil", kAbsent},
    Habit{kState, "missing", "write `is unknown` for what nobody said, `is absent` for what is known not to be there"},
    Habit{kState, "empty", "write `size(xs) == 0` of a list, `t == \"\"` of a text, `x is absent` of an optional"},
    Habit{kState, "defined", kAbsent},
    Habit{kState, "true", "a condition stands alone: `x`, or `not x`"},
    Habit{kState, "false", "a condition stands alone: `x`, or `not x`"},
    Habit{kState, "met", "write `passes(criterion)` of one criterion, `every must` of all"},
    Habit{"`{`", "fresh", "write `fresh for 90 days`"},
    Habit{kModule, "fresh", "it stands behind the name: `evidence NAME fresh for 90 days { ... }`"},
    Habit{kModule, "type", kRecord},
    Habit{kModule, "class", kRecord},
    Habit{kModule, "struct", kRecord},
    Habit{kModule, "entity", kRecord},
    Habit{kModule, "const", kParam},
    Habit{kModule, "let", kParam},
    Habit{kModule, "var", kParam},
    Habit{kModule, "def", kDefine},
    Habit{kModule, "function", kDefine},
    Habit{kModule, "func", kDefine},
    Habit{kModule, "fn", kDefine},
    Habit{kModule, "from", kImport},
    Habit{kModule, "use", kImport},
    Habit{kModule, "using", kImport},
    Habit{kItem, "criterion", kCriterion},
    Habit{kItem, "criteria", kCriterion},
    Habit{kItem, "rule", kCriterion},
    Habit{kItem, "check", kCriterion},
    Habit{kItem, "final", "write `lock NAME`, or `locked` before the level of a criterion of its own"},
    Habit{kItem, "var", kLet},
    Habit{kItem, "const", kLet},
    Habit{kClause, "var", kLet},
    Habit{kClause, "const", kLet},
    Habit{kClause, "if", kWhen},
    Habit{kClause, "assert", kRequire},
    Habit{kClause, "ensure", kRequire},
    Habit{kClause, "check", kRequire},
    Habit{kClause, "message", kMessage},
    Habit{kClause, "because", kMessage},
    Habit{kClause, "title", kTitle},
    Habit{kClause, "description", kTitle},
    Habit{kClause, "link", "write `see \"...\"`"},
    Habit{kClause, "url", "write `see \"...\"`"},
    Habit{"a clause of the score", "weights", "write `weight must 3, should 2, may 1`"},
    Habit{"an option of the source", "separator", "write `delimiter`"},
    Habit{"`given`, `with`, `waive`, `expect`, `case`", "assert", "write `expect`"},
    Habit{"`given`, `with`, `waive`, `expect`", "assert", "write `expect`"},
    Habit{"`met`, `unmet`, `na`, `waived` or `unknown`", "is", "leave it out: `expect CRITERION met`"},
    Habit{"`met`, `unmet`, `na`, `waived` or `unknown`", "pass",
          "of a criterion write `met`; of a gate, `expect gate NAME pass`"},
    Habit{"`met`, `unmet`, `na`, `waived` or `unknown`", "passes", "write `met`"},
    Habit{"`met`, `unmet`, `na`, `waived` or `unknown`", "fail",
          "of a criterion write `unmet`; of a gate, `expect gate NAME fail`"},
    Habit{"`met`, `unmet`, `na`, `waived` or `unknown`", "fails", "write `unmet`"},
    Habit{"`pass`, `fail` or `undecided`", "met", "a gate does `pass`"},
    Habit{"`pass`, `fail` or `undecided`", "unmet", "a gate does `fail`"},
    Habit{"`pass`, `fail` or `undecided`", "unknown", "a gate is `undecided`"},
    Habit{"`ratio`", "percent", "write `as ratio` where 1 is all of it, `as points` where 100 is"},
    Habit{"`ratio`", "date", kFormat},
    Habit{"`ratio`", "time", kFormat},
    Habit{"`ratio`", "number", "leave it out: a value is read as the type of its field"},
    Habit{"`ratio`", "int", "leave it out: a value is read as the type of its field"},
    Habit{"`ratio`", "text", "leave it out: a value is read as the type of its field"},
    Habit{"`ratio`", "bool", "leave it out: a value is read as the type of its field"},
    Habit{"`else`", "default", "write `else => ...`"},
    Habit{"`else`", "_", "write `else => ...`"},
    Habit{"`from`", "to", "write `bind SUBJECT from SOURCE { ... }`"},
    Habit{"`on`", "join", "write `on`"},
    Habit{"`..`", "to", "write `A..B`"},
    Habit{"`..`", "and", "write `A..B`"},
    Habit{"`as`", "on", "write `as of 2026-11-23`"},
    Habit{"`for`", "on", "write `for SUBJECT`"},
};

constexpr std::string_view kChange =
    "write `tighten NAME { ... }` to require more, `amend NAME { ... }` for its `owner`, `fix` and the like, "
    "`replace NAME because \"...\" { ... }` to require something else";
constexpr std::string_view kLoosen =
    "write `set PARAM = VALUE because \"...\"`, `demote NAME to LEVEL because \"...\"` or "
    "`replace NAME because \"...\" { ... }`";
constexpr std::string_view kUnlock = "what a policy above has locked stays locked";
constexpr std::string_view kKeep = "leave it out: what isn't changed is inherited";

constexpr std::array kDeltas = {
    DeltaHabit{"delete", TokenKind::word_drop},        DeltaHabit{"remove", TokenKind::word_drop},
    DeltaHabit{"exclude", TokenKind::word_drop},       DeltaHabit{"except", TokenKind::word_drop},
    DeltaHabit{"omit", TokenKind::word_drop},          DeltaHabit{"without", TokenKind::word_drop},
    DeltaHabit{"disable", TokenKind::word_drop},       DeltaHabit{"skip", TokenKind::word_drop},
    DeltaHabit{"ignore", TokenKind::word_drop},        DeltaHabit{"suppress", TokenKind::word_drop},
    DeltaHabit{"override", TokenKind::word_replace},   DeltaHabit{"overrides", TokenKind::word_replace},
    DeltaHabit{"overwrite", TokenKind::word_replace},  DeltaHabit{"redefine", TokenKind::word_replace},
    DeltaHabit{"rewrite", TokenKind::word_replace},    DeltaHabit{"substitute", TokenKind::word_replace},
    DeltaHabit{"extend", TokenKind::word_tighten},     DeltaHabit{"extends", TokenKind::word_tighten},
    DeltaHabit{"strengthen", TokenKind::word_tighten}, DeltaHabit{"restrict", TokenKind::word_tighten},
    DeltaHabit{"harden", TokenKind::word_tighten},     DeltaHabit{"augment", TokenKind::word_tighten},
    DeltaHabit{"raise", TokenKind::word_promote},      DeltaHabit{"upgrade", TokenKind::word_promote},
    DeltaHabit{"elevate", TokenKind::word_promote},    DeltaHabit{"lower", TokenKind::word_demote},
    DeltaHabit{"downgrade", TokenKind::word_demote},   DeltaHabit{"freeze", TokenKind::word_lock},
    DeltaHabit{"protect", TokenKind::word_lock},       DeltaHabit{"change", TokenKind::end, kChange},
    DeltaHabit{"modify", TokenKind::end, kChange},     DeltaHabit{"update", TokenKind::end, kChange},
    DeltaHabit{"edit", TokenKind::end, kChange},       DeltaHabit{"alter", TokenKind::end, kChange},
    DeltaHabit{"adjust", TokenKind::end, kChange},     DeltaHabit{"patch", TokenKind::end, kChange},
    DeltaHabit{"customize", TokenKind::end, kChange},  DeltaHabit{"loosen", TokenKind::end, kLoosen},
    DeltaHabit{"relax", TokenKind::end, kLoosen},      DeltaHabit{"weaken", TokenKind::end, kLoosen},
    DeltaHabit{"unlock", TokenKind::end, kUnlock},     DeltaHabit{"inherit", TokenKind::end, kKeep},
    DeltaHabit{"include", TokenKind::end, kKeep},      DeltaHabit{"keep", TokenKind::end, kKeep},
    DeltaHabit{"use", TokenKind::end, kKeep},
};

constexpr std::string_view kAny = "write `any x in LIST: CONDITION`";
constexpr std::string_view kAll = "write `all x in LIST: CONDITION`; of criteria, `every must`";
constexpr std::string_view kNo = "write `no x in LIST: CONDITION`";
constexpr std::string_view kChoose = "write `choose { CONDITION => VALUE, else => VALUE }`";

constexpr std::array kLeading = {
    Habit{"", "any", kAny},
    Habit{"", "some", kAny},
    Habit{"", "exists", kAny},
    Habit{"", "all", kAll},
    Habit{"", "each", kAll},
    Habit{"", "every", kAll},
    Habit{"", "forall", kAll},
    Habit{"", "for", kAll},
    Habit{"", "no", kNo},
    Habit{"", "none", kNo},
    Habit{"", "choose", kChoose},
    Habit{"", "case", kChoose},
    Habit{"", "switch", kChoose},
    Habit{"", "match", kChoose},
    Habit{"", "let", "a `let` is a clause of its own: `let NAME = EXPRESSION`"},
};

constexpr std::string_view kConditional = "write `if CONDITION then A else B`";

constexpr std::array kMissing = {
    Habit{kState, "",
          "write `==` or `!=` to compare; `is` asks whether something is known, unknown, present or absent"},
    Habit{"`then`", "", kConditional},
    Habit{"`on`", "", "write `{ field <- path }`; `{}` where the data call every field as it is called here"},
    Habit{"`enum`", "", "write `ordered enum NAME { ... }`"},
    Habit{"`with`", "", "write `starts with \"...\"`, `ends with \"...\"`"},
    Habit{"a list or a range", "", "a list stands in `[` and `]`, a range is `A..B`"},
    Habit{"a range `a..b`", "", "write `A..B`: both ends belong to it"},
    Habit{"`for`", "", "write `policy NAME for SUBJECT`, `test \"...\" for POLICY`"},
    Habit{"parameters in brackets", "",
          "write `define NAME(x: TYPE): TYPE = EXPRESSION`; a value without parameters is a `param`"},
    Habit{"`=` and an expression", "", "write `= EXPRESSION`"},
    Habit{"`=` and a value", "", "write `= VALUE`"},
    Habit{"`:` and a type", "", "write `: TYPE`"},
    Habit{"`..`", "", "write `A..B`: both ends belong to it"},
    Habit{"a clause that can be amended", "",
          "`owner`, `why`, `fix`, `see`, `tags`, `weight` and `effective` can be amended"},
    Habit{"a declaration", "", "a module holds declarations: `subject`, `policy`, `source`, `bind` and others"},
};

struct Shape {
  std::string_view word;
  std::string_view help;
};

constexpr std::array kShapes = {
    Shape{"any", "write `any x in LIST: CONDITION`"},
    Shape{"all", "write `all x in LIST: CONDITION`"},
    Shape{"no", "write `no x in LIST: CONDITION`"},
    Shape{"least", "write `at least 2 x in LIST: CONDITION`"},
    Shape{"most", "write `at most 2 x in LIST: CONDITION`"},
    Shape{"exactly", "write `exactly 2 x in LIST: CONDITION`"},
    Shape{"count", "write `size(LIST)`, or `count(x in LIST where CONDITION)`"},
    Shape{"size", "write `count(x in LIST where CONDITION)`"},
    Shape{"sum", "write `sum(x in LIST: VALUE)`"},
    Shape{"avg", "write `avg(x in LIST: VALUE)`"},
    Shape{"min", "write `min(x in LIST: VALUE)`"},
    Shape{"max", "write `max(x in LIST: VALUE)`"},
    Shape{"first", "write `first(x in LIST)`, or `first(x in LIST where CONDITION)`"},
    Shape{"latest", "write `latest(x in LIST by VALUE)`"},
};

}  // namespace

std::span<const Habit> sign_habits() { return kSigns; }
std::span<const Habit> word_habits() { return kWords; }
std::span<const DeltaHabit> delta_habits() { return kDeltas; }
std::span<const Habit> leading_habits() { return kLeading; }
std::span<const Habit> missing_habits() { return kMissing; }

std::string_view shape_of(std::string_view quantifier) {
  for (const Shape& shape : kShapes)
    if (shape.word == quantifier) return shape.help;
  return {};
}

}  // namespace muster::parse

// SPDX-License-Identifier: Apache-2.0
#include "tests/agreement/changes.h"

#include <algorithm>
#include <set>

namespace muster::agreement {

namespace {

struct Word {
  Change change;
  const char* name;
};
constexpr Word kWords[] = {
    {Change::set, "set"},
    {Change::tighten, "tighten"},
    {Change::tighten_gate, "tighten gate"},
    {Change::promote, "promote"},
    {Change::demote, "demote"},
    {Change::amend, "amend"},
    {Change::replace, "replace"},
    {Change::replace_gate, "replace gate"},
    {Change::replace_score, "replace score"},
    {Change::replace_levels, "replace levels"},
    {Change::drop, "drop"},
    {Change::drop_gate, "drop gate"},
    {Change::drop_score, "drop score"},
    {Change::drop_levels, "drop levels"},
    {Change::lock, "lock"},
    {Change::add_criterion, "add criterion"},
    {Change::add_to_section, "add to section"},
    {Change::add_section, "add section"},
    {Change::add_gate, "add gate"},
    {Change::add_score, "add score"},
    {Change::add_show, "add show"},
    {Change::add_let, "add let"},
    {Change::waive, "waive"},
};

class Changer {
 public:
  Changer(const typed::Program& program, const typed::Policy& parent, std::string own, Generator& random)
      : program_(program), parent_(parent), own_(std::move(own)), random_(random) {}

  // Nothing where the parent has nothing of the kind.
  Generation::Made make(Change change) {
    Generation::Made made{change, "", ""};
    switch (change) {
      case Change::set: set(made); break;
      case Change::tighten:
        made.target = criterion();
        made.text = "tighten " + made.target + " {\n" + rules() + "}\n";
        break;
      case Change::tighten_gate:
        made.target = one_of(parent_.gates);
        made.text = "tighten gate " + made.target + " { require " + random_.gate_condition(1) + " }\n";
        break;
      case Change::promote: level(made, "promote"); break;
      case Change::demote: level(made, "demote"); break;
      case Change::amend:
        made.target = criterion();
        made.text = "amend " + made.target + " because \"" + reason() + "\" {\n" + amended() + "}\n";
        break;
      case Change::replace:
        made.target = criterion();
        made.text = "replace " + made.target + " because \"" + reason() + "\" {\n" + random_.conditions(2, fresh()) +
                    (random_.one_in(3) ? "      weight 2\n" : "") + "}\n";
        break;
      case Change::replace_gate:
        made.target = one_of(parent_.gates);
        made.text = "replace gate " + made.target + " because \"" + reason() + "\" { require " +
                    random_.gate_condition(1) + " }\n";
        break;
      case Change::replace_score:
        made.target = one_of(parent_.scores);
        made.text = "replace score " + made.target + " because \"" + reason() + "\" " + score();
        break;
      case Change::replace_levels:
        made.target = one_of(parent_.levels);
        made.text = "replace levels " + made.target + " because \"" + reason() + "\" { " + one_of(parent_.gates) + " " +
                    one_of(parent_.gates) + " }\n";
        break;
      case Change::drop:
        made.target = criterion();
        made.text = "drop " + made.target + " because \"" + reason() + "\"\n";
        break;
      case Change::drop_gate:
        made.target = one_of(parent_.gates);
        made.text = "drop gate " + made.target + " because \"" + reason() + "\"\n";
        break;
      case Change::drop_score:
        made.target = one_of(parent_.scores);
        made.text = "drop score " + made.target + " because \"" + reason() + "\"\n";
        break;
      case Change::drop_levels:
        made.target = one_of(parent_.levels);
        made.text = "drop levels " + made.target + " because \"" + reason() + "\"\n";
        break;
      case Change::lock:
        made.target = criterion();
        made.text = "lock " + made.target + "\n";
        break;
      case Change::add_criterion:
        made.target = fresh();
        made.text = added(made.target);
        break;
      case Change::add_to_section:
        made.target = fresh();
        made.text = "section " + one_of(parent_.sections) + " {\n" + added(made.target) + "}\n";
        break;
      case Change::add_section:
        made.target = fresh();
        made.text = "section " + made.target + " \"Added\" {\n" +
                    (random_.one_in(2) ? "when i >= 0 or l == high\n" : "") + added(fresh()) + added(fresh()) + "}\n";
        break;
      case Change::add_gate:
        made.target = part_name();
        made.text = "gate " + made.target + " { require " + random_.gate_condition(2) + " }\n";
        break;
      case Change::add_score:
        made.target = part_name();
        made.text = "score " + made.target + " " + score();
        break;
      case Change::add_show:
        made.target = fresh();
        made.text = "show " + made.target + " = " + random_.shown(1) + "\n";
        break;
      case Change::add_let:
        made.target = part_name();
        made.text = "let " + made.target + " = " + random_.shown(1) + "\n";
        break;
      case Change::waive:
        made.target = criterion();
        made.text = random_.waiver(own_, made.target);
        break;
    }
    if (made.target.empty()) made.text.clear();
    return made;
  }

 private:
  std::string fresh() { return own_ + std::to_string(++made_); }

  // Now and then that of a field: what is inherited reads the field, and the policy's own gates the new one.
  std::string part_name() { return random_.one_in(3) ? random_.pick({"i", "a", "l", "x", "ob", "parts"}) : fresh(); }

  std::string reason() { return random_.pick({"Agreed in March", "A \\\"second\\\" look {{1}}", "Cost"}); }

  template <class Part>
  std::string one_of(const std::vector<Part>& parts) {
    return parts.empty() ? "" : parts[random_.below(static_cast<unsigned>(parts.size()))].name;
  }
  std::string criterion() { return one_of(parent_.criteria); }

  void set(Generation::Made& made) {
    if (parent_.params.empty()) return;
    const typed::PolicyParam& param = parent_.params[random_.below(static_cast<unsigned>(parent_.params.size()))];
    const typed::Param& declared = program_.params[param.param];
    if (!param.range) return;
    const auto text = [&](const types::Scalar& value) { return types::to_text(program_.types, declared.type, value); };
    types::Scalar low = param.range->low, high = param.range->high, value = param.value;
    if (std::holds_alternative<std::int64_t>(value)) {
      const std::int64_t least = std::get<std::int64_t>(low), most = std::get<std::int64_t>(high);
      const std::int64_t chosen = least + random_.below(static_cast<unsigned>(most - least + 1));
      value = chosen;
      low = std::max(least, chosen - 2);
      high = std::min(most, chosen + 1);
    } else {
      const double least = std::get<types::Percent>(low).points, most = std::get<types::Percent>(high).points;
      const double chosen = least + (most - least) / 8 * random_.below(9);
      value = types::Percent{chosen};
      high = types::Percent{(chosen + most) / 2};
    }
    made.target = declared.name;
    made.text = "set " + (random_.one_in(2) ? declared.name : declared.module + "." + declared.name) + " = " +
                text(value) + (random_.one_in(2) ? " in " + text(low) + ".." + text(high) : "") + " because \"" +
                reason() + "\"\n";
  }

  void level(Generation::Made& made, const std::string& word) {
    std::vector<const typed::Criterion*> fitting;
    const typed::Level last = word == "promote" ? typed::Level::must : typed::Level::may;
    for (const typed::Criterion& each : parent_.criteria)
      if (each.level != last) fitting.push_back(&each);
    if (fitting.empty()) return;
    const typed::Criterion& chosen = *fitting[random_.below(static_cast<unsigned>(fitting.size()))];
    const bool to_should = chosen.level != typed::Level::should && random_.one_in(2);
    made.target = chosen.name;
    made.text = word + " " + made.target + " to " +
                (to_should           ? "should"
                 : word == "promote" ? "must"
                                     : "may") +
                " because \"" + reason() + "\"\n";
  }

  // For `tighten`: what it adds sees lets and guards of what is there.
  std::string rules() {
    const std::string let = fresh();
    switch (random_.below(6)) {
      case 0: return "let " + let + " = " + random_.shown(1) + "\nrequire " + let + " >= most or l == mid\n";
      case 1: return "require oi is present\nrequire oi > i else \"{oi} and {i}\"\n";
      case 2: return "require l in [mid, high] or c != red\n";
      case 3: return "require part.ok\n";  // of h5 alone
      default: return random_.requirement();
    }
  }

  std::string amended() {
    std::string text;
    if (random_.one_in(2)) text += "owner \"" + own_ + "\"\n";
    if (random_.one_in(3)) text += "fix \"raise {i} to {most}\"\n";
    if (random_.one_in(3)) text += "why \"{l}\"\n";
    if (random_.one_in(3)) text += "tags " + random_.pick({"red", "pale", "red, pale"}) + "\n";
    if (random_.one_in(3)) text += "weight " + random_.pick({"0", "1.5", "4"}) + "\n";
    if (random_.one_in(4)) text += "effective " + random_.pick({"2026-01-01", "2027-06-30"}) + "\n";
    return text.empty() ? "see \"https://example.org\"\n" : text;
  }

  std::string score() {
    if (random_.one_in(3) && !parent_.scores.empty())
      return "= " + random_.pick({"s0 / 2 + 10", "50 + number(i)", "min(s0, s1)"}) + "\n";
    return "{\n" + random_.score_settings() + "}\n";
  }

  // A criterion that reads fields of the wider subject, or one that reads what p reads.
  std::string added(const std::string& name) {
    const std::string opening =
        random_.pick({"must ", "should ", "may ", "locked must "}) + name + " \"" + name + "\" ";
    switch (random_.below(7)) {
      case 0: return opening + "{ require " + own_ + "_shade != " + random_.pick({"red", "Colour.grey"}) + " }\n";
      case 1: return opening + "{ require is_big(i) or " + own_ + "_count > most\n require plus_one(i) > 1 }\n";
      case 2: return opening + "{ let y0 = l == high\n require y0 or l > low\n tags red }\n";
      case 3: return opening + "{ when " + own_ + "_part is present\n require " + own_ + "_part.z > twice }\n";
      case 4: return opening + "{ require " + own_ + "_rank >= top or l >= mid\n }\n";
      default: return random_.criterion(name);
    }
  }

  const typed::Program& program_;
  const typed::Policy& parent_;
  std::string own_;
  Generator& random_;
  int made_ = 0;
};

}  // namespace

const std::vector<Change>& all_changes() {
  static const std::vector<Change> all = [] {
    std::vector<Change> changes;
    for (const Word& word : kWords) {
      if (word.change != Change::waive) changes.push_back(word.change);
    }
    return changes;
  }();
  return all;
}

const char* name(Change change) {
  return std::find_if(std::begin(kWords), std::end(kWords), [&](const Word& word) { return word.change == change; })
      ->name;
}

std::vector<Generation::Made> random_changes(const typed::Program& program, const typed::Policy& parent,
                                             const std::string& own, const DerivingOptions& options,
                                             Generator& random) {
  Changer changer(program, parent, own, random);
  std::vector<Generation::Made> changes;
  for (unsigned left = 1 + random.below(options.most_changes); left > 0; --left) {
    const Change change = options.changes[random.below(static_cast<unsigned>(options.changes.size()))];
    Generation::Made made = changer.make(change);
    if (!made.text.empty()) changes.push_back(std::move(made));
  }
  return changes;
}

std::string declarations_like_inherited(const std::string& own, Generator& random) {
  std::string text = "enum Colour { red, pink = \"Pink\" | \"rose\", grey }\nordered enum Level { low, top }\n";
  text += "record Part { z: int }\n";
  text += "param " + own + "_bar: int = 3 in 0..9\n";
  if (random.one_in(2)) text += "param most: int = " + std::to_string(random.below(4)) + "\n";
  text += "define is_big(n: int): bool = n <= " + own + "_bar\n";
  text += "define plus_one(most: int): int = most + " + std::to_string(1 + random.below(3)) + "\n";
  return text;
}

std::string fields_like_inherited(const std::string& own, Generator& random) {
  std::string text =
      "  " + own + "_shade: Colour\n  " + own + "_count: int\n  " + own + "_part: Part?\n  " + own + "_rank: Level\n";
  // Values of enums, lets, params, defines, shared evidence, scores, gates, variables, and words of the language.
  static const char* const kLikeInherited[] = {
      "low: bool",         "mid: base.Level", "high: base.Level", "red: base.Colour", "green: int",   "twice: int",
      "some: int",         "near: text",      "most: int",        "least: percent",   "is_big: bool", "plus_one: int",
      "pool: list of int", "s0: percent",     "g0: bool",         "g1: int",          "open: bool",   "y: int",
      "x1: bool",          "y0: int",         "is_low: bool",     "part: int",        "enough: bool", "today: date",
      "now: time",         "size: int",       "Level: text",      "steps: bool",      "c0: bool",     "q1: int",
      "q2: bool",          "q_bar: int",      "Part: bool",       "grade: int"};
  std::set<std::string> chosen;
  for (unsigned left = random.below(6); left > 0; --left) {
    const std::string field = kLikeInherited[random.below(static_cast<unsigned>(std::size(kLikeInherited)))];
    // The second subject extends the first, which has the others.
    const bool is_mine = (field.size() + field.front()) % 2 == (own == "q" ? 0U : 1U);
    if (is_mine) chosen.insert(field);
  }
  for (const std::string& field : chosen) text += "  " + field + "\n";
  return text;
}

}  // namespace muster::agreement

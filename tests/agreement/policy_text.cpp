// SPDX-License-Identifier: Apache-2.0
#include "tests/agreement/policy_text.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace muster::agreement {

namespace {

using compare::Of;
using compare::What;

// Random gates look at little; these look at everything.
constexpr const char* kWideGates[][2] = {{"met", " { require count(met criterion) >= 5 }\n"},
                                         {"unmet", " { require count(unmet must) <= 1  require count(na may) < 3 }\n"},
                                         {"points", " { require s0 >= 50% or s1 >= 40% }\n"},
                                         {"aging", " { require every criterion tagged aging }\n"}};

// And few read what gets stale.
constexpr const char* kAging[][2] = {{"c20", "      require rep.g <= 3\n"},
                                     {"c21", "      require all x in reps: x.g <= 3\n"},
                                     {"c22", "      require orep is present and orep.g <= 2\n"}};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

bool starts(const std::string& line, const std::string& with) { return line.compare(0, with.size(), with) == 0; }

// `what name rest`
PolicyText::Named named(const std::string& line, const std::string& what, const std::string& ends) {
  const auto begin = line.find(what) + what.size();
  const auto end = line.find_first_of(ends, begin);
  return {line.substr(begin, end - begin), line.substr(end)};
}

// Takes `fresh for N days` out of the line of a declaration.
void take_fresh(std::string& line, const std::string& name, const std::string& before, PolicyText& text) {
  if (!starts(line, before)) return;
  const auto at = line.find(" fresh for ");
  std::string fresh;
  if (at != std::string::npos) {
    const auto end = line.find(" days", at) + 5;
    fresh = line.substr(at + 1, end - at - 1);
    line.erase(at, end - at);
  }
  const std::string mark = "@" + name + "@";
  const auto brace = line.find(" {");
  line.insert(brace == std::string::npos ? line.size() : brace, mark);
  text.fresh.push_back({name, fresh});
}

}  // namespace

std::string with_words(std::string text, const std::map<std::string, std::string>& words) {
  const auto is_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
  std::string made;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word(text[at])) {
      made += text[at++];
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_word(text[end])) ++end;
    const std::string word = text.substr(at, end - at);
    // Behind one point it is a field, behind two the end of a range.
    const bool is_field = at > 0 && text[at - 1] == '.' && !(at > 1 && text[at - 2] == '.');
    const auto found = is_field ? words.end() : words.find(word);
    made += found == words.end() ? word : found->second;
    at = end;
  }
  return made;
}

PolicyText::PolicyText(const std::string& module) {
  enum class In { declarations, policy, criterion, score } in = In::declarations;
  for (std::string line : lines_of(module)) {
    switch (in) {
      case In::declarations:
        if (starts(line, "policy ")) {
          in = In::policy;
        } else if (starts(line, "param ")) {
          params.push_back(named(line, "param ", ":"));
        } else if (starts(line, "define ")) {
          defines.push_back(named(line, "define ", "("));
        } else {
          take_fresh(line, "Report", "evidence Report", *this);
          for (const char* field : {"rep", "orep", "reps"})
            take_fresh(line, field, "  " + std::string(field) + ":", *this);
          declarations += line + "\n";
        }
        break;
      case In::policy:
        if (starts(line, "waive p.")) {
          find_named(criteria, named(line, "waive p.", " ").name)->waivers += line + "\n";
        } else if (starts(line, "  let ")) {
          lets.push_back(named(line, "  let ", " "));
        } else if (starts(line, "  section ")) {
          sections.push_back({named(line, "  section ", " ").name, ""});
        } else if (starts(line, "    when ")) {
          sections.back().when = line + "\n";
        } else if (starts(line, "    ") && line != "    }") {
          const auto end = line.find(' ', 4);
          Criterion criterion;
          criterion.level = line.substr(4, end - 4);
          criterion.name = named(line, criterion.level + " ", " ").name;
          criterion.section = sections.size() - 1;
          criteria.push_back(criterion);
          in = In::criterion;
        } else if (starts(line, "  score ")) {
          scores.push_back(named(line, "  score ", " "));
          scores.back().text += "\n";
          if (line.back() == '{') in = In::score;
        } else if (starts(line, "  gate ")) {
          gates.push_back(named(line, "  gate ", " "));
          gates.back().text += "\n";
        } else if (line != "  }" && line != "}") {
          levels_and_shows += line + "\n";
        }
        break;
      case In::criterion: {
        Criterion& criterion = criteria.back();
        if (line == "    }")
          in = In::policy;
        else if (starts(line, "      weight"))
          criterion.weight = line + "\n";
        else if (starts(line, "      tags"))
          criterion.tags = line + "\n";
        else if (starts(line, "      effective"))
          criterion.effective = line + "\n";
        else
          criterion.conditions += line + "\n";
        break;
      }
      case In::score:
        scores.back().text += line + "\n";
        if (line == "  }") in = In::policy;
        break;
    }
  }
  for (const auto& [name, condition] : kAging) {
    Criterion criterion;
    criterion.name = name;
    criterion.level = "must";
    criterion.conditions = condition;
    criterion.tags = "      tags aging\n";
    criteria.push_back(std::move(criterion));
  }
  for (const auto& [name, text] : kWideGates) gates.push_back({name, text});
}

std::string PolicyText::module() const {
  std::string text = declarations;
  for (const Named& each : fresh) {
    const std::string mark = "@" + each.name + "@";
    text.replace(text.find(mark), mark.size(), each.text.empty() ? "" : " " + each.text);
  }
  for (const Named& each : params) text += "param " + each.name + each.text + "\n";
  for (const Named& each : defines) text += "define " + each.name + each.text + "\n";
  text += "policy p for S \"random\" {\n";
  for (const Named& each : lets) text += "  let " + each.name + each.text + "\n";
  for (std::size_t i = 0; i < sections.size(); ++i) {
    text += "  section " + sections[i].name + " \"" + sections[i].name + "\" {\n" + sections[i].when;
    for (const Criterion& each : criteria) {
      if (each.section != i) continue;
      text += "    " + each.level + " " + each.name + " \"" + each.name + "\" {\n" + each.conditions + each.weight +
              each.tags + each.effective + "    }\n";
    }
    text += "  }\n";
  }
  for (const Named& each : scores) text += "  score " + each.name + each.text;
  for (const Named& each : gates) text += "  gate " + each.name + each.text;
  text += levels_and_shows + "}\n";
  for (const Criterion& each : criteria) text += each.waivers;
  return text;
}

void PolicyText::change(const PolicyText& other, std::mt19937& random) {
  const auto below = [&](std::size_t end) { return static_cast<std::size_t>(random() % end); };
  const auto one_in = [&](std::size_t n) { return below(n) == 0; };
  const auto pick = [&](std::initializer_list<const char*> choices) {
    return std::string(*(choices.begin() + below(choices.size())));
  };
  // From one change to many: where there are many it takes several to undo one.
  const std::size_t rate = 6 + below(40);
  for (Named& each : fresh) {
    if (one_in(2)) each.text = pick({"", "fresh for 3 days", "fresh for 10 days", "fresh for 60 days"});
  }
  if (one_in(2 + rate / 8)) find_named(params, "most")->text = ": int = " + pick({"0", "1", "3", "5"}) + " in 0..5";
  if (one_in(2 + rate / 8))
    find_named(params, "least")->text = ": percent = " + pick({"10%", "40%", "90%"}) + " in 10%..90%";
  if (one_in(rate)) find_named(defines, "plus_one")->text = "(n: int): int = n + 2";
  if (one_in(rate)) find_named(defines, "good_items")->text = "(xs: list of Item): int = count(y in xs where not y.f)";
  if (one_in(rate)) find_named(lets, "twice")->text = " = i + j";
  if (one_in(rate)) find_named(lets, "some")->text = " = count(y in parts where not y.ok)";
  for (std::size_t i = 0; i < sections.size(); ++i) {
    if (one_in(rate)) sections[i].when = one_in(2) ? other.sections[i].when : pick({"", "    when a\n"});
  }
  for (Criterion& each : criteria) {
    const Criterion& another = *find_named(other.criteria, each.name);
    if (one_in(rate)) each.level = another.level;
    if (one_in(rate)) each.conditions = another.conditions;
    if (one_in(rate)) each.weight = another.weight;
    if (one_in(rate)) each.tags = another.tags;
    if (one_in(rate)) each.effective = another.effective;
    if (one_in(rate)) each.waivers = another.waivers;
    if (one_in(rate)) each.section = below(sections.size());
  }
  for (std::size_t i = criteria.size(); i-- > 0;) {
    if (one_in(rate)) criteria.erase(criteria.begin() + static_cast<std::ptrdiff_t>(i));
  }
  for (Named& each : scores) {
    if (one_in(rate)) each.text = find_named(other.scores, each.name)->text;
  }
  for (Named& each : gates) {
    if (one_in(rate)) each.text = find_named(other.gates, each.name)->text;
  }
}

std::string PolicyText::in_old_words(std::string text) const {
  std::map<std::string, std::string> words;
  for (const Named& each : defines) {
    if (!starts(each.name, "old_")) words[each.name] = "old_" + each.name;
  }
  for (const Named& each : lets) {
    if (!starts(each.name, "old_")) words[each.name] = "old_" + each.name;
  }
  return with_words(std::move(text), words);
}

void PolicyText::declare_old(const PolicyText& old) {
  if (find_named(defines, "old_plus_one") != defines.end()) return;
  std::vector<Named> old_defines, old_lets;
  for (const Named& each : old.defines) old_defines.push_back({"old_" + each.name, in_old_words(each.text)});
  for (const Named& each : old.lets) old_lets.push_back({"old_" + each.name, in_old_words(each.text)});
  defines.insert(defines.end(), old_defines.begin(), old_defines.end());
  lets.insert(lets.end(), old_lets.begin(), old_lets.end());
}

void PolicyText::rearrange_fields() {
  std::string text;
  std::vector<std::string> fields;
  bool inside = false;
  for (const std::string& line : lines_of(declarations)) {
    if (line == "}") {
      for (auto field = fields.rbegin(); field != fields.rend(); ++field) text += *field + "\n";
      fields.clear();
      inside = false;
    }
    if (inside) {
      fields.push_back(line);
      continue;
    }
    text += line + "\n";
    inside = !line.empty() && line.back() == '{';
    if (inside) fields.push_back("  unread: text?");
  }
  declarations = text;
}

void PolicyText::undo(const PolicyText& old, const compare::Difference& difference) {
  declare_old(old);
  const std::string& name = difference.name;
  const auto take = [&](std::vector<Named>& into, const std::vector<Named>& from) {
    find_named(into, name)->text = in_old_words(find_named(from, name)->text);
  };
  if (difference.what == What::fresh) return take(fresh, old.fresh);
  if (difference.of == Of::param) return take(params, old.params);
  if (difference.of == Of::gate) return take(gates, old.gates);
  if (difference.of == Of::score) return take(scores, old.scores);
  if (difference.of == Of::section) {
    find_named(sections, name)->when = in_old_words(find_named(old.sections, name)->when);
    return;
  }
  if (difference.of != Of::criterion) throw std::logic_error("nothing that has a text");
  if (difference.what == What::added) {
    criteria.erase(find_named(criteria, name));
    return;
  }
  Criterion before = *find_named(old.criteria, name);
  before.conditions = in_old_words(before.conditions);
  before.waivers = in_old_words(before.waivers);
  if (difference.what == What::dropped) {
    criteria.push_back(before);
    return;
  }
  Criterion& now = *find_named(criteria, name);
  if (difference.what == What::level) now.level = before.level;
  if (difference.what == What::section) now.section = before.section;
  if (difference.what == What::tags) now.tags = before.tags;
  if (difference.what == What::weight) now.weight = before.weight;
  if (difference.what == What::effective) now.effective = before.effective;
  if (difference.what == What::conditions) now.conditions = before.conditions;
  if (difference.what == What::waivers) now.waivers = before.waivers;
}

void PolicyText::declare_evidence_of_then() {
  declarations +=
      "record OldReport { g: int  good: bool  h: int?  collected: time  expires: time?  by: text?  ref: text? }\n";
  const std::string end = "}\nshared pool";
  declarations.insert(declarations.find(end),
                      "  old_rep: OldReport\n  old_orep: OldReport?\n  old_reps: list of OldReport\n");
  // What a section asks is asked by each of its criteria.
  for (Criterion& each : criteria) {
    const std::string& when = sections[each.section].when;
    if (!when.empty()) each.conditions = "  " + when + each.conditions;
  }
  for (Section& each : sections) each.when.clear();
}

void PolicyText::judge_as_of(base::Date day, const compare::Difference& difference) {
  const std::map<std::string, std::string> words = {{"rep", "old_rep"},
                                                    {"orep", "old_orep"},
                                                    {"reps", "old_reps"},
                                                    {"today", base::to_text(day)},
                                                    {"now", base::to_text(base::end_of(day))}};
  if (difference.of != Of::criterion) {
    Named& named = *find_named(difference.of == Of::gate ? gates : scores, difference.name);
    named.text = with_words(named.text, words);
    return;
  }
  Criterion& criterion = *find_named(criteria, difference.name);
  criterion.conditions = with_words(criterion.conditions, words);
  std::string in_force;
  for (const std::string& waiver : lines_of(criterion.waivers)) {
    const auto until = waiver.find(" until ");
    const auto from = waiver.rfind(" from ", until);
    const bool has_from = from != std::string::npos && from + 16 == until;
    const auto date_at = [&](std::size_t at) { return *base::parse_date(waiver.substr(at, 10)); };
    if (date_at(until + 7) < day || (has_from && day < date_at(from + 6))) continue;
    const std::string who = waiver.substr(0, has_from ? from : until);
    in_force += with_words(who, words) + " until 2999-12-31 by \"w\" because \"r\"\n";
  }
  criterion.waivers = in_force;
  if (criterion.effective.empty()) return;
  const auto date = base::parse_date(criterion.effective.substr(criterion.effective.find("20"), 10));
  criterion.effective = day < *date ? "      effective 2999-01-01\n" : "";
}

}  // namespace muster::agreement

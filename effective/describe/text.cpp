// SPDX-License-Identifier: Apache-2.0
// `text`: a policy for people at a terminal.
//
//   store.store_launch  Store launch
//     extends  shop.launch  Shop launch                                    shop.muster:12
//
//   asks for less
//     - criterion load_test demoted to may here: A store has no web shop   line 9
//
//   quality  Quality                                                       shop.muster:14
//     must  covered  Tests cover enough                                    shop.muster:16
//           require  coverage >= min_coverage  else "only {coverage}"
//           + tightened here                                               line 12
#include <algorithm>

#include "effective/describe/documents.h"
#include "runtime/report/columns.h"
#include "runtime/report/page.h"

namespace muster::describe {

namespace {

using Kind = typed::Origin::Kind;
using report::Page;
using report::Paint;
using report::Run;

constexpr std::size_t kNarrowestPage = 40;
constexpr std::size_t kWidestPage = 110;  // longer lines are hard to read
constexpr std::size_t kWidestName = 28;
constexpr std::size_t kLevelWidth = 8;   // `should` and two blanks
constexpr std::size_t kClauseWidth = 9;  // `require` and two blanks

class TextWriter {
 public:
  TextWriter(const Description& description, Colour colour, std::size_t width)
      : description_(description), width_(std::clamp(width, kNarrowestPage, kWidestPage)), page_(colour, width_) {}

  std::string write() {
    heading();
    weakenings();
    params();
    lets(description_.lets, 2);
    criteria();
    gates();
    scores();
    levels();
    shows();
    dropped();
    return page_.take();
  }

 private:
  void heading();
  void weakenings();
  void params();
  void criteria();
  void criterion(const Criterion& criterion, std::size_t name_width);
  void facts(const Criterion& criterion, std::size_t indent);
  void waiver(const Waiver& waiver, std::size_t indent);
  void gates();
  void scores();
  void levels();
  void shows();
  void dropped();

  void title(const std::string& text, const std::string& behind = "", const std::string& right = "");
  void lets(const std::vector<Let>& lets, std::size_t indent);
  void clause(std::size_t indent, const char* word, const Condition& condition, const std::string& owner);
  void clauses(std::size_t indent, const std::vector<Condition>& whens, const std::vector<Let>& lets,
               const std::vector<Condition>& requirements, const std::string& owner);
  // What came after the declaration.
  void chain(const Origins& origins, std::size_t indent);
  void step(const Origin& origin, const std::string& before, std::size_t indent);
  std::string text_of(const Place& place) const;
  std::string declared_at(const Origins& origins) const;
  bool derives() const { return !description_.ancestors.empty(); }

  template <class Part>
  static std::size_t name_width(const std::vector<Part>& parts) {
    std::size_t width = 0;
    for (const Part& part : parts) width = std::max(width, report::columns(part.name));
    return std::min(width, kWidestName) + 2;
  }
  static Run name_run(const std::string& name, std::size_t width) {
    const std::size_t columns = report::columns(name);
    return {name + std::string(columns + 2 > width ? 2 : width - columns, ' '), Paint::bold};
  }

  const Description& description_;
  const std::size_t width_;
  Page page_;
};

// Of the policy's own file the line is enough.
std::string TextWriter::text_of(const Place& place) const {
  const std::string line = std::to_string(place.at.line);
  return place.file == description_.place.file ? "line " + line : place.file + ":" + line;
}

std::string TextWriter::declared_at(const Origins& origins) const {
  return origins.empty() || !origins.front().place ? "" : text_of(*origins.front().place);
}

void TextWriter::title(const std::string& text, const std::string& behind, const std::string& right) {
  page_.blank_line();
  page_.entry(0, {{text + (behind.empty() ? "" : "  "), Paint::cyan}}, {{behind}}, right);
}

void TextWriter::heading() {
  const Place& here = description_.place;
  page_.entry(0, {{description_.policy, Paint::bold}, {description_.title.empty() ? "" : "  "}}, {{description_.title}},
              here.file + ":" + std::to_string(here.at.line));
  const char* word = "extends  ";
  for (const Ancestor& each : description_.ancestors) {
    page_.entry(2, {{word, Paint::dim}, {each.policy + (each.title.empty() ? "" : "  "), Paint::bold}}, {{each.title}},
                text_of(each.place));
    word = "         ";
  }
  word = "judges   ";
  for (const SubjectType& each : description_.subjects) {
    page_.entry(2, {{word, Paint::dim}}, {{each.name, Paint::bold}}, text_of(each.place));
    word = "  which extends  ";
  }
  if (description_.waiver_rows) {
    page_.entry(2, {{"waivers  ", Paint::dim}}, {{"also those in " + description_.waiver_rows->path}},
                text_of(description_.waiver_rows->place));
  }
}

void TextWriter::weakenings() {
  if (description_.weakenings.empty()) {
    if (!derives()) return;
    page_.blank_line();
    page_.entry(0, {}, {{"Nothing in it asks for less than what it extends.", Paint::green}});
    return;
  }
  page_.blank_line();
  page_.entry(0, {}, {{"asks for less", Paint::yellow}});
  for (const Weakening& each : description_.weakenings) step(each.origin, each.kind + " " + each.name + " ", 2);
}

// - criterion load_test demoted to may here: A store has no web shop
void TextWriter::step(const Origin& origin, const std::string& before, std::size_t indent) {
  const bool is_harder = origin.kind == Kind::tighten || origin.kind == Kind::promote || origin.kind == Kind::lock;
  const Paint paint = origin.weakens ? Paint::yellow : is_harder ? Paint::green : Paint::plain;
  const std::string sign = origin.weakens ? "- " : is_harder ? "+ " : "~ ";
  const bool is_own = origin.policy == description_.policy;
  const std::string who = origin.policy.empty() ? "on the command line" : is_own ? "here" : "by " + origin.policy;
  std::vector<Run> body{{before + step_text(origin), paint}, {who + (origin.because.empty() ? "" : ":")}};
  if (!origin.because.empty()) body.push_back({origin.because});
  page_.entry(indent, {{sign, paint}}, body, origin.place ? text_of(*origin.place) : "");
}

void TextWriter::chain(const Origins& origins, std::size_t indent) {
  for (const Origin& each : origins) {
    if (each.kind != Kind::declared) step(each, "", indent);
  }
}

void TextWriter::params() {
  if (description_.params.empty()) return;
  title("params");
  const std::size_t width = name_width(description_.params);
  for (const Param& param : description_.params) {
    std::vector<Run> body{{param.value, Paint::bold}};
    if (!param.low.empty()) body.push_back({"in " + param.low + ".." + param.high});
    if (param.is_locked) body.push_back({"(what is locked reads it)", Paint::dim});
    page_.entry(2, {name_run(param.name, width)}, body, declared_at(param.origins));
    const bool was_set = param.origins.size() > 1;
    if (was_set) page_.entry(2 + width, {}, {{step_text(param.origins.front()), Paint::dim}});
    chain(param.origins, 2 + width);
  }
}

void TextWriter::lets(const std::vector<Let>& lets, std::size_t indent) {
  if (lets.empty()) return;
  title("lets");
  const std::size_t width = name_width(lets);
  for (const Let& let : lets)
    page_.entry(indent, {name_run(let.name, width)}, {{let.value}},
                let.policy == description_.policy ? "" : let.policy);
}

void TextWriter::criteria() {
  std::size_t width = std::min(name_width(description_.criteria), kWidestName);
  std::optional<std::size_t> current;
  bool is_first = true;
  for (const Criterion& each : description_.criteria) {
    if (is_first || each.section != current) {
      current = each.section;
      if (current) {
        const Section& section = description_.sections[*current];
        title(section.name, section.title, text_of(section.place));
        for (const Condition& when : section.whens) clause(2, "when", when, section.policy);
        if (!section.whens.empty()) page_.blank_line();
      } else {
        title("criteria");
      }
    } else {
      page_.blank_line();
    }
    criterion(each, width);
    is_first = false;
  }
}

void TextWriter::criterion(const Criterion& criterion, std::size_t name_width) {
  const std::size_t indent = 2 + kLevelWidth;
  page_.entry(2, {{report::padded(criterion.level, kLevelWidth)}, name_run(criterion.name, name_width)},
              {{criterion.title}}, declared_at(criterion.origins));
  clauses(indent, criterion.whens, criterion.lets, criterion.requirements, criterion.policy);
  facts(criterion, indent);
  for (const Waiver& each : criterion.waivers) waiver(each, indent);
  chain(criterion.origins, indent);
  const bool has_step = std::any_of(criterion.origins.begin(), criterion.origins.end(),
                                    [](const Origin& each) { return each.kind == Kind::lock; });
  if (!criterion.locked_by.empty() && !has_step)
    page_.entry(indent, {{"+ ", Paint::green}}, {{"locked", Paint::green}, {"by " + criterion.locked_by}});
}

void TextWriter::clauses(std::size_t indent, const std::vector<Condition>& whens, const std::vector<Let>& lets,
                         const std::vector<Condition>& requirements, const std::string& owner) {
  for (const Condition& each : whens) clause(indent, "when", each, owner);
  for (const Let& each : lets) {
    page_.entry(indent, {{report::padded("let", kClauseWidth), Paint::dim}}, {{each.name + " = " + each.value}},
                each.policy == owner ? "" : each.policy);
  }
  for (const Condition& each : requirements) clause(indent, "require", each, owner);
}

// Whose rule it is where that isn't whose criterion it is. A message that doesn't fit behind has lines of its own.
void TextWriter::clause(std::size_t indent, const char* word, const Condition& condition, const std::string& owner) {
  const std::string right = condition.policy == owner ? "" : condition.policy;
  const std::vector<Run> lead{{report::padded(word, kClauseWidth), Paint::dim}};
  const Run text{condition.text}, message{"else " + condition.message, Paint::dim};
  if (condition.message.empty()) return page_.entry(indent, lead, {text}, right);
  const std::size_t columns =
      report::columns(text.text) + 1 + report::columns(message.text) + (right.empty() ? 0 : 2 + report::columns(right));
  if (indent + kClauseWidth + columns <= width_) return page_.entry(indent, lead, {text, message}, right);
  page_.entry(indent, lead, {text}, right);
  page_.entry(indent, {{std::string(kClauseWidth, ' ')}, {"else ", Paint::dim}}, {{condition.message, Paint::dim}});
}

void TextWriter::facts(const Criterion& criterion, std::size_t indent) {
  const auto fact = [&](const char* word, const std::string& value) {
    if (!value.empty()) page_.entry(indent, {{report::padded(word, kClauseWidth), Paint::dim}}, {{value}});
  };
  fact("owner", criterion.owner);
  fact("weight", criterion.weight);
  std::string tags;
  for (const std::string& tag : criterion.tags) tags += (tags.empty() ? "" : ", ") + tag;
  fact("tags", tags);
  fact("from", criterion.effective);
}

void TextWriter::waiver(const Waiver& waiver, std::size_t indent) {
  std::string whom = waiver.where.empty() ? "" : "where " + waiver.where;
  for (const std::string& subject : waiver.subjects) whom += (whom.empty() ? "" : ", ") + subject;
  std::string text = whom + " " + (waiver.from.empty() ? "" : "from " + waiver.from + " ") + "until " + waiver.until +
                     " by " + waiver.by + ": " + waiver.because;
  page_.entry(indent, {{report::padded("waived", kClauseWidth), Paint::yellow}}, {{std::move(text)}},
              text_of(waiver.place));
}

void TextWriter::gates() {
  title("gates");
  const std::size_t width = name_width(description_.gates);
  for (const Gate& gate : description_.gates) {
    std::vector<Run> body{{gate.title}};
    if (gate.is_main && description_.gates.size() > 1) body.push_back({"(the main one)", Paint::dim});
    page_.entry(2, {name_run(gate.name, width)}, body, declared_at(gate.origins));
    clauses(2 + width, {}, gate.lets, gate.requirements, gate.policy);
    chain(gate.origins, 2 + width);
  }
}

void TextWriter::scores() {
  if (description_.scores.empty()) return;
  title("scores");
  const std::size_t width = name_width(description_.scores);
  for (const Score& score : description_.scores) {
    std::string text = score.expression;
    for (const std::string& clause : score.clauses) text += (text.empty() ? "" : "; ") + clause;
    page_.entry(2, {name_run(score.name, width)}, {{text}}, declared_at(score.origins));
    chain(score.origins, 2 + width);
  }
}

void TextWriter::levels() {
  if (description_.levels.empty()) return;
  title("levels");
  const std::size_t width = name_width(description_.levels);
  for (const Levels& levels : description_.levels) {
    std::string text;
    for (const std::string& gate : levels.gates) text += (text.empty() ? "" : " < ") + gate;
    page_.entry(2, {name_run(levels.name, width)}, {{text}}, declared_at(levels.origins));
    chain(levels.origins, 2 + width);
  }
}

void TextWriter::shows() {
  if (description_.shows.empty()) return;
  title("shown");
  const std::size_t width = name_width(description_.shows);
  for (const Show& show : description_.shows) {
    std::vector<Run> body;
    if (!show.title.empty()) body.push_back({show.title + ":"});
    body.push_back({show.value});
    page_.entry(2, {name_run(show.name, width)}, body, declared_at(show.origins));
  }
}

void TextWriter::dropped() {
  if (description_.dropped.empty()) return;
  title("dropped");
  for (const Dropped& each : description_.dropped) {
    page_.entry(2, {{each.kind + " ", Paint::dim}, {each.name + "  ", Paint::bold}}, {{each.title}},
                declared_at(each.origins));
    chain(each.origins, 4);
  }
}

}  // namespace

std::string as_text(const Description& description, Colour colour, std::size_t width) {
  return TextWriter(description, colour, width).write();
}

}  // namespace muster::describe

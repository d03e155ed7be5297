// SPDX-License-Identifier: Apache-2.0
// `markdown`: the same as a page, with tables where things are alike.
#include <algorithm>

#include "effective/describe/documents.h"
#include "runtime/report/markdown_text.h"

namespace muster::describe {

namespace {

using Kind = typed::Origin::Kind;
using report::code;
using report::prose;

std::string place_text(const Place& place) { return code(place.file + ":" + std::to_string(place.at.line)); }

std::string unquoted(const std::string& text) {
  return text.size() < 2 ? prose(text) : prose(text.substr(1, text.size() - 2));
}

class MarkdownWriter {
 public:
  explicit MarkdownWriter(const Description& description) : description_(description) {}

  std::string write() {
    line("# " + (description_.title.empty() ? code(description_.policy) : prose(description_.title)));
    heading();
    weakenings();
    params();
    if (!description_.lets.empty()) {
      section("Lets");
      for (const Let& let : description_.lets) line("- " + code(let.name + " = " + let.value) + by(let.policy, ""));
    }
    criteria();
    gates();
    scores();
    levels();
    shows();
    dropped();
    return std::move(out_);
  }

 private:
  void line(const std::string& text) { out_ += text + "\n"; }
  void paragraph() {
    if (!out_.ends_with("\n\n")) out_ += '\n';
  }
  void heading_line(const std::string& text) {
    paragraph();
    line(text);
    paragraph();
  }
  void section(const std::string& text) { heading_line("## " + text); }

  // Whose text it is, where that isn't said already.
  std::string by(const std::string& policy, const std::string& owner) const {
    return policy == owner || description_.ancestors.empty() ? "" : ", by " + code(policy);
  }

  void heading() {
    paragraph();
    line(code(description_.policy) + " at " + place_text(description_.place));
    for (std::size_t i = 0; i < description_.ancestors.size(); ++i) {
      const Ancestor& each = description_.ancestors[i];
      line(std::string(i == 0 ? "extends " : "which extends ") + code(each.policy) +
           (each.title.empty() ? "" : " (" + prose(each.title) + ")") + " at " + place_text(each.place));
    }
    for (std::size_t i = 0; i < description_.subjects.size(); ++i) {
      const SubjectType& each = description_.subjects[i];
      line((i == 0 ? "and judges " : "which extends ") + code(each.name) + " at " + place_text(each.place) +
           (i + 1 == description_.subjects.size() ? "." : ""));
    }
    if (description_.waiver_rows) {
      line("Waivers are also read from " + code(description_.waiver_rows->path) + ", as " +
           place_text(description_.waiver_rows->place) + " says.");
    }
    if (description_.doc.empty()) return;
    paragraph();
    line(prose(description_.doc));
  }

  void weakenings() {
    if (description_.ancestors.empty() && description_.weakenings.empty()) return;
    section("What asks for less");
    if (description_.weakenings.empty()) return line("Nothing: it asks for all that it extends asks for.");
    line("| what | step | by | because |");
    line("|---|---|---|---|");
    for (const Weakening& each : description_.weakenings) {
      line("| " + each.kind + " " + code(each.name) + " | " + prose(step_text(each.origin)) + " | " + who(each.origin) +
           " | " + prose(each.origin.because) + " |");
    }
  }

  static std::string step(const Origin& origin) {
    return prose(step_text(origin)) + " by " + who(origin) +
           (origin.because.empty() ? "" : ": " + prose(origin.because)) +
           (origin.weakens ? " **(asks for less)**" : "");
  }

  static std::string who(const Origin& origin) {
    if (origin.policy.empty()) return "the command line";
    return code(origin.policy) + (origin.place ? " at " + place_text(*origin.place) : "");
  }

  void params() {
    if (description_.params.empty()) return;
    section("Params");
    line("| param | value | range | since |");
    line("|---|---|---|---|");
    for (const Param& each : description_.params) {
      std::string since;
      for (const Origin& origin : each.origins) {
        since += (since.empty() ? "" : "<br>") + step(origin);
      }
      line("| " + code(each.name) + " | " + code(each.value) + " | " +
           (each.low.empty() ? "any" : code(each.low + ".." + each.high)) + " | " + since + " |");
    }
  }

  void criteria() {
    std::optional<std::size_t> current;
    bool is_first = true;
    for (const Criterion& each : description_.criteria) {
      if (is_first || each.section != current) open_section(each.section);
      current = each.section;
      is_first = false;
      criterion(each);
    }
  }

  void open_section(std::optional<std::size_t> index) {
    if (!index) return section("Criteria");
    const Section& each = description_.sections[*index];
    section(each.title.empty() ? code(each.name) : prose(each.title));
    if (!each.doc.empty()) line(prose(each.doc));
    paragraph();
    conditions("only when", each.whens, each.policy);
  }

  void criterion(const Criterion& criterion) {
    heading_line("### " + criterion.level + " " + code(criterion.name) +
                 (criterion.title.empty() ? "" : ": " + prose(criterion.title)));
    if (!criterion.doc.empty()) line(prose(criterion.doc));
    paragraph();
    conditions("when", criterion.whens, criterion.policy);
    lets(criterion.lets, criterion.policy);
    conditions("require", criterion.requirements, criterion.policy);
    const auto fact = [&](const char* word, const std::string& text) {
      if (!text.empty()) line(std::string("- ") + word + ": " + text);
    };
    fact("owner", prose(criterion.owner));
    fact("why", unquoted(criterion.why));
    fact("fix", unquoted(criterion.fix));
    fact("see", prose(criterion.see));
    fact("weight", criterion.weight);
    std::string tags;
    for (const std::string& tag : criterion.tags) tags += (tags.empty() ? "" : ", ") + prose(tag);
    fact("tags", tags);
    fact("from", criterion.effective);
    if (!criterion.locked_by.empty()) line("- locked by " + code(criterion.locked_by));
    for (const Waiver& each : criterion.waivers) waiver(each);
    chain(criterion.origins);
  }

  void waiver(const Waiver& waiver) {
    std::string whom = waiver.where.empty() ? "" : "where " + code(waiver.where);
    for (const std::string& subject : waiver.subjects) whom += (whom.empty() ? "" : ", ") + prose(subject);
    line("- waived for " + whom + (waiver.from.empty() ? "" : " from " + waiver.from) + " until " + waiver.until +
         " by " + prose(waiver.by) + ": " + prose(waiver.because) + " (" + place_text(waiver.place) + ")");
  }

  void lets(const std::vector<Let>& all, const std::string& owner) {
    for (const Let& each : all) line("- let " + code(each.name + " = " + each.value) + by(each.policy, owner));
  }

  void conditions(const char* word, const std::vector<Condition>& all, const std::string& owner) {
    for (const Condition& each : all) {
      line(std::string("- ") + word + " " + code(each.text) +
           (each.message.empty() ? "" : ", else " + code(each.message)) + by(each.policy, owner));
    }
  }

  // The declaration alone is worth a line where it is an ancestor's.
  void chain(const Origins& origins) {
    if (origins.empty() || (origins.size() == 1 && origins.front().policy == description_.policy)) return;
    for (const Origin& each : origins) line("- " + step(each));
  }

  void gates() {
    section("Gates");
    for (const Gate& each : description_.gates) {
      heading_line("### " + code(each.name) + (each.title.empty() ? "" : ": " + prose(each.title)) +
                   (each.is_main && description_.gates.size() > 1 ? " (the main gate)" : ""));
      lets(each.lets, each.policy);
      conditions("require", each.requirements, each.policy);
      chain(each.origins);
    }
  }

  void scores() {
    if (description_.scores.empty()) return;
    section("Scores");
    for (const Score& each : description_.scores) {
      std::string text = each.expression;
      for (const std::string& clause : each.clauses) text += (text.empty() ? "" : "; ") + clause;
      line("- " + code(each.name) + ": " + code(text));
      nested_chain(each.origins);
    }
  }

  void levels() {
    if (description_.levels.empty()) return;
    section("Levels");
    for (const Levels& each : description_.levels) {
      std::string text;
      for (const std::string& gate : each.gates) text += (text.empty() ? "" : " < ") + gate;
      line("- " + code(each.name) + ": " + code(text));
      nested_chain(each.origins);
    }
  }

  void shows() {
    if (description_.shows.empty()) return;
    section("Shown");
    for (const Show& each : description_.shows)
      line("- " + code(each.name) + ": " + (each.title.empty() ? "" : prose(each.title) + ", ") + code(each.value));
  }

  void nested_chain(const Origins& origins) {
    if (origins.size() < 2) return;
    for (const Origin& each : origins) line("  - " + step(each));
  }

  void dropped() {
    if (description_.dropped.empty()) return;
    section("Dropped");
    for (const Dropped& each : description_.dropped) {
      line("- " + each.kind + " " + code(each.name) + (each.title.empty() ? "" : ": " + prose(each.title)));
      for (const Origin& origin : each.origins) line("  - " + step(origin));
    }
  }

  const Description& description_;
  std::string out_;
};

}  // namespace

std::string as_markdown(const Description& description) { return MarkdownWriter(description).write(); }

}  // namespace muster::describe

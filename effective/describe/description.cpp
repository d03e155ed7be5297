// SPDX-License-Identifier: Apache-2.0
#include "effective/describe/description.h"

#include <algorithm>

#include "effective/source/policy_text.h"
#include "effective/source/source_text.h"

namespace muster::describe {

namespace {

const char* kind_word(typed::Dropped::Kind kind) {
  switch (kind) {
    case typed::Dropped::Kind::criterion: return "criterion";
    case typed::Dropped::Kind::gate: return "gate";
    case typed::Dropped::Kind::score: return "score";
    case typed::Dropped::Kind::levels: return "levels";
  }
  return "";
}

std::string owner_of(const Origins& origins) {
  std::string owner;
  for (const Origin& each : origins) {
    if (each.kind == typed::Origin::Kind::declared || each.kind == typed::Origin::Kind::replace) owner = each.policy;
  }
  return owner;
}

class Describer {
 public:
  Describer(const typed::Program& program, const typed::Policy& policy, const base::SourceMap& sources)
      : program_(program), policy_(policy), sources_(sources) {}

  Description run() {
    made_.policy = policy_.full_name();
    made_.title = policy_.title;
    made_.doc = policy_.doc;
    made_.place = place(policy_.span);
    add_ancestors();
    add_subjects();
    for (const typed::PolicyParam& param : policy_.params) add(param);
    made_.lets = lets(policy_.lets);
    for (const typed::Section& section : policy_.sections) {
      made_.sections.push_back({section.name, section.title, section.doc, name_of(section.policy), place(section.span),
                                conditions(section.whens, 0)});
    }
    for (const typed::Criterion& criterion : policy_.criteria) add(criterion);
    for (const typed::Gate& gate : policy_.gates) add(gate);
    for (const typed::Score& score : policy_.scores) add(score);
    for (const typed::Levels& levels : policy_.levels) add(levels);
    for (const typed::Show& show : policy_.shows) {
      made_.shows.push_back({show.name, show.title, show.doc, source::expression_text(program_, sources_, show.value),
                             origins(show.origins)});
    }
    for (const typed::Dropped& dropped : policy_.dropped)
      made_.dropped.push_back({kind_word(dropped.kind), dropped.name, dropped.title, origins(dropped.origins)});
    add_waiver_rows();
    add_weakenings();
    return std::move(made_);
  }

 private:
  std::string name_of(std::uint32_t policy) const {
    return policy == typed::kCommandLine ? "" : program_.policies[policy].full_name();
  }

  Place place(base::Span span) const {
    const base::SourceFile& file = sources_.file(span.file);
    return {file.path(), file.line_column(span.begin)};
  }

  Origins origins(const std::vector<typed::Origin>& list) const {
    Origins made;
    for (const typed::Origin& each : list) {
      Origin origin{each.kind, name_of(each.policy), std::nullopt, each.what, each.because, each.weakens};
      if (each.policy != typed::kCommandLine) origin.place = place(each.span);
      made.push_back(std::move(origin));
    }
    return made;
  }

  std::vector<Condition> conditions(const std::vector<typed::Condition>& list, std::size_t first) const {
    std::vector<Condition> made;
    for (std::size_t i = first; i < list.size(); ++i) {
      const typed::Condition& each = list[i];
      Condition condition;
      condition.policy = name_of(each.policy);
      const typed::Expr& expr = program_.expr(each.condition);
      // What a policy without a gate asks for is written nowhere.
      const bool is_implied = !each.has_message && expr.span == each.span;
      condition.text =
          is_implied ? each.message.pieces.front().text : source::expression_text(program_, sources_, each.condition);
      if (each.has_message) condition.message = source::message_text(each.message);
      made.push_back(std::move(condition));
    }
    return made;
  }

  std::vector<Let> lets(const std::vector<std::uint32_t>& list) const {
    std::vector<Let> made;
    for (const std::uint32_t index : list) {
      const typed::Let& let = program_.lets[index];
      made.push_back({let.name, source::expression_text(program_, sources_, let.value), name_of(let.policy)});
    }
    return made;
  }

  void add_ancestors() {
    for (auto at = policy_.extends; at; at = program_.policies[*at].extends) {
      const typed::Policy& ancestor = program_.policies[*at];
      made_.ancestors.push_back({ancestor.full_name(), ancestor.title, place(ancestor.span)});
    }
  }

  void add_waiver_rows() {
    if (!program_.waiver_rows) return;
    for (const typed::Binding& binding : program_.bindings) {
      if (binding.shared == program_.waiver_rows)
        made_.waiver_rows = {program_.sources[binding.source].resolved_path, place(binding.span)};
    }
  }

  void add_subjects() {
    for (std::optional<types::RecordId> at = policy_.subject; at; at = program_.types.record_at(*at).extends) {
      const types::Record& record = program_.types.record_at(*at);
      made_.subjects.push_back({record.module, record.name, place(record.span)});
    }
  }

  void add(const typed::PolicyParam& param) {
    const typed::Param& declared = program_.params[param.param];
    const auto text = [&](const types::Scalar& value) {
      return source::written_value(program_.types, declared.type, value);
    };
    Param made;
    made.module = declared.module;
    made.name = declared.name;
    made.doc = declared.doc;
    made.type = program_.types.name(declared.type);
    made.value = text(param.value);
    if (param.range) {
      made.low = text(param.range->low);
      made.high = text(param.range->high);
    }
    made.is_locked = param.locked.rise_loosens || param.locked.fall_loosens;
    made.origins = origins(param.origins);
    if (!made.origins.empty()) made.origins.front().what = text(declared.value);
    made_.params.push_back(std::move(made));
  }

  void add(const typed::Criterion& criterion) {
    Criterion made;
    made.name = criterion.name;
    made.title = criterion.title;
    made.doc = criterion.doc;
    made.level = typed::name(criterion.level);
    made.section = criterion.section;
    made.whens = conditions(criterion.whens, criterion.section ? policy_.sections[*criterion.section].whens.size() : 0);
    made.lets = lets(criterion.lets);
    made.requirements = conditions(criterion.requires_, 0);
    if (criterion.why) made.why = source::message_text(*criterion.why);
    if (criterion.fix) made.fix = source::message_text(*criterion.fix);
    if (criterion.weight) made.weight = source::written_decimal(*criterion.weight);
    made.see = criterion.see;
    made.owner = criterion.owner;
    if (criterion.effective) made.effective = base::to_text(*criterion.effective);
    made.tags = criterion.tags;
    if (criterion.locked_by) made.locked_by = name_of(*criterion.locked_by);
    for (const std::uint32_t index : criterion.waivers) made.waivers.push_back(described(program_.waivers[index]));
    made.origins = origins(criterion.origins);
    made.policy = owner_of(made.origins);
    made_.criteria.push_back(std::move(made));
  }

  Waiver described(const typed::Waiver& waiver) const {
    Waiver made;
    made.subjects = waiver.subjects;
    if (waiver.where != typed::kNoExpr) made.where = source::expression_text(program_, sources_, waiver.where);
    if (waiver.from) made.from = base::to_text(*waiver.from);
    made.until = base::to_text(waiver.until);
    made.by = waiver.by;
    made.because = waiver.because;
    made.place = place(waiver.span);
    return made;
  }

  void add(const typed::Gate& gate) {
    Gate made;
    made.name = gate.name;
    made.title = gate.title;
    made.doc = gate.doc;
    made.is_main = made_.gates.empty();
    made.lets = lets(gate.lets);
    made.requirements = conditions(gate.requires_, 0);
    made.origins = origins(gate.origins);
    made.policy = owner_of(made.origins);
    made_.gates.push_back(std::move(made));
  }

  void add(const typed::Score& score) {
    Score made;
    made.name = score.name;
    made.doc = score.doc;
    if (score.expression != typed::kNoExpr) {
      made.expression = source::expression_text(program_, sources_, score.expression);
    } else {
      made.clauses = source::score_clauses(policy_, score);
    }
    made.origins = origins(score.origins);
    made_.scores.push_back(std::move(made));
  }

  void add(const typed::Levels& levels) {
    Levels made;
    made.name = levels.name;
    made.doc = levels.doc;
    for (const std::uint32_t gate : levels.gates) made.gates.push_back(policy_.gates[gate].name);
    made.origins = origins(levels.origins);
    made_.levels.push_back(std::move(made));
  }

  // The nearest first: they are what somebody who reviews this policy looks for.
  void add_weakenings() {
    const auto note = [&](const std::string& kind, const auto& parts) {
      for (const auto& part : parts) note_weakenings(kind, part.name, part.origins);
    };
    note("param", made_.params);
    note("criterion", made_.criteria);
    note("gate", made_.gates);
    note("score", made_.scores);
    note("levels", made_.levels);
    for (const Dropped& each : made_.dropped) note_weakenings(each.kind, each.name, each.origins);
    std::vector<std::string> nearest{"", made_.policy};
    for (const Ancestor& ancestor : made_.ancestors) nearest.push_back(ancestor.policy);
    const auto distance = [&](const Weakening& each) {
      return std::find(nearest.begin(), nearest.end(), each.origin.policy) - nearest.begin();
    };
    std::stable_sort(made_.weakenings.begin(), made_.weakenings.end(),
                     [&](const Weakening& left, const Weakening& right) { return distance(left) < distance(right); });
  }

  void note_weakenings(const std::string& kind, const std::string& name, const Origins& list) {
    for (const Origin& each : list) {
      if (each.weakens) made_.weakenings.push_back({kind, name, each});
    }
  }

  const typed::Program& program_;
  const typed::Policy& policy_;
  const base::SourceMap& sources_;
  Description made_;
};

}  // namespace

Description describe(const typed::Program& program, const typed::Policy& policy, const base::SourceMap& sources) {
  return Describer(program, policy, sources).run();
}

}  // namespace muster::describe

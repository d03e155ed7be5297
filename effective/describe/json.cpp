// SPDX-License-Identifier: Apache-2.0
// `json`: one document, keys in a fixed order, those with nothing to say left out.
#include "effective/describe/documents.h"
#include "runtime/report/json_text.h"

namespace muster::describe {

namespace {

class JsonWriter {
 public:
  explicit JsonWriter(const Description& description) : description_(description), json_(out_) {}

  std::string write() {
    json_.begin_object();
    json_.key("muster").integer(1);
    text("policy", description_.policy);
    text("title", description_.title);
    text("doc", description_.doc);
    place(description_.place);
    list("extends", description_.ancestors, [&](const Ancestor& each) {
      text("policy", each.policy);
      text("title", each.title);
      place(each.place);
    });
    list("judges", description_.subjects, [&](const SubjectType& each) {
      text("name", each.name);
      text("module", each.module);
      place(each.place);
    });
    if (description_.waiver_rows) {
      json_.key("waivers_from").begin_object();
      text("path", description_.waiver_rows->path);
      place(description_.waiver_rows->place);
      json_.end_object();
    }
    list("weakened", description_.weakenings, [&](const Weakening& each) {
      text("what", each.kind);
      text("name", each.name);
      json_.key("step").begin_object();
      origin(each.origin);
      json_.end_object();
    });
    list("params", description_.params, [&](const Param& each) { param(each); });
    lets(description_.lets);
    list("sections", description_.sections, [&](const Section& each) {
      text("name", each.name);
      text("title", each.title);
      text("doc", each.doc);
      text("policy", each.policy);
      place(each.place);
      conditions("when", each.whens);
    });
    list("criteria", description_.criteria, [&](const Criterion& each) { criterion(each); });
    list("gates", description_.gates, [&](const Gate& each) {
      text("name", each.name);
      text("title", each.title);
      text("doc", each.doc);
      flag("main", each.is_main);
      lets(each.lets);
      conditions("require", each.requirements);
      origins(each.origins);
    });
    list("scores", description_.scores, [&](const Score& each) {
      text("name", each.name);
      text("doc", each.doc);
      text("value", each.expression);
      texts("clauses", each.clauses);
      origins(each.origins);
    });
    list("levels", description_.levels, [&](const Levels& each) {
      text("name", each.name);
      text("doc", each.doc);
      texts("gates", each.gates);
      origins(each.origins);
    });
    list("shown", description_.shows, [&](const Show& each) {
      text("name", each.name);
      text("title", each.title);
      text("doc", each.doc);
      text("value", each.value);
      origins(each.origins);
    });
    list("dropped", description_.dropped, [&](const Dropped& each) {
      text("what", each.kind);
      text("name", each.name);
      text("title", each.title);
      origins(each.origins);
    });
    json_.end_object();
    return std::move(out_) + "\n";
  }

 private:
  void text(std::string_view key, const std::string& value) {
    if (!value.empty()) json_.key(key).text(value);
  }
  void flag(std::string_view key, bool value) {
    if (value) json_.key(key).truth(true);
  }
  void texts(std::string_view key, const std::vector<std::string>& values) {
    if (values.empty()) return;
    json_.key(key).begin_array();
    for (const std::string& value : values) json_.text(value);
    json_.end_array();
  }
  void place(const Place& place) {
    text("file", place.file);
    json_.key("line").integer(place.at.line);
    json_.key("column").integer(place.at.column);
  }
  template <class Part, class Write>
  void list(std::string_view key, const std::vector<Part>& parts, const Write& write) {
    if (parts.empty()) return;
    json_.key(key).begin_array();
    for (const Part& part : parts) {
      json_.begin_object();
      write(part);
      json_.end_object();
    }
    json_.end_array();
  }

  void origin(const Origin& origin) {
    text("kind", typed::name(origin.kind));
    text("policy", origin.policy);
    flag("command_line", origin.policy.empty());
    if (origin.place) place(*origin.place);
    text("value", origin.what);
    flag("weakens", origin.weakens);
    text("because", origin.because);
  }
  void origins(const Origins& all) {
    list("origins", all, [&](const Origin& each) { origin(each); });
  }
  void lets(const std::vector<Let>& all) {
    list("let", all, [&](const Let& each) {
      text("name", each.name);
      text("value", each.value);
      text("policy", each.policy);
    });
  }
  void conditions(std::string_view key, const std::vector<Condition>& all) {
    list(key, all, [&](const Condition& each) {
      text("condition", each.text);
      text("message", each.message);
      text("policy", each.policy);
    });
  }

  void param(const Param& param) {
    text("name", param.name);
    text("module", param.module);
    text("doc", param.doc);
    text("type", param.type);
    text("value", param.value);
    text("low", param.low);
    text("high", param.high);
    flag("locked", param.is_locked);
    origins(param.origins);
  }

  void criterion(const Criterion& criterion) {
    text("name", criterion.name);
    text("title", criterion.title);
    text("doc", criterion.doc);
    text("level", criterion.level);
    if (criterion.section) text("section", description_.sections[*criterion.section].name);
    text("policy", criterion.policy);
    text("locked_by", criterion.locked_by);
    conditions("when", criterion.whens);
    lets(criterion.lets);
    conditions("require", criterion.requirements);
    text("weight", criterion.weight);
    text("why", criterion.why);
    text("fix", criterion.fix);
    text("see", criterion.see);
    text("owner", criterion.owner);
    texts("tags", criterion.tags);
    text("effective", criterion.effective);
    list("waivers", criterion.waivers, [&](const Waiver& each) {
      texts("for", each.subjects);
      text("where", each.where);
      text("from", each.from);
      text("until", each.until);
      text("by", each.by);
      text("because", each.because);
      place(each.place);
    });
    origins(criterion.origins);
  }

  const Description& description_;
  std::string out_;
  report::JsonText json_;
};

}  // namespace

std::string as_json(const Description& description) { return JsonWriter(description).write(); }

}  // namespace muster::describe

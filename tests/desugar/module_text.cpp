// SPDX-License-Identifier: Apache-2.0
#include "tests/desugar/module_text.h"

#include <type_traits>

#include "base/number_text.h"

namespace muster::desugar_tests {
namespace {

constexpr const char* kOperators[] = {"and",
                                      "or",
                                      "implies",
                                      "==",
                                      "!=",
                                      "<",
                                      "<=",
                                      ">",
                                      ">=",
                                      "in",
                                      "not in",
                                      "contains",
                                      "contains any",
                                      "contains all",
                                      "starts with",
                                      "ends with",
                                      "matches",
                                      "??",
                                      "assume",
                                      "+",
                                      "-",
                                      "*",
                                      "/",
                                      "not",
                                      "neg",
                                      "is known",
                                      "is unknown",
                                      "is present",
                                      "is absent",
                                      "is not known",
                                      "is not unknown",
                                      "is not present",
                                      "is not absent"};
constexpr const char* kQuantifiers[] = {"any", "all", "no", "at least", "at most", "exactly"};
constexpr const char* kAggregates[] = {"count", "sum", "min", "max", "avg", "first", "latest"};
constexpr const char* kStatuses[] = {"met", "unmet", "na", "waived", "unknown"};
constexpr const char* kSelections[] = {"must", "should", "may", "criterion", "list"};

template <typename Enum>
std::size_t index(Enum value) {
  return static_cast<std::size_t>(value);
}

class Writer {
 public:
  explicit Writer(const ast::Module& module) : module_(module) {}

  std::string all() {
    put("imports", module_.imports);
    put("enums", module_.enums);
    put("records", module_.records);
    put("shared", module_.shared);
    put("params", module_.params);
    put("defines", module_.defines);
    put("policies", module_.policies);
    put("waivers", module_.waivers);
    put("sources", module_.sources);
    put("binds", module_.binds);
    put("fixtures", module_.fixtures);
    put("tests", module_.tests);
    return std::move(out_);
  }

  std::string expression(ast::ExprId id) {
    if (id == ast::kNoExpr) return "_";
    const ast::Expr& expr = module_.expr(id);
    using Kind = ast::Expr::Kind;
    std::string head;
    switch (expr.kind) {
      case Kind::error: return "<error>";
      case Kind::literal: return scalar(expr.value);
      case Kind::none: return "none";
      case Kind::unknown: return "unknown";
      case Kind::name: return name(expr.name);
      case Kind::member: head = "." + name(expr.name); break;
      case Kind::optional_member: head = "?." + name(expr.name); break;
      case Kind::call: head = "call"; break;
      case Kind::list: head = "list"; break;
      case Kind::range: head = ".."; break;
      case Kind::object: head = "object"; break;
      case Kind::logic:
      case Kind::binary:
      case Kind::unary:
      case Kind::state: head = kOperators[index(expr.op)]; break;
      case Kind::conditional: head = "if"; break;
      case Kind::choose: head = "choose"; break;
      case Kind::quantifier:
        head = std::string(kQuantifiers[index(expr.quantifier)]) + " " + name(expr.variable);
        break;
      case Kind::aggregate: head = std::string(kAggregates[index(expr.aggregate)]) + " " + name(expr.variable); break;
      case Kind::every: return "(every " + selection(expr.selection) + ")";
      case Kind::passes: return "(passes " + name(expr.name) + ")";
      case Kind::count_status:
        return std::string("(count ") + kStatuses[index(expr.status)] + " " + selection(expr.selection) + ")";
    }
    std::string text = "(" + head;
    for (const ast::Branch& branch : expr.branches)
      text += " " + expression(branch.condition) + "=>" + expression(branch.value);
    for (const ast::ObjectField& field : expr.fields) text += " " + object_field(field);
    for (const ast::ExprId operand : expr.operands) text += " " + expression(operand);
    return text + ")";
  }

 private:
  std::string object_field(const ast::ObjectField& field) {
    if (field.spread.parts.empty()) return name(field.name) + ":" + expression(field.value);
    std::string text;
    for (const ast::Name& part : field.spread.parts) text += (text.empty() ? "..." : ".") + name(part);
    return text;
  }
  static std::string name(const ast::Name& name) { return name.quoted ? "`" + name.text + "`" : name.text; }

  std::string selection(const ast::Selection& selection) {
    std::string text = kSelections[index(selection.kind)];
    for (const ast::Name& each : selection.list) text += " " + name(each);
    if (!selection.section.empty()) text += " in " + name(selection.section);
    if (!selection.tag.empty()) text += " tagged " + name(selection.tag);
    return text;
  }

  static std::string scalar(const types::Scalar& value) {
    struct Print {
      std::string operator()(bool value) const { return value ? "true" : "false"; }
      std::string operator()(std::int64_t value) const { return std::to_string(value); }
      std::string operator()(double value) const { return base::to_text(value) + "d"; }
      std::string operator()(types::Percent value) const { return base::to_text(value.points) + "%"; }
      std::string operator()(const std::string& value) const { return "\"" + value + "\""; }
      std::string operator()(base::Date value) const { return base::to_text(value); }
      std::string operator()(base::Instant value) const { return base::to_text(value); }
      std::string operator()(base::Duration value) const { return base::to_text(value); }
      std::string operator()(base::Period value) const { return base::to_text(value); }
      std::string operator()(const base::VersionNumber& value) const { return base::to_text(value); }
      std::string operator()(types::EnumMember value) const { return "#" + std::to_string(value.index); }
    };
    return std::visit(Print{}, value);
  }

  // A line a value; structs and lists indent what they hold.
  void line(std::string_view label, const std::string& value) {
    out_ += std::string(indent_, ' ') + std::string(label) + ": " + value + "\n";
  }
  void put(std::string_view label, const std::string& value) { line(label, value); }
  void put(std::string_view label, bool value) { line(label, value ? "yes" : "no"); }
  void put(std::string_view label, double value) { line(label, base::to_text(value)); }
  void put(std::string_view label, std::uint32_t value) { line(label, expression(value)); }
  void put(std::string_view label, base::Date value) { line(label, base::to_text(value)); }
  void put(std::string_view label, base::Instant value) { line(label, base::to_text(value)); }
  void put(std::string_view label, const ast::Name& value) { line(label, name(value)); }
  void put(std::string_view label, const ast::Text& value) { line(label, "\"" + value.value + "\""); }
  void put(std::string_view label, const ast::Selection& value) { line(label, selection(value)); }
  void put(std::string_view label, const ast::Path& value) {
    std::string text;
    for (const ast::Name& part : value.parts) text += (text.empty() ? "" : ".") + name(part);
    line(label, text);
  }
  void put(std::string_view label, const ast::Message& value) {
    std::string text;
    for (const auto& piece : value.pieces)
      text += "[" + piece.text + "]" + (piece.expression == ast::kNoExpr ? "" : expression(piece.expression));
    line(label, text);
  }
  template <typename Enum, typename = std::enable_if_t<std::is_enum_v<Enum>>>
  void put(std::string_view label, Enum value) {
    line(label, std::to_string(index(value)));
  }
  template <typename T>
  void put(std::string_view label, const std::optional<T>& value) {
    if (value) {
      put(label, *value);
    } else {
      line(label, "-");
    }
  }
  template <typename T>
  void put(std::string_view label, const std::vector<T>& values) {
    for (const T& value : values) put(label, value);
  }
  template <typename... Rest>
  void fields(std::string_view label, const Rest&... rest) {
    out_ += std::string(indent_, ' ') + std::string(label) + " {\n";
    indent_ += 2;
    (put("-", rest), ...);
    indent_ -= 2;
    out_ += std::string(indent_, ' ') + "}\n";
  }

  void put(std::string_view l, const ast::Import& v) { fields(l, v.module, v.alias, v.names); }
  void put(std::string_view l, const ast::TypeRef& v) { fields(l, v.kind, v.name, v.inner); }
  void put(std::string_view l, const ast::EnumDecl& v) { fields(l, v.name, v.ordered, v.members, v.doc); }
  void put(std::string_view l, const ast::EnumDecl::Member& v) { fields(l, v.name, v.spellings); }
  void put(std::string_view l, const ast::FieldDecl& v) {
    fields(l, v.role, v.is_private, v.name, v.type, v.range, v.fresh, v.doc);
  }
  void put(std::string_view l, const ast::RecordDecl& v) {
    fields(l, v.kind, v.name, v.extends, v.fresh, v.fields, v.doc, v.incomplete);
  }
  void put(std::string_view l, const ast::SharedDecl& v) { fields(l, v.name, v.type, v.fresh, v.doc); }
  void put(std::string_view l, const ast::ParamDecl& v) { fields(l, v.name, v.type, v.value, v.range, v.doc); }
  void put(std::string_view l, const ast::DefineDecl& v) { fields(l, v.name, v.parameters, v.result, v.body, v.doc); }
  void put(std::string_view l, const ast::DefineDecl::Parameter& v) { fields(l, v.name, v.type); }
  void put(std::string_view l, const ast::Let& v) { fields(l, v.name, v.value); }
  void put(std::string_view l, const ast::Requirement& v) { fields(l, v.condition, v.message); }
  void put(std::string_view l, const ast::Clause& v) {
    fields(l, v.kind, v.requirement, v.let, v.decimal, v.message, v.text, v.tags, v.date);
  }
  void put(std::string_view l, const ast::CriterionDecl& v) {
    fields(l, v.level, v.locked, v.name, v.title, v.clauses, v.doc, v.incomplete);
  }
  void put(std::string_view l, const ast::GateDecl& v) { fields(l, v.name, v.title, v.clauses, v.doc, v.incomplete); }
  void put(std::string_view l, const ast::ScoreDecl::Part& v) { fields(l, v.score, v.weight); }
  void put(std::string_view l, const ast::ScoreDecl::LevelWeight& v) { fields(l, v.level, v.weight); }
  void put(std::string_view l, const ast::ScoreDecl& v) {
    fields(l, v.name, v.expression, v.of, v.parts, v.weight, v.level_weights, v.na, v.waived, v.unknown, v.empty_none,
           v.empty_value, v.rounding, v.round_step, v.cap, v.cap_unless_all_met, v.doc, v.incomplete);
  }
  void put(std::string_view l, const ast::LevelsDecl& v) { fields(l, v.name, v.gates, v.doc); }
  void put(std::string_view l, const ast::ShowDecl& v) { fields(l, v.name, v.title, v.value, v.doc); }
  void put(std::string_view l, const ast::Delta& v) {
    fields(l, v.kind, v.target, v.value, v.range, v.level, v.because, v.clauses, v.score, v.levels, v.incomplete);
  }
  void put(std::string_view l, const ast::PolicyItem& v) {
    line(l, std::to_string(index(v.kind)) + " " + std::to_string(v.index));
  }
  void put(std::string_view l, const ast::SectionDecl& v) {
    fields(l, v.name, v.title, v.clauses, v.doc);
    for (const std::uint32_t criterion : v.criteria) line(l, std::to_string(criterion));
  }
  void put(std::string_view l, const ast::PolicyDecl& v) {
    fields(l, v.name, v.extends, v.subject, v.title, v.items, v.criteria, v.sections, v.gates, v.scores, v.levels,
           v.shows, v.lets, v.deltas, v.doc, v.incomplete);
  }
  void put(std::string_view l, const ast::WaiverDecl& v) {
    fields(l, v.criterion, v.subjects, v.where, v.from, v.until, v.by, v.because);
  }
  void put(std::string_view l, const ast::SourceDecl& v) {
    fields(l, v.name, v.kind, v.path, v.at_path, v.delimiter, v.environment, v.query, v.complete, v.complete_rows,
           v.doc);
  }
  void put(std::string_view l, const ast::Converter::Entry& v) { fields(l, v.from, v.to); }
  void put(std::string_view l, const ast::Converter& v) { fields(l, v.kind, v.text, v.field, v.entries, v.otherwise); }
  void put(std::string_view l, const ast::SourcePath& v) { fields(l, v.parts, v.converters); }
  void put(std::string_view l, const ast::BindDecl::Field& v) { fields(l, v.target, v.from); }
  void put(std::string_view l, const ast::BindDecl::Join& v) {
    fields(l, v.source_path, v.subject_field, v.subject_converters);
  }
  void put(std::string_view l, const ast::BindDecl& v) {
    fields(l, v.target, v.source, v.joins, v.fields, v.scalar, v.doc, v.incomplete);
  }
  void put(std::string_view l, const ast::FixtureDecl& v) { fields(l, v.name, v.type, v.value, v.doc); }
  void put(std::string_view l, const ast::Given& v) { fields(l, v.shared, v.value); }
  void put(std::string_view l, const ast::With& v) { fields(l, v.param, v.value); }
  void put(std::string_view l, const ast::Expectation& v) {
    fields(l, v.kind, v.name, v.status, v.message, v.verdict, v.range, v.level);
  }
  void put(std::string_view l, const ast::TestCase& v) {
    fields(l, v.name, v.givens, v.withs, v.waives, v.expectations);
  }
  void put(std::string_view l, const ast::TestDecl& v) {
    fields(l, v.body, v.policy, v.as_of, v.as_of_text, v.cases, v.doc, v.incomplete);
  }

  const ast::Module& module_;
  std::string out_;
  std::size_t indent_ = 0;
};

}  // namespace

std::string module_text(const ast::Module& module) { return Writer(module).all(); }
std::string expression_text(const ast::Module& module, ast::ExprId id) { return Writer(module).expression(id); }

}  // namespace muster::desugar_tests

// SPDX-License-Identifier: Apache-2.0
#include "effective/source/policy_text.h"

#include "compiler/typed/one_line.h"
#include "effective/source/source_text.h"

namespace muster::source {

namespace {

const char* treatment_word(typed::Treatment treatment) {
  switch (treatment) {
    case typed::Treatment::excluded: return "excluded";
    case typed::Treatment::met: return "met";
    case typed::Treatment::unmet: return "unmet";
    case typed::Treatment::between: return "between";
  }
  return "";
}

std::string percent(double points) { return written_number(points) + "%"; }

// `must 3, should 2`; nothing where all weigh 1.
std::string weights_of(const typed::Score& score) {
  std::string weights;
  for (std::size_t level = 0; level < score.by_level.size(); ++level) {
    if (!score.by_level[level]) continue;
    weights += (weights.empty() ? "" : ", ") + std::string(typed::name(static_cast<typed::Level>(level))) + " " +
               written_decimal(*score.by_level[level]);
  }
  const bool is_usual = score.weight.units == 1 && score.weight.scale == 0;
  return weights.empty() && !is_usual ? written_decimal(score.weight) : weights;
}

// `f( a, b )`, whose lines were broken there, as `f(a, b)`.
std::string without_blanks_in_brackets(const std::string& line) {
  std::string out;
  bool is_quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"' && (i == 0 || line[i - 1] != '\\')) is_quoted = !is_quoted;
    const bool opened = !out.empty() && (out.back() == '(' || out.back() == '[');
    const bool closes = i + 1 < line.size() && (line[i + 1] == ')' || line[i + 1] == ']');
    if (c == ' ' && !is_quoted && (opened || closes)) continue;
    out += c;
  }
  return out;
}

}  // namespace

std::string selection_text(const typed::Selection& selection) {
  using Kind = typed::Selection::Kind;
  std::string text;
  switch (selection.kind) {
    case Kind::list:
      for (const std::string& name : selection.names) text += (text.empty() ? "[" : ", ") + written_part(name);
      return text + "]";
    case Kind::must: text = "must"; break;
    case Kind::should: text = "should"; break;
    case Kind::may: text = "may"; break;
    case Kind::criterion: text = "criterion"; break;
  }
  if (!selection.section.empty()) text += " in " + written_part(selection.section);
  if (!selection.tag.empty()) text += " tagged " + written_part(selection.tag);
  return text;
}

std::vector<std::string> score_clauses(const typed::Policy& policy, const typed::Score& score) {
  static const typed::Score usual;
  std::vector<std::string> clauses;
  if (!score.parts.empty()) {
    std::string parts;
    for (const typed::Score::Part& part : score.parts) {
      parts += (parts.empty() ? "" : ", ") + written_part(policy.scores[part.score].name) + " " +
               written_decimal(part.weight);
    }
    clauses.push_back("of " + parts);
  } else {
    clauses.push_back("of " + selection_text(score.of));
    if (const std::string weights = weights_of(score); !weights.empty()) clauses.push_back("weight " + weights);
  }
  const auto treatment = [&](const char* word, typed::Treatment is, typed::Treatment otherwise) {
    if (is != otherwise) clauses.push_back(std::string(word) + " " + treatment_word(is));
  };
  treatment("na", score.na, usual.na);
  treatment("waived", score.waived, usual.waived);
  treatment("unknown", score.unknown, usual.unknown);
  if (score.empty != usual.empty) clauses.push_back("empty " + (score.empty ? percent(*score.empty) : "none"));
  if (score.rounding != typed::Rounding::none) {
    clauses.push_back(std::string("round ") + (score.rounding == typed::Rounding::down ? "down" : "half_up") + " to " +
                      written_decimal(score.round_step) + "%");
  }
  if (score.cap) clauses.push_back("cap " + percent(*score.cap) + (score.cap_unless_all_met ? " unless all met" : ""));
  return clauses;
}

std::string message_text(const typed::Message& message) {
  std::string text = "\"";
  for (const auto& piece : message.pieces) {
    text += written_piece(piece.text);
    if (piece.expression != typed::kNoExpr) text += "{" + piece.source + "}";
  }
  return text + '"';
}

std::string expression_text(const typed::Program& program, const base::SourceMap& sources, typed::ExprId expression) {
  return without_blanks_in_brackets(typed::on_one_line(sources.text(program.expr(expression).span)));
}

}  // namespace muster::source

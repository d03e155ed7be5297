// SPDX-License-Identifier: Apache-2.0
// Converters: what is done to what was read, before a field's type reads it. Text converters change the text,
// `split` makes a list of it, and a last one may make the value itself.
#include <algorithm>

#include "base/date_format.h"
#include "compiler/check/checker.h"

namespace muster::check {

namespace {

using Kind = ast::Converter::Kind;

bool makes_value(Kind kind) {
  switch (kind) {
    case Kind::as_format:
    case Kind::as_ratio:
    case Kind::as_points:
    case Kind::as_days:
    case Kind::as_hours:
    case Kind::as_minutes:
    case Kind::as_seconds:
    case Kind::map:
    case Kind::present:
    case Kind::keyed_by: return true;
    case Kind::split:
    case Kind::trim:
    case Kind::lower:
    case Kind::upper:
    case Kind::strip_prefix:
    case Kind::strip_suffix: return false;
  }
  return false;
}

const char* word(Kind kind) {
  switch (kind) {
    case Kind::as_format: return "as \"...\"";
    case Kind::as_ratio: return "as ratio";
    case Kind::as_points: return "as points";
    case Kind::as_days: return "as days";
    case Kind::as_hours: return "as hours";
    case Kind::as_minutes: return "as minutes";
    case Kind::as_seconds: return "as seconds";
    case Kind::map: return "map";
    case Kind::present: return "present";
    case Kind::keyed_by: return "keyed by";
    case Kind::split: return "split";
    case Kind::trim: return "trim";
    case Kind::lower: return "lower";
    case Kind::upper: return "upper";
    case Kind::strip_prefix: return "strip_prefix";
    case Kind::strip_suffix: return "strip_suffix";
  }
  return "";
}

std::string quoted(Kind kind) { return std::string("`") + word(kind) + "`"; }

}  // namespace

typed::SourcePath Checker::check_path(const ast::SourcePath& written, TypeId type) {
  typed::SourcePath path;
  for (const ast::Text& part : written.parts) path.keys.push_back(part.value);
  TypeId inner = program_.types.without_optional(type);
  if (inner == types::kError) return path;
  if (written.parts.empty() && written.span.begin < written.span.end && !can_be_the_record(written, inner)) return path;
  const ast::Converter* made_by = nullptr;
  bool was_split = false;
  // A list that will be split is text until then.
  bool will_split = false;
  for (const ast::Converter& converter : written.converters) will_split = will_split || converter.kind == Kind::split;
  for (const ast::Converter& converter : written.converters) {
    if (made_by != nullptr) {
      report(Code::bad_converter, converter.span,
             quoted(converter.kind) + " comes too late: " + quoted(made_by->kind) + " makes the value already")
          .help = "write " + quoted(converter.kind) + " before " + quoted(made_by->kind);
      return path;
    }
    if (converter.kind == Kind::split) {
      if (was_split || !can_be_split(converter, inner)) {
        if (was_split) report(Code::bad_converter, converter.span, "what was split already can't be split again");
        return path;
      }
      was_split = true;
      inner = program_.types.without_optional(program_.types.element(inner));
    } else if (!(will_split && !was_split && !makes_value(converter.kind)) && !converter_fits(converter, inner)) {
      return path;
    }
    path.converters.push_back(converted(converter, inner));
    if (makes_value(converter.kind)) made_by = &converter;
  }
  return path;
}

// Of `.` alone, an object wherever it stands; reports.
bool Checker::can_be_the_record(const ast::SourcePath& written, TypeId type) {
  const auto takes_objects = [](const ast::Converter& each) {
    return each.kind == Kind::present || each.kind == Kind::keyed_by;
  };
  const auto& converters = written.converters;
  if (program_.types.is_record(type) || std::any_of(converters.begin(), converters.end(), takes_objects)) return true;
  report(Code::bad_converter, {written.span.file, written.span.begin, written.span.begin + 1},
         "`.` is the record itself, and this is read as `" + type_name(type) + "`")
      .help = "write the path of one value in it: `a.b`";
  return false;
}

// What is done to the subject's own value before rows are compared with it: changes of text, one after the other.
void Checker::check_subject_converters(const ast::BindDecl::Join& join, typed::JoinPair& pair) {
  for (const ast::Converter& converter : join.subject_converters) {
    if (makes_value(converter.kind) || converter.kind == Kind::split || pair.type != types::kText) {
      report(Code::bad_converter, converter.span,
             quoted(converter.kind) + " can't be done to `" + join.subject_field.text +
                 "` before it is compared, which is `" + type_name(pair.type) + "`")
          .help =
          "of a text: `trim`, `lower`, `upper`, `strip_prefix`, `strip_suffix`; the row's own key may have any "
          "converter";
      continue;
    }
    pair.subject_converters.push_back(converted(converter, pair.type));
  }
}

bool Checker::can_be_split(const ast::Converter& converter, TypeId type) {
  const bool list_of_scalars = program_.types.is_list(type) &&
                               program_.types.is_scalar(program_.types.without_optional(program_.types.element(type)));
  if (!list_of_scalars) {
    report(Code::bad_converter, converter.span,
           "`split` makes a list of single values, and the field is `" + type_name(type) + "`");
    return false;
  }
  if (converter.text.empty()) {
    report(Code::bad_converter, converter.span, "`split` needs a text to split at").help = "write `split \",\"`";
    return false;
  }
  return true;
}

// Whether it can give this type; reports.
bool Checker::converter_fits(const ast::Converter& converter, TypeId type) {
  const auto complain = [&](const std::string& gives) -> base::Diagnostic& {
    return report(Code::bad_converter, converter.span,
                  quoted(converter.kind) + " gives " + gives + ", and the field is `" + type_name(type) + "`");
  };
  const auto must_be = [&](TypeId wanted) {
    if (type == wanted) return true;
    complain("a `" + type_name(wanted) + "`");
    return false;
  };
  switch (converter.kind) {
    case Kind::as_format: {
      if (type != types::kDate && type != types::kTime) {
        complain("a `date` or `time`");
        return false;
      }
      if (auto error = base::format_error(converter.text)) {
        report(Code::bad_converter, converter.span,
               "nothing can be read by the format `" + converter.text + "`: " + *error)
            .help = "for `05/11/2026` write `as \"%d/%m/%Y\"`, for `05/11/2026 14:30` write `as \"%d/%m/%Y %H:%M\"`";
        return false;
      }
      return true;
    }
    case Kind::as_ratio:
    case Kind::as_points: return must_be(types::kPercent);
    case Kind::as_days:
    case Kind::as_hours:
    case Kind::as_minutes:
    case Kind::as_seconds: return must_be(types::kDuration);
    case Kind::present: return must_be(types::kBool);
    case Kind::map:
    case Kind::trim:
    case Kind::lower:
    case Kind::upper:
    case Kind::strip_prefix:
    case Kind::strip_suffix: {
      if (program_.types.is_scalar(type)) return true;
      base::Diagnostic& problem = complain("a single value");
      if (program_.types.is_list(type)) problem.help = "after `split` it applies to each element";
      return false;
    }
    case Kind::keyed_by: return keyed_by_fits(converter, type);
    case Kind::split: break;
  }
  return true;
}

bool Checker::keyed_by_fits(const ast::Converter& converter, TypeId type) {
  const TypeId element =
      program_.types.is_list(type) ? program_.types.without_optional(program_.types.element(type)) : types::kError;
  if (element == types::kError || !program_.types.is_record(element)) {
    report(Code::bad_converter, converter.span,
           "`keyed by` gives a list of records, and the field is `" + type_name(type) + "`");
    return false;
  }
  const types::Record& record = program_.types.record_of(element);
  const auto field = record.find(converter.field.text);
  if (!field) {
    if (fields_may_be_missing(program_.types.get(element).id)) return false;
    std::vector<std::string> candidates;
    for (const types::Field& each : record.fields) candidates.push_back(each.name);
    unknown(Code::unknown_target, converter.field, "`" + record.name + "` has no field `" + converter.field.text + "`",
            candidates);
    return false;
  }
  if (!record.fields[*field].built_in) note_use(converter.field.span, record.fields[*field].span);
  const TypeId key = program_.types.without_optional(record.fields[*field].type);
  if (key == types::kError) return false;
  if (!program_.types.is_scalar(key)) {
    report(Code::bad_converter, converter.field.span,
           "a key is a single value, and `" + converter.field.text + "` is `" + type_name(key) + "`");
    return false;
  }
  return true;
}

typed::Converter Checker::converted(const ast::Converter& written, TypeId type) {
  typed::Converter made;
  static_assert(static_cast<int>(Kind::keyed_by) == static_cast<int>(typed::Converter::Kind::keyed_by),
                "the same kinds in the same order");
  made.kind = static_cast<typed::Converter::Kind>(written.kind);
  made.text = written.text;
  made.span = written.span;
  if (written.kind == Kind::keyed_by) {
    made.field = *program_.types.record_of(program_.types.without_optional(program_.types.element(type)))
                      .find(written.field.text);
  }
  Names<Span> texts;
  for (const ast::Converter::Entry& entry : written.entries) {
    if (auto [first, fresh] = texts.emplace(entry.from.value, entry.from.span); !fresh) {
      report(Code::bad_converter, entry.from.span, "`" + entry.from.value + "` stands in this map already")
          .labels.push_back({first->second, "the first one"});
      continue;
    }
    if (auto value = constant_of(entry.to, type, "the value"))
      made.entries.push_back({entry.from.value, std::move(*value)});
  }
  if (written.otherwise != ast::kNoExpr) made.otherwise = constant_of(written.otherwise, type, "the value");
  return made;
}

}  // namespace muster::check

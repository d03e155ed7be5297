// SPDX-License-Identifier: Apache-2.0
// Types as they are written.
#include "compiler/check/checker.h"

namespace muster::check {

TypeId Checker::type_of(const ast::TypeRef& written) {
  switch (written.kind) {
    case ast::TypeRef::Kind::error: return types::kError;
    case ast::TypeRef::Kind::list: {
      TypeId element = type_of(written.inner[0]);
      return element == types::kError ? element : program_.types.list_of(element);
    }
    case ast::TypeRef::Kind::optional: {
      TypeId inner = type_of(written.inner[0]);
      return inner == types::kError ? inner : program_.types.optional(inner);
    }
    case ast::TypeRef::Kind::named: break;
  }
  static const std::map<std::string, TypeId, std::less<>> built_in = {
      {"bool", types::kBool},       {"int", types::kInt},           {"number", types::kNumber},
      {"percent", types::kPercent}, {"text", types::kText},         {"date", types::kDate},
      {"time", types::kTime},       {"duration", types::kDuration}, {"period", types::kPeriod},
      {"version", types::kVersion}};
  if (written.name.parts.empty()) return types::kError;
  if (written.name.parts.size() == 1) {
    if (auto found = built_in.find(written.name.parts[0].text); found != built_in.end()) return found->second;
  }
  auto found = find_type(written.name);
  if (!found) return types::kError;
  if (found->kind == NamedType::Kind::enumeration) return program_.types.enumeration(found->id);
  if (program_.types.record_at(found->id).kind == types::RecordKind::subject) {
    report(Code::bad_field_type, written.span, "a subject can't stand in a field, parameter or shared value").help =
        "declare a `record` with the fields that are needed";
    return types::kError;
  }
  return program_.types.record(found->id);
}

}  // namespace muster::check

// SPDX-License-Identifier: Apache-2.0
#include <string_view>

#include "compiler/lint/lints.h"

namespace muster::lint {

namespace {

bool is_plain(std::string_view name) {
  for (const char c : name) {
    if (c != '_' && !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z')) return false;
  }
  return !name.empty();
}

bool has_capital(std::string_view name) {
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') return true;
  }
  return false;
}

class Names {
 public:
  explicit Names(const Lints& lints) : lints_(lints) {}

  // What stands in backquotes is a name from elsewhere, as it is there.
  void value(const std::string& name, base::Span span) {
    if (is_plain(name) && is_written(name, span) && has_capital(name))
      report(name, span, "names of values are written `like_this`");
  }
  void type(const std::string& name, base::Span span) {
    if (is_plain(name) && is_written(name, span) &&
        (name.find('_') != std::string::npos || !(name[0] >= 'A' && name[0] <= 'Z')))
      report(name, span, "names of types are written `LikeThis`");
  }

 private:
  bool is_written(const std::string& name, base::Span span) const { return lints_.sources.text(span) == name; }
  void report(const std::string& name, base::Span span, std::string help) {
    lints_.found.report(base::Code::naming, span, "`" + name + "` is not written as such names are").help =
        std::move(help);
  }

  const Lints& lints_;
};

}  // namespace

void naming(const Lints& lints) {
  const typed::Program& program = lints.program;
  Names names(lints);
  for (types::RecordId i = 0; i < program.types.record_count(); ++i) {
    const types::Record& record = program.types.record_at(i);
    names.type(record.name, record.span);
    const std::size_t inherited = record.extends ? program.types.record_at(*record.extends).fields.size() : 0;
    for (std::size_t f = inherited; f < record.fields.size(); ++f) {
      if (!record.fields[f].built_in) names.value(record.fields[f].name, record.fields[f].span);
    }
  }
  for (const auto& shared : program.shared) names.value(shared.name, shared.span);
  for (const auto& param : program.params) names.value(param.name, param.span);
  for (const auto& define : program.defines) names.value(define.name, define.span);
  for (const auto& let : program.lets) names.value(let.name, let.span);
  for (std::uint32_t i = 0; i < program.policies.size(); ++i) {
    const typed::Policy& policy = program.policies[i];
    names.value(policy.name, policy.span);
    for (const auto& criterion : policy.criteria) {
      if (!criterion.origins.empty() && criterion.origins.front().policy == i)
        names.value(criterion.name, criterion.span);
    }
    for (const auto& gate : policy.gates) {
      if (!gate.implied && !gate.origins.empty() && gate.origins.front().policy == i) names.value(gate.name, gate.span);
    }
  }
}

}  // namespace muster::lint

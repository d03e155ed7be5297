// SPDX-License-Identifier: Apache-2.0
// Expressions as they were written, comments and all, with the names that the one module has for what they mean.
// Private to this room.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "base/source_file.h"
#include "compiler/typed/program.h"
#include "effective/flatten/names.h"

namespace muster::flatten {

// Where an expression stands: what it sees of the policy, and the lets beside it.
struct Scope {
  Place place = Place::policy;
  std::set<std::string> lets = {};
};

class Expressions {
 public:
  Expressions(const typed::Program& program, const base::SourceMap& sources, const Names& names)
      : program_(program), sources_(sources), names_(names) {}

  std::string expression(typed::ExprId root, const Scope& scope) const;
  // In its quotes.
  std::string message(const typed::Message& message, const Scope& scope) const;

 private:
  // What is written anew, by place; and what has to be known of the whole expression for that.
  struct Changes;
  std::string rewritten(std::string_view source, std::uint32_t begin, typed::ExprId root, const Scope& scope) const;
  void note(typed::ExprId id, Changes& changes) const;
  void note_name(base::Span span, const std::string& name, Changes& changes) const;
  void note_literal(const typed::Expr& expr, Changes& changes) const;
  void note_call(const typed::Expr& expr, Changes& changes) const;

  const typed::Program& program_;
  const base::SourceMap& sources_;
  const Names& names_;
};

}  // namespace muster::flatten

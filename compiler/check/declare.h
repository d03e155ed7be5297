// SPDX-License-Identifier: Apache-2.0
// How a name enters a scope: the first one stays, a second one is reported where it stands.
#pragma once

#include <string>

#include "compiler/check/checker.h"

namespace muster::check {

inline Span span_of(const Span& span) { return span; }
template <class Thing>
Span span_of(const Thing& thing) {
  return thing.span;
}

inline std::string there_is(std::string_view what) {
  return (what == "levels" ? "there are " : "there is a ") + std::string(what);
}

template <class Thing>
bool Checker::declare(Names<Thing>& names, const ast::Name& name, Thing thing, std::string_view what) {
  if (name.empty()) return false;
  auto [at, fresh] = names.emplace(name.text, thing);
  if (fresh) return true;
  report(Code::duplicate_name, name.span, there_is(what) + " `" + name.text + "` already")
      .labels.push_back({span_of(at->second), "the first one"});
  return false;
}

}  // namespace muster::check

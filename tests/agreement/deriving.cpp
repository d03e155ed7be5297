// SPDX-License-Identifier: Apache-2.0
#include "tests/agreement/deriving.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "base/diagnostic_printer.h"
#include "tests/agreement/changes.h"

namespace muster::agreement {

namespace {

// What p has beside what is random: enum values without their types, names that others may take from it, and a
// guard that a `tighten` can lean on.
constexpr const char* kOwnText = R"(  let near = count(y in parts where y.l >= mid)
  section three "Three" {
    when l >= low or a
    must h0 "h0" { require l >= mid }
    should h1 "h1" { let is_low = l == low  require c == red or c in [green, blue]  require is_low or b }
    may h2 "h2" { require (if a then l else high) >= mid  require any y in parts: y.c == blue and y.l != high }
    must h3 "h3" {
      require today >= d - 30 days else "{today} {most} {twice} {{near}} {near}"
      require size(ns) >= most - 2
    }
    should h4 "h4" { require no x in pool: x.f and not is_big(x.k)  require near >= 1 or now > tm }
    must h5 "h5" { when oi is present  let part = ro  require part is present  require oi >= part.n + most }
  }
  gate open "Open" { let enough = i > 1 or l == high  require enough  require passes(h1) or x > 0.5 or i == most }
  show grade "Grade" = choose { a => Level.high, b => mid, else => low }
  score blend = s0 * 0.5 + 10
)";

constexpr std::string_view kEnd = "}\n";

std::unique_ptr<compiler::Compilation> compile_last(const std::vector<Generation>& generations) {
  compiler::Loader loader;
  loader.read = [&](const std::string& path) -> std::optional<std::string> {
    for (const Generation& each : generations)
      if (path == each.module + ".muster") return each.text;
    return std::nullopt;
  };
  return std::make_unique<compiler::Compilation>(
      compiler::compile({generations.back().module + ".muster", ""}, loader));
}

struct Heading {
  std::string declarations;
  std::string opening;  // `policy q extends p {`
};

// Waivers stand behind the policy, and last among the changes.
std::string text_of(const Heading& heading, const std::vector<Generation::Made>& changes) {
  std::string text = heading.declarations + heading.opening;
  bool is_open = true;
  for (const auto& made : changes) {
    if (is_open && made.change == Change::waive) text += kEnd;
    is_open = is_open && made.change != Change::waive;
    text += made.text;
  }
  if (is_open) text += kEnd;
  return text;
}

// The changes that the errors of the last module are about; else the last one.
std::vector<std::size_t> culprits(const compiler::Compilation& compilation, const Heading& heading,
                                  const std::vector<Generation::Made>& changes) {
  std::vector<std::size_t> found;
  const auto note = [&](base::Span span) {
    std::size_t end = heading.declarations.size() + heading.opening.size();
    bool is_open = true;
    for (std::size_t i = 0; i < changes.size(); ++i) {
      if (is_open && changes[i].change == Change::waive) end += kEnd.size();
      is_open = is_open && changes[i].change != Change::waive;
      end += changes[i].text.size();
      if (span.begin >= end - changes[i].text.size() && span.begin < end) found.push_back(i);
    }
  };
  for (const auto& diagnostic : compilation.diagnostics.list()) {
    if (diagnostic.severity() == base::Severity::error && diagnostic.span.file == compilation.root_file)
      note(diagnostic.span);
  }
  if (found.empty() && !changes.empty()) found.push_back(changes.size() - 1);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

Heading heading_of(std::size_t number, const DerivingOptions& options, Generator& random) {
  const bool is_first = number == 1;
  const std::string own = is_first ? "q" : "r";
  const bool is_wider = options.subjects == Subjects::wider && !random.one_in(4);
  Heading heading;
  heading.declarations = is_first ? "import base (p, S)\n" : "import base\nimport middle (q, T)\n";
  heading.declarations += declarations_like_inherited(own, random);
  heading.opening = "policy " + own + " extends " + (is_first ? "p" : "q");
  if (is_wider || is_first) {
    // The second needs its T, to extend it.
    heading.declarations += "subject " + std::string(is_first ? "T extends S" : "U extends T") + " {\n" +
                            (is_wider ? fields_like_inherited(own, random) : "") + "}\n";
  }
  if (is_wider) heading.opening += is_first ? " for T" : " for U";
  heading.opening += random.one_in(3) ? " \"" + own + "\" {\n" : " {\n";
  return heading;
}

}  // namespace

DerivedProgram::DerivedProgram(std::uint32_t seed, const DerivingOptions& options) {
  Generator random(seed, options.exceptions);
  generations_.push_back({"base", "p", random.module(kOwnText), {}});
  compilation_ = compile_last(generations_);
  random.set_qualifier("base.");
  for (std::size_t number = 1; number <= 2; ++number) {
    const Heading heading = heading_of(number, options, random);
    const typed::Policy& parent = compilation_->program.policies.back();
    std::vector<Generation::Made> changes =
        random_changes(compilation_->program, parent, number == 1 ? "q" : "r", options, random);
    std::stable_partition(changes.begin(), changes.end(),
                          [](const Generation::Made& made) { return made.change != Change::waive; });
    generations_.push_back({number == 1 ? "middle" : "last", number == 1 ? "q" : "r", "", {}});
    while (true) {
      generations_.back().text = text_of(heading, changes);
      auto compilation = compile_last(generations_);
      const bool is_sound = !compilation->diagnostics.has_errors();
      if (!is_sound && !changes.empty()) {
        const std::vector<std::size_t> wrong = culprits(*compilation, heading, changes);
        for (std::size_t i = wrong.size(); i-- > 0;)
          changes.erase(changes.begin() + static_cast<std::ptrdiff_t>(wrong[i]));
        continue;
      }
      for (const auto& diagnostic : compilation->diagnostics.list()) {
        if (diagnostic.severity() == base::Severity::error)
          ADD_FAILURE() << base::print_diagnostic(diagnostic, compilation->sources, base::Colour::off);
      }
      compilation_ = std::move(compilation);
      break;
    }
    generations_.back().changes = std::move(changes);
  }
}

std::string DerivedProgram::text() const {
  std::string text;
  for (const Generation& each : generations_) text += "--- " + each.module + ".muster\n" + each.text;
  return text;
}

}  // namespace muster::agreement

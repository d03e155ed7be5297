// SPDX-License-Identifier: Apache-2.0
#include "compiler/lint/lint.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "compiler/lint/lints.h"
#include "compiler/typed/one_line.h"

namespace muster::lint {

std::string Lints::quoted(typed::ExprId id) const {
  constexpr std::size_t kLongest = 60;
  std::string text = typed::on_one_line(sources.text(span(id)));
  if (text.size() > kLongest) return "this";
  return "`" + text + "`";
}

void Lints::tell(Settled::Kind kind, base::Code code, const Words& words) const {
  const bool is_of_its_place = kind == Settled::Kind::always || kind == Settled::Kind::never;
  for (const Settled& each : settled) {
    if (each.kind != kind) continue;
    auto& lint = found.report(code, span(each.expression),
                              quoted(each.expression) + " " + words.says + (each.by && is_of_its_place ? " here" : ""));
    if (each.by) lint.labels.push_back({span(*each.by), words.label});
    lint.help = words.help;
  }
}

namespace {

enum class When { always, on_request };

struct Lint {
  base::Code code;
  void (*find)(const Lints& lints);
  When when;
};

constexpr Lint kLints[] = {
#define MUSTER_LINT(name, when) {base::Code::name, name, When::when},
#include "compiler/lint/lints.def"
#undef MUSTER_LINT
};

}  // namespace

base::Diagnostics lint(const typed::Program& program, const base::SourceMap& sources, const Options& options) {
  base::Diagnostics found;
  const std::vector<Settled> settled = settled_conditions(program);
  const Lints lints{program, sources, settled, options.today, found};
  for (const Lint& each : kLints) {
    if (each.when == When::always || options.also.count(each.code) > 0) each.find(lints);
  }
  return found;
}

bool is_sought(base::Code code, const Options& options) {
  // What is found in data alone.
  constexpr std::string_view kOfLints = "MU1";
  if (!base::info(code).id.starts_with(kOfLints)) return false;
  if (code == base::Code::past_date || code == base::Code::stale_waiver || code == base::Code::never_bound)
    return false;
  return std::all_of(std::begin(kLints), std::end(kLints), [&](const Lint& each) {
    return each.code != code || each.when == When::always || options.also.count(code) > 0;
  });
}

}  // namespace muster::lint

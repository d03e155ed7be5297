// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/eval_settings.h"

#include <algorithm>
#include <functional>

#include "base/number_text.h"
#include "compiler/typed/polarity.h"
#include "compiler/types/literal.h"
#include "runtime/ingest/read_value.h"

namespace muster::commands {

namespace {

std::string quoted(const std::string& text) { return "`" + text + "`"; }

std::string full_name(const typed::Param& param) { return param.module + "." + param.name; }

// The params that decide something for the policy: those in its expressions, and those that say how long
// evidence stays fresh.
tl::expected<std::uint32_t, UsageError> find_param(const typed::Program& program, const typed::Policy& policy,
                                                   const std::string& name) {
  std::vector<std::uint32_t> found;
  std::vector<std::string> names;
  const auto is_named = [&](const typed::Param& param) { return param.name == name || full_name(param) == name; };
  for (std::uint32_t i = 0; i < policy.params.size(); ++i) {
    const typed::Param& param = program.params[policy.params[i].param];
    names.push_back(param.name);
    if (is_named(param)) found.push_back(i);
  }
  const bool is_declared = std::any_of(program.params.begin(), program.params.end(), is_named);
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    return tl::unexpected(UsageError{is_declared ? "`--set`: the policy doesn't read the param " + quoted(name)
                                                 : "`--set`: there is no param " + quoted(name),
                                     names.empty() ? "the policy reads no params" : suggestion(name, names, "params")});
  }
  std::string help = "write its module too: ";
  for (std::size_t i = 0; i < found.size(); ++i)
    help += (i == 0 ? "" : " or ") + quoted(full_name(program.params[policy.params[found[i]].param]));
  return tl::unexpected(UsageError{"`--set`: several params are named " + quoted(name), help});
}

std::optional<UsageError> set_param(const typed::Program& program, const typed::Policy& policy,
                                    const std::string& setting, evidence::Run& run, std::vector<bool>& was_set) {
  const auto equals = setting.find('=');
  if (equals == std::string::npos || equals == 0) {
    return UsageError{"`--set` needs a param and a value, not " + quoted(setting), "write `--set PARAM=VALUE`"};
  }
  const std::string name = setting.substr(0, equals), text = setting.substr(equals + 1);
  const auto found = find_param(program, policy, name);
  if (!found) return found.error();
  const typed::PolicyParam& inherited = policy.params[*found];
  const typed::Param& param = program.params[inherited.param];
  if (was_set[*found]) return UsageError{"`--set` sets " + quoted(param.name) + " twice", "leave one of them out"};
  was_set[*found] = true;

  const auto value = types::read_literal(program.types, param.type, text);
  if (!value) {
    return UsageError{"`--set`: " + quoted(text) + " is no value for the param " + quoted(param.name),
                      "it takes " + types::literal_form(program.types, param.type)};
  }
  const auto& range = inherited.range;
  if (range && !range->holds(*value)) {
    return UsageError{"`--set`: " + quoted(text) + " is out of range for the param " + quoted(param.name),
                      "its range is " + quoted(types::to_text(program.types, param.type, *range))};
  }
  if (typed::loosens(inherited.locked, typed::move_of(program, param.type, inherited.value, *value))) {
    return UsageError{
        "`--set`: " + quoted(param.name) + " is read by what is locked, and can't be set so that less is asked for",
        "write a policy without the lock, or leave the param as it is"};
  }
  run.params[inherited.param] = *value;
  run.set.emplace_back(name, text);
  return std::nullopt;
}

// A date, or an instant.
std::optional<UsageError> set_as_of(const std::string& text, evidence::Run& run) {
  run.as_of = text;
  if (const auto date = base::parse_date(text)) {
    run.today = *date;
    run.now = base::end_of(*date);
    return std::nullopt;
  }
  if (const auto instant = base::parse_instant(text)) {
    run.now = instant->instant;
    run.today = base::date_of(run.now);
    return std::nullopt;
  }
  return UsageError{"`--as-of`: " + quoted(text) + " is no date and no time",
                    "write a date, `2026-11-23`, or a time, `2026-11-23T10:00:00Z`"};
}

// The one of these that the test holds for.
std::optional<std::uint32_t> only(const std::vector<std::uint32_t>& ids,
                                  const std::function<bool(std::uint32_t)>& test) {
  std::optional<std::uint32_t> found;
  for (const std::uint32_t id : ids) {
    if (!test(id)) continue;
    if (found) return std::nullopt;
    found = id;
  }
  return found;
}

}  // namespace

tl::expected<std::uint32_t, UsageError> choose_policy(const typed::Program& program,
                                                      const std::optional<std::string>& name, const std::string& file) {
  std::vector<std::uint32_t> own, imported;
  for (std::uint32_t i = 0; i < program.policies.size(); ++i)
    (program.policies[i].module == program.root_module ? own : imported).push_back(i);
  // Of imported ones those that another derives from are there for its sake.
  std::vector<std::uint32_t> outermost;
  for (const std::uint32_t i : imported) {
    const bool is_extended = std::any_of(imported.begin(), imported.end(),
                                         [&](std::uint32_t each) { return program.policies[each].extends == i; });
    if (!is_extended) outermost.push_back(i);
  }
  const std::vector<std::uint32_t>& candidates = own.empty() ? outermost : own;
  std::vector<std::string> names;
  for (const std::uint32_t i : candidates) names.push_back(program.policies[i].name);

  if (name) {
    const auto is_named = [&](std::uint32_t i) { return program.policies[i].name == *name; };
    const auto is_named_in_full = [&](std::uint32_t i) { return program.policies[i].full_name() == *name; };
    std::optional<std::uint32_t> found = only(candidates, is_named);
    if (!found) found = only(own, is_named_in_full);
    if (!found) found = only(imported, is_named_in_full);
    if (found) return *found;
    return tl::unexpected(
        UsageError{quoted(file) + " has no policy " + quoted(*name), suggestion(*name, names, "policies")});
  }
  if (candidates.empty()) {
    return tl::unexpected(
        UsageError{quoted(file) + " declares no policy, and imports none", "name the file that declares it"});
  }
  if (candidates.size() == 1) return candidates.front();
  std::string help = "choose one with `--policy`:";
  for (const std::uint32_t i : candidates)
    help += " " + quoted(own.empty() ? program.policies[i].full_name() : program.policies[i].name);
  return tl::unexpected(UsageError{
      quoted(file) + (own.empty() ? " imports " : " declares ") + std::to_string(candidates.size()) + " policies",
      help});
}

tl::expected<std::uint32_t, UsageError> choose_gate(const typed::Policy& policy,
                                                    const std::optional<std::string>& name) {
  if (!name) return 0;
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < policy.gates.size(); ++i) {
    if (policy.gates[i].name == *name) return i;
    names.push_back(policy.gates[i].name);
  }
  return tl::unexpected(
      UsageError{"policy " + quoted(policy.name) + " has no gate " + quoted(*name), suggestion(*name, names, "gates")});
}

tl::expected<types::Scalar, UsageError> read_key(const typed::Program& program, const typed::Policy& policy,
                                                 const std::string& text) {
  const types::Record& subject = program.types.record_at(policy.subject);
  const types::Field& key = subject.fields[*subject.key()];
  const types::TypeId type = program.types.without_optional(key.type);
  if (program.types.is_scalar(type)) {
    if (auto value = ingest::read_value(program.types, type, {ingest::Shape::text, false, true, text})) return *value;
  }
  return tl::unexpected(UsageError{"`--subject`: " + quoted(text) + " is no value of the key " + quoted(key.name),
                                   "it is " + types::literal_form(program.types, type)});
}

bool names_param(const typed::Program& program, const typed::Policy& policy, const std::string& setting) {
  return find_param(program, policy, setting.substr(0, setting.find('='))).has_value();
}

tl::expected<std::optional<std::uint64_t>, UsageError> read_limit(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  const auto number = base::parse_integer(*text);
  if (!number || *number < 0) {
    return tl::unexpected(
        UsageError{"`--limit` takes a number of subjects, not `" + *text + "`", "write `--limit 50`"});
  }
  return static_cast<std::uint64_t>(*number);
}

tl::expected<unsigned, UsageError> read_jobs(const std::optional<std::string>& text, const Io& io) {
  constexpr std::int64_t kMost = 1024;
  if (!text) return io.cores;
  const auto number = base::parse_integer(*text);
  if (!number || *number < 1 || *number > kMost) {
    return tl::unexpected(
        UsageError{"`--jobs` takes a number of threads from 1 to 1024, not `" + *text + "`", "write `--jobs 4`"});
  }
  return static_cast<unsigned>(*number);
}

tl::expected<evidence::Run, UsageError> prepare_run(const typed::Program& program, const typed::Policy& policy,
                                                    const std::optional<std::string>& as_of, base::Instant now,
                                                    const std::vector<std::string>& settings) {
  evidence::Run run;
  if (as_of) {
    if (auto error = set_as_of(*as_of, run)) return tl::unexpected(std::move(*error));
  } else {
    run.now = now;
    run.today = base::date_of(now);
    run.as_of = base::to_text(now);
  }
  run.params = evidence::params_of(program, policy);
  std::vector<bool> was_set(policy.params.size());
  for (const auto& setting : settings) {
    if (auto error = set_param(program, policy, setting, run, was_set)) return tl::unexpected(std::move(*error));
  }
  return run;
}

}  // namespace muster::commands

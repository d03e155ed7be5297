// SPDX-License-Identifier: Apache-2.0
#include "runtime/machine_code.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace muster::runtime {

namespace {

using ir::Op;
using ir::OpKind;
using std::chrono::nanoseconds;
using namespace std::chrono_literals;

// Compiling is begun once machine code would have saved so many times what it takes to make. It may take a core from
// the workers, and nobody knows how much is still to come: likely as much as there was.
constexpr double kTimes = 3;
// Of what is done, so much has to be saved at least.
constexpr double kLeastGain = 0.25;
// What all this comes to takes some milliseconds to find for a large policy, so short runs don't ask.
constexpr nanoseconds kUnasked = 50ms;

// What an operation costs: a row of it by its kernel and as a part of compiled code, and to be compiled once. These are
// means over the policies of the benchmark, on one machine; another one is faster or slower at all of it. What a run
// takes is measured, and these say how much of that is saved, and at what price.
struct Cost {
  double kernel = 0;     // nanoseconds a row
  double compiled = 0;   // the same
  double compiling = 0;  // milliseconds
};
constexpr Cost kBits{0.03, 0.015, 0.17};  // and comparisons
constexpr Cost kNumbers{0.35, 0.05, 0.28};
constexpr Cost kCalendar{5, 0.6, 3.6};
constexpr Cost kSums{10, 2, 10};
// Short lists fit a vector of bits, and kernels take many of them at once.
constexpr Cost kQuantifiers{0.4, 0.9, 4.5};
constexpr Cost kSearches{1, 1, 5};
constexpr Cost kCalls{100, 100, 0};

constexpr std::array kOfCalendar = {Op::date_plus,      Op::date_plus_ok, Op::date_months,
                                    Op::date_months_ok, Op::time_months,  Op::time_months_ok};

bool has_numbers(const ir::OpInfo& info) {
  constexpr std::string_view kSigns = "46f";
  return kSigns.find(info.result) != std::string_view::npos ||
         std::string_view(info.operands).find_first_of(kSigns) != std::string_view::npos;
}

Cost cost_of(Op op) {
  const ir::OpInfo& info = ir::info(op);
  switch (info.kind) {
    case OpKind::leaf: return {};
    case OpKind::rowwise:
      if (std::find(kOfCalendar.begin(), kOfCalendar.end(), op) != kOfCalendar.end()) return kCalendar;
      return has_numbers(info) ? kNumbers : kBits;
    case OpKind::segment: return std::string_view(info.operands) == "b" ? kQuantifiers : kSums;
    case OpKind::gather:
    case OpKind::search: return kSearches;
  }
  return {};
}

// All of a code. Lists count as if each had one element: how many they have, nobody knows before they are read.
Cost cost_of(const ir::Code& code) {
  Cost all;
  const auto add = [&all](const Cost& each) {
    all.kernel += each.kernel;
    all.compiled += each.compiled;
    all.compiling += each.compiling;
  };
  const groups::Groups made = groups::make_groups(code);
  for (const groups::Group& group : made.groups) {
    for (const ir::ValueId id : group.instructions) add(cost_of(code[id].op));
  }
  for (const groups::Step& step : made.steps) {
    if (step.kind == groups::Step::Kind::value) add(kCalls);
  }
  return all;
}

// How long a run has to go on by kernels until compiling pays; nothing: it never does.
std::optional<std::int64_t> pays_from(const ir::Code& code) {
  const Cost cost = cost_of(code);
  const double gain = cost.kernel > 0 ? 1 - cost.compiled / cost.kernel : 0;
  if (gain < kLeastGain) return std::nullopt;
  return static_cast<std::int64_t>(kTimes * cost.compiling * 1e6 / gain);
}

}  // namespace

MachineCode::MachineCode(const Request& request, const ir::Code& code) : request_(request), code_(code) {
  if (request.engine == Engine::jit) {
    auto plugin = request.open_jit ? request.open_jit() : tl::unexpected(std::string("this build has none"));
    if (plugin) {
      auto made = plugin->compile(code);
      if (made) {
        compiled_ = std::move(*made);
      } else {
        trouble_ = std::move(made.error());
      }
    } else {
      trouble_ = std::move(plugin.error());
    }
    return;
  }
  if (request.engine != Engine::automatic || !request.open_jit || !request.clock) return;
  pays_from_ = kUnasked.count();
  counts_ = true;
}

MachineCode::~MachineCode() {
  given_up_ = true;
  if (compiling_.joinable()) compiling_.join();
}

std::shared_ptr<const groups::Compiled> MachineCode::compiled() const {
  const std::lock_guard hold(lock_);
  return compiled_;
}

void MachineCode::add_time(nanoseconds spent) {
  const std::int64_t all = spent_ += spent.count();
  if (all < pays_from_ || is_deciding_.exchange(true)) return;
  if (!is_estimated_) {
    is_estimated_ = true;
    const auto from = pays_from(code_);
    if (!from) {
      counts_ = false;
      return;
    }
    pays_from_ = *from;
  }
  if (all < pays_from_) {
    is_deciding_ = false;
    return;
  }
  counts_ = false;
  const std::lock_guard hold(lock_);
  compiling_ = std::thread([this] { compile_in_background(); });
}

// Whatever goes wrong: nobody asked for it, and the interpreter is there.
void MachineCode::compile_in_background() {
  const auto plugin = request_.open_jit();
  if (!plugin || given_up_) return;
  jit_plugin::Options options;
  options.cancel = &given_up_;
  auto made = plugin->compile(code_, options);
  if (!made) return;
  const std::lock_guard hold(lock_);
  compiled_ = std::move(*made);
}

}  // namespace muster::runtime

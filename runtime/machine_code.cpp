// SPDX-License-Identifier: Apache-2.0
#include "runtime/machine_code.h"

#include <string_view>
#include <utility>

namespace muster::runtime {

namespace {

using std::chrono::nanoseconds;
using namespace std::chrono_literals;

// What a group of operations takes to compile, and how many times that has to be saved before it is begun.
constexpr nanoseconds kForGroup = 5ms;
constexpr int kTimes = 8;
// Kernels are as fast at comparisons and logic; of arithmetic compiled code saves about half.
constexpr double kSaved = 0.5;
constexpr double kLeastShare = 0.15;

// Of numbers, dates and times alone.
bool is_arithmetic(const ir::Instruction& each) {
  const std::string_view operands = ir::info(each.op).operands;
  return ir::info(each.op).kind == ir::OpKind::rowwise && operands.find_first_not_of("46f") == std::string_view::npos;
}

// How much of what is done for each subject is arithmetic.
double share_of_arithmetic(const ir::Code& code) {
  std::size_t arithmetic = 0, all = 0;
  for (const ir::Instruction& each : code.instructions) {
    if (each.axis == ir::kRun || ir::info(each.op).kind == ir::OpKind::leaf) continue;
    ++all;
    if (is_arithmetic(each)) ++arithmetic;
  }
  return all == 0 ? 0 : static_cast<double>(arithmetic) / static_cast<double>(all);
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
  const double share = share_of_arithmetic(code);
  if (share < kLeastShare) return;
  const auto groups = static_cast<double>(groups::make_groups(code).groups.size());
  pays_from_ = static_cast<std::int64_t>(kTimes * groups * static_cast<double>(kForGroup.count()) / (kSaved * share));
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
  if (spent_ += spent.count(); spent_ < pays_from_) return;
  // The first who comes here.
  if (!counts_.exchange(false)) return;
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

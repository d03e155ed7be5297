// SPDX-License-Identifier: Apache-2.0
#include "runtime/kernels/kernels.h"

#include "runtime/kernels/families.h"

namespace muster::kernels {

bool is_there(Level level) {
  switch (level) {
    case Level::portable: return true;
#if defined(__x86_64__)
    case Level::avx2:
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
             __builtin_cpu_supports("popcnt");
    case Level::avx512:
      return is_there(Level::avx2) && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
             __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
#else
    case Level::avx2:
    case Level::avx512: return false;
#endif
  }
  return false;
}

Level best_level() {
  if (is_there(Level::avx512)) return Level::avx512;
  return is_there(Level::avx2) ? Level::avx2 : Level::portable;
}

Kernel kernel(ir::Op op, ir::Phys data, Level level) {
  const bool has_avx2 = level != Level::portable;
  for (const Kernel found :
       {level == Level::avx512 ? avx512_kernel(op, data) : nullptr, has_avx2 ? bmi2_kernel(op) : nullptr,
        has_avx2 ? avx2_kernel(op, data) : nullptr, bitmap_kernel(op), comparison_kernel(op, data),
        move_kernel(op, data), arithmetic_kernel(op, data), calendar_kernel(op), text_kernel(op),
        segment_kernel(op, data), search_kernel(op, data)}) {
    if (found != nullptr) return found;
  }
  return nullptr;
}

}  // namespace muster::kernels

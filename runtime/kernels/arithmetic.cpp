// SPDX-License-Identifier: Apache-2.0
// i64 wraps, as unsigned numbers do; f64 is IEEE 754, operation by operation.
#include <cmath>
#include <limits>

#include "runtime/kernels/families.h"

namespace muster::kernels {

namespace {

using I64 = std::int64_t;
using U64 = std::uint64_t;

I64 wrapped(U64 value) { return static_cast<I64>(value); }

struct Add {
  I64 operator()(I64 a, I64 b) const { return wrapped(static_cast<U64>(a) + static_cast<U64>(b)); }
};
struct AddOk {
  bool operator()(I64 a, I64 b) const {
    I64 sum = 0;
    return !__builtin_add_overflow(a, b, &sum);
  }
};
struct Subtract {
  I64 operator()(I64 a, I64 b) const { return wrapped(static_cast<U64>(a) - static_cast<U64>(b)); }
};
struct SubtractOk {
  bool operator()(I64 a, I64 b) const {
    I64 difference = 0;
    return !__builtin_sub_overflow(a, b, &difference);
  }
};
struct Multiply {
  I64 operator()(I64 a, I64 b) const { return wrapped(static_cast<U64>(a) * static_cast<U64>(b)); }
};
struct MultiplyOk {
  bool operator()(I64 a, I64 b) const {
    I64 product = 0;
    return !__builtin_mul_overflow(a, b, &product);
  }
};
struct Negate {
  I64 operator()(I64 a) const { return wrapped(-static_cast<U64>(a)); }
};
struct NegateOk {
  bool operator()(I64 a) const { return a != std::numeric_limits<I64>::min(); }
};
struct Absolute {
  I64 operator()(I64 a) const { return a < 0 ? Negate()(a) : a; }
};
struct Extend {
  template <typename T>
  I64 operator()(T a) const {
    return static_cast<I64>(a);
  }
};
struct ToF64 {
  double operator()(I64 a) const { return static_cast<double>(a); }
};

struct FAdd {
  double operator()(double a, double b) const { return a + b; }
};
struct FSubtract {
  double operator()(double a, double b) const { return a - b; }
};
struct FMultiply {
  double operator()(double a, double b) const { return a * b; }
};
struct FDivide {
  double operator()(double a, double b) const { return a / b; }
};
struct FNegate {
  double operator()(double a) const { return -a; }
};
struct FAbsolute {
  double operator()(double a) const { return std::fabs(a); }
};
struct FRound {
  double operator()(double a) const { return std::round(a); }
};
struct FFloor {
  double operator()(double a) const { return std::floor(a); }
};
struct FCeil {
  double operator()(double a) const { return std::ceil(a); }
};
struct FPart {
  double operator()(double x, double p) const {
    const double points = x * p;
    return std::isfinite(points) ? points / 100 : x / 100 * p;
  }
};
struct IsFinite {
  bool operator()(double a) const { return std::isfinite(a); }
};
struct ToI64Ok {
  bool operator()(double a) const {
    // 2^63 is a double, 2^63 - 1 is none.
    constexpr double kEnd = 9223372036854775808.0;
    return a >= -kEnd && a < kEnd;
  }
};
struct ToI64 {
  I64 operator()(double a) const { return ToI64Ok()(a) ? static_cast<I64>(a) : 0; }
};

Kernel extend(ir::Phys data) {
  if (data == ir::Phys::u8) return of_one<I64, std::uint8_t, Extend>;
  if (data == ir::Phys::i32) return of_one<I64, std::int32_t, Extend>;
  if (data == ir::Phys::index) return of_one<I64, Index, Extend>;
  return nullptr;
}

Kernel of_doubles(ir::Op op) {
  using ir::Op;
  if (op == Op::fadd) return of_two<double, double, double, FAdd>;
  if (op == Op::fsubtract) return of_two<double, double, double, FSubtract>;
  if (op == Op::fmultiply) return of_two<double, double, double, FMultiply>;
  if (op == Op::fdivide) return of_two<double, double, double, FDivide>;
  if (op == Op::fnegate) return of_one<double, double, FNegate>;
  if (op == Op::fabsolute) return of_one<double, double, FAbsolute>;
  if (op == Op::fround) return of_one<double, double, FRound>;
  if (op == Op::ffloor) return of_one<double, double, FFloor>;
  if (op == Op::fceil) return of_one<double, double, FCeil>;
  if (op == Op::fpart) return of_two<double, double, double, FPart>;
  if (op == Op::is_finite) return of_one<Bit, double, IsFinite>;
  if (op == Op::to_i64) return of_one<I64, double, ToI64>;
  if (op == Op::to_i64_ok) return of_one<Bit, double, ToI64Ok>;
  return nullptr;
}

}  // namespace

Kernel arithmetic_kernel(ir::Op op, ir::Phys data) {
  using ir::Op;
  if (op == Op::extend) return extend(data);
  if (op == Op::to_f64) return of_one<double, I64, ToF64>;
  if (op == Op::add) return of_two<I64, I64, I64, Add>;
  if (op == Op::add_ok) return of_two<Bit, I64, I64, AddOk>;
  if (op == Op::subtract) return of_two<I64, I64, I64, Subtract>;
  if (op == Op::subtract_ok) return of_two<Bit, I64, I64, SubtractOk>;
  if (op == Op::multiply) return of_two<I64, I64, I64, Multiply>;
  if (op == Op::multiply_ok) return of_two<Bit, I64, I64, MultiplyOk>;
  if (op == Op::negate) return of_one<I64, I64, Negate>;
  if (op == Op::negate_ok) return of_one<Bit, I64, NegateOk>;
  if (op == Op::absolute) return of_one<I64, I64, Absolute>;
  return of_doubles(op);
}

}  // namespace muster::kernels

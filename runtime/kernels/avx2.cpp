// SPDX-License-Identifier: Apache-2.0
// The hot kernels with AVX2: comparisons fill lanes with ones, and the lanes' signs become the bits of a bitmap.
#include "runtime/kernels/families.h"

#if defined(__x86_64__)
#include <immintrin.h>

#include <cstring>

#define MUSTER_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))

namespace muster::kernels {

namespace {

using columns::kRowsOfWord;
using columns::words_of;
using ir::Op;
using ir::Phys;

std::size_t words_with_rows(std::size_t rows) { return (rows + kRowsOfWord - 1) / kRowsOfWord; }
std::uint64_t* result_words(const Call& call) { return reinterpret_cast<std::uint64_t*>(call.result); }

MUSTER_AVX2 inline __m256i load(const void* at) { return _mm256_loadu_si256(static_cast<const __m256i*>(at)); }
MUSTER_AVX2 inline void store(void* at, __m256i value) { _mm256_storeu_si256(static_cast<__m256i*>(at), value); }
MUSTER_AVX2 inline __m256i ones() { return _mm256_set1_epi8(-1); }
MUSTER_AVX2 inline __m256i inverted(__m256i a) { return _mm256_xor_si256(a, ones()); }

MUSTER_AVX2 inline __m256i all(std::uint8_t value) { return _mm256_set1_epi8(static_cast<char>(value)); }
MUSTER_AVX2 inline __m256i all(std::int32_t value) { return _mm256_set1_epi32(value); }
MUSTER_AVX2 inline __m256i all(std::uint32_t value) { return _mm256_set1_epi32(static_cast<int>(value)); }
MUSTER_AVX2 inline __m256i all(std::int64_t value) { return _mm256_set1_epi64x(value); }
MUSTER_AVX2 inline __m256i all(double value) { return _mm256_castpd_si256(_mm256_set1_pd(value)); }

// One operand: a column, or one value in all lanes.
template <typename T, bool uniform>
struct Lanes {
  static constexpr std::size_t kCount = 32 / sizeof(T);

  MUSTER_AVX2 explicit Lanes(const Operand& operand) : at(column<T>(operand)), one(all(*at)) {}
  MUSTER_AVX2 __m256i from(std::size_t row) const {
    if constexpr (uniform) {
      return one;
    } else {
      return load(at + row);
    }
  }

  const T* at;
  __m256i one;
};

// The signs of lanes of so many bytes.
template <std::size_t bytes>
MUSTER_AVX2 inline std::uint64_t signs(__m256i lanes) {
  if constexpr (bytes == 1) return static_cast<std::uint32_t>(_mm256_movemask_epi8(lanes));
  if constexpr (bytes == 4) return static_cast<std::uint32_t>(_mm256_movemask_ps(_mm256_castsi256_ps(lanes)));
  return static_cast<std::uint32_t>(_mm256_movemask_pd(_mm256_castsi256_pd(lanes)));
}

// ---- Bitmaps ----

template <Op op>
MUSTER_AVX2 void of_bitmaps(const Call& call) {
  const std::uint64_t* a = bits(call.operands[0]);
  const std::uint64_t* b = bits(call.operands[op == Op::not_ ? 0 : 1]);
  std::uint64_t* result = result_words(call);
  // A store could change `call`, for all that the compiler knows.
  const std::size_t words = words_of(call.rows);
  for (std::size_t w = 0; w < words; w += 4) {
    const __m256i x = load(a + w);
    const __m256i y = load(b + w);
    __m256i made = inverted(x);
    if constexpr (op == Op::and_) made = _mm256_and_si256(x, y);
    if constexpr (op == Op::or_) made = _mm256_or_si256(x, y);
    if constexpr (op == Op::and_not) made = _mm256_andnot_si256(y, x);
    store(result + w, made);
  }
  clear_tail(result, call.rows);
}

// ---- Comparisons ----

template <typename T>
MUSTER_AVX2 inline __m256i equal_lanes(__m256i a, __m256i b) {
  if constexpr (sizeof(T) == 1) return _mm256_cmpeq_epi8(a, b);
  if constexpr (sizeof(T) == 4) return _mm256_cmpeq_epi32(a, b);
  return _mm256_cmpeq_epi64(a, b);
}

template <typename T>
MUSTER_AVX2 inline __m256i less_lanes(__m256i a, __m256i b) {
  if constexpr (std::is_same_v<T, std::uint8_t>) return inverted(_mm256_cmpeq_epi8(_mm256_max_epu8(a, b), a));
  if constexpr (std::is_same_v<T, std::int32_t>) return _mm256_cmpgt_epi32(b, a);
  if constexpr (std::is_same_v<T, Index>) {
    const __m256i top = _mm256_set1_epi32(static_cast<int>(0x80000000u));
    return _mm256_cmpgt_epi32(_mm256_xor_si256(b, top), _mm256_xor_si256(a, top));
  }
  return _mm256_cmpgt_epi64(b, a);
}

template <typename T, Op op>
MUSTER_AVX2 inline __m256i compared(__m256i a, __m256i b) {
  if constexpr (std::is_same_v<T, double>) {
    constexpr int kHow = op == Op::equal ? _CMP_EQ_OQ : op == Op::less ? _CMP_LT_OQ : _CMP_LE_OQ;
    return _mm256_castpd_si256(_mm256_cmp_pd(_mm256_castsi256_pd(a), _mm256_castsi256_pd(b), kHow));
  } else {
    if constexpr (op == Op::equal) return equal_lanes<T>(a, b);
    if constexpr (op == Op::less) return less_lanes<T>(a, b);
    return inverted(less_lanes<T>(b, a));
  }
}

template <typename T, Op op, bool uniform_a, bool uniform_b>
MUSTER_AVX2 void compare_shaped(const Call& call) {
  const Lanes<T, uniform_a> a(call.operands[0]);
  const Lanes<T, uniform_b> b(call.operands[1]);
  std::uint64_t* result = result_words(call);
  for (std::size_t w = 0; w < words_with_rows(call.rows); ++w) {
    std::uint64_t word = 0;
    MUSTER_UNROLLED
    for (std::size_t i = 0; i < 2 * sizeof(T); ++i) {
      const std::size_t row = w * kRowsOfWord + i * a.kCount;
      word |= signs<sizeof(T)>(compared<T, op>(a.from(row), b.from(row))) << (i * a.kCount);
    }
    result[w] = word;
  }
  clear_tail(result, call.rows);
}

template <typename T, Op op>
void compare(const Call& call) {
  const bool a = call.operands[0].uniform;
  const bool b = call.operands[1].uniform;
  if (a) return b ? compare_shaped<T, op, true, true>(call) : compare_shaped<T, op, true, false>(call);
  return b ? compare_shaped<T, op, false, true>(call) : compare_shaped<T, op, false, false>(call);
}

// A set of 256 values is 16 columns, by the low four bits, of 16 bits each, by the high four: a shuffle finds the
// column, half at a time, and another the bit.
MUSTER_AVX2 void in_set_of_u8(const Call& call) {
  const SetColumns set(*static_cast<const MemberSet*>(call.extra));
  const __m256i low = _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(set.halves[0])));
  const __m256i high = _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(set.halves[1])));
  const __m256i bit_of = _mm256_set1_epi64x(static_cast<long long>(0x8040201008040201u));
  const __m256i seven = _mm256_set1_epi8(7);
  const __m256i in_half = _mm256_set1_epi8(static_cast<char>(0x8f));
  const __m256i top = _mm256_set1_epi8(static_cast<char>(0x80));
  const bool uniform = call.operands[0].uniform;
  const auto* a = column<std::uint8_t>(call.operands[0]);
  const __m256i one = all(*a);
  std::uint64_t* result = result_words(call);
  for (std::size_t w = 0; w < words_with_rows(call.rows); ++w) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < 2; ++i) {
      const __m256i x = uniform ? one : load(a + w * kRowsOfWord + i * 32);
      // A shuffle gives 0 where the top bit is set.
      const __m256i place = _mm256_and_si256(x, in_half);
      const __m256i found =
          _mm256_or_si256(_mm256_shuffle_epi8(low, place), _mm256_shuffle_epi8(high, _mm256_xor_si256(place, top)));
      const __m256i wanted = _mm256_shuffle_epi8(bit_of, _mm256_and_si256(_mm256_srli_epi16(x, 4), seven));
      word |= signs<1>(_mm256_cmpeq_epi8(_mm256_and_si256(found, wanted), wanted)) << (i * 32);
    }
    result[w] = word;
  }
  clear_tail(result, call.rows);
}

// ---- Numbers ----

template <bool uniform>
MUSTER_AVX2 void finite_shaped(const Call& call) {
  const Lanes<double, uniform> a(call.operands[0]);
  const __m256i exponent = _mm256_set1_epi64x(0x7ff0000000000000);
  std::uint64_t* result = result_words(call);
  for (std::size_t w = 0; w < words_with_rows(call.rows); ++w) {
    std::uint64_t word = 0;
    MUSTER_UNROLLED
    for (std::size_t i = 0; i < 16; ++i) {
      const __m256i x = _mm256_and_si256(a.from(w * kRowsOfWord + i * 4), exponent);
      word |= signs<8>(_mm256_cmpeq_epi64(x, exponent)) << (i * 4);
    }
    result[w] = ~word;
  }
  clear_tail(result, call.rows);
}

void is_finite(const Call& call) { call.operands[0].uniform ? finite_shaped<true>(call) : finite_shaped<false>(call); }

template <Op op>
MUSTER_AVX2 inline __m256i calculated(__m256i a, __m256i b) {
  if constexpr (op == Op::add || op == Op::add_ok) return _mm256_add_epi64(a, b);
  if constexpr (op == Op::subtract || op == Op::subtract_ok) return _mm256_sub_epi64(a, b);
  const __m256d x = _mm256_castsi256_pd(a);
  const __m256d y = _mm256_castsi256_pd(b);
  if constexpr (op == Op::fadd) return _mm256_castpd_si256(_mm256_add_pd(x, y));
  if constexpr (op == Op::fsubtract) return _mm256_castpd_si256(_mm256_sub_pd(x, y));
  if constexpr (op == Op::fmultiply) return _mm256_castpd_si256(_mm256_mul_pd(x, y));
  if constexpr (op == Op::fdivide) return _mm256_castpd_si256(_mm256_div_pd(x, y));
  return a;
}

template <Op op, bool uniform_a, bool uniform_b>
MUSTER_AVX2 void calculate_shaped(const Call& call) {
  const Lanes<std::int64_t, uniform_a> a(call.operands[0]);
  const Lanes<std::int64_t, uniform_b> b(call.operands[1]);
  auto* result = reinterpret_cast<std::int64_t*>(call.result);
  for (std::size_t row = 0; row < call.rows; row += 4) store(result + row, calculated<op>(a.from(row), b.from(row)));
}

// Overflow shows in the sign.
template <Op op, bool uniform_a, bool uniform_b>
MUSTER_AVX2 void fits_shaped(const Call& call) {
  const Lanes<std::int64_t, uniform_a> a(call.operands[0]);
  const Lanes<std::int64_t, uniform_b> b(call.operands[1]);
  std::uint64_t* result = result_words(call);
  for (std::size_t w = 0; w < words_with_rows(call.rows); ++w) {
    std::uint64_t word = 0;
    MUSTER_UNROLLED
    for (std::size_t i = 0; i < 16; ++i) {
      const __m256i x = a.from(w * kRowsOfWord + i * 4);
      const __m256i y = b.from(w * kRowsOfWord + i * 4);
      const __m256i made = calculated<op>(x, y);
      const __m256i other = op == Op::add_ok ? _mm256_xor_si256(y, made) : _mm256_xor_si256(x, y);
      word |= signs<8>(_mm256_and_si256(_mm256_xor_si256(x, made), other)) << (i * 4);
    }
    result[w] = ~word;
  }
  clear_tail(result, call.rows);
}

template <Op op, bool is_ok>
void calculate(const Call& call) {
  const bool a = call.operands[0].uniform;
  const bool b = call.operands[1].uniform;
  if constexpr (is_ok) {
    if (a) return b ? fits_shaped<op, true, true>(call) : fits_shaped<op, true, false>(call);
    return b ? fits_shaped<op, false, true>(call) : fits_shaped<op, false, false>(call);
  } else {
    if (a) return b ? calculate_shaped<op, true, true>(call) : calculate_shaped<op, true, false>(call);
    return b ? calculate_shaped<op, false, true>(call) : calculate_shaped<op, false, false>(call);
  }
}

// ---- Moves ----

// Lanes of ones where the lowest bits are set.
template <std::size_t bytes>
MUSTER_AVX2 inline __m256i spread(std::uint64_t low) {
  if constexpr (bytes == 1) {
    // Each byte of the word to eight lanes, and of these each keeps its bit.
    const __m256i byte_of = _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303);
    const __m256i bit_of = _mm256_set1_epi64x(static_cast<long long>(0x8040201008040201u));
    const __m256i word = _mm256_set1_epi32(static_cast<int>(static_cast<std::uint32_t>(low)));
    return _mm256_cmpeq_epi8(_mm256_and_si256(_mm256_shuffle_epi8(word, byte_of), bit_of), bit_of);
  }
  if constexpr (bytes == 4) {
    const __m256i bit_of = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
    const __m256i word = _mm256_set1_epi32(static_cast<int>(low & 0xff));
    return _mm256_cmpeq_epi32(_mm256_and_si256(word, bit_of), bit_of);
  }
  const __m256i bit_of = _mm256_setr_epi64x(1, 2, 4, 8);
  const __m256i word = _mm256_set1_epi64x(static_cast<long long>(low & 0xf));
  return _mm256_cmpeq_epi64(_mm256_and_si256(word, bit_of), bit_of);
}

template <typename T, bool uniform_a, bool uniform_b>
MUSTER_AVX2 void select_shaped(const Call& call) {
  const std::uint64_t* chosen = bits(call.operands[0]);
  const Lanes<T, uniform_a> a(call.operands[1]);
  const Lanes<T, uniform_b> b(call.operands[2]);
  T* result = reinterpret_cast<T*>(call.result);
  for (std::size_t w = 0; w < words_with_rows(call.rows); ++w) {
    const std::uint64_t word = chosen[w];
    for (std::size_t i = 0; i < 2 * sizeof(T); ++i) {
      const std::size_t row = w * kRowsOfWord + i * a.kCount;
      const __m256i mask = spread<sizeof(T)>(word >> (i * a.kCount));
      store(result + row, _mm256_blendv_epi8(b.from(row), a.from(row), mask));
    }
  }
}

template <typename T>
void select(const Call& call) {
  const bool a = call.operands[1].uniform;
  const bool b = call.operands[2].uniform;
  if (a) return b ? select_shaped<T, true, true>(call) : select_shaped<T, true, false>(call);
  return b ? select_shaped<T, false, true>(call) : select_shaped<T, false, false>(call);
}

template <Phys phys>
MUSTER_AVX2 void gather(const Call& call) {
  if (call.source_rows == 0 || call.operands[0].uniform || call.operands[1].uniform)
    return move_kernel(Op::gather, phys)(call);
  const auto* index = column<Index>(call.operands[1]);
  const __m256i last = all(static_cast<Index>(call.source_rows - 1));
  for (std::size_t row = 0; row < call.rows; row += 8) {
    const __m256i place = _mm256_min_epu32(load(index + row), last);
    if constexpr (phys == Phys::i32 || phys == Phys::index) {
      store(call.result + row * 4, _mm256_i32gather_epi32(column<int>(call.operands[0]), place, 4));
    } else {
      const auto* source = column<long long>(call.operands[0]);
      store(call.result + row * 8, _mm256_i32gather_epi64(source, _mm256_castsi256_si128(place), 8));
      store(call.result + row * 8 + 32, _mm256_i32gather_epi64(source, _mm256_extracti128_si256(place, 1), 8));
    }
  }
}

MUSTER_AVX2 void gather_bits(const Call& call) {
  if (call.source_rows == 0 || call.operands[1].uniform) return move_kernel(Op::gather_bits, Phys::bits)(call);
  const auto* source = column<int>(call.operands[0]);
  const auto* index = column<Index>(call.operands[1]);
  const __m256i last = all(static_cast<Index>(call.source_rows - 1));
  const __m256i top = _mm256_set1_epi32(31);
  std::uint64_t* result = result_words(call);
  for (std::size_t w = 0; w < words_with_rows(call.rows); ++w) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < 8; ++i) {
      const __m256i place = _mm256_min_epu32(load(index + w * kRowsOfWord + i * 8), last);
      const __m256i words = _mm256_i32gather_epi32(source, _mm256_srli_epi32(place, 5), 4);
      // The bit wanted becomes the sign.
      const __m256i up = _mm256_sub_epi32(top, _mm256_and_si256(place, top));
      word |= signs<4>(_mm256_sllv_epi32(words, up)) << (i * 8);
    }
    result[w] = word;
  }
  clear_tail(result, call.rows);
}

template <Op op>
Kernel compare_kernel(Phys data) {
  if (data == Phys::u8) return compare<std::uint8_t, op>;
  if (data == Phys::i32) return compare<std::int32_t, op>;
  if (data == Phys::index) return compare<Index, op>;
  if (data == Phys::i64) return compare<std::int64_t, op>;
  if (data == Phys::f64) return compare<double, op>;
  return nullptr;
}

Kernel move(Op op, Phys data) {
  if (op == Op::gather_bits) return gather_bits;
  if (op == Op::select) {
    if (data == Phys::u8) return select<std::uint8_t>;
    if (data == Phys::i32 || data == Phys::index) return select<std::int32_t>;
    if (data == Phys::i64 || data == Phys::f64 || data == Phys::version) return select<std::int64_t>;
  }
  if (op == Op::gather) {
    if (data == Phys::i32) return gather<Phys::i32>;
    if (data == Phys::index) return gather<Phys::index>;
    if (data == Phys::i64) return gather<Phys::i64>;
    if (data == Phys::f64) return gather<Phys::f64>;
    if (data == Phys::version) return gather<Phys::version>;
  }
  return nullptr;
}

}  // namespace

Kernel avx2_kernel(Op op, Phys data) {
  if (op == Op::not_) return of_bitmaps<Op::not_>;
  if (op == Op::and_) return of_bitmaps<Op::and_>;
  if (op == Op::or_) return of_bitmaps<Op::or_>;
  if (op == Op::and_not) return of_bitmaps<Op::and_not>;
  if (op == Op::equal) return compare_kernel<Op::equal>(data);
  if (op == Op::less) return compare_kernel<Op::less>(data);
  if (op == Op::less_equal) return compare_kernel<Op::less_equal>(data);
  if (op == Op::in_set && data == Phys::u8) return in_set_of_u8;
  if (op == Op::is_finite) return is_finite;
  if (op == Op::add) return calculate<Op::add, false>;
  if (op == Op::subtract) return calculate<Op::subtract, false>;
  if (op == Op::add_ok) return calculate<Op::add_ok, true>;
  if (op == Op::subtract_ok) return calculate<Op::subtract_ok, true>;
  if (op == Op::fadd) return calculate<Op::fadd, false>;
  if (op == Op::fsubtract) return calculate<Op::fsubtract, false>;
  if (op == Op::fmultiply) return calculate<Op::fmultiply, false>;
  if (op == Op::fdivide) return calculate<Op::fdivide, false>;
  if (op == Op::weigh) return avx2_weigh_kernel();
  return move(op, data);
}

}  // namespace muster::kernels

#else

namespace muster::kernels {

Kernel avx2_kernel(ir::Op, ir::Phys) { return nullptr; }

}  // namespace muster::kernels

#endif

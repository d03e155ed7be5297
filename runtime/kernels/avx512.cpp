// SPDX-License-Identifier: Apache-2.0
// The hot kernels with AVX-512: 64 rows become one word of a bitmap through mask registers.
#include "runtime/kernels/families.h"

#if defined(__x86_64__)
#include <immintrin.h>

#if defined(__GNUC__) && !defined(__clang__)
// GCC bug 105593: the header's own "undefined" operands, which no lane of a result is made of, raise false alarms.
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#define MUSTER_AVX512 __attribute__((target("avx2,bmi,bmi2,popcnt,avx512f,avx512bw,avx512dq,avx512vl")))

namespace muster::kernels {

namespace {

using columns::kRowsOfWord;
using columns::words_of;
using ir::Op;
using ir::Phys;

std::size_t words_with_rows(std::size_t rows) { return (rows + kRowsOfWord - 1) / kRowsOfWord; }
std::uint64_t* result_words(const Call& call) { return reinterpret_cast<std::uint64_t*>(call.result); }

MUSTER_AVX512 inline __m512i load(const void* at) { return _mm512_loadu_si512(at); }

// A mask of at most 32 lanes as a word. g++ 12 may put such a mask aside in memory with its 8 or 16 bits and take 64
// from there; a register it is made to use is filled right.
MUSTER_AVX512 inline std::uint64_t word_of(std::uint32_t mask) {
  asm("" : "+r"(mask));
  return mask;
}

// A value in all lanes.
MUSTER_AVX512 inline __m512i all(std::uint8_t value) { return _mm512_set1_epi8(static_cast<char>(value)); }
MUSTER_AVX512 inline __m512i all(std::int32_t value) { return _mm512_set1_epi32(value); }
MUSTER_AVX512 inline __m512i all(std::uint32_t value) { return _mm512_set1_epi32(static_cast<int>(value)); }
MUSTER_AVX512 inline __m512i all(std::int64_t value) { return _mm512_set1_epi64(value); }
MUSTER_AVX512 inline __m512i all(double value) { return _mm512_castpd_si512(_mm512_set1_pd(value)); }

// One operand: a column, or one value in all lanes.
template <typename T, bool uniform>
struct Lanes {
  static constexpr std::size_t kCount = 64 / sizeof(T);

  MUSTER_AVX512 explicit Lanes(const Operand& operand) : at(column<T>(operand)), one(all(*at)) {}
  MUSTER_AVX512 __m512i from(std::size_t row) const {
    if constexpr (uniform) {
      return one;
    } else {
      return load(at + row);
    }
  }

  const T* at;
  __m512i one;
};

// ---- Bitmaps ----

template <Op op>
MUSTER_AVX512 void of_bitmaps(const Call& call) {
  const std::uint64_t* a = bits(call.operands[0]);
  const std::uint64_t* b = bits(call.operands[op == Op::not_ ? 0 : 1]);
  std::uint64_t* result = result_words(call);
  // A store could change `call`, for all that the compiler knows.
  const std::size_t words = words_of(call.rows);
  for (std::size_t w = 0; w < words; w += 8) {
    const __m512i x = load(a + w);
    __m512i made;
    if constexpr (op == Op::not_) {
      made = _mm512_ternarylogic_epi64(x, x, x, 0x0f);
    } else {
      const __m512i y = load(b + w);
      if constexpr (op == Op::and_) made = _mm512_and_si512(x, y);
      if constexpr (op == Op::or_) made = _mm512_or_si512(x, y);
      if constexpr (op == Op::and_not) made = _mm512_andnot_si512(y, x);
    }
    _mm512_storeu_si512(result + w, made);
  }
  clear_tail(result, call.rows);
}

// ---- Comparisons ----

template <typename T, Op op>
MUSTER_AVX512 inline std::uint64_t compared(__m512i a, __m512i b) {
  if constexpr (std::is_same_v<T, double>) {
    constexpr int kHow = op == Op::equal ? _CMP_EQ_OQ : op == Op::less ? _CMP_LT_OQ : _CMP_LE_OQ;
    return word_of(_mm512_cmp_pd_mask(_mm512_castsi512_pd(a), _mm512_castsi512_pd(b), kHow));
  } else {
    constexpr int kHow = op == Op::equal ? _MM_CMPINT_EQ : op == Op::less ? _MM_CMPINT_LT : _MM_CMPINT_LE;
    if constexpr (std::is_same_v<T, std::uint8_t>) return _mm512_cmp_epu8_mask(a, b, kHow);
    if constexpr (std::is_same_v<T, std::int32_t>) return word_of(_mm512_cmp_epi32_mask(a, b, kHow));
    if constexpr (std::is_same_v<T, Index>) return word_of(_mm512_cmp_epu32_mask(a, b, kHow));
    if constexpr (std::is_same_v<T, std::int64_t>) return word_of(_mm512_cmp_epi64_mask(a, b, kHow));
  }
}

template <typename T, Op op, bool uniform_a, bool uniform_b>
MUSTER_AVX512 void compare_shaped(const Call& call) {
  const Lanes<T, uniform_a> a(call.operands[0]);
  const Lanes<T, uniform_b> b(call.operands[1]);
  std::uint64_t* result = result_words(call);
  for (std::size_t w = 0; w < words_with_rows(call.rows); ++w) {
    std::uint64_t word = 0;
    MUSTER_UNROLLED
    for (std::size_t i = 0; i < sizeof(T); ++i) {
      const std::size_t row = w * kRowsOfWord + i * a.kCount;
      word |= compared<T, op>(a.from(row), b.from(row)) << (i * a.kCount);
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

MUSTER_AVX512 inline __m512i in_each_quarter(const std::uint8_t* half) {
  return _mm512_broadcast_i32x4(_mm_loadu_si128(reinterpret_cast<const __m128i*>(half)));
}

// A set of 256 values is 16 columns, by the low four bits, of 16 bits each, by the high four: a shuffle finds the
// column, half at a time, and another the bit.
MUSTER_AVX512 void in_set_of_u8(const Call& call) {
  const SetColumns set(*static_cast<const MemberSet*>(call.extra));
  const __m512i low = in_each_quarter(set.halves[0]);
  const __m512i high = in_each_quarter(set.halves[1]);
  const __m512i bit_of = _mm512_set1_epi64(static_cast<long long>(0x8040201008040201u));
  const __m512i seven = _mm512_set1_epi8(7);
  const __m512i in_half = _mm512_set1_epi8(static_cast<char>(0x8f));
  const __m512i top = _mm512_set1_epi8(static_cast<char>(0x80));
  const bool uniform = call.operands[0].uniform;
  const auto* a = column<std::uint8_t>(call.operands[0]);
  const __m512i one = all(*a);
  std::uint64_t* result = result_words(call);
  for (std::size_t w = 0; w < words_with_rows(call.rows); ++w) {
    const __m512i x = uniform ? one : load(a + w * kRowsOfWord);
    // A shuffle gives 0 where the top bit is set.
    const __m512i place = _mm512_and_si512(x, in_half);
    const __m512i found =
        _mm512_or_si512(_mm512_shuffle_epi8(low, place), _mm512_shuffle_epi8(high, _mm512_xor_si512(place, top)));
    const __m512i wanted = _mm512_shuffle_epi8(bit_of, _mm512_and_si512(_mm512_srli_epi16(x, 4), seven));
    result[w] = _mm512_test_epi8_mask(found, wanted);
  }
  clear_tail(result, call.rows);
}

// ---- Numbers ----

template <bool uniform>
MUSTER_AVX512 void finite_shaped(const Call& call) {
  const Lanes<double, uniform> a(call.operands[0]);
  const __m512i exponent = _mm512_set1_epi64(0x7ff0000000000000);
  std::uint64_t* result = result_words(call);
  for (std::size_t w = 0; w < words_with_rows(call.rows); ++w) {
    std::uint64_t word = 0;
    MUSTER_UNROLLED
    for (std::size_t i = 0; i < 8; ++i) {
      const __m512i x = _mm512_and_si512(a.from(w * kRowsOfWord + i * 8), exponent);
      word |= word_of(_mm512_cmpneq_epi64_mask(x, exponent)) << (i * 8);
    }
    result[w] = word;
  }
  clear_tail(result, call.rows);
}

void is_finite(const Call& call) { call.operands[0].uniform ? finite_shaped<true>(call) : finite_shaped<false>(call); }

template <Op op>
MUSTER_AVX512 inline __m512i calculated(__m512i a, __m512i b) {
  if constexpr (op == Op::add || op == Op::add_ok) return _mm512_add_epi64(a, b);
  if constexpr (op == Op::subtract || op == Op::subtract_ok) return _mm512_sub_epi64(a, b);
  const __m512d x = _mm512_castsi512_pd(a);
  const __m512d y = _mm512_castsi512_pd(b);
  if constexpr (op == Op::fadd) return _mm512_castpd_si512(_mm512_add_pd(x, y));
  if constexpr (op == Op::fsubtract) return _mm512_castpd_si512(_mm512_sub_pd(x, y));
  if constexpr (op == Op::fmultiply) return _mm512_castpd_si512(_mm512_mul_pd(x, y));
  if constexpr (op == Op::fdivide) return _mm512_castpd_si512(_mm512_div_pd(x, y));
  return a;
}

template <Op op, bool uniform_a, bool uniform_b>
MUSTER_AVX512 void calculate_shaped(const Call& call) {
  const Lanes<std::int64_t, uniform_a> a(call.operands[0]);
  const Lanes<std::int64_t, uniform_b> b(call.operands[1]);
  auto* result = reinterpret_cast<std::int64_t*>(call.result);
  for (std::size_t row = 0; row < call.rows; row += 8)
    _mm512_storeu_si512(result + row, calculated<op>(a.from(row), b.from(row)));
}

// Overflow shows in the sign.
template <Op op, bool uniform_a, bool uniform_b>
MUSTER_AVX512 void fits_shaped(const Call& call) {
  const Lanes<std::int64_t, uniform_a> a(call.operands[0]);
  const Lanes<std::int64_t, uniform_b> b(call.operands[1]);
  std::uint64_t* result = result_words(call);
  for (std::size_t w = 0; w < words_with_rows(call.rows); ++w) {
    std::uint64_t word = 0;
    MUSTER_UNROLLED
    for (std::size_t i = 0; i < 8; ++i) {
      const __m512i x = a.from(w * kRowsOfWord + i * 8);
      const __m512i y = b.from(w * kRowsOfWord + i * 8);
      const __m512i made = calculated<op>(x, y);
      const __m512i other = op == Op::add_ok ? _mm512_xor_si512(y, made) : _mm512_xor_si512(x, y);
      const __m512i past = _mm512_and_si512(_mm512_xor_si512(x, made), other);
      word |= word_of(_mm512_movepi64_mask(past)) << (i * 8);
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

template <typename T, bool uniform_a, bool uniform_b>
MUSTER_AVX512 void select_shaped(const Call& call) {
  const std::uint64_t* chosen = bits(call.operands[0]);
  const Lanes<T, uniform_a> a(call.operands[1]);
  const Lanes<T, uniform_b> b(call.operands[2]);
  T* result = reinterpret_cast<T*>(call.result);
  for (std::size_t w = 0; w < words_with_rows(call.rows); ++w) {
    const std::uint64_t word = chosen[w];
    MUSTER_UNROLLED
    for (std::size_t i = 0; i < sizeof(T); ++i) {
      const std::size_t row = w * kRowsOfWord + i * a.kCount;
      const std::uint64_t mask = word >> (i * a.kCount);
      const __m512i x = a.from(row);
      const __m512i y = b.from(row);
      __m512i made;
      if constexpr (sizeof(T) == 1) made = _mm512_mask_blend_epi8(mask, y, x);
      if constexpr (sizeof(T) == 4) made = _mm512_mask_blend_epi32(static_cast<__mmask16>(mask), y, x);
      if constexpr (sizeof(T) == 8) made = _mm512_mask_blend_epi64(static_cast<__mmask8>(mask), y, x);
      _mm512_storeu_si512(result + row, made);
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
MUSTER_AVX512 void gather(const Call& call) {
  if (call.source_rows == 0 || call.operands[0].uniform || call.operands[1].uniform)
    return move_kernel(Op::gather, phys)(call);
  const std::byte* source = call.operands[0].data;
  const auto* index = column<Index>(call.operands[1]);
  const __m512i last = all(static_cast<Index>(call.source_rows - 1));
  for (std::size_t row = 0; row < call.rows; row += 16) {
    const __m512i place = _mm512_min_epu32(load(index + row), last);
    if constexpr (phys == Phys::i32 || phys == Phys::index) {
      _mm512_storeu_si512(call.result + row * 4, _mm512_i32gather_epi32(place, source, 4));
    } else {
      const __m512i low = _mm512_i32gather_epi64(_mm512_castsi512_si256(place), source, 8);
      const __m512i high = _mm512_i32gather_epi64(_mm512_extracti64x4_epi64(place, 1), source, 8);
      _mm512_storeu_si512(call.result + row * 8, low);
      _mm512_storeu_si512(call.result + row * 8 + 64, high);
    }
  }
}

MUSTER_AVX512 void gather_bits(const Call& call) {
  if (call.source_rows == 0 || call.operands[1].uniform) return move_kernel(Op::gather_bits, Phys::bits)(call);
  const std::byte* source = call.operands[0].data;
  const auto* index = column<Index>(call.operands[1]);
  const __m512i last = all(static_cast<Index>(call.source_rows - 1));
  const __m512i in_word = _mm512_set1_epi32(31);
  const __m512i lowest = _mm512_set1_epi32(1);
  std::uint64_t* result = result_words(call);
  for (std::size_t w = 0; w < words_with_rows(call.rows); ++w) {
    std::uint64_t word = 0;
    MUSTER_UNROLLED
    for (std::size_t i = 0; i < 4; ++i) {
      const __m512i place = _mm512_min_epu32(load(index + w * kRowsOfWord + i * 16), last);
      const __m512i words = _mm512_i32gather_epi32(_mm512_srli_epi32(place, 5), source, 4);
      const __m512i shifted = _mm512_srlv_epi32(words, _mm512_and_si512(place, in_word));
      word |= word_of(_mm512_test_epi32_mask(shifted, lowest)) << (i * 16);
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

Kernel avx512_kernel(Op op, Phys data) {
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
  if (op == Op::weigh) return avx512_weigh_kernel();
  return move(op, data);
}

}  // namespace muster::kernels

#else

namespace muster::kernels {

Kernel avx512_kernel(ir::Op, ir::Phys) { return nullptr; }

}  // namespace muster::kernels

#endif

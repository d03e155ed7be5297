// SPDX-License-Identifier: Apache-2.0
// The sum of weights with AVX-512. Where all are 1, and in most policies they are, bitmaps are added up as bits of
// numbers that stand in several vectors.
#include "runtime/kernels/families.h"

#if defined(__x86_64__)
#include <immintrin.h>

#include <cstring>

#if defined(__GNUC__) && !defined(__clang__)
// GCC bug 105593: as in avx512.cpp.
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#define MUSTER_AVX512 __attribute__((target("avx2,bmi,bmi2,popcnt,avx512f,avx512bw,avx512dq,avx512vl")))

namespace muster::kernels {

namespace {

using columns::kRowsOfWord;

std::size_t words_with_rows(std::size_t rows) { return (rows + kRowsOfWord - 1) / kRowsOfWord; }

MUSTER_AVX512 inline __m512i load(const void* at) { return _mm512_loadu_si512(at); }

// Numbers of up to eight bits, one in each bit of eight vectors, as bitmaps are added to them. Of two carries of one
// place one waits for the other, so each bitmap costs about two operations.
class Counters {
 public:
  MUSTER_AVX512 Counters() {
    for (int place = 0; place < kPlaces; ++place) sum_[place] = _mm512_setzero_si512();
  }

  MUSTER_AVX512 void add(__m512i bitmap) {
    for (int place = 0; place < kPlaces; ++place) {
      waits_ ^= 1u << place;
      if ((waits_ >> place & 1u) != 0) {
        waiting_[place] = bitmap;
        return;
      }
      bitmap = add_at(place, waiting_[place], bitmap);
    }
  }

  // Carries that still wait; then no more is added.
  MUSTER_AVX512 void finish() {
    __m512i carry = _mm512_setzero_si512();
    for (int place = 0; place < kPlaces; ++place) {
      const bool waits = (waits_ >> place & 1u) != 0;
      carry = add_at(place, carry, waits ? waiting_[place] : _mm512_setzero_si512());
    }
  }

  MUSTER_AVX512 void store(std::uint64_t (&words)[8][8]) const {
    for (int place = 0; place < kPlaces; ++place) _mm512_storeu_si512(words[place], sum_[place]);
  }

 private:
  static constexpr int kPlaces = 8;

  // Gives the carry.
  MUSTER_AVX512 __m512i add_at(int place, __m512i a, __m512i b) {
    const __m512i before = sum_[place];
    sum_[place] = _mm512_ternarylogic_epi64(before, a, b, 0x96);
    return _mm512_ternarylogic_epi64(before, a, b, 0xe8);
  }

  __m512i sum_[kPlaces];
  __m512i waiting_[kPlaces];
  unsigned waits_ = 0;
};

MUSTER_AVX512 inline void store_counts(std::int64_t* sums, __m512i counts) {
  alignas(64) std::uint8_t bytes[64];
  _mm512_store_si512(bytes, counts);
  for (std::size_t i = 0; i < 8; ++i) {
    const __m128i eight = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(bytes + i * 8));
    _mm512_storeu_si512(sums + i * 8, _mm512_cvtepu8_epi64(eight));
  }
}

MUSTER_AVX512 void count(const Call& call) {
  auto* sums = reinterpret_cast<std::int64_t*>(call.result);
  for (std::size_t w = 0; w < words_with_rows(call.rows); w += 8) {
    Counters counters;
    for (const Operand& operand : call.operands) counters.add(load(bits(operand) + w));
    counters.finish();
    std::uint64_t places[8][8];
    counters.store(places);
    for (std::size_t i = 0; i < 8 && w + i < words_with_rows(call.rows); ++i) {
      __m512i counts = _mm512_setzero_si512();
      for (int place = 0; place < 8; ++place)
        counts =
            _mm512_mask_add_epi8(counts, places[place][i], counts, _mm512_set1_epi8(static_cast<char>(1 << place)));
      store_counts(sums + (w + i) * kRowsOfWord, counts);
    }
  }
}

MUSTER_AVX512 void weigh_small(const Call& call, const ir::Weights& weights) {
  auto* sums = reinterpret_cast<std::int64_t*>(call.result);
  for (std::size_t w = 0; w < words_with_rows(call.rows); ++w) {
    __m512i counts = _mm512_setzero_si512();
    for (std::size_t i = 0; i < call.operands.size(); ++i) {
      const __m512i weight = _mm512_set1_epi8(static_cast<char>(weights.of[i]));
      counts = _mm512_mask_add_epi8(counts, bits(call.operands[i])[w], counts, weight);
    }
    store_counts(sums + w * kRowsOfWord, counts);
  }
}

// Sums of two bytes.
MUSTER_AVX512 void weigh_more(const Call& call, const ir::Weights& weights) {
  auto* sums = reinterpret_cast<std::int64_t*>(call.result);
  for (std::size_t row = 0; row < call.rows; row += 32) {
    __m512i sum = _mm512_setzero_si512();
    for (std::size_t i = 0; i < call.operands.size(); ++i) {
      const __mmask32 set = column<std::uint32_t>(call.operands[i])[row / 32];
      sum = _mm512_mask_add_epi16(sum, set, sum, _mm512_set1_epi16(static_cast<short>(weights.of[i])));
    }
    alignas(64) std::uint16_t each[32];
    _mm512_store_si512(each, sum);
    for (std::size_t i = 0; i < 32; i += 8) {
      const __m128i eight = _mm_load_si128(reinterpret_cast<const __m128i*>(each + i));
      _mm512_storeu_si512(sums + row + i, _mm512_cvtepu16_epi64(eight));
    }
  }
}

MUSTER_AVX512 void weigh_any(const Call& call, const ir::Weights& weights) {
  auto* sums = reinterpret_cast<std::int64_t*>(call.result);
  for (std::size_t row = 0; row < call.rows; row += 8) {
    __m512i sum = _mm512_setzero_si512();
    for (std::size_t i = 0; i < call.operands.size(); ++i) {
      const auto set = static_cast<__mmask8>(bits(call.operands[i])[row / kRowsOfWord] >> (row % kRowsOfWord));
      sum = _mm512_mask_add_epi64(sum, set, sum, _mm512_set1_epi64(static_cast<long long>(weights.of[i])));
    }
    _mm512_storeu_si512(sums + row, sum);
  }
}

void weigh(const Call& call) {
  const auto& weights = *static_cast<const ir::Weights*>(call.extra);
  std::uint64_t sum = 0;
  bool all_one = true;
  for (const std::uint64_t weight : weights.of) {
    sum += weight;
    all_one = all_one && weight == 1;
  }
  if (sum > 65535) return weigh_any(call, weights);
  if (sum > 255) return weigh_more(call, weights);
  return all_one ? count(call) : weigh_small(call, weights);
}

}  // namespace

Kernel avx512_weigh_kernel() { return weigh; }

}  // namespace muster::kernels

#else

namespace muster::kernels {

Kernel avx512_weigh_kernel() { return nullptr; }

}  // namespace muster::kernels

#endif

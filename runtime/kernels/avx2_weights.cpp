// SPDX-License-Identifier: Apache-2.0
// The sum of weights with AVX2, in lanes as wide as the sum of all weights.
#include "runtime/kernels/families.h"

#if defined(__x86_64__)
#include <immintrin.h>

#include <cstring>

#define MUSTER_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))

namespace muster::kernels {

namespace {

using columns::kRowsOfWord;

std::size_t words_with_rows(std::size_t rows) { return (rows + kRowsOfWord - 1) / kRowsOfWord; }

MUSTER_AVX2 inline void store(void* at, __m256i value) { _mm256_storeu_si256(static_cast<__m256i*>(at), value); }

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
  if constexpr (bytes == 2) {
    const __m256i bit_of =
        _mm256_setr_epi16(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, -32768);
    const __m256i word = _mm256_set1_epi16(static_cast<short>(low));
    return _mm256_cmpeq_epi16(_mm256_and_si256(word, bit_of), bit_of);
  }
  const __m256i bit_of = _mm256_setr_epi64x(1, 2, 4, 8);
  const __m256i word = _mm256_set1_epi64x(static_cast<long long>(low & 0xf));
  return _mm256_cmpeq_epi64(_mm256_and_si256(word, bit_of), bit_of);
}

// 32 rows at a time where their sums fit into a byte.
MUSTER_AVX2 void weigh_small(const Call& call, const ir::Weights& weights) {
  auto* sums = reinterpret_cast<std::int64_t*>(call.result);
  for (std::size_t half = 0; half < 2 * words_with_rows(call.rows); ++half) {
    __m256i counts = _mm256_setzero_si256();
    for (std::size_t i = 0; i < call.operands.size(); ++i) {
      const __m256i set = spread<1>(column<std::uint32_t>(call.operands[i])[half]);
      counts = _mm256_add_epi8(counts, _mm256_and_si256(set, _mm256_set1_epi8(static_cast<char>(weights.of[i]))));
    }
    alignas(32) std::uint8_t bytes[32];
    store(bytes, counts);
    for (std::size_t i = 0; i < 32; i += 4) {
      std::uint32_t four = 0;
      std::memcpy(&four, bytes + i, sizeof four);
      store(sums + half * 32 + i, _mm256_cvtepu8_epi64(_mm_cvtsi32_si128(static_cast<int>(four))));
    }
  }
}

// Sums of two bytes, 16 rows at a time.
MUSTER_AVX2 void weigh_more(const Call& call, const ir::Weights& weights) {
  auto* sums = reinterpret_cast<std::int64_t*>(call.result);
  for (std::size_t row = 0; row < call.rows; row += 16) {
    __m256i sum = _mm256_setzero_si256();
    for (std::size_t i = 0; i < call.operands.size(); ++i) {
      const __m256i set = spread<2>(column<std::uint16_t>(call.operands[i])[row / 16]);
      sum = _mm256_add_epi16(sum, _mm256_and_si256(set, _mm256_set1_epi16(static_cast<short>(weights.of[i]))));
    }
    alignas(32) std::uint16_t each[16];
    store(each, sum);
    for (std::size_t i = 0; i < 16; i += 4) {
      const __m128i four = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(each + i));
      store(sums + row + i, _mm256_cvtepu16_epi64(four));
    }
  }
}

MUSTER_AVX2 void weigh_any(const Call& call, const ir::Weights& weights) {
  auto* sums = reinterpret_cast<std::int64_t*>(call.result);
  for (std::size_t row = 0; row < call.rows; row += 4) {
    __m256i sum = _mm256_setzero_si256();
    for (std::size_t i = 0; i < call.operands.size(); ++i) {
      const __m256i set = spread<8>(bits(call.operands[i])[row / kRowsOfWord] >> (row % kRowsOfWord));
      sum = _mm256_add_epi64(sum, _mm256_and_si256(set, _mm256_set1_epi64x(static_cast<long long>(weights.of[i]))));
    }
    store(sums + row, sum);
  }
}

void weigh(const Call& call) {
  const auto& weights = *static_cast<const ir::Weights*>(call.extra);
  std::uint64_t sum = 0;
  for (const std::uint64_t weight : weights.of) sum += weight;
  if (sum <= 255) return weigh_small(call, weights);
  sum <= 65535 ? weigh_more(call, weights) : weigh_any(call, weights);
}

}  // namespace

Kernel avx2_weigh_kernel() { return weigh; }

}  // namespace muster::kernels

#else

namespace muster::kernels {

Kernel avx2_weigh_kernel() { return nullptr; }

}  // namespace muster::kernels

#endif

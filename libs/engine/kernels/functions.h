// Vectors, small helpers, and the elementary functions: no calls and no branches, so that loops over them become vector
// code; the same operations on every instruction set.
#ifndef ENGRAM_FUNCTIONS_H
#define ENGRAM_FUNCTIONS_H
#include "kernels.h"

#define LANES (VECTOR_BYTES / 4)
typedef float vec __attribute__((vector_size(VECTOR_BYTES), aligned(4)));

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }
static size_t round_up(size_t n, size_t to) { return (n + to - 1) / to * to; }

static float square_root(float x) { return __builtin_sqrtf(x); }

static float from_bits(int32_t bits) {
  float x;
  __builtin_memcpy(&x, &bits, sizeof x);
  return x;
}
static int32_t to_bits(float x) {
  int32_t bits;
  __builtin_memcpy(&bits, &x, sizeof bits);
  return bits;
}

// eˣ within 2 units in the last place, without calls or branches so that loops over it become vector code; the same
// operations on every instruction set. x = n·ln 2 + r, |r| ≤ ½ ln 2, and eˣ = 2ⁿ·eʳ with the Taylor polynomial of eʳ.
static inline float exponential(float x) {
  const float shift = 12582912.0f;  // 1.5·2²³: adding it rounds to a whole number, which stands in the low bits
  float in_range = x > 89.0f ? 89.0f : x < -104.0f ? -104.0f : x;
  float shifted = in_range * 1.44269504f + shift;
  float n = shifted - shift;
  float r = in_range - n * 0.693359375f + n * 2.12194440e-4f;
  float p = 1 + r * (1 + r * (0.5f + r * (1.66666667e-1f + r * (4.16666667e-2f + r * (8.33333333e-3f + r * (1.38888889e-3f + r * 1.98412698e-4f))))));
  // in two factors, since 2ⁿ alone leaves the range of floats before eˣ does
  int32_t power = to_bits(shifted) - to_bits(shift), half = power >> 1;
  float value = p * from_bits((int32_t)((uint32_t)(half + 127) << 23)) * from_bits((int32_t)((uint32_t)(power - half + 127) << 23));
  return x != x ? x : value;
}

// ln x within 2 units in the last place: x = 2ᵉ·m, √½ ≤ m < √2, and ln m = 2·artanh((m − 1)/(m + 1)) as a series.
static inline float logarithm(float x) {
  int subnormal = x < 1.17549435e-38f;
  int32_t bits = to_bits(subnormal ? x * 8388608.0f : x);
  int32_t exponent = (int32_t)((uint32_t)bits - 0x3f3504f3u) >> 23;
  float m = from_bits((int32_t)((uint32_t)bits - ((uint32_t)exponent << 23)));
  float s = (m - 1) / (m + 1), z = s * s;
  float e = (float)(exponent - (subnormal ? 23 : 0));
  float series = 2 * s * z * (3.33333333e-1f + z * (0.2f + z * (1.42857143e-1f + z * (1.11111111e-1f + z * 9.09090909e-2f))));
  float value = e * 0.693359375f + (2 * s + (series - e * 2.12194440e-4f));
  value = x == __builtin_inff() ? x : value;
  value = x == 0 ? -__builtin_inff() : value;
  return x >= 0 ? value : __builtin_nanf("");
}

static inline float hyperbolic_tangent(float x) {
  float size = from_bits(to_bits(x) & 0x7fffffff);
  float e = exponential(-2 * size), z = x * x;
  // near zero the quotient loses digits; the series does not
  float value = size < 0.25f ? size * (1 - z * (3.33333333e-1f - z * (1.33333333e-1f - z * (5.39682540e-2f - z * 2.18694885e-2f))))
                             : (1 - e) / (1 + e);
  return x < 0 ? -value : value;
}

// ln(1 + eˣ)
static inline float softplus(float x) {
  float e = exponential(-from_bits(to_bits(x) & 0x7fffffff));
  // 1 + e is rounded; the last term puts back what it lost
  float one_more = 1 + e;
  return (x > 0 ? x : 0) + (logarithm(one_more) + (e - (one_more - 1)) / one_more);
}

static float rectified(float z) { return z < 0 ? 0 : z; }  // keeps NaN

#endif

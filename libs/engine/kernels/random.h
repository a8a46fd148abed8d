// Normal numbers from a counter: value i depends on the key and i alone.
#ifndef ENGRAM_RANDOM_H
#define ENGRAM_RANDOM_H
#include "functions.h"

static inline uint32_t rotated(uint32_t x, int by) { return (x << by) | (x >> (32 - by)); }

// cos 2πu and sin 2πu for u in [0, 1): a quarter turn around the nearest multiple of ¼ by the Taylor polynomials of sine and
// cosine, then turned by that multiple.
static inline void turn(float u, float *cosine, float *sine) {
  int32_t quarter = (int32_t)(u * 4 + 0.5f);
  float a = (u - 0.25f * (float)quarter) * 6.28318531f, z = a * a;
  float s = a * (1 - z * (1.66666667e-1f - z * (8.33333333e-3f - z * (1.98412698e-4f - z * 2.75573192e-6f))));
  float c = 1 - z * (0.5f - z * (4.16666667e-2f - z * (1.38888889e-3f - z * (2.48015873e-5f - z * 2.75573192e-7f))));
  float along = quarter & 1 ? s : c, across = quarter & 1 ? c : s;
  *cosine = (quarter + 1) & 2 ? -along : along;
  *sine = quarter & 2 ? -across : across;
}

// Threefry-2x32 with 20 rounds (Salmon et al. 2011, doi:10.1145/2063384.2063405) turns (i, 0) into two words, Box and Muller's method
// those into values 2i and 2i + 1.
static void normal(float *restrict out, size_t n, uint32_t key0, uint32_t key1) {
  enum { BLOCK = 64 };
  const int turns[8] = {13, 15, 26, 6, 17, 29, 16, 24};
  uint32_t keys[3] = {key0, key1, 0x1bd11bdau ^ key0 ^ key1};
  for (size_t from = 0; from < n; from += 2 * BLOCK) {
    uint32_t a[BLOCK], b[BLOCK];
    float values[2][BLOCK];
    for (uint32_t i = 0; i < BLOCK; i++) a[i] = (uint32_t)(from / 2) + i + keys[0], b[i] = keys[1];
    for (uint32_t round = 0; round < 20; round++) {
      int by = turns[round % 8];
      uint32_t add0 = (round + 1) % 4 ? 0 : keys[(round + 1) / 4 % 3], add1 = (round + 1) % 4 ? 0 : keys[((round + 1) / 4 + 1) % 3] + (round + 1) / 4;
      for (uint32_t i = 0; i < BLOCK; i++) {
        a[i] += b[i];
        b[i] = rotated(b[i], by) ^ a[i];
        a[i] += add0;
        b[i] += add1;
      }
    }
    for (size_t i = 0; i < BLOCK; i++) {
      // 24 bits each; the first lies in (0, 1], so that its logarithm is finite
      float size = square_root(-2 * logarithm(((float)(int32_t)(a[i] >> 8) + 1) * 5.96046448e-8f)), cosine, sine;
      turn((float)(int32_t)(b[i] >> 8) * 5.96046448e-8f, &cosine, &sine);
      values[0][i] = size * cosine;
      values[1][i] = size * sine;
    }
    for (size_t i = 0; i < smaller(2 * BLOCK, n - from); i++) out[from + i] = values[i % 2][i / 2];
  }
}

#endif

// Matrix products. One micro-kernel does them all, convolutions too: it is told where each row of the left factor and of
// the result stands, and by which path the depth of the product runs through memory.
#ifndef ENGRAM_PRODUCT_H
#define ENGRAM_PRODUCT_H
#include "functions.h"

#define TILE_COLS (2 * LANES)

// A block of the left factor (BLOCK_M × BLOCK_K) stays in the L2 cache while the strips of the right one pass by.
enum { BLOCK_K = 512, BLOCK_M = TILE_ROWS * 16, BLOCK_N = TILE_COLS * 64 };

// The depth of a product as runs of equally spaced steps: step q of run r of row i is at row[i][offsets[r] + q·step].
typedef struct {
  const ptrdiff_t *offsets;
  size_t runs, length, step;
} depth_path;

// One tile of C: TILE_ROWS × `vectors` vectors of sums that stay in registers. b has that many vectors for each step. A row
// without a place in C is computed and thrown away.
static inline __attribute__((always_inline)) void tile_of(const int vectors, depth_path path, const float *const *row, const float *b,
                                                          float *const *c, size_t rows, size_t cols, int add) {
  vec sum[TILE_ROWS][2];
#pragma GCC unroll 16
  for (int i = 0; i < TILE_ROWS; i++) sum[i][0] = sum[i][1] = (vec){0};
  for (size_t r = 0; r < path.runs; r++) {
    ptrdiff_t at = path.offsets[r];
    for (size_t q = 0; q < path.length; q++, at += (ptrdiff_t)path.step, b += vectors * LANES) {
      vec b0 = *(const vec *)b, b1 = vectors == 2 ? *(const vec *)(b + LANES) : b0;
#pragma GCC unroll 16
      for (int i = 0; i < TILE_ROWS; i++) {
        sum[i][0] += row[i][at] * b0;
        if (vectors == 2) sum[i][1] += row[i][at] * b1;
      }
    }
  }
  if (rows == TILE_ROWS && cols == (size_t)vectors * LANES) {
#pragma GCC unroll 16
    for (int i = 0; i < TILE_ROWS; i++) {
      vec *to = (vec *)c[i], *next = (vec *)(c[i] + LANES);
      *to = add ? *to + sum[i][0] : sum[i][0];
      if (vectors == 2) *next = add ? *next + sum[i][1] : sum[i][1];
    }
    return;
  }
  // a copy, so that `sum` itself is never indexed by a variable and can stay in registers
  float edge[TILE_ROWS][TILE_COLS];
#pragma GCC unroll 16
  for (int i = 0; i < TILE_ROWS; i++) {
    *(vec *)edge[i] = sum[i][0];
    *(vec *)(edge[i] + LANES) = sum[i][1];
  }
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < cols; j++) c[i][j] = add ? c[i][j] + edge[i][j] : edge[i][j];
}

static void wide_tile(const depth_path *path, const float *const *row, const float *b, float *const *c, size_t rows, size_t cols, int add) {
  tile_of(2, *path, row, b, c, rows, cols, add);
}
static void narrow_tile(const depth_path *path, const float *const *row, const float *b, float *const *c, size_t rows, size_t cols, int add) {
  tile_of(1, *path, row, b, c, rows, cols, add);
}
static inline void tile(const depth_path *path, const float *const *row, const float *b, float *const *c, size_t rows, size_t cols, int add) {
  (cols > LANES ? wide_tile : narrow_tile)(path, row, b, c, rows, cols, add);
}
// The columns that a strip of `cols` has when packed.
static size_t strip_width(size_t cols) { return cols > LANES ? TILE_COLS : LANES; }

#if LANES == 16
#define LOW_HALVES 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define HIGH_HALVES 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
#elif LANES == 8
#define LOW_HALVES 0, 8, 1, 9, 2, 10, 3, 11
#define HIGH_HALVES 4, 12, 5, 13, 6, 14, 7, 15
#else
#define LOW_HALVES 0, 4, 1, 5
#define HIGH_HALVES 2, 6, 3, 7
#endif
#ifdef __clang__
#define SHUFFLE(A, B, ...) __builtin_shufflevector(A, B, __VA_ARGS__)
#else
typedef int32_t lanes_of __attribute__((vector_size(VECTOR_BYTES)));
#define SHUFFLE(A, B, ...) __builtin_shuffle(A, B, (lanes_of){__VA_ARGS__})
#endif

// LANES rows of LANES values to columns: log₂ LANES perfect shuffles of the rows.
static inline __attribute__((always_inline)) void transpose_block(float *restrict to, size_t to_stride, const float *restrict from, size_t from_stride) {
  vec x[LANES], y[LANES];
#pragma GCC unroll 16
  for (int i = 0; i < LANES; i++) x[i] = *(const vec *)(from + (size_t)i * from_stride);
#pragma GCC unroll 4
  for (int width = 1; width < LANES; width *= 2) {
#pragma GCC unroll 8
    for (int i = 0; i < LANES / 2; i++) {
      y[2 * i] = SHUFFLE(x[i], x[i + LANES / 2], LOW_HALVES);
      y[2 * i + 1] = SHUFFLE(x[i], x[i + LANES / 2], HIGH_HALVES);
    }
#pragma GCC unroll 16
    for (int i = 0; i < LANES; i++) x[i] = y[i];
  }
#pragma GCC unroll 16
  for (int i = 0; i < LANES; i++) *(vec *)(to + (size_t)i * to_stride) = x[i];
}

// `count` ≤ `width` columns of a factor, one depth step after another; missing ones are zeros. Element (column i, step p)
// stands at source[i·outer + p·inner], and one of outer and inner is 1.
static inline __attribute__((always_inline)) void pack(float *restrict to, const float *restrict source, size_t outer, size_t inner, size_t count,
                                                       size_t depth, size_t width) {
  if (count < width) __builtin_memset(to, 0, depth * width * sizeof(float));
  if (outer == 1) {
    if (count == width && width % LANES == 0)
      for (size_t p = 0; p < depth; p++)
        for (size_t i = 0; i < width; i += LANES) *(vec *)(to + p * width + i) = *(const vec *)(source + p * inner + i);
    else
      for (size_t p = 0; p < depth; p++)
        for (size_t i = 0; i < count; i++) to[p * width + i] = source[p * inner + i];
    return;
  }
  size_t p0 = depth / LANES * LANES, i0 = count / LANES * LANES;
  for (size_t i = 0; i < i0; i += LANES)
    for (size_t p = 0; p < p0; p += LANES) transpose_block(to + p * width + i, width, source + i * outer + p, outer);
  for (size_t i = 0; i < count; i++)
    for (size_t p = i < i0 ? p0 : 0; p < depth; p++) to[p * width + i] = source[i * outer + p];
}

static size_t scratch_floats(size_t m, size_t n, size_t k) {
  size_t depth = smaller(k, BLOCK_K);
  return depth * (round_up(smaller(m, BLOCK_M), TILE_ROWS) + round_up(smaller(n, BLOCK_N), LANES));
}

static void gemm(int transpose_a, int transpose_b, size_t m, size_t n, size_t k, const float *a, const float *b, float *c, float *scratch) {
  if (k == 0) __builtin_memset(c, 0, m * n * sizeof(float));
  size_t b_outer = transpose_b ? k : 1, b_inner = transpose_b ? 1 : n;
  // parts of equal depth
  size_t most = k == 0 ? 0 : (k + (k + BLOCK_K - 1) / BLOCK_K - 1) / ((k + BLOCK_K - 1) / BLOCK_K);
  const ptrdiff_t start = 0;
  float *packed_b = scratch;
  for (size_t j0 = 0; j0 < n; j0 += BLOCK_N) {
    size_t width = smaller(BLOCK_N, n - j0);
    for (size_t p0 = 0; p0 < k; p0 += most) {
      size_t depth = smaller(most, k - p0);
      float *packed_a = packed_b + depth * round_up(width, LANES);
      // whole strips of rows together, for the sake of the pages of memory
      size_t whole = transpose_b ? 0 : width / TILE_COLS * TILE_COLS;
      for (size_t j1 = 0; j1 < whole; j1 += 8 * TILE_COLS)
        for (size_t p = 0; p < depth; p++) {
          const float *from = b + (p0 + p) * n + j0;
          for (size_t j = j1; j < smaller(j1 + 8 * TILE_COLS, whole); j += TILE_COLS)
            __builtin_memcpy(packed_b + j * depth + p * TILE_COLS, from + j, TILE_COLS * sizeof(float));
        }
      for (size_t j = whole; j < width; j += TILE_COLS) {
        size_t cols = smaller(TILE_COLS, width - j);
        pack(packed_b + j * depth, b + (j0 + j) * b_outer + p0 * b_inner, b_outer, b_inner, cols, depth, strip_width(cols));
      }
      for (size_t i0 = 0; i0 < m; i0 += BLOCK_M) {
        size_t height = smaller(BLOCK_M, m - i0);
        if (transpose_a)
          for (size_t i = 0; i < height; i += TILE_ROWS)
            pack(packed_a + i * depth, a + i0 + i + p0 * m, 1, m, smaller(TILE_ROWS, height - i), depth, TILE_ROWS);
        else  // rows of a wide matrix lie in too many pages of memory; side by side they do not
          for (size_t i = 0; i < height; i++) __builtin_memcpy(packed_a + i * depth, a + (i0 + i) * k + p0, depth * sizeof(float));
        depth_path path = {&start, 1, depth, transpose_a ? TILE_ROWS : 1};
        for (size_t j = 0; j < width; j += TILE_COLS)
          for (size_t i = 0; i < height; i += TILE_ROWS) {
            const float *row[TILE_ROWS];
            float *to[TILE_ROWS];
            size_t rows = smaller(TILE_ROWS, height - i);
            for (size_t r = 0; r < TILE_ROWS; r++) {
              size_t own = r < rows ? r : 0;
              row[r] = packed_a + (transpose_a ? i * depth + own : (i + own) * depth);
              to[r] = c + (i0 + i + own) * n + j0 + j;
            }
            tile(&path, row, packed_b + j * depth, to, rows, smaller(TILE_COLS, width - j), p0 > 0);
          }
      }
    }
  }
}

#endif

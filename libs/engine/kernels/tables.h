// Element-wise operations, reductions and rows of tables.
#ifndef ENGRAM_TABLES_H
#define ENGRAM_TABLES_H
#include "functions.h"

// out[j] += Σ_i x[i,j], some columns at a time.
static void add_column_sums(float *restrict out, const float *restrict x, size_t rows, size_t cols) {
  enum { WIDTH = 128 };
  for (size_t from = 0; from < cols; from += WIDTH) {
    size_t width = smaller(WIDTH, cols - from);
    float sum[WIDTH] = {0};
    for (size_t i = 0; i < rows; i++)
      for (size_t j = 0; j < width; j++) sum[j] += x[i * cols + from + j];
    for (size_t j = 0; j < width; j++) out[from + j] += sum[j];
  }
}

// Sums of SUM_ROWS rows at a time, then the sum of those, so that rounding errors do not grow with every row.
enum { SUM_ROWS = 64 };
static void column_sums(float *out, const float *x, size_t rows, size_t cols) {
  __builtin_memset(out, 0, cols * sizeof(float));
  for (size_t i = 0; i < rows; i += SUM_ROWS) add_column_sums(out, x + i * cols, smaller(SUM_ROWS, rows - i), cols);
}

// Sums over blocks of 64, then the sum of those: rounding errors grow with the number of blocks, not of values.
static float sum_of(const float *x, size_t n, size_t stride) {
  double total = 0;
  for (size_t from = 0; from < n; from += 64) {
    float part = 0;
    for (size_t i = from; i < smaller(from + 64, n); i++) part += x[i * stride];
    total += (double)part;
  }
  return (float)total;
}

// One loop for each way in which b follows the rows of a, so that the common ones are plain vector loops.
#define EACH(EXPRESSION)                                                        \
  for (size_t i = 0; i < rows; i++, out += cols) {                              \
    const float *from_a = a + i * a_row, *from_b = b + i * b_row;               \
    if (a_col && b_col)                                                         \
      for (size_t j = 0; j < cols; j++) {                                       \
        float x = from_a[j], y = from_b[j];                                     \
        out[j] = EXPRESSION;                                                    \
      }                                                                         \
    else if (a_col) {                                                           \
      float y = *from_b;                                                        \
      for (size_t j = 0; j < cols; j++) {                                       \
        float x = from_a[j];                                                    \
        out[j] = EXPRESSION;                                                    \
      }                                                                         \
    } else {                                                                    \
      float x = *from_a;                                                        \
      for (size_t j = 0; j < cols; j++) {                                       \
        float y = from_b[b_col ? j : 0];                                        \
        out[j] = EXPRESSION;                                                    \
      }                                                                         \
    }                                                                           \
  }                                                                             \
  break
static void binary(char operation, float *restrict out, const float *a, size_t a_row, int a_col, const float *b, size_t b_row, int b_col,
                   size_t rows, size_t cols) {
  switch (operation) {
    case '+': EACH(x + y);
    case '-': EACH(x - y);
    case '*': EACH(x * y);
    case '/': EACH(x / y);
    case '>': EACH(x != x || x > y ? x : y);  // the larger; NaN wins
    case '<': EACH(x != x || x < y ? x : y);
  }
}

#define EVERY(EXPRESSION)            \
  for (size_t i = 0; i < n; i++) {   \
    float x = from[i];               \
    out[i] = EXPRESSION;             \
  }                                  \
  break
static void unary(char operation, float *restrict out, const float *restrict from, size_t n) {
  switch (operation) {
    case 'n': EVERY(-x);
    case 'q': EVERY(x * x);
    case 'r': EVERY(square_root(x));
    case 'e': EVERY(exponential(x));
    case 'l': EVERY(logarithm(x));
    case 's': EVERY(1 / (1 + exponential(-x)));
    case 't': EVERY(hyperbolic_tangent(x));
    case 'p': EVERY(softplus(x));
    case 'm': EVERY(rectified(x));
    case 'a': EVERY(from_bits(to_bits(x) & 0x7fffffff));
    case '1': EVERY(x != x ? x : x > 0 ? 1.0f : 0.0f);
  }
}

static float largest_of(const float *x, size_t n, size_t stride) {
  float largest = -__builtin_inff();
  for (size_t i = 0; i < n; i++) {
    float value = x[i * stride];
    if (value != value) return value;
    largest = value > largest ? value : largest;
  }
  return largest;
}

static void reduce(char operation, float *restrict out, const float *restrict x, size_t outer, size_t count, size_t inner) {
  if (operation == '+' && inner > 1) {
    for (size_t i = 0; i < outer; i++) column_sums(out + i * inner, x + i * count * inner, count, inner);
    return;
  }
  for (size_t i = 0; i < outer; i++)
    for (size_t j = 0; j < inner; j++) {
      const float *from = x + i * count * inner + j;
      out[i * inner + j] = operation == '+' ? sum_of(from, count, inner) : largest_of(from, count, inner);
    }
}

static void transpose(float *restrict out, const float *restrict x, size_t rows, size_t cols) {
  enum { BLOCK = 16 };
  for (size_t i0 = 0; i0 < rows; i0 += BLOCK)
    for (size_t j0 = 0; j0 < cols; j0 += BLOCK)
      for (size_t i = i0; i < smaller(i0 + BLOCK, rows); i++)
        for (size_t j = j0; j < smaller(j0 + BLOCK, cols); j++) out[j * rows + i] = x[i * cols + j];
}

static void add_rows(float *restrict out, const float *restrict x, const int32_t *segments, size_t rows, size_t cols, size_t count) {
  __builtin_memset(out, 0, count * cols * sizeof(float));
  for (size_t i = 0; i < rows; i++, x += cols) {
    if (segments[i] < 0 || (size_t)segments[i] >= count) continue;
    float *to = out + (size_t)segments[i] * cols;
    for (size_t j = 0; j < cols; j++) to[j] += x[j];
  }
}

static void softmax(float *restrict out, const float *restrict x, size_t rows, size_t cols) {
  for (size_t i = 0; i < rows; i++, out += cols, x += cols) {
    float largest = largest_of(x, cols, 1);
    for (size_t j = 0; j < cols; j++) out[j] = exponential(x[j] - largest);
    float sum = sum_of(out, cols, 1);
    for (size_t j = 0; j < cols; j++) out[j] /= sum;
  }
}

#define READ_ROWS                                                                     \
  for (size_t i = 0; i < row_count; i++, out += columns) {                            \
    const __typeof__(*source) *restrict row = source + (size_t)rows[i] * row_length;           \
    if (permutation)                                                                  \
      for (size_t j = 0; j < columns; j++)                                            \
        out[j] = permutation[j] < 0 ? 0 : scale * (float)row[permutation[j]];         \
    else                                                                              \
      for (size_t j = 0; j < columns; j++) out[j] = scale * (float)row[j];            \
  }
static void read_bytes(float *restrict out, const uint8_t *restrict source, const int32_t *restrict rows, size_t row_count, size_t row_length,
                       const int32_t *restrict permutation, size_t columns, float scale) {
  READ_ROWS
}
static void read_floats(float *restrict out, const float *restrict source, const int32_t *restrict rows, size_t row_count, size_t row_length,
                        const int32_t *restrict permutation, size_t columns, float scale) {
  READ_ROWS
}

#endif

// Compiled once for each instruction set: -DVARIANT=name -DVECTOR_BYTES=16|32|64 -DTILE_ROWS=n and the matching -m flags.
#include "kernels.h"


#define LANES (VECTOR_BYTES / 4)
#define TILE_COLS (2 * LANES)
typedef float vec __attribute__((vector_size(VECTOR_BYTES), aligned(4)));

// Panel sizes: a packed panel of A (BLOCK_M × BLOCK_K) stays in the L2 cache, a strip of B (BLOCK_K × TILE_COLS) in L1.
enum { BLOCK_K = 384, BLOCK_M = TILE_ROWS * 16, BLOCK_N = TILE_COLS * 64 };

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

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }
static size_t round_up(size_t n, size_t to) { return (n + to - 1) / to * to; }

static size_t scratch_floats(size_t m, size_t n, size_t k) {
  size_t depth = smaller(k, BLOCK_K);
  return depth * (round_up(smaller(m, BLOCK_M), TILE_ROWS) + round_up(smaller(n, BLOCK_N), TILE_COLS));
}

// Rows (or columns) of a matrix, `width` at a time, one depth step after another; missing ones are zeros.
// Element (i, p) stands at source[i·outer + p·inner].
static inline __attribute__((always_inline)) void pack(float *restrict to, const float *restrict source, size_t outer, size_t inner, size_t count, size_t depth, size_t width) {
  for (size_t i = 0; i < count; i += width) {
    size_t have = smaller(width, count - i);
    const float *from = source + i * outer;
    if (have < width) __builtin_memset(to, 0, depth * width * sizeof(float));
    if (outer == 1 && have == width)
      for (size_t p = 0; p < depth; p++)
        for (size_t r = 0; r < width; r++) to[p * width + r] = from[p * inner + r];
    else
      for (size_t p = 0; p < depth; p++)
        for (size_t r = 0; r < have; r++) to[p * width + r] = from[r * outer + p * inner];
    to += depth * width;
  }
}

// One tile of C: TILE_ROWS × TILE_COLS sums that stay in registers.
static void tile(size_t depth, const float *a, const float *b, float *c, size_t stride, size_t rows, size_t cols,
                 int add) {
  vec sum[TILE_ROWS][2];
#pragma GCC unroll 16
  for (int i = 0; i < TILE_ROWS; i++) sum[i][0] = sum[i][1] = (vec){0};
  for (size_t p = 0; p < depth; p++, a += TILE_ROWS, b += TILE_COLS) {
    vec b0 = *(const vec *)b, b1 = *(const vec *)(b + LANES);
#pragma GCC unroll 16
    for (int i = 0; i < TILE_ROWS; i++) {
      sum[i][0] += a[i] * b0;
      sum[i][1] += a[i] * b1;
    }
  }
  if (rows == TILE_ROWS && cols == TILE_COLS) {
#pragma GCC unroll 16
    for (int i = 0; i < TILE_ROWS; i++) {
      vec *to = (vec *)(c + i * stride);
      vec *next = (vec *)(c + i * stride + LANES);
      *to = add ? *to + sum[i][0] : sum[i][0];
      *next = add ? *next + sum[i][1] : sum[i][1];
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
    for (size_t j = 0; j < cols; j++) c[i * stride + j] = add ? c[i * stride + j] + edge[i][j] : edge[i][j];
}

static void gemm(int transpose_a, int transpose_b, size_t m, size_t n, size_t k, const float *a, const float *b,
                 float *c, float *scratch) {
  if (k == 0) __builtin_memset(c, 0, m * n * sizeof(float));
  size_t a_outer = transpose_a ? 1 : k, a_inner = transpose_a ? m : 1;
  size_t b_outer = transpose_b ? k : 1, b_inner = transpose_b ? 1 : n;
  float *packed_b = scratch;
  for (size_t j0 = 0; j0 < n; j0 += BLOCK_N) {
    size_t width = smaller(BLOCK_N, n - j0);
    for (size_t p0 = 0; p0 < k; p0 += BLOCK_K) {
      size_t depth = smaller(BLOCK_K, k - p0);
      float *packed_a = packed_b + depth * round_up(width, TILE_COLS);
      pack(packed_b, b + j0 * b_outer + p0 * b_inner, b_outer, b_inner, width, depth, TILE_COLS);
      for (size_t i0 = 0; i0 < m; i0 += BLOCK_M) {
        size_t height = smaller(BLOCK_M, m - i0);
        pack(packed_a, a + i0 * a_outer + p0 * a_inner, a_outer, a_inner, height, depth, TILE_ROWS);
        for (size_t j = 0; j < width; j += TILE_COLS)
          for (size_t i = 0; i < height; i += TILE_ROWS)
            tile(depth, packed_a + i * depth, packed_b + j * depth, c + (i0 + i) * n + j0 + j, n,
                 smaller(TILE_ROWS, height - i), smaller(TILE_COLS, width - j), p0 > 0);
      }
    }
  }
}

static float rectified(float z) { return z < 0 ? 0 : z; }  // keeps NaN

static void bias_activation(float *restrict z, size_t rows, size_t cols, const float *restrict bias, const float *restrict gate, int relu,
                            int gate_first) {
  for (size_t i = 0; i < rows; i++, z += cols) {
    if (gate && gate_first)
      for (size_t j = 0; j < cols; j++) z[j] *= gate[j];
    if (relu)
      for (size_t j = 0; j < cols; j++) z[j] = rectified(z[j] + bias[j]);
    else
      for (size_t j = 0; j < cols; j++) z[j] += bias[j];
    if (gate && !gate_first)
      for (size_t j = 0; j < cols; j++) z[j] *= gate[j];
  }
}

static void activation_gradient(float *restrict delta, const float *restrict dy, const float *restrict y, size_t rows, size_t cols,
                                const float *restrict gate, int relu, int gate_first) {
  for (size_t i = 0; i < rows; i++, delta += cols, dy += cols, y += cols) {
    if (relu)
      for (size_t j = 0; j < cols; j++) {
        // a negative gate behind the activation turns the sign of y; NaN stays NaN, as in TensorFlow.js
        float sign = gate && !gate_first ? y[j] * gate[j] : y[j];
        delta[j] = sign > 0 ? dy[j] : y[j] != y[j] ? y[j] : 0;
      }
    else
      __builtin_memcpy(delta, dy, cols * sizeof(float));
    if (gate && !gate_first)
      for (size_t j = 0; j < cols; j++) delta[j] *= gate[j];
  }
}

// Sums of 64 rows at a time, then the sum of those, so that rounding errors do not grow with every row.
static void column_sums(float *restrict out, const float *restrict x, size_t rows, size_t cols) {
  enum { ROWS = 64, WIDTH = 256 };
  float part[WIDTH];
  for (size_t from = 0; from < cols; from += WIDTH) {
    size_t width = smaller(WIDTH, cols - from);
    __builtin_memset(out + from, 0, width * sizeof(float));
    for (size_t i0 = 0; i0 < rows; i0 += ROWS) {
      __builtin_memset(part, 0, sizeof part);
      for (size_t i = i0; i < smaller(i0 + ROWS, rows); i++)
        for (size_t j = 0; j < width; j++) part[j] += x[i * cols + from + j];
      for (size_t j = 0; j < width; j++) out[from + j] += part[j];
    }
  }
}

static void weighted_squares(float *restrict out, const float *restrict x, size_t rows, size_t cols, const float *restrict weights) {
  for (size_t i = 0; i < rows; i++) {
    float weight = weights ? weights[i] : 1;
    for (size_t j = 0; j < cols; j++, out++, x++) *out = *x * *x * weight;
  }
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

static void cross_entropy(float *restrict loss, float *restrict gradient, const float *restrict logits, const float *restrict targets, size_t rows,
                          size_t cols) {
  double total = 0;
  for (size_t i = 0; i < rows && cols > 0; i++, logits += cols, targets += cols, gradient += cols) {
    float largest = logits[0];
    for (size_t j = 1; j < cols; j++) largest = logits[j] > largest ? logits[j] : largest;
    float sum = 0;
    for (size_t j = 0; j < cols; j++) sum += gradient[j] = exponential(logits[j] - largest);
    float log_sum = logarithm(sum);
    for (size_t j = 0; j < cols; j++) {
      // 0 · −∞ would be no number
      if (targets[j] != 0) total -= (double)targets[j] * (double)(logits[j] - largest - log_sum);
      gradient[j] = (gradient[j] / sum - targets[j]) / (float)rows;
    }
  }
  loss[0] = (float)(total / (double)rows);
}

static void binary_cross_entropy(float *restrict loss, float *restrict gradient, const float *restrict logits, const float *restrict targets,
                                 const float *restrict weights, size_t rows, size_t cols) {
  double total = 0;
  for (size_t i = 0; i < rows; i++, logits += cols, targets += cols, gradient += cols) {
    // the gradient's place holds the losses first: a loop without a sum is vector code, even with the exponential twice
    for (size_t j = 0; j < cols; j++) gradient[j] = softplus(logits[j]) - logits[j] * targets[j];
    total += (double)weights[i] * (double)sum_of(gradient, cols, 1);
    for (size_t j = 0; j < cols; j++) gradient[j] = weights[i] * (1 / (1 + exponential(-logits[j])) - targets[j]);
  }
  loss[0] = (float)total;
}

static void adam(float *restrict p_out, float *restrict m_out, float *restrict v_out, const float *restrict p, const float *restrict g, const float *restrict m,
                 const float *restrict v, size_t n, float step, float root, float beta1, float beta2, float epsilon) {
  for (size_t i = 0; i < n; i++) {
    float first = beta1 * m[i] + (1 - beta1) * g[i];
    float second = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
    m_out[i] = first;
    v_out[i] = second;
    p_out[i] = p[i] - step * first / (square_root(second) * root + epsilon);
  }
}

static void momentum(float *restrict p_out, float *restrict u_out, const float *restrict p, const float *restrict g, const float *restrict u, size_t n, float rate,
                     float mu) {
  if (!u) {
    for (size_t i = 0; i < n; i++) p_out[i] = p[i] - rate * g[i];
    return;
  }
  for (size_t i = 0; i < n; i++) {
    u_out[i] = mu * u[i] + g[i];
    p_out[i] = p[i] - rate * u_out[i];
  }
}

static void anchored_gradient(float *restrict out, const float *restrict g, const float *restrict p, const float *restrict c, const float *restrict a, size_t n,
                              float strength) {
  for (size_t i = 0; i < n; i++) out[i] = g[i] + strength * a[i] * (p[i] - c[i]);
}

static void path_integral(float *restrict out, const float *restrict path, const float *restrict g, const float *restrict before, const float *restrict after,
                          size_t n) {
  for (size_t i = 0; i < n; i++) out[i] = path[i] - g[i] * (after[i] - before[i]);
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
    const __typeof__(*source) *row = source + (size_t)rows[i] * row_length;           \
    if (permutation)                                                                  \
      for (size_t j = 0; j < columns; j++)                                            \
        out[j] = permutation[j] < 0 ? 0 : scale * (float)row[permutation[j]];         \
    else                                                                              \
      for (size_t j = 0; j < columns; j++) out[j] = scale * (float)row[j];            \
  }
static void read_bytes(float *out, const uint8_t *source, const int32_t *rows, size_t row_count, size_t row_length,
                       const int32_t *permutation, size_t columns, float scale) {
  READ_ROWS
}
static void read_floats(float *out, const float *source, const int32_t *rows, size_t row_count, size_t row_length,
                        const int32_t *permutation, size_t columns, float scale) {
  READ_ROWS
}

#define TEXT_OF(X) #X
#define TEXT(X) TEXT_OF(X)
#define JOIN_OF(A, B) A##B
#define JOIN(A, B) JOIN_OF(A, B)
const kernels JOIN(kernels_, VARIANT) = {
    .variant = TEXT(VARIANT),
    .scratch_floats = scratch_floats,
    .gemm = gemm,
    .bias_activation = bias_activation,
    .activation_gradient = activation_gradient,
    .column_sums = column_sums,
    .weighted_squares = weighted_squares,
    .cross_entropy = cross_entropy,
    .adam = adam,
    .momentum = momentum,
    .anchored_gradient = anchored_gradient,
    .path_integral = path_integral,
    .binary = binary,
    .unary = unary,
    .reduce = reduce,
    .transpose = transpose,
    .add_rows = add_rows,
    .softmax = softmax,
    .binary_cross_entropy = binary_cross_entropy,
    .read_bytes = read_bytes,
    .read_floats = read_floats,
};

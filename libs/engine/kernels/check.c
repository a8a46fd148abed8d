// Every kernel on odd sizes, against plain loops in double precision, in buffers of exactly the size needed; built with
// the address and undefined-behaviour sanitizers by tools/check-kernels.mjs. Prints what differs; the exit status counts it.
#include "kernels.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures;
static uint32_t state = 1;
static float uniform(void) {
  state = state * 1664525u + 1013904223u;
  return (float)(state >> 8) / 8388608.0f - 1;
}
static float *numbers(size_t n) {
  float *x = malloc(n * sizeof *x);
  for (size_t i = 0; i < n; i++) x[i] = uniform();
  return x;
}
static void same(const char *what, double found, double expected, double tolerance) {
  if (fabs(found - expected) <= tolerance * (1 + fabs(expected)) || (isnan(found) && isnan(expected)) || found == expected) return;
  printf("%s: %.9g, expected %.9g\n", what, found, expected);
  failures++;
}

static const size_t sizes[] = {0, 1, 3, 16, 31, 33, 97};
#define COUNT (sizeof sizes / sizeof *sizes)

static void products(const kernels *k) {
  for (size_t im = 0; im < COUNT; im++)
    for (size_t in = 0; in < COUNT; in++)
      for (size_t ik = 0; ik <= COUNT; ik++)
        for (int ta = 0; ta < 2; ta++)
          for (int tb = 0; tb < 2; tb++) {
            size_t m = sizes[im], n = sizes[in], depth = ik == COUNT ? 401 : sizes[ik];
            float *a = numbers(m * depth), *b = numbers(depth * n), *c = numbers(m * n);
            float *scratch = numbers(k->scratch_floats(m, n, depth));
            k->gemm(ta, tb, m, n, depth, a, b, c, scratch);
            for (size_t i = 0; i < m; i++)
              for (size_t j = 0; j < n; j++) {
                double sum = 0;
                for (size_t p = 0; p < depth; p++) sum += (double)a[ta ? p * m + i : i * depth + p] * b[tb ? j * depth + p : p * n + j];
                same("gemm", c[i * n + j], sum, 1e-4);
              }
            free(a), free(b), free(c), free(scratch);
          }
}

static void layers(const kernels *k, size_t rows, size_t cols) {
  size_t n = rows * cols;
  for (int relu = 0; relu < 2; relu++)
    for (int first = 0; first < 2; first++)
      for (int gated = 0; gated < 2; gated++) {
        float *z = numbers(n), *y = numbers(n), *bias = numbers(cols), *gate = gated ? numbers(cols) : NULL;
        float *dy = numbers(n), *delta = numbers(n);
        if (n) memcpy(y, z, n * sizeof *y);
        k->bias_activation(y, rows, cols, bias, gate, relu, first);
        k->activation_gradient(delta, dy, y, rows, cols, gate, relu, first);
        for (size_t i = 0; i < n; i++) {
          double g = gate ? gate[i % cols] : 1, in = (first ? g * z[i] : z[i]) + bias[i % cols];
          double h = relu && in < 0 ? 0 : in, slope = relu && in <= 0 ? 0 : 1;
          same("bias_activation", y[i], first ? h : h * g, 1e-5);
          if (fabs(in) > 1e-6 && fabs(g) > 1e-6) same("activation_gradient", delta[i], dy[i] * slope * (first ? 1 : g), 1e-5);
        }
        free(z), free(y), free(bias), free(gate), free(dy), free(delta);
      }
}

static void tables(const kernels *k, size_t rows, size_t cols) {
  size_t n = rows * cols;
  float *x = numbers(n), *y = numbers(n), *out = numbers(n), *row = numbers(cols), *column = numbers(rows), *weights = numbers(rows);
  k->column_sums(row, x, rows, cols);
  for (size_t j = 0; j < cols; j++) {
    double sum = 0;
    for (size_t i = 0; i < rows; i++) sum += x[i * cols + j];
    same("column_sums", row[j], sum, 1e-5);
  }
  k->weighted_squares(out, x, rows, cols, weights);
  for (size_t i = 0; i < n; i++) same("weighted_squares", out[i], (double)x[i] * x[i] * weights[i / cols], 1e-5);
  k->binary('-', out, x, cols, 1, row, 0, 1, rows, cols);
  for (size_t i = 0; i < n; i++) same("binary row", out[i], (double)x[i] - row[i % cols], 1e-5);
  k->binary('*', out, column, 1, 0, x, cols, 1, rows, cols);
  for (size_t i = 0; i < n; i++) same("binary column", out[i], (double)x[i] * column[i / cols], 1e-5);
  k->reduce('+', column, x, rows, cols, 1);
  for (size_t i = 0; i < rows; i++) {
    double sum = 0;
    for (size_t j = 0; j < cols; j++) sum += x[i * cols + j];
    same("reduce", column[i], sum, 1e-5);
  }
  k->transpose(out, x, rows, cols);
  for (size_t i = 0; i < n; i++) same("transpose", out[i % cols * rows + i / cols], x[i], 0);
  k->softmax(out, x, rows, cols);
  for (size_t i = 0; i < rows; i++) {
    double sum = 0;
    for (size_t j = 0; j < cols; j++) sum += exp(x[i * cols + j]);
    for (size_t j = 0; j < cols; j++) same("softmax", out[i * cols + j], exp(x[i * cols + j]) / sum, 1e-5);
  }
  if (n > 0) {
    float loss, *p = numbers(n);
    double total = 0;
    for (size_t i = 0; i < n; i++) p[i] = fabsf(p[i]);
    k->binary_cross_entropy(&loss, out, x, p, weights, rows, cols);
    for (size_t i = 0; i < n; i++) {
      total += weights[i / cols] * (log1p(exp(x[i])) - (double)x[i] * p[i]);
      same("binary_cross_entropy gradient", out[i], weights[i / cols] * (1 / (1 + exp(-x[i])) - p[i]), 1e-5);
    }
    same("binary_cross_entropy", loss, total, 1e-5);
    k->cross_entropy(&loss, out, x, p, rows, cols);
    total = 0;
    for (size_t i = 0; i < rows; i++) {
      double sum = 0;
      for (size_t j = 0; j < cols; j++) sum += exp(x[i * cols + j]);
      for (size_t j = 0; j < cols; j++) {
        total -= p[i * cols + j] * (x[i * cols + j] - log(sum)) / rows;
        same("cross_entropy gradient", out[i * cols + j], (exp(x[i * cols + j]) / sum - p[i * cols + j]) / rows, 1e-5);
      }
    }
    same("cross_entropy", loss, total, 1e-5);
    int32_t *picked = malloc(rows * sizeof *picked), *order = malloc(cols * sizeof *order);
    uint8_t *bytes = malloc(n);
    for (size_t i = 0; i < rows; i++) picked[i] = (int32_t)(rows - 1 - i);
    for (size_t j = 0; j < cols; j++) order[j] = j % 3 ? (int32_t)(cols - 1 - j) : -1;
    for (size_t i = 0; i < n; i++) bytes[i] = (uint8_t)(i * 7);
    k->read_bytes(out, bytes, picked, rows, cols, order, cols, 0.5f);
    for (size_t i = 0; i < n; i++) {
      int32_t from = order[i % cols];
      same("read_bytes", out[i], from < 0 ? 0 : 0.5 * bytes[picked[i / cols] * (int32_t)cols + from], 0);
    }
    k->read_floats(out, x, picked, rows, cols, NULL, cols, 2);
    for (size_t i = 0; i < n; i++) same("read_floats", out[i], 2 * x[picked[i / cols] * (int32_t)cols + (int32_t)(i % cols)], 0);
    float *sums = numbers(2 * cols);
    for (size_t i = 0; i < rows; i++) picked[i] = (int32_t)(i % 3) - 1;
    k->add_rows(sums, x, picked, rows, cols, 2);
    for (size_t s = 0; s < 2; s++)
      for (size_t j = 0; j < cols; j++) {
        double sum = 0;
        for (size_t i = s + 1; i < rows; i += 3) sum += x[i * cols + j];
        same("add_rows", sums[s * cols + j], sum, 1e-5);
      }
    free(p), free(picked), free(order), free(bytes), free(sums);
  }
  free(x), free(y), free(out), free(row), free(column), free(weights);
}

static void steps(const kernels *k, size_t n) {
  float *p = numbers(n), *g = numbers(n), *m = numbers(n), *v = numbers(n), *out = numbers(n), *m_out = numbers(n), *v_out = numbers(n);
  for (size_t i = 0; i < n; i++) v[i] = fabsf(v[i]);
  k->adam(out, m_out, v_out, p, g, m, v, n, 0.01f, 1.5f, 0.9f, 0.999f, 1e-8f);
  for (size_t i = 0; i < n; i++) {
    double first = 0.9f * m[i] + (1 - 0.9f) * g[i], second = 0.999f * v[i] + (1 - 0.999f) * g[i] * g[i];
    same("adam", out[i], p[i] - 0.01 * first / (sqrt(second) * 1.5 + 1e-8), 1e-4);
    same("adam moments", m_out[i] + v_out[i], first + second, 1e-5);
  }
  k->momentum(out, m_out, p, g, m, n, 0.1f, 0.9f);
  for (size_t i = 0; i < n; i++) same("momentum", out[i], p[i] - 0.1 * (0.9 * m[i] + g[i]), 1e-5);
  k->momentum(out, NULL, p, g, NULL, n, 0.1f, 0);
  for (size_t i = 0; i < n; i++) same("gradient step", out[i], p[i] - 0.1 * g[i], 1e-5);
  k->anchored_gradient(out, g, p, m, v, n, 3);
  for (size_t i = 0; i < n; i++) same("anchored_gradient", out[i], g[i] + 3.0 * v[i] * (p[i] - m[i]), 1e-5);
  k->path_integral(out, p, g, m, v, n);
  for (size_t i = 0; i < n; i++) same("path_integral", out[i], p[i] - (double)g[i] * (v[i] - m[i]), 1e-5);
  free(p), free(g), free(m), free(v), free(out), free(m_out), free(v_out);
}

static double sigmoid(double x) { return 1 / (1 + exp(-x)); }
static double softplus(double x) { return x > 30 ? x : log1p(exp(x)); }

static void functions(const kernels *k) {
  static const float special[] = {0, -0.0f, 1, -1, 1e-30f, -1e-30f, 1e-40f, 30, -30, 88.7f, -88.7f, -103.9f, 100, 1e20f, -1e20f, INFINITY, -INFINITY, NAN};
  enum { SPECIAL = sizeof special / sizeof *special, ALL = SPECIAL + 2001 };
  float x[ALL], out[ALL];
  memcpy(x, special, sizeof special);
  for (int i = 0; i <= 2000; i++) x[SPECIAL + i] = ((float)i - 1000) / 12;
  const struct {
    char name;
    double (*reference)(double);
  } list[] = {{'e', exp}, {'l', log}, {'r', sqrt}, {'s', sigmoid}, {'t', tanh}, {'p', softplus}, {'a', fabs}};
  for (size_t f = 0; f < sizeof list / sizeof *list; f++) {
    k->unary(list[f].name, out, x, ALL);
    for (int i = 0; i < ALL; i++) {
      double expected = (double)(float)list[f].reference(x[i]);
      char what[32];
      snprintf(what, sizeof what, "unary %c of %g", list[f].name, (double)x[i]);
      // relative to the value itself, but for results too small to be ordinary floats
      if (fabs(out[i] - expected) > 3e-7 * fabs(expected) + 1e-44) same(what, out[i], expected, 0);
    }
  }
}

static void check(const kernels *k) {
  printf("%s\n", k->variant);
  products(k);
  functions(k);
  for (size_t i = 0; i < COUNT; i++) {
    steps(k, sizes[i]);
    for (size_t j = 0; j < COUNT; j++) layers(k, sizes[i], sizes[j]), tables(k, sizes[i], sizes[j]);
  }
}

#if defined(__x86_64__)
extern const kernels kernels_avx512, kernels_avx2, kernels_sse2;
int main(void) {
  check(&kernels_sse2);
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) check(&kernels_avx2);
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) check(&kernels_avx512);
  return failures > 0;
}
#else
extern const kernels kernels_portable;
int main(void) {
  check(&kernels_portable);
  return failures > 0;
}
#endif

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
        float *dy = numbers(n), *delta = numbers(n), *sums = numbers(cols);
        if (n) memcpy(y, z, n * sizeof *y);
        k->bias_activation(y, rows, cols, bias, gate, relu, first);
        k->activation_gradient(delta, sums, dy, y, rows, cols, gate, relu, first);
        for (size_t i = 0; i < n; i++) {
          double g = gate ? gate[i % cols] : 1, in = (first ? g * z[i] : z[i]) + bias[i % cols];
          double h = relu && in < 0 ? 0 : in, slope = relu && in <= 0 ? 0 : 1;
          same("bias_activation", y[i], first ? h : h * g, 1e-5);
          if (fabs(in) > 1e-6 && fabs(g) > 1e-6) same("activation_gradient", delta[i], dy[i] * slope * (first ? 1 : g), 1e-5);
        }
        for (size_t j = 0; j < cols; j++) {
          double sum = 0;
          for (size_t i = 0; i < rows; i++) sum += delta[i * cols + j];
          same("activation_gradient sums", sums[j], sum, 1e-5);
        }
        free(z), free(y), free(bias), free(gate), free(dy), free(delta), free(sums);
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
  k->adam(out, m_out, v_out, p, g, m, v, n, 0.01f, 1.5f, 0.9, 0.999, 1e-8f);
  for (size_t i = 0; i < n; i++) {
    double first = 0.9 * m[i] + 0.1 * g[i], second = 0.999 * v[i] + 0.001 * g[i] * g[i];
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

// Every element of a convolution: what window (oy, ox) sees through tap (ky, kx), if it lies inside the picture.
typedef struct {
  int b, oy, ox, ky, kx;
  size_t in, out, tap;
} seen;
static int next_seen(const window *w, seen *s) {
  for (;;) {
    if (++s->kx == w->filter_w) s->kx = 0, s->ky++;
    if (s->ky == w->filter_h) s->ky = 0, s->ox++;
    if (s->ox == w->out_w) s->ox = 0, s->oy++;
    if (s->oy == w->out_h) s->oy = 0, s->b++;
    if (s->b >= w->batch) return 0;
    int y = s->oy * w->stride_h + s->ky * w->dilation_h - w->pad_top, x = s->ox * w->stride_w + s->kx * w->dilation_w - w->pad_left;
    if (y < 0 || y >= w->in_h || x < 0 || x >= w->in_w) continue;
    s->in = (size_t)((s->b * w->in_h + y) * w->in_w + x), s->out = (size_t)((s->b * w->out_h + s->oy) * w->out_w + s->ox);
    s->tap = (size_t)(s->ky * w->filter_w + s->kx);
    return 1;
  }
}
#define EACH_SEEN(W) for (seen s = {0, 0, 0, 0, -1, 0, 0, 0}; next_seen(W, &s);)

static void close_to(const char *what, const float *found, const double *expected, size_t n) {
  for (size_t i = 0; i < n; i++) same(what, found[i], expected[i], 1e-4);
}

static void windows(const kernels *k, const window *w) {
  size_t ci = (size_t)w->in_c, co = (size_t)w->out_c, taps = (size_t)(w->filter_h * w->filter_w);
  size_t in = (size_t)(w->batch * w->in_h * w->in_w) * ci, out = (size_t)(w->batch * w->out_h * w->out_w) * co;
  float *x = numbers(in), *dy = numbers(out), *filter = numbers(taps * ci * co), *bias = numbers(co), *scratch = numbers(k->convolution_floats(w));
  float *y = numbers(out), *dx = numbers(in), *df = numbers(taps * ci * co);
  double *sy = calloc(out, sizeof *sy), *sx = calloc(in, sizeof *sx), *sf = calloc(taps * ci * co, sizeof *sf);
  EACH_SEEN(w)
  for (size_t c = 0; c < ci; c++)
    for (size_t o = 0; o < co; o++) {
      size_t f = (s.tap * ci + c) * co + o;
      sy[s.out * co + o] += (double)x[s.in * ci + c] * filter[f];
      sx[s.in * ci + c] += (double)dy[s.out * co + o] * filter[f];
      sf[f] += (double)dy[s.out * co + o] * x[s.in * ci + c];
    }
  k->convolution(y, x, filter, NULL, 0, w, scratch);
  close_to("convolution", y, sy, out);
  for (size_t i = 0; i < out; i++) sy[i] = fmax(0, sy[i] + bias[i % co]);
  k->convolution(y, x, filter, bias, 1, w, scratch);
  close_to("convolution with bias", y, sy, out);
  k->convolution_input_gradient(dx, dy, filter, w, scratch);
  close_to("convolution_input_gradient", dx, sx, in);
  k->convolution_filter_gradient(df, x, dy, w, scratch);
  close_to("convolution_filter_gradient", df, sf, taps * ci * co);
  free(x), free(dy), free(filter), free(bias), free(scratch), free(y), free(dx), free(df), free(sy), free(sx), free(sf);
}

static void channels_apart(const kernels *k, const window *w) {
  size_t ci = (size_t)w->in_c, co = (size_t)w->out_c, per = co / ci, taps = (size_t)(w->filter_h * w->filter_w);
  size_t in = (size_t)(w->batch * w->in_h * w->in_w) * ci, out = (size_t)(w->batch * w->out_h * w->out_w) * co;
  float *x = numbers(in), *dy = numbers(out), *filter = numbers(taps * co), *y = numbers(out), *dx = numbers(in), *df = numbers(taps * co);
  double *sy = calloc(out, sizeof *sy), *sx = calloc(in, sizeof *sx), *sf = calloc(taps * co, sizeof *sf), *count = calloc(out, sizeof *count);
  EACH_SEEN(w)
  for (size_t o = 0; o < co; o++) {
    sy[s.out * co + o] += (double)x[s.in * ci + o / per] * filter[s.tap * co + o];
    sx[s.in * ci + o / per] += (double)dy[s.out * co + o] * filter[s.tap * co + o];
    sf[s.tap * co + o] += (double)dy[s.out * co + o] * x[s.in * ci + o / per];
  }
  k->depthwise(y, x, filter, w);
  close_to("depthwise", y, sy, out);
  k->depthwise_input_gradient(dx, dy, filter, w);
  close_to("depthwise_input_gradient", dx, sx, in);
  k->depthwise_filter_gradient(df, x, dy, w);
  close_to("depthwise_filter_gradient", df, sf, taps * co);
  if (per == 1) {
    double *largest = calloc(out, sizeof *largest), *gradient = calloc(in, sizeof *gradient);
    for (size_t i = 0; i < out; i++) sy[i] = 0, largest[i] = -INFINITY;
    for (size_t i = 0; i < in; i++) sx[i] = 0;
    EACH_SEEN(w)
    for (size_t c = 0; c < ci; c++) {
      size_t at = s.out * co + c;
      count[at]++, sy[at] += x[s.in * ci + c], largest[at] = fmax(largest[at], x[s.in * ci + c]);
    }
    EACH_SEEN(w)
    for (size_t c = 0; c < ci; c++) {
      size_t at = s.out * co + c;
      sx[s.in * ci + c] += dy[at] / count[at];
      if (x[s.in * ci + c] == largest[at]) gradient[s.in * ci + c] += dy[at];
    }
    for (size_t i = 0; i < out; i++) sy[i] /= count[i];
    k->pool('+', y, x, w);
    close_to("pool mean", y, sy, out);
    k->pool('>', y, x, w);
    close_to("pool largest", y, largest, out);
    k->pool_gradient('+', dx, dy, x, w);
    close_to("pool_gradient mean", dx, sx, in);
    k->pool_gradient('>', dx, dy, x, w);
    close_to("pool_gradient largest", dx, gradient, in);
    free(largest), free(gradient);
  }
  free(x), free(dy), free(filter), free(y), free(dx), free(df), free(sy), free(sx), free(sf), free(count);
}

static void all_windows(const kernels *k) {
  static const int channels[][2] = {{1, 1}, {3, 16}, {5, 33}, {17, 2}, {16, 16}, {32, 40}};
  for (int size = 1; size <= 9; size += 2)
    for (int filter = 1; filter <= 3; filter++)
      for (int stride = 1; stride <= 3; stride++)
        for (int dilation = 1; dilation <= 2; dilation++)
          for (int pad = 0; pad < filter; pad++)
            for (size_t c = 0; c < sizeof channels / sizeof *channels; c++) {
              int height = size + 1, reach = (filter - 1) * dilation + 1;
              if (size + 2 * pad < reach || reach <= pad) continue;
              window w = {3, height, size, channels[c][0], (height + 2 * pad - reach) / stride + 1, (size + 2 * pad - reach) / stride + 1, channels[c][1],
                          filter, filter, stride, stride, pad, pad, dilation, dilation};
              windows(k, &w);
              // where a window lies in the padding alone there is no mean
              if (pad > size || pad > dilation) continue;
              w.out_c = w.in_c;
              channels_apart(k, &w);
              w.out_c = 2 * w.in_c;
              channels_apart(k, &w);
            }
}

static void normalization(const kernels *k, size_t rows, size_t cols) {
  size_t n = rows * cols;
  float *x = numbers(n), *dy = numbers(n), *out = numbers(n), *mean = numbers(cols), *variance = numbers(cols), *gamma = numbers(cols), *beta = numbers(cols);
  float *dgamma = numbers(cols), *dbeta = numbers(cols), epsilon = 1e-3f;
  for (size_t i = 0; i < n; i++) x[i] += 100;
  k->moments(mean, variance, x, rows, cols);
  k->normalize(out, x, mean, variance, gamma, beta, epsilon, rows, cols);
  for (size_t j = 0; j < cols && rows > 0; j++) {
    double m = 0, v = 0, g = 0, b = 0;
    for (size_t i = 0; i < rows; i++) m += x[i * cols + j] / (double)rows;
    for (size_t i = 0; i < rows; i++) v += (x[i * cols + j] - m) * (x[i * cols + j] - m) / (double)rows;
    same("mean", mean[j], m, 1e-6);
    same("variance", variance[j], v, 1e-5);
    double deviation = sqrt(v + epsilon);
    for (size_t i = 0; i < rows; i++) {
      same("normalize", out[i * cols + j], (x[i * cols + j] - m) / deviation * gamma[j] + beta[j], 1e-3);
      b += dy[i * cols + j], g += dy[i * cols + j] * (x[i * cols + j] - m) / deviation;
    }
    k->normalization_gradient(out, dgamma, dbeta, dy, x, mean, variance, gamma, epsilon, rows, cols);
    same("dbeta", dbeta[j], b, 1e-4);
    same("dgamma", dgamma[j], g, 1e-3);
    for (size_t i = 0; i < rows; i++) {
      double hat = (x[i * cols + j] - m) / deviation;
      same("normalization_gradient", out[i * cols + j], gamma[j] / deviation * (dy[i * cols + j] - (b + hat * g) / (double)rows), 2e-3);
    }
    k->normalize(out, x, mean, variance, gamma, beta, epsilon, rows, cols);
  }
  free(x), free(dy), free(out), free(mean), free(variance), free(gamma), free(beta), free(dgamma), free(dbeta);
}

static void random_numbers(const kernels *k) {
  enum { N = 100001 };
  float *x = numbers(N), part[5];
  k->normal(x, N, 12, 34);
  k->normal(part, 5, 12, 34);
  double moment[5] = {0};
  for (size_t i = 0; i < N; i++)
    for (int p = 1; p < 5; p++) moment[p] += pow(x[i], p) / N;
  // Threefry-2x32-20 of counter and key 0 is 6b200159 99ba4efe (Salmon et al., known answers)
  k->normal(part, 2, 0, 0);
  double size = sqrt(-2 * log((0x6b2001 + 1) / 16777216.0)), angle = 2 * acos(-1) * 0x99ba4e / 16777216.0;
  same("normal, first", part[0], size * cos(angle), 1e-5);
  same("normal, second", part[1], size * sin(angle), 1e-5);
  same("normal, mean", moment[1], 0, 0.015);
  same("normal, variance", moment[2], 1, 0.01);
  same("normal, skewness", moment[3], 0, 0.04);
  same("normal, kurtosis", moment[4], 3, 0.03);
  free(x);
}

static void check(const kernels *k) {
  printf("%s\n", k->variant);
  products(k);
  functions(k);
  all_windows(k);
  random_numbers(k);
  for (size_t i = 0; i < COUNT; i++) {
    steps(k, sizes[i]);
    for (size_t j = 0; j < COUNT; j++) layers(k, sizes[i], sizes[j]), tables(k, sizes[i], sizes[j]), normalization(k, sizes[i], sizes[j]);
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

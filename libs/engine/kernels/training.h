// What happens on every training step: layers, losses, optimizers, penalties.
#ifndef ENGRAM_TRAINING_H
#define ENGRAM_TRAINING_H
#include "tables.h"

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

static void rows_of_activation_gradient(float *restrict delta, const float *restrict dy, const float *restrict y, size_t rows, size_t cols,
                                        const float *restrict gate, int relu, int gate_first) {
  for (size_t i = 0; i < rows; i++, delta += cols, dy += cols, y += cols) {
    if (relu && gate && !gate_first)
      // a negative gate behind the activation turns the sign of y; NaN stays NaN, as in TensorFlow.js
      for (size_t j = 0; j < cols; j++) delta[j] = y[j] * gate[j] > 0 ? dy[j] : y[j] != y[j] ? y[j] : 0;
    else if (relu)
      for (size_t j = 0; j < cols; j++) delta[j] = y[j] > 0 ? dy[j] : y[j] != y[j] ? y[j] : 0;
    else
      __builtin_memcpy(delta, dy, cols * sizeof(float));
    if (gate && !gate_first)
      for (size_t j = 0; j < cols; j++) delta[j] *= gate[j];
  }
}

static void activation_gradient(float *delta, float *sums, const float *dy, const float *y, size_t rows, size_t cols, const float *gate, int relu,
                                int gate_first) {
  __builtin_memset(sums, 0, cols * sizeof(float));
  for (size_t i = 0; i < rows; i += SUM_ROWS) {
    size_t count = smaller(SUM_ROWS, rows - i), at = i * cols;
    rows_of_activation_gradient(delta + at, dy + at, y + at, count, cols, gate, relu, gate_first);
    add_column_sums(sums, delta + at, count, cols);
  }
}

static void weighted_squares(float *restrict out, const float *restrict x, size_t rows, size_t cols, const float *restrict weights) {
  for (size_t i = 0; i < rows; i++) {
    float weight = weights ? weights[i] : 1;
    for (size_t j = 0; j < cols; j++, out++, x++) *out = *x * *x * weight;
  }
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
                 const float *restrict v, size_t n, float step, float root, double beta1, double beta2, float epsilon) {
  // 1 − β is taken before it is rounded: 1 − 0.999f has four digits only
  float keep1 = (float)beta1, take1 = (float)(1 - beta1), keep2 = (float)beta2, take2 = (float)(1 - beta2);
  for (size_t i = 0; i < n; i++) {
    float first = keep1 * m[i] + take1 * g[i];
    float second = keep2 * v[i] + take2 * g[i] * g[i];
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

#endif

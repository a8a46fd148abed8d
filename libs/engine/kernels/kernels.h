// The arithmetic of the engine. kernels.c is compiled once for each instruction set; each gives one such table.
#ifndef ENGRAM_KERNELS_H
#define ENGRAM_KERNELS_H
#include <stddef.h>
#include <stdint.h>

// A window that moves over pictures [batch, height, width, channels]. Padding is zeros; what lies behind the last window is
// not seen.
typedef struct {
  int32_t batch, in_h, in_w, in_c, out_h, out_w, out_c, filter_h, filter_w, stride_h, stride_w, pad_top, pad_left, dilation_h, dilation_w;
} window;

// Matrices are dense and row-major. Outputs do not overlap inputs unless a comment says so.
typedef struct {
  const char *variant;

  // C [m,n] = op(A)·op(B), op transposes where the flag is set: A is [m,k] or [k,m], B is [k,n] or [n,k].
  // `scratch` holds scratch_floats(m, n, k) floats.
  size_t (*scratch_floats)(size_t m, size_t n, size_t k);
  void (*gemm)(int transpose_a, int transpose_b, size_t m, size_t n, size_t k, const float *a, const float *b, float *c,
               float *scratch);

  // In place on z [rows,cols]: gate∘act(z + bias), or act(gate∘z + bias) if gate_first. gate may be NULL.
  void (*bias_activation)(float *z, size_t rows, size_t cols, const float *bias, const float *gate, int relu,
                          int gate_first);
  // Gradient in front of the activation of the layer above: delta = dy·(relu ? y/gate > 0 : 1), times the gate unless
  // gate_first; and its sums over the rows, the bias' gradient.
  void (*activation_gradient)(float *delta, float *sums, const float *dy, const float *y, size_t rows, size_t cols,
                              const float *gate, int relu, int gate_first);
  // out[j] = Σ_i x[i,j]
  void (*column_sums)(float *out, const float *x, size_t rows, size_t cols);
  // out = x² ∘ weight of the row; weights may be NULL.
  void (*weighted_squares)(float *out, const float *x, size_t rows, size_t cols, const float *weights);

  // loss[0] = mean over rows of −Σ targets·log softmax(logits); gradient = (softmax − targets)/rows.
  void (*cross_entropy)(float *loss, float *gradient, const float *logits, const float *targets, size_t rows,
                        size_t cols);

  // m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², p ← p − step·m / (√v·root + ε)
  void (*adam)(float *p_out, float *m_out, float *v_out, const float *p, const float *g, const float *m,
               const float *v, size_t n, float step, float root, double beta1, double beta2, float epsilon);
  // u ← μu + g, p ← p − ηu; u_out and u are NULL without momentum.
  void (*momentum)(float *p_out, float *u_out, const float *p, const float *g, const float *u, size_t n, float rate,
                   float mu);
  // out = g + strength · a ∘ (p − c)
  void (*anchored_gradient)(float *out, const float *g, const float *p, const float *c, const float *a, size_t n,
                            float strength);
  // out = path − g ∘ (after − before)
  void (*path_integral)(float *out, const float *path, const float *g, const float *before, const float *after,
                        size_t n);

  // out [rows,cols] = a ∘ b for the operation '+', '-', '*', '/', '>' (larger) or '<' (smaller). Row i of a starts at
  // a + i·a_row; a_col says whether it has a value for each column (1) or one for all (0). The same for b.
  void (*binary)(char operation, float *out, const float *a, size_t a_row, int a_col, const float *b, size_t b_row, int b_col,
                 size_t rows, size_t cols);
  // Of each value: 'n' −x, 'q' x², 'r' √x, 'e' eˣ, 'l' ln x, 's' 1/(1+e⁻ˣ), 't' tanh x, 'p' ln(1+eˣ), 'm' max(x, 0), 'a' |x|,
  // '1' whether x > 0.
  void (*unary)(char operation, float *out, const float *from, size_t n);
  // Over the middle axis of x [outer,count,inner]: '+' the sum, '>' the largest.
  void (*reduce)(char operation, float *out, const float *x, size_t outer, size_t count, size_t inner);
  // out [cols,rows] = xᵀ
  void (*transpose)(float *out, const float *x, size_t rows, size_t cols);
  // out [count,cols]: row s is the sum of the rows of x whose segment is s; other segments are left out.
  void (*add_rows)(float *out, const float *x, const int32_t *segments, size_t rows, size_t cols, size_t count);
  // Of each row.
  void (*softmax)(float *out, const float *x, size_t rows, size_t cols);
  // loss[0] = Σ_i weights[i] Σ_j (−t ln σ(z) − (1−t) ln(1−σ(z))), gradient in the logits z.
  void (*binary_cross_entropy)(float *loss, float *gradient, const float *logits, const float *targets, const float *weights,
                               size_t rows, size_t cols);

  // out[i,j] = scale · source[rows[i]·row_length + permutation[j]], 0 where permutation[j] is −1. permutation may be NULL.
  void (*read_bytes)(float *out, const uint8_t *source, const int32_t *rows, size_t row_count, size_t row_length,
                     const int32_t *permutation, size_t columns, float scale);
  void (*read_floats)(float *out, const float *source, const int32_t *rows, size_t row_count, size_t row_length,
                      const int32_t *permutation, size_t columns, float scale);

  // Convolution with a filter [filter_h, filter_w, in_c, out_c]: out = act(x ∗ filter + bias), bias may be NULL; and its
  // gradients. `scratch` holds convolution_floats(window) floats.
  size_t (*convolution_floats)(const window *window);
  void (*convolution)(float *out, const float *x, const float *filter, const float *bias, int relu, const window *window, float *scratch);
  void (*convolution_input_gradient)(float *dx, const float *dy, const float *filter, const window *window, float *scratch);
  void (*convolution_filter_gradient)(float *dfilter, const float *x, const float *dy, const window *window, float *scratch);
  // The same for each channel alone, with a filter [filter_h, filter_w, in_c, out_c / in_c].
  void (*depthwise)(float *out, const float *x, const float *filter, const window *window);
  void (*depthwise_input_gradient)(float *dx, const float *dy, const float *filter, const window *window);
  void (*depthwise_filter_gradient)(float *dfilter, const float *x, const float *dy, const window *window);
  // Of each window and channel: '>' the largest value, '+' the mean over the pixels inside the picture; and the gradient, which the first of
  // several largest ones gets. NaN is never the largest, as in TensorFlow.js.
  void (*pool)(char operation, float *out, const float *x, const window *window);
  void (*pool_gradient)(char operation, float *dx, const float *dy, const float *x, const window *window);

  // Batch normalization of x [rows,cols] over rows: out = γ(x − mean)/√(variance + ε) + β. In training the mean and the (biased)
  // variance are computed first; γ and β may be NULL.
  void (*normalize)(float *out, const float *x, const float *mean, const float *variance, const float *gamma, const float *beta, float epsilon,
                    size_t rows, size_t cols);
  void (*moments)(float *mean, float *variance, const float *x, size_t rows, size_t cols);
  void (*normalization_gradient)(float *dx, float *dgamma, float *dbeta, const float *dy, const float *x, const float *mean, const float *variance,
                                 const float *gamma, float epsilon, size_t rows, size_t cols);

  // n standard normal values: the stream that two words name, from its beginning.
  void (*normal)(float *out, size_t n, uint32_t key0, uint32_t key1);
} kernels;

#endif

// The kernels as functions of a Node addon. Every function takes numbers and typed arrays (or null) in the order of
// kernels.h; sizes are right by construction in the caller, src/engines/kernel-backend.ts.
#include "kernels.h"
#include <node_api.h>
#include <stdlib.h>

#if defined(__x86_64__)
extern const kernels kernels_avx512, kernels_avx2, kernels_sse2;
#else
extern const kernels kernels_portable;
#endif

static const kernels *best(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    return &kernels_avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return &kernels_avx2;
  return &kernels_sse2;
#else
  return &kernels_portable;
#endif
}

enum { MOST_ARGUMENTS = 16 };

typedef union {
  double number;
  void *data;
} argument;

static const kernels *table;

// Reads the arguments of a call: numbers as numbers, typed arrays as their memory, anything else as NULL.
static void read_arguments(napi_env env, napi_callback_info info, argument *to) {
  size_t count = MOST_ARGUMENTS;
  napi_value values[MOST_ARGUMENTS];
  napi_get_cb_info(env, info, &count, values, NULL, NULL);
  for (size_t i = 0; i < count && i < MOST_ARGUMENTS; i++) {
    napi_valuetype type;
    napi_typeof(env, values[i], &type);
    to[i].data = NULL;
    if (type == napi_number)
      napi_get_value_double(env, values[i], &to[i].number);
    else if (type == napi_object)
      napi_get_typedarray_info(env, values[i], NULL, NULL, &to[i].data, NULL, NULL);
  }
}

#define N(i) ((size_t)x[i].number)
#define F(i) ((float)x[i].number)
#define P(i) ((float *)x[i].data)
#define FUNCTION(NAME, CALL)                                         \
  static napi_value NAME(napi_env env, napi_callback_info info) {    \
    argument x[MOST_ARGUMENTS];                                      \
    read_arguments(env, info, x);                                    \
    CALL;                                                            \
    return NULL;                                                     \
  }

// The scratch memory of a thread grows with the largest product met and is used again until the thread's Node ends.
static _Thread_local float *scratch;
static _Thread_local size_t scratch_size;
static float *scratch_for(napi_env env, size_t floats) {
  if (floats > scratch_size) {
    free(scratch);
    // 64-byte lines; the size must be a multiple of the alignment
    scratch = aligned_alloc(64, (floats * sizeof(float) + 63) / 64 * 64);
    scratch_size = scratch ? floats : 0;
  }
  if (!scratch) napi_throw_error(env, NULL, "not enough memory for a matrix product");
  return scratch;
}
static void free_scratch(void *unused) {
  (void)unused;
  free(scratch);
  scratch = NULL;
  scratch_size = 0;
}

// A function with scratch memory of FLOATS floats; at least one, since NULL means that memory ran out.
#define PRODUCT(NAME, FLOATS, CALL)                                  \
  static napi_value NAME(napi_env env, napi_callback_info info) {    \
    argument x[MOST_ARGUMENTS];                                      \
    read_arguments(env, info, x);                                    \
    if (scratch_for(env, (FLOATS) + 1)) CALL;                        \
    return NULL;                                                     \
  }

#define W(i) ((const window *)x[i].data)
PRODUCT(gemm, table->scratch_floats(N(2), N(3), N(4)), table->gemm((int)N(0), (int)N(1), N(2), N(3), N(4), P(5), P(6), P(7), scratch))
PRODUCT(convolution, table->convolution_floats(W(5)), table->convolution(P(0), P(1), P(2), P(3), (int)N(4), W(5), scratch))
PRODUCT(convolution_input_gradient, table->convolution_floats(W(3)), table->convolution_input_gradient(P(0), P(1), P(2), W(3), scratch))
PRODUCT(convolution_filter_gradient, table->convolution_floats(W(3)), table->convolution_filter_gradient(P(0), P(1), P(2), W(3), scratch))

FUNCTION(bias_activation, table->bias_activation(P(0), N(1), N(2), P(3), P(4), (int)N(5), (int)N(6)))
FUNCTION(activation_gradient, table->activation_gradient(P(0), P(1), P(2), P(3), N(4), N(5), P(6), (int)N(7), (int)N(8)))
FUNCTION(column_sums, table->column_sums(P(0), P(1), N(2), N(3)))
FUNCTION(weighted_squares, table->weighted_squares(P(0), P(1), N(2), N(3), P(4)))
FUNCTION(cross_entropy, table->cross_entropy(P(0), P(1), P(2), P(3), N(4), N(5)))
FUNCTION(adam, table->adam(P(0), P(1), P(2), P(3), P(4), P(5), P(6), N(7), F(8), F(9), x[10].number, x[11].number, F(12)))
FUNCTION(momentum, table->momentum(P(0), P(1), P(2), P(3), P(4), N(5), F(6), F(7)))
FUNCTION(anchored_gradient, table->anchored_gradient(P(0), P(1), P(2), P(3), P(4), N(5), F(6)))
FUNCTION(path_integral, table->path_integral(P(0), P(1), P(2), P(3), P(4), N(5)))
FUNCTION(binary, table->binary((char)N(0), P(1), P(2), N(3), (int)N(4), P(5), N(6), (int)N(7), N(8), N(9)))
FUNCTION(unary, table->unary((char)N(0), P(1), P(2), N(3)))
FUNCTION(reduce, table->reduce((char)N(0), P(1), P(2), N(3), N(4), N(5)))
FUNCTION(transpose, table->transpose(P(0), P(1), N(2), N(3)))
FUNCTION(add_rows, table->add_rows(P(0), P(1), x[2].data, N(3), N(4), N(5)))
FUNCTION(softmax, table->softmax(P(0), P(1), N(2), N(3)))
FUNCTION(binary_cross_entropy, table->binary_cross_entropy(P(0), P(1), P(2), P(3), P(4), N(5), N(6)))
FUNCTION(read_bytes, table->read_bytes(P(0), x[1].data, x[2].data, N(3), N(4), x[5].data, N(6), F(7)))
FUNCTION(read_floats, table->read_floats(P(0), x[1].data, x[2].data, N(3), N(4), x[5].data, N(6), F(7)))
FUNCTION(depthwise, table->depthwise(P(0), P(1), P(2), W(3)))
FUNCTION(depthwise_input_gradient, table->depthwise_input_gradient(P(0), P(1), P(2), W(3)))
FUNCTION(depthwise_filter_gradient, table->depthwise_filter_gradient(P(0), P(1), P(2), W(3)))
FUNCTION(pool, table->pool((char)N(0), P(1), P(2), W(3)))
FUNCTION(pool_gradient, table->pool_gradient((char)N(0), P(1), P(2), P(3), W(4)))
FUNCTION(normalize, table->normalize(P(0), P(1), P(2), P(3), P(4), P(5), F(6), N(7), N(8)))
FUNCTION(moments, table->moments(P(0), P(1), P(2), N(3), N(4)))
FUNCTION(normalization_gradient, table->normalization_gradient(P(0), P(1), P(2), P(3), P(4), P(5), P(6), P(7), F(8), N(9), N(10)))
FUNCTION(normal, table->normal(P(0), N(1), (uint32_t)N(2), (uint32_t)N(3)))

NAPI_MODULE_INIT() {
  table = best();
  napi_add_env_cleanup_hook(env, free_scratch, NULL);
  static const struct {
    const char *name;
    napi_callback function;
  } functions[] = {
      {"gemm", gemm},
      {"biasActivation", bias_activation},
      {"activationGradient", activation_gradient},
      {"columnSums", column_sums},
      {"weightedSquares", weighted_squares},
      {"crossEntropy", cross_entropy},
      {"adam", adam},
      {"momentum", momentum},
      {"anchoredGradient", anchored_gradient},
      {"pathIntegral", path_integral},
      {"binary", binary},
      {"unary", unary},
      {"reduce", reduce},
      {"transpose", transpose},
      {"addRows", add_rows},
      {"softmax", softmax},
      {"binaryCrossEntropy", binary_cross_entropy},
      {"readBytes", read_bytes},
      {"readFloats", read_floats},
      {"convolution", convolution},
      {"convolutionInputGradient", convolution_input_gradient},
      {"convolutionFilterGradient", convolution_filter_gradient},
      {"depthwise", depthwise},
      {"depthwiseInputGradient", depthwise_input_gradient},
      {"depthwiseFilterGradient", depthwise_filter_gradient},
      {"pool", pool},
      {"poolGradient", pool_gradient},
      {"normalize", normalize},
      {"moments", moments},
      {"normalizationGradient", normalization_gradient},
      {"normal", normal},
  };
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    napi_value function;
    napi_create_function(env, functions[i].name, NAPI_AUTO_LENGTH, functions[i].function, NULL, &function);
    napi_set_named_property(env, exports, functions[i].name, function);
  }
  napi_value variant;
  napi_create_string_utf8(env, table->variant, NAPI_AUTO_LENGTH, &variant);
  napi_set_named_property(env, exports, "variant", variant);
  return exports;
}

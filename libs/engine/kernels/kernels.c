// Compiled once for each instruction set: -DVARIANT=name -DVECTOR_BYTES=16|32|64 -DTILE_ROWS=n and the matching -m flags.
#include "convolution.h"
#include "normalization.h"
#include "pooling.h"
#include "product.h"
#include "random.h"
#include "tables.h"
#include "training.h"

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
    .convolution_floats = convolution_floats,
    .convolution = convolution,
    .convolution_input_gradient = convolution_input_gradient,
    .convolution_filter_gradient = convolution_filter_gradient,
    .depthwise = depthwise,
    .depthwise_input_gradient = depthwise_input_gradient,
    .depthwise_filter_gradient = depthwise_filter_gradient,
    .pool = pool,
    .pool_gradient = pool_gradient,
    .normalize = normalize,
    .moments = moments,
    .normalization_gradient = normalization_gradient,
    .normal = normal,
};

// Batch normalization (Ioffe & Szegedy 2015) of tables whose columns are channels.
#ifndef ENGRAM_NORMALIZATION_H
#define ENGRAM_NORMALIZATION_H
#include "functions.h"

// Columns at a time, and rows whose sums are added up in single precision before they go into a double.
enum { NORM_COLS = 64, NORM_ROWS = 64 };

static void normalize(float *restrict out, const float *restrict x, const float *mean, const float *variance, const float *gamma, const float *beta,
                      float epsilon, size_t rows, size_t cols) {
  for (size_t from = 0; from < cols; from += NORM_COLS) {
    size_t width = smaller(NORM_COLS, cols - from);
    float factor[NORM_COLS], shift[NORM_COLS];
    for (size_t j = 0; j < width; j++) {
      factor[j] = (gamma ? gamma[from + j] : 1) / square_root(variance[from + j] + epsilon);
      shift[j] = beta ? beta[from + j] : 0;
    }
    for (size_t i = 0; i < rows; i++)
      for (size_t j = 0; j < width; j++) out[i * cols + from + j] = (x[i * cols + from + j] - mean[from + j]) * factor[j] + shift[j];
  }
}

// Sums over rows of two values for each place, in blocks.
#define COLUMN_SUMS(FIRST, SECOND, THEN)                                                       \
  for (size_t from = 0; from < cols; from += NORM_COLS) {                                      \
    size_t width = smaller(NORM_COLS, cols - from);                                            \
    double first[NORM_COLS], second[NORM_COLS];                                                \
    for (size_t j = 0; j < width; j++) first[j] = second[j] = 0;                               \
    for (size_t i0 = 0; i0 < rows; i0 += NORM_ROWS) {                                          \
      float part[NORM_COLS] = {0}, other[NORM_COLS] = {0};                                     \
      for (size_t i = i0; i < smaller(i0 + NORM_ROWS, rows); i++)                              \
        for (size_t j = 0; j < width; j++) {                                                   \
          size_t at = i * cols + from + j;                                                     \
          part[j] += FIRST;                                                                    \
          other[j] += SECOND;                                                                  \
        }                                                                                      \
      for (size_t j = 0; j < width; j++) first[j] += (double)part[j], second[j] += (double)other[j]; \
    }                                                                                          \
    for (size_t j = 0; j < width; j++) THEN;                                                   \
  }

// Distances are taken from the first row, so that a mean far from zero costs no digits.
static void moments(float *restrict mean, float *restrict variance, const float *restrict x, size_t rows, size_t cols) {
  double n = (double)rows;
  COLUMN_SUMS(x[at] - x[from + j], (x[at] - x[from + j]) * (x[at] - x[from + j]), {
    double distance = first[j] / n;
    mean[from + j] = rows > 0 ? (float)((double)x[from + j] + distance) : __builtin_nanf("");
    variance[from + j] = (float)(second[j] / n - distance * distance);
  })
}

// With x̂ = (x − mean)/σ: dβ = Σ dy, dγ = Σ dy·x̂, dx = γ/σ·(dy − (dβ + x̂·dγ)/n).
static void normalization_gradient(float *restrict dx, float *restrict dgamma, float *restrict dbeta, const float *restrict dy, const float *restrict x,
                                   const float *restrict mean, const float *restrict variance, const float *restrict gamma, float epsilon, size_t rows,
                                   size_t cols) {
  COLUMN_SUMS(dy[at], dy[at] * (x[at] - mean[from + j]), {
    dbeta[from + j] = (float)first[j];
    dgamma[from + j] = (float)second[j] / square_root(variance[from + j] + epsilon);
  })
  float n = (float)rows;
  for (size_t from = 0; from < cols; from += NORM_COLS) {
    size_t width = smaller(NORM_COLS, cols - from);
    float factor[NORM_COLS], slope[NORM_COLS];
    for (size_t j = 0; j < width; j++) {
      float scale = 1 / square_root(variance[from + j] + epsilon);
      factor[j] = (gamma ? gamma[from + j] : 1) * scale;
      slope[j] = dgamma[from + j] * scale / n;
    }
    for (size_t i = 0; i < rows; i++)
      for (size_t j = 0; j < width; j++) {
        size_t at = i * cols + from + j;
        dx[at] = factor[j] * (dy[at] - dbeta[from + j] / n - (x[at] - mean[from + j]) * slope[j]);
      }
  }
}

#endif

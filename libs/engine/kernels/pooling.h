// Windows in which every channel stays by itself: depthwise convolution and pooling.
#ifndef ENGRAM_POOLING_H
#define ENGRAM_POOLING_H
#include "functions.h"

#define EACH_WINDOW                                   \
  for (int32_t image = 0; image < w->batch; image++)  \
    for (int32_t oy = 0; oy < w->out_h; oy++)         \
      for (int32_t ox = 0; ox < w->out_w; ox++)

// The pixels of one window that lie inside the picture.
typedef struct {
  int32_t top, bottom, left, right;
} view;
static int32_t first_inside(int32_t corner, int32_t dilation) { return corner >= 0 ? 0 : (-corner + dilation - 1) / dilation; }
static int32_t end_inside(int32_t corner, int32_t dilation, int32_t filter, int32_t size) {
  int32_t end = corner >= size ? 0 : (size - corner + dilation - 1) / dilation;
  return end < filter ? end : filter;
}
static view view_of(const window *w, int32_t oy, int32_t ox) {
  int32_t y = oy * w->stride_h - w->pad_top, x = ox * w->stride_w - w->pad_left;
  return (view){first_inside(y, w->dilation_h), end_inside(y, w->dilation_h, w->filter_h, w->in_h), first_inside(x, w->dilation_w),
                end_inside(x, w->dilation_w, w->filter_w, w->in_w)};
}
#define EACH_PIXEL(VIEW)                                          \
  for (int32_t ky = (VIEW).top; ky < (VIEW).bottom; ky++)         \
    for (int32_t kx = (VIEW).left; kx < (VIEW).right; kx++)

// Where the channels of a window, of a pixel of it, and of that pixel's filter begin.
static size_t output_at(const window *w, int32_t image, int32_t oy, int32_t ox) {
  return ((size_t)(image * w->out_h + oy) * (size_t)w->out_w + (size_t)ox) * (size_t)w->out_c;
}
static size_t input_at(const window *w, int32_t image, int32_t oy, int32_t ox, int32_t ky, int32_t kx) {
  int32_t y = oy * w->stride_h + ky * w->dilation_h - w->pad_top, x = ox * w->stride_w + kx * w->dilation_w - w->pad_left;
  return ((size_t)(image * w->in_h + y) * (size_t)w->in_w + (size_t)x) * (size_t)w->in_c;
}
static size_t filter_at(const window *w, int32_t ky, int32_t kx) { return (size_t)(ky * w->filter_w + kx) * (size_t)w->out_c; }

static size_t in_size(const window *w) { return (size_t)w->batch * (size_t)w->in_h * (size_t)w->in_w * (size_t)w->in_c; }
static size_t out_size(const window *w) { return (size_t)w->batch * (size_t)w->out_h * (size_t)w->out_w * (size_t)w->out_c; }

// For each input channel c and each of the `per` output channels o that it feeds. One is the common case, and vector code.
#define EACH_CHANNEL(STATEMENT)                               \
  if (per == 1)                                               \
    for (size_t c = 0; c < channels; c++) {                   \
      size_t o = c;                                           \
      STATEMENT;                                              \
    }                                                         \
  else                                                        \
    for (size_t c = 0; c < channels; c++)                     \
      for (size_t o = c * per; o < (c + 1) * per; o++) STATEMENT

static void depthwise(float *out, const float *x, const float *filter, const window *w) {
  size_t channels = (size_t)w->in_c, per = (size_t)w->out_c / channels;
  __builtin_memset(out, 0, out_size(w) * sizeof(float));
  EACH_WINDOW {
    float *restrict sum = out + output_at(w, image, oy, ox);
    view seen = view_of(w, oy, ox);
    EACH_PIXEL(seen) {
      const float *restrict pixel = x + input_at(w, image, oy, ox, ky, kx), *restrict weight = filter + filter_at(w, ky, kx);
      EACH_CHANNEL(sum[o] += pixel[c] * weight[o]);
    }
  }
}

static void depthwise_input_gradient(float *dx, const float *dy, const float *filter, const window *w) {
  size_t channels = (size_t)w->in_c, per = (size_t)w->out_c / channels;
  __builtin_memset(dx, 0, in_size(w) * sizeof(float));
  EACH_WINDOW {
    const float *restrict given = dy + output_at(w, image, oy, ox);
    view seen = view_of(w, oy, ox);
    EACH_PIXEL(seen) {
      float *restrict sum = dx + input_at(w, image, oy, ox, ky, kx);
      const float *restrict weight = filter + filter_at(w, ky, kx);
      EACH_CHANNEL(sum[c] += given[o] * weight[o]);
    }
  }
}

static void depthwise_filter_gradient(float *dfilter, const float *x, const float *dy, const window *w) {
  size_t channels = (size_t)w->in_c, per = (size_t)w->out_c / channels;
  __builtin_memset(dfilter, 0, (size_t)w->filter_h * (size_t)w->filter_w * (size_t)w->out_c * sizeof(float));
  EACH_WINDOW {
    const float *restrict given = dy + output_at(w, image, oy, ox);
    view seen = view_of(w, oy, ox);
    EACH_PIXEL(seen) {
      float *restrict sum = dfilter + filter_at(w, ky, kx);
      const float *restrict pixel = x + input_at(w, image, oy, ox, ky, kx);
      EACH_CHANNEL(sum[o] += given[o] * pixel[c]);
    }
  }
}

static void largest_of_windows(float *out, const float *x, const window *w) {
  size_t channels = (size_t)w->in_c;
  EACH_WINDOW {
    float *restrict largest = out + output_at(w, image, oy, ox);
    for (size_t c = 0; c < channels; c++) largest[c] = -__builtin_inff();
    view seen = view_of(w, oy, ox);
    EACH_PIXEL(seen) {
      const float *restrict pixel = x + input_at(w, image, oy, ox, ky, kx);
      for (size_t c = 0; c < channels; c++) largest[c] = pixel[c] > largest[c] ? pixel[c] : largest[c];
    }
  }
}

static float pixels_in(view seen) { return (float)((seen.bottom - seen.top) * (seen.right - seen.left)); }

static void means_of_windows(float *out, const float *x, const window *w) {
  size_t channels = (size_t)w->in_c;
  EACH_WINDOW {
    float *restrict sum = out + output_at(w, image, oy, ox);
    for (size_t c = 0; c < channels; c++) sum[c] = 0;
    view seen = view_of(w, oy, ox);
    EACH_PIXEL(seen) {
      const float *restrict pixel = x + input_at(w, image, oy, ox, ky, kx);
      for (size_t c = 0; c < channels; c++) sum[c] += pixel[c];
    }
    for (size_t c = 0; c < channels; c++) sum[c] /= pixels_in(seen);
  }
}

static void pool(char operation, float *out, const float *x, const window *w) {
  (operation == '>' ? largest_of_windows : means_of_windows)(out, x, w);
}

static void gradient_of_means(float *dx, const float *dy, const window *w) {
  size_t channels = (size_t)w->in_c;
  EACH_WINDOW {
    const float *restrict given = dy + output_at(w, image, oy, ox);
    view seen = view_of(w, oy, ox);
    float share = 1 / pixels_in(seen);
    EACH_PIXEL(seen) {
      float *restrict sum = dx + input_at(w, image, oy, ox, ky, kx);
      for (size_t c = 0; c < channels; c++) sum[c] += given[c] * share;
    }
  }
}

static void gradient_of_largest(float *dx, const float *dy, const float *x, const window *w) {
  // some channels at a time, so that what was found stays on the stack
  enum { WIDTH = 64 };
  for (size_t from = 0; from < (size_t)w->in_c; from += WIDTH) {
    size_t channels = smaller(WIDTH, (size_t)w->in_c - from);
    EACH_WINDOW {
      float largest[WIDTH];
      int32_t place[WIDTH];
      for (size_t c = 0; c < channels; c++) largest[c] = -__builtin_inff(), place[c] = -1;
      view seen = view_of(w, oy, ox);
      EACH_PIXEL(seen) {
        const float *restrict pixel = x + input_at(w, image, oy, ox, ky, kx) + from;
        for (size_t c = 0; c < channels; c++) {
          place[c] = pixel[c] > largest[c] ? ky * w->filter_w + kx : place[c];
          largest[c] = pixel[c] > largest[c] ? pixel[c] : largest[c];
        }
      }
      const float *given = dy + output_at(w, image, oy, ox) + from;
      for (size_t c = 0; c < channels; c++)
        if (place[c] >= 0) dx[input_at(w, image, oy, ox, place[c] / w->filter_w, place[c] % w->filter_w) + from + c] += given[c];
    }
  }
}

static void pool_gradient(char operation, float *dx, const float *dy, const float *x, const window *w) {
  __builtin_memset(dx, 0, in_size(w) * sizeof(float));
  if (operation == '>') gradient_of_largest(dx, dy, x, w);
  else gradient_of_means(dx, dy, w);
}

#endif

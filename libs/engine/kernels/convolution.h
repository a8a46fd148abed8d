// Convolutions of pictures [batch, height, width, channels] with filters [height, width, in, out], as products whose left
// factor is never written down: the micro-kernel walks through the padded picture itself.
#ifndef ENGRAM_CONVOLUTION_H
#define ENGRAM_CONVOLUTION_H
#include "product.h"
#include "tables.h"

// A group of padded pictures, or of the depth of a sum over pixels, that stays in the L2 cache.
enum { GROUP_FLOATS = 48 * 1024, GROUP_PIXELS = 512 };

// Pictures as the micro-kernel walks through them: `row` and `picture` are the distances between lines and pictures, `top`
// and `left` the zeros in front.
typedef struct {
  ptrdiff_t top, left, height, width, row, picture;
} frame;

static size_t at_least_one(size_t n) { return n > 0 ? n : 1; }
static ptrdiff_t larger_of(ptrdiff_t a, ptrdiff_t b) { return a > b ? a : b; }
static ptrdiff_t floor_div(ptrdiff_t a, ptrdiff_t b) { return a >= 0 ? a / b : -((b - 1 - a) / b); }

static frame frame_of(ptrdiff_t top, ptrdiff_t left, ptrdiff_t height, ptrdiff_t width, ptrdiff_t channels) {
  return (frame){top, left, height, width, width * channels, height * width * channels};
}
// What windows see of the input.
static frame input_frame(const window *w) {
  ptrdiff_t height = (ptrdiff_t)(w->out_h - 1) * w->stride_h + (ptrdiff_t)(w->filter_h - 1) * w->dilation_h + 1;
  ptrdiff_t width = (ptrdiff_t)(w->out_w - 1) * w->stride_w + (ptrdiff_t)(w->filter_w - 1) * w->dilation_w + 1;
  return frame_of(w->pad_top, w->pad_left, height, width, w->in_c);
}
// What the gradient of the input sees of the output's: places before the first and after the last window count as zeros.
static frame output_frame(const window *w) {
  ptrdiff_t first_h = floor_div(w->pad_top - (ptrdiff_t)(w->filter_h - 1) * w->dilation_h, w->stride_h);
  ptrdiff_t first_w = floor_div(w->pad_left - (ptrdiff_t)(w->filter_w - 1) * w->dilation_w, w->stride_w);
  ptrdiff_t top = larger_of(0, -first_h), left = larger_of(0, -first_w);
  ptrdiff_t last_h = larger_of(w->out_h - 1, (w->in_h - 1 + w->pad_top) / w->stride_h);
  ptrdiff_t last_w = larger_of(w->out_w - 1, (w->in_w - 1 + w->pad_left) / w->stride_w);
  return frame_of(top, left, top + last_h + 1, left + last_w + 1, w->out_c);
}

// Pictures [height, width, channels] with zeros around, or cut off, as the frame says.
static void put_into_frame(float *restrict to, const frame *f, const float *restrict from, ptrdiff_t height, ptrdiff_t width, ptrdiff_t channels,
                           size_t pictures) {
  ptrdiff_t have = larger_of(0, (width < f->width - f->left ? width : f->width - f->left)) * channels;
  for (size_t g = 0; g < pictures; g++, to += f->picture, from += height * width * channels)
    for (ptrdiff_t y = 0; y < f->height; y++) {
      float *line = to + y * f->row;
      ptrdiff_t source = y - f->top;
      if (source < 0 || source >= height || have == 0) {
        __builtin_memset(line, 0, (size_t)f->row * sizeof(float));
        continue;
      }
      __builtin_memset(line, 0, (size_t)(f->left * channels) * sizeof(float));
      __builtin_memcpy(line + f->left * channels, from + source * width * channels, (size_t)have * sizeof(float));
      __builtin_memset(line + f->left * channels + have, 0, (size_t)(f->row - f->left * channels - have) * sizeof(float));
    }
}

static size_t group_of(size_t floats) { return at_least_one(GROUP_FLOATS / at_least_one(floats)); }
// For the sum over pixels.
static size_t pixel_group(const window *w) { return at_least_one(GROUP_PIXELS / at_least_one((size_t)w->out_h * (size_t)w->out_w)); }
static size_t taps_of(const window *w) { return (size_t)w->filter_h * (size_t)w->filter_w; }

// Room for one array of offsets, one group of pictures and one packed factor: enough for each of the three products.
static size_t convolution_floats(const window *w) {
  frame in = input_frame(w), out = output_frame(w);
  size_t sum_group = smaller(pixel_group(w), (size_t)w->batch);
  size_t pixels = sum_group * (size_t)w->out_h * (size_t)w->out_w;
  size_t offsets = (taps_of(w) + sum_group * (size_t)w->out_h) * sizeof(ptrdiff_t) / sizeof(float);
  size_t pictures = larger_of((ptrdiff_t)(larger_of((ptrdiff_t)group_of((size_t)in.picture), (ptrdiff_t)sum_group) * in.picture),
                              (ptrdiff_t)group_of((size_t)out.picture) * out.picture);
  size_t filters = taps_of(w) * (size_t)larger_of((ptrdiff_t)((size_t)w->in_c * round_up((size_t)w->out_c, LANES)),
                                                  (ptrdiff_t)((size_t)w->out_c * round_up((size_t)w->in_c, LANES)));
  size_t gradients = pixels * round_up((size_t)w->out_c, LANES);
  return offsets + 2 * LANES + pictures + (filters > gradients ? filters : gradients);
}

typedef struct {
  ptrdiff_t *offsets;
  float *pictures, *packed;
} workplace;
static workplace divide(float *scratch, size_t offsets, size_t pictures) {
  size_t first = round_up(offsets * sizeof(ptrdiff_t) / sizeof(float), LANES);
  return (workplace){(ptrdiff_t *)(void *)scratch, scratch + first, scratch + first + round_up(pictures, LANES)};
}

// A product for each pixel of a grid in each of `pictures`: row (g, y, x) of the left factor begins at
// from + g·picture + y·row + x·column, its result at to + g·to_picture + y·to_row + x·to_column.
typedef struct {
  size_t pictures, height, width;
  ptrdiff_t picture, row, column, to_picture, to_row, to_column;
} grid;
static void grid_product(const grid *g, const depth_path *path, const float *from, const float *packed, float *to, size_t n) {
  size_t depth = path->runs * path->length, total = g->pictures * g->height * g->width;
  for (size_t j = 0; j < n; j += TILE_COLS) {
    size_t x = 0, y = 0, p = 0;
    for (size_t i = 0; i < total; i += TILE_ROWS) {
      const float *row[TILE_ROWS];
      float *c[TILE_ROWS];
      size_t rows = smaller(TILE_ROWS, total - i);
      for (size_t r = 0; r < TILE_ROWS; r++) {
        if (r >= rows) {
          row[r] = row[0];
          c[r] = c[0];
          continue;
        }
        row[r] = from + (ptrdiff_t)p * g->picture + (ptrdiff_t)y * g->row + (ptrdiff_t)x * g->column;
        c[r] = to + (ptrdiff_t)p * g->to_picture + (ptrdiff_t)y * g->to_row + (ptrdiff_t)x * g->to_column + j;
        if (++x == g->width) {
          x = 0;
          if (++y == g->height) y = 0, p++;
        }
      }
      tile(path, row, packed + j * depth, c, rows, smaller(TILE_COLS, n - j), 0);
    }
  }
}

// out = act(x ∗ filter + bias). bias may be NULL.
static void convolution(float *out, const float *x, const float *filter, const float *bias, int relu, const window *w, float *scratch) {
  frame f = input_frame(w);
  size_t in_c = (size_t)w->in_c, out_c = (size_t)w->out_c, pixels = (size_t)w->out_h * (size_t)w->out_w;
  size_t group = smaller(group_of((size_t)f.picture), (size_t)w->batch), taps = taps_of(w);
  workplace place = divide(scratch, taps, group * (size_t)f.picture);
  // neighbours in a line of the picture are one run, unless the filter leaves gaps
  int close = w->dilation_w == 1;
  size_t runs = close ? (size_t)w->filter_h : taps, length = close ? (size_t)w->filter_w * in_c : in_c;
  for (size_t r = 0; r < runs; r++) {
    size_t ky = close ? r : r / (size_t)w->filter_w, kx = close ? 0 : r % (size_t)w->filter_w;
    place.offsets[r] = (ptrdiff_t)ky * w->dilation_h * f.row + (ptrdiff_t)kx * w->dilation_w * w->in_c;
  }
  depth_path path = {place.offsets, runs, length, 1};
  size_t depth = taps * in_c;
  for (size_t j = 0; j < out_c; j += TILE_COLS) {
    size_t cols = smaller(TILE_COLS, out_c - j);
    pack(place.packed + j * depth, filter + j, 1, out_c, cols, depth, strip_width(cols));
  }
  for (size_t first = 0; first < (size_t)w->batch; first += group) {
    size_t count = smaller(group, (size_t)w->batch - first);
    put_into_frame(place.pictures, &f, x + first * (size_t)w->in_h * (size_t)w->in_w * in_c, w->in_h, w->in_w, w->in_c, count);
    grid g = {count,  (size_t)w->out_h, (size_t)w->out_w, f.picture, f.row * w->stride_h, (ptrdiff_t)w->stride_w * w->in_c, (ptrdiff_t)(pixels * out_c),
              (ptrdiff_t)w->out_w * w->out_c, w->out_c};
    float *to = out + first * pixels * out_c;
    grid_product(&g, &path, place.pictures, place.packed, to, out_c);
    for (size_t i = 0; bias && i < count * pixels; i++, to += out_c) {
      if (relu)
        for (size_t j = 0; j < out_c; j++) to[j] = rectified(to[j] + bias[j]);
      else
        for (size_t j = 0; j < out_c; j++) to[j] += bias[j];
    }
  }
}

// dx. Input pixels whose distance to the windows' corners leaves the same remainder by the stride see the same taps of the
// filter: taps whose own distance leaves that remainder. Each such phase is a product of its own.
typedef struct {
  ptrdiff_t first, step;  // pixel t of the phase is input pixel first + step·t
  ptrdiff_t window;       // the window at whose corner the first one lies
  size_t count, taps;
} phase;
static phase phase_of(int32_t remainder, int32_t stride, int32_t pad, int32_t size, int32_t filter, int32_t dilation) {
  ptrdiff_t window = floor_div(pad - remainder + stride - 1, stride), first = window * stride + remainder - pad;
  size_t taps = 0;
  for (int32_t k = 0; k < filter; k++) taps += (k * dilation - remainder) % stride == 0;
  return (phase){first, stride, window, first < size ? (size_t)((size - first + stride - 1) / stride) : 0, taps};
}
static phase phase_down(const window *w, int32_t remainder) {
  return phase_of(remainder, w->stride_h, w->pad_top, w->in_h, w->filter_h, w->dilation_h);
}
static phase phase_right(const window *w, int32_t remainder) {
  return phase_of(remainder, w->stride_w, w->pad_left, w->in_w, w->filter_w, w->dilation_w);
}

// The filters of one phase, packed, and where their taps look; gives the number of taps.
static size_t pack_phase(const window *w, const frame *f, int32_t remainder_y, int32_t remainder_x, const float *filter, ptrdiff_t *offsets,
                         float *packed) {
  size_t in_c = (size_t)w->in_c, out_c = (size_t)w->out_c, tap = 0;
  size_t taps = phase_down(w, remainder_y).taps * phase_right(w, remainder_x).taps;
  for (int32_t ky = 0; ky < w->filter_h; ky++)
    for (int32_t kx = 0; kx < w->filter_w; kx++) {
      int32_t down = ky * w->dilation_h - remainder_y, right = kx * w->dilation_w - remainder_x;
      if (down % w->stride_h != 0 || right % w->stride_w != 0) continue;
      offsets[tap] = -(down / w->stride_h * f->row + right / w->stride_w * (ptrdiff_t)out_c);
      const float *seen = filter + (size_t)(ky * w->filter_w + kx) * in_c * out_c;
      for (size_t j = 0; j < in_c; j += TILE_COLS) {
        size_t cols = smaller(TILE_COLS, in_c - j), width = strip_width(cols);
        pack(packed + j * taps * out_c + tap * out_c * width, seen + j * out_c, out_c, 1, cols, out_c, width);
      }
      tap++;
    }
  return taps;
}

static void convolution_input_gradient(float *dx, const float *dy, const float *filter, const window *w, float *scratch) {
  frame f = output_frame(w);
  size_t in_c = (size_t)w->in_c, out_c = (size_t)w->out_c;
  size_t in_picture = (size_t)w->in_h * (size_t)w->in_w * in_c, out_picture = (size_t)w->out_h * (size_t)w->out_w * out_c;
  size_t group = smaller(group_of((size_t)f.picture), (size_t)w->batch);
  workplace place = divide(scratch, taps_of(w), group * (size_t)f.picture);
  for (size_t first = 0; first < (size_t)w->batch; first += group) {
    size_t count = smaller(group, (size_t)w->batch - first);
    put_into_frame(place.pictures, &f, dy + first * out_picture, w->out_h, w->out_w, w->out_c, count);
    ptrdiff_t *offsets = place.offsets;
    float *packed = place.packed;
    for (int32_t y = 0; y < w->stride_h; y++)
      for (int32_t x = 0; x < w->stride_w; x++) {
        phase down = phase_down(w, y), right = phase_right(w, x);
        size_t taps = first == 0 ? pack_phase(w, &f, y, x, filter, offsets, packed) : down.taps * right.taps;
        depth_path path = {offsets, taps, out_c, 1};
        grid g = {count, down.count, right.count, f.picture, f.row, (ptrdiff_t)out_c, (ptrdiff_t)in_picture, down.step * w->in_w * w->in_c, right.step * w->in_c};
        if (down.count > 0 && right.count > 0)
          grid_product(&g, &path, place.pictures + (down.window + f.top) * f.row + (right.window + f.left) * (ptrdiff_t)out_c, packed,
                       dx + first * in_picture + ((size_t)down.first * (size_t)w->in_w + (size_t)right.first) * in_c, in_c);
        offsets += taps;
        packed += taps * out_c * round_up(in_c, LANES);
      }
  }
}

// dfilter: for each tap and input channel a sum over all pixels of the output, a group of pictures at a time.
static void convolution_filter_gradient(float *dfilter, const float *x, const float *dy, const window *w, float *scratch) {
  frame f = input_frame(w);
  size_t in_c = (size_t)w->in_c, out_c = (size_t)w->out_c, pixels = (size_t)w->out_h * (size_t)w->out_w;
  size_t group = smaller(pixel_group(w), (size_t)w->batch), m = taps_of(w) * in_c;
  __builtin_memset(dfilter, 0, m * out_c * sizeof(float));
  workplace place = divide(scratch, group * (size_t)w->out_h, group * (size_t)f.picture);
  for (size_t r = 0; r < group * (size_t)w->out_h; r++)
    place.offsets[r] = (ptrdiff_t)(r / (size_t)w->out_h) * f.picture + (ptrdiff_t)(r % (size_t)w->out_h) * w->stride_h * f.row;
  for (size_t first = 0; first < (size_t)w->batch; first += group) {
    size_t count = smaller(group, (size_t)w->batch - first), depth = count * pixels;
    put_into_frame(place.pictures, &f, x + first * (size_t)w->in_h * (size_t)w->in_w * in_c, w->in_h, w->in_w, w->in_c, count);
    depth_path path = {place.offsets, count * (size_t)w->out_h, (size_t)w->out_w, (size_t)w->stride_w * in_c};
    for (size_t j = 0; j < out_c; j += TILE_COLS) {
      size_t cols = smaller(TILE_COLS, out_c - j);
      pack(place.packed, dy + first * pixels * out_c + j, 1, out_c, cols, depth, strip_width(cols));
      for (size_t i = 0; i < m; i += TILE_ROWS) {
        const float *row[TILE_ROWS];
        float *c[TILE_ROWS];
        size_t rows = smaller(TILE_ROWS, m - i);
        for (size_t r = 0; r < TILE_ROWS; r++) {
          size_t tap = (r < rows ? i + r : i) / in_c, channel = (r < rows ? i + r : i) % in_c;
          ptrdiff_t ky = (ptrdiff_t)(tap / (size_t)w->filter_w), kx = (ptrdiff_t)(tap % (size_t)w->filter_w);
          row[r] = place.pictures + ky * w->dilation_h * f.row + kx * w->dilation_w * w->in_c + channel;
          c[r] = dfilter + (r < rows ? i + r : i) * out_c + j;
        }
        tile(&path, row, place.packed, c, rows, cols, 1);
      }
    }
  }
}

#endif

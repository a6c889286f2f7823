/* SPDX-License-Identifier: Apache-2.0
 * OpenCV 4's warp, for every depth and layout: imgproc/src/imgwarp.cpp, remapBilinear.
 *
 * Each output sample is a mean of the four samples about its place, p00 p01 above and p10 p11 below, weighed by 32nds. Samples
 * off the photograph are the value outside; a place all of whose samples are off is that value itself. */
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/maps.h"
#include "crop/warp_pixels.h"
#include "crop/warp_places.h"

/* How four products are added up: rounded one by one; each but the first with the sum of those before, not rounded; or as a
 * compiler that takes two channels at once does it. */
typedef enum sums { SUMS_PLAIN, SUMS_FUSED, SUMS_PAIRED } sums;

/* One channel of the photograph, and its value outside. */
typedef struct plane {
    const unsigned char *data;
    size_t row_step, col_step;
    int rows, cols;
    double outside;
    sums inside, across; /* where all four samples are there, and where some are off */
} plane;

static bool on_plane(const plane *p, int row, int col)
{
    return (unsigned)row < (unsigned)p->rows && (unsigned)col < (unsigned)p->cols;
}

/* All four samples are there. */
static bool inside(const plane *p, int row, int col)
{
    return row >= 0 && row < p->rows - 1 && col >= 0 && col < p->cols - 1;
}

static bool all_off(const plane *p, int row, int col)
{
    return row >= p->rows || row < -1 || col >= p->cols || col < -1;
}

static const unsigned char *sample_at(const plane *p, int row, int col)
{
    return p->data + (size_t)row * p->row_step + (size_t)col * p->col_step;
}

/* ------------------------------------------------------------------------------------------------------------ the blends */

/* 8U: exact whole numbers, then rounded half up. The weights sum to 1024. */
static unsigned char blend8u(const unsigned char p[4], int right, int below, sums how)
{
    (void)how; /* whole numbers */
    int above = p[0] * (32 - right) + p[1] * right, under = p[2] * (32 - right) + p[3] * right;
    return (unsigned char)((above * (32 - below) + under * below + 512) >> 10);
}

/* OpenCV's table of weights: floats, and exact, since they are multiples of 1/1024. */
#define WEIGH(type, fma)                                                                                                       \
  const float x = (float)right / 32, y = (float)below / 32;                                                                    \
  const type w0 = (type)((1 - x) * (1 - y)), w1 = (type)(x * (1 - y)), w2 = (type)((1 - x) * y), w3 = (type)(x * y);           \
  const type a = (type)p[0], b = (type)p[1], c = (type)p[2], d = (type)p[3];                                                   \
  const type sum = how == SUMS_PLAIN ? a * w0 + b * w1 + c * w2 + d * w3 : fma(d, w3, fma(c, w2, fma(a, w0, b * w1)));

/* cv::saturate_cast of a float to 16 bits: rounded half to even. There is nothing to cut, for weights sum to 1, and what is
 * rounded on the way is less than half of a unit. */
static uint16_t blend16u(const uint16_t p[4], int right, int below, sums how)
{
    WEIGH(float, fmaf)
    return (uint16_t)rintf(sum);
}

static int16_t blend16s(const int16_t p[4], int right, int below, sums how)
{
    WEIGH(float, fmaf)
    return (int16_t)rintf(sum);
}

static float blend32f(const float p[4], int right, int below, sums how)
{
    WEIGH(float, fmaf)
    return sum;
}

/* Doubles alone are added up two channels at once. */
static double blend64f(const double p[4], int right, int below, sums how)
{
    WEIGH(double, fma)
    return how == SUMS_PAIRED ? fma(d, w3, fma(a, w0, b * w1) + c * w2) : sum;
}

/* -------------------------------------------------------------------------------------------------------- one row of a map */

/* The row of one channel at `places`; `from`..`end` of them. */
#define ROW(name, type, blend)                                                                                                 \
  static void name(const plane *p, const cvh_places *at, int from, int end, unsigned char *to, size_t step)                    \
  {                                                                                                                            \
    const type outside = (type)p->outside;                                                                                     \
    for (int i = from; i < end; i++) {                                                                                         \
      const int row = at->row[i], col = at->col[i];                                                                            \
      type four[4] = {outside, outside, outside, outside}, *out = (type *)(void *)(to + (size_t)i * step);                     \
      sums how = p->across;                                                                                                    \
      if (inside(p, row, col)) {                                                                                               \
        const unsigned char *sample = sample_at(p, row, col);                                                                  \
        how = p->inside;                                                                                                       \
        four[0] = *(const type *)(const void *)sample;                                                                         \
        four[1] = *(const type *)(const void *)(sample + p->col_step);                                                         \
        four[2] = *(const type *)(const void *)(sample + p->row_step);                                                         \
        four[3] = *(const type *)(const void *)(sample + p->row_step + p->col_step);                                           \
      } else if (all_off(p, row, col)) {                                                                                       \
        *out = outside;                                                                                                        \
        continue;                                                                                                              \
      } else {                                                                                                                 \
        for (int k = 0; k < 4; k++)                                                                                            \
          if (on_plane(p, row + k / 2, col + k % 2))                                                                           \
            four[k] = *(const type *)(const void *)sample_at(p, row + k / 2, col + k % 2);                                     \
      }                                                                                                                        \
      *out = blend(four, at->right[i], at->below[i], how);                                                                     \
    }                                                                                                                          \
  }

ROW(row8u, unsigned char, blend8u)
ROW(row16u, uint16_t, blend16u)
ROW(row16s, int16_t, blend16s)
ROW(row32f, float, blend32f)
ROW(row64f, double, blend64f)

typedef void (*row_fn)(const plane *, const cvh_places *, int, int, unsigned char *, size_t);

static row_fn row_of(cvh_depth depth)
{
    switch (depth) {
    case CVH_16U: return row16u;
    case CVH_16S: return row16s;
    case CVH_32F: return row32f;
    case CVH_64F: return row64f;
    case CVH_8U:
    case CVH_8S:
    case CVH_16F: break; /* the last two are not taken */
    }
    return row8u;
}

static plane plane_of(const cvh_warp_job *job, const cvh_warp_kind *kind, int map)
{
    const cvh_maps *photo = &job->photo;
    const bool paired = kind->paired && cvh_warp_has_pairs(photo) && map < 2;
    const sums across = kind->fused ? SUMS_FUSED : SUMS_PLAIN;
    return (plane){.data = cvh_row_at(photo, map, 0),
                   .row_step = photo->row_step,
                   .col_step = photo->col_step,
                   .rows = photo->rows,
                   .cols = photo->cols,
                   .outside = job->outside,
                   .inside = paired ? SUMS_PAIRED : across,
                   .across = across};
}

bool cvh_warp_has_pairs(const cvh_maps *photo)
{
    return photo->depth == CVH_64F && (photo->count == 2 || photo->count == 3);
}

/* ------------------------------------------------------------------------------------------------------------------ tiles */

/* Places from..end of a row of the input, in every channel. */
static void warp_run(const cvh_warp_job *job, const cvh_warp_kind *kind, const cvh_places *places, int y, int from, int end)
{
    row_fn row = row_of(job->input.depth);
    for (int map = 0; map < job->input.count; map++) {
        plane p = plane_of(job, kind, map);
        row(&p, places, from, end, cvh_sample_at(&job->input, map, y, places->first), job->input.col_step);
    }
}

void cvh_warp_fixed(const cvh_warp_job *job, const cvh_warp_kind *kind)
{
    cvh_places places;
    cvh_pixels pixels;
    bool quick = cvh_pixels_take(job);
    for (int first = 0; first < job->input.cols; first += CVH_WARP_TILE) {
        int left = job->input.cols - first;
        pixels.started = false;
        cvh_places_start(&places, &job->to_photo, kind->wraps, first, left < CVH_WARP_TILE ? left : CVH_WARP_TILE);
        for (int y = 0; y < job->input.rows; y++) {
            cvh_places_row(&places, &job->to_photo, y);
            cvh_span run = {0, 0};
            if (quick) run = cvh_pixels_row(&pixels, job, &places, y);
            warp_run(job, kind, &places, y, 0, run.from);
            warp_run(job, kind, &places, y, run.end, places.count);
        }
    }
}

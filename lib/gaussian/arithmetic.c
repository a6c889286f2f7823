/* SPDX-License-Identifier: Apache-2.0
 * Small pictures of full mantissas are blurred by OpenCV, and summed here in each of the known ways; one of them must give
 * OpenCV's bits. */
#include "gaussian/arithmetic.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/status.h"
#include "gaussian/filter.h"
#include "gaussian/kernel.h"

int cvh_fused_along_row(cvh_sums sums, int ksize, int cols)
{
    if (sums == CVH_SUMS_FUSED_VECTORS) return cols - cols % (ksize <= 5 ? 2 : 8);
    return sums == CVH_SUMS_FUSED ? cols : 0;
}

int cvh_fused_along_column(cvh_sums sums, int ksize, int cols)
{
    if (sums == CVH_SUMS_FUSED_VECTORS) return ksize <= 3 ? cols : cols - cols % 8;
    return sums == CVH_SUMS_FUSED ? cols : 0;
}

void cvh_align_columns(int *lo, int *hi, int cols)
{
    enum { STEP = 16 };
    int end = (*hi + STEP - 1) / STEP * STEP;
    *lo -= *lo % STEP;
    *hi = end < cols ? end : cols;
}

/* --------------------------------------------------------------------------------------------------------- a small picture */

/* Two vectors of eight floats and a tail of seven. */
enum { ROWS = 7, COLS = 23, MOST_RADIUS = 3 };

typedef double plane[ROWS][COLS]; /* of either depth: a float is a double too */

typedef struct picture {
    cvh_depth depth;
    int radius_x, radius_y;
    double taps_x[MOST_RADIUS + 1], taps_y[MOST_RADIUS + 1]; /* from the centre on */
    plane pixels, blurred;                                   /* as given to OpenCV, and as it left them */
} picture;

/* What is asked about: the general loops, and those for 3 and 5 taps, which 32F alone has. */
typedef struct question {
    cvh_depth depth;
    int ksize_x, ksize_y;
} question;

static const question questions[] = {{CVH_32F, 7, 5}, {CVH_32F, 5, 3}, {CVH_64F, 7, 5}};

/* The values do not matter, as long as their mantissas are full, for which a generator of random numbers is enough. */
static void fill(picture *p)
{
    uint32_t state = 1;
    for (int y = 0; y < ROWS; y++)
        for (int x = 0; x < COLS; x++) {
            state = state * UINT32_C(1664525) + UINT32_C(1013904223);
            double value = (state >> 8) / 3.0;
            p->pixels[y][x] = p->depth == CVH_32F ? (double)(float)value : value;
        }
}

static void take_taps(picture *p, int ksize, double *taps)
{
    cvh_kernel kernel = cvh_kernel_of(ksize, 1.5);
    for (int k = 0; k <= ksize / 2; k++) {
        double tap = cvh_kernel_tap(&kernel, k);
        taps[k] = p->depth == CVH_32F ? (double)(float)tap : tap;
    }
}

/* Not by cvh_filter, since cvh_opencv_arithmetic fails without an error. */
static cvh_shim_result blur(picture *p, const question *asked, char *message)
{
    union {
        float f[ROWS * COLS];
        double d[ROWS * COLS];
    } samples;
    cvh_maps view = cvh_maps_view(&samples, 1, ROWS, COLS, p->depth);
    cvh_shim_image image = cvh_filter_scratch(&view, &samples);
    cvh_shim_blur how = {.width = COLS,
                         .height = ROWS,
                         .ksize_x = asked->ksize_x,
                         .ksize_y = asked->ksize_y,
                         .sigma_x = 1.5,
                         .sigma_y = 1.5,
                         .border = cvh_filter_border(CVH_BORDER_CONSTANT)};
    for (int i = 0; i < ROWS * COLS; i++)
        if (p->depth == CVH_32F)
            samples.f[i] = (float)p->pixels[i / COLS][i % COLS];
        else
            samples.d[i] = p->pixels[i / COLS][i % COLS];
    cvh_shim_result result = cvh_shim_gaussian_blur(&image, &image, &how, message, CVH_FILTER_MESSAGE);
    for (int i = 0; i < ROWS * COLS; i++)
        p->blurred[i / COLS][i % COLS] = p->depth == CVH_32F ? (double)samples.f[i] : samples.d[i];
    return result;
}

static cvh_shim_result make_picture(picture *p, const question *asked, char *message)
{
    *p = (picture){.depth = asked->depth, .radius_x = asked->ksize_x / 2, .radius_y = asked->ksize_y / 2};
    fill(p);
    take_taps(p, asked->ksize_x, p->taps_x);
    take_taps(p, asked->ksize_y, p->taps_y);
    return blur(p, asked, message);
}

/* ------------------------------------------------------------------------------------------------------- the same, by hand */

/* a b + c in the picture's depth. */
static double multiply_add(const picture *p, bool fused, double a, double b, double c)
{
    if (p->depth == CVH_64F) return fused ? fma(a, b, c) : a * b + c;
    float x = (float)a, y = (float)b, z = (float)c;
    return (double)(fused ? fmaf(x, y, z) : x * y + z);
}

static double pair(const picture *p, double a, double b)
{
    return p->depth == CVH_32F ? (double)((float)a + (float)b) : a + b;
}

/* Beyond its edges the picture is 0. */
static double at(plane from, int y, int x)
{
    return y >= 0 && y < ROWS && x >= 0 && x < COLS ? from[y][x] : 0;
}

/* 5 floats: S[-1] + S[1] first, then S[0]; but the last column of an odd width starts from S[0]. */
static double small_row(picture *p, bool fused, int y, int x)
{
    const double *k = p->taps_x, centre = at(p->pixels, y, x);
    double one = pair(p, at(p->pixels, y, x - 1), at(p->pixels, y, x + 1));
    double two = pair(p, at(p->pixels, y, x - 2), at(p->pixels, y, x + 2));
    double sum = cvh_starts_at_centre(x, COLS) ? multiply_add(p, fused, one, k[1], multiply_add(p, false, centre, k[0], 0))
                                               : multiply_add(p, fused, centre, k[0], multiply_add(p, false, one, k[1], 0));
    return multiply_add(p, fused, two, k[2], sum);
}

static double row_sum(picture *p, cvh_sums sums, int y, int x)
{
    bool fused = x < cvh_fused_along_row(sums, 2 * p->radius_x + 1, COLS);
    if (p->depth == CVH_32F && p->radius_x == 2) return small_row(p, fused, y, x);
    double sum = 0;
    for (int k = -p->radius_x; k <= p->radius_x; k++)
        sum = multiply_add(p, fused, at(p->pixels, y, x + k), p->taps_x[k < 0 ? -k : k], sum);
    return sum;
}

static double column_sum(picture *p, cvh_sums sums, plane rows, int y, int x)
{
    bool fused = x < cvh_fused_along_column(sums, 2 * p->radius_y + 1, COLS);
    double sum = multiply_add(p, false, at(rows, y, x), p->taps_y[0], 0);
    for (int k = 1; k <= p->radius_y; k++)
        sum = multiply_add(p, fused, pair(p, at(rows, y + k, x), at(rows, y - k, x)), p->taps_y[k], sum);
    return sum;
}

static bool sums_so(picture *p, cvh_sums sums)
{
    plane rows;
    for (int y = 0; y < ROWS; y++)
        for (int x = 0; x < COLS; x++) rows[y][x] = row_sum(p, sums, y, x);
    for (int y = 0; y < ROWS; y++)
        for (int x = 0; x < COLS; x++)
            if (column_sum(p, sums, rows, y, x) != p->blurred[y][x]) return false;
    return true;
}

/* ------------------------------------------------------------------------------------------------------------------- asking */

/* The kind that fits all pictures of a depth, or UNKNOWN. `message` holds CVH_FILTER_MESSAGE bytes. */
static cvh_shim_result find_sums(cvh_depth depth, cvh_sums *sums, char *message)
{
    *sums = CVH_SUMS_UNKNOWN;
    bool fits[CVH_SUMS_UNKNOWN] = {true, true, depth == CVH_32F}; /* 64F has no vector loops */
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        picture p;
        if (questions[i].depth != depth) continue;
        cvh_shim_result result = make_picture(&p, &questions[i], message);
        if (result) return result;
        for (int kind = 0; kind < CVH_SUMS_UNKNOWN; kind++) fits[kind] = fits[kind] && sums_so(&p, (cvh_sums)kind);
    }
    int kind = 0;
    while (kind < CVH_SUMS_UNKNOWN && !fits[kind]) kind++;
    *sums = (cvh_sums)kind;
    return CVH_SHIM_OK;
}

cvh_status cvh_sums_ask(cvh_depth depth, cvh_sums *sums)
{
    char message[CVH_FILTER_MESSAGE] = "";
    cvh_shim_result result = find_sums(depth, sums, message);
    if (result) return cvh_filter_outcome(result, message);
    if (*sums != CVH_SUMS_UNKNOWN) return CVH_OK;
    return cvh_fail(CVH_ERR_OPENCV,
                    "convention: arithmetic is CVH_ARITHMETIC_OPENCV, but the installed OpenCV %s adds up in none of the known "
                    "ways; CVH_ARITHMETIC_PORTABLE does not depend on it",
                    cvh_opencv_version());
}

const char *cvh_opencv_arithmetic(void)
{
    static const char *const texts[][CVH_SUMS_UNKNOWN + 1] = {
        {"32F plain; 64F plain", "32F plain; 64F fused", NULL, "32F plain; 64F unknown"},
        {"32F fused; 64F plain", "32F fused; 64F fused", NULL, "32F fused; 64F unknown"},
        {"32F fused, its tails plain; 64F plain", "32F fused, its tails plain; 64F fused", NULL,
         "32F fused, its tails plain; 64F unknown"},
        {"32F unknown; 64F plain", "32F unknown; 64F fused", NULL, "unknown"},
    };
    char ignored[CVH_FILTER_MESSAGE];
    cvh_sums floats, doubles;
    cvh_shim_result by_floats = find_sums(CVH_32F, &floats, ignored), by_doubles = find_sums(CVH_64F, &doubles, ignored);
    if (by_floats == CVH_SHIM_ABSENT) return "built without OpenCV";
    if (by_floats == CVH_SHIM_MEMORY || by_doubles == CVH_SHIM_MEMORY) return "unknown: out of memory";
    return texts[floats][doubles];
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "crop/warp_pixels.h"

#include <string.h>

#include "base/maps.h"

#if defined(__SSE2__)
#  include <emmintrin.h>
#endif

enum { CHANNELS = 3, LANES = 4 };

bool cvh_pixels_take(const cvh_warp_job *job)
{
    const cvh_maps *photo = &job->photo;
    return photo->depth == CVH_8U && photo->count == CHANNELS && photo->map_step == 1 && photo->col_step == CHANNELS;
}

/* ---------------------------------------------------------------------------------------------------------------- the run */

/* A pixel whose right and lower neighbours, and two bytes beyond them, are the photograph's own row. */
static bool is_quick(const cvh_maps *photo, const cvh_places *at, int i)
{
    return at->col[i] >= 0 && at->col[i] < photo->cols - 2 && at->row[i] >= 0 && at->row[i] < photo->rows - 1;
}

/* Coordinates in order are inside from some place to another. */
static cvh_span quick_run(const cvh_maps *photo, const cvh_places *at)
{
    cvh_span run = {0, at->count};
    if (!at->ordered) return (cvh_span){0, 0};
    while (run.from < run.end && !is_quick(photo, at, run.from)) run.from++;
    while (run.end > run.from && !is_quick(photo, at, run.end - 1)) run.end--;
    return run;
}

/* Where a run's pixels go. */
typedef struct target {
    unsigned char *to[CHANNELS];
    size_t step;
} target;

static target target_of(const cvh_maps *input, int y, int first)
{
    target t = {.step = input->col_step};
    for (int c = 0; c < CHANNELS; c++) t.to[c] = cvh_sample_at(input, c, y, first);
    return t;
}

/* ---------------------------------------------------------------------------------------------------------- any direction */

/* The weights of p00, p01 (upper) and p10, p11 (lower), which sum to 1024. */
static void weigh(const int16_t *restrict right, const int16_t *restrict below, int count, uint16_t *restrict upper,
                  uint16_t *restrict lower)
{
    for (int i = 0; i < count; i++) {
        uint16_t x = (uint16_t)right[i], y = (uint16_t)below[i];
        upper[2 * i] = (uint16_t)((32 - x) * (32 - y));
        upper[2 * i + 1] = (uint16_t)(x * (32 - y));
        lower[2 * i] = (uint16_t)((32 - x) * y);
        lower[2 * i + 1] = (uint16_t)(x * y);
    }
}

#if defined(__SSE2__)

/* Four pixels, each the low three of four 32-bit sums: rounded, as bytes b g r x. */
static inline __m128i finished(const __m128i sum[LANES])
{
    const __m128i half = _mm_set1_epi32(512);
    __m128i a =
        _mm_packs_epi32(_mm_srli_epi32(_mm_add_epi32(sum[0], half), 10), _mm_srli_epi32(_mm_add_epi32(sum[1], half), 10));
    __m128i b =
        _mm_packs_epi32(_mm_srli_epi32(_mm_add_epi32(sum[2], half), 10), _mm_srli_epi32(_mm_add_epi32(sum[3], half), 10));
    return _mm_packus_epi16(a, b);
}

static inline uint32_t word_of(__m128i v)
{
    return (uint32_t)_mm_cvtsi128_si32(v);
}

static inline void put_word(unsigned char *to, uint32_t word)
{
    memcpy(to, &word, sizeof word);
}

/* Into planes, pixels, or any other layout. */
static inline void put(const target *t, int i, __m128i pixels)
{
    if (t->step == 1) {
        __m128i pairs = _mm_unpacklo_epi8(pixels, _mm_srli_si128(pixels, 8));
        __m128i planes = _mm_unpacklo_epi8(pairs, _mm_srli_si128(pairs, 8));
        put_word(t->to[0] + i, word_of(planes));
        put_word(t->to[1] + i, word_of(_mm_srli_si128(planes, 4)));
        put_word(t->to[2] + i, word_of(_mm_srli_si128(planes, 8)));
        return;
    }
    uint32_t p[LANES];
    memcpy(p, &pixels, sizeof p);
    if (t->step == CHANNELS && t->to[1] == t->to[0] + 1 && t->to[2] == t->to[0] + 2) {
        unsigned char *to = t->to[0] + (size_t)i * CHANNELS;
        put_word(to, (p[0] & 0xFFFFFF) | p[1] << 24);
        put_word(to + 4, (p[1] >> 8 & 0xFFFF) | p[2] << 16);
        put_word(to + 8, (p[2] >> 16 & 0xFF) | p[3] << 8);
        return;
    }
    for (int k = 0; k < LANES; k++)
        for (int c = 0; c < CHANNELS; c++) t->to[c][(size_t)(i + k) * t->step] = (unsigned char)(p[k] >> 8 * c);
}

/* Eight bytes, of which the first six are two pixels, as pairs b0 b1 g0 g1 r0 r1 x x of 16 bits. */
static inline __m128i pairs_at(const unsigned char *pixel)
{
    int32_t one, other;
    memcpy(&one, pixel, sizeof one);
    memcpy(&other, pixel + CHANNELS, sizeof other);
    return _mm_unpacklo_epi8(_mm_unpacklo_epi8(_mm_cvtsi32_si128(one), _mm_cvtsi32_si128(other)), _mm_setzero_si128());
}

static inline __m128i weights_at(const uint16_t *pair)
{
    int32_t both;
    memcpy(&both, pair, sizeof both);
    return _mm_set1_epi32(both);
}

static inline void four_pixels(const cvh_pixels *pixels, const cvh_maps *photo, const cvh_places *at, int i, const target *t)
{
    __m128i sum[LANES];
    for (int k = 0; k < LANES; k++) {
        const unsigned char *p =
            (const unsigned char *)photo->data + (size_t)at->row[i + k] * photo->row_step + (size_t)at->col[i + k] * CHANNELS;
        __m128i upper = _mm_madd_epi16(pairs_at(p), weights_at(pixels->upper + 2 * (i + k)));
        __m128i lower = _mm_madd_epi16(pairs_at(p + photo->row_step), weights_at(pixels->lower + 2 * (i + k)));
        sum[k] = _mm_add_epi32(upper, lower);
    }
    put(t, i, finished(sum));
}

/* The last four overlap those before: they are written twice, the same. */
static void any_run(const cvh_pixels *pixels, const cvh_maps *photo, const cvh_places *at, cvh_span run, const target *t)
{
    int i = run.from;
    for (; i + LANES <= run.end; i += LANES) four_pixels(pixels, photo, at, i, t);
    if (i < run.end) four_pixels(pixels, photo, at, run.end - LANES, t);
}

#else

static void any_run(const cvh_pixels *pixels, const cvh_maps *photo, const cvh_places *at, cvh_span run, const target *t)
{
    for (int i = run.from; i < run.end; i++) {
        const unsigned char *p =
            (const unsigned char *)photo->data + (size_t)at->row[i] * photo->row_step + (size_t)at->col[i] * CHANNELS;
        const unsigned char *q = p + photo->row_step;
        const uint16_t *u = pixels->upper + 2 * i, *l = pixels->lower + 2 * i;
        for (int c = 0; c < CHANNELS; c++) {
            int sum = p[c] * u[0] + p[c + CHANNELS] * u[1] + q[c] * l[0] + q[c + CHANNELS] * l[1];
            t->to[c][(size_t)i * t->step] = (unsigned char)((sum + 512) >> 10);
        }
    }
}

#endif

/* ---------------------------------------------------------------------------------------------------------- straight rows */

/* Without a rotation a row of the input lies between two rows of the photograph: they are mixed first, and once. */
static void mix(const unsigned char *restrict above, const unsigned char *restrict under, int count, int below,
                uint16_t *restrict mixed)
{
    const uint16_t y = (uint16_t)below, rest = (uint16_t)(32 - below);
    for (int k = 0; k < count; k++) mixed[k] = (uint16_t)(above[k] * rest + under[k] * y);
}

#if defined(__SSE2__)

static inline __m128i mixed_sum(const uint16_t *mixed, int right)
{
    __m128i pixel = _mm_loadu_si128((const __m128i *)(const void *)mixed);
    __m128i pairs = _mm_unpacklo_epi16(pixel, _mm_srli_si128(pixel, 2 * CHANNELS));
    return _mm_madd_epi16(pairs, _mm_set1_epi32((32 - right) | right << 16));
}

static inline void four_mixed(const uint16_t *mixed, int first_col, const cvh_places *at, int i, const target *t)
{
    __m128i sum[LANES];
    for (int k = 0; k < LANES; k++)
        sum[k] = mixed_sum(mixed + (size_t)(at->col[i + k] - first_col) * CHANNELS, at->right[i + k]);
    put(t, i, finished(sum));
}

static void mixed_run(const uint16_t *mixed, int first_col, const cvh_places *at, cvh_span run, const target *t)
{
    int i = run.from;
    for (; i + LANES <= run.end; i += LANES) four_mixed(mixed, first_col, at, i, t);
    if (i < run.end) four_mixed(mixed, first_col, at, run.end - LANES, t);
}

#else

static void mixed_run(const uint16_t *mixed, int first_col, const cvh_places *at, cvh_span run, const target *t)
{
    for (int i = run.from; i < run.end; i++) {
        const uint16_t *pixel = mixed + (size_t)(at->col[i] - first_col) * CHANNELS;
        for (int c = 0; c < CHANNELS; c++) {
            int sum = pixel[c] * (32 - at->right[i]) + pixel[c + CHANNELS] * at->right[i];
            t->to[c][(size_t)i * t->step] = (unsigned char)((sum + 512) >> 10);
        }
    }
}

#endif

/* True where it was done: the run's columns are few enough to be mixed. */
static bool straight_run(cvh_pixels *pixels, const cvh_warp_job *job, const cvh_places *at, cvh_span run, const target *t)
{
    const cvh_maps *photo = &job->photo;
    int a = at->col[run.from], b = at->col[run.end - 1], first = a < b ? a : b, last = a < b ? b : a;
    int count = (last + 2 - first) * CHANNELS;
    if (count > CVH_PIXELS_MIXED) return false;
    const unsigned char *above =
        (const unsigned char *)photo->data + (size_t)at->row[run.from] * photo->row_step + (size_t)first * CHANNELS;
    mix(above, above + photo->row_step, count, at->below[run.from], pixels->mixed);
    mixed_run(pixels->mixed, first, at, run, t);
    return true;
}

cvh_span cvh_pixels_row(cvh_pixels *pixels, const cvh_warp_job *job, const cvh_places *places, int y)
{
    cvh_span run = quick_run(&job->photo, places);
    if (run.end - run.from < LANES) return (cvh_span){0, 0};
    target t = target_of(&job->input, y, places->first);
    bool straight = job->to_photo.xy == 0 && job->to_photo.yx == 0;
    if (straight && straight_run(pixels, job, places, run, &t)) return run;
    weigh(places->right, places->below, places->count, pixels->upper, pixels->lower);
    any_run(pixels, &job->photo, places, run, &t);
    return run;
}

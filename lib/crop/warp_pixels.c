/* SPDX-License-Identifier: Apache-2.0
 * Sums of products of whole numbers, which are exact in any order: the bits are warp_fixed.c's. Two ways:
 *
 *   any direction   each pixel is the sum of four weighed samples
 *   straight        without a turn a row of the input lies between two rows of the photograph, which are mixed once; each pixel
 *                   is then the sum of two of that mixture
 *
 * With SSE2 four pixels are worked on at a time; without it the same is written as plain loops. */
#include "crop/warp_pixels.h"

#include <string.h>

#include "base/maps.h"

#if defined(__SSE2__)
#  include <emmintrin.h>
#endif

enum { COLOURS = 3, LANES = 4 };

static bool is_colour(const cvh_maps *photo)
{
    return photo->count == COLOURS && photo->map_step == 1 && photo->col_step == COLOURS;
}

bool cvh_pixels_take(const cvh_warp_job *job)
{
    return job->photo.depth == CVH_8U && (is_colour(&job->photo) || job->photo.col_step == 1);
}

/* ---------------------------------------------------------------------------------------------------------------- the run */

/* A pixel whose right and lower neighbours are there; of a colour pixel the byte beyond its neighbour is read too. */
static bool is_quick(const cvh_maps *photo, const cvh_places *at, int i)
{
    int reach = photo->col_step == 1 ? 1 : 2;
    return at->col[i] >= 0 && at->col[i] < photo->cols - reach && at->row[i] >= 0 && at->row[i] < photo->rows - 1;
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

/* The row of one plane or of three colours: where it is read, and where its pixels go. */
typedef struct line {
    const cvh_places *at;
    const unsigned char *photo;
    size_t row_step;
    unsigned char *to[COLOURS];
    size_t step;
} line;

static line line_of(const cvh_warp_job *job, const cvh_places *at, int y, int map, int channels)
{
    line l = {.at = at, .photo = cvh_row_at(&job->photo, map, 0), .row_step = job->photo.row_step, .step = job->input.col_step};
    for (int c = 0; c < channels; c++) l.to[c] = cvh_sample_at(&job->input, map + c, y, at->first);
    return l;
}

/* ---------------------------------------------------------------------------------------------------------------- weights */

static void weigh(const cvh_places *at, cvh_pixels *pixels)
{
    const int16_t *restrict right = at->right, *restrict below = at->below;
    uint16_t *restrict upper = pixels->upper, *restrict lower = pixels->lower;
    for (int i = 0; i < at->count; i++) {
        uint16_t x = (uint16_t)right[i], y = (uint16_t)below[i];
        upper[2 * i] = (uint16_t)((32 - x) * (32 - y));
        upper[2 * i + 1] = (uint16_t)(x * (32 - y));
        lower[2 * i] = (uint16_t)((32 - x) * y);
        lower[2 * i + 1] = (uint16_t)(x * y);
    }
}

static void weigh_across(const cvh_places *at, cvh_pixels *pixels)
{
    for (int i = 0; i < at->count; i++)
        for (int k = 0; k < LANES; k++) {
            pixels->across[8 * i + 2 * k] = (uint16_t)(32 - at->right[i]);
            pixels->across[8 * i + 2 * k + 1] = (uint16_t)at->right[i];
        }
}

/* The mean of two rows, in 32nds. */
static void mix(const unsigned char *restrict above, const unsigned char *restrict under, int count, int below,
                uint16_t *restrict mixed)
{
    const uint16_t y = (uint16_t)below, rest = (uint16_t)(32 - below);
    for (int k = 0; k < count; k++) mixed[k] = (uint16_t)(above[k] * rest + under[k] * y);
}

static const unsigned char *pixel_at(const line *l, int i, int channels)
{
    return l->photo + (size_t)l->at->row[i] * l->row_step + (size_t)l->at->col[i] * (size_t)channels;
}

/* ------------------------------------------------------------------------------------------------------------ four pixels */

#if defined(__SSE2__)

static inline __m128i rounded(__m128i sum)
{
    return _mm_srli_epi32(_mm_add_epi32(sum, _mm_set1_epi32(512)), 10);
}

/* Four pixels, each the low three of four 32-bit sums, as bytes b g r x. */
static inline __m128i packed(const __m128i sum[LANES])
{
    __m128i a = _mm_packs_epi32(rounded(sum[0]), rounded(sum[1])), b = _mm_packs_epi32(rounded(sum[2]), rounded(sum[3]));
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

static inline int32_t word_at(const void *from)
{
    int32_t word;
    memcpy(&word, from, sizeof word);
    return word;
}

static inline __m128i load(const uint16_t *from)
{
    return _mm_loadu_si128((const __m128i *)(const void *)from);
}

/* Into planes, pixels, or any other layout. */
static inline void put_colours(const line *l, int i, __m128i pixels)
{
    if (l->step == 1) {
        __m128i pairs = _mm_unpacklo_epi8(pixels, _mm_srli_si128(pixels, 8));
        __m128i planes = _mm_unpacklo_epi8(pairs, _mm_srli_si128(pairs, 8));
        put_word(l->to[0] + i, word_of(planes));
        put_word(l->to[1] + i, word_of(_mm_srli_si128(planes, 4)));
        put_word(l->to[2] + i, word_of(_mm_srli_si128(planes, 8)));
        return;
    }
    uint32_t p[LANES];
    memcpy(p, &pixels, sizeof p);
    if (l->step == COLOURS && l->to[1] == l->to[0] + 1) {
        unsigned char *to = l->to[0] + (size_t)i * COLOURS;
        put_word(to, (p[0] & 0xFFFFFF) | p[1] << 24);
        put_word(to + 4, (p[1] >> 8 & 0xFFFF) | p[2] << 16);
        put_word(to + 8, (p[2] >> 16 & 0xFF) | p[3] << 8);
        return;
    }
    for (int k = 0; k < LANES; k++)
        for (int c = 0; c < COLOURS; c++) l->to[c][(size_t)(i + k) * l->step] = (unsigned char)(p[k] >> 8 * c);
}

static inline void put_greys(const line *l, int i, __m128i sums)
{
    __m128i words = _mm_packs_epi32(rounded(sums), _mm_setzero_si128());
    uint32_t four = word_of(_mm_packus_epi16(words, words));
    if (l->step == 1) {
        put_word(l->to[0] + i, four);
        return;
    }
    for (int k = 0; k < LANES; k++) l->to[0][(size_t)(i + k) * l->step] = (unsigned char)(four >> 8 * k);
}

/* Seven bytes, of which the first six are two pixels, as pairs b0 b1 g0 g1 r0 r1 x x of 16 bits. */
static inline __m128i colour_pairs(const unsigned char *pixel)
{
    __m128i one = _mm_cvtsi32_si128(word_at(pixel)), other = _mm_cvtsi32_si128(word_at(pixel + COLOURS));
    return _mm_unpacklo_epi8(_mm_unpacklo_epi8(one, other), _mm_setzero_si128());
}

static inline void four_colours(const cvh_pixels *pixels, const line *l, int i)
{
    __m128i sum[LANES];
    for (int k = 0; k < LANES; k++) {
        const unsigned char *p = pixel_at(l, i + k, COLOURS);
        __m128i upper = _mm_set1_epi32(word_at(pixels->upper + 2 * (i + k)));
        __m128i lower = _mm_set1_epi32(word_at(pixels->lower + 2 * (i + k)));
        sum[k] = _mm_add_epi32(_mm_madd_epi16(colour_pairs(p), upper), _mm_madd_epi16(colour_pairs(p + l->row_step), lower));
    }
    put_colours(l, i, packed(sum));
}

static inline int16_t pair_at(const unsigned char *pixel)
{
    int16_t pair;
    memcpy(&pair, pixel, sizeof pair);
    return pair;
}

/* Two bytes side by side of each of four pixels, as pairs of 16 bits. */
static inline __m128i grey_pairs(const unsigned char *const pixel[LANES], size_t beyond)
{
    __m128i pairs = _mm_cvtsi32_si128(pair_at(pixel[0] + beyond));
    pairs = _mm_insert_epi16(pairs, pair_at(pixel[1] + beyond), 1);
    pairs = _mm_insert_epi16(pairs, pair_at(pixel[2] + beyond), 2);
    pairs = _mm_insert_epi16(pairs, pair_at(pixel[3] + beyond), 3);
    return _mm_unpacklo_epi8(pairs, _mm_setzero_si128());
}

static inline void four_greys(const cvh_pixels *pixels, const line *l, int i)
{
    const unsigned char *pixel[LANES];
    for (int k = 0; k < LANES; k++) pixel[k] = pixel_at(l, i + k, 1);
    __m128i upper = _mm_madd_epi16(grey_pairs(pixel, 0), load(pixels->upper + 2 * i));
    __m128i lower = _mm_madd_epi16(grey_pairs(pixel, l->row_step), load(pixels->lower + 2 * i));
    put_greys(l, i, _mm_add_epi32(upper, lower));
}

/* The mixture begins at the photograph's column `first`. */
static inline void four_mixed_colours(const cvh_pixels *pixels, int first, const line *l, int i)
{
    __m128i sum[LANES];
    for (int k = 0; k < LANES; k++) {
        __m128i pixel = load(pixels->mixed + (size_t)(l->at->col[i + k] - first) * COLOURS);
        __m128i pairs = _mm_unpacklo_epi16(pixel, _mm_srli_si128(pixel, 2 * COLOURS));
        sum[k] = _mm_madd_epi16(pairs, load(pixels->across + 8 * (i + k)));
    }
    put_colours(l, i, packed(sum));
}

static inline void four_mixed_greys(const cvh_pixels *pixels, int first, const line *l, int i)
{
    __m128i pair[LANES];
    for (int k = 0; k < LANES; k++) {
        __m128i samples = _mm_cvtsi32_si128(word_at(pixels->mixed + (l->at->col[i + k] - first)));
        pair[k] = _mm_madd_epi16(samples, load(pixels->across + 8 * (i + k)));
    }
    put_greys(l, i, _mm_unpacklo_epi64(_mm_unpacklo_epi32(pair[0], pair[1]), _mm_unpacklo_epi32(pair[2], pair[3])));
}

#else

static void put(const line *l, int c, int i, int sum)
{
    l->to[c][(size_t)i * l->step] = (unsigned char)((sum + 512) >> 10);
}

static inline void four_of(const cvh_pixels *pixels, const line *l, int i, int channels)
{
    for (int k = i; k < i + LANES; k++) {
        const unsigned char *p = pixel_at(l, k, channels), *q = p + l->row_step;
        const uint16_t *u = pixels->upper + 2 * k, *w = pixels->lower + 2 * k;
        for (int c = 0; c < channels; c++)
            put(l, c, k, p[c] * u[0] + p[c + channels] * u[1] + q[c] * w[0] + q[c + channels] * w[1]);
    }
}

static inline void four_mixed_of(const cvh_pixels *pixels, int first, const line *l, int i, int channels)
{
    for (int k = i; k < i + LANES; k++) {
        const uint16_t *m = pixels->mixed + (size_t)(l->at->col[k] - first) * (size_t)channels, *w = pixels->across + 8 * k;
        for (int c = 0; c < channels; c++) put(l, c, k, m[c] * w[0] + m[c + channels] * w[1]);
    }
}

static inline void four_colours(const cvh_pixels *pixels, const line *l, int i)
{
    four_of(pixels, l, i, COLOURS);
}

static inline void four_greys(const cvh_pixels *pixels, const line *l, int i)
{
    four_of(pixels, l, i, 1);
}

static inline void four_mixed_colours(const cvh_pixels *pixels, int first, const line *l, int i)
{
    four_mixed_of(pixels, first, l, i, COLOURS);
}

static inline void four_mixed_greys(const cvh_pixels *pixels, int first, const line *l, int i)
{
    four_mixed_of(pixels, first, l, i, 1);
}

#endif

/* ------------------------------------------------------------------------------------------------------------------- rows */

typedef enum way { ANY_COLOURS, ANY_GREYS, STRAIGHT_COLOURS, STRAIGHT_GREYS } way;

static inline void four(way kind, const cvh_pixels *pixels, int first, const line *l, int i)
{
    switch (kind) {
    case ANY_COLOURS: four_colours(pixels, l, i); return;
    case ANY_GREYS: four_greys(pixels, l, i); return;
    case STRAIGHT_COLOURS: four_mixed_colours(pixels, first, l, i); return;
    case STRAIGHT_GREYS: break;
    }
    four_mixed_greys(pixels, first, l, i);
}

/* Inlined with a literal kind. The last four of a run overlap those before: they are written twice, the same. */
static inline void run_as(way kind, const cvh_pixels *pixels, int first, const line *l, cvh_span run)
{
    int i = run.from;
    for (; i + LANES <= run.end; i += LANES) four(kind, pixels, first, l, i);
    if (i < run.end) four(kind, pixels, first, l, run.end - LANES);
}

static void any_run(const cvh_pixels *pixels, const line *l, cvh_span run, int channels)
{
    if (channels == COLOURS)
        run_as(ANY_COLOURS, pixels, 0, l, run);
    else
        run_as(ANY_GREYS, pixels, 0, l, run);
}

/* `first`: the photograph's column where the mixture begins; `count`: its samples. Two samples behind it are loaded with the
 * last colour pixel; what comes of them is dropped, but memcheck takes the half of a vector that they are in for one value. */
static void straight_run(cvh_pixels *pixels, const line *l, cvh_span run, int channels, int first, int count)
{
    const unsigned char *above = l->photo + (size_t)l->at->row[run.from] * l->row_step + (size_t)first * (size_t)channels;
    mix(above, above + l->row_step, count, l->at->below[run.from], pixels->mixed);
    pixels->mixed[count] = pixels->mixed[count + 1] = 0;
    if (channels == COLOURS)
        run_as(STRAIGHT_COLOURS, pixels, first, l, run);
    else
        run_as(STRAIGHT_GREYS, pixels, first, l, run);
}

cvh_span cvh_pixels_row(cvh_pixels *pixels, const cvh_warp_job *job, const cvh_places *at, int y)
{
    cvh_span run = quick_run(&job->photo, at);
    if (run.end - run.from < LANES) return (cvh_span){0, 0};
    int channels = is_colour(&job->photo) ? COLOURS : 1;
    int a = at->col[run.from], b = at->col[run.end - 1], first = a < b ? a : b, last = a < b ? b : a;
    int count = (last + 2 - first) * channels;
    bool straight = job->to_photo.xy == 0 && job->to_photo.yx == 0 && count <= CVH_PIXELS_MIXED;
    if (!straight) weigh(at, pixels);
    if (straight && !pixels->started) weigh_across(at, pixels);
    pixels->started = straight;
    for (int map = 0; map < job->input.count; map += channels) {
        line l = line_of(job, at, y, map, channels);
        if (straight)
            straight_run(pixels, &l, run, channels, first, count);
        else
            any_run(pixels, &l, run, channels);
    }
    return run;
}

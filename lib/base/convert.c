/* SPDX-License-Identifier: Apache-2.0
 * Maps of one depth, layout and scale as those of another. */
#include "base/half.h"
#include "base/maps.h"
#include "base/overlap.h"
#include "base/samples.h"
#include "base/status.h"
#include "base/transpose.h"

/* One dimension of both views. */
typedef struct axis {
    size_t count, from_step, to_step;
} axis;

/* How a run of samples becomes another: four ways, the quickest that the two views allow. */
typedef struct conversion {
    cvh_coding from, to;
    size_t from_size, to_size;
    bool copies; /* samples are the same on both sides */
    bool floats; /* values are written, as floats */
    bool halves; /* floats that are values become halves that are */
} conversion;

enum { RUN = 512 };

static void convert_run(const conversion *c, const axis *run, const unsigned char *from, unsigned char *to)
{
    if (c->copies) {
        cvh_copy_run(from, run->from_step, c->from_size, run->count, to, run->to_step);
    } else if (c->floats && run->to_step == sizeof(float)) {
        cvh_depth_rows[c->from.depth].loops->load_floats(from, run->from_step, run->count, c->from.scale, c->from.zero,
                                                         (float *)(void *)to);
    } else {
        double values[RUN];
        bool dense = run->from_step == c->from_size && run->to_step == c->to_size;
        size_t done =
            c->halves && dense ? cvh_halves_of_f16c((const float *)(const void *)from, run->count, (uint16_t *)(void *)to) : 0;
        for (size_t i = done; i < run->count; i += RUN) {
            size_t part = run->count - i < RUN ? run->count - i : RUN;
            cvh_load_run(&c->from, from + i * run->from_step, run->from_step, part, values);
            cvh_store_run(&c->to, values, to + i * run->to_step, run->to_step, part);
        }
    }
}

static void swap(axis *a, axis *b)
{
    axis kept = *a;
    *a = *b;
    *b = kept;
}

/* Puts first the dimension that runs go along. Where another dimension is innermost in the source than in the target, as in
 * HWC to CHW, one side is read or written with steps: runs go along the dimension whose steps on that side are the smaller. */
static void choose_run(axis axes[3])
{
    int read = 0, written = 0;
    for (int i = 1; i < 3; i++) {
        if (axes[i].from_step < axes[read].from_step) read = i;
        if (axes[i].to_step < axes[written].to_step) written = i;
    }
    swap(&axes[0], &axes[axes[written].from_step <= axes[read].to_step ? written : read]);
    if (axes[1].to_step > axes[2].to_step) swap(&axes[1], &axes[2]);
}

/* Dimensions that follow one another without a gap on both sides are one. */
static void join(axis axes[3])
{
    for (int i = 1; i < 3; i++)
        if (axes[0].count * axes[0].from_step == axes[i].from_step && axes[0].count * axes[0].to_step == axes[i].to_step) {
            axes[0].count *= axes[i].count;
            axes[i].count = 1;
        }
}

/* Samples of 4 bytes that are innermost in `run` on one side and in `next` on the other. */
static bool transposes(const conversion *c, const axis *run, const axis *next)
{
    return c->copies && c->from_size == sizeof(uint32_t)
           && ((next->from_step == c->from_size && run->to_step == c->to_size)
               || (run->from_step == c->from_size && next->to_step == c->to_size));
}

static void transpose(const axis *run, const axis *next, const unsigned char *from, unsigned char *to)
{
    const axis *row = next->from_step == sizeof(uint32_t) ? run : next, *col = row == run ? next : run;
    cvh_transpose_words(from, row->from_step, to, col->to_step, row->count, col->count);
}

/* Runs are cut where the two sides are innermost in different dimensions: so that the lines of memory that one run touches and
 * uses in part are still near when the next run uses the rest of them. */
static void convert_tile(const conversion *c, const axis *run, const axis *next, const unsigned char *from, unsigned char *to)
{
    enum { TILE = 64 };
    if (next->count > 1 && transposes(c, run, next)) {
        transpose(run, next, from, to);
        return;
    }
    bool dense = run->from_step == c->from_size && run->to_step == c->to_size;
    size_t length = dense ? run->count : TILE;
    for (size_t i = 0; i < run->count; i += length) {
        axis part = *run;
        part.count = run->count - i < length ? run->count - i : length;
        for (size_t j = 0; j < next->count; j++)
            convert_run(c, &part, from + i * run->from_step + j * next->from_step, to + i * run->to_step + j * next->to_step);
    }
}

/* Dimensions of length 1 are outermost, whatever their steps. */
static axis axis_of(int count, size_t from_step, size_t to_step)
{
    return count > 1 ? (axis){(size_t)count, from_step, to_step} : (axis){1, SIZE_MAX / 2, SIZE_MAX / 2};
}

static void convert(const cvh_maps *src, const cvh_maps *dst)
{
    conversion c = {
        cvh_maps_coding(src), cvh_maps_coding(dst), cvh_sample_size(src), cvh_sample_size(dst), false, false, false};
    c.copies = src->depth == dst->depth && src->scale == dst->scale && src->zero == dst->zero;
    if (c.copies && src->data == dst->data) return; /* the same view of the same values */
    c.floats = dst->depth == CVH_32F && cvh_coding_is_value(&c.to);
    c.halves = src->depth == CVH_32F && dst->depth == CVH_16F && cvh_coding_is_value(&c.from) && cvh_coding_is_value(&c.to);
    axis axes[3] = {axis_of(src->cols, src->col_step, dst->col_step), axis_of(src->rows, src->row_step, dst->row_step),
                    axis_of(src->count, src->map_step, dst->map_step)};
    choose_run(axes);
    join(axes);
    if (axes[1].count == 1) swap(&axes[1], &axes[2]);
    const unsigned char *from = src->data;
    unsigned char *to = dst->data;
    for (size_t k = 0; k < axes[2].count; k++)
        convert_tile(&c, &axes[0], &axes[1], from + k * axes[2].from_step, to + k * axes[2].to_step);
}

cvh_status cvh_convert(const cvh_maps *src, const cvh_maps *dst)
{
    cvh_maps from, to;
    if (cvh_maps_check("src", src, CVH_DEPTHS_ALL, &from) || cvh_maps_check("dst", dst, CVH_DEPTHS_ALL, &to))
        return CVH_ERR_ARGUMENT;
    if (from.count != to.count || from.rows != to.rows || from.cols != to.cols)
        return cvh_fail(CVH_ERR_ARGUMENT, "dst is %d maps of %dx%d; it must be as src, %d of %dx%d", to.count, to.rows, to.cols,
                        from.count, from.rows, from.cols);
    bool same = cvh_maps_same(&from, &to) && cvh_sample_size(&from) == cvh_sample_size(&to);
    if (!same && !cvh_maps_apart(&from, &to))
        return cvh_fail(CVH_ERR_ARGUMENT,
                        "dst overlaps src; it must be the same view, of samples of one size, or share no memory");
    convert(&from, &to);
    return CVH_OK;
}

/* SPDX-License-Identifier: Apache-2.0
 * OpenCV 5's warp of 1, 3 and 4 channels of 8U, 16U and 32F: imgproc/src/warp_kernels.simd.hpp, warpAffineLinearInvoker_*, and
 * warp_common.vector.hpp. Everything is float: the matrix, the coordinates, the fractions and the means.
 *
 * It works in blocks of `block` columns, whose x = M0 j + (M1 y + M2), and one by one on those left over at the end of a row,
 * whose x = (M0 j + M1 y) + M2. Where its code has fused multiply-add (x86 with AVX2, arm64), products are not rounded before
 * they are added, but M1 y is. */
#include <math.h>

#include "base/maps.h"
#include "crop/warp_job.h"

/* The photograph's coordinates of one column of the input. */
typedef struct place {
    float x, y;
} place;

static inline float sum(bool fused, float a, float b, float c)
{
    return fused ? fmaf(a, b, c) : a * b + c;
}

/* One axis: m0 j + m1 y + m2. */
static inline float along(const cvh_warp_kind *kind, bool in_block, const float m[3], int j, int y)
{
    float column = (float)j, row = (float)y;
    if (in_block) return sum(kind->fused, m[0], column, row * m[1] + m[2]);
    return sum(kind->fused, column, m[0], row * m[1]) + m[2];
}

static inline float mean(bool fused, const float p[4], place part)
{
    float above = sum(fused, part.x, p[1] - p[0], p[0]), below = sum(fused, part.x, p[3] - p[2], p[2]);
    return sum(fused, part.y, below - above, above);
}

/* cvFloor, where what does not fit an int is the least of them. */
static int whole_of(float at)
{
    float down = floorf(at);
    return down >= -2147483648.0F && down < 2147483648.0F ? (int)down : INT32_MIN;
}

static float load(const cvh_maps *photo, int map, int row, int col)
{
    const void *at = cvh_sample_at(photo, map, row, col);
    if (photo->depth == CVH_8U) return *(const unsigned char *)at;
    if (photo->depth == CVH_16U) return *(const uint16_t *)at;
    return *(const float *)at;
}

/* cv::saturate_cast has nothing to cut: what lies between samples is rounded to less than half a unit beyond them. */
static void store(const cvh_maps *input, int map, int row, int col, float value)
{
    void *at = cvh_sample_at(input, map, row, col);
    if (input->depth == CVH_8U)
        *(unsigned char *)at = (unsigned char)rintf(value);
    else if (input->depth == CVH_16U)
        *(uint16_t *)at = (uint16_t)rintf(value);
    else
        *(float *)at = value;
}

static float load_or_outside(const cvh_warp_job *job, int map, int row, int col)
{
    bool there = row >= 0 && row < job->photo.rows && col >= 0 && col < job->photo.cols;
    return there ? load(&job->photo, map, row, col) : (float)job->outside;
}

static void warp_pixel(const cvh_warp_job *job, bool fused, place at, int y, int j)
{
    int row = whole_of(at.y), col = whole_of(at.x);
    bool off = row < -1 || row >= job->photo.rows || col < -1 || col >= job->photo.cols;
    place part = {at.x - (float)col, at.y - (float)row};
    for (int map = 0; map < job->input.count; map++) {
        if (off) {
            store(&job->input, map, y, j, (float)job->outside);
            continue;
        }
        float four[4];
        for (int k = 0; k < 4; k++) four[k] = load_or_outside(job, map, row + k / 2, col + k % 2);
        store(&job->input, map, y, j, mean(fused, four, part));
    }
}

bool cvh_warp_has_float(const cvh_maps *photo)
{
    bool depth = photo->depth == CVH_8U || photo->depth == CVH_16U || photo->depth == CVH_32F;
    return depth && (photo->count == 1 || photo->count == 3 || photo->count == 4);
}

void cvh_warp_float(const cvh_warp_job *job, const cvh_warp_kind *kind)
{
    const cvh_affine *m = &job->to_photo;
    const float x[3] = {(float)m->xx, (float)m->xy, (float)m->x0}, y[3] = {(float)m->yx, (float)m->yy, (float)m->y0};
    int blocks = job->input.cols - job->input.cols % kind->block;
    for (int row = 0; row < job->input.rows; row++)
        for (int j = 0; j < job->input.cols; j++) {
            bool in_block = j < blocks;
            place at = {along(kind, in_block, x, j, row), along(kind, in_block, y, j, row)};
            warp_pixel(job, kind->fused, at, row, j);
        }
}

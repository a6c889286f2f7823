/* SPDX-License-Identifier: Apache-2.0
 * mmpose mmpose/codecs/utils/refinement.py, refine_simcc_dark, and post_processing.py, gaussian_blur1d: with L the logarithm of
 * the blurred vector, brought back to its maximum and clamped to 1e-3..50, and p the largest bin,
 *     at = p - d / h,   d = (L[p+1] - L[p-1]) / 2,   h = 1e-9 + (L[p+2] - 2 L[p] + L[p-2]) / 4
 * The blur sees zeros beyond the vector, the differences the first or last bin again. Any h will do, as published. */
#include "base/exact.h"
#include "decode/simcc_axis.h"
#include "gaussian/kernel.h"
#include "gaussian/logarithm.h"

enum { MOST_KSIZE = 127, BLOCK = 64 };
static const double LEAST = 1e-3, MOST = 50, RIDGE = 1e-9;
static const double FARTHEST = 1e9; /* a vector without curvature at its largest bin leads anywhere; no number beyond this */

/* (20 sigma - 7) / 3, odd: what makes OpenCV's own sigma of that size a little less than the label's. */
static int ksize_of(double sigma)
{
    int ksize = (int)floor((20 * sigma - 7) / 3);
    return ksize % 2 ? ksize : ksize - 1;
}

/* out[i] is blurred bin first + i, for a whole block; what lies beyond the vector is of no use. */
static void blur_block(const cvh_plane *vector, int first, const double *taps, int ksize, double out[BLOCK])
{
    double bins[BLOCK + MOST_KSIZE];
    int reach = ksize / 2;
    for (int i = 0; i < BLOCK + ksize - 1; i++) {
        int at = first - reach + i;
        bins[i] = at >= 0 && at < vector->cols ? cvh_plane_at(vector, 0, at) : 0;
    }
    for (int i = 0; i < BLOCK; i++) out[i] = 0;
    for (int k = 0; k < ksize; k++)
        for (int i = 0; i < BLOCK; i++) out[i] += taps[k] * bins[i + k];
}

/* The bins p-2..p+2 of the blurred vector, ends repeated, and its largest. */
typedef struct blurred_bins {
    double around[5], largest;
} blurred_bins;

static blurred_bins blur(const cvh_plane *vector, const double *taps, int ksize, int p)
{
    blurred_bins blurred = {{0}, -INFINITY};
    int last = vector->cols - 1;
    for (int first = 0; first <= last; first += BLOCK) {
        double block[BLOCK];
        blur_block(vector, first, taps, ksize, block);
        for (int i = 0; i < BLOCK && first + i <= last; i++)
            if (!(block[i] <= blurred.largest)) blurred.largest = block[i];
        for (int j = 0; j < 5; j++) {
            int at = p + j - 2;
            at = (at < 0 ? 0 : at > last ? last : at) - first;
            if (at >= 0 && at < BLOCK) blurred.around[j] = block[at];
        }
    }
    return blurred;
}

/* A vector whose blurred bins are all 0 has no factor, and one without curvature no step. */
CVH_DIVIDES_BY_ZERO cvh_found cvh_axis_dark(const cvh_plane *vector, double sigma, cvh_axis_reading *reading)
{
    int ksize = ksize_of(sigma), p = (int)reading->at;
    double taps[MOST_KSIZE], L[5];
    if (cvh_gaussian_kernel(ksize, 0, CVH_64F, taps)) /* GCOVR_EXCL_BR_LINE: sigma was checked */
        return CVH_FOUND_PIXEL_VALUE;                 /* GCOVR_EXCL_LINE: as above, it was checked */
    blurred_bins blurred = blur(vector, taps, ksize, p);
    double factor = cvh_plane_at(vector, 0, p) / blurred.largest;
    if (!isfinite(factor)) return CVH_FOUND_PIXEL_VALUE;
    for (int j = 0; j < 5; j++) {
        double bin = blurred.around[j] * factor;
        if (!isfinite(bin)) return CVH_FOUND_PIXEL_VALUE;
        L[j] = cvh_log(bin < LEAST ? LEAST : bin > MOST ? MOST : bin);
    }
    double d = (L[3] - L[1]) / 2, h = RIDGE + (L[4] - 2 * L[2] + L[0]) / 4, at = p - d / h;
    if (!(fabs(at) <= FARTHEST)) return CVH_FOUND_PIXEL_SHAPE;
    reading->at = at;
    return CVH_FOUND_REFINED;
}

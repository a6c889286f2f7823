/* SPDX-License-Identifier: Apache-2.0
 * The profile of a Gaussian that is centred between pixels, along any stretch of a line of the map, as floats and quickly: the
 * bits of (float)cvh_bell. Windows of a few pixels, many at once, are subpixel.h's. */
#ifndef CVH_LIB_SUBPIXEL_LINE_H
#define CVH_LIB_SUBPIXEL_LINE_H

enum { CVH_LINE_RADIUS = 256, CVH_LINE_LANES = 8 };

/* One axis of a Gaussian. */
typedef struct cvh_subpixel_line {
    double sigma, k; /* 1 / (2 sigma^2) */
    int radius;      /* beyond it every float is 0; -1: this sigma is not served */
    double bells[CVH_LINE_LANES + 2 * CVH_LINE_RADIUS + 1 + CVH_LINE_LANES]; /* exp(-i^2 k) at CVH_LINE_LANES + radius + i */
} cvh_subpixel_line;

void cvh_subpixel_line_start(cvh_subpixel_line *line, double sigma);

/* out[j] = (float)cvh_bell(the distance of pixel first + j from the centre) * factor, j < count, where |first| and count are at
 * most 2^24. There is room for CVH_LINE_LANES more in `out`. */
typedef struct cvh_line_stretch {
    const cvh_subpixel_line *line;
    double centre;
    int first, count;
    float factor, *out;
} cvh_line_stretch;

/* At most CVH_LINE_STRETCHES profiles; many at once take 0.7 of the time of one by one. Returns how many of them were left to
 * cvh_bell: one in hundreds, where products cannot tell a value's bits, and those of sigmas and centres that are not served. */
enum { CVH_LINE_STRETCHES = 32 };
int cvh_subpixel_line_profiles(const cvh_line_stretch *stretches, int count);

#endif

/* SPDX-License-Identifier: Apache-2.0
 * The profile of a Gaussian that is centred between pixels, along any stretch of a line of the map, as floats and quickly: the
 * bits of (float)cvh_bell. Windows of a few pixels, many at once, are subpixel.h's. */
#ifndef CVH_LIB_SUBPIXEL_LINE_H
#define CVH_LIB_SUBPIXEL_LINE_H

#include <stdbool.h>
#include <stdint.h>

enum { CVH_LINE_RADIUS = 256, CVH_LINE_LANES = 8, CVH_LINE_ROOM = CVH_LINE_LANES + 2 * CVH_LINE_RADIUS + 1 + CVH_LINE_LANES };

/* One axis of a Gaussian. */
typedef struct cvh_subpixel_line {
    double sigma, k;               /* 1 / (2 sigma^2) */
    int radius;                    /* beyond it every float is 0; -1: this sigma is not served */
    int reach;                     /* up to where there are bells: the radius, or as far as usual maps reach */
    double bells[CVH_LINE_ROOM];   /* exp(-i^2 k), or 0 beyond the radius */
    uint32_t masks[CVH_LINE_ROOM]; /* which bits of its products tell whether they are in doubt: products.h */
} cvh_subpixel_line;

/* Where bells and masks of pixel i from the nearest one to the centre are. */
static inline int cvh_line_index(const cvh_subpixel_line *line, int i)
{
    return CVH_LINE_LANES + line->reach + i;
}

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

/* --------------------------------------------------------------------------- the same in two steps, for who draws in between
 */

/* A stretch as zeros, lanes of values, and zeros. Its values are bells Q E^i, i = 0, 1, ... */
typedef struct cvh_line_parts {
    bool served, usual;   /* usual: there are lanes alone, and the factor is 1 */
    int first;            /* the pixel where the lanes begin, from the nearest one to the centre */
    int before, in_lanes; /* values */
    double Q, E;
} cvh_line_parts;

/* The exponentials of all. */
void cvh_subpixel_line_divide(const cvh_line_stretch *stretches, int count, cvh_line_parts *parts);

/* Returns how many were left to cvh_bell. */
int cvh_subpixel_line_write(const cvh_line_stretch *stretches, int count, const cvh_line_parts *parts);

#endif

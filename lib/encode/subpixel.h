/* SPDX-License-Identifier: Apache-2.0
 * Profiles of a Gaussian that is centred between pixels, as floats and quickly: the bits of (float)cvh_bell. */
#ifndef CVH_LIB_SUBPIXEL_H
#define CVH_LIB_SUBPIXEL_H

#include <stdbool.h>

enum { CVH_SUBPIXEL_LANES = 32, CVH_SUBPIXEL_RADIUS = 15 };

/* One axis of a Gaussian and its window. */
typedef struct cvh_subpixel {
    int radius;
    int lanes;                            /* that its profiles take: CVH_SUBPIXEL_LANES or fewer */
    double c, k;                          /* -1 / (8 sigma^2), 1 / (2 sigma^2) */
    double bells[3 * CVH_SUBPIXEL_LANES]; /* exp(-i^2 k) at radius + CVH_SUBPIXEL_LANES + i, 0 beyond the window */
} cvh_subpixel;

/* Stretches of pixels along an axis, one for a Gaussian. A stretch begins within its window, or less than CVH_SUBPIXEL_LANES
 * before it. */
enum { CVH_STRETCHES = 64 };

typedef struct cvh_stretches {
    double centre[CVH_STRETCHES]; /* of the Gaussian */
    int pixel[CVH_STRETCHES];     /* of the window, at most 3/2 from it */
    int first[CVH_STRETCHES];     /* pixel of the stretch, from that one */
} cvh_stretches;

/* False where the window is too wide, or falls too far at its edges, for what follows. */
bool cvh_subpixel_start(cvh_subpixel *axis, double sigma, int radius);

/* The profiles of the first `count` stretches, one behind the other, axis->lanes each: (float)cvh_bell(the distance of a pixel
 * from the centre) * lit, 0 beyond the window. Many at once, so that nothing waits for anything. Of an odd count, the last is
 * written twice. */
void cvh_subpixel_profiles(const cvh_subpixel *axis, const cvh_stretches *stretches, int count, float lit,
                           float out[CVH_STRETCHES * CVH_SUBPIXEL_LANES]);

#endif

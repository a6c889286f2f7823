/* SPDX-License-Identifier: Apache-2.0
 * imgproc/src/imgwarp.cpp, WarpAffineInvoker and hal::warpAffine, of OpenCV 4:
 *     X = (rint(a x 1024) + rint((b y + tx) 1024) + 16) >> 5 in 32nds of a pixel, and so for Y.
 * The two terms are rounded one by one; a term beyond int32 is INT_MIN (x86), or its low 32 bits, and their sum wraps. OpenCV
 * then saturates X >> 5 to int16, which changes nothing here: what it changes is off the photograph before and after. */
#include "crop/warp_places.h"

#include <math.h>

enum { UNIT = 1024, HALF = 16 };

/* cv::saturate_cast<int>(double) where it is x86's cvtsd2si, and where it is (int)lrint() with a long of 64 bits. */
static int32_t rounded(bool wraps, double value)
{
    double whole = rint(value);
    if (whole >= INT32_MIN && whole <= INT32_MAX) return (int32_t)whole;
    if (!wraps) return INT32_MIN;
    if (whole >= 0x1p63) return -1;
    return whole >= -0x1p63 ? (int32_t)(uint32_t)(uint64_t)(int64_t)whole : 0;
}

void cvh_places_start(cvh_places *places, const cvh_affine *to_photo, bool wraps, int first, int count)
{
    places->wraps = wraps;
    places->first = first;
    places->count = count;
    for (int i = 0; i < count; i++) {
        places->along_x[i] = rounded(wraps, to_photo->xx * (first + i) * UNIT);
        places->along_y[i] = rounded(wraps, to_photo->yx * (first + i) * UNIT);
    }
}

/* Rounds towards minus infinity by arithmetic shifts, as every compiler does them. */
static void coordinates(int32_t row, const int32_t *restrict along, int count, int32_t *restrict pixel, int16_t *restrict part)
{
    for (int i = 0; i < count; i++) {
        int32_t at = (int32_t)((uint32_t)row + (uint32_t)along[i]) >> 5;
        pixel[i] = at >> 5;
        part[i] = (int16_t)(at & 31);
    }
}

static bool is_small(int32_t part)
{
    return part > INT32_MIN / 4 && part < INT32_MAX / 4;
}

/* Rows come in order from 0. Without a turn they share x, which is worked out once. */
void cvh_places_row(cvh_places *places, const cvh_affine *to_photo, int y)
{
    int32_t x0 = rounded(places->wraps, (to_photo->xy * y + to_photo->x0) * UNIT);
    int32_t y0 = rounded(places->wraps, (to_photo->yy * y + to_photo->y0) * UNIT);
    int last = places->count - 1;
    if (y == 0 || to_photo->xy != 0)
        coordinates((int32_t)((uint32_t)x0 + HALF), places->along_x, places->count, places->col, places->right);
    coordinates((int32_t)((uint32_t)y0 + HALF), places->along_y, places->count, places->row, places->below);
    places->ordered = !places->wraps && is_small(x0) && is_small(y0) && is_small(places->along_x[0])
                      && is_small(places->along_x[last]) && is_small(places->along_y[0]) && is_small(places->along_y[last]);
}

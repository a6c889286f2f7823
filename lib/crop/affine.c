/* SPDX-License-Identifier: Apache-2.0 */
#include "crop/affine.h"

#include <math.h>
#include <stdbool.h>

#include "base/status.h"

enum { NUMBERS = 6 };

/* The six numbers and their names, in the order of the struct. */
static const double *number_of(const cvh_affine *affine, int i)
{
    const double *const numbers[NUMBERS] = {&affine->xx, &affine->xy, &affine->x0, &affine->yx, &affine->yy, &affine->y0};
    return numbers[i];
}

static const char *const names[NUMBERS] = {"xx", "xy", "x0", "yx", "yy", "y0"};

/* The first number out of range; NUMBERS if there is none. */
static int out_of_range(const cvh_affine *affine)
{
    int i = 0;
    while (i < NUMBERS && fabs(*number_of(affine, i)) <= CVH_AFFINE_MOST) i++;
    return i;
}

cvh_status cvh_affine_check(const char *argument, const cvh_affine *affine)
{
    if (!affine) return cvh_fail(CVH_ERR_ARGUMENT, "%s is NULL; it must point to a cvh_affine", argument);
    int i = out_of_range(affine);
    if (i == NUMBERS) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "%s: %s is %g; it must be %g..%g", argument, names[i], *number_of(affine, i),
                    -CVH_AFFINE_MOST, CVH_AFFINE_MOST);
}

/* As OpenCV's cv::invertAffineTransform: imgproc, imgwarp.cpp. */
cvh_status cvh_affine_invert(const cvh_affine *affine, cvh_affine *inverse)
{
    if (cvh_affine_check("affine", affine)) return CVH_ERR_ARGUMENT;
    if (!inverse) return cvh_fail(CVH_ERR_ARGUMENT, "inverse is NULL; it must point to a cvh_affine");
    double determinant = affine->xx * affine->yy - affine->xy * affine->yx;
    if (determinant == 0)
        return cvh_fail(CVH_ERR_ARGUMENT, "affine: its determinant, xx yy - xy yx, is 0; a singular map has no inverse");
    double d = 1 / determinant;
    cvh_affine found = {.xx = affine->yy * d, .xy = -affine->xy * d, .yx = -affine->yx * d, .yy = affine->xx * d};
    found.x0 = -found.xx * affine->x0 - found.xy * affine->y0;
    found.y0 = -found.yx * affine->x0 - found.yy * affine->y0;
    if (out_of_range(&found) < NUMBERS)
        return cvh_fail(CVH_ERR_ARGUMENT, "affine: its determinant, xx yy - xy yx, is %g; its inverse exceeds %g", determinant,
                        CVH_AFFINE_MOST);
    *inverse = found;
    return CVH_OK;
}

/* sin and cos of |a| <= pi/4 by their Taylor series, to the term below 2^-60 of the sum. */
static cvh_vector turn_octant(double a)
{
    double s = a * a, sine = 0, cosine = 0;
    for (int n = 17; n > 1; n -= 2) sine = (sine + 1) * -s / (n * (n - 1.0));
    for (int n = 18; n > 0; n -= 2) cosine = (cosine + 1) * -s / (n * (n - 1.0));
    return (cvh_vector){1 + cosine, a + a * sine};
}

cvh_vector cvh_turn(double degrees)
{
    double rest = fmod(degrees, 360); /* exact */
    int quarter = (int)floor(rest / 90 + 0.5);
    cvh_vector t = turn_octant((rest - 90 * quarter) * (3.14159265358979323846 / 180));
    switch (quarter & 3) {
    case 1: return (cvh_vector){-t.y, t.x};
    case 2: return (cvh_vector){-t.x, -t.y};
    case 3: return (cvh_vector){t.y, -t.x};
    default: return t;
    }
}

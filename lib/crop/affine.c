/* SPDX-License-Identifier: Apache-2.0 */
#include "crop/affine.h"

#include <math.h>

#include "base/status.h"

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
    if (cvh_affine_check("inverse", &found))
        return cvh_fail(CVH_ERR_ARGUMENT, "affine: its determinant, xx yy - xy yx, is %g; its inverse leaves the range",
                        determinant);
    *inverse = found;
    return CVH_OK;
}

/* imgproc, imgwarp.cpp, cv::warpAffine. */
cvh_affine cvh_affine_inverted(const cvh_affine *affine)
{
    double d = affine->xx * affine->yy - affine->xy * affine->yx;
    d = d != 0 ? 1 / d : 0;
    cvh_affine inverse = {.xx = affine->yy * d, .xy = affine->xy * -d, .yx = affine->yx * -d, .yy = affine->xx * d};
    inverse.x0 = -inverse.xx * affine->x0 - inverse.xy * affine->y0;
    inverse.y0 = -inverse.yx * affine->x0 - inverse.yy * affine->y0;
    return inverse;
}

/* sin and cos of |a| <= pi/4 by their Taylor series, to the term below 2^-60 of the sum. */
static cvh_position turn_octant(double a)
{
    double s = a * a, sine = 0, cosine = 0;
    for (int n = 17; n > 1; n -= 2) sine = (sine + 1) * -s / (n * (n - 1.0));
    for (int n = 18; n > 0; n -= 2) cosine = (cosine + 1) * -s / (n * (n - 1.0));
    return (cvh_position){1 + cosine, a + a * sine};
}

cvh_position cvh_turn(double degrees)
{
    double rest = fmod(degrees, 360); /* exact */
    int quarter = (int)floor(rest / 90 + 0.5);
    cvh_position t = turn_octant((rest - 90 * quarter) * (3.14159265358979323846 / 180));
    switch (quarter & 3) {
    case 1: return (cvh_position){-t.y, t.x};
    case 2: return (cvh_position){-t.x, -t.y};
    case 3: return (cvh_position){t.y, -t.x};
    default: return t;
    }
}

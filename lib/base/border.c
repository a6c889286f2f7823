/* SPDX-License-Identifier: Apache-2.0 */
#include "base/border.h"

/* The remainder in 0..period-1, whatever the sign of q. */
static int wrapped(int q, int period)
{
    int rest = q % period;
    return rest < 0 ? rest + period : rest;
}

/* A reflected line repeats with this period; its copies of c are c and mirror, modulo the period:
 *     REFLECT      cba|abcd|dcb   period 2L,     mirror -1 - c
 *     REFLECT_101  dcb|abcd|cba   period 2L - 2, mirror -c      (1 where L is 1) */
static int period_of(cvh_border border, int length)
{
    if (border == CVH_BORDER_REFLECT) return 2 * length;
    return length > 1 ? 2 * length - 2 : 1;
}

static int mirror_of(cvh_border border, int c)
{
    return border == CVH_BORDER_REFLECT ? -1 - c : -c;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* REPLICATE: the first sample is at every q <= 0, the last at every q >= length - 1. */
static bool replicated(int length, int c, int q)
{
    return q == c || (c == 0 && q < 0) || (c == length - 1 && q > c);
}

int cvh_copy_from(cvh_border border, int length, int c, int from)
{
    if (border == CVH_BORDER_REFLECT || border == CVH_BORDER_REFLECT_101) {
        int period = period_of(border, length);
        return from + least(wrapped(c - from, period), wrapped(mirror_of(border, c) - from, period));
    }
    if (border == CVH_BORDER_REPLICATE && replicated(length, c, from)) return from;
    return c >= from ? c : CVH_NO_COPY_ABOVE;
}

int cvh_copy_to(cvh_border border, int length, int c, int from)
{
    if (border == CVH_BORDER_REFLECT || border == CVH_BORDER_REFLECT_101) {
        int period = period_of(border, length);
        return from - least(wrapped(from - c, period), wrapped(from - mirror_of(border, c), period));
    }
    if (border == CVH_BORDER_REPLICATE && replicated(length, c, from)) return from;
    return c <= from ? c : CVH_NO_COPY_BELOW;
}

bool cvh_copy_mirrored(cvh_border border, int length, int c, int q)
{
    if (border != CVH_BORDER_REFLECT && border != CVH_BORDER_REFLECT_101) return false;
    return wrapped(q - c, period_of(border, length)) != 0;
}

/* cv::borderInterpolate, for the borders that reflect. */
static int reflected(cvh_border border, int length, int at)
{
    int period = period_of(border, length), within = wrapped(at, period);
    if (within < length) return within;
    return border == CVH_BORDER_REFLECT ? period - 1 - within : period - within;
}

int cvh_border_fold(cvh_border border, int length, int at)
{
    if (at >= 0 && at < length) return at;
    switch (border) {
    case CVH_BORDER_REPLICATE: return at < 0 ? 0 : length - 1;
    case CVH_BORDER_REFLECT:
    case CVH_BORDER_REFLECT_101: return reflected(border, length, at);
    case CVH_BORDER_METHOD:
    case CVH_BORDER_CONSTANT: break;
    }
    return -1;
}

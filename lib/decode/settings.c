/* SPDX-License-Identifier: Apache-2.0
 * A decoder and the part of a convention that decoding reads: checked, with their defaults filled in. */
#include "decode/settings.h"
#include "base/status.h"
#include "gaussian/kernel.h"

typedef struct real_field {
    const char *name;
    double value, least, most;
} real_field;

typedef struct int_field {
    const char *name;
    int value, least, most;
} int_field;

static cvh_status check_reals(const char *argument, const real_field *fields, int count)
{
    for (int i = 0; i < count; i++)
        if (!(fields[i].value >= fields[i].least && fields[i].value <= fields[i].most))
            return cvh_fail(CVH_ERR_ARGUMENT, "%s: %s is %g; it must be %g..%g", argument, fields[i].name, fields[i].value,
                            fields[i].least, fields[i].most);
    return CVH_OK;
}

static cvh_status check_ints(const char *argument, const int_field *fields, int count)
{
    for (int i = 0; i < count; i++)
        if (fields[i].value < fields[i].least || fields[i].value > fields[i].most)
            return cvh_fail(CVH_ERR_ARGUMENT, "%s: %s is %d; it must be %d..%d", argument, fields[i].name, fields[i].value,
                            fields[i].least, fields[i].most);
    return CVH_OK;
}

#define COUNT_OF(array) ((int)(sizeof(array) / sizeof *(array)))

static cvh_status check_sigma(const char *argument, const char *field, double sigma)
{
    if (cvh_sigma_fits_or_rule(sigma)) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "%s: %s is %g; it must be 0 or %g..%g", argument, field, sigma, CVH_MIN_SIGMA,
                    CVH_MAX_SIGMA);
}

static cvh_status check_convention(const cvh_convention *convention)
{
    const double most = 1e300;
    const real_field reals[] = {
        {"scale_x", convention->scale_x, -most, most},
        {"scale_y", convention->scale_y, -most, most},
        {"offset_x", convention->offset_x, -most, most},
        {"offset_y", convention->offset_y, -most, most},
    };
    if (check_reals("convention", reals, COUNT_OF(reals)) || cvh_frame_check(convention)
        || check_sigma("convention", "gaussian.sigma_x", convention->gaussian.sigma_x)
        || check_sigma("convention", "gaussian.sigma_y", convention->gaussian.sigma_y))
        return CVH_ERR_ARGUMENT;
    return CVH_OK;
}

static cvh_status check_blur(const cvh_decoder *decoder)
{
    double ksize = decoder->blur_ksize;
    if (ksize != 0 && !(ksize >= 1 && ksize <= CVH_DECODE_MAX_KSIZE && fmod(ksize, 2) == 1))
        return cvh_fail(CVH_ERR_ARGUMENT, "decoder: blur_ksize is %g; it must be 0 or odd, 1..%d", ksize, CVH_DECODE_MAX_KSIZE);
    return check_sigma("decoder", "blur_sigma", decoder->blur_sigma);
}

static cvh_status check_decoder(const cvh_decoder *decoder)
{
    const double most = 1e300;
    const int_field ints[] = {
        {"radius", decoder->radius, 0, CVH_DECODE_MAX_RADIUS},
        {"margin", decoder->margin, 0, CVH_MAX_SIDE},
        {"ties", (int)decoder->ties, CVH_TIES_KEEP, CVH_TIES_DROP},
        {"order", (int)decoder->order, CVH_ORDER_SCORE, CVH_ORDER_RASTER},
        {"max_peaks", decoder->max_peaks, 0, INT32_MAX},
        {"blur_border", (int)decoder->blur_border, CVH_BORDER_METHOD, CVH_BORDER_REFLECT_101},
        {"blur_search", decoder->blur_search, 0, 1},
        {"refine", (int)decoder->refine, CVH_REFINE_FIT, CVH_REFINE_SOFT_ARGMAX},
        {"window", decoder->window, 0, CVH_DECODE_MAX_WINDOW},
        {"outside", (int)decoder->outside, CVH_BORDER_METHOD, CVH_BORDER_REFLECT_101},
        {"guard", (int)decoder->guard, CVH_GUARD_NONE, CVH_GUARD_MMPOSE},
        {"step", (int)decoder->step, CVH_STEP_CHECKED, CVH_STEP_PUBLISHED},
        {"score", (int)decoder->score, CVH_SCORE_PEAK, CVH_SCORE_SEARCHED},
        {"activation", (int)decoder->activation, CVH_ACTIVATION_NONE, CVH_ACTIVATION_SIGMOID},
        {"enlarge", decoder->enlarge, 0, CVH_DECODE_MAX_ENLARGE},
    };
    const real_field reals[] = {
        {"threshold", decoder->threshold, -INFINITY, most}, {"gain", decoder->gain, 0, most},
        {"max_step", decoder->max_step, 0, INFINITY},       {"shift", decoder->shift, -most, most},
        {"score_scale", decoder->score_scale, -most, most}, {"score_bias", decoder->score_bias, -most, most},
    };
    if (check_ints("decoder", ints, COUNT_OF(ints)) || check_reals("decoder", reals, COUNT_OF(reals)) || check_blur(decoder))
        return CVH_ERR_ARGUMENT;
    return CVH_OK;
}

static bool fits(cvh_refine refine)
{
    return refine == CVH_REFINE_FIT || refine == CVH_REFINE_FIT_TIED;
}

static double default_max_step(cvh_refine refine)
{
    return refine == CVH_REFINE_SOFT_ARGMAX ? INFINITY : fits(refine) ? 0 : 1;
}

static void fill_defaults(cvh_decoder *decoder)
{
    if (decoder->radius == 0) decoder->radius = 1;
    if (decoder->window == 0 && !fits(decoder->refine)) decoder->window = 2;
    if (decoder->gain == 0) decoder->gain = 1;
    if (decoder->max_step == 0) decoder->max_step = default_max_step(decoder->refine);
    if (decoder->score_scale == 0) decoder->score_scale = 1;
    if (decoder->enlarge == 0) decoder->enlarge = 1;
}

static void take_taps(cvh_decoding *decoding)
{
    const cvh_decoder *decoder = &decoding->decoder;
    double taps[CVH_DECODE_MAX_KSIZE];
    decoding->blur_radius = (int)decoder->blur_ksize / 2;
    if (decoding->blur_radius == 0) return;
    if (cvh_gaussian_kernel(decoder->blur_ksize, decoder->blur_sigma, CVH_64F, taps)) /* GCOVR_EXCL_BR_LINE: it was checked */
        return; /* GCOVR_EXCL_LINE: what the kernel refuses, check_decoder refused before */
    for (int k = 0; k <= decoding->blur_radius; k++) decoding->taps[k] = taps[decoding->blur_radius + k];
}

/* Of a heatmap: the pixel that such a convention draws at is int(x), in whose middle x is on average. */
static const double HALF_A_PIXEL = 0.5;

/* A window is laid by truncation too where nothing is snapped before. */
static bool truncates(const cvh_convention *convention)
{
    switch (convention->snap) {
    case CVH_SNAP_TRUNC:
    case CVH_SNAP_FLOOR: return convention->centre != CVH_CENTRE_SUBPIXEL;
    case CVH_SNAP_NONE: return convention->centre == CVH_CENTRE_WINDOW;
    case CVH_SNAP_NEAREST:
    case CVH_SNAP_HALF_UP: break;
    }
    return false;
}

cvh_status cvh_decoding_start(const cvh_convention *convention, cvh_decoding *decoding)
{
    static const cvh_convention heatmap_pixels;
    static const cvh_decoder by_default;
    if (!convention) convention = &heatmap_pixels;
    const cvh_decoder *decoder = convention->decoder ? convention->decoder : &by_default;
    if (check_convention(convention) || check_decoder(decoder)) return CVH_ERR_ARGUMENT;
    decoding->decoder = *decoder;
    decoding->frame = cvh_frame_of(convention);
    fill_defaults(&decoding->decoder);
    if (truncates(convention) && fits(decoder->refine) && decoder->shift == 0)
        decoding->decoder.shift = HALF_A_PIXEL * decoding->decoder.enlarge;
    take_taps(decoding);
    return CVH_OK;
}

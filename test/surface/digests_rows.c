/* SPDX-License-Identifier: Apache-2.0
 * Digests of the tables: every field of every row, and of what makes a convention comparable. */
#include "surface/digests.h"

static void digest_text(uint64_t *digest, const char *text)
{
    for (; *text; text++) digest_value(digest, (unsigned char)*text);
}

#define DIGEST(digest, ...)                                                                                                    \
  do {                                                                                                                         \
    const double values_[] = {__VA_ARGS__};                                                                                    \
    digest_values(digest, values_, sizeof values_ / sizeof *values_);                                                          \
  } while (0)

static void digest_decoder(uint64_t *digest, const cvh_decoder *d)
{
    DIGEST(digest, d->activation, d->threshold, d->radius, d->margin, d->ties, d->order, d->max_peaks);
    DIGEST(digest, d->blur_ksize, d->blur_sigma, d->blur_border, d->blur_search);
    DIGEST(digest, d->refine, d->window, d->outside, d->guard, d->step, d->max_step, d->gain);
    DIGEST(digest, d->shift, d->score, d->score_scale, d->score_bias, d->enlarge);
}

static void digest_convention(uint64_t *digest, const cvh_convention *c)
{
    const cvh_gaussian *g = &c->gaussian;
    const cvh_offsets *o = &c->offsets;
    digest_text(digest, c->name);
    DIGEST(digest, c->method, c->scale_x, c->scale_y, c->offset_x, c->offset_y, c->geometry, c->input_sigma);
    DIGEST(digest, c->input_rows, c->input_cols, c->map_rows, c->map_cols, c->crop != NULL);
    DIGEST(digest, c->snap, c->centre, g->sigma_x, g->sigma_y, g->ksize_x, g->ksize_y, g->peak, c->window, c->max_exponent);
    DIGEST(digest, c->border, c->overlap, c->norm, c->arithmetic, c->drop, c->user != NULL);
    DIGEST(digest, o->unit, o->length, o->disc, o->area, o->blur_ksize, c->decoder != NULL);
    if (c->decoder) digest_decoder(digest, c->decoder);
}

void of_convention_find(uint64_t *digest)
{
    for (int i = 0; cvh_convention_name(i); i++) {
        cvh_convention convention;
        must(cvh_convention_find(cvh_convention_name(i), &convention));
        digest_convention(digest, &convention);
    }
}

/* A convention that snaps to no pixel is left as it is. */
void of_convention_comparable(uint64_t *digest)
{
    for (int i = 0; cvh_convention_name(i); i++) {
        cvh_convention convention;
        must(cvh_convention_find(cvh_convention_name(i), &convention));
        digest_value(digest, cvh_convention_comparable(&convention));
        digest_convention(digest, &convention);
    }
}

void of_decoder_find(uint64_t *digest)
{
    for (int i = 0; cvh_decoder_name(i); i++) {
        cvh_decoder decoder;
        must(cvh_decoder_find(cvh_decoder_name(i), &decoder));
        digest_text(digest, cvh_decoder_name(i));
        digest_decoder(digest, &decoder);
    }
}

void of_crop_find(uint64_t *digest)
{
    for (int i = 0; cvh_crop_name(i); i++) {
        cvh_crop_rule r;
        must(cvh_crop_find(cvh_crop_name(i), &r));
        digest_text(digest, r.name);
        DIGEST(digest, r.family, r.size, r.padding, r.unpadded_at_minus_one, r.shift_y, r.offset, r.multiple);
        DIGEST(digest, r.boxes, r.pad, r.outside);
    }
}

void of_simcc_find(uint64_t *digest)
{
    for (int i = 0; cvh_simcc_name(i); i++) {
        cvh_simcc s;
        must(cvh_simcc_find(cvh_simcc_name(i), &s));
        digest_text(digest, s.name);
        DIGEST(digest, s.ratio, s.input_rows, s.input_cols, s.sigma_x, s.sigma_y, s.label, s.whole_bins, s.normalize);
        DIGEST(digest, s.smoothing, s.refine, s.score, s.beta, s.threshold, s.crop != NULL);
    }
}

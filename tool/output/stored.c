/* SPDX-License-Identifier: Apache-2.0
 * What a depth of few steps loses of the maps that are stored in it. */
#include "output/stored.h"

#include <math.h>

#include "base/names.h"

enum { FEW_STEPS = 8 };

typedef struct span {
    cvh_depth depth;
    double least, most;
} span;

static const span *span_of(cvh_depth depth)
{
    static const span spans[] = {
        {CVH_8U, 0, 255}, {CVH_8S, -128, 127}, {CVH_16U, 0, 65535}, {CVH_16S, -32768, 32767}, {CVH_16F, -65504, 65504}};
    for (size_t i = 0; i < sizeof spans / sizeof *spans; ++i)
        if (spans[i].depth == depth) return &spans[i];
    return NULL;
}

void stored_count(stored_tally *tally, const void *drawn, cvh_depth drawn_depth, size_t count, const cvh_maps *stored)
{
    const span *reach = span_of(stored->depth);
    const double scale = stored->scale != 0 ? stored->scale : 1;
    if (!reach) return;
    for (size_t i = 0; i < count; ++i) {
        const double value = drawn_depth == CVH_64F ? ((const double *)drawn)[i] : ((const float *)drawn)[i];
        const double steps = value / scale, at = rint(steps + stored->zero);
        tally->beyond += at < reach->least || at > reach->most;
        tally->most_steps = fmax(tally->most_steps, fabs(steps));
    }
}

void stored_remark(const stored_tally *tally, cvh_depth depth)
{
    const span *reach = span_of(depth);
    if (!reach) return;
    if (tally->beyond)
        remark("%lld sample%s beyond %g..%g, which is what %s reaches, and stored as its end: --scale and --zero say what a "
               "step stands for",
               (long long)tally->beyond, tally->beyond == 1 ? " is" : "s are", reach->least, reach->most, depth_name(depth));
    else if (depth != CVH_16F && tally->most_steps > 0 && tally->most_steps < FEW_STEPS)
        remark("the largest sample is %.3g of the steps of %s, to which the others are rounded: --scale says what a step "
               "stands for",
               tally->most_steps, depth_name(depth));
}

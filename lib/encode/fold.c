/* SPDX-License-Identifier: Apache-2.0 */
#include "encode/fold.h"

bool cvh_line_folds(const cvh_line *line, int radius)
{
    const cvh_span *span = line->span;
    if (!cvh_border_reflects(line->border)) return false;
    return cvh_copy_from(line->border, line->length, span->pixel, span->pixel + 1) < span->hi + radius
           || cvh_copy_to(line->border, line->length, span->pixel, span->pixel - 1) >= span->lo - radius;
}

double cvh_copy_centre(const cvh_line *line, int q)
{
    const cvh_span *span = line->span;
    double shift = span->centre - span->pixel;
    return cvh_copy_mirrored(line->border, line->length, span->pixel, q) ? q - shift : q + shift;
}

cvh_copy_walk cvh_walk_from(const cvh_line *line, int at)
{
    int pixel = line->span->pixel;
    return (cvh_copy_walk){cvh_copy_from(line->border, line->length, pixel, at),
                           cvh_copy_to(line->border, line->length, pixel, at - 1)};
}

bool cvh_walk_next(const cvh_line *line, int at, int radius, bool pairs, cvh_copy_walk *walk, cvh_copies *met)
{
    int64_t above = (int64_t)walk->above - at, below = at - (int64_t)walk->below;
    if (above > radius && below > radius) return false;
    bool pair = pairs && above == below;
    int pixel = line->span->pixel, q = above <= below ? walk->above : walk->below;
    *met = (cvh_copies){pair ? 2 : 1, cvh_copy_centre(line, q) - at};
    if (above <= below) walk->above = cvh_copy_from(line->border, line->length, pixel, walk->above + 1);
    if (pair || below < above) walk->below = cvh_copy_to(line->border, line->length, pixel, walk->below - 1);
    return true;
}

/* SPDX-License-Identifier: Apache-2.0
 * The flip test: maps of a photograph and of its mirror image become one. HRNet lib/core/function.py, validate, and
 * lib/utils/transforms.py, flip_back; mmpose models/utils/tta.py, flip_heatmaps and flip_vectors. */
#include <stdbool.h>

#include "base/maps.h"
#include "base/overlap.h"
#include "base/status.h"

/* How a row of the mirrored photograph's map comes back: column j is, with `mirrored`, column cols - 1 - (j - shift), but no
 * column beyond the last. */
typedef struct way_back {
    bool mirrored, negated;
    int shift;
} way_back;

static way_back way_of(cvh_flip flip)
{
    switch (flip) {
    case CVH_FLIP_SHIFT: return (way_back){.mirrored = true, .shift = 1};
    case CVH_FLIP_NEGATE: return (way_back){.mirrored = true, .negated = true};
    case CVH_FLIP_NEGATE_SHIFT: return (way_back){.mirrored = true, .negated = true, .shift = 1};
    case CVH_FLIP_PARTNER: return (way_back){.mirrored = false};
    case CVH_FLIP_BIN: return (way_back){.mirrored = true, .shift = -1};
    case CVH_FLIP_MIRROR: break;
    }
    return (way_back){.mirrored = true};
}

/* -1: no column comes back to j (CVH_FLIP_BIN's last). */
static int column_for(const way_back *way, int j, int cols)
{
    if (!way->mirrored) return j;
    int from = cols - 1 - (j - way->shift);
    return from < cols ? from : cols - 1;
}

/* A row of each of the three maps. */
typedef struct rows {
    const unsigned char *maps, *flipped;
    unsigned char *out;
    size_t maps_step, flipped_step, out_step;
    int cols;
} rows;

/* The loop of one depth; each operation is rounded to it. */
/* NOLINTBEGIN(bugprone-macro-parentheses): `type *to` cannot have parentheses */
#define MERGE(type)                                                                                                            \
  for (int j = 0; j < r->cols; j++) {                                                                                          \
    type a = *(const type *)(const void *)(r->maps + (size_t)j * r->maps_step);                                                \
    int column = column_for(way, j, r->cols);                                                                                  \
    type *to = (type *)(void *)(r->out + (size_t)j * r->out_step);                                                             \
    if (column < 0) {                                                                                                          \
      *to = a;                                                                                                                 \
      continue;                                                                                                                \
    }                                                                                                                          \
    type b = *(const type *)(const void *)(r->flipped + (size_t)column * r->flipped_step);                                     \
    *to = (a + (way->negated ? -b : b)) * (type)0.5;                                                                           \
  }
/* NOLINTEND(bugprone-macro-parentheses) */

static void merge32(const rows *r, const way_back *way)
{
    MERGE(float)
}

static void merge64(const rows *r, const way_back *way)
{
    MERGE(double)
}

static bool same_size(const cvh_maps *a, const cvh_maps *b)
{
    return a->count == b->count && a->rows == b->rows && a->cols == b->cols && a->depth == b->depth;
}

static cvh_status check_same(const char *argument, const cvh_maps *view, const cvh_maps *maps)
{
    if (same_size(view, maps)) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "%s is %d maps of %dx%d, depth %d; it must be as maps, %d of %dx%d, depth %d", argument,
                    view->count, view->rows, view->cols, (int)view->depth, maps->count, maps->rows, maps->cols,
                    (int)maps->depth);
}

static cvh_status check_partner(const int *partner, int count)
{
    if (!partner) return cvh_fail(CVH_ERR_ARGUMENT, "partner is NULL; it must have an entry a map, %d", count);
    for (int i = 0; i < count; i++) {
        if (partner[i] < 0 || partner[i] >= count)
            return cvh_fail(CVH_ERR_ARGUMENT, "partner[%d] is %d; it must be a map of the view, 0..%d", i, partner[i],
                            count - 1);
        if (partner[partner[i]] < 0 || partner[partner[i]] >= count || partner[partner[i]] == i) continue;
        return cvh_fail(CVH_ERR_ARGUMENT, "partner[%d] is %d, but partner[%d] is %d; each must name the other", i, partner[i],
                        partner[i], partner[partner[i]]);
    }
    return CVH_OK;
}

cvh_status cvh_flip_merge(const cvh_maps *maps, const cvh_maps *flipped, const int *partner, cvh_flip flip, const cvh_maps *out)
{
    cvh_maps m, f, o;
    if (cvh_maps_check("maps", maps, CVH_DEPTHS_DRAWN, &m) || cvh_maps_check("flipped", flipped, CVH_DEPTHS_DRAWN, &f)
        || cvh_maps_check("out", out, CVH_DEPTHS_DRAWN, &o) || check_same("flipped", &f, &m) || check_same("out", &o, &m)
        || check_partner(partner, m.count))
        return CVH_ERR_ARGUMENT;
    if ((int)flip < CVH_FLIP_MIRROR || flip > CVH_FLIP_BIN)
        return cvh_fail(CVH_ERR_ARGUMENT, "flip is %d; it must be %d..%d", (int)flip, CVH_FLIP_MIRROR, CVH_FLIP_BIN);
    if (!cvh_maps_apart(&o, &f)) return cvh_fail(CVH_ERR_ARGUMENT, "out overlaps flipped; they must share no memory");
    if (!cvh_maps_same(&o, &m) && !cvh_maps_apart(&o, &m))
        return cvh_fail(CVH_ERR_ARGUMENT, "out overlaps maps; it must be the same view, or share no memory");
    way_back way = way_of(flip);
    for (int map = 0; map < m.count; map++)
        for (int row = 0; row < m.rows; row++) {
            rows r = {cvh_row_at(&m, map, row),
                      cvh_row_at(&f, partner[map], row),
                      cvh_row_at(&o, map, row),
                      m.col_step,
                      f.col_step,
                      o.col_step,
                      m.cols};
            if (m.depth == CVH_32F)
                merge32(&r, &way);
            else
                merge64(&r, &way);
        }
    return CVH_OK;
}

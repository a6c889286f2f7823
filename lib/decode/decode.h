/* SPDX-License-Identifier: Apache-2.0
 * From a map and the pixel of a peak to what is reported of it. */
#ifndef CVH_LIB_DECODE_H
#define CVH_LIB_DECODE_H

#include "decode/enlarge.h"
#include "decode/offsets.h"

/* What the maps of a call are worked on in, one after the other. */
typedef struct cvh_scratch {
    cvh_enlarger enlarger;
    double *blurred; /* the map under the decoder's blur; NULL where that is not searched */
} cvh_scratch;

/* The map as the decoder sees it: `raw` as given or enlarged, and `scene` the raw or the blurred one, whichever is searched. */
typedef struct cvh_view_of_map {
    cvh_plane raw, blurred;
    cvh_scene scene;
    const cvh_offset_maps *offsets; /* that refine its peaks, or NULL */
    int map;
} cvh_view_of_map;

/* Allocates what cvh_view_map needs, which is nothing for most decoders. */
cvh_status cvh_scratch_start(const cvh_maps *view, const cvh_decoding *decoding, cvh_scratch *scratch);
void cvh_scratch_end(cvh_scratch *scratch);

/* Errors: CVH_ERR_MEMORY and CVH_ERR_OPENCV where the decoder enlarges. */
cvh_status cvh_view_map(const cvh_maps *maps, int map, const cvh_decoding *decoding, const cvh_offset_maps *offsets,
                        const cvh_scratch *scratch, cvh_view_of_map *view);

/* The decoder's threshold for what is searched, samples before their activation. */
double cvh_searched_threshold(const cvh_view_of_map *view);

/* Refines and reports a pixel that the search found: everything of *peak but `map`. */
void cvh_report_peak(const cvh_view_of_map *view, cvh_pixel pixel, cvh_peak *peak);

#endif

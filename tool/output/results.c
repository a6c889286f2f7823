/* SPDX-License-Identifier: Apache-2.0
 * COCO results. */
#include "output/results.h"

#include <stdlib.h>

#include "output/output.h"

int results_add(json_t *list, const json_t *image_id, const json_t *category_id, const cvh_peak *peaks, size_t count)
{
    json_t *keypoints = json_array();
    double sum = 0;
    int failed = 0;
    for (size_t i = 0; i < count; ++i) {
        const bool found =
            peaks[i].found >= CVH_FOUND_PIXEL && isfinite(peaks[i].x) && isfinite(peaks[i].y) && isfinite(peaks[i].score);
        const double numbers[3] = {found ? peaks[i].x : 0, found ? peaks[i].y : 0, found ? peaks[i].score : 0};
        sum += numbers[2];
        for (int k = 0; k < 3; ++k) failed |= json_array_append_new(keypoints, json_real(numbers[k]));
    }
    json_t *person = failed ? NULL
                            : json_pack("{s:O?, s:O?, s:o, s:f}", "image_id", image_id, "category_id", category_id, "keypoints",
                                        keypoints, "score", count ? sum / (double)count : 0);
    if (failed) json_decref(keypoints);
    return person && !json_array_append_new(list, person) ? EXIT_FINE : trouble("no memory for the results");
}

int results_save(const json_t *list, const char *path)
{
    const size_t flags = JSON_COMPACT | JSON_REAL_PRECISION(17), size = json_dumpb(list, NULL, 0, flags);
    char *text = size ? malloc(size) : NULL;
    if (!text || json_dumpb(list, text, size, flags) != size) {
        free(text);
        return trouble("no memory for the results");
    }
    output file;
    int status = output_open(&file, path);
    if (!status) {
        status = output_write(&file, text, size) || output_write(&file, "\n", 1) ? EXIT_TROUBLE : EXIT_FINE;
        if (status)
            output_discard(&file);
        else
            status = output_finish(&file);
    }
    free(text);
    return status;
}

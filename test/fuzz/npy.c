/* SPDX-License-Identifier: Apache-2.0
 * .npy files. Of any bytes: maps within their limits, or a status with the position. What was loaded, saved and loaded again is
 * the same. */
#include "fuzz.h"

static void check_maps(const cvh_maps *maps)
{
    REQUIRE(maps->data && maps->count >= 1 && maps->count <= CVH_MAX_COUNT, "%d maps", maps->count);
    REQUIRE(maps->rows >= 1 && maps->rows <= CVH_MAX_SIDE && maps->cols >= 1 && maps->cols <= CVH_MAX_SIDE, "%dx%d", maps->rows,
            maps->cols);
}

static void there_and_back(const cvh_maps *maps, size_t file_size)
{
    static char path[64];
    static const size_t sizes[] = {1, 1, 2, 2, 0, 4, 8, 2};
    REQUIRE((int)maps->depth >= 0 && maps->depth <= CVH_16F && sizes[maps->depth], "depth %d", (int)maps->depth);
    size_t bytes = (size_t)maps->count * (size_t)maps->rows * (size_t)maps->cols * sizes[maps->depth];
    REQUIRE(bytes < file_size, "%zu bytes of samples out of a file of %zu", bytes, file_size);
    if (!*path) snprintf(path, sizeof path, "/dev/shm/cvheatmap-fuzz-%ld.npy", (long)getpid());
    cvh_maps again;
    REQUIRE(cvh_npy_save(path, maps) == CVH_OK && cvh_npy_load(path, &again) == CVH_OK, "%s", cvh_last_error());
    REQUIRE(again.count == maps->count && again.rows == maps->rows && again.cols == maps->cols && again.depth == maps->depth,
            "another shape");
    cvh_report report;
    REQUIRE(cvh_compare(maps, &again, NULL, &report) == CVH_OK && report.differing == 0, "other samples");
    if (!maps->col_step) REQUIRE(memcmp(again.data, maps->data, bytes) == 0, "other bytes");
    cvh_npy_free(&again);
    unlink(path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    cvh_maps maps = {.count = 77}, before = maps;
    cvh_status status = cvh_npy_load(file_of(data, size), &maps);
    if (status == CVH_OK) {
        check_maps(&maps);
        there_and_back(&maps, size);
        cvh_npy_free(&maps);
        return 0;
    }
    REQUIRE(status == CVH_ERR_FORMAT || status == CVH_ERR_MEMORY, "status %d: %s", (int)status, cvh_last_error());
    REQUIRE(memcmp(&maps, &before, sizeof maps) == 0, "failed, but the view was written");
    if (status == CVH_ERR_FORMAT) REQUIRE(strstr(cvh_last_error(), "byte "), "no position: %s", cvh_last_error());
    return 0;
}

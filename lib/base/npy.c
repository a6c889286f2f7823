/* SPDX-License-Identifier: Apache-2.0
 * Maps to and from NumPy's .npy files. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/maps.h"
#include "base/npy_header.h"
#include "base/samples.h"
#include "base/status.h"
#include "cvheatmap.h"

/* ------------------------------------------------------------------------------------------------------------ byte order */

static bool machine_is_big_endian(void)
{
    const uint16_t one = 1;
    unsigned char first;
    memcpy(&first, &one, 1);
    return first == 0;
}

/* Turns each sample's bytes around. */
static void swap_bytes(unsigned char *samples, size_t size, size_t count)
{
    for (unsigned char *at = samples; count > 0; count--, at += size)
        for (size_t i = 0; i < size / 2; i++) {
            unsigned char kept = at[i];
            at[i] = at[size - 1 - i];
            at[size - 1 - i] = kept;
        }
}

static cvh_status check_path(const char *path)
{
    if (!path) return cvh_fail(CVH_ERR_ARGUMENT, "path is NULL; it must name a file");
    if (!*path) return cvh_fail(CVH_ERR_ARGUMENT, "path is empty; it must name a file");
    return CVH_OK;
}

/* ---------------------------------------------------------------------------------------------------------------- saving */

/* Files that we write are little-endian on every machine. */
static bool write_samples(FILE *file, const cvh_maps *view)
{
    enum { BLOCK = 1024 };
    double buffer[BLOCK];
    size_t size = cvh_sample_size(view);
    uint64_t total = cvh_sample_count(view);
    for (uint64_t first = 0; first < total; first += BLOCK) {
        size_t count = total - first < BLOCK ? (size_t)(total - first) : BLOCK;
        const void *samples = cvh_samples_in_order(view, first, count, buffer);
        if (machine_is_big_endian()) { /* GCOVR_EXCL_BR_LINE: the coverage is counted on little-endian machines */
            /* GCOVR_EXCL_START: test/machines runs the tests on a big-endian one */
            if (samples != buffer) memcpy(buffer, samples, count * size);
            swap_bytes((unsigned char *)buffer, size, count);
            samples = buffer;
            /* GCOVR_EXCL_STOP */
        }
        if (fwrite(samples, size, count, file) != count) return false;
    }
    return true;
}

/* Returns 0 or an errno. */
static int write_maps(FILE *file, const void *maps)
{
    const cvh_maps *view = maps;
    unsigned char header[CVH_NPY_WRITTEN];
    cvh_npy_write_header(view, header);
    errno = 0;
    bool fine = fwrite(header, 1, sizeof header, file) == sizeof header && write_samples(file, view) && fflush(file) == 0;
    return fine ? 0 : errno ? errno : EIO;
}

cvh_status cvh_npy_save(const char *path, const cvh_maps *maps)
{
    cvh_maps view;
    if (check_path(path) || cvh_maps_check("maps", maps, CVH_DEPTHS_ALL, &view)) return CVH_ERR_ARGUMENT;
    return cvh_file_save(path, write_maps, &view);
}

/* --------------------------------------------------------------------------------------------------------------- loading */

static cvh_status read_failed(FILE *file, const char *path, uint64_t at, const char *what)
{
    if (ferror(file)) return cvh_file_error(path, "cannot be read", errno);
    return cvh_fail(CVH_ERR_FORMAT, "%s: byte %llu: the file ends within its %s", cvh_file_shown(path), (unsigned long long)at,
                    what);
}

/* Reads everything before the samples. *start is where they begin. */
static cvh_status read_header(FILE *file, const char *path, cvh_npy_header *header, uint64_t *start)
{
    unsigned char prefix[CVH_NPY_PREFIX + 4];
    size_t got = fread(prefix, 1, CVH_NPY_PREFIX, file);
    if (got < CVH_NPY_PREFIX) return read_failed(file, path, got, "first 8 bytes");
    int length_bytes;
    cvh_status status = cvh_npy_read_prefix(path, prefix, &length_bytes);
    if (status) return status;
    got = fread(prefix + CVH_NPY_PREFIX, 1, (size_t)length_bytes, file);
    if (got < (size_t)length_bytes) return read_failed(file, path, CVH_NPY_PREFIX + got, "header's length");
    uint32_t length = 0;
    for (int i = length_bytes; i-- > 0;) length = length << 8 | prefix[CVH_NPY_PREFIX + i];
    if (length > CVH_NPY_MAX_TEXT)
        return cvh_fail(CVH_ERR_FORMAT, "%s: byte %d: the header is %lu bytes; at most %d are read", cvh_file_shown(path),
                        CVH_NPY_PREFIX, (unsigned long)length, CVH_NPY_MAX_TEXT);

    size_t before = CVH_NPY_PREFIX + (size_t)length_bytes;
    char *text = malloc(length + 1);
    if (!text)
        return cvh_fail(CVH_ERR_MEMORY, "%s: out of memory for a header of %lu bytes", cvh_file_shown(path),
                        (unsigned long)length);
    got = fread(text, 1, length, file);
    status =
        got < length ? read_failed(file, path, before + got, "header") : cvh_npy_read_text(path, before, text, length, header);
    free(text);
    *start = before + length;
    return status;
}

/* A regular file must be exactly as long as its header says, which is known before memory is asked for. For others
 * *known is false. */
static cvh_status check_length(FILE *file, const char *path, uint64_t start, uint64_t promised, bool *known)
{
    uint64_t length = 0;
    int error = cvh_file_length(file, known, &length);
    if (error) return cvh_file_error(path, "cannot be read", error); /* GCOVR_EXCL_BR_LINE: it is open */
    if (!*known || length == start + promised) return CVH_OK;
    return cvh_fail(CVH_ERR_FORMAT,
                    "%s: byte %llu: the file is %llu bytes; with %llu of samples there, as the header says, it would be %llu",
                    cvh_file_shown(path), (unsigned long long)start, (unsigned long long)length, (unsigned long long)promised,
                    (unsigned long long)(start + promised));
}

/* The samples are all there, and nothing behind them. */
static cvh_status check_end(FILE *file, const char *path, uint64_t start, uint64_t got, uint64_t promised)
{
    if (got < promised) return read_failed(file, path, start + got, "samples");
    if (getc(file) != EOF)
        return cvh_fail(CVH_ERR_FORMAT, "%s: byte %llu: more follows the samples that the header announces",
                        cvh_file_shown(path), (unsigned long long)(start + promised));
    return ferror(file) ? cvh_file_error(path, "cannot be read", errno) : CVH_OK;
}

/* Reads the samples; where the length is not known beforehand, memory grows with what really comes, not with what the
 * header says. */
static cvh_status read_samples(FILE *file, const char *path, uint64_t start, uint64_t promised, bool known, void **samples)
{
    enum { FIRST_STEP = 1 << 20 };
    unsigned char *data = NULL;
    uint64_t got = 0, room = 0;
    do {
        room = known || promised - room <= (room ? room : FIRST_STEP) ? promised : room ? 2 * room : FIRST_STEP;
        void *grown = room <= SIZE_MAX ? realloc(data, (size_t)room) : NULL;
        if (!grown) {
            free(data);
            return cvh_fail(CVH_ERR_MEMORY, "%s: %llu bytes of samples do not fit in memory", cvh_file_shown(path),
                            (unsigned long long)promised);
        }
        data = grown;
        got += fread(data + got, 1, (size_t)(room - got), file);
    } while (got == room && got < promised);
    cvh_status status = check_end(file, path, start, got, promised);
    if (status)
        free(data);
    else
        *samples = data;
    return status;
}

static cvh_status load(FILE *file, const char *path, cvh_maps *maps)
{
    cvh_npy_header header = {0};
    uint64_t start = 0;
    bool known = false;
    cvh_status status = read_header(file, path, &header, &start);
    if (status) return status;
    cvh_maps found = header.maps;
    /* At most 2^28 * 2^15 * 2^15 * 8 = 2^61 bytes: no overflow. */
    uint64_t promised = cvh_sample_count(&found) * cvh_sample_size(&found);
    status = check_length(file, path, start, promised, &known);
    if (!status) status = read_samples(file, path, start, promised, known, &found.data);
    if (status) return status;
    if (header.big_endian != machine_is_big_endian())
        swap_bytes(found.data, cvh_sample_size(&found), (size_t)cvh_sample_count(&found));
    *maps = found;
    return CVH_OK;
}

cvh_status cvh_npy_load(const char *path, cvh_maps *maps)
{
    if (check_path(path)) return CVH_ERR_ARGUMENT;
    if (!maps) return cvh_fail(CVH_ERR_ARGUMENT, "maps is NULL; it must point to a view");
    FILE *file = fopen(path, "rb");
    if (!file) return cvh_file_error(path, "cannot be opened", errno);
    cvh_status status = load(file, path, maps);
    fclose(file);
    return status;
}

void cvh_npy_free(cvh_maps *maps)
{
    if (!maps) return;
    free(maps->data);
    *maps = (cvh_maps){0};
}

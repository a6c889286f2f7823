/* SPDX-License-Identifier: Apache-2.0
 * Maps to and from NumPy's .npy files. */
#define _XOPEN_SOURCE 700
#define _FILE_OFFSET_BITS 64

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/maps.h"
#include "base/npy_header.h"
#include "base/samples.h"
#include "base/status.h"
#include "cvheatmap.h"

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#  error "samples are copied as they lie in memory: this file needs a little-endian machine"
#endif

/* The C library's own allocations, for a stream, fail as ENOMEM. */
static cvh_status io_error(const char *path, const char *what, int error)
{
    return cvh_fail(error == ENOMEM ? CVH_ERR_MEMORY : CVH_ERR_IO, "%s: %s: %s", cvh_npy_shown(path), what,
                    error ? strerror(error) : "input/output error");
}

static cvh_status check_path(const char *path)
{
    if (!path) return cvh_fail(CVH_ERR_ARGUMENT, "path is NULL; it must name a file");
    if (!*path) return cvh_fail(CVH_ERR_ARGUMENT, "path is empty; it must name a file");
    return CVH_OK;
}

/* ---------------------------------------------------------------------------------------------------------------- saving */

static bool write_samples(FILE *file, const cvh_maps *view)
{
    enum { BLOCK = 1024 };
    double buffer[BLOCK];
    size_t size = cvh_sample_size(view);
    uint64_t total = cvh_sample_count(view);
    for (uint64_t first = 0; first < total; first += BLOCK) {
        size_t count = total - first < BLOCK ? (size_t)(total - first) : BLOCK;
        if (fwrite(cvh_samples_in_order(view, first, count, buffer), size, count, file) != count) return false;
    }
    return true;
}

/* Writes and closes the file. Returns 0 or an errno. */
static int write_and_close(FILE *file, const cvh_maps *view)
{
    unsigned char header[CVH_NPY_WRITTEN];
    cvh_npy_write_header(view, header);
    errno = 0;
    bool fine = fwrite(header, 1, sizeof header, file) == sizeof header && write_samples(file, view) && fflush(file) == 0;
    int error = fine ? 0 : errno ? errno : EIO;
    errno = 0;
    if (fclose(file) != 0 && !error) error = errno ? errno : EIO;
    return error;
}

/* Devices, pipes and the like cannot be replaced by another file. */
static cvh_status save_directly(const char *path, const cvh_maps *view)
{
    FILE *file = fopen(path, "wb");
    if (!file) return io_error(path, "cannot be opened for writing", errno);
    int error = write_and_close(file, view);
    return error ? io_error(path, "cannot be written", error) : CVH_OK;
}

/* A new file in the folder of `path`, open for writing, its name written to name[strlen(path) + TEMPORARY]. Not mkstemp: the
 * file shall have the permissions of any new file, and the umask cannot be asked without changing it for other threads. */
enum { TEMPORARY = 48 };
static int create_beside(const char *path, char *name)
{
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash - path) + 1 : 0;
    int descriptor = -1;
    for (int attempt = 0; attempt < 1000 && descriptor < 0; attempt++) {
        snprintf(name, strlen(path) + TEMPORARY, "%.*s.cvheatmap-%ld-%d.tmp", folder, path, (long)getpid(), attempt);
        descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor < 0 && errno != EEXIST) break;
    }
    return descriptor;
}

/* Written under another name and then renamed, so that `path` is the whole new file or what it was. `old`: the file that is
 * replaced, whose permissions the new one takes over, or NULL. */
static cvh_status save_and_rename(const char *path, char *name, const struct stat *old, const cvh_maps *view)
{
    int descriptor = create_beside(path, name);
    if (descriptor < 0) return io_error(path, "no file can be created beside it", errno);
    if (old && fchmod(descriptor, old->st_mode & 0777) != 0) errno = 0; /* not ours to change: a new file's will do */
    FILE *file = fdopen(descriptor, "wb");
    int error = file ? write_and_close(file, view) : errno;
    if (!file) close(descriptor);
    if (!error && rename(name, path) != 0) error = errno;
    if (!error) return CVH_OK;
    unlink(name);
    return io_error(path, "cannot be written", error);
}

static cvh_status save_regular(const char *path, const struct stat *old, const cvh_maps *view)
{
    char *name = malloc(strlen(path) + TEMPORARY);
    if (!name)
        return cvh_fail(CVH_ERR_MEMORY, "path: %zu bytes for a file name do not fit in memory", strlen(path) + TEMPORARY);
    cvh_status status = save_and_rename(path, name, old, view);
    free(name);
    return status;
}

/* Through a symbolic link, the file that it names is replaced, not the link. */
static cvh_status save_through_link(const char *path, const struct stat *old, const cvh_maps *view)
{
    char *target = realpath(path, NULL);
    if (!target) return io_error(path, "cannot be resolved", errno);
    cvh_status status = save_regular(target, old, view);
    free(target);
    return status;
}

cvh_status cvh_npy_save(const char *path, const cvh_maps *maps)
{
    cvh_maps view;
    if (check_path(path) || cvh_maps_check("maps", maps, CVH_DEPTHS_ALL, &view)) return CVH_ERR_ARGUMENT;
    struct stat itself, target;
    bool exists = lstat(path, &itself) == 0;
    if (!exists && errno != ENOENT) return io_error(path, "cannot be opened for writing", errno);
    if (!exists) return save_regular(path, NULL, &view);
    if (access(path, W_OK) != 0 && errno != ENOENT) return io_error(path, "cannot be opened for writing", errno);
    if (S_ISREG(itself.st_mode)) return save_regular(path, &itself, &view);
    if (S_ISLNK(itself.st_mode) && stat(path, &target) == 0 && S_ISREG(target.st_mode))
        return save_through_link(path, &target, &view);
    return save_directly(path, &view);
}

/* --------------------------------------------------------------------------------------------------------------- loading */

static cvh_status read_failed(FILE *file, const char *path, uint64_t at, const char *what)
{
    if (ferror(file)) return io_error(path, "cannot be read", errno);
    return cvh_fail(CVH_ERR_FORMAT, "%s: byte %llu: the file ends within its %s", cvh_npy_shown(path), (unsigned long long)at,
                    what);
}

/* Reads everything before the samples. *start is where they begin. */
static cvh_status read_header(FILE *file, const char *path, cvh_maps *maps, uint64_t *start)
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
        return cvh_fail(CVH_ERR_FORMAT, "%s: byte %d: the header is %lu bytes; at most %d are read", cvh_npy_shown(path),
                        CVH_NPY_PREFIX, (unsigned long)length, CVH_NPY_MAX_TEXT);

    size_t before = CVH_NPY_PREFIX + (size_t)length_bytes;
    char *text = malloc(length + 1);
    if (!text)
        return cvh_fail(CVH_ERR_MEMORY, "%s: out of memory for a header of %lu bytes", cvh_npy_shown(path),
                        (unsigned long)length);
    got = fread(text, 1, length, file);
    status =
        got < length ? read_failed(file, path, before + got, "header") : cvh_npy_read_text(path, before, text, length, maps);
    free(text);
    *start = before + length;
    return status;
}

/* A regular file must be exactly as long as its header says, which is known before memory is asked for. For others
 * *known is false. */
static cvh_status check_length(FILE *file, const char *path, uint64_t start, uint64_t promised, bool *known)
{
    struct stat found;
    if (fstat(fileno(file), &found) != 0) return io_error(path, "cannot be read", errno); /* GCOVR_EXCL_BR_LINE: it is open */
    *known = S_ISREG(found.st_mode);
    if (!*known || (uint64_t)found.st_size == start + promised) return CVH_OK;
    return cvh_fail(CVH_ERR_FORMAT,
                    "%s: byte %llu: the file is %lld bytes; with %llu of samples there, as the header says, it would be %llu",
                    cvh_npy_shown(path), (unsigned long long)start, (long long)found.st_size, (unsigned long long)promised,
                    (unsigned long long)(start + promised));
}

/* The samples are all there, and nothing behind them. */
static cvh_status check_end(FILE *file, const char *path, uint64_t start, uint64_t got, uint64_t promised)
{
    if (got < promised) return read_failed(file, path, start + got, "samples");
    if (getc(file) != EOF)
        return cvh_fail(CVH_ERR_FORMAT, "%s: byte %llu: more follows the samples that the header announces",
                        cvh_npy_shown(path), (unsigned long long)(start + promised));
    return ferror(file) ? io_error(path, "cannot be read", errno) : CVH_OK;
}

/* Reads the samples; where the length is not known beforehand, memory grows with what really comes, not with what the
 * header says. */
static cvh_status read_samples(FILE *file, const char *path, uint64_t start, uint64_t promised, bool known, void **samples)
{
    enum { FIRST_STEP = 1 << 20 };
    unsigned char *data = NULL;
    uint64_t got = 0, room = 0;
    while (got < promised) {
        room = known || promised - room <= (room ? room : FIRST_STEP) ? promised : room ? 2 * room : FIRST_STEP;
        void *grown = room <= SIZE_MAX ? realloc(data, (size_t)room) : NULL;
        if (!grown) {
            free(data);
            return cvh_fail(CVH_ERR_MEMORY, "%s: %llu bytes of samples do not fit in memory", cvh_npy_shown(path),
                            (unsigned long long)promised);
        }
        data = grown;
        got += fread(data + got, 1, (size_t)(room - got), file);
        if (got < room) break;
    }
    cvh_status status = check_end(file, path, start, got, promised);
    if (status)
        free(data);
    else
        *samples = data;
    return status;
}

static cvh_status load(FILE *file, const char *path, cvh_maps *maps)
{
    cvh_maps found;
    uint64_t start = 0;
    bool known = false;
    cvh_status status = read_header(file, path, &found, &start);
    if (status) return status;
    /* At most 2^28 * 2^15 * 2^15 * 8 = 2^61 bytes: no overflow. */
    uint64_t promised = cvh_sample_count(&found) * cvh_depth_size(found.depth);
    status = check_length(file, path, start, promised, &known);
    if (!status) status = read_samples(file, path, start, promised, known, &found.data);
    if (!status) *maps = found;
    return status;
}

cvh_status cvh_npy_load(const char *path, cvh_maps *maps)
{
    if (check_path(path)) return CVH_ERR_ARGUMENT;
    if (!maps) return cvh_fail(CVH_ERR_ARGUMENT, "maps is NULL; it must point to a view");
    FILE *file = fopen(path, "rb");
    if (!file) return io_error(path, "cannot be opened", errno);
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

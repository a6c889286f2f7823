/* SPDX-License-Identifier: Apache-2.0 */
#define _XOPEN_SOURCE 700

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#ifdef _WIN32
#  include <io.h>
#  include <process.h>
#  include <windows.h>
#else
#  include <unistd.h>
#endif

#include "base/status.h"

cvh_status cvh_file_error(const char *path, const char *what, int error)
{
    return cvh_fail(error == ENOMEM ? CVH_ERR_MEMORY : CVH_ERR_IO, "%s: %s: %s", cvh_file_shown(path), what,
                    error ? strerror(error) : "input/output error");
}

const char *cvh_file_shown(const char *path)
{
    enum { SHOWN = 250 };
    size_t length = strlen(path);
    return length > SHOWN ? path + (length - SHOWN) : path;
}

/* Writes and closes the file. Returns 0 or an errno. */
static int write_and_close(FILE *file, cvh_file_write_fn write, const void *what)
{
    int error = write(file, what);
    errno = 0;
    if (fclose(file) != 0 && !error) error = errno ? errno : EIO;
    return error;
}

/* Devices, pipes and the like cannot be replaced by another file. */
static cvh_status save_directly(const char *path, cvh_file_write_fn write, const void *what)
{
    FILE *file = fopen(path, "wb");
    if (!file) return cvh_file_error(path, "cannot be opened for writing", errno);
    int error = write_and_close(file, write, what);
    return error ? cvh_file_error(path, "cannot be written", error) : CVH_OK;
}

/* A new file in the folder of `path`, open for writing, its name written to name[strlen(path) + TEMPORARY]. Not mkstemp: the
 * file shall have the permissions of any new file, and the umask cannot be asked without changing it for other threads. */
enum { TEMPORARY = 48 };
static int create_exclusively(const char *name);
static int folder_length(const char *path);
static int create_beside(const char *path, char *name)
{
    int descriptor = -1;
    for (int attempt = 0; attempt < 1000 && descriptor < 0; attempt++) {
        snprintf(name, strlen(path) + TEMPORARY, "%.*s.cvheatmap-%ld-%d.tmp", folder_length(path), path, (long)getpid(),
                 attempt);
        descriptor = create_exclusively(name);
        if (descriptor < 0 && errno != EEXIST) break;
    }
    return descriptor;
}

#ifdef _WIN32

int cvh_file_length(FILE *file, bool *known, uint64_t *length)
{
    struct _stat64 found;
    if (_fstat64(_fileno(file), &found) != 0) return errno;
    *known = (found.st_mode & _S_IFMT) == _S_IFREG;
    *length = (uint64_t)found.st_size;
    return 0;
}

static int create_exclusively(const char *name)
{
    return _open(name, _O_WRONLY | _O_CREAT | _O_EXCL | _O_BINARY | _O_NOINHERIT, _S_IREAD | _S_IWRITE);
}

static int folder_length(const char *path)
{
    size_t length = strlen(path);
    while (length > 0 && !strchr("/\\:", path[length - 1])) length--;
    return (int)length;
}

/* rename() refuses there where the new name exists. Links are not looked through: they are rare, and replaced. */
static cvh_status save_and_rename(const char *path, char *name, cvh_file_write_fn write, const void *what)
{
    int descriptor = create_beside(path, name);
    if (descriptor < 0) return cvh_file_error(path, "no file can be created beside it", errno);
    FILE *file = _fdopen(descriptor, "wb");
    int error = file ? write_and_close(file, write, what) : errno;
    if (!file) _close(descriptor);
    if (!error && !MoveFileExA(name, path, MOVEFILE_REPLACE_EXISTING)) error = EACCES;
    if (!error) return CVH_OK;
    _unlink(name);
    return cvh_file_error(path, "cannot be written", error);
}

cvh_status cvh_file_save(const char *path, cvh_file_write_fn write, const void *what)
{
    struct _stat64 old;
    if (_stat64(path, &old) == 0 && (old.st_mode & _S_IFMT) != _S_IFREG) return save_directly(path, write, what);
    char *name = malloc(strlen(path) + TEMPORARY);
    if (!name) return cvh_fail(CVH_ERR_MEMORY, "path: a file name of %d characters does not fit in memory", (int)strlen(path));
    cvh_status status = save_and_rename(path, name, write, what);
    free(name);
    return status;
}

#else

int cvh_file_length(FILE *file, bool *known, uint64_t *length)
{
    struct stat found;
    if (fstat(fileno(file), &found) != 0) return errno; /* GCOVR_EXCL_BR_LINE: it is open */
    *known = S_ISREG(found.st_mode);
    *length = (uint64_t)found.st_size;
    return 0;
}

static int create_exclusively(const char *name)
{
    return open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
}

static int folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (int)(slash - path) + 1 : 0;
}

/* `old`: the file that is replaced, whose permissions the new one takes over, or NULL. */
static cvh_status save_and_rename(const char *path, char *name, const struct stat *old, cvh_file_write_fn write,
                                  const void *what)
{
    int descriptor = create_beside(path, name);
    if (descriptor < 0) return cvh_file_error(path, "no file can be created beside it", errno);
    if (old && fchmod(descriptor, old->st_mode & 0777) != 0) errno = 0; /* not ours to change: a new file's will do */
    FILE *file = fdopen(descriptor, "wb");
    int error = file ? write_and_close(file, write, what) : errno;
    if (!file) close(descriptor);
    if (!error && rename(name, path) != 0) error = errno;
    if (!error) return CVH_OK;
    unlink(name);
    return cvh_file_error(path, "cannot be written", error);
}

static cvh_status save_regular(const char *path, const struct stat *old, cvh_file_write_fn write, const void *what)
{
    char *name = malloc(strlen(path) + TEMPORARY);
    if (!name)
        return cvh_fail(CVH_ERR_MEMORY, "path: %zu bytes for a file name do not fit in memory", strlen(path) + TEMPORARY);
    cvh_status status = save_and_rename(path, name, old, write, what);
    free(name);
    return status;
}

/* Through a symbolic link, the file that it names is replaced, not the link. */
static cvh_status save_through_link(const char *path, const struct stat *old, cvh_file_write_fn write, const void *what)
{
    char *target = realpath(path, NULL);
    if (!target) return cvh_file_error(path, "cannot be resolved", errno);
    cvh_status status = save_regular(target, old, write, what);
    free(target);
    return status;
}

cvh_status cvh_file_save(const char *path, cvh_file_write_fn write, const void *what)
{
    struct stat itself, target;
    bool exists = lstat(path, &itself) == 0;
    if (!exists && errno != ENOENT) return cvh_file_error(path, "cannot be opened for writing", errno);
    if (!exists) return save_regular(path, NULL, write, what);
    if (access(path, W_OK) != 0 && errno != ENOENT) return cvh_file_error(path, "cannot be opened for writing", errno);
    if (S_ISREG(itself.st_mode)) return save_regular(path, &itself, write, what);
    if (S_ISLNK(itself.st_mode) && stat(path, &target) == 0 && S_ISREG(target.st_mode))
        return save_through_link(path, &target, write, what);
    return save_directly(path, write, what);
}

#endif

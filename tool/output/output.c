/* SPDX-License-Identifier: Apache-2.0
 * Output files that exist under their final name only when they are complete. */
#include "output/output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/inputs.h"

/* What a signal has to remove: the only state that a handler can reach. Changed with the signals blocked. */
enum { MOST_PENDING = 4 };
static char *volatile pending[MOST_PENDING];

static const int deadly[] = {SIGINT, SIGTERM, SIGHUP};
enum { DEADLY = sizeof deadly / sizeof *deadly };

/* GCOVR_EXCL_START: the signal ends the process before it can write its counters */
static void remove_pending(int number)
{
    for (int i = 0; i < MOST_PENDING; ++i)
        if (pending[i]) unlink(pending[i]);
    signal(number, SIG_DFL); /* SA_RESETHAND is not enough where the signal came blocked: end as if never caught */
    raise(number);
}
/* GCOVR_EXCL_STOP */

void output_guard_signals(void)
{
    struct sigaction remove = {.sa_handler = remove_pending}, before;
    sigemptyset(&remove.sa_mask);
    for (int i = 0; i < DEADLY; ++i) sigaddset(&remove.sa_mask, deadly[i]);
    for (int i = 0; i < DEADLY; ++i) {
        sigaction(deadly[i], NULL, &before);
        if (before.sa_handler != SIG_IGN) sigaction(deadly[i], &remove, NULL);
    }
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
}

static void block_signals(sigset_t *before)
{
    sigset_t set;
    sigemptyset(&set);
    for (int i = 0; i < DEADLY; ++i) sigaddset(&set, deadly[i]);
    sigprocmask(SIG_BLOCK, &set, before);
}

static void replace_pending(char *from, char *to)
{
    for (int i = 0; i < MOST_PENDING; ++i) /* GCOVR_EXCL_BR_LINE: no command has more than four files */
        if (pending[i] == from) {
            pending[i] = to;
            return;
        }
}

bool has_extension(const char *path, const char *extension)
{
    const size_t length = strlen(path), tail = strlen(extension);
    return length > tail && !strcmp(path + length - tail, extension);
}

static bool is_stdout(const char *path)
{
    return !strcmp(path, "/dev/stdout");
}

/* True for what has no name to rename to: a fifo, a terminal, /dev/full. */
static bool is_stream(const char *path)
{
    struct stat status;
    return is_stdout(path) || (!stat(path, &status) && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode));
}

output_kind output_kind_of(const char *path)
{
    if (has_extension(path, ".npy")) return OUTPUT_NPY;
    if (has_extension(path, ".png")) return OUTPUT_PNG;
    return is_stream(path) ? OUTPUT_NPY : OUTPUT_UNKNOWN;
}

int output_kind_wanted(const char *path, output_kind *kind)
{
    *kind = output_kind_of(path);
    return *kind != OUTPUT_UNKNOWN ? EXIT_FINE : trouble("-o is '%s'; its name must end in .npy or .png", path);
}

int picture_wanted(const char *path)
{
    if (!path || has_extension(path, ".png")) return EXIT_FINE;
    return trouble("-o is '%s'; this command writes a picture, whose name must end in .png", path);
}

static int open_failed(output *out)
{
    const int reason = errno;
    free(out->final);
    free(out->temporary);
    const char *path = out->path;
    memset(out, 0, sizeof *out);
    return trouble("cannot create %s: %s", path, strerror(reason));
}

static int open_stream(output *out)
{
    out->descriptor = is_stdout(out->path) ? dup(STDOUT_FILENO) : open(out->path, O_WRONLY | O_CLOEXEC);
    return out->descriptor < 0 ? open_failed(out) : EXIT_FINE;
}

/* mkstemp makes private files; an output file has the mode that the user's umask gives. */
static void open_up(int descriptor)
{
    const mode_t mask = umask(0);
    umask(mask);
    fchmod(descriptor, 0666 & ~mask);
}

static int open_temporary(output *out)
{
    sigset_t before;
    block_signals(&before);
    out->descriptor = mkstemp(out->temporary);
    if (out->descriptor >= 0) replace_pending(NULL, out->temporary);
    const int reason = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    errno = reason;
    if (out->descriptor < 0) return open_failed(out);
    open_up(out->descriptor);
    return EXIT_FINE;
}

/* The file's full name, so that one file has one name however it is spelled. A link keeps pointing at its file. */
static char *full_name(const char *path, bool exists)
{
    if (exists) return realpath(path, NULL);
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    char *folder = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
    char *there = folder ? realpath(folder, NULL) : NULL;
    free(folder);
    if (!there) return NULL;
    const size_t size = strlen(there) + strlen(name) + 2;
    char *full = malloc(size);
    if (full) snprintf(full, size, "%s/%s", there, name);
    free(there);
    return full;
}

/* True where a file of this name is being written: its temporary one has six more letters behind a dot. */
static bool is_pending(const char *final)
{
    const size_t length = strlen(final);
    for (int i = 0; i < MOST_PENDING; ++i)
        if (pending[i] && strlen(pending[i]) == length + 7 && !strncmp(pending[i], final, length)) return true;
    return false;
}

static int refuse(output *out, const char *why)
{
    trouble("'%s' is %s", out->path, why);
    free(out->final);
    memset(out, 0, sizeof *out);
    return EXIT_TROUBLE;
}

int output_open(output *out, const char *path)
{
    *out = (output){.path = path, .descriptor = -1};
    if (is_stream(path)) return open_stream(out);
    struct stat status;
    const bool exists = !stat(path, &status);
    if (exists && input_is(&status)) return refuse(out, "read; what is written is a file of its own");
    if (exists && S_ISDIR(status.st_mode)) errno = EISDIR;
    if (exists && (S_ISDIR(status.st_mode) || access(path, W_OK))) return open_failed(out);
    out->final = full_name(path, exists);
    if (!out->final) return open_failed(out);
    if (is_pending(out->final)) return refuse(out, "asked for twice; each output is a file of its own");
    const size_t size = strlen(out->final) + sizeof ".XXXXXX";
    out->temporary = malloc(size);
    if (!out->temporary) return open_failed(out);
    snprintf(out->temporary, size, "%s.XXXXXX", out->final);
    return open_temporary(out);
}

/* No handler of ours returns, so that no call is interrupted. */
int output_write(output *out, const void *data, size_t size)
{
    for (const char *at = data; size > 0;) {
        const ssize_t written = write(out->descriptor, at, size);
        if (written < 0) return trouble("cannot write to %s: %s", out->path, strerror(errno));
        at += written;
        size -= (size_t)written;
    }
    return EXIT_FINE;
}

void output_discard(output *out)
{
    if (!out->path) return;
    if (out->descriptor >= 0) close(out->descriptor);
    if (out->temporary) {
        unlink(out->temporary);
        sigset_t before;
        block_signals(&before);
        replace_pending(out->temporary, NULL);
        sigprocmask(SIG_SETMASK, &before, NULL);
    }
    free(out->temporary);
    free(out->final);
    memset(out, 0, sizeof *out);
}

static int finish_failed(output *out)
{
    const int status = trouble("cannot write to %s: %s", out->path, strerror(errno));
    output_discard(out);
    return status;
}

int output_finish(output *out)
{
    const int closed = close(out->descriptor); /* some file systems report a full disk here */
    out->descriptor = -1;
    if (closed) return finish_failed(out); /* GCOVR_EXCL_BR_LINE: takes a file system that a test cannot mount */
    if (out->temporary) {
        sigset_t before;
        block_signals(&before);
        const int renamed = rename(out->temporary, out->final);
        if (!renamed) replace_pending(out->temporary, NULL);
        sigprocmask(SIG_SETMASK, &before, NULL);
        if (renamed) return finish_failed(out);
        free(out->temporary);
        out->temporary = NULL;
    }
    output_discard(out);
    return EXIT_FINE;
}

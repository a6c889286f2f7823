/* SPDX-License-Identifier: Apache-2.0
 * A folder of its own for each test that reads and writes files (usable outside tests too), and files with any bytes. */
#ifndef CVH_TEST_FOLDER_H
#define CVH_TEST_FOLDER_H

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/support.h"

static char folder[64], path[96];

static inline void make_folder(void)
{
    snprintf(folder, sizeof folder, "%s", "/tmp/cvheatmap-test-XXXXXX");
    if (!mkdtemp(folder)) {
        perror(folder);
        exit(EXIT_FAILURE);
    }
    snprintf(path, sizeof path, "%s/maps.npy", folder);
}

static inline int files_in_folder(bool remove_them)
{
    int files = 0;
    DIR *listing = opendir(folder);
    if (!listing) return -1;
    for (struct dirent *entry; (entry = readdir(listing));) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
        files++;
        if (remove_them) unlinkat(dirfd(listing), entry->d_name, 0);
    }
    closedir(listing);
    return files;
}

static inline void remove_folder(void)
{
    files_in_folder(true);
    rmdir(folder);
}

static inline void write_bytes(const void *bytes, size_t count)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, count, file), count);
    ck_assert_int_eq(fclose(file), 0);
}

/* The whole file, and a NUL behind it for who reads it as text, in memory that the caller frees. */
static inline unsigned char *read_bytes(const char *name, size_t *count)
{
    FILE *file = fopen(name, "rb");
    ck_assert_msg(file != NULL, "%s: %s", name, strerror(errno));
    fseek(file, 0, SEEK_END);
    *count = (size_t)ftell(file);
    rewind(file);
    unsigned char *bytes = malloc(*count + 1);
    ck_assert_uint_eq(fread(bytes, 1, *count, file), *count);
    bytes[*count] = 0;
    fclose(file);
    return bytes;
}

/* A .npy file in memory: the header text as given, then `samples` bytes of value 1. */
static inline size_t file_of(int format, const char *text, size_t samples, unsigned char *out)
{
    size_t length = strlen(text), at = 8;
    memcpy(out, "\x93NUMPY", 6);
    out[6] = (unsigned char)format;
    out[7] = 0;
    for (int i = 0; i < (format == 1 ? 2 : 4); i++) out[at++] = (unsigned char)(length >> 8 * i);
    memcpy(out + at, text, length);
    memset(out + at + length, 1, samples);
    return at + length + samples;
}

#define HEADER(descr, shape) "{'descr': '" descr "', 'fortran_order': False, 'shape': " shape ", }"

/* Feeds the file at `path` through a pipe of the given name to cvh_npy_load. */
static inline cvh_status load_from_pipe(size_t count, const unsigned char *bytes, cvh_maps *maps)
{
    char pipe_path[128];
    snprintf(pipe_path, sizeof pipe_path, "%s/pipe", folder);
    unlink(pipe_path);
    ck_assert_int_eq(mkfifo(pipe_path, 0600), 0);
    pid_t child = fork();
    if (child == 0) {
        FILE *file = fopen(pipe_path, "wb");
        bool written = file && fwrite(bytes, 1, count, file) == count && fclose(file) == 0;
        _exit(written ? 0 : 1);
    }
    cvh_status status = cvh_npy_load(pipe_path, maps);
    waitpid(child, NULL, 0);
    return status;
}

#endif

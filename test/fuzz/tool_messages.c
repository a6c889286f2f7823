/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "tool_messages.h"

#include "fuzz.h"

static char errors[1 << 16];
static size_t caught;

/* Keeps the front of what is written. */
static ssize_t keep(void *cookie, const char *text, size_t size)
{
    (void)cookie;
    size_t room = sizeof errors - 1 - caught, kept = size < room ? size : room;
    memcpy(errors + caught, text, kept);
    caught += kept;
    return (ssize_t)size;
}

static ssize_t drop(void *cookie, const char *text, size_t size)
{
    (void)cookie, (void)text;
    return (ssize_t)size;
}

void catch_messages(void)
{
    stderr = fopencookie(NULL, "w", (cookie_io_functions_t){.write = keep});
    stdout = fopencookie(NULL, "w", (cookie_io_functions_t){.write = drop});
    if (!stderr || !stdout) abort();
    setvbuf(stderr, NULL, _IOLBF, 4096);
}

void forget_messages(void)
{
    fflush(stderr);
    fflush(stdout);
    caught = 0;
}

void require_one_message(void)
{
    fflush(stderr);
    errors[caught] = '\0';
    REQUIRE(strncmp(errors, "cvheatmap: ", 11) == 0, "stderr: %s", errors);
    REQUIRE(caught > 12 && errors[caught - 1] == '\n', "stderr: %s", errors);
    for (size_t i = 0; i + 1 < caught; i++)
        REQUIRE((unsigned char)errors[i] >= 0x20 && errors[i] != 0x7F, "byte %zu of stderr is 0x%02x", i,
                (unsigned char)errors[i]);
}

void require_remarks(void)
{
    fflush(stderr);
    errors[caught] = '\0';
    for (const char *at = errors; *at; at = strchr(at, '\n') + 1) {
        REQUIRE(strncmp(at, "cvheatmap: ", 11) == 0 && strchr(at, '\n'), "stderr: %s", errors);
        for (const char *byte = at; *byte != '\n'; byte++)
            REQUIRE((unsigned char)*byte >= 0x20 && *byte != 0x7F, "stderr: %s", errors);
    }
}

void require_no_message(void)
{
    fflush(stderr);
    errors[caught] = '\0';
    REQUIRE(caught == 0, "stderr: %s", errors);
}

/* SPDX-License-Identifier: Apache-2.0
 * What the fuzz targets share: bytes turned into arguments, opinions that abort, and files in memory. */
#ifndef CVH_TEST_FUZZ_H
#define CVH_TEST_FUZZ_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cvheatmap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An opinion: where it does not hold, the input is a find. */
#define REQUIRE(condition, ...)                                                                                                \
  do {                                                                                                                         \
    if (!(condition)) {                                                                                                        \
      dprintf(STDERR_FILENO, "%s:%d: %s: ", __FILE__, __LINE__, #condition);                                                   \
      dprintf(STDERR_FILENO, __VA_ARGS__);                                                                                     \
      dprintf(STDERR_FILENO, "\n");                                                                                            \
      abort();                                                                                                                 \
    }                                                                                                                          \
  } while (0)

/* Bytes to be taken from the front; zeros once they are used up. */
typedef struct input {
    const uint8_t *data;
    size_t size;
} input;

static inline uint8_t take_byte(input *in)
{
    if (in->size == 0) return 0;
    in->size--;
    return *in->data++;
}

static inline void take_bytes(input *in, void *to, size_t count)
{
    size_t there = count < in->size ? count : in->size;
    memset(to, 0, count);
    if (there) memcpy(to, in->data, there);
    in->data += there;
    in->size -= there;
}

static inline int take_int(input *in, int least, int most)
{
    uint16_t bits;
    take_bytes(in, &bits, sizeof bits);
    return least + (int)(bits % (unsigned)(most - least + 1));
}

/* Any double at all, NaN and infinities included. */
static inline double take_any(input *in)
{
    double value;
    take_bytes(in, &value, sizeof value);
    return value;
}

/* least..most in steps of 1/65535. */
static inline double take_real(input *in, double least, double most)
{
    uint16_t bits;
    take_bytes(in, &bits, sizeof bits);
    return least + (most - least) * bits / 65535;
}

/* An IEEE half, by the definition. */
static inline double half_value(uint16_t half)
{
    int exponent = half >> 10 & 31, fraction = half & 1023;
    double magnitude = exponent ? ldexp(1024 + fraction, exponent - 25) : ldexp(fraction, -24);
    if (exponent == 31) magnitude = fraction ? (double)NAN : (double)INFINITY;
    return half & 0x8000 ? -magnitude : magnitude;
}

/* Makes the bytes a file; the path stays the same and the file is in memory. */
static inline const char *file_of(const uint8_t *data, size_t size)
{
    extern int memfd_create(const char *name, unsigned flags);
    static int descriptor = -1;
    static char path[40];
    if (descriptor < 0) {
        descriptor = memfd_create("fuzz", 0);
        snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    }
    if (descriptor < 0 || ftruncate(descriptor, 0) != 0 || pwrite(descriptor, data, size, 0) != (ssize_t)size) abort();
    return path;
}

#endif

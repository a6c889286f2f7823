/* SPDX-License-Identifier: Apache-2.0
 * The head of a NumPy file (numpy/lib/format.py: magic, version 1.0, length, a Python dict padded to 64 bytes), and the samples
 * behind it. */
#include "output/npy.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/names.h"

static bool machine_is_big_endian(void)
{
    const uint16_t one = 1;
    unsigned char first;
    memcpy(&first, &one, 1);
    return first == 0;
}

int npy_write_header(output *out, const uint64_t *shape, int dimensions, const char *type)
{
    enum { SIZE = 256, FIRST = 10 };
    char header[SIZE];
    int length = FIRST
                 + snprintf(header + FIRST, SIZE - FIRST, "{'descr': '%c%s', 'fortran_order': False, 'shape': (",
                            type[1] == '1' ? '|' : '<', type);
    for (int i = 0; i < dimensions; ++i)
        length += snprintf(header + length, (size_t)(SIZE - length), "%s%" PRIu64, i ? ", " : "", shape[i]);
    length += snprintf(header + length, (size_t)(SIZE - length), "%s), }", dimensions == 1 ? "," : "");
    const int padded = (length + 1 + 63) / 64 * 64; /* 192 at most: four numbers of 20 digits take 160 bytes */
    memset(header + length, ' ', (size_t)(padded - length));
    header[padded - 1] = '\n';
    static const char magic[8] = {'\x93', 'N', 'U', 'M', 'P', 'Y', 1, 0};
    memcpy(header, magic, sizeof magic);
    header[8] = (char)((padded - FIRST) & 0xff);
    header[9] = (char)((padded - FIRST) >> 8);
    return output_write(out, header, (size_t)padded);
}

/* GCOVR_EXCL_START: test/machines runs the tests on a big-endian machine */
/* A sample's bytes from the last to the first, block by block: the samples are the caller's. */
static int write_turned(output *out, const unsigned char *samples, size_t bytes, size_t size)
{
    enum { BLOCK = 1 << 16 }; /* a multiple of every size */
    unsigned char turned[BLOCK];
    for (size_t first = 0; first < bytes; first += BLOCK) {
        const size_t length = bytes - first < BLOCK ? bytes - first : BLOCK;
        for (size_t i = 0; i < length; ++i) turned[i] = samples[first + i / size * size + (size - 1 - i % size)];
        if (output_write(out, turned, length)) return EXIT_TROUBLE;
    }
    return EXIT_FINE;
}
/* GCOVR_EXCL_STOP */

int npy_write(output *out, const void *samples, size_t bytes, cvh_depth depth)
{
    if (machine_is_big_endian())                                      /* GCOVR_EXCL_BR_LINE: as above */
        return write_turned(out, samples, bytes, sample_size(depth)); /* GCOVR_EXCL_LINE: as above, s390x */
    return output_write(out, samples, bytes);
}

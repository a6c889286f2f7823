/* SPDX-License-Identifier: Apache-2.0
 * The head of a NumPy file (numpy/lib/format.py: magic, version 1.0, length, a Python dict padded to 64 bytes). */
#include "output/npy.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static char byte_order(const char *type)
{
    const uint16_t one = 1;
    return type[1] == '1' ? '|' : *(const unsigned char *)&one ? '<' : '>';
}

int npy_write_header(output *out, const uint64_t *shape, int dimensions, const char *type)
{
    enum { SIZE = 256, FIRST = 10 };
    char header[SIZE];
    int length = FIRST
                 + snprintf(header + FIRST, SIZE - FIRST, "{'descr': '%c%s', 'fortran_order': False, 'shape': (",
                            byte_order(type), type);
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

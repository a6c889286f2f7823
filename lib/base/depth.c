/* SPDX-License-Identifier: Apache-2.0 */
#include "base/depth.h"
#include "base/search_avx2.h"

#include <stdio.h>

extern const cvh_depth_loops cvh_loops_8u, cvh_loops_8s, cvh_loops_16u, cvh_loops_16s, cvh_loops_16f, cvh_loops_32f,
    cvh_loops_64f;

enum { READ = CVH_DEPTHS_ALL, BLURRED = READ | CVH_DEPTHS_OPENCV, DRAWN = BLURRED | CVH_DEPTHS_DRAWN };

/* clang-format off */
const cvh_depth_row cvh_depth_rows[CVH_DEPTH_NUMBERS] = {
    /*             name       npy    takers   whole  size */
    [CVH_8U]  = { "CVH_8U",  "u1",  BLURRED, true,  1, &cvh_loops_8u },
    [CVH_8S]  = { "CVH_8S",  "i1",  READ,    true,  1, &cvh_loops_8s },
    [CVH_16U] = { "CVH_16U", "u2",  BLURRED, true,  2, &cvh_loops_16u },
    [CVH_16S] = { "CVH_16S", "i2",  BLURRED, true,  2, &cvh_loops_16s },
    [CVH_32F] = { "CVH_32F", "f4",  DRAWN,   false, 4, &cvh_loops_32f },
    [CVH_64F] = { "CVH_64F", "f8",  DRAWN,   false, 8, &cvh_loops_64f },
    [CVH_16F] = { "CVH_16F", "f2",  READ,    false, 2, &cvh_loops_16f },
};
/* clang-format on */

const cvh_depth_loops *cvh_depth_search(cvh_depth depth)
{
#ifdef CVH_HAS_AVX2
    if (cvh_avx2_runs()) { /* GCOVR_EXCL_BR_LINE: by what the CPU has */
        if (depth == CVH_32F) return &cvh_loops_32f_avx2;
        if (depth == CVH_16F) return &cvh_loops_16f_avx2;
    }
#endif
    return cvh_depth_rows[depth].loops;
}

const cvh_depth_row *cvh_depth_find(int depth)
{
    if (depth < 0 || depth >= CVH_DEPTH_NUMBERS || !cvh_depth_rows[depth].name) return NULL;
    return &cvh_depth_rows[depth];
}

const char *cvh_depth_list(cvh_depths takers, char text[CVH_DEPTH_LIST])
{
    int left = 0, used = 0;
    for (int depth = 0; depth < CVH_DEPTH_NUMBERS; depth++) left += (cvh_depth_rows[depth].takers & (unsigned)takers) != 0;
    for (int depth = 0; depth < CVH_DEPTH_NUMBERS; depth++) {
        if (!(cvh_depth_rows[depth].takers & (unsigned)takers)) continue;
        left--;
        used += snprintf(text + used, CVH_DEPTH_LIST - (size_t)used, "%s (%d)%s", cvh_depth_rows[depth].name, depth,
                         left > 1    ? ", "
                         : left == 1 ? " or "
                                     : "");
    }
    return text;
}

void cvh_load_run(const cvh_coding *coding, const void *samples, size_t step, size_t count, double *values)
{
    cvh_depth_rows[coding->depth].loops->load(samples, step, count, coding->scale, coding->zero, values);
}

void cvh_store_run(const cvh_coding *coding, double *values, void *samples, size_t step, size_t count)
{
    const double scale = coding->scale, zero = coding->zero;
    if (!cvh_coding_is_value(coding))
        for (size_t i = 0; i < count; i++) values[i] = values[i] / scale + zero; /* cvh_number_of */
    cvh_depth_rows[coding->depth].loops->store(values, zero, samples, step, count);
}

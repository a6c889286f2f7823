/* SPDX-License-Identifier: Apache-2.0
 * Somebody else's tests without a framework, by the installed cvheatmap_assert.h, in C99. */
#include <cvheatmap_assert.h>

#undef NDEBUG
#include <assert.h>

int main(void)
{
    static float one[64 * 48], other[64 * 48];
    char why[CVH_CHECK_TEXT] = "";
    const cvh_maps expected = cvh_maps_view(one, 1, 64, 48, CVH_32F), actual = cvh_maps_view(other, 1, 64, 48, CVH_32F);
    other[100] = 1e-7F;
    assert(cvh_check_close(&expected, &actual, 1e-6, 0, __FILE__, __LINE__, why));
    assert(why[0] == 0);
    assert(!cvh_check_ulps(&expected, &actual, 4, __FILE__, __LINE__, why));
    puts(why);
    assert(strstr(why, "1 of 3072 samples differ") && strstr(why, "1 are not 0 where expected is"));
    return 0;
}

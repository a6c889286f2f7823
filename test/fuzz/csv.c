/* SPDX-License-Identifier: Apache-2.0
 * Keypoints from a CSV file. Of any bytes: keypoints that written out and read again are the same, or one line that says where.
 */
#include "fuzz.h"

#include <math.h>

#include "input/keypoints.h"
#include "tool_messages.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    catch_messages();
    return 0;
}

static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static void there_and_back(const keypoints *list)
{
    static char text[1 << 20];
    size_t length = 0;
    for (size_t i = 0; i < list->count && length < sizeof text - 100; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "%.17g,%.17g,%d\n", list->points[i].x,
                                   list->points[i].y, list->points[i].map);
    keypoints again = {0};
    REQUIRE(keypoints_read_csv(&again, file_of((const uint8_t *)text, length)) == EXIT_FINE, "%.100s", text);
    for (size_t i = 0; i < again.count; i++) {
        const cvh_keypoint *a = &list->points[i], *b = &again.points[i];
        REQUIRE(same(a->x, b->x) && same(a->y, b->y) && a->map == b->map, "line %zu: %.17g,%.17g,%d", i + 1, b->x, b->y,
                b->map);
    }
    keypoints_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    keypoints list = {0};
    forget_messages();
    if (keypoints_read_csv(&list, file_of(data, size))) {
        require_one_message();
        keypoints_free(&list);
        return 0;
    }
    require_no_message();
    REQUIRE(list.count > 0, "no keypoints, but no trouble");
    for (size_t i = 0; i < list.count; i++)
        REQUIRE(list.points[i].map >= 0 && list.points[i].map < CVH_MAX_COUNT, "map %d", list.points[i].map);
    there_and_back(&list);
    require_no_message();
    keypoints_free(&list);
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0
 * People from a COCO file. Of any bytes: people, each with keypoints that can be drawn, or one line that says what is wrong. */
#include "fuzz.h"

#include <math.h>

#include "input/coco.h"
#include "tool_messages.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    catch_messages();
    return 0;
}

static void take_people(coco *people)
{
    static cvh_keypoint points[1 << 16];
    REQUIRE(people->count > 0 && people->keypoints > 0, "%zu people of %d keypoints", (size_t)people->count, people->keypoints);
    if (people->keypoints > 1 << 16) return;
    coco_set_input(people, 256, 192, CVH_GEOMETRY_STRIDE);
    for (size_t i = 0; i < (size_t)people->count && i < 64; i++) {
        coco_next_person(people, points, 3);
        for (int k = 0; k < people->keypoints; k++) {
            REQUIRE(points[k].map == 3 + k && !points[k].gaussian, "map %d", points[k].map);
            REQUIRE(isnan(points[k].x) == isnan(points[k].y), "(%g, %g)", points[k].x, points[k].y);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    coco people;
    forget_messages();
    if (coco_open(&people, file_of(data, size))) {
        require_one_message();
        return 0;
    }
    require_no_message();
    take_people(&people);
    coco_close(&people);
    return 0;
}

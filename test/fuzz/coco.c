/* SPDX-License-Identifier: Apache-2.0
 * People from a COCO file, under options that the first byte chooses. Of any bytes: as many groups as were announced, each with
 * keypoints that can be drawn; or one line that says what is wrong. */
#include "input/coco.h"

#include <math.h>

#include "fuzz.h"
#include "tool_messages.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    catch_messages();
    return 0;
}

static void take_people(source *people)
{
    int64_t points = 0;
    REQUIRE(people->groups > 0 && people->maps > 0, "%lld groups of %d maps", (long long)people->groups, people->maps);
    for (int64_t i = 0; i < people->groups; i++) {
        keypoint_group out;
        REQUIRE(people->next(people, &out) == EXIT_FINE, "group %lld", (long long)i);
        points += (int64_t)out.count;
        REQUIRE(out.photo_rows >= 0 && out.photo_cols >= 0, "%d x %d", out.photo_rows, out.photo_cols);
        REQUIRE(!out.boxed || fmax(out.box.width, out.box.height) > 0, "%g x %g", out.box.width, out.box.height);
        for (size_t k = 0; k < out.count; k++) {
            REQUIRE(out.points[k].map >= 0 && out.points[k].map < people->maps, "map %d", out.points[k].map);
            REQUIRE(isnan(out.points[k].x) == isnan(out.points[k].y), "(%g, %g)", out.points[k].x, out.points[k].y);
        }
    }
    REQUIRE(points == people->points, "%lld points of %lld", (long long)points, (long long)people->points);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static cvh_crop_rule rule;
    reading how = {.peak = 1, .min_score = NAN};
    source *people = NULL;
    uint8_t choice = size && data[0] < 0x20 ? data[0] : 0; /* JSON begins with no such byte */
    if (choice) data++, size--;
    how.strict = choice & 1;
    how.boxes = choice & 2;
    how.whole_image = choice & 6;
    how.category = choice & 8 ? "person" : NULL;
    if (cvh_crop_find("hrnet", &rule)) abort();
    how.rule = choice & 16 ? &rule : NULL;
    forget_messages();
    if (coco_open(file_of(data, size), &how, &people)) {
        require_one_message();
        return 0;
    }
    take_people(people);
    people->close(people);
    require_no_message();
    return 0;
}

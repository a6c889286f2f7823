/* SPDX-License-Identifier: Apache-2.0
 * What decoding by hand costs: two rules that C++ programs write out, against cvh_decode on the same maps. The figures of
 * docs/integrate.md, "Before and after". */
#include <math.h>
#include <stdio.h>

#include "support/support.h"

enum { PEOPLE = 200, PARTS = 18, SIDE = 46, INPUT = 368 };

typedef struct crowd {
    float data[PARTS * SIDE * SIDE];
    cvh_keypoint points[PARTS];
    cvh_peak peaks[PARTS];
} crowd;

/* Parts of a person anywhere on the input, 8 pixels of it or more inside, and a little noise. */
static void draw_person(random_state *random, const cvh_convention *c, crowd *made)
{
    const cvh_maps maps = cvh_maps_view(made->data, PARTS, SIDE, SIDE, CVH_32F);
    for (int k = 0; k < PARTS; k++)
        made->points[k] =
            (cvh_keypoint){.x = 8 + random_real(random) * (INPUT - 17), .y = 8 + random_real(random) * (INPUT - 17), .map = k};
    ck_assert_msg(!cvh_encode(&maps, made->points, PARTS, c, NULL), "%s", cvh_last_error());
    for (int i = 0; i < PARTS * SIDE * SIDE; i++) made->data[i] += (float)(0.02 * (random_real(random) - 0.5));
}

/* OpenCV's samples/dnn/openpose.cpp: the largest sample's pixel, times the input's size over the map's. */
static double by_maximum(const crowd *made, int part)
{
    const float *map = made->data + part * SIDE * SIDE;
    int best = 0;
    for (int i = 1; i < SIDE * SIDE; i++) best = map[i] > map[best] ? i : best;
    double scale = (double)INPUT / SIDE;
    return hypot(best % SIDE * scale - made->points[part].x, best / SIDE * scale - made->points[part].y);
}

/* PaddleDetection's deploy/cpp keypoint_postprocess.cc: the decoder paddle_dark; where that keeps the pixel, near a border, it
 * adds a pixel towards a larger right or lower neighbour and takes a quarter off otherwise (`d > 0 ? 1 : -1 * 0.25`). */
static double by_paddle(const crowd *made, int part)
{
    const float *map = made->data + part * SIDE * SIDE;
    const double scale = (double)INPUT / SIDE;
    cvh_peak peak = made->peaks[part];
    int x = (int)lround(peak.x / scale), y = (int)lround(peak.y / scale);
    if (peak.found == CVH_FOUND_PIXEL_EDGE && x > 0 && x < SIDE - 1)
        peak.x += scale * (map[y * SIDE + x + 1] > map[y * SIDE + x - 1] ? 1 : -0.25);
    if (peak.found == CVH_FOUND_PIXEL_EDGE && y > 0 && y < SIDE - 1)
        peak.y += scale * (map[(y + 1) * SIDE + x] > map[(y - 1) * SIDE + x] ? 1 : -0.25);
    return hypot(peak.x - made->points[part].x, peak.y - made->points[part].y);
}

static double by_library(const crowd *made, int part)
{
    return hypot(made->peaks[part].x - made->points[part].x, made->peaks[part].y - made->points[part].y);
}

/* NaN where the decoder enlarges, which a build without OpenCV cannot. */
static double mean_of(const char *convention, const char *decoder, double (*error)(const crowd *, int))
{
    static crowd made;
    random_state random = {0x0BE4};
    const cvh_maps maps = cvh_maps_view(made.data, PARTS, SIDE, SIDE, CVH_32F);
    cvh_convention c;
    cvh_decoder named;
    double sum = 0;
    ck_assert(!cvh_convention_find(convention, &c) && !cvh_convention_fit(&c, INPUT, INPUT, SIDE, SIDE));
    c.decoder = NULL;
    if (decoder) {
        ck_assert(!cvh_decoder_find(decoder, &named));
        c.decoder = &named;
    }
    for (int i = 0; i < PEOPLE; i++) {
        draw_person(&random, &c, &made);
        cvh_status status = cvh_decode(&maps, &c, made.peaks);
        if (status == CVH_ERR_OPENCV && c.decoder && c.decoder->enlarge) return NAN;
        ck_assert_msg(!status, "%s", cvh_last_error());
        for (int k = 0; k < PARTS; k++) sum += error(&made, k);
    }
    return sum / (PEOPLE * PARTS);
}

START_TEST(the_pixel_times_the_scale)
{
    double before = mean_of("openpose", NULL, by_maximum), after = mean_of("openpose", NULL, by_library);
    double named = mean_of("openpose", "openpose", by_library);
    printf("openpose.cpp's rule, %d keypoints, 46x46 of 368x368: off by %.2f input pixels in the mean; cvh_decode by default: "
           "%.2f, as openpose: %.2f\n",
           PEOPLE * PARTS, before, after, named);
    fflush(stdout);
    ck_assert_msg(before > 3 && after < 0.2 && !(named > 1), "%g, %g, %g", before, after, named);
}
END_TEST

START_TEST(dark_as_paddle_has_it)
{
    double before = mean_of("mmpose_dark", "paddle_dark", by_paddle);
    double named = mean_of("mmpose_dark", "paddle_dark", by_library), after = mean_of("mmpose_dark", NULL, by_library);
    printf("PaddleDetection's rule on DARK's maps: %.2f; cvh_decode as paddle_dark: %.2f, by default: %.2f\n", before, named,
           after);
    fflush(stdout);
    ck_assert_msg(after < named && named < before && after < 0.3, "%g, %g, %g", before, named, after);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("replaced");
    TCase *tests = tcase_create("replaced");
    tcase_add_test(tests, the_pixel_times_the_scale);
    tcase_add_test(tests, dark_as_paddle_has_it);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

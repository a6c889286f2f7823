/* SPDX-License-Identifier: Apache-2.0
 * The same input gives the same bits: at any alignment and step, on a second call, in a process whose glibc and OpenCV may not
 * use FMA or AVX2, and on any machine and compiler, for which the digests stand here. The library's own AVX2 asks the CPU and
 * follows neither; test/machines/flags runs this suite without it. */
#define _DEFAULT_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "surface/digests.h"

/* The program itself, and what runs it on this machine: "qemu-s390x" where it is another's, else nothing. */
static const char *program, *emulator = "";

static void read_digests(const char *environment, char *text, size_t size)
{
    char command[1200];
    snprintf(command, sizeof command, "%s %s '%s' --digests", environment, emulator, program);
    FILE *pipe = popen(command, "r");
    ck_assert_ptr_nonnull(pipe);
    size_t got = fread(text, 1, size - 1, pipe);
    text[got] = '\0';
    ck_assert_msg(pclose(pipe) == 0 && got > 0, "%s: no digests", command);
}

/* glibc picks its own maths by the CPU; OpenCV its loops. */
static const char *const environments[] = {
    "GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-AVX2,-FMA4,-AVX512F",
    "GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-AVX2,-AVX,-SSE4_2",
    "OPENCV_CPU_DISABLE=AVX2,FMA3,AVX",
};

START_TEST(no_cpu_feature_matters)
{
    char here[8192], there[8192];
    read_digests("", here, sizeof here);
    read_digests(environments[_i], there, sizeof there);
    ck_assert_msg(strcmp(here, there) == 0, "%s:\n%s\nwithout it:\n%s", environments[_i], there, here);
}
END_TEST

/* A change of any of these is a change of what users get. */
static const char expected_digests[] =
#include "digests.inc"
    ;

START_TEST(the_bits_are_those_of_every_machine)
{
    char here[8192];
    read_digests("", here, sizeof here);
    ck_assert_msg(strcmp(here, expected_digests) == 0, "the digests are now\n%s\nthey were\n%s", here, expected_digests);
}
END_TEST

START_TEST(every_function_has_a_digest)
{
    ck_assert_int_eq(digests_missing(CVHEATMAP_SOURCE_DIR "/include/cvheatmap.h"), 0);
}
END_TEST

/* ------------------------------------------------------------------------------------------------------- OpenCV's own path */

enum { BORDERS = 4, BLURRED = BORDERS * MAPS };

/* One keypoint a map, by each explicit border. */
static void draw_blurred(double *samples, cvh_depth depth)
{
    size_t size = depth == CVH_32F ? 4 : 8;
    for (int border = 0; border < BORDERS; border++) {
        cvh_maps maps =
            cvh_maps_view((unsigned char *)samples + (size_t)border * MAPS * ROWS * COLS * size, MAPS, ROWS, COLS, depth);
        cvh_convention convention = {.gaussian = {.sigma_x = 2.5, .ksize_x = 15},
                                     .border = (cvh_border)(CVH_BORDER_CONSTANT + border)};
        const cvh_keypoint near_edges[MAPS] = {{.x = 2, .y = 1}, {.x = 20, .y = 30, .map = 1}, {.x = 27, .y = 4, .map = 2}};
        must(cvh_blur(&maps, near_edges, MAPS, &convention));
    }
}

static int save_blurred(const char *path, const char *depth)
{
    static double samples[BLURRED * ROWS * COLS];
    cvh_maps maps = cvh_maps_view(samples, BLURRED, ROWS, COLS, *depth == '3' ? CVH_32F : CVH_64F);
    draw_blurred(samples, maps.depth);
    must(cvh_npy_save(path, &maps));
    return EXIT_SUCCESS;
}

/* Without its AVX2 code OpenCV may round otherwise where two border copies meet, by at most 4 ULP; where none do, as with
 * CONSTANT, nothing changes. */
START_TEST(opencv_without_avx2_is_near)
{
    static double samples[BLURRED * ROWS * COLS];
    char path[] = "/tmp/cvheatmap-bits-XXXXXX", command[1400];
    int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    close(file);
    cvh_depth depth = _i ? CVH_64F : CVH_32F;
    snprintf(command, sizeof command, "OPENCV_CPU_DISABLE=AVX2,FMA3,AVX %s '%s' --blurred '%s' %s", emulator, program, path,
             _i ? "64" : "32");
    ck_assert_msg(system(command) == 0, "%s", command);
    draw_blurred(samples, depth);
    cvh_maps with = cvh_maps_view(samples, BLURRED, ROWS, COLS, depth), without, constant;
    ck_assert_msg(cvh_npy_load(path, &without) == CVH_OK, "%s", cvh_last_error());
    assert_maps_agree("without AVX2", &with, &without, &(cvh_tolerance){.ulps = 4});
    constant = without;
    with.count = constant.count = MAPS;
    assert_maps_agree("without AVX2, border CONSTANT", &with, &constant, NULL);
    cvh_npy_free(&without);
    unlink(path);
}
END_TEST

/* -------------------------------------------------------------------------------------------------------------- layouts */

typedef struct layout {
    const char *name;
    size_t shift, row_gap; /* in samples: before the first, between rows */
    bool interleaved;
} layout;

static const layout layouts[] = {
    {"one sample off", 1, 0, false},     {"three samples off", 3, 0, false}, {"rows of odd length", 0, 1, false},
    {"rows seven apart", 5, 7, false},   {"interleaved", 0, 0, true},        {"interleaved, one off", 1, 0, true},
    {"the same once more", 0, 0, false},
};

static cvh_maps lay_out(double *samples, const layout *as, cvh_depth depth)
{
    size_t size = depth == CVH_32F ? 4 : 8;
    unsigned char *data = (unsigned char *)samples + as->shift * size;
    if (as->interleaved) return cvh_maps_interleaved(data, MAPS, ROWS, COLS, depth, 0);
    cvh_maps maps = cvh_maps_view(data, MAPS, ROWS, COLS, depth);
    maps.row_step = (COLS + as->row_gap) * size;
    return maps;
}

static void same_at(const layout *as, cvh_depth depth)
{
    static double packed[MAPS * ROWS * COLS], laid[MAPS * ROWS * (COLS + 8)];
    cvh_maps expected = cvh_maps_view(packed, MAPS, ROWS, COLS, depth), actual = lay_out(laid, as, depth);
    for (int i = 0; i < DRAWINGS; i++) {
        cvh_peak before[MAPS], after[MAPS];
        ck_assert_int_eq(cvh_patch(&expected, points, POINTS, &drawings[i].convention), CVH_OK);
        ck_assert_int_eq(cvh_patch(&actual, points, POINTS, &drawings[i].convention), CVH_OK);
        assert_maps_agree(as->name, &expected, &actual, NULL);
        for (int r = CVH_REFINE_FIT; r <= CVH_REFINE_SOFT_ARGMAX; r++) {
            cvh_decoder decoder = {.refine = (cvh_refine)r, .blur_ksize = 5};
            cvh_convention convention = {.decoder = &decoder};
            ck_assert_int_eq(cvh_decode(&expected, &convention, before), CVH_OK);
            ck_assert_int_eq(cvh_decode(&actual, &convention, after), CVH_OK);
            for (int m = 0; m < MAPS; m++)
                ck_assert_msg(before[m].x == after[m].x && before[m].y == after[m].y && before[m].score == after[m].score
                                  && before[m].found == after[m].found,
                              "%s, %s, refinement %d: (%.17g, %.17g), packed (%.17g, %.17g)", as->name, drawings[i].name, r,
                              after[m].x, after[m].y, before[m].x, before[m].y);
        }
    }
}

START_TEST(no_layout_matters)
{
    make_points();
    same_at(&layouts[_i], CVH_32F);
    same_at(&layouts[_i], CVH_64F);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("bits");
    TCase *tcase = tcase_create("bits");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, no_layout_matters, 0, sizeof layouts / sizeof *layouts);
    tcase_add_loop_test(tcase, no_cpu_feature_matters, 0, sizeof environments / sizeof *environments);
    tcase_add_test(tcase, the_bits_are_those_of_every_machine);
    tcase_add_test(tcase, every_function_has_a_digest);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("opencv");
    tcase_set_tags(tcase, "opencv");
    tcase_add_loop_test(tcase, opencv_without_avx2_is_near, 0, 2);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(int argc, char **argv)
{
    program = argv[0];
    if (getenv("CVHEATMAP_EMULATOR")) emulator = getenv("CVHEATMAP_EMULATOR");
    if (argc == 2 && strcmp(argv[1], "--digests") == 0) return print_digests(stdout), EXIT_SUCCESS;
    if (argc == 4 && strcmp(argv[1], "--blurred") == 0) return save_blurred(argv[2], argv[3]);
    return run_suite(suite());
}

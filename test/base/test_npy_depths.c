/* SPDX-License-Identifier: Apache-2.0
 * .npy files byte by byte: every depth, both byte orders and both memory orders, as NumPy writes them; the bytes stand here, so
 * that a machine of the other byte order is held to the same files. */
#define _XOPEN_SOURCE 700
#include "support/folder.h"

typedef struct literal {
    const char *descr, *saved; /* what the file says, and what cvh_npy_save writes for it */
    cvh_depth depth;
    size_t size;
    unsigned char bytes[24]; /* of six samples, 2 rows of 3, as they are in the file */
    double values[6];
} literal;

static const literal literals[] = {
    {"|b1", "|u1", CVH_8U, 1, {0, 1, 1, 0, 1, 0}, {0, 1, 1, 0, 1, 0}}, /* a mask */
    {"|u1", "|u1", CVH_8U, 1, {0, 1, 127, 128, 254, 255}, {0, 1, 127, 128, 254, 255}},
    {"|i1", "|i1", CVH_8S, 1, {0, 1, 127, 128, 254, 255}, {0, 1, 127, -128, -2, -1}},
    {"<u2", "<u2", CVH_16U, 2, {1, 0, 0, 1, 0xff, 0x7f, 0, 0x80, 0xfe, 0xff, 0xff, 0xff}, {1, 256, 32767, 32768, 65534, 65535}},
    {">u2", "<u2", CVH_16U, 2, {0, 1, 1, 0, 0x7f, 0xff, 0x80, 0, 0xff, 0xfe, 0xff, 0xff}, {1, 256, 32767, 32768, 65534, 65535}},
    {"<i2", "<i2", CVH_16S, 2, {1, 0, 0, 1, 0xff, 0x7f, 0, 0x80, 0xfe, 0xff, 0xff, 0xff}, {1, 256, 32767, -32768, -2, -1}},
    {">i2", "<i2", CVH_16S, 2, {0, 1, 1, 0, 0x7f, 0xff, 0x80, 0, 0xff, 0xfe, 0xff, 0xff}, {1, 256, 32767, -32768, -2, -1}},
    {"<f2",
     "<f2",
     CVH_16F,
     2,
     {0, 0x3c, 0, 0xc0, 0x55, 0x35, 1, 0, 0, 0x7c, 0xff, 0x7b},
     {1, -2, 0.333251953125, 0x1p-24, INFINITY, 65504}},
    {">f2",
     "<f2",
     CVH_16F,
     2,
     {0x3c, 0, 0xc0, 0, 0x35, 0x55, 0, 1, 0x7c, 0, 0x7b, 0xff},
     {1, -2, 0.333251953125, 0x1p-24, INFINITY, 65504}},
    {"<f4",
     "<f4",
     CVH_32F,
     4,
     {0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0xab, 0xaa, 0xaa, 0x3e, 1, 0, 0, 0, 0, 0, 0x80, 0x7f, 0xff, 0xff, 0x7f, 0x7f},
     {1, -2, 0x1.555556p-2, 0x1p-149, INFINITY, 0x1.fffffep127}},
    {">f4",
     "<f4",
     CVH_32F,
     4,
     {0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0, 0x3e, 0xaa, 0xaa, 0xab, 0, 0, 0, 1, 0x7f, 0x80, 0, 0, 0x7f, 0x7f, 0xff, 0xff},
     {1, -2, 0x1.555556p-2, 0x1p-149, INFINITY, 0x1.fffffep127}},
};
enum { LITERALS = sizeof literals / sizeof *literals };

static size_t file_with(const char *descr, bool fortran, const char *shape, const unsigned char *samples, size_t count,
                        unsigned char *out)
{
    char text[160];
    snprintf(text, sizeof text, "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n", descr, fortran ? "True" : "False",
             shape);
    size_t whole = file_of(1, text, count, out);
    memcpy(out + whole - count, samples, count);
    return whole;
}

static cvh_maps load(const char *name)
{
    cvh_maps maps;
    ck_assert_msg(cvh_npy_load(path, &maps) == CVH_OK, "%s: %s", name, cvh_last_error());
    return maps;
}

START_TEST(bytes_become_values_and_bytes_again)
{
    const literal *l = &literals[_i];
    unsigned char bytes[400];
    write_bytes(bytes, file_with(l->descr, false, "(2, 3)", l->bytes, 6 * l->size, bytes));
    cvh_maps maps = load(l->descr);
    ck_assert(maps.depth == l->depth && maps.count == 1 && maps.rows == 2 && maps.cols == 3);
    for (int i = 0; i < 6; i++)
        ck_assert_msg(sample(&maps, 0, i / 3, i % 3) == l->values[i], "%s, sample %d: %.17g, not %.17g", l->descr, i,
                      sample(&maps, 0, i / 3, i % 3), l->values[i]);
    ck_assert_msg(cvh_npy_save(path, &maps) == CVH_OK, "%s: %s", l->descr, cvh_last_error());
    cvh_npy_free(&maps);
    const literal *little = l;
    while (l->size > 1 && strcmp(little->descr, l->saved) != 0) little--; /* it stands before the big-endian one */
    char text[160];
    size_t count;
    unsigned char *saved = read_bytes(path, &count);
    int length = snprintf(text, sizeof text, "{'descr': '%s', 'fortran_order': False, 'shape': (1, 2, 3), }", l->saved);
    ck_assert_msg(count == 128 + 6 * l->size && !memcmp(saved + 10, text, (size_t)length), "%s: %.60s", l->descr, saved + 10);
    ck_assert_msg(!memcmp(saved + 128, little->bytes, 6 * l->size), "%s: other bytes", l->descr);
    free(saved);
}
END_TEST

/* numpy.save(path, numpy.asfortranarray(...)): the first dimension is innermost. */
START_TEST(fortran_order_is_a_view)
{
    static const struct {
        const char *shape;
        int count, rows, cols;
        size_t map_step, row_step, col_step;
    } cases[] = {
        {"(2, 3)", 1, 2, 3, 2, 2, 4},           {"(2, 3, 4)", 2, 3, 4, 2, 4, 12},    {"(1, 3, 4)", 1, 3, 4, 2, 2, 6},
        {"(1, 2, 1, 3, 4)", 2, 3, 4, 2, 4, 12}, {"(2, 1, 3, 4)", 2, 3, 4, 2, 4, 12}, {"(2, 1, 1)", 2, 1, 1, 2, 4, 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned char bytes[500], samples[64];
        int count = cases[i].count * cases[i].rows * cases[i].cols;
        for (int k = 0; k < count; k++) samples[2 * k] = 0, samples[2 * k + 1] = (unsigned char)(k + 1);
        write_bytes(bytes, file_with(">u2", true, cases[i].shape, samples, 2 * (size_t)count, bytes));
        cvh_maps maps = load(cases[i].shape);
        ck_assert_msg(maps.count == cases[i].count && maps.rows == cases[i].rows && maps.cols == cases[i].cols
                          && maps.map_step == cases[i].map_step && maps.row_step == cases[i].row_step
                          && maps.col_step == cases[i].col_step,
                      "%s: %dx%dx%d, steps %zu %zu %zu", cases[i].shape, maps.count, maps.rows, maps.cols, maps.map_step,
                      maps.row_step, maps.col_step);
        for (int map = 0; map < maps.count; map++)
            for (int row = 0; row < maps.rows; row++)
                for (int col = 0; col < maps.cols; col++)
                    ck_assert_msg(sample(&maps, map, row, col) == 1 + map + maps.count * (row + maps.rows * col),
                                  "%s: map %d row %d col %d is %g", cases[i].shape, map, row, col,
                                  sample(&maps, map, row, col));
        cvh_report report;
        ck_assert_msg(cvh_compare(&maps, &maps, NULL, &report) == CVH_OK, "%s: %s", cases[i].shape, cvh_last_error());
        cvh_npy_free(&maps);
    }
}
END_TEST

/* A scale has no place in the format: the samples are saved, and come back without it. */
START_TEST(a_scale_is_not_saved)
{
    unsigned char samples[6] = {0, 1, 2, 3, 4, 255};
    cvh_maps maps = cvh_maps_view(samples, 1, 2, 3, CVH_8U);
    maps.scale = 0.5, maps.zero = 3;
    ck_assert_int_eq(cvh_npy_save(path, &maps), CVH_OK);
    cvh_maps loaded = load("scaled");
    ck_assert(loaded.scale == 0 && loaded.zero == 0 && !memcmp(loaded.data, samples, sizeof samples));
    cvh_npy_free(&loaded);
}
END_TEST

/* Three keypoints at (10.3, 20.6), (30.8, 40.1), (44.2, 5.5), as other people's files hold them. */
START_TEST(other_peoples_files_are_decoded)
{
    static const struct {
        const char *name;
        double scale, zero, within; /* pixels */
    } files[] = {{"be.npy", 0, 0, 1e-4},         {"fortran.npy", 0, 0, 1e-4},       {"f2.npy", 0, 0, 1e-3},
                 {"u1.npy", 1. / 255, 0, 0.002}, {"i1.npy", 1. / 255, -128, 0.002}, {"u1.npy", 0, 0, 0.002}};
    static const double truth[][2] = {{10.3, 20.6}, {30.8, 40.1}, {44.2, 5.5}};
    const char *inputs = getenv("CVHEATMAP_INPUTS");
    if (!inputs || !*inputs) inputs = CVHEATMAP_SOURCE_DIR "/../shared/inputs";
    if (access(inputs, R_OK) != 0) {
        printf("%s is not there: no file of other people's read\n", inputs);
        return;
    }
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char name[400];
        cvh_maps maps;
        cvh_peak peaks[3];
        snprintf(name, sizeof name, "%s/%s", inputs, files[i].name);
        ck_assert_msg(cvh_npy_load(name, &maps) == CVH_OK, "%s", cvh_last_error());
        ck_assert_int_eq(maps.count, 3);
        maps.scale = files[i].scale, maps.zero = files[i].zero;
        ck_assert_msg(cvh_decode(&maps, NULL, peaks) == CVH_OK, "%s", cvh_last_error());
        for (int k = 0; k < 3; k++)
            ck_assert_msg(hypot(peaks[k].x - truth[k][0], peaks[k].y - truth[k][1]) <= files[i].within,
                          "%s: (%.5f, %.5f) for (%g, %g)", files[i].name, peaks[k].x, peaks[k].y, truth[k][0], truth[k][1]);
        cvh_npy_free(&maps);
    }
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("npy depths");
    TCase *c = tcase_create("bytes");
    tcase_add_checked_fixture(c, make_folder, remove_folder);
    tcase_add_loop_test(c, bytes_become_values_and_bytes_again, 0, LITERALS);
    tcase_add_test(c, fortran_order_is_a_view);
    tcase_add_test(c, a_scale_is_not_saved);
    tcase_add_test(c, other_peoples_files_are_decoded);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}

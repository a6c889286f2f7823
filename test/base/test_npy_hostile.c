/* SPDX-License-Identifier: Apache-2.0
 * cvh_npy_load on files that others wrote, by mistake or on purpose. */
#define _XOPEN_SOURCE 700
#include "support/folder.h"

/* ----------------------------------------------------------------------------------------------------------------- headers */

START_TEST(other_writers_headers_are_read)
{
    static const struct {
        int format, count, rows, cols;
        cvh_depth depth;
        const char *text;
    } cases[] = {
        {1, 1, 2, 3, CVH_32F, HEADER("<f4", "(2, 3)") "\n"},
        {1, 1, 2, 3, CVH_32F, HEADER("<f4", "(2, 3,)") "\n"},
        {2, 4, 2, 3, CVH_64F, HEADER("<f8", "(4, 2, 3)") "     \n"},
        {3, 4, 2, 3, CVH_8U, HEADER("|u1", "(4, 2, 3)") "\n"},
        {1, 4, 2, 3, CVH_8U, HEADER("<u1", "(4, 2, 3)") "\n"},
        {1, 4, 2, 3, CVH_8U, HEADER("u1", "(4, 2, 3)") "\n"},
        {1, 4, 2, 3, CVH_8U, HEADER(">u1", "(4, 2, 3)") "\n"},
        {1, 4, 2, 3, CVH_8S, HEADER("|i1", "(4, 2, 3)") "\n"},
        {1, 4, 2, 3, CVH_16U, HEADER("<u2", "(4, 2, 3)") "\n"},
        {1, 4, 2, 3, CVH_16S, HEADER(">i2", "(4, 2, 3)") "\n"},
        {1, 4, 2, 3, CVH_16F, HEADER("<f2", "(4, 2, 3)") "\n"},
        {1, 4, 2, 3, CVH_16F, "{'descr': '<f2', 'fortran_order': True, 'shape': (1, 4, 1, 2, 3), }"},
        {1, 40, 2, 3, CVH_8U, HEADER("|u1", "(2, 4, 5, 1, 2, 3)") "\n"},
        {1, 1, 1, 1, CVH_8U, HEADER("|u1", "(1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1)")},
        {1, 2, 2, 3, CVH_8U, "{'shape': (2, 2, 3), 'descr': '|u1', 'fortran_order': False}"},
        {1, 2, 2, 3, CVH_8U, "{\"fortran_order\":False,\"shape\":(2,2,3),\"descr\":\"|u1\"}"},
        {1, 2, 2, 3, CVH_8U, " \t{ 'shape' :\n( 2 , 2 ,\r3 , ) , 'descr' : '|u1' , 'fortran_order' : False , } \n \n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned char bytes[4096];
        size_t size = size_of(cases[i].depth);
        size_t samples = (size_t)(cases[i].count * cases[i].rows * cases[i].cols) * size;
        write_bytes(bytes, file_of(cases[i].format, cases[i].text, samples, bytes));
        cvh_maps maps;
        ck_assert_msg(cvh_npy_load(path, &maps) == CVH_OK, "%s: %s", cases[i].text, cvh_last_error());
        ck_assert_msg(maps.count == cases[i].count && maps.rows == cases[i].rows && maps.cols == cases[i].cols
                          && maps.depth == cases[i].depth,
                      "%s: read as %dx%dx%d, depth %d", cases[i].text, maps.count, maps.rows, maps.cols, (int)maps.depth);
        cvh_npy_free(&maps);
    }
}
END_TEST

/* The text, how many bytes of samples follow, and what the message says, its position included. */
static const struct hostile {
    const char *text;
    size_t samples;
    const char *message;
} hostile[] = {
    {HEADER("<f3", "(2, 2)"), 12, "byte 20: descr is '<f3'; it must be '<f4' or another of f2, f4, f8, i1, i2, u1, u2, b1"},
    {HEADER("|f4", "(2, 2)"), 16, "byte 20: descr is '|f4'"},
    {HEADER("<<f4", "(2, 2)"), 16, "byte 20: descr is '<<f4'"},
    {HEADER(">f16", "(2, 2)"), 64, "byte 20: descr is '>f16'"},
    {"{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3, 2, 2), }", 96,
     "byte 59: fortran_order is True and more than one"},
    {HEADER("=f4", "(2, 2)"), 16, "byte 20: descr is '=f4'"},
    {HEADER("f4", "(2, 2)"), 16, "byte 20: descr is 'f4'"},
    {HEADER("<i4", "(2, 2)"), 16, "byte 20: descr is '<i4'"},
    {HEADER("|O", "(2, 2)"), 16, "byte 20: descr is '|O'"},
    {HEADER("", "(2, 2)"), 16, "byte 20: descr is ''"},
    {HEADER("<f4\n\x01", "(2, 2)"), 16, "byte 20: descr is not a short string"},
    {HEADER("<f4 and much more than that", "(2, 2)"), 16, "byte 20: descr is not a short string"},
    {"{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (2, 2), }", 16, "byte 20: descr is not a short string"},
    {"{'descr': '<f4', 'fortran_order': 0, 'shape': (2, 2), }", 16, "byte 44: fortran_order is neither"},
    {"{'fortran_order': Fals", 16, "byte 28: fortran_order is neither"},
    {"{'descr': '<f4', 'fortran_order': Falsehood, 'shape': (2, 2), }", 16, "byte 49: the header lacks a comma"},
    {HEADER("<f4", "()"), 4, "byte 60: the shape has fewer than two dimensions"},
    {HEADER("<f4", "(4,)"), 16, "byte 60: the shape has fewer than two dimensions"},
    {HEADER("<f4", "(4)"), 16, "byte 60: the shape has fewer than two dimensions"},
    {HEADER("<f4", "4"), 16, "byte 60: shape is not a tuple"},
    {HEADER("<f4", "[2, 2]"), 16, "byte 60: shape is not a tuple"},
    {HEADER("<f4", "(,)"), 16, "byte 61: the shape is not a tuple of whole numbers"},
    {HEADER("<f4", "(2, , 2)"), 16, "byte 64: the shape is not a tuple of whole numbers"},
    {HEADER("<f4", "(2, -2)"), 16, "byte 64: the shape is not a tuple of whole numbers"},
    {HEADER("<f4", "(2, 2.0)"), 16, "byte 65: the shape lacks a comma"},
    {HEADER("<f4", "(2 2)"), 16, "byte 63: the shape lacks a comma"},
    {HEADER("<f4", "(2L, 2L)"), 16, "byte 62: the shape lacks a comma"},
    {HEADER("<f4", "(2, 02)"), 16, "byte 64: the shape has a number with a leading zero"},
    {HEADER("<f4", "(2, 0)"), 0, "byte 64: the shape has a dimension of 0"},
    {HEADER("<f4", "(0, 2, 2)"), 0, "byte 61: the shape has a dimension of 0"},
    {HEADER("<f4", "(2, 0, 2)"), 0, "byte 64: the shape has a dimension of 0"},
    {HEADER("<f4", "(2, 32769)"), 16, "byte 60: the maps are 2x32769; at most 32768x32768"},
    {HEADER("<f4", "(32769, 2)"), 16, "byte 60: the maps are 32769x2"},
    {HEADER("<f4", "(268435457, 1, 1)"), 16, "byte 61: the shape has a dimension beyond 2^28"},
    {HEADER("<f4", "(16384, 16385, 1, 1)"), 16, "byte 60: the shape's leading dimensions fold into more than 2^28 maps"},
    {HEADER("<f4", "(268435456, 268435456, 268435456, 1, 1)"), 16, "byte 60: the shape's leading dimensions fold"},
    {HEADER("<f4", "(18446744073709551617, 2, 2)"), 16, "byte 61: the shape has a dimension beyond 2^28"},
    {HEADER("<f4", "(99999999999999999999999999999999999999999, 2)"), 16, "byte 61: the shape has a dimension beyond"},
    {HEADER("<f8", "(268435456, 32768, 32768)"), 16, "it would be 2305843009213694"},
    {HEADER("<f4", "(1000, 1000)"), 16, "byte 75: the file is 91 bytes; with 4000000 of samples there"},
    {HEADER("<f4", "(2, 2)"), 15, "the file is 84 bytes; with 16"},
    {HEADER("<f4", "(2, 2)"), 17, "the file is 86 bytes; with 16"},
    {HEADER("<f4", "(2, 2)"), 0, "the file is 69 bytes; with 16"},
    {"", 16, "byte 10: the header is not a dict"},
    {"   ", 16, "byte 13: the header is not a dict"},
    {"{", 16, "byte 11: the header lacks a key"},
    {"{}", 16, "byte 11: the header lacks descr, fortran_order or shape"},
    {"{'descr': '<f4', 'fortran_order': False, }", 16, "byte 51: the header lacks descr, fortran_order or shape"},
    {"{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2, 2)}", 16, "byte 27: the header has a key twice"},
    {"{'descr': '<f4', 'more': 1, 'fortran_order': False, 'shape': (2, 2)}", 16, "byte 27: the header has a key beyond"},
    {"{'a key longer than any that is known': 1}", 16, "byte 11: the header lacks a key, or has one beyond"},
    {"{descr: '<f4'}", 16, "byte 11: the header lacks a key"},
    {"{'descr' '<f4'}", 16, "byte 19: the header lacks a colon"},
    {"{'descr': '<f4' 'fortran_order': False}", 16, "byte 26: the header lacks a comma"},
    {"{'descr': '<f4", 16, "byte 20: a string is not closed"},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), ", 16, "byte 68: the header lacks a key"},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2", 16, "byte 65: the shape lacks a comma or its closing"},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (2, ", 16, "byte 64: the shape is not a tuple"},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2)", 16, "byte 66: the header lacks a comma or its closing"},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2)} # no", 16, "byte 68: something follows"},
    {"{'shape': ((((((((((((((((((((((((((((((((((((((((((((((", 16, "byte 21: the shape is not a tuple of whole"},
};

static void assert_format_error(const char *name, const char *message)
{
    static char nothing;
    cvh_maps maps = {.data = &nothing, .count = 1, .rows = 2, .cols = 3, .row_step = 4}, before = maps;
    cvh_status status = cvh_npy_load(path, &maps);
    ck_assert_msg(status == CVH_ERR_FORMAT, "%s: status %d: %s", name, (int)status, cvh_last_error());
    ck_assert_msg(strstr(cvh_last_error(), message), "%s: the message is \"%s\"; it should hold \"%s\"", name, cvh_last_error(),
                  message);
    ck_assert_msg(strstr(cvh_last_error(), path) == cvh_last_error(), "%s: \"%s\" lacks the path", name, cvh_last_error());
    for (const char *c = cvh_last_error(); *c; c++)
        ck_assert_msg(*c >= ' ' && *c <= '~', "%s: a control character in \"%s\"", name, cvh_last_error());
    ck_assert_msg(!memcmp(&maps, &before, sizeof maps), "%s: the view is written", name);
}

START_TEST(hostile_headers_are_refused)
{
    unsigned char bytes[4096];
    write_bytes(bytes, file_of(1, hostile[_i].text, hostile[_i].samples, bytes));
    assert_format_error(hostile[_i].text, hostile[_i].message);
}
END_TEST

/* Any file cut at any byte is refused. */
START_TEST(truncated_files_are_refused)
{
    unsigned char bytes[256];
    for (int format = 1; format <= 3; format++) {
        size_t count = file_of(format, HEADER("<f4", "(2, 2)") "\n", 16, bytes);
        for (size_t cut = 0; cut < count; cut++) {
            char name[64];
            snprintf(name, sizeof name, "format %d cut at byte %zu", format, cut);
            write_bytes(bytes, cut);
            assert_format_error(name, "byte ");
        }
    }
}
END_TEST

/* Any file with any one bit changed is read or refused; what is read is within what the file holds. */
START_TEST(damaged_files_are_read_or_refused)
{
    unsigned char bytes[256];
    size_t count = file_of(1, HEADER("<f4", "(2, 12)") "\n", 96, bytes);
    for (size_t at = 0; at < count - 96; at++) {
        unsigned char whole = bytes[at];
        for (int change = 1; change < 256; change *= 2) {
            bytes[at] = (unsigned char)(whole ^ change);
            write_bytes(bytes, count);
            cvh_maps maps;
            cvh_status status = cvh_npy_load(path, &maps);
            ck_assert_msg(status == CVH_OK || status == CVH_ERR_FORMAT, "byte %zu: status %d", at, (int)status);
            if (status) continue;
            ck_assert_msg(maps.count * maps.rows * maps.cols * (int)size_of(maps.depth) == 96,
                          "byte %zu as 0x%02x: read as %dx%dx%d", at, (unsigned)bytes[at], maps.count, maps.rows, maps.cols);
            cvh_npy_free(&maps);
        }
        bytes[at] = whole;
    }
}
END_TEST

START_TEST(other_formats_and_lengths_are_refused)
{
    unsigned char bytes[256];
    size_t count = file_of(1, HEADER("<f4", "(2, 2)"), 16, bytes);
    bytes[6] = 4;
    write_bytes(bytes, count);
    assert_format_error("format 4", "byte 6: the format is 4.0; it must be 1.0, 2.0 or 3.0");
    bytes[6] = 1, bytes[7] = 1;
    write_bytes(bytes, count);
    assert_format_error("format 1.1", "byte 6: the format is 1.1");
    bytes[6] = 0, bytes[7] = 0;
    write_bytes(bytes, count);
    assert_format_error("format 0", "byte 6: the format is 0.0");
    count = file_of(2, HEADER("<f4", "(2, 2)"), 16, bytes);
    memset(bytes + 8, 0xff, 4);
    write_bytes(bytes, count);
    assert_format_error("a header of 4 GB", "byte 8: the header is 4294967295 bytes; at most 65536 are read");
    count = file_of(1, HEADER("<f4", "(2, 2)"), 16, bytes);
    bytes[8] = bytes[9] = 0xff;
    write_bytes(bytes, count);
    assert_format_error("a header longer than the file", "byte 85: the file ends within its header");
    write_bytes("PK\3\4 and so on", 14);
    assert_format_error("a zip", "byte 0: a zip archive, as numpy.savez writes (.npz); unpack it");
    write_bytes("", 0);
    assert_format_error("empty", "byte 0: the file ends within its first 8 bytes");
}
END_TEST

/* 2^61 bytes are promised, 16 come: neither the memory nor the time is spent. */
START_TEST(pipes_that_lie_are_refused)
{
    unsigned char bytes[256];
    cvh_maps maps = {0};
    size_t count = file_of(1, HEADER("<f8", "(268435456, 32768, 32768)"), 16, bytes);
    ck_assert_int_eq(load_from_pipe(count, bytes, &maps), CVH_ERR_FORMAT);
    ck_assert_msg(strstr(cvh_last_error(), "the file ends within its samples"), "%s", cvh_last_error());
    count = file_of(1, HEADER("<f4", "(2, 2)"), 17, bytes);
    ck_assert_int_eq(load_from_pipe(count, bytes, &maps), CVH_ERR_FORMAT);
    ck_assert_msg(strstr(cvh_last_error(), "more follows the samples"), "%s", cvh_last_error());
    ck_assert_ptr_null(maps.data);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("npy_hostile");
    TCase *c = tcase_create("npy_hostile");
    tcase_add_checked_fixture(c, make_folder, remove_folder);
    tcase_set_timeout(c, 60);
    tcase_add_test(c, other_writers_headers_are_read);
    tcase_add_loop_test(c, hostile_headers_are_refused, 0, (int)(sizeof hostile / sizeof *hostile));
    tcase_add_test(c, truncated_files_are_refused);
    tcase_add_test(c, damaged_files_are_read_or_refused);
    tcase_add_test(c, other_formats_and_lengths_are_refused);
    tcase_add_test(c, pipes_that_lie_are_refused);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}

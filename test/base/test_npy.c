/* SPDX-License-Identifier: Apache-2.0
 * cvh_npy_save and cvh_npy_load: NumPy's own bytes, and files that cannot be read or written. */
#define _XOPEN_SOURCE 700
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <sys/resource.h>

#include "support/folder.h"

/* ------------------------------------------------------------------------------------------------------------- round trips */

/* The bytes of numpy.save(path, numpy.array([[[0, 1], [2, 255]]], numpy.uint8)). */
START_TEST(the_bytes_are_those_of_numpy)
{
    const unsigned char samples[] = {0, 1, 2, 255};
    const char text[] = "\x93NUMPY\x01\x00v\x00{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2, 2), }";
    unsigned char expected[132];
    memset(expected, ' ', 128);
    memcpy(expected, text, sizeof text - 1);
    expected[127] = '\n';
    memcpy(expected + 128, samples, 4);
    cvh_maps maps = cvh_maps_view(samples, 1, 2, 2, CVH_8U);
    ck_assert_int_eq(cvh_npy_save(path, &maps), CVH_OK);
    size_t count;
    unsigned char *bytes = read_bytes(path, &count);
    ck_assert_uint_eq(count, sizeof expected);
    ck_assert_mem_eq(bytes, expected, sizeof expected);
    free(bytes);
}
END_TEST

static void assert_round_trip(const char *name, const cvh_maps *saved)
{
    cvh_maps loaded;
    ck_assert_msg(cvh_npy_save(path, saved) == CVH_OK, "%s: %s", name, cvh_last_error());
    ck_assert_msg(cvh_npy_load(path, &loaded) == CVH_OK, "%s: %s", name, cvh_last_error());
    ck_assert_msg(loaded.count == saved->count && loaded.rows == saved->rows && loaded.cols == saved->cols
                      && loaded.depth == saved->depth && !loaded.map_step && !loaded.row_step && !loaded.col_step,
                  "%s: another shape", name);
    for (int map = 0; map < saved->count; map++)
        for (int row = 0; row < saved->rows; row++)
            for (int col = 0; col < saved->cols; col++) {
                double e = sample(saved, map, row, col), a = sample(&loaded, map, row, col);
                ck_assert_msg(!memcmp(&e, &a, sizeof e), "%s: map %d row %d col %d: saved %.17g, loaded %.17g", name, map, row,
                              col, e, a);
            }
    cvh_npy_free(&loaded);
    ck_assert_msg(!loaded.data && !loaded.count && !loaded.rows && !loaded.cols, "%s: the view is not zeroed", name);
    ck_assert_msg(files_in_folder(false) == 1, "%s: more than the file is left", name);
}

START_TEST(random_views_come_back)
{
    static const cvh_depth depths[] = {CVH_8U, CVH_8S, CVH_16U, CVH_16S, CVH_16F, CVH_32F, CVH_64F};
    random_state random = random_start(4711 + (uint64_t)_i);
    for (int k = 0; k < 60; k++) {
        char name[96];
        snprintf(name, sizeof name, "case %d, state 0x%" PRIx64, k, random.state);
        cvh_depth depth = depths[random_int(&random, 0, 6)];
        size_t size = size_of(depth);
        cvh_maps maps = {.count = random_int(&random, 1, 5), .rows = random_int(&random, 1, 40), .depth = depth};
        maps.cols = random_int(&random, 1, 60);
        maps.col_step = size * (size_t)random_int(&random, 1, 3);
        maps.row_step = maps.col_step * (size_t)maps.cols + size * (size_t)random_int(&random, 0, 2);
        maps.map_step = maps.row_step * (size_t)maps.rows + size * (size_t)random_int(&random, 0, 2);
        if (random_int(&random, 0, 2) == 0) maps.col_step = maps.row_step = maps.map_step = 0;
        size_t bytes = (size_t)maps.count * (size_t)(maps.rows + 1) * (size_t)(maps.cols + 2) * 4 * size;
        unsigned char *memory = malloc(bytes);
        maps.data = memory;
        for (size_t i = 0; i < bytes; i++) memory[i] = (unsigned char)(random_bits(&random) >> 56 & 0x7b); /* no NaN */
        assert_round_trip(name, &maps);
        free(memory);
    }
}
END_TEST

START_TEST(special_numbers_come_back)
{
    const double real[] = {0, -0.0, 4.9406564584124654e-324, INFINITY, -INFINITY, 1.7976931348623157e308, 0.1, -1e-310};
    const float single[] = {0, -0.0F, 1.4e-45F, INFINITY, -INFINITY, 3.4028235e38F, 0.1F, -1e-40F};
    cvh_maps maps = cvh_maps_view(real, 2, 2, 2, CVH_64F);
    assert_round_trip("64F", &maps);
    maps = cvh_maps_view(single, 2, 2, 2, CVH_32F);
    assert_round_trip("32F", &maps);
    uint64_t payload = UINT64_C(0x7ff0dead00000001), back;
    maps = cvh_maps_view(&payload, 1, 1, 1, CVH_64F);
    cvh_maps loaded;
    ck_assert_int_eq(cvh_npy_save(path, &maps), CVH_OK);
    ck_assert_int_eq(cvh_npy_load(path, &loaded), CVH_OK);
    memcpy(&back, loaded.data, sizeof back);
    ck_assert_uint_eq(back, payload);
    cvh_npy_free(&loaded);
}
END_TEST

/* ------------------------------------------------------------------------------------------------------------------- pipes */

START_TEST(pipes_are_read)
{
    enum { SIDE = 1100 }; /* 4.8 MB: memory grows several times */
    float *data = malloc(sizeof(float) * SIDE * SIDE);
    for (int i = 0; i < SIDE * SIDE; i++) data[i] = (float)i;
    cvh_maps maps = cvh_maps_view(data, 1, SIDE, SIDE, CVH_32F), loaded;
    ck_assert_int_eq(cvh_npy_save(path, &maps), CVH_OK);
    size_t count;
    unsigned char *bytes = read_bytes(path, &count);
    ck_assert_msg(load_from_pipe(count, bytes, &loaded) == CVH_OK, "%s", cvh_last_error());
    assert_maps_agree("through a pipe", &maps, &loaded, NULL);
    cvh_npy_free(&loaded);
    free(bytes);
    free(data);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- arguments, IO */

static void assert_io_error(const char *name, cvh_status status, const char *reason)
{
    ck_assert_msg(status == CVH_ERR_IO, "%s: status %d", name, (int)status);
    ck_assert_msg(strstr(cvh_last_error(), name) && strstr(cvh_last_error(), reason), "%s: the message is \"%s\"", name,
                  cvh_last_error());
}

START_TEST(bad_arguments_are_refused)
{
    static const float data[4] = {0};
    cvh_maps good = cvh_maps_view(data, 1, 2, 2, CVH_32F), loaded = {0};
    assert_refused("path", cvh_npy_save(NULL, &good), "path is NULL");
    assert_refused("path", cvh_npy_save("", &good), "path is empty");
    assert_refused("maps", cvh_npy_save(path, NULL), "maps is NULL");
    const struct {
        cvh_maps maps;
        const char *text;
    } cases[] = {
        {{NULL, 1, 2, 2, CVH_32F, 0, 0, 0, 0, 0}, "maps: data is NULL"},
        {{(void *)data, 0, 2, 2, CVH_32F, 0, 0, 0, 0, 0}, "maps: count is 0"},
        {{(void *)data, 1, -1, 2, CVH_32F, 0, 0, 0, 0, 0}, "maps: rows is -1"},
        {{(void *)data, 1, 2, INT_MAX, CVH_32F, 0, 0, 0, 0, 0}, "maps: cols is 2147483647"},
        {{(void *)data, 1, 2, 2, (cvh_depth)4, 0, 0, 0, 0, 0}, "maps: depth is 4"},
        {{(void *)data, 1, 2, 2, CVH_32F, 0, 4, 0, 0, 0}, "maps: row_step is 4"},
        {{(void *)data, 1, 2, 2, CVH_32F, 0, 0, 6, 0, 0}, "maps: col_step is 6"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_refused(cases[i].text, cvh_npy_save(path, &cases[i].maps), cases[i].text);
    ck_assert_int_eq(files_in_folder(false), 0);
    assert_refused("path", cvh_npy_load(NULL, &loaded), "path is NULL");
    assert_refused("path", cvh_npy_load("", &loaded), "path is empty");
    assert_refused("maps", cvh_npy_load(path, NULL), "maps is NULL");
    cvh_npy_free(NULL);
    cvh_npy_free(&loaded);
}
END_TEST

START_TEST(files_that_cannot_be_opened)
{
    static const float data[4] = {0};
    cvh_maps maps = cvh_maps_view(data, 1, 2, 2, CVH_32F);
    char missing[160];
    assert_io_error(path, cvh_npy_load(path, &maps), "cannot be opened: No such file or directory");
    assert_io_error(folder, cvh_npy_load(folder, &maps), "cannot be read: Is a directory");
    ck_assert_ptr_eq(maps.data, data);
    assert_io_error(folder, cvh_npy_save(folder, &maps), "Is a directory");
    snprintf(missing, sizeof missing, "%s/no/such.npy", folder);
    assert_io_error(missing, cvh_npy_save(missing, &maps), "No such file or directory");
    snprintf(missing, sizeof missing, "%s/", path);
    assert_io_error(missing, cvh_npy_save(missing, &maps), "No such file or directory");
    ck_assert_int_eq(files_in_folder(false), 0);

    char longest[5000];
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    ck_assert_int_eq(cvh_npy_save(longest, &maps), CVH_ERR_IO);
    ck_assert_msg(strstr(cvh_last_error(), "File name too long"), "%s", cvh_last_error());
    ck_assert_int_eq(cvh_npy_load(longest, &maps), CVH_ERR_IO);
    ck_assert_msg(strstr(cvh_last_error(), "File name too long"), "%s", cvh_last_error());
}
END_TEST

/* A limit on file sizes stands in for a full disk: nothing new under the name, what was there stays, nothing beside it. */
START_TEST(failed_writes_leave_nothing)
{
    enum { SIDE = 200 };
    static double data[SIDE * SIDE];
    cvh_maps maps = cvh_maps_view(data, 1, SIDE, SIDE, CVH_64F), small = cvh_maps_view(data, 1, 2, 2, CVH_64F), loaded;
    struct rlimit before, limit;
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    limit = before;
    limit.rlim_cur = 10000;
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    cvh_status fresh = cvh_npy_save(path, &maps);
    int files = files_in_folder(false);
    cvh_status first = cvh_npy_save(path, &small), second = cvh_npy_save(path, &maps);
    char text[512];
    snprintf(text, sizeof text, "%s", cvh_last_error());
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_DFL);

    ck_assert_int_eq(fresh, CVH_ERR_IO);
    ck_assert_int_eq(files, 0);
    ck_assert_int_eq(first, CVH_OK);
    ck_assert_int_eq(second, CVH_ERR_IO);
    ck_assert_msg(strstr(text, path) && strstr(text, "File too large"), "%s", text);
    ck_assert_int_eq(cvh_npy_load(path, &loaded), CVH_OK);
    ck_assert_int_eq(loaded.rows, 2);
    cvh_npy_free(&loaded);
    ck_assert_int_eq(files_in_folder(false), 1);
}
END_TEST

START_TEST(devices_are_written_directly)
{
    static const double data[3000] = {0};
    cvh_maps maps = cvh_maps_view(data, 1, 30, 100, CVH_64F);
    if (access("/dev/full", W_OK) == 0)
        assert_io_error("/dev/full", cvh_npy_save("/dev/full", &maps), "No space left on device");
    ck_assert_msg(cvh_npy_save("/dev/null", &maps) == CVH_OK, "%s", cvh_last_error());
    struct stat null;
    ck_assert(stat("/dev/null", &null) == 0 && S_ISCHR(null.st_mode));
}
END_TEST

START_TEST(links_and_permissions_are_kept)
{
    static const float data[4] = {1, 2, 3, 4};
    cvh_maps maps = cvh_maps_view(data, 1, 2, 2, CVH_32F), loaded;
    char link_path[128];
    struct stat found;
    mode_t mask = umask(027);
    ck_assert_int_eq(cvh_npy_save(path, &maps), CVH_OK);
    umask(mask);
    ck_assert(stat(path, &found) == 0 && (found.st_mode & 0777) == 0640);
    ck_assert_int_eq(chmod(path, 0604), 0);
    snprintf(link_path, sizeof link_path, "%s/link.npy", folder);
    ck_assert_int_eq(symlink("maps.npy", link_path), 0);
    maps.count = 2, maps.rows = 1;
    ck_assert_msg(cvh_npy_save(link_path, &maps) == CVH_OK, "%s", cvh_last_error());
    ck_assert(lstat(link_path, &found) == 0 && S_ISLNK(found.st_mode));
    ck_assert(lstat(path, &found) == 0 && S_ISREG(found.st_mode) && (found.st_mode & 0777) == 0604);
    ck_assert_int_eq(cvh_npy_load(path, &loaded), CVH_OK);
    ck_assert_int_eq(loaded.count, 2);
    cvh_npy_free(&loaded);

    ck_assert_int_eq(unlink(path), 0); /* the link now leads nowhere: the file is made */
    ck_assert_msg(cvh_npy_save(link_path, &maps) == CVH_OK, "%s", cvh_last_error());
    ck_assert(lstat(path, &found) == 0 && S_ISREG(found.st_mode));
    ck_assert_int_eq(files_in_folder(false), 2);
}
END_TEST

START_TEST(a_file_name_alone_is_in_this_folder)
{
    static const float data[4] = {1, 2, 3, 4};
    cvh_maps maps = cvh_maps_view(data, 1, 2, 2, CVH_32F), loaded;
    char here[PATH_MAX];
    ck_assert_ptr_nonnull(getcwd(here, sizeof here));
    ck_assert_int_eq(chdir(folder), 0);
    cvh_status saved = cvh_npy_save("maps.npy", &maps);
    ck_assert_int_eq(chdir(here), 0);
    ck_assert_int_eq(saved, CVH_OK);
    ck_assert_int_eq(cvh_npy_load(path, &loaded), CVH_OK);
    assert_maps_agree("by name", &maps, &loaded, NULL);
    cvh_npy_free(&loaded);
}
END_TEST

/* ----------------------------------------------------------------------------------------------------------------- golden */

/* Files that numpy.save wrote: loaded and saved again, they are the same bytes. */
START_TEST(numpys_files_come_back_byte_by_byte)
{
    const char *golden = getenv("CVHEATMAP_GOLDEN");
    if (!golden || !*golden) golden = CVHEATMAP_SOURCE_DIR "/../shared/golden";
    DIR *listing = opendir(golden);
    if (!listing) {
        printf("%s is not there: no file of NumPy's own compared\n", golden);
        return;
    }
    int compared = 0;
    for (struct dirent *entry; (entry = readdir(listing));) {
        size_t length = strlen(entry->d_name), expected_count, count;
        if (length < 4 || strcmp(entry->d_name + length - 4, ".npy") != 0) continue;
        char name[PATH_MAX];
        snprintf(name, sizeof name, "%s/%s", golden, entry->d_name);
        cvh_maps maps;
        ck_assert_msg(cvh_npy_load(name, &maps) == CVH_OK, "%s", cvh_last_error());
        ck_assert_int_eq(cvh_npy_save(path, &maps), CVH_OK);
        unsigned char *expected = read_bytes(name, &expected_count), *bytes = read_bytes(path, &count);
        bool folded = expected[60] == '(' && strtol((char *)expected + 61, NULL, 10) != maps.count; /* not 3 dimensions */
        ck_assert_msg(folded || (count == expected_count && !memcmp(bytes, expected, count)), "%s: other bytes", name);
        compared += !folded;
        free(expected);
        free(bytes);
        cvh_npy_free(&maps);
    }
    closedir(listing);
    printf("%s: %d files of NumPy's own come back byte by byte\n", golden, compared);
    ck_assert_msg(compared > 0, "%s holds no .npy file", golden);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("npy");
    TCase *c = tcase_create("npy");
    tcase_add_checked_fixture(c, make_folder, remove_folder);
    tcase_set_timeout(c, 60);
    tcase_add_test(c, the_bytes_are_those_of_numpy);
    tcase_add_loop_test(c, random_views_come_back, 0, 4);
    tcase_add_test(c, special_numbers_come_back);
    tcase_add_test(c, pipes_are_read);
    tcase_add_test(c, bad_arguments_are_refused);
    tcase_add_test(c, files_that_cannot_be_opened);
    tcase_add_test(c, failed_writes_leave_nothing);
    tcase_add_test(c, devices_are_written_directly);
    tcase_add_test(c, links_and_permissions_are_kept);
    tcase_add_test(c, a_file_name_alone_is_in_this_folder);
    tcase_add_test(c, numpys_files_come_back_byte_by_byte);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}

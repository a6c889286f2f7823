/* SPDX-License-Identifier: Apache-2.0
 * cvh_npy_save and cvh_npy_load where the C library's own calls fail: the linker leads the calls named below through here. */
#define _XOPEN_SOURCE 700
#include "support/folder.h"

/* The calls that fail while `failing` names them, and the errno that they leave. */
static const char *failing = "";
static int failing_error;

static bool fails(const char *call)
{
    if (!strstr(failing, call)) return false;
    errno = failing_error;
    return true;
}

#define WRAPPED(type, name, parameters, arguments, failure)                                                                    \
  type __real_##name parameters;                                                                                               \
  type __wrap_##name parameters;                                                                                               \
  type __wrap_##name parameters                                                                                                \
  {                                                                                                                            \
    return fails(#name) ? (failure) : __real_##name arguments;                                                                 \
  }
WRAPPED(size_t, fwrite, (const void *from, size_t size, size_t count, FILE *file), (from, size, count, file), 0)
WRAPPED(int, fflush, (FILE * file), (file), EOF)
WRAPPED(int, ferror, (FILE * file), (file), 1)
WRAPPED(int, fchmod, (int descriptor, mode_t mode), (descriptor, mode), -1)
WRAPPED(int, rename, (const char *from, const char *to), (from, to), -1)
WRAPPED(int, access, (const char *name, int mode), (name, mode), -1)
WRAPPED(char *, realpath, (const char *name, char *target), (name, target), NULL)

/* As the real one, it closes the file even where it fails. */
int __real_fclose(FILE *file);
int __wrap_fclose(FILE *file);
int __wrap_fclose(FILE *file)
{
    int result = __real_fclose(file);
    return fails("fclose") ? EOF : result;
}

static const float written[] = {1, 2, 3, 4};

/* A file is there already, of one sample, or a link to it: what fails leaves it as it was, and nothing beside it. */
static const struct {
    const char *calls;
    int error;
    bool link;
    cvh_status status;
    const char *text;
} saves[] = {
    {"fwrite", ENOSPC, false, CVH_ERR_IO, "cannot be written: No space left on device"},
    {"fwrite", 0, false, CVH_ERR_IO, "cannot be written: Input/output error"},
    {"fflush", ENOSPC, false, CVH_ERR_IO, "cannot be written: No space left on device"},
    {"fclose", EDQUOT, false, CVH_ERR_IO, "cannot be written: Disk quota exceeded"},
    {"fclose", 0, false, CVH_ERR_IO, "cannot be written: Input/output error"},
    {"fflush fclose", ENOSPC, false, CVH_ERR_IO, "cannot be written: No space left on device"},
    {"rename", EXDEV, false, CVH_ERR_IO, "cannot be written: Invalid cross-device link"},
    {"access", EACCES, false, CVH_ERR_IO, "cannot be opened for writing: Permission denied"},
    {"realpath", ELOOP, true, CVH_ERR_IO, "cannot be resolved: Too many levels of symbolic links"},
    {"realpath", ENOMEM, true, CVH_ERR_MEMORY, "cannot be resolved: Cannot allocate memory"},
    {"fchmod", EPERM, false, CVH_OK, ""},
};

START_TEST(failed_saves_leave_what_was_there)
{
    cvh_maps one = cvh_maps_view(written, 1, 1, 1, CVH_32F), four = cvh_maps_view(written, 1, 2, 2, CVH_32F), found;
    char link_path[128];
    snprintf(link_path, sizeof link_path, "%s/link.npy", folder);
    ck_assert_int_eq(cvh_npy_save(path, &one), CVH_OK);
    if (saves[_i].link) ck_assert_int_eq(symlink(path, link_path), 0);
    failing = saves[_i].calls;
    failing_error = saves[_i].error;
    cvh_status status = cvh_npy_save(saves[_i].link ? link_path : path, &four);
    failing = "";
    ck_assert_msg(status == saves[_i].status, "%s: status %d", saves[_i].calls, (int)status);
    if (status)
        ck_assert_msg(strstr(cvh_last_error(), saves[_i].text), "%s: the message is \"%s\"", saves[_i].calls, cvh_last_error());
    ck_assert_int_eq(files_in_folder(false), saves[_i].link ? 2 : 1);
    ck_assert_int_eq(cvh_npy_load(path, &found), CVH_OK);
    ck_assert_msg(found.rows == (status ? 1 : 2), "%s: %d rows are in the file", saves[_i].calls, found.rows);
    cvh_npy_free(&found);
}
END_TEST

/* A disk that fails behind the last sample, with a reason and without. */
START_TEST(failed_reads_are_told)
{
    cvh_maps four = cvh_maps_view(written, 1, 2, 2, CVH_32F), found = {0};
    ck_assert_int_eq(cvh_npy_save(path, &four), CVH_OK);
    failing = "ferror";
    failing_error = EIO;
    cvh_status with_reason = cvh_npy_load(path, &found);
    failing_error = 0;
    ck_assert_msg(strstr(cvh_last_error(), "cannot be read: Input/output error"), "%s", cvh_last_error());
    cvh_status without = cvh_npy_load(path, &found);
    failing = "";
    ck_assert_msg(strstr(cvh_last_error(), "cannot be read: input/output error"), "%s", cvh_last_error());
    ck_assert_int_eq(with_reason, CVH_ERR_IO);
    ck_assert_int_eq(without, CVH_ERR_IO);
    ck_assert_ptr_null(found.data);
}
END_TEST

/* What a link names is replaced where it is a file; a device is written to. */
START_TEST(links_to_devices_are_written_through)
{
    cvh_maps four = cvh_maps_view(written, 1, 2, 2, CVH_32F);
    struct stat found;
    ck_assert_int_eq(symlink("/dev/null", path), 0);
    ck_assert_msg(cvh_npy_save(path, &four) == CVH_OK, "%s", cvh_last_error());
    ck_assert(lstat(path, &found) == 0 && S_ISLNK(found.st_mode));
    ck_assert(stat(path, &found) == 0 && S_ISCHR(found.st_mode));
}
END_TEST

/* Somebody's file has the name that the temporary one would take: it stays, the next name serves. */
START_TEST(names_that_are_taken_are_left_alone)
{
    cvh_maps four = cvh_maps_view(written, 1, 2, 2, CVH_32F);
    char taken[80];
    struct stat found;
    snprintf(taken, sizeof taken, "%.*s.cvheatmap-%ld-0.tmp", (int)(strrchr(path, '/') + 1 - path), path, (long)getpid());
    FILE *file = fopen(taken, "w");
    ck_assert(file && fputs("mine", file) >= 0 && fclose(file) == 0);
    ck_assert_msg(cvh_npy_save(path, &four) == CVH_OK, "%s", cvh_last_error());
    ck_assert(stat(taken, &found) == 0 && found.st_size == 4);
    ck_assert(stat(path, &found) == 0 && found.st_size == 128 + sizeof written);
    ck_assert_int_eq(remove(taken), 0);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("npy_faults");
    TCase *c = tcase_create("npy_faults");
    tcase_add_checked_fixture(c, make_folder, remove_folder);
    tcase_add_loop_test(c, failed_saves_leave_what_was_there, 0, (int)(sizeof saves / sizeof *saves));
    tcase_add_test(c, failed_reads_are_told);
    tcase_add_test(c, links_to_devices_are_written_through);
    tcase_add_test(c, names_that_are_taken_are_left_alone);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}

/* SPDX-License-Identifier: Apache-2.0 */
#define _POSIX_C_SOURCE 200809L
#include "names.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report.h"
#include "shared.h"

static char endless[100000];

static const char *const strange_names[] = {NULL, "", " ", "MSRA", "msra ", "%s%n%s%n", "a\nb\r\x1b[31m", "\xff\xfe", endless};

static void refuse_name(const char *function, cvh_status status, const char *name)
{
    const char *shown = name ? name : "NULL";
    if (status != CVH_ERR_ARGUMENT) failed("%s(%.20s): status %d", function, shown, (int)status);
    if (strlen(cvh_last_error()) > 511) failed("%s(%.20s): a message of %zu bytes", function, shown, strlen(cvh_last_error()));
}

void abuse_cvh_convention_find(void)
{
    memset(endless, 'a', sizeof endless - 1);
    cvh_convention out = {.input_sigma = 7}, same = out;
    FOR_EACH (strange_names, i) {
        refuse_name("cvh_convention_find", cvh_convention_find(strange_names[i], &out), strange_names[i]);
        if (memcmp(&out, &same, sizeof out) != 0) failed("cvh_convention_find: refused, but wrote its output");
    }
    refuse_name("cvh_convention_find", cvh_convention_find(cvh_convention_name(0), NULL), "a name, out NULL");
}

void abuse_cvh_decoder_find(void)
{
    memset(endless, 'a', sizeof endless - 1);
    cvh_decoder out = {.threshold = 7}, same = out;
    FOR_EACH (strange_names, i) {
        refuse_name("cvh_decoder_find", cvh_decoder_find(strange_names[i], &out), strange_names[i]);
        if (memcmp(&out, &same, sizeof out) != 0) failed("cvh_decoder_find: refused, but wrote its output");
    }
    refuse_name("cvh_decoder_find", cvh_decoder_find(cvh_decoder_name(0), NULL), "a name, out NULL");
}

/* ------------------------------------------------------------------------------------------------------------------- files */

static const char *const strange_paths[] = {"/", ".", "/nonexistent/maps.npy", "/dev/null/maps.npy", "a\n/b", endless};

void abuse_cvh_npy_load(void)
{
    memset(endless, 'a', sizeof endless - 1);
    cvh_maps maps = {.count = 7}, same = maps;
    const char *const unreadable[] = {"/dev/null", "/proc/self/mem"};
    FOR_EACH (strange_paths, i)
        if (cvh_npy_load(strange_paths[i], &maps) != CVH_ERR_IO)
            failed("cvh_npy_load(%.20s): %s", strange_paths[i], cvh_last_error());
    FOR_EACH (unreadable, i) {
        cvh_status status = cvh_npy_load(unreadable[i], &maps);
        if (status != CVH_ERR_IO && status != CVH_ERR_FORMAT) failed("cvh_npy_load(%s): status %d", unreadable[i], (int)status);
    }
    if (cvh_npy_load(NULL, &maps) != CVH_ERR_ARGUMENT) failed("cvh_npy_load(NULL, ...) is not refused");
    if (cvh_npy_load("", &maps) != CVH_ERR_ARGUMENT && cvh_npy_load("", &maps) != CVH_ERR_IO) failed("cvh_npy_load of \"\"");
    if (cvh_npy_load("/dev/null", NULL) != CVH_ERR_ARGUMENT) failed("cvh_npy_load(..., NULL) is not refused");
    if (memcmp(&maps, &same, sizeof maps) != 0) failed("cvh_npy_load failed, but wrote *maps");
}

/* The view's fields in a folder of its own; then the paths. */
void abuse_cvh_npy_save(void)
{
    static const shared_call call = {"cvh_npy_save", READS_SAVE, NULL};
    memset(endless, 'a', sizeof endless - 1);
    char folder[] = "/tmp/cvheatmap-abuse-XXXXXX", path[sizeof folder + 16];
    if (!mkdtemp(folder)) {
        failed("no temporary folder");
        return;
    }
    snprintf(path, sizeof path, "%s/maps.npy", folder);
    for (int field = 0; field < arena_field_count(); field++)
        for (int k = 0; arena_field_read(field, READS_SAVE) && k < arena_value_count(field); k++) {
            char text[32];
            arena_valid(&now);
            bool must_refuse = arena_spoil(&now, field, k, text);
            memcpy(&before, &now, sizeof now);
            check_call(&call, text, cvh_npy_save(path, now.in.maps_pointer), must_refuse, arena_field_name(field));
            if (must_refuse && access(path, F_OK) == 0) failed("cvh_npy_save, %s: refused, but there is a file", text);
            unlink(path);
        }
    arena_valid(&now);
    FOR_EACH (strange_paths, i)
        if (cvh_npy_save(strange_paths[i], &now.in.maps) != CVH_ERR_IO) failed("cvh_npy_save(%.20s)", strange_paths[i]);
    if (cvh_npy_save(NULL, &now.in.maps) != CVH_ERR_ARGUMENT) failed("cvh_npy_save(NULL, ...) is not refused");
    if (rmdir(folder) != 0) failed("cvh_npy_save left something in its folder");
}

void abuse_cvh_npy_free(void)
{
    cvh_maps zero = {0};
    cvh_npy_free(NULL);
    cvh_npy_free(&zero);
    cvh_npy_free(&zero);
    if (zero.data || zero.count) failed("cvh_npy_free does not leave a zero view");
}

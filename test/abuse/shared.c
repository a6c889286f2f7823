/* SPDX-License-Identifier: Apache-2.0
 * The functions that take maps, keypoints and conventions, each field of those spoiled in turn, and several at once. */
#include "shared.h"

#include <string.h>

#include "report.h"

static cvh_status call_blur(arena_inputs *in)
{
    return cvh_blur(in->maps_pointer, in->points_pointer, in->count, in->convention_pointer);
}

static cvh_status call_patch(arena_inputs *in)
{
    return cvh_patch(in->maps_pointer, in->points_pointer, in->count, in->convention_pointer);
}

static cvh_status call_closed_form(arena_inputs *in)
{
    return cvh_closed_form(in->maps_pointer, in->points_pointer, in->count, in->convention_pointer);
}

static cvh_status call_encode(arena_inputs *in)
{
    return cvh_encode(in->maps_pointer, in->points_pointer, in->count, in->convention_pointer, in->weights);
}

static cvh_status call_draw(arena_inputs *in)
{
    return cvh_draw(in->maps_pointer, in->points_pointer, in->count, in->convention_pointer);
}

static cvh_status call_erase(arena_inputs *in)
{
    return cvh_erase(in->maps_pointer, in->points_pointer, in->count, in->convention_pointer);
}

static cvh_status call_compare(arena_inputs *in)
{
    return cvh_compare(in->maps_pointer, in->other_pointer, in->tolerance_pointer, in->report);
}

cvh_status call_crosscheck(arena_inputs *in)
{
    return cvh_crosscheck(in->expected, in->actual, in->shape_pointer, in->points_pointer, in->count, in->convention_pointer,
                          in->tolerance_pointer, in->report);
}

static cvh_status call_kernel(arena_inputs *in)
{
    return cvh_gaussian_kernel(in->ksize, in->sigma, in->depth, in->taps);
}

static cvh_status call_gaussian_blur(arena_inputs *in)
{
    return cvh_gaussian_blur(in->maps_pointer, in->other_pointer, in->gaussian_pointer, in->border);
}

static cvh_status call_convert(arena_inputs *in)
{
    return cvh_convert(in->maps_pointer, in->other_pointer);
}

static cvh_status call_decode(arena_inputs *in)
{
    return cvh_decode(in->maps_pointer, in->convention_pointer, in->peaks);
}

static cvh_status call_find_peaks(arena_inputs *in)
{
    return cvh_find_peaks(in->maps_pointer, in->convention_pointer, in->peaks, in->capacity, in->found);
}

static cvh_status call_fit(arena_inputs *in)
{
    return cvh_convention_fit(in->convention_pointer, in->input_rows, in->input_cols, in->map_rows, in->map_cols);
}

static const shared_call calls[] = {
    {"cvh_blur", READS_BLUR, call_blur},
    {"cvh_patch", READS_PATCH, call_patch},
    {"cvh_closed_form", READS_PATCH, call_closed_form},
    {"cvh_encode", READS_ENCODE, call_encode},
    {"cvh_draw", READS_DRAW, call_draw},
    {"cvh_erase", READS_ERASE, call_erase},
    {"cvh_compare", READS_COMPARE, call_compare},
    {"cvh_crosscheck", READS_CROSSCHECK, call_crosscheck},
    {"cvh_gaussian_kernel", READS_KERNEL, call_kernel},
    {"cvh_gaussian_blur", READS_GAUSSIAN_BLUR, call_gaussian_blur},
    {"cvh_convert", READS_CONVERT, call_convert},
    {"cvh_decode", READS_DECODE, call_decode},
    {"cvh_find_peaks", READS_PEAKS, call_find_peaks},
    {"cvh_convention_fit", READS_FIT, call_fit},
};

arena before, now;

/* What holds after any call. find_peaks alone writes an output while it refuses: how many there are. */
void check_call(const shared_call *call, const char *what, cvh_status status, bool must_refuse, const char *name)
{
    if ((int)status < CVH_OK || status > CVH_ERR_OPENCV) failed("%s, %s: status %d", call->function, what, (int)status);
    if (must_refuse && status != CVH_ERR_ARGUMENT)
        failed("%s, %s: status %d; it must be refused", call->function, what, (int)status);
    if (must_refuse && !strstr(cvh_last_error(), name))
        failed("%s, %s: the message does not name %s: %s", call->function, what, name, cvh_last_error());
    if (status && (!*cvh_last_error() || strlen(cvh_last_error()) > 511))
        failed("%s, %s: a message of %zu bytes", call->function, what, strlen(cvh_last_error()));
    if (!arena_guards_intact(&now)) failed("%s, %s: written beside an output", call->function, what);
    bool writes_input = call->reader == READS_FIT && status == CVH_OK;
    if (!writes_input && memcmp(&before.in, &now.in, sizeof before.in) != 0)
        failed("%s, %s: wrote an input", call->function, what);
    if (call->reader == READS_PEAKS && status == CVH_ERR_ARGUMENT && strncmp(cvh_last_error(), "capacity", 8) == 0)
        now.out.found = before.out.found;
    if (status == CVH_ERR_ARGUMENT && memcmp(&before.out, &now.out, sizeof before.out) != 0)
        failed("%s, %s: refused, but wrote an output", call->function, what);
}

static void one_spoiled_field(const shared_call *call, int field)
{
    for (int k = 0; k < arena_value_count(field); k++) {
        char text[32], what[80];
        arena_valid(&now);
        bool must_refuse = arena_spoil(&now, field, k, text);
        snprintf(what, sizeof what, "%s = %s", arena_field_name(field), text);
        memcpy(&before, &now, sizeof now);
        check_call(call, what, call->call(&now.in), must_refuse, arena_field_name(field));
    }
}

static uint64_t random_bits(uint64_t *state)
{
    *state ^= *state >> 12, *state ^= *state << 25, *state ^= *state >> 27;
    return *state * UINT64_C(2685821657736338717) >> 32;
}

/* Two to five fields spoiled at once: whichever is told, nothing else may happen. */
static void several_spoiled_fields(const shared_call *call, uint64_t *random)
{
    char text[32], what[80];
    snprintf(what, sizeof what, "random state 0x%llx", (unsigned long long)*random);
    arena_valid(&now);
    int left = 2 + (int)(random_bits(random) % 4);
    while (left > 0) {
        int field = (int)(random_bits(random) % (unsigned)arena_field_count());
        if (!arena_field_read(field, call->reader)) continue;
        int k = (int)(random_bits(random) % (unsigned)arena_value_count(field));
        (void)arena_spoil(&now, field, k, text); /* another field may spoil it back */
        left--;
    }
    memcpy(&before, &now, sizeof now);
    check_call(call, what, call->call(&now.in), false, "");
}

void abuse_shared(const char *function)
{
    enum { COMBINATIONS = 4000 };
    const shared_call *call = calls;
    while (strcmp(call->function, function) != 0) call++;
    arena_valid(&now);
    memcpy(&before, &now, sizeof now);
    check_call(call, "valid", call->call(&now.in), false, "");
    arena_valid(&now);
    cvh_status status = call->call(&now.in);
    if (status) failed("%s refuses the valid call: %s", function, cvh_last_error());
    for (int field = 0; field < arena_field_count(); field++)
        if (arena_field_read(field, call->reader)) one_spoiled_field(call, field);
    uint64_t random = 0x5EEDu;
    for (int i = 0; i < COMBINATIONS && failures() < 20; i++) several_spoiled_fields(call, &random);
}

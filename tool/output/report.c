/* SPDX-License-Identifier: Apache-2.0
 * A comparison's report as text, as JSON and as a picture. */
#include "output/report.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>

#include "base/names.h"
#include "output/json.h"

static void print_worst(const cvh_report *report)
{
    printf("worst      map %d, row %d, col %d: expected %s, actual %s\n", report->map, report->row, report->col,
           number_shortest(report->expected).text, number_shortest(report->actual).text);
}

static void print_differences(const cvh_report *report)
{
    printf("where      rows %d..%d, cols %d..%d\n", report->row_lo, report->row_hi - 1, report->col_lo, report->col_hi - 1);
    if (report->missing) printf("missing    %" PRIu64 " are 0 where expected is not\n", report->missing);
    if (report->extra) printf("too many   %" PRIu64 " are not 0 where expected is\n", report->extra);
    if (report->slip == CVH_SLIP_NONE) return;
    printf("slip       %s", cvh_slip_text((int)report->slip));
    if (report->slip_x != 0 || report->slip_y != 0)
        printf(" (%s, %s)", number_shortest(report->slip_x).text, number_shortest(report->slip_y).text);
    putchar('\n');
}

static bool is_exact(const cvh_tolerance *tolerance)
{
    return tolerance->absolute == 0 && tolerance->relative == 0 && tolerance->ulps == 0;
}

static void print_text(const compared *what, const cvh_report *report)
{
    printf("expected   %s\n", what->expected);
    printf("actual     %s\n", what->actual);
    if (what->arithmetic) printf("opencv     %s, %s\n", cvh_opencv_version(), what->arithmetic);
    printf("maps       %" PRId64 " of %dx%d, %s\n", what->maps, what->rows, what->cols, depth_name(what->depth));
    if (!is_exact(&what->tolerance))
        printf("tolerance  absolute %s, relative %s, ulps %" PRIu64 "\n", number_shortest(what->tolerance.absolute).text,
               number_shortest(what->tolerance.relative).text, what->tolerance.ulps);
    printf("compared   %" PRIu64 " samples\n", report->compared);
    printf("differing  %" PRIu64 "\n", report->differing);
    printf("max abs    %s\n", number_shortest(report->max_abs).text);
    printf("rmse       %s\n", number_shortest(report->rmse).text);
    if (report->max_ulps == UINT64_MAX)
        printf("max ulps   a number against nan\n");
    else
        printf("max ulps   %" PRIu64 "\n", report->max_ulps);
    if (report->max_abs > 0) print_worst(report);
    if (report->differing) print_differences(report);
    const bool exact = report->max_abs == 0;
    printf("result     %s\n", report->differing ? "different" : exact ? "equal" : "equal within the tolerance");
}

/* What only a report on drawn maps has. jansson's "s*" would hide memory that ran out. */
static int add_drawn(json_t *packed, const compared *what)
{
    if (!what->drawn) return 0;
    if (what->arithmetic
        && (json_object_set_new(packed, "opencv", json_string(cvh_opencv_version()))
            || json_object_set_new(packed, "opencv_arithmetic", json_string(what->arithmetic))))
        return -1;
    return json_object_set(packed, "drawn", what->drawn);
}

/* Where the samples that differ are, what is missing there, and the slip that explains them. */
static int add_differences(json_t *packed, const cvh_report *report)
{
    if (report->differing == 0) return 0;
    json_t *slip = report->slip == CVH_SLIP_NONE ? json_null()
                                                 : json_pack("{s:s, s:o, s:o}", "text", cvh_slip_text((int)report->slip), "x",
                                                             json_of_real(report->slip_x), "y", json_of_real(report->slip_y));
    json_t *where = json_pack("{s:i, s:i, s:i, s:i, s:I, s:I}", "first_row", report->row_lo, "last_row", report->row_hi - 1,
                              "first_col", report->col_lo, "last_col", report->col_hi - 1, "missing",
                              (json_int_t)report->missing, "extra", (json_int_t)report->extra);
    return json_object_set_new(packed, "where", where) | json_object_set_new(packed, "slip", slip);
}

static json_t *report_json(const compared *what, const cvh_report *report)
{
    json_t *worst = report->max_abs > 0
                        ? json_pack("{s:i, s:i, s:i, s:o, s:o}", "map", report->map, "row", report->row, "col", report->col,
                                    "expected", json_of_real(report->expected), "actual", json_of_real(report->actual))
                        : json_null();
    json_t *packed =
        json_pack("{s:o, s:o, s:I, s:i, s:i, s:s, s:b, s:I, s:I, s:o, s:o, s:o, s:o}", "expected", json_of_text(what->expected),
                  "actual", json_of_text(what->actual), "maps", (json_int_t)what->maps, "rows", what->rows, "cols", what->cols,
                  "depth", depth_name(what->depth), "agree", report->differing == 0, "compared", (json_int_t)report->compared,
                  "differing", (json_int_t)report->differing, "max_abs", json_of_real(report->max_abs), "rmse",
                  json_of_real(report->rmse), "max_ulps", json_of_count(report->max_ulps), "worst", worst);
    if (packed && (add_differences(packed, report) || add_drawn(packed, what))) {
        json_decref(packed);
        packed = NULL;
    }
    json_decref(what->drawn);
    return packed;
}

int report_print(const compared *what, const cvh_report *report, bool json)
{
    if (json && json_print(report_json(what, report))) return EXIT_TROUBLE;
    if (!json) print_text(what, report);
    return finish_stdout(report->differing ? EXIT_DIFFERENT : EXIT_FINE);
}

int report_images_open(report_images *images, int rows, int cols)
{
    *images = (report_images){0};
    if (image_open(&images->expected, rows, cols) || image_open(&images->actual, rows, cols)
        || image_open(&images->difference, rows, cols)) {
        report_images_close(images);
        return EXIT_TROUBLE;
    }
    return EXIT_FINE;
}

int report_images_add(report_images *images, const cvh_maps *expected, const cvh_maps *actual)
{
    if (image_add(&images->expected, expected) || image_add(&images->actual, actual)) return EXIT_TROUBLE;
    return image_add_difference(&images->difference, expected, actual);
}

/* The box around both, and the slip where all that differ have one. */
static void join_differences(cvh_report *all, const cvh_report *slice)
{
    const bool none = all->differing == 0;
    all->missing += slice->missing;
    all->extra += slice->extra;
    if (slice->differing == 0) return;
    if (none || slice->row_lo < all->row_lo) all->row_lo = slice->row_lo;
    if (none || slice->row_hi > all->row_hi) all->row_hi = slice->row_hi;
    if (none || slice->col_lo < all->col_lo) all->col_lo = slice->col_lo;
    if (none || slice->col_hi > all->col_hi) all->col_hi = slice->col_hi;
    const bool same = slice->slip == all->slip && slice->slip_x == all->slip_x && slice->slip_y == all->slip_y;
    if (none || !same) {
        all->slip = none ? slice->slip : CVH_SLIP_NONE;
        all->slip_x = none ? slice->slip_x : 0;
        all->slip_y = none ? slice->slip_y : 0;
    }
}

void report_join(cvh_report *all, const cvh_report *slice, int64_t first)
{
    const double before = (double)all->compared, now = (double)slice->compared;
    if (first > 0)
        all->rmse = sqrt((all->rmse * all->rmse * before + slice->rmse * slice->rmse * now) / (before + now));
    else
        all->rmse = slice->rmse;
    join_differences(all, slice);
    all->compared += slice->compared;
    all->differing += slice->differing;
    if (slice->max_ulps > all->max_ulps) all->max_ulps = slice->max_ulps;
    if (first > 0 && !(slice->max_abs > all->max_abs)) return;
    all->max_abs = slice->max_abs;
    all->map = (int)first + slice->map;
    all->row = slice->row;
    all->col = slice->col;
    all->expected = slice->expected;
    all->actual = slice->actual;
}

void report_images_close(report_images *images)
{
    image_close(&images->expected);
    image_close(&images->actual);
    image_close(&images->difference);
}

static void verdict_text(const cvh_report *report, char *text, size_t size)
{
    if (report->differing)
        snprintf(text, size, "%" PRIu64 " of %" PRIu64 " samples differ, by up to %.4g at map %d, row %d, col %d",
                 report->differing, report->compared, report->max_abs, report->map, report->row, report->col);
    else if (report->max_abs > 0)
        snprintf(text, size, "agree within the tolerance: %" PRIu64 " samples, largest difference %.4g", report->compared,
                 report->max_abs);
    else
        snprintf(text, size, "equal in all %" PRIu64 " samples", report->compared);
}

/* "expected: NAME", the name cut at its front where it is long. */
static void panel_title(char *text, size_t size, const char *role, const char *name)
{
    enum { LONGEST = 22 };
    int length = 0;
    while (name[length]) ++length;
    const char *shown = length > LONGEST ? name + length - LONGEST : name;
    snprintf(text, size, "%s: %s%s", role, shown == name ? "" : "..", shown);
}

int report_picture(const compared *what, const cvh_report *report, const report_images *images, const cvh_keypoint *marks,
                   size_t mark_count, const char *heading, const char *details, const char *path)
{
    char expected[64], actual[64], verdict_line[256];
    panel_title(expected, sizeof expected, "expected", what->expected);
    panel_title(actual, sizeof actual, "actual", what->actual);
    verdict_text(report, verdict_line, sizeof verdict_line);
    panel panels[] = {
        {.title = expected, .seen = images->expected, .marks = marks, .mark_count = mark_count},
        {.title = actual, .seen = images->actual, .marks = marks, .mark_count = mark_count, .scale = true},
        {.title = "difference", .seen = images->difference, .marks = marks, .mark_count = mark_count, .scale = true},
    };
    double least, largest;
    image_range(&images->expected, &least, &largest);
    image_range(&images->actual, &panels[1].least, &panels[1].largest);
    panels[0].least = panels[1].least = fmin(least, panels[1].least);
    panels[0].largest = panels[1].largest = fmax(largest, panels[1].largest);
    image_range(&images->difference, &panels[2].least, &panels[2].largest);
    panels[2].least = 0;
    if (report->max_abs == 0) panels[2].note = "no difference";
    panels[2].scale = report->max_abs != 0;
    const picture shown = {
        .heading = heading,
        .details = details,
        .panels = panels,
        .count = 3,
        .across = 3,
        .text = verdict_line,
        .agree = report->differing == 0,
    };
    return picture_save(&shown, path);
}

/* SPDX-License-Identifier: Apache-2.0
 * What to draw. */
#include "input/sources.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parse.h"
#include "input/coco.h"
#include "input/list.h"
#include "input/table.h"

const char sources_help[] =
    "\nWhat to draw (default: the keypoint 24,32):\n"
    "  --point X,Y[,MAP]     a keypoint; x right, y down, pixel centres at integers; may be repeated\n"
    "  --points FILE         a table: separated by commas, tabs, semicolons or blanks, with or without a\n"
    "                        header; '-' is standard input. A row is a keypoint: x, y, map (or keypoint,\n"
    "                        joint, ... by name), visible, score, sigma, sigma_x, sigma_y, peak, weight\n"
    "                        (or duration, count: a factor of the peak), person, frame; or an instance:\n"
    "                        x0,y0,x1,y1,..., nose.x,nose.y or nose_x,nose_y, DeepLabCut's header\n"
    "  --column-x NAME, --column-y NAME\n"
    "                        which columns are x and y, where the header does not say it so\n"
    "  --absent X,Y          a position that means \"absent\", as nan, an empty field and visible 0 do;\n"
    "                        may be repeated\n"
    "  --min-score S         leave out keypoints whose score or likelihood is below S; default: none\n"
    "  --coco FILE.json      COCO keypoints: a map for each keypoint of each annotation that has a\n"
    "                        labelled one. A missing box is the labelled keypoints' bounding box, a\n"
    "                        tenth of its larger side wider on each side\n"
    "  --category NAME       of the COCO file: its people of this category (or id) alone\n"
    "  --strict              refuse what would be skipped: annotations without keypoints, or whose box has\n"
    "                        no extent\n"
    "  --whole-image         all people of an image, or rows of a frame, share its maps\n"
    "  --boxes               boxes (COCO's, or columns x,y,w,h) as CenterNet and TTFNet draw them: at their\n"
    "                        centres, one map a category, windows by the boxes' sizes\n";

sources sources_start(void)
{
    return (sources){.how = {.peak = 1, .min_score = NAN}};
}

static int add_named(sources *what, const char *path, const cvh_keypoint *point)
{
    named_points *given = realloc(what->given, (what->count + 1) * sizeof *given);
    if (!given) return trouble("no memory for %zu arguments", what->count + 1);
    what->given = given;
    given[what->count++] = (named_points){path, *point};
    return EXIT_FINE;
}

static int add_point(sources *what, const char *text)
{
    cvh_keypoint point;
    if (parse_point(text, &point)) return add_named(what, NULL, &point);
    return trouble("--point is '%s'; it must be X,Y or X,Y,MAP, MAP a whole number 0..%d", text, CVH_MAX_COUNT - 1);
}

static int add_absent(reading *how, const char *text)
{
    enum { MOST = sizeof how->absent / sizeof *how->absent };
    double x = NAN, y = NAN;
    if (!parse_pair(text, &x, &y) || !isfinite(x) || !isfinite(y)) return trouble("--absent is '%s'; it must be X,Y", text);
    if (how->absent_count == MOST) return trouble("--absent is given more than %d times", MOST);
    how->absent[how->absent_count].x = x;
    how->absent[how->absent_count++].y = y;
    return EXIT_FINE;
}

int sources_option(sources *what, int option, const char *value)
{
    static const cvh_keypoint nowhere;
    reading *how = &what->how;
    switch (option) {
    case OPTION_POINT: return add_point(what, value);
    case OPTION_POINTS: return add_named(what, value, &nowhere);
    case OPTION_COCO: return set_once("--coco", &what->coco, value);
    case OPTION_ABSENT: return add_absent(how, value);
    case OPTION_MIN_SCORE: return parse_number("--min-score", value, &how->min_score);
    case OPTION_COLUMN_X: return set_once("--column-x", &how->column_x, value);
    case OPTION_COLUMN_Y: return set_once("--column-y", &how->column_y, value);
    case OPTION_CATEGORY: return set_once("--category", &how->category, value);
    case OPTION_STRICT: how->strict = true; return EXIT_FINE;
    case OPTION_WHOLE_IMAGE: how->whole_image = true; return EXIT_FINE;
    default: how->boxes = true; return EXIT_FINE;
    }
}

/* Points and tables with a row a keypoint gather in the list; a table that is a source by itself stands alone. */
static int fill_list(const sources *what, list *points, source **own)
{
    static const cvh_keypoint tutorial = {.x = 24, .y = 32};
    for (size_t i = 0; i < what->count; ++i) {
        const named_points *given = &what->given[i];
        const int status = given->path ? table_read(given->path, &what->how, what->count == 1, points, own)
                                       : list_add(points, &given->point, NULL, -1);
        if (status) return status;
        if (*own && what->count > 1)
            return trouble("%s holds an instance a row; it can be drawn alone, without other --point or --points", given->path);
    }
    return what->count ? EXIT_FINE : list_add(points, &tutorial, NULL, -1);
}

static int open_list(const sources *what, source **out)
{
    list *points = list_new();
    source *own = NULL;
    if (!points) return EXIT_TROUBLE;
    const int status =
        fill_list(what, points, &own) || (!own && list_ready(points, what->how.together)) ? EXIT_TROUBLE : EXIT_FINE;
    source *left_over = own ? &points->base : NULL;
    if (status) left_over = &points->base;
    if (left_over) left_over->close(left_over);
    if (status && own) own->close(own);
    if (!status) *out = own ? own : &points->base;
    return status;
}

/* Options that only one kind of source has. */
static int check_how(const sources *what)
{
    const reading *how = &what->how;
    bool table = false;
    for (size_t i = 0; i < what->count; ++i) table = table || what->given[i].path;
    if (!what->coco && (how->category || how->strict))
        return trouble("--%s takes --coco", how->category ? "category" : "strict");
    if (!table && (how->column_x || how->column_y)) return trouble("--column-%s takes --points", how->column_x ? "x" : "y");
    if (!table && how->min_score == how->min_score) return trouble("--min-score takes --points");
    if (!table && !what->coco && (how->whole_image || how->absent_count))
        return trouble("--%s takes --points or --coco", how->whole_image ? "whole-image" : "absent");
    return EXIT_FINE;
}

int sources_open(sources *what, source **out)
{
    if (what->coco && what->count)
        return trouble("--coco and --point or --points are both given; only one of them can be drawn");
    if (check_how(what)) return EXIT_TROUBLE;
    if (what->coco && what->how.boxes) what->how.whole_image = true;
    if ((what->coco ? coco_open(what->coco, &what->how, out) : open_list(what, out))) return EXIT_TROUBLE;
    if ((*out)->unknown[0]) remark("columns that were skipped: %s", (*out)->unknown);
    return EXIT_FINE;
}

void sources_free(sources *what)
{
    free(what->given);
    what->given = NULL;
    what->count = 0;
}

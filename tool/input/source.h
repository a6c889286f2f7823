/* SPDX-License-Identifier: Apache-2.0
 * What every reader of keypoints gives: groups of points, one group after the other, each with what is known of it. A new
 * format is one file that fills in this struct. */
#ifndef CVHEATMAP_TOOL_SOURCE_H
#define CVHEATMAP_TOOL_SOURCE_H

#include "base/tool.h"

/* Points that belong together: a person's, a row's, an image's, or those of one map of a list. */
typedef struct keypoint_group {
    const cvh_keypoint *points; /* x, y NaN: absent. `map` counts from the group's first map. The memory is the reader's, and
                                   lasts until the next group is asked for */
    const uint32_t *numbers;    /* the points' places in the file, where the source is `unordered` */
    size_t count;
    cvh_rect box;               /* in the photograph; */
    bool boxed;                 /* false: the group is the whole photograph's */
    int photo_rows, photo_cols; /* the photograph's size; 0: not known */
    const char *name;           /* of the person, the row or the image; NULL: none */
} keypoint_group;

typedef struct source source;
struct source {
    const char *what;    /* the groups are: "people", "rows", "images", "maps" */
    int64_t groups;      /* how many of them */
    int maps;            /* of a group */
    int64_t points;      /* of all groups */
    int instance;        /* points of an instance, which are handed out together; 0: there are no instances */
    bool loose;          /* the groups are single maps of a list, which nothing ties together */
    bool unordered;      /* the groups' points do not stand one after the other in the file */
    bool has_sigma;      /* a point's gaussian may hold a sigma */
    bool boxes;          /* a point is a box's centre, and its gaussian's ksize the box's width and height */
    bool in_photo;       /* the points are pixels of a photograph, from which the group's box is cut */
    int64_t below_score; /* points that are absent because --min-score left them out, of those that have been read */
    int64_t skipped;     /* annotations that make no group, and the first of them with its reason */
    char reason[256];
    int64_t uncut;     /* boxes that were taken as they are because the file does not say how large their photographs are */
    char unknown[256]; /* columns that nothing knows; "": none */
    const char *const *names; /* of the maps of a group; NULL: none */

    /* Sets *out to the next group; called `groups` times at most. */
    int (*next)(source *from, keypoint_group *out);
    void (*close)(source *from); /* releases the source too */
};

/* What the options say about reading, whichever format it is. */
typedef struct reading {
    double peak;               /* the convention's, which a weight is a factor of */
    const cvh_crop_rule *rule; /* what cuts, moves and drops annotated boxes; NULL: nothing */
    double min_score;          /* a point with a score below it is absent; NaN: none is */
    struct {
        double x, y;
    } absent[16]; /* positions that mean "absent" */
    int absent_count;
    const char *column_x, *column_y; /* names of the columns, where a table's header does not say them; NULL: it does */
    const char *category;            /* of COCO: its name or id; NULL: all that have keypoints */
    bool strict;                     /* what would be skipped is refused */
    bool together;                   /* the maps of a list belong to one image */
    bool whole_image;                /* all people of an image share its maps */
    bool boxes;                      /* the centres of boxes instead of keypoints */
} reading;

/* True where the position is one of those that mean "absent", or NaN. */
bool reading_is_absent(const reading *how, double x, double y);

/* Counts an annotation that is left out; the first one's reason, printf's way, is kept. */
void source_skip(source *from, const char *format, ...) TOOL_PRINTF(2, 3);

#endif

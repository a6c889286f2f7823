/* SPDX-License-Identifier: Apache-2.0 */
#include "conventions/names.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/status.h"
#include "base/suggest.h"

/* Spellings that mean the same row in whichever table has it. */
static const cvh_alias common[] = {
    {"msra", "hrnet"},
    {"simple_baselines", "hrnet"},
    {"msra_mmpose", "mmpose_msra"},
    {"megvii_mmpose", "mmpose_megvii"},
    {"udp_pose", "udp"},
    {"udp_mmpose", "mmpose_udp"},
    {"dark", "darkpose"},
    {"dark_mmpose", "mmpose_dark"},
    {"vitpose", "transformers_vitpose"},
    {NULL, NULL},
};

/* The projects of the field by the words that people call them, those included that have a row in no table or in one alone: to
 * somebody who asks for one of them another's row is no help, however near its name is ("hrnet", "higherhrnet"). */
static const char *const projects[] = {
    "alphapose", "blazepose", "centernet",    "cornernet", "cpn",         "dark",        "darkpose",  "deeplabcut",
    "dekr",      "density",   "detectron2",   "dwpose",    "fairmot",     "higherhrnet", "hourglass", "hrnet",
    "kornia",    "litepose",  "mediapipe",    "megvii",    "mmdeploy",    "mmpose",      "movenet",   "msra",
    "mspn",      "openpose",  "openpifpaf",   "paddle",    "pose_resnet", "posec3d",     "posenet",   "pytorch_pose",
    "rsn",       "rtmlib",    "rtmo",         "rtmpose",   "rtmw",        "simcc",       "sleap",     "simple_baselines",
    "tf_pose",   "tracknet",  "transformers", "trt_pose",  "ttfnet",      "tutorial",    "udp",       "ultralytics",
    "vitpose",   "yolo11",    "yolov5",       "yolov8",    NULL,
};

/* The first is the only one, for no word above begins with another and a '_'. */
static const char *project_of(const char *name)
{
    for (int i = 0; projects[i]; i++)
        if (cvh_name_begins(name, projects[i])) return projects[i];
    return NULL;
}

static int row_of(const cvh_names *names, const char *name)
{
    for (int i = 0; names->name(i); i++)
        if (!strcmp(name, names->name(i))) return i;
    return -1;
}

static const char *behind(const cvh_alias *aliases, const char *name)
{
    for (; aliases && aliases->alias; aliases++)
        if (!strcmp(name, aliases->alias)) return aliases->name;
    return NULL;
}

/* A table's own spellings come first, and an alias of every table may be one of them: "dark" is darkpose, which is another row
 * where a table has none of that name. */
static int find(const cvh_names *names, const char *name)
{
    const char *own = behind(names->aliases, name), *any = behind(common, name);
    int row = row_of(names, own ? own : name);
    if (row >= 0 || !any) return row;
    own = behind(names->aliases, any);
    return row_of(names, own ? own : any);
}

/* -------------------------------------------------------------------------------------------------- what is said of others */

enum { LISTED = 380, ROWS = 128 };

typedef struct listing {
    const cvh_names *names;
    const char *wanted, *project;                        /* NULL: of no project that is known */
    bool (*fits)(const char *wanted, const char *known); /* NULL: every row */
    bool listed[ROWS];
    bool full;
    size_t used;
    char text[LISTED];
} listing;

/* Adds "spelling (row)", or a row's own name; what does not fit ends the list with "...". */
static void add(listing *list, const char *spelling, int row)
{
    const char *name = list->names->name(row);
    bool alias = strcmp(spelling, name) != 0;
    size_t length = strlen(spelling) + (alias ? strlen(name) + 3 : 0) + 2;
    if (list->full) return;
    if (list->used + length + sizeof ", ..." > LISTED) {
        memcpy(list->text + list->used, ", ...", sizeof ", ...");
        list->full = true;
        return;
    }
    list->used += (size_t)snprintf(list->text + list->used, LISTED - list->used, alias ? "%s%s (%s)" : "%s%s",
                                   list->used ? ", " : "", spelling, name);
    if (row < ROWS) list->listed[row] = true;
}

static void consider(listing *list, const char *spelling, int row)
{
    if (row < 0 || (row < ROWS && list->listed[row])) return;
    if (list->fits && !list->fits(list->wanted, spelling)) return;
    if (list->project && project_of(spelling) != list->project && project_of(list->names->name(row)) != list->project) return;
    add(list, spelling, row);
}

/* Rows first; an alias only where its row is not listed yet. */
static bool fill(listing *list, bool (*fits)(const char *, const char *))
{
    list->fits = fits;
    for (int i = 0; list->names->name(i); i++) consider(list, list->names->name(i), i);
    if (!fits) return list->used > 0;
    for (const cvh_alias *a = list->names->aliases; a && a->alias; a++) consider(list, a->alias, find(list->names, a->alias));
    for (const cvh_alias *a = common; a->alias; a++) consider(list, a->alias, find(list->names, a->alias));
    return list->used > 0;
}

static void tell_unknown(const cvh_names *names, const char *wanted)
{
    listing list = {.names = names, .wanted = wanted, .project = project_of(wanted)};
    if (fill(&list, cvh_name_same) || fill(&list, cvh_name_near)) {
        cvh_tell("no %s is named \"%.40s\"; near: %s", names->what, wanted, list.text);
    } else if (list.project && fill(&list, NULL)) {
        cvh_tell("no %s is named \"%.40s\"; of %s there are: %s", names->what, wanted, list.project, list.text);
    } else {
        const char *project = list.project;
        list.project = NULL;
        fill(&list, NULL);
        cvh_tell("no %s is named \"%.40s\"%s%s; there are: %s", names->what, wanted, project ? ", nor is there any of " : "",
                 project ? project : "", list.text);
    }
}

int cvh_names_find(const cvh_names *names, const char *name)
{
    if (!name) {
        cvh_tell("name is NULL; it must be a %s's name, such as \"%s\"", names->what, names->name(0));
        return -1;
    }
    int row = find(names, name);
    if (row < 0) tell_unknown(names, name);
    return row;
}

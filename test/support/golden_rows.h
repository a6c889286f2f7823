/* SPDX-License-Identifier: Apache-2.0
 * Which convention is held to which set of golden heatmaps, and what a case sets on top of it. */
#ifndef CVH_TEST_GOLDEN_ROWS_H
#define CVH_TEST_GOLDEN_ROWS_H

#include "support/golden.h"

/* ---------------------------------------------------------------------------------------------------- a case of the folder */

typedef struct golden_case {
    const char *name, *file, *convention, *produced_by;
    bool quirk;
    int rows, cols, channels;
    cvh_depth depth;
    double atol;
    json_t *model, *params, *points, *weights;
} golden_case;

typedef struct golden_pair {
    double x, y;
} golden_pair;

/* A number stands for both axes; false where the key is absent or null. */
static inline bool golden_pair_at(const json_t *object, const char *key, golden_pair *pair)
{
    const json_t *value = json_object_get(object, key);
    if (json_is_number(value)) *pair = (golden_pair){json_number_value(value), json_number_value(value)};
    if (json_is_array(value))
        *pair = (golden_pair){json_number_value(json_array_get(value, 0)), json_number_value(json_array_get(value, 1))};
    return json_is_number(value) || json_is_array(value);
}

static inline golden_case golden_case_of(const json_t *entry)
{
    return (golden_case){
        .name = golden_text(entry, "name"),
        .file = golden_text(entry, "file"),
        .convention = golden_text(entry, "convention"),
        .produced_by = golden_text(entry, "produced_by"),
        .quirk = golden_says(entry, "class", "quirk"),
        .rows = (int)golden_number(entry, "rows"),
        .cols = (int)golden_number(entry, "cols"),
        .channels = (int)golden_number(entry, "channels"),
        .depth = golden_says(entry, "dtype", "float64") ? CVH_64F : CVH_32F,
        .atol = golden_number(entry, "atol"),
        .model = json_object_get(entry, "model"),
        .params = json_object_get(entry, "params"),
        .points = json_object_get(entry, "points"),
        .weights = json_object_get(entry, "weights"),
    };
}

static inline bool golden_made_by(const golden_case *golden, const char *project)
{
    return strncmp(golden->produced_by, project, strlen(project)) == 0;
}

/* ------------------------------------------------------------------------------------------------- which row is which set's */

typedef struct row_of_set {
    const char *set, *project; /* the set's name and how `produced_by` begins; "" for any */
    const char *row;
} row_of_set;

static const row_of_set sets[] = {
    {"seed_blur", "", "tutorial_blur"},
    {"opencv_blur", "", "tutorial_blur"},
    {"seed_patch", "", "tutorial_patch"},
    {"msra_hrnet", "", "hrnet"},
    {"msra_mmpose", "", "mmpose_msra"},
    {"megvii_mspn", "", "mspn"},
    {"megvii_mmpose", "", "mmpose_megvii"},
    {"udp", "UDP-Pose", "udp"},
    {"udp", "mmpose", "mmpose_udp"},
    {"dark_unbiased", "DarkPose", "darkpose"},
    {"dark_unbiased", "mmpose", "mmpose_dark"},
    {"centernet_umich", "", "centernet"},
    {"centernet_msra", "", "centernet_msra"},
    {"ttfnet_elliptic", "", "ttfnet"},
    {"higherhrnet", "", "higherhrnet"},
    {"pytorch_pose", "", "pytorch_pose"},
    {"openpose_max", "", "openpose"},
    {"openpose_add", "", "openpose_add"},
    {"sleap", "", "sleap"},
    {"deeplabcut_gaussian", "", "deeplabcut"},
    {"posec3d", "", "posec3d"},
    {"kornia_sum1", "", "kornia"},
};

enum { SETS = sizeof sets / sizeof sets[0], MAX_POINTS = 128 };

static inline const row_of_set *set_of(const golden_case *golden)
{
    for (int i = 0; i < SETS; i++)
        if (strcmp(golden->convention, sets[i].set) == 0 && golden_made_by(golden, sets[i].project)) return &sets[i];
    ck_abort_msg("%s: no row for the set %s", golden->name, golden->convention);
    return NULL;
}

/* -------------------------------------------------------------------------------------------- the row, and a case's own
 * lengths
 *
 * A case starts from the row as cvh_convention_find gives it. Only what a caller sets is set on top, and only where it differs:
 * scale and offset, sigma, and the window where it is not what the row derives from sigma. */

static inline golden_pair own_or(const json_t *object, const char *key, golden_pair other)
{
    golden_pair pair = other;
    golden_pair_at(object, key, &pair);
    return pair;
}

/* The radius that the row's project derives from sigma. */
static inline double derived_radius(const cvh_convention *row, double sigma)
{
    return row->window == CVH_WINDOW_THREE_SIGMA_1 ? 3 * sigma + 1 : 3 * sigma;
}

/* Sets sigma and radius on a Gaussian whose other fields stay 0 or the row's. */
static inline void set_lengths(const char *name, const cvh_convention *row, golden_pair sigma, const golden_pair *radius,
                               cvh_gaussian *gaussian)
{
    bool from_box = row->window == CVH_WINDOW_SIX_SIGMA;
    if (from_box) {
        ck_assert_msg(radius && sigma.x == (2 * radius->x + 1) / 6 && sigma.y == (2 * radius->y + 1) / 6,
                      "%s: sigma is not that of the radius", name);
    } else if (sigma.x != gaussian->sigma_x || sigma.y != sigma.x) {
        gaussian->sigma_x = sigma.x;
        gaussian->sigma_y = sigma.y == sigma.x ? 0 : sigma.y;
    }
    if (!radius) return;
    if (!from_box && radius->x == derived_radius(row, sigma.x) && radius->y == derived_radius(row, sigma.y)) return;
    gaussian->ksize_x = 2 * radius->x + 1;
    gaussian->ksize_y = 2 * radius->y + 1;
}

static inline bool points_bring(const golden_case *golden, const char *key)
{
    return json_object_get(json_array_get(golden->points, 0), key) != NULL;
}

static inline void set_patch(const golden_case *golden, cvh_convention *row)
{
    golden_pair sigma = {0, 0}, radius = {0, 0};
    ck_assert(golden_pair_at(golden->model, "sigma", &sigma));
    bool finite = golden_pair_at(golden->model, "radius", &radius);
    ck_assert_msg(finite || row->gaussian.ksize_x == CVH_WHOLE_MAP, "%s draws on the whole map, its row does not",
                  golden->name);
    if (!points_bring(golden, "sigma")) set_lengths(golden->name, row, sigma, finite ? &radius : NULL, &row->gaussian);
}

static inline cvh_border border_of(const golden_case *golden)
{
    if (golden_says(golden->model, "border", "constant0")) return CVH_BORDER_CONSTANT;
    if (golden_says(golden->model, "border", "replicate")) return CVH_BORDER_REPLICATE;
    return golden_says(golden->model, "border", "reflect") ? CVH_BORDER_REFLECT : CVH_BORDER_REFLECT_101;
}

static inline void set_blur(const golden_case *golden, cvh_convention *row)
{
    golden_pair sigma = {0, 0}, ksize = {0, 0};
    ck_assert(golden_pair_at(golden->model, "sigma", &sigma) && golden_pair_at(golden->params, "ksize", &ksize));
    if (sigma.x != row->gaussian.sigma_x || sigma.y != sigma.x) {
        row->gaussian.sigma_x = sigma.x;
        row->gaussian.sigma_y = sigma.y;
    }
    if (ksize.x != row->gaussian.ksize_x || ksize.y != ksize.x) {
        row->gaussian.ksize_x = ksize.x;
        row->gaussian.ksize_y = ksize.y;
    }
    if (strcmp(golden->convention, "opencv_blur") != 0) return;
    if (border_of(golden) != CVH_BORDER_REFLECT_101) row->border = border_of(golden);
    row->gaussian.peak = golden_number(golden->model, "peak");
    if (golden_says(golden->model, "norm", "none")) row->norm = CVH_NORM_NONE;
}

static inline cvh_convention row_of(const golden_case *golden)
{
    cvh_convention row;
    const char *name = set_of(golden)->row;
    ck_assert_msg(cvh_convention_find(name, &row) == CVH_OK, "%s: %s", name, cvh_last_error());
    golden_pair scale = own_or(golden->model, "scale", (golden_pair){1, 1});
    golden_pair offset = own_or(golden->model, "offset", (golden_pair){0, 0});
    if (scale.x != 1 || scale.y != 1) row.scale_x = scale.x, row.scale_y = scale.y;
    row.offset_x = offset.x;
    row.offset_y = offset.y;
    if (golden_says(golden->model, "method", "blur"))
        set_blur(golden, &row);
    else
        set_patch(golden, &row);
    return row;
}

static inline void own_gaussian(const golden_case *golden, const json_t *point, const cvh_convention *row, cvh_gaussian *own)
{
    golden_pair sigma = {0, 0}, radius = {0, 0};
    if (golden_pair_at(point, "sigma", &sigma)) {
        ck_assert(golden_pair_at(point, "radius", &radius));
        set_lengths(golden->name, row, sigma, &radius, own);
    }
    if (json_object_get(point, "peak")) own->peak = golden_number(point, "peak");
}

/* Whether a point is visible is the caller's: one that is not is NaN. */
static inline size_t read_points(const golden_case *golden, const cvh_convention *row, cvh_keypoint *points, cvh_gaussian *own)
{
    size_t count = json_array_size(golden->points);
    ck_assert_msg(count <= MAX_POINTS, "%s has %zu points", golden->name, count);
    for (size_t i = 0; i < count; i++) {
        const json_t *point = json_array_get(golden->points, i);
        bool visible = golden_number(point, "visible") >= golden_number(golden->model, "visible_min");
        own[i] = (cvh_gaussian){.peak = 0};
        own_gaussian(golden, point, row, &own[i]);
        points[i] = (cvh_keypoint){.x = visible ? golden_number(point, "x") : (double)NAN,
                                   .y = golden_number(point, "y"),
                                   .map = (int)golden_number(point, "channel"),
                                   .gaussian = &own[i]};
    }
    return count;
}

/* ------------------------------------------------------------------------------------------------------------------ quirks
 *
 * Defects of the projects. A caller who wants one sets what `set` sets; `reason` says why the row does not. */

typedef struct quirk {
    const char *name;                                                     /* how the case's name begins */
    void (*set)(cvh_convention *row, cvh_keypoint *points, size_t count); /* NULL: cannot be had; listed only */
    const char *reason;
} quirk;

/* The window's corners truncate fractions, and the Gaussian is tied to the corner. */
static inline void set_msra_quirk(cvh_convention *row, cvh_keypoint *points, size_t count)
{
    row->snap = CVH_SNAP_NONE;
    row->centre = CVH_CENTRE_WINDOW;
    for (size_t i = 0; i < count; i++) points[i].x = trunc(points[i].x + 0.5), points[i].y = trunc(points[i].y + 0.5);
}

/* The corner rounds half to even, and the Gaussian sits at the corner + 3 sigma + 1, between pixels. */
static inline double higherhrnet_centre(double u, double radius)
{
    return rint(trunc(u) - radius) + radius;
}

static inline void set_higherhrnet_quirk(cvh_convention *row, cvh_keypoint *points, size_t count)
{
    double radius = 3 * row->gaussian.sigma_x + 1;
    bool even = fmod(2 * radius + 1, 2) == 0; /* a window of 2 radius + 1 samples, else of 2 ceil(radius) + 1 */
    row->snap = even ? CVH_SNAP_NONE : CVH_SNAP_NEAREST;
    row->centre = CVH_CENTRE_SUBPIXEL;
    row->gaussian.ksize_x = row->gaussian.ksize_y = even ? 2 * radius + 1 : 2 * ceil(radius) + 1;
    for (size_t i = 0; i < count; i++) {
        points[i].x = higherhrnet_centre(points[i].x, radius);
        points[i].y = higherhrnet_centre(points[i].y, radius);
    }
}

static inline void set_nothing(cvh_convention *row, cvh_keypoint *points, size_t count)
{
    (void)row, (void)points, (void)count;
}

static const quirk quirks[] = {
    {"quirk_msra_mmpose_fractional", set_msra_quirk,
     "a fractional 3 sigma moves the peak by a pixel; had by rounding x and y first, CVH_SNAP_NONE and CVH_CENTRE_WINDOW"},
    {"quirk_udp_mmpose_fractional", NULL,
     "a fractional 3 sigma moves the peak by a pixel; its window is even and one-sided about a sub-pixel centre, ours is odd"},
    {"quirk_higherhrnet_fractional", set_higherhrnet_quirk,
     "a fractional 3 sigma sets the peak between pixels; had by giving that centre, CVH_CENTRE_SUBPIXEL and the real ksize"},
    {"quirk_sleap_instance_drop", set_nothing,
     "a person with no node strictly inside is dropped whole; which nodes are a person's is the caller's, who gives NaN"},
};

enum { QUIRKS = sizeof quirks / sizeof quirks[0] };

static inline const quirk *quirk_of(const golden_case *golden)
{
    for (int i = 0; i < QUIRKS; i++)
        if (strncmp(golden->name, quirks[i].name, strlen(quirks[i].name)) == 0) return &quirks[i];
    ck_abort_msg("%s: a quirk without a reason", golden->name);
    return NULL;
}

#endif

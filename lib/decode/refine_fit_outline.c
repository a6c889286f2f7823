/* SPDX-License-Identifier: Apache-2.0
 * A first look at a peak, which tells where a fit starts and how large its window is. A Gaussian falls to e^-1/2 of its height
 * at a distance of one sigma; a clipped one, whose plateau has the radius p, at the distance d with d^2 - p^2 = sigma^2. */
#include "decode/refine_fit_outline.h"

#include "gaussian/kernel.h"

static const double ONE_SIGMA = 0x1.368b2fc6f960ap-1; /* e^-1/2 */
static const double LEAST_SIGMA = 0.5;                /* of a start; what is narrower shows no slope */
static const double FARTHEST_MIDDLE = 0.75; /* from the largest sample: the peak is within half a pixel, or there is noise */
enum { MOST_SIDE = 2 * CVH_DECODE_MAX_WINDOW }; /* of a plateau, and of a walk along an axis */

/* Equal samples, row by row. */
typedef struct tie {
    int count, left, right;        /* columns of the row that was looked at last */
    int first_col, last_col, rows; /* of them all */
    double x, y;                   /* sums of the distances from the peak */
} tie;

static bool equals(const cvh_scene *scene, int row, int col, double value)
{
    const cvh_plane *plane = scene->plane;
    return row >= 0 && row < plane->rows && col >= 0 && col < plane->cols && cvh_scene_at(scene, row, col) == value;
}

/* Adds the run of equal samples through (row, col). */
static void add_run(const cvh_scene *scene, cvh_pixel peak, double value, int row, int col, tie *ties)
{
    int left = col, right = col;
    while (peak.col - left < MOST_SIDE && equals(scene, row, left - 1, value)) left--;
    while (right - peak.col < MOST_SIDE && equals(scene, row, right + 1, value)) right++;
    for (int i = left; i <= right; i++) {
        ties->x += i - peak.col;
        ties->y += row - peak.row;
    }
    ties->count += right - left + 1;
    ties->left = left;
    ties->right = right;
    ties->first_col = left < ties->first_col ? left : ties->first_col;
    ties->last_col = right > ties->last_col ? right : ties->last_col;
    ties->rows++;
}

/* The run in the next row that touches the one before, if there is one. */
static bool add_row(const cvh_scene *scene, cvh_pixel peak, double value, int row, tie *ties)
{
    for (int col = ties->left - 1; col <= ties->right + 1; col++) {
        if (!equals(scene, row, col, value)) continue;
        add_run(scene, peak, value, row, col, ties);
        return true;
    }
    return false;
}

/* False where the plateau is too large. */
static bool add_ties(const cvh_scene *scene, cvh_pixel peak, double value, tie *ties)
{
    *ties = (tie){.first_col = peak.col, .last_col = peak.col};
    add_run(scene, peak, value, peak.row, peak.col, ties);
    tie first = *ties;
    if (first.right - first.left >= MOST_SIDE) return false;
    for (int direction = -1; direction <= 1; direction += 2) {
        int steps = 1;
        ties->left = first.left;
        ties->right = first.right;
        while (add_row(scene, peak, value, peak.row + direction * steps, ties)) {
            if (ties->right - ties->left >= MOST_SIDE || ++steps > MOST_SIDE) return false;
        }
    }
    return true;
}

/* The distance at which the samples fall below `level` in one direction, between two of them by a line; 0 where they do not. */
static double walk(const cvh_scene *scene, int row, int col, int down, int right, double level)
{
    const cvh_plane *plane = scene->plane;
    double before = cvh_scene_at(scene, row, col);
    for (int steps = 1; steps <= MOST_SIDE; steps++) {
        row += down;
        col += right;
        if (row < 0 || col < 0 || row >= plane->rows || col >= plane->cols) return 0;
        double value = cvh_scene_at(scene, row, col);
        bool falls = before >= level && value > -INFINITY; /* the middle of a ring may be below it from the start */
        if (value < level) return falls ? steps - 1 + (before - level) / (before - value) : steps;
        before = value;
    }
    return 0;
}

/* The square of the width, from the distances on both sides, whose mean does not depend on where between two pixels the centre
 * is; 0 where it is seen on neither. */
static double width(double one, double other, double radius)
{
    double distance = one > 0 && other > 0 ? 0.5 * (one + other) : one + other;
    if (distance == 0) return 0;
    double square = distance * distance - radius * radius;
    return square > LEAST_SIGMA * LEAST_SIGMA ? square : LEAST_SIGMA * LEAST_SIGMA;
}

/* Between the flanks; the mean of the largest samples where a flank is not seen, or the flanks are not those of one peak. */
static double middle(double ahead, double behind, int from, double mean)
{
    double at = from + 0.5 * (ahead - behind);
    return ahead > 0 && behind > 0 && fabs(at - mean) < FARTHEST_MIDDLE ? at : mean;
}

/* From edge to edge: where the middle is depends on the map rather than on the peak. */
static bool spans(const cvh_plane *plane, const tie *ties)
{
    return (plane->cols > 2 && ties->last_col - ties->first_col + 1 == plane->cols)
           || (plane->rows > 2 && ties->rows == plane->rows);
}

bool cvh_outline_of(const cvh_scene *scene, cvh_pixel peak, cvh_outline *outline)
{
    tie ties;
    double largest = cvh_scene_at(scene, peak.row, peak.col);
    if (!(largest > 0) || !add_ties(scene, peak, largest, &ties) || spans(scene->plane, &ties)) return false;
    outline->x = peak.col + ties.x / ties.count;
    outline->y = peak.row + ties.y / ties.count;
    outline->radius = ties.count > 1 ? sqrt(ties.count / 3.14159265358979323846) : 0;
    outline->ceiling = ties.count > 2 ? largest : INFINITY;
    int row = (int)floor(outline->y + 0.5), col = (int)floor(outline->x + 0.5);
    double level = ONE_SIGMA * largest, radius = outline->radius;
    double right = walk(scene, row, col, 0, 1, level), left = walk(scene, row, col, 0, -1, level);
    double down = walk(scene, row, col, 1, 0, level), up = walk(scene, row, col, -1, 0, level);
    double x = width(right, left, radius), y = width(down, up, radius);
    outline->middle_x = middle(right, left, col, outline->x);
    outline->middle_y = middle(down, up, row, outline->y);
    double both = x > 0 && y > 0 ? 0.5 * (x + y) : x + y;
    if (both == 0) both = 4; /* no flank on either axis: any width will do */
    outline->sigma = sqrt(both);
    outline->sigma_x = x > 0 ? sqrt(x) : outline->sigma;
    outline->sigma_y = y > 0 ? sqrt(y) : outline->sigma;
    return true;
}

/* SPDX-License-Identifier: Apache-2.0
 * Every local maximum of a map. The maps are scanned twice, to count and to write, so that nothing is written that does not
 * fit. */
#include <stdlib.h>

#include "base/fit.h"
#include "base/maps.h"
#include "base/status.h"
#include "decode/decode.h"
#include "decode/largest_around.h"

/* True unless a stored sample of the window is larger, or as large where ties drop. NaN never wins. */
static bool dominates(const cvh_plane *plane, int row, int col, double number, int radius, cvh_ties ties)
{
    int top = row > radius ? row - radius : 0, bottom = row + radius < plane->rows ? row + radius : plane->rows - 1;
    int left = col > radius ? col - radius : 0, right = col + radius < plane->cols ? col + radius : plane->cols - 1;
    for (int j = top; j <= bottom; j++)
        for (int i = left; i <= right; i++) {
            double other = cvh_plane_number(plane, j, i);
            if (other > number || (ties == CVH_TIES_DROP && other == number && !(j == row && i == col))) return false;
        }
    return true;
}

static bool above_threshold(const cvh_plane *plane, double number, double threshold)
{
    return cvh_value_of(&plane->coding, number) > threshold;
}

/* Beyond this radius the largest sample around every pixel is worked out beforehand: a plateau, where every window is looked
 * through to its end, would cost more than the rest together. */
enum { MOST_RADIUS_LOOKED_THROUGH = 8 };

/* What the call works with beside its arguments; each NULL where it is not needed. */
typedef struct memory {
    cvh_scratch scratch;
    double *largest, *line; /* what cvh_largest_around fills, and its line */
    bool filled;            /* `largest` is this map's */
} memory;

/* The first pixel of a map that asks has it filled. */
static double largest_around(const cvh_plane *plane, int row, int col, int radius, memory *work)
{
    if (!work->filled) cvh_largest_around(plane, radius, work->largest, work->line);
    work->filled = true;
    return work->largest[(size_t)row * (size_t)plane->cols + (size_t)col];
}

/* The nearest samples refuse most pixels, before a wide window is looked at. */
static bool is_peak(const cvh_plane *plane, int row, int col, double number, const cvh_decoder *decoder, double threshold,
                    memory *work)
{
    if (!above_threshold(plane, number, threshold)) return false;
    if (!dominates(plane, row, col, number, 1, decoder->ties)) return false;
    if (decoder->radius == 1) return true;
    if (work->largest) {
        if (largest_around(plane, row, col, decoder->radius, work) > number) return false;
        if (decoder->ties == CVH_TIES_KEEP) return true;
    }
    return dominates(plane, row, col, number, decoder->radius, decoder->ties);
}

/* The peaks of a map that are kept: a heap with the worst on top while there are more than max_peaks to choose from. While they
 * are chosen, a peak's score is its sample as it is stored. */
typedef struct collection {
    cvh_peak *peaks; /* NULL: they are counted only */
    size_t count, most;
    cvh_order order;
} collection;

/* Larger values first, equal ones in raster order. */
static bool before(const cvh_peak *a, const cvh_peak *b)
{
    if (a->score != b->score) return a->score > b->score;
    return a->y != b->y ? a->y < b->y : a->x < b->x;
}

static void swap(cvh_peak *a, cvh_peak *b)
{
    cvh_peak kept = *a;
    *a = *b;
    *b = kept;
}

static void sift_up(cvh_peak *heap, size_t at)
{
    for (; at > 0 && before(&heap[(at - 1) / 2], &heap[at]); at = (at - 1) / 2) swap(&heap[at], &heap[(at - 1) / 2]);
}

static void sift_down(cvh_peak *heap, size_t count)
{
    for (size_t at = 0, child = 1; child < count; at = child, child = 2 * at + 1) {
        if (child + 1 < count && before(&heap[child], &heap[child + 1])) child++;
        if (!before(&heap[at], &heap[child])) return;
        swap(&heap[at], &heap[child]);
    }
}

/* False once no later peak can be kept. */
static bool collect(collection *kept, cvh_peak peak)
{
    bool full = kept->count == kept->most;
    if (!full) kept->count++;
    if (!kept->peaks || (full && kept->order == CVH_ORDER_RASTER)) return !full;
    if (kept->order == CVH_ORDER_RASTER) {
        kept->peaks[kept->count - 1] = peak;
    } else if (!full) {
        kept->peaks[kept->count - 1] = peak;
        sift_up(kept->peaks, kept->count - 1);
    } else if (before(&peak, &kept->peaks[0])) {
        kept->peaks[0] = peak;
        sift_down(kept->peaks, kept->count);
    }
    return true;
}

/* Rows are searched in runs; one whose maximum is not above the threshold holds no peak. */
static void find_in_map(const cvh_plane *plane, const cvh_decoder *decoder, double threshold, int map, memory *work,
                        collection *kept)
{
    enum { RUN = 64 };
    int last_row = plane->rows - decoder->margin, last_col = plane->cols - decoder->margin;
    for (int row = decoder->margin; row < last_row; row++)
        for (int first = decoder->margin; first < last_col; first += RUN) {
            int end = first + RUN < last_col ? first + RUN : last_col;
            if (!above_threshold(plane, cvh_plane_run_maximum(plane, row, first, end - first), threshold)) continue;
            for (int col = first; col < end; col++) {
                double number = cvh_plane_number(plane, row, col);
                if (!is_peak(plane, row, col, number, decoder, threshold, work)) continue;
                if (!collect(kept, (cvh_peak){.x = col, .y = row, .score = number, .map = map})) return;
            }
        }
}

static void sort_by_score(cvh_peak *heap, size_t count)
{
    for (size_t left = count; left > 1; left--) {
        swap(&heap[0], &heap[left - 1]);
        sift_down(heap, left - 1);
    }
}

/* Finds the peaks of one map; writes and reports them where there is room to. *taken grows by how many are kept. */
static cvh_status take_map(const cvh_maps *maps, int map, const cvh_decoding *decoding, const cvh_offset_maps *offsets,
                           memory *work, cvh_peak *peaks, size_t *taken)
{
    const cvh_decoder *decoder = &decoding->decoder;
    cvh_view_of_map view;
    cvh_status status = cvh_view_map(maps, map, decoding, offsets, &work->scratch, &view);
    if (status) return status;
    work->filled = false;
    collection kept = {peaks, 0, decoder->max_peaks ? (size_t)decoder->max_peaks : SIZE_MAX, decoder->order};
    find_in_map(view.scene.plane, decoder, cvh_searched_threshold(&view), map, work, &kept);
    *taken += kept.count;
    if (!peaks) return CVH_OK;
    if (kept.order == CVH_ORDER_SCORE) sort_by_score(peaks, kept.count);
    const cvh_coding *coding = &view.scene.plane->coding;
    for (size_t i = 0; i < kept.count; i++) {
        cvh_pixel pixel = {(int)peaks[i].y, (int)peaks[i].x, cvh_value_of(coding, peaks[i].score)};
        cvh_report_peak(&view, pixel, &peaks[i]);
    }
    return CVH_OK;
}

/* Counts them; with peaks, writes them too. */
static cvh_status take_maps(const cvh_maps *view, const cvh_decoding *decoding, const cvh_offset_maps *offsets, memory *work,
                            cvh_peak *peaks, size_t *taken)
{
    cvh_status status = CVH_OK;
    *taken = 0;
    for (int map = 0; map < view->count && !status; map++)
        status = take_map(view, map, decoding, offsets, work, peaks ? peaks + *taken : NULL, taken);
    return status;
}

static void free_memory(memory *work)
{
    cvh_scratch_end(&work->scratch);
    free(work->largest);
}

static cvh_status take_memory(const cvh_maps *view, const cvh_decoding *decoding, memory *work)
{
    work->largest = work->line = NULL;
    work->filled = false;
    if (cvh_scratch_start(view, decoding, &work->scratch)) return CVH_ERR_MEMORY;
    if (decoding->decoder.radius <= MOST_RADIUS_LOOKED_THROUGH) return CVH_OK;
    const cvh_maps searched = cvh_enlarged_size(view, decoding->decoder.enlarge);
    size_t size = (size_t)searched.rows * (size_t)searched.cols;
    size_t line = CVH_LARGEST_COLUMNS * (size_t)(searched.rows > searched.cols ? searched.rows : searched.cols);
    if (size <= SIZE_MAX / sizeof *work->largest - line) /* GCOVR_EXCL_BR_LINE: never beyond where size_t has 64 bits */
        work->largest = malloc((size + line) * sizeof *work->largest);
    if (work->largest) {
        work->line = work->largest + size;
        return CVH_OK;
    }
    free_memory(work);
    return cvh_fail(CVH_ERR_MEMORY, "decoder: radius %d needs the largest samples of a map of %dx%d; out of memory",
                    decoding->decoder.radius, searched.rows, searched.cols);
}

/* dx and dy: offset maps, or NULL for none. */
static cvh_status find(const cvh_maps *maps, const cvh_maps *const *dx, const cvh_maps *const *dy,
                       const cvh_convention *convention, cvh_peak *peaks, size_t capacity, size_t *count)
{
    cvh_maps view;
    cvh_offset_maps offsets;
    cvh_decoding decoding;
    memory work;
    if (cvh_maps_check("maps", maps, CVH_DEPTHS_ALL, &view) || (convention && cvh_fit_check("maps", convention, &view)))
        return CVH_ERR_ARGUMENT;
    if (!peaks && capacity)
        return cvh_fail(CVH_ERR_ARGUMENT, "peaks is NULL; with capacity %zu it must have room for as many", capacity);
    if (!count) return cvh_fail(CVH_ERR_ARGUMENT, "count is NULL; it must point to where the number of peaks is put");
    if (cvh_decoding_start(convention, &decoding) || cvh_enlarge_check(&view, decoding.decoder.enlarge))
        return CVH_ERR_ARGUMENT;
    if (dx && cvh_offset_maps_start(*dx, *dy, &view, convention, &offsets)) return CVH_ERR_ARGUMENT;
    if (take_memory(&view, &decoding, &work)) return CVH_ERR_MEMORY;
    const cvh_offset_maps *by = dx ? &offsets : NULL;
    size_t needed, written;
    cvh_status status = take_maps(&view, &decoding, by, &work, NULL, &needed);
    bool fits = !status && needed <= capacity;
    if (fits && needed) status = take_maps(&view, &decoding, by, &work, peaks, &written);
    free_memory(&work);
    if (status) return status;
    *count = needed;
    return fits ? CVH_OK : cvh_fail(CVH_ERR_ARGUMENT, "capacity is %zu; there are %zu peaks", capacity, needed);
}

cvh_status cvh_find_peaks(const cvh_maps *maps, const cvh_convention *convention, cvh_peak *peaks, size_t capacity,
                          size_t *count)
{
    return find(maps, NULL, NULL, convention, peaks, capacity, count);
}

cvh_status cvh_find_peaks_offsets(const cvh_maps *maps, const cvh_maps *dx, const cvh_maps *dy,
                                  const cvh_convention *convention, cvh_peak *peaks, size_t capacity, size_t *count)
{
    return find(maps, &dx, &dy, convention, peaks, capacity, count);
}

/* SPDX-License-Identifier: Apache-2.0
 * The pictures of golden_crop, and OpenCV's own warp and resize. */
#include "crop/golden_crop.h"
#include "crop/warp.h"

typedef struct photograph {
    cvh_maps maps;
    void *memory;
} photograph;

/* image(rows,cols,channels), of bytes, or imagef(rows,cols), of floats: the formula of the set's README. */
static photograph photograph_of(const char *source)
{
    int rows = 0, cols = 0, channels = 1;
    bool single = !strncmp(source, "imagef", 6);
    if (single)
        ck_assert_int_eq(sscanf(source, "imagef(%d,%d)", &rows, &cols), 2);
    else
        ck_assert_int_eq(sscanf(source, "image(%d,%d,%d)", &rows, &cols, &channels), 3);
    size_t count = (size_t)rows * (size_t)cols * (size_t)channels;
    void *memory = malloc(count * sizeof(float));
    ck_assert_ptr_nonnull(memory);
    size_t i = 0;
    for (int y = 0; y < rows; y++)
        for (int x = 0; x < cols; x++)
            for (int c = 0; c < channels; c++, i++) {
                int value = (3 * x * x + 5 * y * y + 7 * x * y + 40 * c + 13 * x) >> 3 & 255;
                if (single)
                    ((float *)memory)[i] = (float)value / 16 - 4;
                else
                    ((unsigned char *)memory)[i] = (unsigned char)value;
            }
    return (photograph){cvh_maps_interleaved(memory, channels, rows, cols, single ? CVH_32F : CVH_8U, 0), memory};
}

/* The golden picture as channels; `loaded` owns the memory. */
static cvh_maps golden_picture(const json_t *entry, int channels, int rows, int cols, cvh_maps *loaded)
{
    *loaded = golden_load(golden_word(entry, "picture"));
    size_t samples = (size_t)loaded->count * (size_t)loaded->rows * (size_t)loaded->cols;
    ck_assert_uint_eq(samples, (size_t)channels * (size_t)rows * (size_t)cols);
    return cvh_maps_interleaved(loaded->data, channels, rows, cols, loaded->depth, 0);
}

void check_picture(golden_verdict *verdict, const json_t *entry, const char *what, const cvh_crop *crop,
                   const cvh_affine *to_photo, bool nearly)
{
    photograph photo = photograph_of(golden_word(entry, "source"));
    int channels = photo.maps.count;
    guarded_maps made = guarded_new(channels, crop->input_rows, crop->input_cols, photo.maps.depth);
    cvh_maps loaded, expected = golden_picture(entry, channels, crop->input_rows, crop->input_cols, &loaded);
    if (to_photo) { /* the project gives the inverse: what lies behind cvh_crop_image takes it as it is */
        static const cvh_affine identity = {.xx = 1, .yy = 1};
        cvh_warp_job job;
        ck_assert_msg(!cvh_warp_check(&photo.maps, &made.maps, &identity, crop->outside, &job), "%s", cvh_last_error());
        job.to_photo = *to_photo;
        ck_assert_int_eq(cvh_warp_as(&job, CVH_ARITHMETIC_PORTABLE), CVH_OK);
    } else {
        cvh_crop any = *crop;
        any.photo_rows = any.photo_cols = 0;
        ck_assert_msg(!cvh_crop_image(&any, &photo.maps, &made.maps), "%s: %s", golden_word(entry, "name"), cvh_last_error());
    }
    cvh_report report;
    ck_assert_msg(!cvh_compare(&expected, &made.maps, NULL, &report), "%s", cvh_last_error());
    double most = nearly ? 0.02 * (double)report.compared : 0;
    if ((double)report.differing > most || (nearly && report.max_abs > 8))
        golden_fail(verdict, "%s: %llu of %llu samples differ, by %g at most", what, (unsigned long long)report.differing,
                    (unsigned long long)report.compared, report.max_abs);
    ck_assert(guarded_intact(&made));
    guarded_free(&made);
    cvh_npy_free(&loaded);
    free(photo.memory);
}

void warp_case(golden_verdict *verdict, const json_t *entry, const subject *s)
{
    cvh_affine matrix = matrix_at(entry, "matrix");
    pair input = pair_at(entry, "input_size");
    cvh_crop crop = {
        .to_input = matrix, .input_rows = (int)input.y, .input_cols = (int)input.x, .outside = pair_at(entry, "border").x};
    (void)s;
    bool inverse = json_is_true(json_object_get(entry, "warp_inverse_map"));
    check_picture(verdict, entry, "the picture", &crop, inverse ? &matrix : NULL, false);
}

void resize_case(golden_verdict *verdict, const json_t *entry, const subject *s)
{
    pair size = pair_at(entry, "resized_size");
    (void)s;
    if (!golden_says(entry, "interpolation", "INTER_LINEAR")) {
        golden_list(verdict, "cubic: not in scope");
        return;
    }
    if (!strncmp(golden_word(entry, "sample_type"), "float", 5)) {
        golden_list(verdict, "floats: a crop that resizes takes photographs of 8 bits");
        return;
    }
    cvh_crop crop = {.to_input = {.xx = 1, .yy = 1}};
    crop.input_rows = crop.resized_rows = (int)size.y;
    crop.input_cols = crop.resized_cols = (int)size.x;
    check_picture(verdict, entry, "the picture", &crop, NULL, false);
}

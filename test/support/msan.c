/* SPDX-License-Identifier: Apache-2.0
 * For MemorySanitizer: what code that was compiled without it writes looks unwritten. These stand between such code and ours
 * (see msan.cmake) and say what was written; on the way in they check what we hand over. */
#include <sanitizer/msan_interface.h>
#include <stdio.h>
#include <sys/stat.h>

#include "shim/resize.h"
#include "shim/warp.h"

/* Check's own fwrite. The library's is another and stays checked. */
size_t check_fwrite(const void *data, size_t size, size_t count, FILE *file);
size_t check_fwrite(const void *data, size_t size, size_t count, FILE *file)
{
    __msan_unpoison(data, size * count);
    return fwrite(data, size, count, file);
}

/* glibc 2.33 made these functions of their own, which clang 14's runtime does not know. */
#define WRAP_STAT(name, key)                                                                                                   \
  int __real_##name(key, struct stat *found);                                                                                  \
  int __wrap_##name(key, struct stat *found);                                                                                  \
  int __wrap_##name(key, struct stat *found)

WRAP_STAT(stat64, const char *path)
{
    __msan_unpoison(found, sizeof *found);
    return __real_stat64(path, found);
}

WRAP_STAT(lstat64, const char *path)
{
    __msan_unpoison(found, sizeof *found);
    return __real_lstat64(path, found);
}

WRAP_STAT(fstat64, int descriptor)
{
    __msan_unpoison(found, sizeof *found);
    return __real_fstat64(descriptor, found);
}

/* OpenCV. What it reads of ours must have been written. */
cvh_shim_result __real_cvh_shim_gaussian_blur(const cvh_shim_image *source, const cvh_shim_image *target,
                                              const cvh_shim_blur *blur, char *message, size_t size);
cvh_shim_result __wrap_cvh_shim_gaussian_blur(const cvh_shim_image *source, const cvh_shim_image *target,
                                              const cvh_shim_blur *blur, char *message, size_t size);
cvh_shim_result __wrap_cvh_shim_gaussian_blur(const cvh_shim_image *source, const cvh_shim_image *target,
                                              const cvh_shim_blur *blur, char *message, size_t size)
{
    enum { DEPTH_8U = 0, DEPTH_32F = 5 };
    const size_t sample = source->depth == DEPTH_8U ? 1 : source->depth == DEPTH_32F ? sizeof(float) : sizeof(double);
    const size_t bytes = (size_t)blur->width * sample;
    for (int row = blur->y; row < blur->y + blur->height; row++)
        __msan_check_mem_is_initialized((char *)source->data + (size_t)row * source->step + (size_t)blur->x * sample, bytes);
    __msan_scoped_disable_interceptor_checks();
    const cvh_shim_result result = __real_cvh_shim_gaussian_blur(source, target, blur, message, size);
    __msan_scoped_enable_interceptor_checks();
    for (int row = blur->y; row < blur->y + blur->height; row++)
        __msan_unpoison((char *)target->data + (size_t)row * target->step + (size_t)blur->x * sample, bytes);
    __msan_unpoison(message, size);
    return result;
}

cvh_shim_result __real_cvh_shim_resize_cubic(const cvh_shim_image *source, const cvh_shim_image *target, char *message,
                                             size_t size);
cvh_shim_result __wrap_cvh_shim_resize_cubic(const cvh_shim_image *source, const cvh_shim_image *target, char *message,
                                             size_t size);
cvh_shim_result __wrap_cvh_shim_resize_cubic(const cvh_shim_image *source, const cvh_shim_image *target, char *message,
                                             size_t size)
{
    __msan_check_mem_is_initialized(source->data, (size_t)source->rows * source->step);
    __msan_scoped_disable_interceptor_checks();
    const cvh_shim_result result = __real_cvh_shim_resize_cubic(source, target, message, size);
    __msan_scoped_enable_interceptor_checks();
    __msan_unpoison(target->data, (size_t)target->rows * target->step);
    __msan_unpoison(message, size);
    return result;
}

static size_t row_bytes(const cvh_shim_image *image, int channels)
{
    static const size_t sizes[] = {1, 1, 2, 2, 4, 4, 8}; /* by OpenCV's numbers of depths */
    return (size_t)image->cols * (size_t)channels * sizes[image->depth];
}

/* Weak: a suite that wraps this function itself has its own. */
cvh_shim_result __real_cvh_shim_warp_affine(const cvh_shim_image *source, const cvh_shim_image *target, int channels,
                                            const double matrix[6], double outside, char *message, size_t size);
cvh_shim_result __wrap_cvh_shim_warp_affine(const cvh_shim_image *source, const cvh_shim_image *target, int channels,
                                            const double matrix[6], double outside, char *message, size_t size);
__attribute__((weak)) cvh_shim_result __wrap_cvh_shim_warp_affine(const cvh_shim_image *source, const cvh_shim_image *target,
                                                                  int channels, const double matrix[6], double outside,
                                                                  char *message, size_t size)
{
    for (int row = 0; row < source->rows; row++)
        __msan_check_mem_is_initialized((char *)source->data + (size_t)row * source->step, row_bytes(source, channels));
    __msan_check_mem_is_initialized(matrix, 6 * sizeof *matrix);
    __msan_scoped_disable_interceptor_checks();
    const cvh_shim_result result = __real_cvh_shim_warp_affine(source, target, channels, matrix, outside, message, size);
    __msan_scoped_enable_interceptor_checks();
    for (int row = 0; row < target->rows; row++)
        __msan_unpoison((char *)target->data + (size_t)row * target->step, row_bytes(target, channels));
    __msan_unpoison(message, size);
    return result;
}

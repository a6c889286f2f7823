/* SPDX-License-Identifier: Apache-2.0
 *
 * cvheatmap, the ground: status and version, views of maps, .npy files. The rules that hold everywhere stand in cvheatmap.h. */
#ifndef CVHEATMAP_BASE_H
#define CVHEATMAP_BASE_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32) && defined(CVH_SHARED)
#  ifdef CVH_BUILDING
#    define CVH_API __declspec(dllexport)
#  else
#    define CVH_API __declspec(dllimport)
#  endif
#elif defined(__GNUC__)
#  define CVH_API __attribute__((visibility("default")))
#else
#  define CVH_API
#endif

#if defined(__GNUC__)
#  define CVH_FORMAT(text, values) __attribute__((format(printf, text, values)))
#else
#  define CVH_FORMAT(text, values)
#endif

/* A view is made before its memory is written: compilers need not worry about that. */
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 11
#  define CVH_NOT_READ __attribute__((access(none, 1)))
#else
#  define CVH_NOT_READ
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------------------------------------------- status and version */

typedef enum cvh_status {
    CVH_OK = 0,
    CVH_ERR_ARGUMENT = 1, /* an argument is outside its documented range; outputs are untouched */
    CVH_ERR_MEMORY = 2,   /* an allocation failed, ours or OpenCV's */
    CVH_ERR_OPENCV = 3,   /* OpenCV raised an exception; cvh_last_error() has its text */
    CVH_ERR_IO = 4,       /* a file cannot be opened, read or written; cvh_last_error() has the path and the reason */
    CVH_ERR_FORMAT = 5    /* a file's contents are not what its format says; cvh_last_error() has the position */
} cvh_status;

/* A constant English text for any int, an unknown one included. Never NULL. */
CVH_API const char *cvh_status_text(int status);

/* This thread's last failure: which argument, which value, which range; "" when nothing failed yet. The text stays valid
 * until this thread's next failing call; a success does not change it. At most 511 bytes; never NULL. */
CVH_API const char *cvh_last_error(void);

/* For a method or a decoder of your own (cvh_method_fn, cvh_decode_fn): keeps a text, made as printf makes it and cut at 511
 * bytes, as this thread's cvh_last_error(), and returns `status`, which whoever called it passes on:
 *     if (count > 1) return cvh_fail(CVH_ERR_ARGUMENT, "count is %zu; this method draws one keypoint", count);
 * format NULL: cvh_status_text(status). Allocates nothing. */
CVH_API cvh_status cvh_fail(cvh_status status, const char *format, ...) CVH_FORMAT(2, 3);

/* "major.minor.patch" of the library and of the OpenCV it runs with, "none" where it was built without. Never NULL. */
CVH_API const char *cvh_version(void);
CVH_API const char *cvh_opencv_version(void);

/* Whose bits a native twin of OpenCV gives, where those of OpenCV depend on the compiler that built it, on the processor and on
 * cv::setUseOptimized: some of OpenCV's code fuses a multiplication and an addition. A patch meets such sums at folds alone:
 * where an explicit border reflects and a window sees two copies of the keypoint. With one copy there is nothing to add. */
typedef enum cvh_arithmetic {
    CVH_ARITHMETIC_PORTABLE = 0, /* each product and each sum rounded: the same bits on every machine, and those of every
                                    OpenCV without fused code. From fused code it departs by a few ULP (4 in 20,000 cases) */
    CVH_ARITHMETIC_OPENCV        /* the bits of the OpenCV that is installed, as it is set up at the time of the call. A call
                                    that meets a fold asks OpenCV first, by blurring small pictures: it may fail with
                                    CVH_ERR_MEMORY then, or with CVH_ERR_OPENCV where OpenCV adds up in none of the known
                                    ways, before it has written anything */
} cvh_arithmetic;

/* ---------------------------------------------------------------------------------------------------------- views of maps */

/* A sample's type, in OpenCV's own numbers. What reads maps (decoding, comparing, converting, .npy) takes every depth;
 * cvh_gaussian_blur takes what OpenCV takes, all but 8S and 16F (a blurred 8-bit heatmap loses its tails, and with large
 * kernels everything); what draws takes 32F and 64F. */
typedef enum cvh_depth {
    CVH_8U = 0,  /* unsigned char */
    CVH_8S = 1,  /* signed char */
    CVH_16U = 2, /* uint16_t */
    CVH_16S = 3, /* int16_t */
    CVH_32F = 5, /* float */
    CVH_64F = 6, /* double */
    CVH_16F = 7  /* IEEE half, in uint16_t */
} cvh_depth;

enum {
    CVH_MAX_COUNT = 1 << 28,      /* maps in a view */
    CVH_MAX_SIDE = 1 << 15,       /* rows, and columns, of a map */
    CVH_MAX_KSIZE = (1 << 15) - 1 /* width of a window; cv::GaussianBlur on a tiny map can hang on more */
};

/* A view of `count` heatmaps of one size. It owns nothing. Steps are in BYTES; a step of 0 means packed:
 *     col_step 0: the sample's size;  row_step 0: cols * col_step;  map_step 0: rows * row_step.
 * Sample (map, row, col) is at data + map * map_step + row * row_step + col * col_step. CHW and HWC tensors, a padded
 * cv::Mat, a slice of either: all one thing. A batch [N][K][rows][cols] is one view of N*K maps; a batch that stores channels
 * last, [N][rows][cols][K], is a view a picture:
 *     for (int n = 0; n < N; n++) {
 *         cvh_maps picture = cvh_maps_interleaved(data + n * rows * cols * K, K, rows, cols, CVH_32F, 0);
 *         if (cvh_decode(&picture, &convention, peaks + n * K)) puts(cvh_last_error());
 *     }
 *   data    aligned to the sample's size. A view does not carry const: each function says whether it reads or writes
 *   count   1..CVH_MAX_COUNT;  rows, cols  1..CVH_MAX_SIDE
 *   steps   multiples of the sample's size; sorted by size, each at least the extent of what the smaller ones span, so
 *           that samples never overlap (the step of a dimension of length 1 is not used)
 *   scale, zero   a stored sample stands for the value (sample - zero) * scale, in double, as quantised networks define it.
 *           scale > 0 and finite (0: 1), zero finite. Where peaks are searched, samples are compared as they are stored.
 *           What draws wants scale 0 or 1 and zero 0 */
typedef struct cvh_maps {
    void *data;
    int count, rows, cols;
    cvh_depth depth;
    size_t map_step, row_step, col_step;
    double scale, zero;
} cvh_maps;

/* Packed [count][rows][cols]. Nothing is checked here; the functions that take the view check it. */
CVH_API CVH_NOT_READ cvh_maps cvh_maps_view(const void *data, int count, int rows, int cols, cvh_depth depth);

/* An image of `channels` interleaved channels, one map a channel, with rows `row_step` bytes apart (0: packed):
 *     cv::Mat m      cvh_maps_interleaved(m.data, m.channels(), m.rows, m.cols, (cvh_depth)m.depth(), m.step)
 *     CvMat *m       cvh_maps_interleaved(m->data.ptr, channels, m->rows, m->cols, (cvh_depth)(m->type & 7), (size_t)m->step)
 *     IplImage *i    cvh_maps_interleaved(i->imageData, i->nChannels, i->height, i->width,
 *                                         i->depth == 32 ? CVH_32F : i->depth == 64 ? CVH_64F : CVH_8U, (size_t)i->widthStep)
 *                    (8-bit unsigned, float and double images, dataOrder 0, no roi)
 * C++ callers find checked converters in cvheatmap.hpp. */
CVH_API CVH_NOT_READ cvh_maps cvh_maps_interleaved(const void *data, int channels, int rows, int cols, cvh_depth depth,
                                                   size_t row_step);

/* The same values in another depth, layout or scale: src is read, dst written; same count, rows and cols; the same view of
 * samples of one size, or no memory in common. A value is computed in double, (sample - zero) * scale, and its sample in dst,
 * value / scale + zero, is rounded once, half to even (64F to 16F too), and saturated; beyond a float's or a half's range it is
 * infinite. NaN stays NaN (from half to float with its payload, made quiet; RISC-V makes one NaN of all) and in a depth of
 * whole numbers becomes the sample nearest to value 0. Where depth, scale and zero are the same, samples are copied bit by bit.
 * Errors: CVH_ERR_ARGUMENT. */
CVH_API cvh_status cvh_convert(const cvh_maps *src, const cvh_maps *dst);

/* ------------------------------------------------------------------------------------------------------------- .npy files */

/* NumPy .npy. cvh_npy_save writes [count][rows][cols], little-endian, C order, format 1.0, from a view with any depth and
 * steps: the samples as they are stored, without scale and zero, for which the format has no place; a failed write leaves no
 * file under `path`. cvh_npy_load reads i1, i2, u1, u2, f2, f4, f8 and b1 (masks, as 8U of 0 and 1), formats 1, 2 and 3,
 * little- and big-endian, two or more dimensions: the leading ones fold into count. It sets *maps to a view of memory that
 * cvh_npy_free releases (and zeroes the view; NULL and a zero view are fine): a packed one, all steps 0, or, from a file in
 * Fortran order, one with steps (which can have one leading dimension that is longer than 1).
 * Errors: CVH_ERR_ARGUMENT, CVH_ERR_IO, CVH_ERR_FORMAT (with the position), CVH_ERR_MEMORY; *maps is then untouched. */
CVH_API cvh_status cvh_npy_save(const char *path, const cvh_maps *maps);
CVH_API cvh_status cvh_npy_load(const char *path, cvh_maps *maps);
CVH_API void cvh_npy_free(cvh_maps *maps);

#ifdef __cplusplus
}
#endif

#endif

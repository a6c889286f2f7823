/* SPDX-License-Identifier: Apache-2.0
 * The table of depths: all that the library knows of a type of sample. A stored sample stands for the value
 *     value = (sample - zero) * scale
 * and nowhere else is it worked out. A new depth is a row of the table in depth.c and a file as short as depth_8u.c. */
#ifndef CVH_LIB_DEPTH_H
#define CVH_LIB_DEPTH_H

#include <stdbool.h>

#include "cvheatmap.h"

/* Who takes a depth; a set of them is a sum. */
typedef enum cvh_depths {
    CVH_DEPTHS_DRAWN = 1,  /* what draws writes values, without a scale */
    CVH_DEPTHS_OPENCV = 2, /* what cv::GaussianBlur takes */
    CVH_DEPTHS_ALL = 4     /* what reads, compares, converts, loads and saves */
} cvh_depths;

/* Of so many samples at a time a search finds the largest, without a look at where it is. */
enum { CVH_STRETCH = 256 };

/* Loops over a run of `count` samples that lie `step` bytes apart. Numbers are samples as they are stored; values are
 * (number - zero) * scale, numbers where scale is 1 and zero 0. */
typedef struct cvh_depth_loops {
    double (*number)(const void *sample); /* of one sample */
    void (*load)(const void *samples, size_t step, size_t count, double scale, double zero, double *values);
    /* The same, rounded to float. */
    void (*load_floats)(const void *samples, size_t step, size_t count, double scale, double zero, float *values);
    /* Rounded half to even, saturated; what is no number becomes `nothing`, in a depth that has NaN stays NaN. */
    void (*store)(const double *numbers, double nothing, void *samples, size_t step, size_t count);
    /* Of samples side by side; -INFINITY if there are but NaN and -inf. The first one that large is *from or one of the
     * CVH_STRETCH - 1 behind it. */
    double (*largest)(const void *samples, size_t count, size_t *from);
    size_t (*first)(const void *samples, size_t count, double number); /* where the first such sample is; one is */
    /* Of the sample nearest to a number (not NaN), among all there are: neighbours are 1 apart, +0 and -0 coincide. Whole
     * numbers go on beyond what can be stored. */
    int64_t (*place)(double number);
} cvh_depth_loops;

typedef struct cvh_depth_row {
    const char *name; /* in messages; NULL where OpenCV's number means nothing here */
    const char *npy;  /* in .npy files, without the byte order */
    unsigned takers;
    bool whole; /* samples are whole numbers */
    unsigned char size;
    const cvh_depth_loops *loops;
} cvh_depth_row;

enum { CVH_DEPTH_NUMBERS = 8 };
extern const cvh_depth_row cvh_depth_rows[CVH_DEPTH_NUMBERS];

/* The loops to search with: the row's own, or those with a faster search where this CPU runs one. They answer alike. */
const cvh_depth_loops *cvh_depth_search(cvh_depth depth);

/* The row of any number; NULL if it is no depth. */
const cvh_depth_row *cvh_depth_find(int depth);

/* The largest of all lists of depths, for messages. */
enum { CVH_DEPTH_LIST = 128 };

/* Lists the depths that `takers` take: "CVH_32F (5) or CVH_64F (6)". */
const char *cvh_depth_list(cvh_depths takers, char text[CVH_DEPTH_LIST]);

/* How the samples of a view stand for values. */
typedef struct cvh_coding {
    cvh_depth depth;
    double scale, zero;
} cvh_coding;

/* True where samples are values. */
static inline bool cvh_coding_is_value(const cvh_coding *coding)
{
    return coding->scale == 1 && coding->zero == 0;
}

static inline double cvh_value_of(const cvh_coding *coding, double number)
{
    return (number - coding->zero) * coding->scale;
}

static inline double cvh_number_of(const cvh_coding *coding, double value)
{
    return value / coding->scale + coding->zero;
}

/* Values of a run of samples, and samples of a run of values (which are overwritten). */
void cvh_load_run(const cvh_coding *coding, const void *samples, size_t step, size_t count, double *values);
void cvh_store_run(const cvh_coding *coding, double *values, void *samples, size_t step, size_t count);

/* One stored sample, as a number. */
static inline double cvh_load_number(cvh_depth depth, const void *sample)
{
    return cvh_depth_rows[depth].loops->number(sample);
}

#endif

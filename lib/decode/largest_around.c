/* SPDX-License-Identifier: Apache-2.0
 * The largest sample around every pixel of a map, along the rows and then along the columns. The largest of p neighbours
 * becomes that of 2p by one comparison with what lies p further on, in place; a window is covered by four such runs that
 * overlap. */
#include "decode/largest_around.h"

#include <string.h>

enum { COLUMNS = CVH_LARGEST_COLUMNS };

static double larger(double a, double b)
{
    return a > b ? a : b;
}

static void take_larger(double *at, const double *other, int count)
{
    for (int i = 0; i < count; i++) at[i] = larger(at[i], other[i]);
}

/* The longest run that no window of the axis is shorter than: a power of 2, of which four cover any of them. */
static int run_of(int radius, int n)
{
    int least = radius + 1 < n ? radius + 1 : n, run = 1;
    while (2 * run <= least) run *= 2;
    return run;
}

/* Where the window around `at` lies, and the starts of the runs that cover it. */
typedef struct cover {
    int starts[4];
} cover;

static cover cover_of(int at, int radius, int n, int run)
{
    int first = at > radius ? at - radius : 0, last = at + radius < n ? at + radius : n - 1, latest = last - run + 1;
    cover c;
    for (int k = 0; k < 4; k++) c.starts[k] = first + k * run < latest ? first + k * run : latest;
    return c;
}

static void along_row(double *row, int cols, int radius, double *line)
{
    int run = run_of(radius, cols);
    for (int length = 1; length < run; length *= 2)
        for (int i = 0; i + length < cols; i++) row[i] = larger(row[i], row[i + length]);
    memcpy(line, row, (size_t)cols * sizeof *line);
    for (int i = 0; i < cols; i++) {
        cover c = cover_of(i, radius, cols, run);
        row[i] = larger(larger(line[c.starts[0]], line[c.starts[1]]), larger(line[c.starts[2]], line[c.starts[3]]));
    }
}

/* Neighbouring columns at once, since a row of them lies in one cache line. */
static void along_columns(double *largest, int rows, int cols, int count, int radius, int run, double *line)
{
    for (int j = 0; j < rows; j++)
        for (int l = 0; l < count; l++) line[j * COLUMNS + l] = largest[(size_t)j * (size_t)cols + (size_t)l];
    for (int j = 0; j < rows; j++) {
        cover c = cover_of(j, radius, rows, run);
        double *at = largest + (size_t)j * (size_t)cols;
        const double *one = line + c.starts[0] * COLUMNS, *two = line + c.starts[1] * COLUMNS;
        const double *three = line + c.starts[2] * COLUMNS, *four = line + c.starts[3] * COLUMNS;
        for (int l = 0; l < count; l++) at[l] = larger(larger(one[l], two[l]), larger(three[l], four[l]));
    }
}

void cvh_largest_around(const cvh_plane *plane, int radius, double *largest, double *line)
{
    int rows = plane->rows, cols = plane->cols, run = run_of(radius, rows);
    for (int j = 0; j < rows; j++) {
        double *row = largest + (size_t)j * (size_t)cols;
        for (int i = 0; i < cols; i++) row[i] = larger(cvh_plane_number(plane, j, i), -INFINITY);
        along_row(row, cols, radius, line);
    }
    for (int length = 1; length < run; length *= 2)
        for (int j = 0; j + length < rows; j++)
            take_larger(largest + (size_t)j * (size_t)cols, largest + (size_t)(j + length) * (size_t)cols, cols);
    for (int i = 0; i < cols; i += COLUMNS)
        along_columns(largest + i, rows, cols, cols - i < COLUMNS ? cols - i : COLUMNS, radius, run, line);
}

/* SPDX-License-Identifier: Apache-2.0
 * OpenCV's Gaussian in one dimension: its size and sigma rules, its exponential, its taps, bit for bit. */
#ifndef CVH_LIB_KERNEL_H
#define CVH_LIB_KERNEL_H

#include <stdbool.h>

#include "base/limits.h"
#include "cvheatmap.h"

/* exp(x) as OpenCV's software double computes it (core, softfloat.cpp): a table of 2^(i/64) and a polynomial, so that the bits
 * are the same on every machine. Results below 1e-308 are 0; NaN gives NaN, -INFINITY gives 0. */
double cvh_exp(double x);

/* z[i] = exp(z[i] / CVH_64_PER_LN2), the bits of cvh_exp quicker, for |z| <= 64000; count is a multiple of CVH_EXPS. */
#define CVH_64_PER_LN2 (64 * 0x1.71547652b82fep0)
enum { CVH_EXPS = 4 };
void cvh_exps(double *z, int count);

/* exp(-d^2 / 2 sigma^2) in OpenCV's order, for c = -1 / (8 sigma^2) and any real distance d. */
static inline double cvh_bell(double c, double d)
{
    double x = 2 * d;
    return cvh_exp(x * x * c);
}

enum { CVH_BELLS = 16 };

/* The same for `count` neighbouring integers x from `first` on, at the distances x - centre. At most the first CVH_BELLS are
 * computed; what `out` holds behind `count` is of no use. */
void cvh_bells(double c, double centre, int first, int count, double out[CVH_BELLS]);

/* The kernel of 2 radius + 1 taps: a fixed table, or t(k) m with t(k) = exp(-k^2 / 2 sigma^2). */
typedef struct cvh_kernel {
    int radius;
    const double *table; /* from the edge to the centre, or NULL */
    double c, m;
} cvh_kernel;

/* For odd n; sigma 0: OpenCV's tables, else its rule. m costs n / 2 exponentials; the kernel without it has no cvh_kernel_tap
 * yet. */
cvh_kernel cvh_kernel_of(int n, double sigma);
cvh_kernel cvh_kernel_without_m(int n, double sigma);

/* The tap at distance k from the centre, |k| <= radius: OpenCV's, which sum to 1; or its value, 1 at the centre. */
double cvh_kernel_tap(const cvh_kernel *kernel, int k);
double cvh_kernel_value(const cvh_kernel *kernel, int k);

/* All taps from the centre on, half[0..radius], OpenCV's taps or values; fills in m where it is needed. There is room for
 * radius + 1 rounded up to CVH_BELLS. */
void cvh_kernel_half(cvh_kernel *kernel, bool values, double *half);

/* OpenCV's automatic window, factor 4 (8U: 3); NaN as cvh_ksize_from_sigma. */
double cvh_ksize_rule(double sigma, double factor);

/* True for an odd integer 1..CVH_MAX_KSIZE. */
bool cvh_ksize_is_odd(double ksize);

#endif

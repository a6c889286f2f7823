/* SPDX-License-Identifier: Apache-2.0 */
#include "gaussian/kernel.h"

#include <stdbool.h>
#include <string.h>

#include "base/maps.h"
#include "base/status.h"

/* 2^(i/64), i = 0..63, each correctly rounded to double. */
static const double exponential_table[64] = {
    0x1p+0,
    0x1.02c9a3e778061p+0,
    0x1.059b0d3158574p+0,
    0x1.0874518759bc8p+0,
    0x1.0b5586cf9890fp+0,
    0x1.0e3ec32d3d1a2p+0,
    0x1.11301d0125b51p+0,
    0x1.1429aaea92de0p+0,
    0x1.172b83c7d517bp+0,
    0x1.1a35beb6fcb75p+0,
    0x1.1d4873168b9aap+0,
    0x1.2063b88628cd6p+0,
    0x1.2387a6e756238p+0,
    0x1.26b4565e27cddp+0,
    0x1.29e9df51fdee1p+0,
    0x1.2d285a6e4030bp+0,
    0x1.306fe0a31b715p+0,
    0x1.33c08b26416ffp+0,
    0x1.371a7373aa9cbp+0,
    0x1.3a7db34e59ff7p+0,
    0x1.3dea64c123422p+0,
    0x1.4160a21f72e2ap+0,
    0x1.44e086061892dp+0,
    0x1.486a2b5c13cd0p+0,
    0x1.4bfdad5362a27p+0,
    0x1.4f9b2769d2ca7p+0,
    0x1.5342b569d4f82p+0,
    0x1.56f4736b527dap+0,
    0x1.5ab07dd485429p+0,
    0x1.5e76f15ad2148p+0,
    0x1.6247eb03a5585p+0,
    0x1.6623882552225p+0,
    0x1.6a09e667f3bcdp+0,
    0x1.6dfb23c651a2fp+0,
    0x1.71f75e8ec5f74p+0,
    0x1.75feb564267c9p+0,
    0x1.7a11473eb0187p+0,
    0x1.7e2f336cf4e62p+0,
    0x1.82589994cce13p+0,
    0x1.868d99b4492edp+0,
    0x1.8ace5422aa0dbp+0,
    0x1.8f1ae99157736p+0,
    0x1.93737b0cdc5e5p+0,
    0x1.97d829fde4e50p+0,
    0x1.9c49182a3f090p+0,
    0x1.a0c667b5de565p+0,
    0x1.a5503b23e255dp+0,
    0x1.a9e6b5579fdbfp+0,
    0x1.ae89f995ad3adp+0,
    0x1.b33a2b84f15fbp+0,
    0x1.b7f76f2fb5e47p+0,
    0x1.bcc1e904bc1d2p+0,
    0x1.c199bdd85529cp+0,
    0x1.c67f12e57d14bp+0,
    0x1.cb720dcef9069p+0,
    0x1.d072d4a07897cp+0,
    0x1.d5818dcfba487p+0,
    0x1.da9e603db3285p+0,
    0x1.dfc97337b9b5fp+0,
    0x1.e502ee78b3ff6p+0,
    0x1.ea4afa2a490dap+0,
    0x1.efa1bee615a27p+0,
    0x1.f50765b6e4540p+0,
    0x1.fa7c1819e90d8p+0,
};

/* OpenCV's polynomial for 2^(f), f in [-1/128, 1/128], scaled by 1/S so that its last coefficient is exactly 1/S. */
#define S 0x1.3ce0f3e46f431p-7
#define A5 (1.0 / S)
#define A4 (0x1.62e42fefa39f1p-1 / S)
#define A3 (0x1.ebfbdff82a45ap-3 / S)
#define A2 (0x1.c6b08d81fec75p-5 / S)
#define A1 (0x1.3b2a72b4f3cd3p-7 / S)
#define A0 (0x1.5e7aa1566c2a4p-10 / S)

/* Nearest integer, ties to even, for |z| < 2^51: adding 1.5 * 2^52 leaves no room for a fraction. */
static double nearest(double z)
{
    return (z + 0x1.8p52) - 0x1.8p52;
}

/* 2^(t - 1023) for a biased exponent t; 0 for t = 0 (OpenCV has no subnormals here) and infinity for 2047. */
static double power_of_two(int t)
{
    uint64_t bits = (uint64_t)t << 52;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* exp(x) = 2^(z/64), z = x * 64/ln 2. With r = nearest(z), v = (int)r and f = (z - r) / 64:
 *     E = ((2^(v >> 6) * S) * 2^((v & 63) / 64)) * P(f)
 * each operation rounded separately. Beyond |x| >= 2^11 z is +-192000, which overflows to infinity or 0. */
double cvh_exp(double x)
{
    if (isnan(x)) return x;
    double z = fabs(x) < 0x1p11 ? x * CVH_64_PER_LN2 : copysign(192000, x);
    double r = nearest(z), f = (z - r) / 64;
    int v = (int)r;
    int t = (v >= 0 ? v / 64 : -((63 - v) / 64)) + 1023; /* v >> 6, rounding down, whatever >> does to negative ints */
    t = t < 0 ? 0 : t > 2047 ? 2047 : t;
    double P = ((((A0 * f + A1) * f + A2) * f + A3) * f + A4) * f + A5;
    return ((power_of_two(t) * S) * exponential_table[(unsigned)v & 63]) * P;
}

/* 2^(z/64) for `count` of them, a literal up to CVH_BELLS: cvh_exp's operations, in loops that compilers turn into vectors.
 * Adding 1.5 * 2^52 leaves v in the low bits of z; bits 6 and up of v, shifted to where a double keeps its exponent, multiply
 * by 2^(v >> 6). That is exact as long as the result is normal. The polynomial takes 64 f; its coefficients are those of
 * cvh_exp over powers of 64, which changes no rounding. */
static inline void exp_block(const double *z, int count, double *restrict out)
{
    const double B4 = A4 / 0x1p6, B3 = A3 / 0x1p12, B2 = A2 / 0x1p18, B1 = A1 / 0x1p24, B0 = A0 / 0x1p30;
    double P[CVH_BELLS];
    uint64_t bits[CVH_BELLS];
    for (int i = 0; i < count; i++) {
        double shifted = z[i] + 0x1.8p52;
        double f = z[i] - (shifted - 0x1.8p52);
        P[i] = ((((B0 * f + B1) * f + B2) * f + B3) * f + B4) * f + A5;
        memcpy(&bits[i], &shifted, sizeof bits[i]);
    }
    for (int i = 0; i < count; i++) {
        double power;
        uint64_t scaled = (bits[i] << 46) & UINT64_C(0xfff0000000000000), entry;
        memcpy(&power, &exponential_table[bits[i] & 63], sizeof power);
        power *= S;
        memcpy(&entry, &power, sizeof entry);
        scaled += entry;
        memcpy(&power, &scaled, sizeof power);
        out[i] = power * P[i];
    }
}

void cvh_exps(double *z, int count)
{
    for (int done = 0; done < count; done += CVH_EXPS) {
        double block[CVH_EXPS];
        memcpy(block, z + done, sizeof block);
        exp_block(block, CVH_EXPS, z + done);
    }
}

/* exp(-(x - centre)^2 / 2 sigma^2) for `count` neighbouring x, a literal. Far tails go one by one. */
static inline void bell_block(double c, double centre, int first, int count, double *restrict out)
{
    double z[CVH_BELLS];
    for (int i = 0; i < count; i++) {
        double x = 2 * (first + i - centre);
        z[i] = x * x * c * CVH_64_PER_LN2;
    }
    exp_block(z, count, out);
}

void cvh_bells(double c, double centre, int first, int count, double out[CVH_BELLS])
{
    double nearer = first - centre, farther = first + CVH_BELLS - 1 - centre;
    double reach = fabs(nearer) > fabs(farther) ? nearer : farther;
    if (4 * reach * reach * c <= -690)
        for (int i = 0; i < count && i < CVH_BELLS; i++) out[i] = cvh_bell(c, first + i - centre);
    else if (count <= CVH_BELLS / 2)
        bell_block(c, centre, first, CVH_BELLS / 2, out);
    else
        bell_block(c, centre, first, CVH_BELLS, out);
}

/* OpenCV's fixed kernels for sigma 0, from the edge to the centre (imgproc, smooth.dispatch.cpp, small_gaussian_tab). */
static const double *small_taps(int n)
{
    static const double one[] = {1}, three[] = {0.25, 0.5}, five[] = {0.0625, 0.25, 0.375},
                        seven[] = {0.03125, 0.109375, 0.21875, 0.28125},
                        nine[] = {4.0 / 256, 13.0 / 256, 30.0 / 256, 51.0 / 256, 60.0 / 256};
    switch (n) {
    case 1: return one;
    case 3: return three;
    case 5: return five;
    case 7: return seven;
    case 9: return nine;
    default: return NULL;
    }
}

/* cv::getGaussianKernel for odd n (imgproc, smooth.dispatch.cpp, getGaussianKernelBitExact), with h = (n-1)/2 and
 * c = -1 / (8 sigma^2):
 *     t[i] = E(x^2 c), x = 1 - n + 2i, i < h;   the centre is 1
 *     m = 1 / (2 (t[0] + ... + t[h-1]) + 1);    tap[i] = tap[n-1-i] = t[i] m,  tap[h] = m */
cvh_kernel cvh_kernel_without_m(int n, double sigma)
{
    cvh_kernel kernel = {.radius = n / 2, .table = sigma > 0 ? NULL : small_taps(n)};
    if (kernel.table) return kernel;
    if (!(sigma > 0)) sigma = cvh_sigma_from_ksize(n);
    kernel.c = -0.125 / (sigma * sigma);
    return kernel;
}

cvh_kernel cvh_kernel_of(int n, double sigma)
{
    cvh_kernel kernel = cvh_kernel_without_m(n, sigma);
    if (kernel.table) return kernel;
    double sum = 0;
    for (int k = kernel.radius; k > 0; k--) sum += cvh_bell(kernel.c, k);
    kernel.m = 1 / (sum * 2 + 1);
    return kernel;
}

void cvh_kernel_half(cvh_kernel *kernel, bool values, double *half)
{
    int r = kernel->radius;
    if (kernel->table) {
        for (int k = 0; k <= r; k++) half[k] = values ? cvh_kernel_value(kernel, k) : cvh_kernel_tap(kernel, k);
        return;
    }
    for (int done = 0; done <= r; done += CVH_BELLS) cvh_bells(kernel->c, 0, done, r + 1 - done, half + done);
    half[0] = 1;
    if (values) return;
    double sum = 0;
    for (int k = r; k > 0; k--) sum += half[k];
    kernel->m = 1 / (sum * 2 + 1);
    for (int k = 0; k <= r; k++) half[k] *= kernel->m;
}

double cvh_kernel_tap(const cvh_kernel *kernel, int k)
{
    int distance = k < 0 ? -k : k;
    if (kernel->table) return kernel->table[kernel->radius - distance];
    return distance ? cvh_bell(kernel->c, distance) * kernel->m : kernel->m;
}

double cvh_kernel_value(const cvh_kernel *kernel, int k)
{
    if (k == 0) return 1;
    if (kernel->table) return cvh_kernel_tap(kernel, k) / kernel->table[kernel->radius];
    return cvh_bell(kernel->c, k);
}

double cvh_sigma_from_ksize(double ksize)
{
    return ksize > 0 && ksize <= CVH_MAX_KSIZE ? fma(ksize, 0.15, 0.35) : NAN;
}

/* cvRound(sigma * factor * 2 + 1) | 1 */
double cvh_ksize_rule(double sigma, double factor)
{
    if (!(sigma > 0 && sigma <= CVH_MAX_SIGMA)) return NAN;
    double ksize = nearest(sigma * factor * 2 + 1);
    if (ksize > CVH_MAX_KSIZE) return NAN;
    return (int)ksize | 1;
}

double cvh_ksize_from_sigma(double sigma)
{
    return cvh_ksize_rule(sigma, 4);
}

bool cvh_ksize_is_odd(double ksize)
{
    return ksize >= 1 && ksize <= CVH_MAX_KSIZE && (int)ksize % 2 == 1 && (int)ksize == ksize;
}

static cvh_status check_kernel(double ksize, double sigma, cvh_depth depth, const void *taps)
{
    if (!cvh_sigma_fits_or_rule(sigma))
        return cvh_fail(CVH_ERR_ARGUMENT, "sigma is %g; it must be 0 (from ksize) or %g..%g", sigma, CVH_MIN_SIGMA,
                        CVH_MAX_SIGMA);
    if (!(ksize == 0 || cvh_ksize_is_odd(ksize)))
        return cvh_fail(CVH_ERR_ARGUMENT, "ksize is %.17g; it must be 0 (from sigma) or odd, 1..%d", ksize, CVH_MAX_KSIZE);
    if (ksize == 0 && isnan(cvh_ksize_from_sigma(sigma)))
        return cvh_fail(CVH_ERR_ARGUMENT, "ksize is 0 and sigma %g; one must be set, and 8 sigma + 1 at most %d", sigma,
                        CVH_MAX_KSIZE);
    if (depth != CVH_32F && depth != CVH_64F)
        return cvh_fail(CVH_ERR_ARGUMENT, "depth is %d; it must be CVH_32F (5) or CVH_64F (6)", (int)depth);
    if (!taps) return cvh_fail(CVH_ERR_ARGUMENT, "taps is NULL; it must hold ksize samples");
    size_t size = cvh_depth_rows[depth].size;
    if ((uintptr_t)taps % size) return cvh_fail(CVH_ERR_ARGUMENT, "taps is %p; it must be aligned to %zu bytes", taps, size);
    return CVH_OK;
}

cvh_status cvh_gaussian_kernel(double ksize, double sigma, cvh_depth depth, void *taps)
{
    if (check_kernel(ksize, sigma, depth, taps)) return CVH_ERR_ARGUMENT;
    cvh_kernel kernel = cvh_kernel_of((int)(ksize > 0 ? ksize : cvh_ksize_from_sigma(sigma)), sigma);
    int r = kernel.radius;
    for (int k = 0; k <= r; k++) {
        double tap = cvh_kernel_tap(&kernel, k);
        if (depth == CVH_64F)
            ((double *)taps)[r - k] = ((double *)taps)[r + k] = tap;
        else
            ((float *)taps)[r - k] = ((float *)taps)[r + k] = (float)tap;
    }
    return CVH_OK;
}

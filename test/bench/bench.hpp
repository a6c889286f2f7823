/* SPDX-License-Identifier: Apache-2.0
 * What the benchmark's parts share: a row is two pieces of work, timed in turn in one process. */
#ifndef CVH_TEST_BENCH_HPP
#define CVH_TEST_BENCH_HPP

#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "cvheatmap.h"

namespace bench
{

using work = std::function<void()>;

/* How long to measure: each of `rounds` rounds runs both sides, each for about `slice` seconds. */
struct effort {
    bool brief;
    int rounds;
    double slice;
};

effort full_effort();
effort brief_effort();

double seconds(); /* a clock */

/* Seconds a call, the medians of the rounds. */
struct timing {
    double ours, theirs;
};

struct pair {
    work ours, theirs;
};

/* Warms both sides up, finds how many calls fill a slice, and runs the rounds: ours, theirs, ours, theirs, ... */
timing interleaved(const pair &sides, const effort &how);

/* One row of the table. `bar` and `aim` are ratios ours / theirs, 0 where there is none. */
struct row {
    std::string name, against;
    double bar, aim;
    std::function<timing(const effort &)> measure;
};

/* A row of plain calls. `prepare` makes what they work on, and throws where the two sides disagree. */
row plain_row(std::string name, std::string against, double bar, double aim, std::function<pair()> prepare);

/* How the time of a call grows with a size. The work that cannot be avoided is either measured beside it (`unavoidable`) or
 * known to grow with an exponent (`known`). */
struct growth {
    std::string name, over;
    std::vector<int> sizes;
    std::function<work(int size)> ours, unavoidable;
    double known;
};

/* Times proportional to size^ours and size^work, as fitted by least squares in logarithms. */
struct exponents {
    double ours, work;
    std::vector<double> seconds;
};

exponents fit_growth(const growth &what, const effort &how);

/* The rows, in the table's order. */
void add_encode_rows(std::vector<row> &rows);
void add_blur_rows(std::vector<row> &rows);
void add_read_rows(std::vector<row> &rows);
void add_crop_rows(std::vector<row> &rows);
void add_simcc_rows(std::vector<row> &rows);
void add_tensor_rows(std::vector<row> &rows);
std::vector<growth> growth_rows();

/* ------------------------------------------------------------------------------------------------------------- fixtures */

[[noreturn]] void fail(const std::string &text);
void check(cvh_status status);
void require(bool holds, const char *text);

cvh_convention convention_of(const char *name);

/* A packed stack of maps with its memory. */
struct stack {
    std::vector<float> samples;
    cvh_maps maps;

    stack(int count, int rows, int cols)
        : samples(static_cast<size_t>(count) * static_cast<size_t>(rows) * static_cast<size_t>(cols)),
          maps(cvh_maps_view(samples.data(), count, rows, cols, CVH_32F))
    {
    }
    stack(const stack &) = delete;
    stack &operator=(const stack &) = delete;

    size_t bytes() const
    {
        return samples.size() * sizeof(float);
    }
};

std::shared_ptr<stack> make_stack(int count, int rows, int cols);

/* `each` keypoints a map, anywhere on it, in the order of the maps. */
std::vector<cvh_keypoint> random_points(std::mt19937 &random, const cvh_maps &maps, int each);

/* Keeps the compiler from dropping work whose result nobody reads. */
inline void keep(const void *result)
{
    asm volatile("" : : "r"(result) : "memory");
}

void clear(stack &target); /* one memset */
double sum_of(const std::vector<float> &samples);
float *sample_at(stack &target, int map, int row, int col);

/* A batch of a top-down network: a map a keypoint. */
enum { PEOPLE = 64, JOINTS = 17 };

/* The objects of a full picture on CenterNet's maps, one a class of COCO. */
enum { CLASSES = 80, CLASS_SIDE = 128 };

struct object {
    int x, y, radius, map;
};

std::vector<object> random_objects();

/* The rows of bare loops, each against one memset (bare_rows.cpp). */
pair bare_maps(double sigma);
pair bare_windows(bool copied);
pair bare_objects();
pair bare_quotients();

} // namespace bench

#endif

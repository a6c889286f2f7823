/* SPDX-License-Identifier: Apache-2.0
 * How the benchmark measures. */
#include "bench.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>
#include <ctime>
#include <stdexcept>

namespace bench
{

effort full_effort()
{
    return {false, 51, 1e-3};
}

effort brief_effort()
{
    return {true, 15, 2e-4};
}

/* ------------------------------------------------------------------------------------------------------------- measuring */

/* This thread's own time where there is such a clock, so that other programs on the machine disturb less. */
double seconds()
{
#ifdef CLOCK_THREAD_CPUTIME_ID
    timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
#else
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
#endif
}

static double seconds_of(const work &run, long calls)
{
    const double start = seconds();
    for (long i = 0; i < calls; i++) run();
    return seconds() - start;
}

/* How many calls fill a slice; warms up on the way. */
static long calls_in(const work &run, double slice)
{
    seconds_of(run, 1);
    long calls = 1;
    for (;;) {
        const double taken = seconds_of(run, calls);
        if (taken >= slice / 2) return std::max(1L, std::lround(static_cast<double>(calls) * slice / taken));
        calls *= 2;
    }
}

static double median(std::vector<double> values)
{
    std::nth_element(values.begin(), values.begin() + static_cast<long>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

timing interleaved(const pair &sides, const effort &how)
{
    const long ours = calls_in(sides.ours, how.slice), theirs = calls_in(sides.theirs, how.slice);
    std::vector<double> a, b;
    for (int round = 0; round < how.rounds; round++) {
        a.push_back(seconds_of(sides.ours, ours) / static_cast<double>(ours));
        b.push_back(seconds_of(sides.theirs, theirs) / static_cast<double>(theirs));
    }
    return {median(a), median(b)};
}

row plain_row(std::string name, std::string against, double bar, double aim, std::function<pair()> prepare)
{
    return {std::move(name), std::move(against), bar, aim,
            [prepare](const effort &how) { return interleaved(prepare(), how); }};
}

/* ---------------------------------------------------------------------------------------------------------------- growth */

/* The slope of log(seconds) over log(size). */
static double slope(const std::vector<int> &sizes, const std::vector<double> &seconds)
{
    const double n = static_cast<double>(sizes.size());
    double x = 0, y = 0, xx = 0, xy = 0;
    for (size_t i = 0; i < sizes.size(); i++) {
        const double u = std::log(sizes[i]), v = std::log(seconds[i]);
        x += u;
        y += v;
        xx += u * u;
        xy += u * v;
    }
    return (n * xy - x * y) / (n * xx - x * x);
}

exponents fit_growth(const growth &what, const effort &how)
{
    exponents fitted{};
    std::vector<double> unavoidable;
    for (int size : what.sizes) {
        const work ours = what.ours(size);
        const timing times = interleaved({ours, what.unavoidable ? what.unavoidable(size) : work([] {})}, how);
        fitted.seconds.push_back(times.ours);
        unavoidable.push_back(times.theirs);
    }
    fitted.ours = slope(what.sizes, fitted.seconds);
    fitted.work = what.unavoidable ? slope(what.sizes, unavoidable) : what.known;
    return fitted;
}

/* -------------------------------------------------------------------------------------------------------------- fixtures */

void fail(const std::string &text)
{
    throw std::runtime_error(text);
}

void check(cvh_status status)
{
    if (status) fail(std::string(cvh_status_text(status)) + ": " + cvh_last_error());
}

void require(bool holds, const char *text)
{
    if (!holds) fail(text);
}

cvh_convention convention_of(const char *name)
{
    cvh_convention convention;
    check(cvh_convention_find(name, &convention));
    return convention;
}

std::shared_ptr<stack> make_stack(int count, int rows, int cols)
{
    return std::make_shared<stack>(count, rows, cols);
}

std::vector<cvh_keypoint> random_points(std::mt19937 &random, const cvh_maps &maps, int each)
{
    std::uniform_real_distribution<double> x(0, maps.cols - 1), y(0, maps.rows - 1);
    std::vector<cvh_keypoint> points;
    for (int map = 0; map < maps.count; map++)
        for (int i = 0; i < each; i++) points.push_back({x(random), y(random), map, nullptr});
    return points;
}

void clear(stack &target)
{
    std::memset(target.samples.data(), 0, target.bytes());
    keep(target.samples.data());
}

/* 16 running sums, which the compiler keeps in vectors. */
double sum_of(const std::vector<float> &samples)
{
    float lane[16] = {};
    size_t i = 0;
    for (; i + 16 <= samples.size(); i += 16)
        for (size_t j = 0; j < 16; j++) lane[j] += samples[i + j];
    for (; i < samples.size(); i++) lane[0] += samples[i];
    double sum = 0;
    for (float each : lane) sum += static_cast<double>(each);
    return sum;
}

} // namespace bench

/* SPDX-License-Identifier: Apache-2.0
 * The least that drawing costs: the same stores in bare loops, from values that are ready, with no keypoint placed, none
 * computed, and sizes that the compiler knows. */
#include <algorithm>
#include <cmath>
#include <cstring>

#include "bench.hpp"

namespace bench
{
namespace
{

enum { ROWS = 64, COLS = 48, SIDE = 13, RADIUS = SIDE / 2, AHEAD = 64 };

/* A literal number of columns stays in registers. */
template <int WIDTH> inline __attribute__((always_inline)) void write_products(int rows, const float *factors,
                                                                               const float *values, float *__restrict at)
{
    for (int row = 0; row < rows; row++, at += COLS)
        for (int col = 0; col < WIDTH; col++) at[col] = factors[row] * values[col];
}

void write_map(const float *factors, const float *values, float *at)
{
    write_products<COLS>(ROWS, factors, values, at);
}

/* For AVX2 where the library would take it. */
#if defined(CVH_AVX2) && (defined(__x86_64__) || defined(__i386__))
__attribute__((target("avx2"))) void write_map_avx2(const float *factors, const float *values, float *at)
{
    write_products<COLS>(ROWS, factors, values, at);
}

auto *write_map_here()
{
    return __builtin_cpu_supports("avx2") ? write_map_avx2 : write_map;
}
#else
auto *write_map_here()
{
    return write_map;
}
#endif

void add_profile(std::vector<float> &profiles, double centre, int length, double sigma)
{
    for (int i = 0; i < length; i++)
        profiles.push_back(static_cast<float>(std::exp(-(i - centre) * (i - centre) / (2 * sigma * sigma))));
}

/* Where a window of SIDE samples that lies on the map begins. */
int begin_of(double centre, int size)
{
    return std::min(std::max(static_cast<int>(std::floor(centre + 0.5)) - RADIUS, 0), size - SIDE);
}

void copy_window(const float *window, float *at)
{
    for (int row = 0; row < SIDE; row++) std::memcpy(at + row * COLS, window + row * SIDE, SIDE * sizeof(float));
}

} // namespace

float *sample_at(stack &target, int map, int row, int col)
{
    const auto rows = static_cast<ptrdiff_t>(target.maps.rows), cols = static_cast<ptrdiff_t>(target.maps.cols);
    return target.samples.data() + (map * rows + row) * cols + col;
}

std::vector<object> random_objects()
{
    enum { OBJECTS = 100 };
    std::mt19937 random(11);
    std::uniform_int_distribution<int> place(0, CLASS_SIDE - 1), radius(1, 15), kind(0, CLASSES - 1);
    std::vector<object> objects(OBJECTS);
    for (object &each : objects) {
        each.radius = radius(random);
        each.x = place(random);
        each.y = place(random);
        each.map = kind(random);
    }
    return objects;
}

/* Whole maps. Where a sigma is small, some of the products underflow, which takes the processor longer. */
pair bare_maps(double sigma)
{
    std::mt19937 random(1);
    const auto target = make_stack(PEOPLE * JOINTS, ROWS, COLS);
    const auto profiles = std::make_shared<std::vector<float>>();
    for (const cvh_keypoint &point : random_points(random, target->maps, 1)) {
        add_profile(*profiles, point.x, COLS, sigma);
        add_profile(*profiles, point.y, ROWS, sigma);
    }
    const auto write = write_map_here();
    const auto bare = [=] {
        const float *profile = profiles->data();
        float *at = target->samples.data();
        for (int map = 0; map < target->maps.count; map++, profile += ROWS + COLS, at += ROWS * COLS)
            write(profile + COLS, profile, at);
        keep(target->samples.data());
    };
    return {bare, [=] { clear(*target); }};
}

/* Maps are cleared some ahead, as the library does; then windows are copied, or are products of profiles. */
pair bare_windows(bool copied)
{
    std::mt19937 random(1);
    const auto target = make_stack(PEOPLE * JOINTS, ROWS, COLS);
    const auto points = random_points(random, target->maps, 1);
    const auto profiles = std::make_shared<std::vector<float>>();
    std::vector<float *> corners;
    for (const cvh_keypoint &point : points) {
        const int col = begin_of(point.x, COLS), row = begin_of(point.y, ROWS);
        corners.push_back(sample_at(*target, point.map, row, col));
        add_profile(*profiles, point.x - col, SIDE, 2);
        add_profile(*profiles, point.y - row, SIDE, 2);
    }
    const std::vector<float> window(SIDE * SIDE, 1.0f);
    const auto bare = [=] {
        const float *profile = profiles->data();
        for (size_t map = 0; map < corners.size(); map += AHEAD) {
            std::memset(&target->samples[map * ROWS * COLS], 0, sizeof(float) * ROWS * COLS * AHEAD);
            for (size_t i = map; i < map + AHEAD; i++, profile += 2 * static_cast<ptrdiff_t>(SIDE)) {
                if (copied)
                    copy_window(window.data(), corners[i]);
                else
                    write_products<SIDE>(SIDE, profile + SIDE, profile, corners[i]);
            }
        }
        keep(target->samples.data());
    };
    return {bare, [=] { clear(*target); }};
}

pair bare_objects()
{
    const auto target = make_stack(CLASSES, CLASS_SIDE, CLASS_SIDE);
    const std::vector<float> ready(CLASS_SIDE, 1.0f);
    const auto objects = random_objects();
    const auto bare = [=] {
        clear(*target);
        for (const object &each : objects) {
            const int left = std::max(each.x - each.radius, 0), right = std::min<int>(each.x + each.radius, CLASS_SIDE - 1);
            const int last = std::min<int>(each.y + each.radius, CLASS_SIDE - 1);
            for (int row = std::max(each.y - each.radius, 0); row <= last; row++)
                std::memcpy(sample_at(*target, each.map, row, left), ready.data(),
                            static_cast<size_t>(right - left + 1) * sizeof(float));
        }
        keep(target->samples.data());
    };
    return {bare, [=] { clear(*target); }};
}

/* Rows equally far from the centre are equal, and are divided once. */
pair bare_quotients()
{
    enum { WIDTH = 16 };
    std::mt19937 random(13);
    const auto target = make_stack(1, ROWS, COLS);
    const auto points = random_points(random, target->maps, 61);
    std::vector<float> values, factors;
    add_profile(values, RADIUS, WIDTH, 2);
    add_profile(factors, 0, RADIUS + 1, 2);
    const auto next = std::make_shared<size_t>(0);
    const auto bare = [=] {
        const cvh_keypoint &point = points[(*next)++ % points.size()];
        const int col = std::min(begin_of(point.x, COLS), COLS - WIDTH);
        float *centre = sample_at(*target, 0, begin_of(point.y, ROWS) + RADIUS, col);
        const float divisor = values[static_cast<size_t>(point.x) % RADIUS] / 255;
        clear(*target);
        for (int distance = 0; distance <= RADIUS; distance++) {
            float *above = centre - distance * COLS, *below = centre + distance * COLS;
            float row[WIDTH];
            for (size_t i = 0; i < WIDTH; i++) row[i] = factors[static_cast<size_t>(distance)] * values[i] / divisor;
            std::memcpy(above, row, sizeof row);
            std::memcpy(below, row, sizeof row);
        }
        keep(target->samples.data());
    };
    return {bare, [=] { clear(*target); }};
}

} // namespace bench

/* SPDX-License-Identifier: Apache-2.0
 * Drawing by patch, against clearing the memory. */
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>
#include <thread>

#include "bench.hpp"

namespace bench
{
namespace
{

enum { COCO_PEOPLE = 149813 };

/* cvh_encode of a batch against one memset of its buffer. */
pair encode_batch(const char *name, int rows, int cols)
{
    std::mt19937 random(1);
    const auto target = make_stack(PEOPLE * JOINTS, rows, cols);
    const auto points = random_points(random, target->maps, 1);
    const cvh_convention convention = convention_of(name);
    const auto ours = [=] { check(cvh_encode(&target->maps, points.data(), points.size(), &convention, nullptr)); };
    ours();
    require(sum_of(target->samples) > PEOPLE * JOINTS, "encode drew nothing");
    return {ours, [=] { clear(*target); }};
}

row encode_row(const char *convention, int rows, int cols, double bar, double aim)
{
    const std::string size = std::to_string(rows) + "x" + std::to_string(cols);
    return plain_row("encode " + std::string(convention) + " 64x17 " + size, "memset of the buffer", bar, aim,
                     [=] { return encode_batch(convention, rows, cols); });
}

/* What a window of 13x13 of sigma 2 costs without a library: the plain loop over its samples. */
void plain_window(stack &target, const cvh_keypoint &point, const float *profile, bool adds)
{
    enum { RADIUS = 6 };
    const cvh_maps &maps = target.maps;
    const int x = static_cast<int>(std::floor(point.x + 0.5)), y = static_cast<int>(std::floor(point.y + 0.5));
    const int left = std::max(x - RADIUS, 0), right = std::min(x + RADIUS, maps.cols - 1);
    for (int row = std::max(y - RADIUS, 0); row <= std::min(y + RADIUS, maps.rows - 1); row++) {
        float *at = sample_at(target, point.map, row, 0);
        const float factor = profile[row - y + RADIUS], *values = profile + RADIUS - x;
        for (int col = left; col <= right; col++)
            at[col] = adds ? at[col] + factor * values[col] : std::max(at[col], factor * values[col]);
    }
}

/* Thirty people on 17 maps, which a bottom-up network is trained with, against the plain loop over the same windows. */
pair draw_crowd(cvh_overlap overlap)
{
    std::mt19937 random(10);
    const auto target = make_stack(JOINTS, 64, 48), by_hand = make_stack(JOINTS, 64, 48);
    const auto points = random_points(random, target->maps, 30);
    cvh_convention convention = convention_of("hrnet");
    convention.overlap = overlap;
    std::vector<float> profile(13);
    for (size_t i = 0; i < 13; i++) profile[i] = static_cast<float>(std::exp(-std::pow(static_cast<double>(i) - 6, 2) / 8));
    const auto ours = [=] { check(cvh_encode(&target->maps, points.data(), points.size(), &convention, nullptr)); };
    const auto theirs = [=] {
        clear(*by_hand);
        for (const cvh_keypoint &point : points) plain_window(*by_hand, point, profile.data(), overlap == CVH_OVERLAP_ADD);
        keep(by_hand->samples.data());
    };
    ours();
    theirs();
    require(std::fabs(sum_of(target->samples) - sum_of(by_hand->samples)) < 1, "the crowds differ");
    return {ours, theirs};
}

/* CenterNet's maps, one a class of COCO, with the objects of a full picture, each with a radius of its own. */
pair draw_objects()
{
    const auto target = make_stack(CLASSES, CLASS_SIDE, CLASS_SIDE);
    const auto objects = random_objects();
    const auto shapes = std::make_shared<std::vector<cvh_gaussian>>(objects.size());
    std::vector<cvh_keypoint> points;
    for (size_t i = 0; i < objects.size(); i++) {
        (*shapes)[i].ksize_x = 2 * objects[i].radius + 1;
        points.push_back({static_cast<double>(objects[i].x), static_cast<double>(objects[i].y), objects[i].map, &(*shapes)[i]});
    }
    const cvh_convention convention = convention_of("centernet");
    const auto ours = [=, keeps = shapes] {
        check(cvh_encode(&target->maps, points.data(), points.size(), &convention, nullptr));
        keep(keeps->data());
    };
    ours();
    require(sum_of(target->samples) > static_cast<double>(shapes->size()), "encode drew nothing");
    return {ours, [=] { clear(*target); }};
}

/* A batch of doubles against one memset of as many bytes. */
pair encode_doubles()
{
    std::mt19937 random(1);
    const auto memory = std::make_shared<std::vector<double>>(static_cast<size_t>(PEOPLE) * JOINTS * 64 * 48);
    const cvh_maps maps = cvh_maps_view(memory->data(), PEOPLE * JOINTS, 64, 48, CVH_64F);
    const auto points = random_points(random, maps, 1);
    const cvh_convention convention = convention_of("hrnet");
    const auto ours = [=] { check(cvh_encode(&maps, points.data(), points.size(), &convention, nullptr)); };
    return {ours, [=] {
                std::memset(memory->data(), 0, memory->size() * sizeof(double));
                keep(memory->data());
            }};
}

/* A window of so many columns and rows on each map, against clearing the maps and copying the window's bytes, row by row. */
pair draw_windows(int width)
{
    enum { COUNT = 64, SIDE = 192 };
    std::mt19937 random(12);
    std::uniform_int_distribution<int> place(width / 2, SIDE - 1 - width / 2);
    const auto target = make_stack(COUNT, SIDE, SIDE);
    std::vector<cvh_keypoint> points;
    for (int map = 0; map < COUNT; map++) {
        const double x = place(random), y = place(random);
        points.push_back({x, y, map, nullptr});
    }
    cvh_convention convention = convention_of("hrnet");
    convention.gaussian = {};
    convention.gaussian.ksize_x = width;
    const auto window = std::make_shared<std::vector<float>>(static_cast<size_t>(width) * static_cast<size_t>(width), 1.0f);
    const auto ours = [=] { check(cvh_encode(&target->maps, points.data(), points.size(), &convention, nullptr)); };
    const auto theirs = [=] {
        clear(*target);
        const size_t bytes = static_cast<size_t>(width) * sizeof(float);
        for (const cvh_keypoint &point : points) {
            const int left = static_cast<int>(point.x) - width / 2, top = static_cast<int>(point.y) - width / 2;
            float *at = sample_at(*target, point.map, top, left);
            for (int row = 0; row < width; row++) std::memcpy(at + row * SIDE, window->data() + row * width, bytes);
        }
        keep(target->samples.data());
    };
    return {ours, theirs};
}

row windows_row(int width)
{
    return plain_row("windows of " + std::to_string(width) + " columns, 64 maps 192x192", "memset, and the windows copied", 1.5,
                     0, [=] { return draw_windows(width); });
}

/* Seconds by the wall that `threads` threads take for a batch, each for its part of it, over and over. */
double parted(int threads, int times, const std::function<void(int first, int count)> &part)
{
    const auto start = std::chrono::steady_clock::now();
    std::vector<std::thread> running;
    const int each = PEOPLE / threads;
    for (int i = 0; i < threads; i++)
        running.emplace_back([=, &part] {
            for (int k = 0; k < times; k++) part(i * each, each);
        });
    for (std::thread &thread : running) thread.join();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() / times;
}

/* A batch in slices on two threads, against the same on one; or clearing alone, which is what the memory gives. */
timing two_threads(bool draws, const effort &how)
{
    std::mt19937 random(1);
    stack target(PEOPLE * JOINTS, 64, 48);
    auto points = random_points(random, target.maps, 1);
    for (cvh_keypoint &point : points) point.map %= JOINTS;
    const cvh_convention convention = convention_of("hrnet");
    const auto part = [&](int first, int count) {
        for (int person = first; person < first + count; person++) {
            float *samples = &target.samples[static_cast<size_t>(person) * JOINTS * 64 * 48];
            const cvh_maps maps = cvh_maps_view(samples, JOINTS, 64, 48, CVH_32F);
            const cvh_keypoint *its = &points[static_cast<size_t>(person) * JOINTS];
            if (draws) check(cvh_encode(&maps, its, JOINTS, &convention, nullptr));
            if (!draws) std::memset(samples, 0, sizeof(float) * JOINTS * 64 * 48);
            keep(samples);
        }
    };
    timing best{1e9, 1e9}; /* another program on the machine makes a round slower, never faster */
    for (int round = 0; round < how.rounds; round++) {
        best.ours = std::min(best.ours, parted(2, how.brief ? 10 : 40, part));
        best.theirs = std::min(best.theirs, parted(1, how.brief ? 10 : 40, part));
    }
    return best;
}

/* The tutorial's map, cleared, drawn and rescaled, a call a map. */
pair tutorial_map()
{
    std::mt19937 random(13);
    const auto target = make_stack(1, 64, 48);
    const auto points = random_points(random, target->maps, 61);
    const cvh_convention convention = convention_of("tutorial_patch");
    const auto next = std::make_shared<size_t>(0);
    const auto ours = [=] {
        check(cvh_encode(&target->maps, &points[(*next)++ % points.size()], 1, &convention, nullptr));
        keep(target->samples.data());
    };
    return {ours, [=] { clear(*target); }};
}

pair draw_and_erase(int side)
{
    std::mt19937 random(2);
    const auto target = make_stack(1, side, side);
    const auto points = random_points(random, target->maps, 61);
    const cvh_convention convention = convention_of("hrnet");
    const auto next = std::make_shared<size_t>(0);
    const auto ours = [=] {
        const cvh_keypoint *point = &points[(*next)++ % points.size()];
        check(cvh_draw(&target->maps, point, 1, &convention));
        keep(target->samples.data());
        check(cvh_erase(&target->maps, point, 1, &convention));
    };
    for (size_t i = 0; i < points.size(); i++) ours();
    require(std::all_of(target->samples.begin(), target->samples.end(), [](float sample) { return sample == 0; }),
            "erase left something behind");
    return {ours, [=] { clear(*target); }};
}

/* Batch by batch into one buffer; every batch has new keypoints, made outside the time taken. */
timing whole_coco(const effort &how)
{
    std::mt19937 random(3);
    stack target(PEOPLE * JOINTS, 64, 48);
    const cvh_convention convention = convention_of("hrnet");
    std::vector<float> weights(PEOPLE * JOINTS);
    timing total{};
    for (int left = how.brief ? COCO_PEOPLE / 100 : COCO_PEOPLE; left > 0; left -= PEOPLE) {
        const int maps = std::min<int>(left, PEOPLE) * JOINTS;
        const cvh_maps part = cvh_maps_view(target.samples.data(), maps, 64, 48, CVH_32F);
        const auto points = random_points(random, part, 1);
        const double start = seconds();
        check(cvh_encode(&part, points.data(), points.size(), &convention, weights.data()));
        const double between = seconds();
        std::memset(target.samples.data(), 0, static_cast<size_t>(maps) * 64 * 48 * sizeof(float));
        keep(target.samples.data());
        total.ours += between - start;
        total.theirs += seconds() - between;
    }
    return total;
}

} // namespace

/* Behind a row that is not at its aim stands what the same stores cost a bare loop. */
void add_encode_rows(std::vector<row> &rows)
{
    const std::string memset = "memset of the buffer";
    const auto whole_maps = [&](const char *convention, double bar, double sigma) {
        rows.push_back(encode_row(convention, 64, 48, bar, 1.6));
        rows.push_back(plain_row("  bare: ready products, sigma of " + std::string(convention), memset, 0, 0,
                                 [=] { return bare_maps(sigma); }));
    };
    rows.push_back(encode_row("hrnet", 64, 48, 1.20, 1.10));
    rows.push_back(plain_row("  bare: ready windows copied", memset, 0, 0, [] { return bare_windows(true); }));
    rows.push_back(encode_row("hrnet", 96, 72, 1.12, 1.07));
    rows.push_back(encode_row("udp", 64, 48, 1.35, 0));
    rows.push_back(plain_row("  bare: windows of ready products", memset, 0, 0, [] { return bare_windows(false); }));
    whole_maps("darkpose", 1.8, 2);
    whole_maps("sleap", 1.7, 5);
    whole_maps("deeplabcut", 1.8, 17. / 12);
    rows.push_back(plain_row("encode hrnet 64F 64x17 64x48", "memset of its bytes", 1.25, 0, encode_doubles));
    rows.push_back(plain_row("encode centernet, 80 maps 128x128, 100 objects", memset, 1.3, 0, draw_objects));
    rows.push_back(plain_row("  bare: ready windows of the objects copied", memset, 0, 0, bare_objects));
    for (int width : {33, 65, 127}) rows.push_back(windows_row(width));
    rows.push_back(plain_row("encode tutorial_patch, one map 64x48", "memset of the map", 2.7, 2, tutorial_map));
    rows.push_back(plain_row("  bare: a window of ready profiles, divided", "memset of the map", 0, 0, bare_quotients));
    rows.push_back(
        {"encode hrnet on 2 threads", "on 1 thread", 1 / 1.9, 0, [](const effort &how) { return two_threads(true, how); }});
    rows.push_back({"memset on 2 threads", "on 1 thread", 0, 0, [](const effort &how) { return two_threads(false, how); }});
    rows.push_back(plain_row("crowd, MAX, 17 maps 64x48 of 30", "the plain loop over the windows", 0.85, 0,
                             [] { return draw_crowd(CVH_OVERLAP_MAX); }));
    rows.push_back(plain_row("crowd, ADD, 17 maps 64x48 of 30", "the plain loop over the windows", 0.85, 0,
                             [] { return draw_crowd(CVH_OVERLAP_ADD); }));
    /* Rows of 4096 bytes fall into one set of a first-level cache; those of 4000 do not. */
    rows.push_back(
        plain_row("draw and erase 1024x1024", "memset of the map", 1.0 / 200, 0, [] { return draw_and_erase(1024); }));
    rows.push_back(
        plain_row("draw and erase 1000x1000", "memset of the map", 1.0 / 210, 0, [] { return draw_and_erase(1000); }));
    rows.push_back({"COCO train2017, all people (brief: 1 of 100)", "memset as often", 0, 0, whole_coco});
}

} // namespace bench

/* SPDX-License-Identifier: Apache-2.0
 * Drawing by patch, against clearing the memory. */
#include <algorithm>
#include <cmath>
#include <cstring>

#include "bench.hpp"

namespace bench
{
namespace
{

enum { PEOPLE = 64, JOINTS = 17, COCO_PEOPLE = 149813 };

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
        float *at = &target.samples[(static_cast<size_t>(point.map) * maps.rows + row) * maps.cols];
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
    for (int i = 0; i < 13; i++) profile[i] = static_cast<float>(std::exp(-(i - 6) * (i - 6) / 8.0));
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

void add_encode_rows(std::vector<row> &rows)
{
    rows.push_back(encode_row("hrnet", 64, 48, 1.20, 1.10));
    rows.push_back(encode_row("hrnet", 96, 72, 1.12, 1.07));
    rows.push_back(encode_row("udp", 64, 48, 1.35, 0));
    rows.push_back(plain_row("crowd, MAX, 17 maps 64x48 of 30", "the plain loop over the windows", 1.25, 0,
                             [] { return draw_crowd(CVH_OVERLAP_MAX); }));
    rows.push_back(plain_row("crowd, ADD, 17 maps 64x48 of 30", "the plain loop over the windows", 1.25, 0,
                             [] { return draw_crowd(CVH_OVERLAP_ADD); }));
    /* Rows of 4096 bytes fall into one set of a first-level cache; those of 4000 do not. */
    rows.push_back(
        plain_row("draw and erase 1024x1024", "memset of the map", 1.0 / 180, 0, [] { return draw_and_erase(1024); }));
    rows.push_back(
        plain_row("draw and erase 1000x1000", "memset of the map", 1.0 / 190, 0, [] { return draw_and_erase(1000); }));
    rows.push_back({"COCO train2017, all people (brief: 1 of 100)", "memset as often", 0, 0, whole_coco});
}

} // namespace bench

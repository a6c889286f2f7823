/* SPDX-License-Identifier: Apache-2.0
 * Drawing by patch, against clearing the memory. */
#include <algorithm>
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

pair draw_and_erase()
{
    std::mt19937 random(2);
    const auto target = make_stack(1, 1024, 1024);
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
    rows.push_back(plain_row("draw and erase 1024x1024", "memset of the map", 1.0 / 200, 0, draw_and_erase));
    rows.push_back({"COCO train2017, all people (brief: 1 of 100)", "memset as often", 0, 0, whole_coco});
}

} // namespace bench

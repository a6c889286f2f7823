/* SPDX-License-Identifier: Apache-2.0
 * How cost grows with the map's side, with ksize and with the keypoints on a map. */
#include <algorithm>

#include "bench.hpp"

namespace bench
{
namespace
{

const std::vector<int> SIDES = {64, 128, 256, 512, 1024, 2048, 4096};
const std::vector<int> KSIZES = {3, 7, 15, 31, 63, 127, 255};
const std::vector<int> KEYPOINTS = {1, 3, 10, 30, 100, 300, 1000};
const std::vector<int> COUNTS = {1000, 4000, 16000, 64000, 256000};

using method = cvh_status (*)(const cvh_maps *, const cvh_keypoint *, size_t, const cvh_convention *);

/* One keypoint a map of side x side. */
work draw_one(method draw, const char *name, int side)
{
    const auto target = make_stack(1, side, side);
    const cvh_convention convention = convention_of(name);
    const cvh_keypoint point = {side / 2.0, side / 2.0, 0, nullptr};
    return [=] { check(draw(&target->maps, &point, 1, &convention)); };
}

work draw_and_erase(int side, double ksize)
{
    const auto target = make_stack(1, side, side);
    cvh_convention convention = convention_of("hrnet");
    convention.gaussian.ksize_x = ksize;
    convention.gaussian.sigma_x = ksize > 0 ? 0 : 2;
    const cvh_keypoint point = {side / 2.0, side / 2.0, 0, nullptr};
    return [=] {
        check(cvh_draw(&target->maps, &point, 1, &convention));
        check(cvh_erase(&target->maps, &point, 1, &convention));
    };
}

/* The window of msra's Gaussian written twice: rows that lie far apart share a few lines of the cache. */
work touch_window(int side)
{
    const auto target = make_stack(1, side, side);
    const size_t stride = static_cast<size_t>(side), first = (stride / 2 - 6) * stride + stride / 2 - 6;
    return [=] {
        for (float value : {1.0f, 0.0f}) {
            for (size_t row = 0; row < 13; row++) std::fill_n(&target->samples[first + row * stride], 13, value);
            keep(target->samples.data());
        }
    };
}

work clear_one(int side)
{
    const auto target = make_stack(1, side, side);
    return [=] { clear(*target); };
}

std::shared_ptr<stack> noisy(int side)
{
    std::mt19937 random(7);
    std::normal_distribution<float> noise(0, 0.01f);
    const auto maps = make_stack(1, side, side);
    for (float &sample : maps->samples) sample = noise(random);
    maps->samples[maps->samples.size() / 2] = 1;
    return maps;
}

work decode_one(int side)
{
    const auto maps = noisy(side);
    return [=] {
        cvh_peak peak;
        check(cvh_decode(&maps->maps, nullptr, &peak));
        keep(&peak);
    };
}

work find_peaks(int side)
{
    const auto maps = noisy(side);
    const auto decoder = std::make_shared<cvh_decoder>();
    decoder->threshold = 0.1;
    return [=] {
        cvh_convention convention{};
        convention.decoder = decoder.get();
        cvh_peak peaks[4];
        size_t count;
        check(cvh_find_peaks(&maps->maps, &convention, peaks, 4, &count));
        keep(peaks);
    };
}

work compare_two(int side)
{
    const auto expected = noisy(side), actual = noisy(side);
    for (size_t i = 0; i < actual->samples.size(); i += 7) actual->samples[i] += 0.5f;
    return [=] {
        cvh_report report;
        check(cvh_compare(&expected->maps, &actual->maps, nullptr, &report));
        keep(&report);
    };
}

work sum_one(int side)
{
    const auto maps = noisy(side);
    return [=] {
        const double sum = sum_of(maps->samples);
        keep(&sum);
    };
}

work sum_two(int side)
{
    const work one = sum_one(side), two = sum_one(side);
    return [=] {
        one();
        two();
    };
}

work blur_with(int ksize)
{
    const auto target = make_stack(1, 512, 512);
    cvh_convention convention = convention_of("tutorial_blur");
    convention.gaussian.ksize_x = ksize;
    convention.gaussian.sigma_x = 0;
    const cvh_keypoint point = {256, 256, 0, nullptr};
    return [=] { check(cvh_blur(&target->maps, &point, 1, &convention)); };
}

work taps_of(int ksize)
{
    const auto taps = std::make_shared<std::vector<float>>(ksize);
    return [=] { check(cvh_gaussian_kernel(ksize, ksize, CVH_32F, taps->data())); };
}

/* Many keypoints on a map of 128 x 128. */
work draw_many(const char *name, int keypoints, bool erase)
{
    std::mt19937 random(8);
    const auto target = make_stack(1, 128, 128);
    const auto points = random_points(random, target->maps, keypoints);
    cvh_convention convention = convention_of(name);
    if (convention.gaussian.sigma_x == 0) convention.gaussian.sigma_x = 2;
    return [=] {
        if (!erase) check(cvh_encode(&target->maps, points.data(), points.size(), &convention, nullptr));
        if (!erase) return;
        check(cvh_draw(&target->maps, points.data(), points.size(), &convention));
        check(cvh_erase(&target->maps, points.data(), points.size(), &convention));
    };
}

/* A map a keypoint; the rule that a map has one keypoint must be checked. */
work encode_maps(int count, bool shuffled)
{
    const auto target = make_stack(count, 4, 4);
    std::mt19937 random(9);
    auto points = random_points(random, target->maps, 1);
    if (shuffled) std::shuffle(points.begin(), points.end(), random);
    cvh_convention convention = convention_of("tutorial_patch");
    convention.norm = CVH_NORM_CENTRE;
    return [=] { check(cvh_encode(&target->maps, points.data(), points.size(), &convention, nullptr)); };
}

growth over_side(const char *name, std::function<work(int)> ours, std::function<work(int)> unavoidable)
{
    return {name, "side 64..4096", SIDES, std::move(ours), std::move(unavoidable), 0};
}

growth over_ksize(const char *name, std::function<work(int)> ours, double known)
{
    return {name, "ksize 3..255", KSIZES, std::move(ours), nullptr, known};
}

growth over_keypoints(const char *name, std::function<work(int)> ours)
{
    return {name, "keypoints 1..1000 a map", KEYPOINTS, std::move(ours), nullptr, 1};
}

/* Beside a keypoint's map met in that order: beyond the caches a shuffled list costs more a map. */
work touch_maps(int count, bool shuffled)
{
    const auto target = make_stack(count, 4, 4);
    std::mt19937 random(9);
    auto points = random_points(random, target->maps, 1);
    if (shuffled) std::shuffle(points.begin(), points.end(), random);
    return [=] {
        clear(*target);
        for (const cvh_keypoint &point : points) target->samples[static_cast<size_t>(point.map) * 16] += 1;
        keep(target->samples.data());
    };
}

growth over_maps(const char *name, bool shuffled)
{
    return {name,
            "maps 1000..256000",
            COUNTS,
            [=](int count) { return encode_maps(count, shuffled); },
            [=](int count) { return touch_maps(count, shuffled); },
            0};
}

} // namespace

std::vector<growth> growth_rows()
{
    return {
        over_side(
            "encode msra", [](int side) { return draw_one(cvh_patch, "hrnet", side); }, clear_one),
        over_side(
            "blur", [](int side) { return draw_one(cvh_blur, "tutorial_blur", side); }, clear_one),
        over_side("decode default", decode_one, sum_one),
        over_side("find peaks", find_peaks, sum_one),
        over_side("compare", compare_two, sum_two),
        over_side(
            "draw and erase", [](int side) { return draw_and_erase(side, 0); }, touch_window),
        over_ksize(
            "draw and erase", [](int ksize) { return draw_and_erase(512, ksize); }, 2),
        over_ksize("blur", blur_with, 3),
        over_ksize("taps", taps_of, 1),
        over_keypoints("encode msra", [](int count) { return draw_many("hrnet", count, false); }),
        over_keypoints("encode udp", [](int count) { return draw_many("udp", count, false); }),
        over_keypoints("encode tutorial_patch", [](int count) { return draw_many("tutorial_patch", count, false); }),
        over_keypoints("encode density", [](int count) { return draw_many("density", count, false); }),
        over_keypoints("blur", [](int count) { return draw_many("tutorial_blur", count, false); }),
        over_keypoints("draw and erase", [](int count) { return draw_many("hrnet", count, true); }),
        over_maps("encode, norm centre", false),
        over_maps("encode, norm centre, shuffled", true),
    };
}

} // namespace bench

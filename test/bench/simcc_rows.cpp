/* SPDX-License-Identifier: Apache-2.0
 * SimCC: labels against clearing the memory, with a bare loop that copies ready ones beside it, and decoding against finding
 * the largest bins. */
#include <algorithm>
#include <cmath>
#include <cstring>

#include "bench.hpp"

namespace bench
{
namespace
{

enum { VECTORS = PEOPLE * JOINTS, BINS_X = 384, BINS_Y = 512 };

struct batch {
    std::shared_ptr<stack> x = make_stack(VECTORS, 1, BINS_X), y = make_stack(VECTORS, 1, BINS_Y);
    std::vector<cvh_keypoint> points;

    batch()
    {
        std::mt19937 random(7);
        std::uniform_real_distribution<double> place(0, 1);
        for (int i = 0; i < VECTORS; i++) {
            cvh_keypoint point{};
            point.x = place(random) * (BINS_X / 2 - 1);
            point.y = place(random) * (BINS_Y / 2 - 1);
            point.map = i;
            points.push_back(point);
        }
    }

    void wipe() const
    {
        clear(*x);
        clear(*y);
    }
};

pair encode_labels(int whole_bins)
{
    const auto made = std::make_shared<batch>();
    cvh_simcc simcc{};
    simcc.whole_bins = whole_bins;
    const auto ours = [=] {
        check(cvh_simcc_encode(&made->x->maps, &made->y->maps, made->points.data(), VECTORS, &simcc, nullptr));
        keep(made->x->samples.data());
    };
    ours();
    require(sum_of(made->x->samples) > VECTORS * 8, "no labels");
    return {ours, [=] { made->wipe(); }};
}

/* One of `bins` values with a Gaussian in the middle of twice as many, for a loop to copy from. */
std::vector<float> ready_label(int bins, double sigma)
{
    std::vector<float> ready(static_cast<size_t>(2 * bins));
    for (int i = 0; i < 2 * bins; i++) {
        const double d = (i - bins) / sigma;
        ready[static_cast<size_t>(i)] = static_cast<float>(std::exp(-d * d / 2));
    }
    return ready;
}

void copy_labels(stack &target, const std::vector<float> &ready, const std::vector<int> &bins)
{
    const size_t cols = static_cast<size_t>(target.maps.cols);
    for (size_t i = 0; i < bins.size(); i++)
        std::memcpy(&target.samples[i * cols], &ready[cols - static_cast<size_t>(bins[i])], cols * sizeof(float));
}

pair bare_loop()
{
    const auto made = std::make_shared<batch>();
    const auto x = ready_label(BINS_X, 4.9), y = ready_label(BINS_Y, 5.66);
    std::vector<int> at_x, at_y;
    for (const cvh_keypoint &point : made->points) {
        at_x.push_back(static_cast<int>(std::nearbyint(2 * point.x)));
        at_y.push_back(static_cast<int>(std::nearbyint(2 * point.y)));
    }
    const auto ours = [=] {
        copy_labels(*made->x, x, at_x);
        copy_labels(*made->y, y, at_y);
        keep(made->x->samples.data());
    };
    ours();
    return {ours, [=] { made->wipe(); }};
}

pair decode_vectors(cvh_refine refine)
{
    const auto made = std::make_shared<batch>();
    std::mt19937 random(8);
    std::normal_distribution<float> noise(0, 0.01F);
    check(cvh_simcc_encode(&made->x->maps, &made->y->maps, made->points.data(), VECTORS, nullptr, nullptr));
    for (const auto &part : {made->x, made->y})
        for (float &sample : part->samples) sample += noise(random);
    const auto peaks = std::make_shared<std::vector<cvh_peak>>(VECTORS);
    cvh_simcc simcc{};
    simcc.refine = refine;
    const auto ours = [=] { check(cvh_simcc_decode(&made->x->maps, &made->y->maps, &simcc, peaks->data())); };
    ours();
    for (size_t i = 0; i < peaks->size(); i++)
        require(std::abs((*peaks)[i].x - made->points[i].x) < 2, "a keypoint is not where it was drawn");
    return {ours, [=] {
                for (const auto &part : {made->x, made->y})
                    for (int i = 0; i < VECTORS; i++) {
                        const float *first = &part->samples[static_cast<size_t>(i * part->maps.cols)];
                        const float *at = std::max_element(first, first + part->maps.cols);
                        keep(at);
                    }
            }};
}

} // namespace

void add_simcc_rows(std::vector<row> &rows)
{
    const std::string memory = "memset of the vectors", largest = "std::max_element of each vector";
    rows.push_back(plain_row("SimCC labels on whole bins, 64x17 of 384+512", memory, 1.6, 0, [] { return encode_labels(1); }));
    rows.push_back(plain_row("SimCC labels between bins", memory, 4, 0, [] { return encode_labels(0); }));
    rows.push_back(plain_row("a bare loop that copies ready SimCC labels", memory, 0, 0, bare_loop));
    rows.push_back(plain_row("SimCC decode, fit", largest, 0, 0, [] { return decode_vectors(CVH_REFINE_FIT); }));
    rows.push_back(plain_row("SimCC decode, largest bin", largest, 0, 0, [] { return decode_vectors(CVH_REFINE_NONE); }));
}

} // namespace bench

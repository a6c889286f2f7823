/* SPDX-License-Identifier: Apache-2.0
 * Tensors as networks leave them: decoded against the same maps in float, converted against a memcpy of the larger side. */
#include <array>
#include <cmath>
#include <cstring>

#include "bench.hpp"

namespace bench
{
namespace
{

enum { ROWS = 64, COLS = 48 };

/* Samples of any depth, with the memory of doubles. */
struct tensor {
    std::vector<double> memory;
    cvh_maps maps;

    tensor(int count, int rows, int cols, cvh_depth depth, double scale = 0, double zero = 0)
        : memory(static_cast<size_t>(count) * static_cast<size_t>(rows) * static_cast<size_t>(cols)),
          maps(cvh_maps_view(memory.data(), count, rows, cols, depth))
    {
        maps.scale = scale;
        maps.zero = zero;
    }
    tensor(const tensor &) = delete;
    tensor &operator=(const tensor &) = delete;
};

/* One person's maps with noise of deviation 0.01, within 0..1. */
std::shared_ptr<tensor> noisy_maps(int people)
{
    std::mt19937 random(7);
    std::normal_distribution<float> noise(0, 0.01f);
    const auto made = std::make_shared<tensor>(people * JOINTS, ROWS, COLS, CVH_32F);
    const auto points = random_points(random, made->maps, 1);
    cvh_convention convention = convention_of("hrnet");
    check(cvh_encode(&made->maps, points.data(), points.size(), &convention, nullptr));
    float *samples = static_cast<float *>(made->maps.data);
    for (size_t i = 0; i < made->memory.size(); i++) samples[i] = std::min(std::max(samples[i] + noise(random), 0.0f), 1.0f);
    return made;
}

pair decoded(cvh_depth depth, double scale, double zero)
{
    const auto real = noisy_maps(1), stored = std::make_shared<tensor>(JOINTS, ROWS, COLS, depth, scale, zero);
    check(cvh_convert(&real->maps, &stored->maps));
    const auto ours = std::make_shared<std::array<cvh_peak, JOINTS>>(),
               theirs = std::make_shared<std::array<cvh_peak, JOINTS>>();
    const auto read = [](const tensor &from, std::array<cvh_peak, JOINTS> &peaks) {
        check(cvh_decode(&from.maps, nullptr, peaks.data()));
        keep(peaks.data());
    };
    read(*stored, *ours);
    read(*real, *theirs);
    for (size_t map = 0; map < JOINTS; map++)
        require(std::hypot((*ours)[map].x - (*theirs)[map].x, (*ours)[map].y - (*theirs)[map].y) < 0.1,
                "the two depths are decoded to different places");
    return {[=] { read(*stored, *ours); }, [=] { read(*real, *theirs); }};
}

/* Back again, what was converted must be what it came from. */
pair converted(const std::shared_ptr<tensor> &from, const std::shared_ptr<tensor> &to, size_t larger)
{
    check(cvh_convert(&from->maps, &to->maps));
    cvh_report report;
    cvh_tolerance tolerance{0, 1e-6, 0};
    check(cvh_compare(&from->maps, &to->maps, &tolerance, &report));
    require(report.differing == 0, "cvh_convert changed the values");
    const auto source = std::make_shared<std::vector<unsigned char>>(larger, 1);
    const auto copy = std::make_shared<std::vector<unsigned char>>(larger);
    return {[=] {
                check(cvh_convert(&from->maps, &to->maps));
                keep(to->maps.data);
            },
            [=] {
                std::memcpy(copy->data(), source->data(), larger);
                keep(copy->data());
            }};
}

pair to_floats(cvh_depth depth, double scale, double zero)
{
    enum { PEOPLE = 62 }; /* 13 MB of floats */
    const auto real = noisy_maps(PEOPLE), stored = std::make_shared<tensor>(PEOPLE * JOINTS, ROWS, COLS, depth, scale, zero);
    check(cvh_convert(&real->maps, &stored->maps));
    return converted(stored, real, real->memory.size() * sizeof(float));
}

/* Back in floats, what was stored as halves is near what it came from. */
pair to_halves()
{
    enum { PEOPLE = 62 };
    const auto real = noisy_maps(PEOPLE), stored = std::make_shared<tensor>(PEOPLE * JOINTS, ROWS, COLS, CVH_16F);
    check(cvh_convert(&real->maps, &stored->maps));
    cvh_report report;
    cvh_tolerance tolerance{0x1p-24, 0x1p-11, 0};
    check(cvh_compare(&real->maps, &stored->maps, &tolerance, &report));
    require(report.differing == 0, "cvh_convert changed the values");
    const size_t larger = real->memory.size() * sizeof(float);
    const auto copy = std::make_shared<std::vector<unsigned char>>(larger);
    return {[=] {
                check(cvh_convert(&real->maps, &stored->maps));
                keep(stored->maps.data);
            },
            [=] {
                std::memcpy(copy->data(), real->maps.data, larger);
                keep(copy->data());
            }};
}

pair transposed(bool to_planes)
{
    const auto planes = noisy_maps(1), pixels = std::make_shared<tensor>(JOINTS, ROWS, COLS, CVH_32F);
    pixels->maps = cvh_maps_interleaved(pixels->memory.data(), JOINTS, ROWS, COLS, CVH_32F, 0);
    check(cvh_convert(&planes->maps, &pixels->maps));
    return to_planes ? converted(pixels, planes, planes->memory.size() * sizeof(float))
                     : converted(planes, pixels, planes->memory.size() * sizeof(float));
}

} // namespace

void add_tensor_rows(std::vector<row> &rows)
{
    const auto decode = [&](const char *name, cvh_depth depth, double scale, double zero) {
        rows.push_back(plain_row(name, "decode of 32F", 1.3, 0, [=] { return decoded(depth, scale, zero); }));
    };
    decode("decode default 8U 17x64x48", CVH_8U, 1. / 255, 0);
    decode("decode default 8S 17x64x48", CVH_8S, 1. / 255, -128);
    decode("decode default 16F 17x64x48", CVH_16F, 0, 0);
    const auto convert = [&](const char *name, double bar, cvh_depth depth, double scale, double zero) {
        rows.push_back(plain_row(name, "memcpy of the floats", bar, 0, [=] { return to_floats(depth, scale, zero); }));
    };
    convert("convert 8U to 32F 13 MB", 1.0, CVH_8U, 0, 0);
    convert("convert 8U with a scale to 32F 13 MB", 2.5, CVH_8U, 1. / 255, 0);
    convert("convert 16F to 32F 13 MB", 2.0, CVH_16F, 0, 0);
    rows.push_back(plain_row("convert 32F to 16F 13 MB", "memcpy of the floats", 0, 0, to_halves));
    rows.push_back(plain_row("convert HWC to CHW 17x64x48", "memcpy", 2.5, 0, [] { return transposed(true); }));
    rows.push_back(plain_row("convert CHW to HWC 17x64x48", "memcpy", 0, 0, [] { return transposed(false); }));
}

} // namespace bench

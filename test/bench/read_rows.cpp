/* SPDX-License-Identifier: Apache-2.0
 * Decoding and comparing. */
#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <memory>

#include <opencv2/imgproc.hpp>

#include "bench.hpp"

namespace bench
{
namespace
{

enum { ROWS = 64, COLS = 48 };

/* One person's maps as a network gives them: msra's Gaussians and noise of deviation 0.01. */
std::shared_ptr<stack> noisy_maps()
{
    std::mt19937 random(5);
    std::normal_distribution<float> noise(0, 0.01f);
    const auto maps = make_stack(JOINTS, ROWS, COLS);
    const auto points = random_points(random, maps->maps, 1);
    cvh_convention convention = convention_of("hrnet");
    check(cvh_encode(&maps->maps, points.data(), points.size(), &convention, nullptr));
    for (float &sample : maps->samples) sample += noise(random);
    return maps;
}

cv::Mat mat_of(const stack &maps, int map)
{
    return cv::Mat(ROWS, COLS, CV_32F, const_cast<float *>(maps.samples.data()) + map * ROWS * COLS);
}

struct reader {
    std::shared_ptr<stack> maps = noisy_maps();
    std::array<cvh_peak, JOINTS> peaks{};
    cvh_decoder decoder{};
    cvh_convention convention{};

    void decode()
    {
        check(cvh_decode(&maps->maps, &convention, peaks.data()));
        keep(peaks.data());
    }

    cv::Point found(size_t map, double *score) const
    {
        cv::Point at;
        cv::minMaxLoc(mat_of(*maps, static_cast<int>(map)), nullptr, score, nullptr, &at);
        return at;
    }
};

std::shared_ptr<reader> reader_of(const cvh_decoder &decoder)
{
    const auto made = std::make_shared<reader>();
    made->decoder = decoder;
    made->convention.decoder = &made->decoder;
    made->decode();
    for (size_t map = 0; map < JOINTS; map++) {
        double score;
        const cv::Point at = made->found(map, &score);
        require(std::hypot(made->peaks[map].x - at.x, made->peaks[map].y - at.y) <= 2, "decode is far from the maximum");
    }
    return made;
}

pair against_search(const cvh_decoder &decoder)
{
    const auto made = reader_of(decoder);
    return {[=] { made->decode(); },
            [=] {
                double score;
                for (size_t map = 0; map < JOINTS; map++) {
                    const cv::Point at = made->found(map, &score);
                    keep(&at);
                }
            }};
}

/* What ports of DARK do: blur the whole map, find the maximum, one Newton step on logarithms. */
cv::Point2d ported_dark(const cv::Mat &map, cv::Mat &blurred)
{
    cv::GaussianBlur(map, blurred, cv::Size(11, 11), 0);
    cv::Point at;
    cv::minMaxLoc(map, nullptr, nullptr, nullptr, &at);
    if (at.x < 2 || at.y < 2 || at.x >= COLS - 2 || at.y >= ROWS - 2) return at;
    const auto L = [&](int dx, int dy) {
        return std::log(std::max(static_cast<double>(blurred.at<float>(at.y + dy, at.x + dx)), 1e-10));
    };
    const double dx = (L(1, 0) - L(-1, 0)) / 2, dy = (L(0, 1) - L(0, -1)) / 2, twice = 2 * L(0, 0);
    const double dxx = (L(2, 0) - twice + L(-2, 0)) / 4, dyy = (L(0, 2) - twice + L(0, -2)) / 4;
    const double dxy = (L(1, 1) - L(-1, 1) - L(1, -1) + L(-1, -1)) / 4, determinant = dxx * dyy - dxy * dxy;
    if (determinant == 0) return at;
    return cv::Point2d(at.x - (dyy * dx - dxy * dy) / determinant, at.y - (dxx * dy - dxy * dx) / determinant);
}

pair dark()
{
    cvh_decoder decoder;
    check(cvh_decoder_find("darkpose", &decoder));
    const auto made = reader_of(decoder);
    const auto blurred = std::make_shared<cv::Mat>(ROWS, COLS, CV_32F);
    return {[=] { made->decode(); },
            [=] {
                for (int map = 0; map < JOINTS; map++) {
                    const cv::Point2d at = ported_dark(mat_of(*made->maps, map), *blurred);
                    keep(&at);
                }
            }};
}

pair compare()
{
    std::mt19937 random(6);
    std::normal_distribution<float> noise(0, 0.01f);
    const auto expected = make_stack(64 * JOINTS, ROWS, COLS), actual = make_stack(64 * JOINTS, ROWS, COLS);
    for (size_t i = 0; i < expected->samples.size(); i++) {
        expected->samples[i] = 1 + noise(random);
        actual->samples[i] = expected->samples[i] + (i % 7 == 0 ? 0.001f + std::fabs(noise(random)) : 0);
    }
    const auto report = std::make_shared<cvh_report>();
    const auto ours = [=] {
        check(cvh_compare(&expected->maps, &actual->maps, nullptr, report.get()));
        keep(report.get());
    };
    ours();
    require(report->differing == (expected->samples.size() + 6) / 7, "compare counts another number of differences");
    return {ours, [=] {
                const double sum = sum_of(expected->samples) + sum_of(actual->samples);
                keep(&sum);
            }};
}

/* Every sample moved by up to 3 ULPs, and none by more than are tolerated. */
pair compare_within_ulps()
{
    std::mt19937 random(8);
    std::uniform_int_distribution<int> steps(-3, 3);
    std::normal_distribution<float> noise(0, 0.3f);
    const auto expected = make_stack(64 * JOINTS, ROWS, COLS), actual = make_stack(64 * JOINTS, ROWS, COLS);
    for (size_t i = 0; i < expected->samples.size(); i++) {
        const float value = expected->samples[i] = 0.001f + std::fabs(noise(random));
        uint32_t bits;
        std::memcpy(&bits, &value, sizeof bits);
        bits += static_cast<uint32_t>(steps(random));
        std::memcpy(&actual->samples[i], &bits, sizeof bits);
    }
    const auto report = std::make_shared<cvh_report>();
    const auto ours = [=] {
        const cvh_tolerance tolerance{0, 0, 4};
        check(cvh_compare(&expected->maps, &actual->maps, &tolerance, report.get()));
        keep(report.get());
    };
    ours();
    require(report->differing == 0 && report->max_ulps == 3, "compare counts other ULPs");
    return {ours, [=] {
                const double sum = sum_of(expected->samples) + sum_of(actual->samples);
                keep(&sum);
            }};
}

/* Maps as a network draws them: those of a set that is at hand ($CVHEATMAP_REAL, else beside the source tree), else as many by
 * formula, a peak with a wider one beside it, whose rest a Gaussian leaves alike between neighbours. */
struct real_maps {
    cvh_maps loaded{};
    std::unique_ptr<stack> drawn;
    std::vector<cvh_peak> peaks;

    real_maps() = default;
    real_maps(const real_maps &) = delete;
    real_maps &operator=(const real_maps &) = delete;
    ~real_maps()
    {
        cvh_npy_free(&loaded);
    }

    const cvh_maps &maps() const
    {
        return drawn ? drawn->maps : loaded;
    }
};

std::unique_ptr<stack> drawn_maps(int rows, int cols, double sigma)
{
    enum { COUNT = 300 };
    std::mt19937 random(11);
    std::uniform_real_distribution<double> part(0.25, 0.75), turn(0, 6.28);
    auto maps = std::make_unique<stack>(COUNT, rows, cols);
    for (int k = 0; k < COUNT; k++) {
        const double x = cols * part(random), y = rows * part(random), angle = turn(random);
        const double beside_x = x + sigma * std::cos(angle), beside_y = y + sigma * std::sin(angle);
        float *map = maps->samples.data() + static_cast<size_t>(k) * static_cast<size_t>(rows * cols);
        for (int i = 0; i < rows * cols; i++) {
            const double row = i / cols, col = i % cols;
            const double peak = std::exp(-(std::pow(col - x, 2) + std::pow(row - y, 2)) / (2 * sigma * sigma));
            const double beside =
                std::exp(-(std::pow(col - beside_x, 2) + std::pow(row - beside_y, 2)) / (4.5 * sigma * sigma));
            map[i] = static_cast<float>(0.7 * peak + 0.2 * beside);
        }
    }
    return maps;
}

std::shared_ptr<real_maps> real_maps_of(const std::string &name, int rows, int cols, double sigma)
{
    const char *given = std::getenv("CVHEATMAP_REAL");
    const std::string folder = given && *given ? given : CVHEATMAP_SOURCE_DIR "/../shared/real";
    const auto made = std::make_shared<real_maps>();
    if (cvh_npy_load((folder + "/" + name + ".npy").c_str(), &made->loaded)) made->drawn = drawn_maps(rows, cols, sigma);
    made->peaks.resize(static_cast<size_t>(made->maps().count));
    return made;
}

std::function<void()> decode_of(const std::shared_ptr<real_maps> &maps, const char *name)
{
    const auto decoder = std::make_shared<cvh_decoder>();
    check(cvh_decoder_find(name, decoder.get()));
    return [=] {
        cvh_convention convention{};
        convention.decoder = decoder.get();
        check(cvh_decode(&maps->maps(), &convention, maps->peaks.data()));
        keep(maps->peaks.data());
    };
}

pair real_against_search(const std::string &name, int side, double sigma)
{
    const auto maps = real_maps_of(name, side, side, sigma);
    return {decode_of(maps, "fit"), [=] {
                const cvh_maps &view = maps->maps();
                for (int k = 0; k < view.count; k++) {
                    const auto map = static_cast<size_t>(k) * static_cast<size_t>(view.rows * view.cols);
                    double least, most;
                    cv::Point at, other;
                    cv::minMaxLoc(cv::Mat(view.rows, view.cols, CV_32F, static_cast<float *>(view.data) + map), &least, &most,
                                  &other, &at);
                    keep(&at);
                }
            }};
}

pair real_against_udp(const std::string &name, int side, double sigma)
{
    const auto maps = real_maps_of(name, side, side, sigma);
    return {decode_of(maps, "fit"), decode_of(maps, "mmpose_udp")};
}

} // namespace

void add_read_rows(std::vector<row> &rows)
{
    cvh_decoder udp{}, fit{}, search{};
    udp.refine = CVH_REFINE_UDP;
    search.refine = CVH_REFINE_NONE;
    rows.push_back(plain_row("decode udp 17x64x48", "cv::minMaxLoc", 0.5, 0.25, [=] { return against_search(udp); }));
    rows.push_back(plain_row("decode default 17x64x48", "cv::minMaxLoc", 1, 0.55, [=] { return against_search(fit); }));
    rows.push_back(plain_row("  the search alone", "cv::minMaxLoc", 0, 0, [=] { return against_search(search); }));
    rows.push_back(plain_row("decode default, hourglass 48x48", "cv::minMaxLoc", 2.2, 1.6,
                             [] { return real_against_search("hourglass", 48, 2.3); }));
    rows.push_back(
        plain_row("decode default, CPM 96x96", "cv::minMaxLoc", 2.2, 1.6, [] { return real_against_search("cpm", 96, 3.3); }));
    rows.push_back(plain_row("decode default, PoseNet 25x25", "decode mmpose_udp", 6, 3,
                             [] { return real_against_udp("posenet", 25, 1.1); }));
    rows.push_back(plain_row("decode dark, ksize 11, 17x64x48", "GaussianBlur, minMaxLoc, stencil", 1.0 / 18, 0, dark));
    rows.push_back(plain_row("compare 64x17x64x48", "sum over both", 4, 0, compare));
    rows.push_back(plain_row("compare within 4 ULPs 64x17x64x48", "sum over both", 5, 0, compare_within_ulps));
}

} // namespace bench

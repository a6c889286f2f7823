/* SPDX-License-Identifier: Apache-2.0
 * cvh_blur against cv::GaussianBlur of the whole map: 0 differing bits for any number of keypoints, in every memory layout, on
 * maps of one row or column, in every mode that OpenCV runs in. */
#include <cstdio>
#include <string>
#include <vector>

#include "support/whole_map.hpp" /* before what includes check.h, which defines fail() */

#include "support/layouts.h"

namespace
{

struct scene {
    layout kind;
    int count, rows, cols;
    cvh_convention convention;
    std::vector<cvh_gaussian> gaussians; /* one a map, but for the peak, where keypoints bring their own */
    std::vector<cvh_keypoint> points;
    std::vector<cvh_gaussian> own; /* what points[i].gaussian points to */
};

cvh_gaussian random_blur_gaussian(random_state *random)
{
    cvh_gaussian gaussian = random_gaussian(random);
    if (random_int(random, 0, 4) == 0) { /* OpenCV's automatic window */
        gaussian.ksize_x = gaussian.ksize_y = 0;
        gaussian.sigma_x = std::exp(3 * random_real(random) - 1.5);
        gaussian.sigma_y = random_int(random, 0, 1) ? 0 : std::exp(3 * random_real(random) - 1.5);
    }
    return gaussian;
}

void add_points(scene *scene, random_state *random, bool own)
{
    int crowd = random_int(random, 0, 3) ? random_int(random, 1, 6) : random_int(random, 0, 40);
    for (int i = 0; i < scene->count; i++)
        scene->gaussians.push_back(own ? random_blur_gaussian(random) : scene->convention.gaussian);
    if (own) scene->convention.gaussian = cvh_gaussian{}; /* a field left 0 would take this one's */
    scene->points.assign(static_cast<size_t>(crowd), cvh_keypoint{});
    scene->own.assign(static_cast<size_t>(crowd), cvh_gaussian{});
    for (size_t i = 0; i < scene->points.size(); i++) {
        cvh_keypoint &point = scene->points[i];
        point.map = random_int(random, 0, scene->count - 1);
        point.x = random_int(random, 0, 9) ? edge_biased(random, scene->cols) : random_int(random, -3, scene->cols + 2);
        point.y = random_int(random, 0, 9) ? edge_biased(random, scene->rows) : random_int(random, -3, scene->rows + 2);
        if (i && random_int(random, 0, 5) == 0) point = scene->points[i - 1]; /* two on one pixel */
        if (!own) continue;
        scene->own[i] = scene->gaussians[static_cast<size_t>(point.map)];
        scene->own[i].peak = random_int(random, 0, 1) ? 1 : std::exp(6 * random_real(random) - 3);
        point.gaussian = &scene->own[i];
    }
}

enum class gaussian_of { all, each };

scene random_scene(random_state *random, gaussian_of whose)
{
    scene scene{};
    scene.kind = static_cast<layout>(random_int(random, 0, LAYOUTS - 1));
    scene.count = random_int(random, 1, 3);
    scene.rows = random_int(random, 0, 5) ? random_side(random) : 1;
    scene.cols = random_int(random, 0, 5) ? random_side(random) : 1;
    scene.convention.gaussian = random_blur_gaussian(random);
    scene.convention.border = static_cast<cvh_border>(random_int(random, CVH_BORDER_METHOD, CVH_BORDER_REFLECT_101));
    scene.convention.overlap = random_int(random, 0, 1) ? CVH_OVERLAP_ADD : CVH_OVERLAP_MAX;
    scene.convention.norm = random_int(random, 0, 1) ? CVH_NORM_KERNEL : CVH_NORM_NONE;
    add_points(&scene, random, whose == gaussian_of::each);
    return scene;
}

std::string described(const scene &scene, uint64_t state)
{
    char text[300];
    const cvh_gaussian &gaussian = scene.convention.gaussian;
    std::snprintf(text, sizeof text,
                  "%zu points on %d maps of %dx%d, %s, border %d, overlap %d, ksize %gx%g, sigma %.17g, %.17g (state %llu)",
                  scene.points.size(), scene.count, scene.rows, scene.cols, layout_names[scene.kind],
                  static_cast<int>(scene.convention.border), static_cast<int>(scene.convention.overlap), gaussian.ksize_x,
                  gaussian.ksize_y, gaussian.sigma_x, gaussian.sigma_y, static_cast<unsigned long long>(state));
    return text;
}

/* The map as a user of OpenCV lights it. */
template <typename Sample> cv::Mat lit_map(const scene &scene, int map)
{
    cv::Mat lit = cv::Mat::zeros(scene.rows, scene.cols, depth_of<Sample>);
    for (const cvh_keypoint &point : scene.points) {
        int x = static_cast<int>(point.x), y = static_cast<int>(point.y);
        if (point.map != map || x < 0 || x >= scene.cols || y < 0 || y >= scene.rows) continue;
        Sample &pixel = lit.at<Sample>(y, x);
        Sample peak = static_cast<Sample>(point.gaussian ? point.gaussian->peak : scene.convention.gaussian.peak);
        if (scene.convention.overlap == CVH_OVERLAP_ADD)
            pixel += peak;
        else
            pixel = std::max(pixel, peak);
    }
    return lit;
}

template <typename Sample> void compare_map(const scene &scene, uint64_t state, int map, const cvh_maps *actual)
{
    cv::Mat expected =
        whole_map(lit_map<Sample>(scene, map), scene.gaussians[static_cast<size_t>(map)], scene.convention.border);
    for (int y = 0; y < scene.rows; y++)
        for (int x = 0; x < scene.cols; x++) {
            Sample blur = static_cast<Sample>(sample(actual, map, y, x)), whole = expected.at<Sample>(y, x);
            if (blur != whole)
                ck_abort_msg("%s: map %d x %d y %d: blur %.17g, whole map %.17g", described(scene, state).c_str(), map, x, y,
                             static_cast<double>(blur), static_cast<double>(whole));
        }
}

template <typename Sample> void check_scene(random_state *random)
{
    uint64_t state = random->state;
    scene scene = random_scene(random, random_int(random, 0, 2) ? gaussian_of::all : gaussian_of::each);
    laid_out drawn = laid_out_new(scene.kind, scene.count, scene.rows, scene.cols, depth_of<Sample>);
    cvh_status status = cvh_blur(&drawn.maps, scene.points.data(), scene.points.size(), &scene.convention);
    if (status != CVH_OK) ck_abort_msg("%s: %s", described(scene, state).c_str(), cvh_last_error());
    if (!laid_out_gaps_intact(&drawn)) ck_abort_msg("%s: written between the samples", described(scene, state).c_str());
    for (int map = 0; map < scene.count; map++) compare_map<Sample>(scene, state, map, &drawn.maps);
    laid_out_free(&drawn);
}

START_TEST(random_scenes)
{
    random_state random = random_start(21);
    for (int i = 0; i < 5000; i++) {
        check_scene<float>(&random);
        check_scene<double>(&random);
    }
}
END_TEST

/* Every pixel of every map of one row or one column up to 12 long, every border: where OpenCV itself drops to one tap. */
template <typename Sample> void check_line(int rows, int cols, int at, cvh_border border, int ksize)
{
    scene scene{};
    scene.count = 1;
    scene.rows = rows;
    scene.cols = cols;
    scene.convention.gaussian.ksize_x = ksize;
    scene.convention.gaussian.ksize_y = ksize + 2;
    scene.convention.gaussian.peak = 3;
    scene.convention.border = border;
    scene.gaussians.push_back(scene.convention.gaussian);
    scene.points.push_back(cvh_keypoint{});
    scene.points[0].x = cols == 1 ? 0 : at;
    scene.points[0].y = cols == 1 ? at : 0;
    laid_out drawn = laid_out_new(LAYOUT_PADDED, 1, rows, cols, depth_of<Sample>);
    if (cvh_blur(&drawn.maps, scene.points.data(), 1, &scene.convention)) ck_abort_msg("%s", cvh_last_error());
    compare_map<Sample>(scene, 0, 0, &drawn.maps);
    laid_out_free(&drawn);
}

START_TEST(lines)
{
    for (int border = CVH_BORDER_METHOD; border <= CVH_BORDER_REFLECT_101; border++)
        for (int length = 1; length <= 12; length++)
            for (int at = 0; at < length; at++)
                for (int ksize = 1; ksize <= 15; ksize += 2) {
                    check_line<float>(1, length, at, static_cast<cvh_border>(border), ksize);
                    check_line<float>(length, 1, at, static_cast<cvh_border>(border), ksize);
                    check_line<double>(1, length, at, static_cast<cvh_border>(border), ksize);
                    check_line<double>(length, 1, at, static_cast<cvh_border>(border), ksize);
                }
}
END_TEST

/* The same call gives the same bytes in every layout, rescaled too. */
START_TEST(layouts_do_not_matter)
{
    random_state random = random_start(22);
    for (int i = 0; i < 300; i++) {
        uint64_t state = random.state;
        scene scene = random_scene(&random, gaussian_of::all);
        scene.convention.norm = i % 2 ? CVH_NORM_MAX : CVH_NORM_KERNEL;
        cvh_depth depth = i % 4 < 2 ? CVH_32F : CVH_64F;
        laid_out drawn[LAYOUTS];
        for (int kind = 0; kind < LAYOUTS; kind++) {
            drawn[kind] = laid_out_new(static_cast<layout>(kind), scene.count, scene.rows, scene.cols, depth);
            ck_assert_msg(!cvh_blur(&drawn[kind].maps, scene.points.data(), scene.points.size(), &scene.convention), "%s: %s",
                          described(scene, state).c_str(), cvh_last_error());
            ck_assert_msg(laid_out_gaps_intact(&drawn[kind]), "%s, %s: written between the samples",
                          described(scene, state).c_str(), layout_names[kind]);
            ck_assert_msg(laid_out_differing(&drawn[0].maps, &drawn[kind].maps) == 0, "%s: %s differs from packed",
                          described(scene, state).c_str(), layout_names[kind]);
        }
        for (laid_out &each : drawn) laid_out_free(&each);
    }
}
END_TEST

/* Where norm rescales, every sample is divided by (maximum / peak), or (the keypoint's pixel / peak), in the map's depth. */
template <typename Sample> void check_rescaled(random_state *random, cvh_norm norm)
{
    uint64_t state = random->state;
    scene scene = random_scene(random, gaussian_of::all);
    if (norm == CVH_NORM_CENTRE) scene.points.resize(scene.points.empty() ? 0 : 1);
    double peak = scene.convention.gaussian.peak;
    scene.convention.norm = norm;
    laid_out drawn = laid_out_new(scene.kind, scene.count, scene.rows, scene.cols, depth_of<Sample>);
    if (cvh_blur(&drawn.maps, scene.points.data(), scene.points.size(), &scene.convention))
        ck_abort_msg("%s: %s", described(scene, state).c_str(), cvh_last_error());
    scene.convention.gaussian.peak = 1;
    for (int map = 0; map < scene.count; map++) {
        cv::Mat expected = whole_map(lit_map<Sample>(scene, map), scene.convention.gaussian, scene.convention.border);
        double maximum = 0;
        cv::minMaxLoc(expected, nullptr, &maximum);
        if (norm == CVH_NORM_CENTRE && maximum > 0)
            maximum = static_cast<double>(
                expected.at<Sample>(static_cast<int>(scene.points[0].y), static_cast<int>(scene.points[0].x)));
        Sample divisor = static_cast<Sample>(maximum) / static_cast<Sample>(peak);
        for (int y = 0; y < scene.rows; y++)
            for (int x = 0; x < scene.cols; x++) {
                Sample whole = expected.at<Sample>(y, x), rescaled = divisor > 0 ? whole / divisor : whole;
                Sample blur = static_cast<Sample>(sample(&drawn.maps, map, y, x));
                if (blur != rescaled)
                    ck_abort_msg("%s, norm %d: map %d x %d y %d: %.17g, expected %.17g", described(scene, state).c_str(),
                                 static_cast<int>(norm), map, x, y, static_cast<double>(blur), static_cast<double>(rescaled));
            }
    }
    laid_out_free(&drawn);
}

START_TEST(rescaling_divides)
{
    random_state random = random_start(23);
    for (int i = 0; i < 500; i++) {
        check_rescaled<float>(&random, CVH_NORM_MAX);
        check_rescaled<double>(&random, CVH_NORM_MAX);
        check_rescaled<float>(&random, CVH_NORM_CENTRE);
        check_rescaled<double>(&random, CVH_NORM_CENTRE);
    }
}
END_TEST

} // namespace

int main()
{
    return run_suite(suite_in_both_modes("blur", 300, {random_scenes, lines, layouts_do_not_matter, rescaling_divides}));
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * cvheatmap for C++ callers who hold cv::Mat: views both ways, checked, never copying. Header only, C++11, OpenCV 4.5 to 5.x.
 *
 *     cv::Mat heatmaps(64, 48, CV_32FC(17));                       // 17 maps, interleaved
 *     cvh_maps maps = cvh::maps_of(heatmaps);
 *     cvh_patch(&maps, keypoints, 17, &convention);
 *     cv::Mat nose = cvh::mat_of(cvh_maps_view(data, 17, 64, 48, CVH_32F), 0);
 *
 * A view keeps nothing alive: the cv::Mat's memory, or the maps', must outlive it. What cannot be viewed is a
 * std::invalid_argument that names the field, its value and what it must be. */
#ifndef CVHEATMAP_HPP
#define CVHEATMAP_HPP

#include <cstddef>
#include <stdexcept>
#include <string>

#include <opencv2/core.hpp>

#include "cvheatmap.h"

namespace cvh
{

namespace detail
{

inline void require(bool good, const char *field, long long value, const char *range)
{
    if (!good) throw std::invalid_argument(std::string(field) + " is " + std::to_string(value) + "; it must be " + range);
}

inline bool is_depth(int depth)
{
    return depth == CVH_8U || depth == CVH_32F || depth == CVH_64F;
}

inline std::size_t sample_size(int depth)
{
    return static_cast<std::size_t>(CV_ELEM_SIZE1(depth));
}

/* The view with its packed steps written out, as cvheatmap.h defines a step of 0. */
inline cvh_maps with_steps(cvh_maps maps)
{
    if (!maps.col_step) maps.col_step = sample_size(maps.depth);
    if (!maps.row_step) maps.row_step = static_cast<std::size_t>(maps.cols) * maps.col_step;
    if (!maps.map_step) maps.map_step = static_cast<std::size_t>(maps.rows) * maps.row_step;
    return maps;
}

inline cvh_maps checked(const cvh_maps &maps)
{
    require(maps.data != nullptr, "maps.data", 0, "a pointer to the samples");
    require(is_depth(maps.depth), "maps.depth", maps.depth, "CVH_8U, CVH_32F or CVH_64F");
    require(maps.count >= 1 && maps.count <= CVH_MAX_COUNT, "maps.count", maps.count, "1..CVH_MAX_COUNT");
    require(maps.rows >= 1 && maps.rows <= CVH_MAX_SIDE, "maps.rows", maps.rows, "1..CVH_MAX_SIDE");
    require(maps.cols >= 1 && maps.cols <= CVH_MAX_SIDE, "maps.cols", maps.cols, "1..CVH_MAX_SIDE");
    return with_steps(maps);
}

inline cv::Mat mat_at(void *data, const cvh_maps &maps, int channels)
{
    const std::size_t row = static_cast<std::size_t>(maps.cols) * maps.col_step; /* its length, in bytes */
    const std::size_t step = maps.rows == 1 ? row : maps.row_step;
    require(step >= row, "maps.row_step", static_cast<long long>(step),
            "at least cols * col_step: a cv::Mat's rows do not overlap");
    require(step % sample_size(maps.depth) == 0, "maps.row_step", static_cast<long long>(step),
            "a multiple of the sample's size");
    return cv::Mat(maps.rows, maps.cols, CV_MAKETYPE(maps.depth, channels), data, step);
}

} // namespace detail

/* The maps of a matrix: one a channel of a 2-D matrix with any step (a region of a larger one included), or, of a 3-D matrix of
 * one channel, its planes [count][rows][cols]. 8U, 32F, 64F. */
inline cvh_maps maps_of(const cv::Mat &mat)
{
    detail::require(!mat.empty(), "mat.total()", static_cast<long long>(mat.total()), "above 0");
    detail::require(detail::is_depth(mat.depth()), "mat.depth()", mat.depth(), "CV_8U, CV_32F or CV_64F");
    detail::require(mat.dims == 2 || mat.dims == 3, "mat.dims", mat.dims, "2, or 3 for [count][rows][cols]");
    const cvh_depth depth = static_cast<cvh_depth>(mat.depth());
    cvh_maps maps;
    if (mat.dims == 2) {
        maps = cvh_maps_interleaved(mat.data, mat.channels(), mat.rows, mat.cols, depth, mat.step[0]);
    } else {
        detail::require(mat.channels() == 1, "mat.channels()", mat.channels(), "1 for a matrix of 3 dimensions");
        maps = cvh_maps_view(mat.data, mat.size[0], mat.size[1], mat.size[2], depth);
        maps.map_step = mat.step[0];
        maps.row_step = mat.step[1];
    }
    return detail::checked(maps);
}

/* Map `map` of a view as a matrix of one channel. Its samples must lie side by side (col_step is the sample's size), as in a
 * packed view; interleaved maps are mat_of(maps). */
inline cv::Mat mat_of(const cvh_maps &given, int map)
{
    const cvh_maps maps = detail::checked(given);
    detail::require(map >= 0 && map < maps.count, "map", map, "0..maps.count-1");
    detail::require(maps.cols == 1 || maps.col_step == detail::sample_size(maps.depth), "maps.col_step",
                    static_cast<long long>(maps.col_step), "the sample's size: a cv::Mat has no step within a row");
    cvh_maps one = maps;
    one.col_step = detail::sample_size(maps.depth);
    return detail::mat_at(static_cast<unsigned char *>(maps.data) + static_cast<std::size_t>(map) * maps.map_step, one, 1);
}

/* Interleaved maps as one matrix with a channel a map; a single map as a matrix of one channel. */
inline cv::Mat mat_of(const cvh_maps &given)
{
    const cvh_maps maps = detail::checked(given);
    if (maps.count == 1) return mat_of(maps, 0);
    const std::size_t size = detail::sample_size(maps.depth);
    detail::require(maps.count <= CV_CN_MAX, "maps.count", maps.count, "at most CV_CN_MAX");
    detail::require(maps.map_step == size, "maps.map_step", static_cast<long long>(maps.map_step),
                    "the sample's size: the maps of one cv::Mat are interleaved; mat_of(maps, i) takes the others one by one");
    detail::require(maps.cols == 1 || maps.col_step == size * static_cast<std::size_t>(maps.count), "maps.col_step",
                    static_cast<long long>(maps.col_step), "count times the sample's size");
    cvh_maps all = maps;
    all.col_step = size * static_cast<std::size_t>(maps.count);
    return detail::mat_at(maps.data, all, maps.count);
}

} // namespace cvh

#endif

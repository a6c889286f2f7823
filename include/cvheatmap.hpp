/* SPDX-License-Identifier: Apache-2.0
 *
 * cvheatmap for C++ callers who hold cv::Mat: views both ways, checked, never copying. Header only, C++11, OpenCV 4.5 to 5.x.
 *
 *     cv::Mat heatmaps(64, 48, CV_32FC(17));                       // 17 maps, interleaved
 *     cvh_maps maps = cvh::maps_of(heatmaps);
 *     cvh_patch(&maps, keypoints, 17, &convention);
 *     cv::Mat nose = cvh::mat_of(cvh_maps_view(data, 17, 64, 48, CVH_32F), 0);
 *
 *     cv::Mat blob = net.forward();                                // [N][K][rows][cols]: N * K maps
 *     maps = cvh::maps_of(blob);
 *     cvh_decode(&maps, nullptr, peaks);
 *
 * Where the maps lie in a matrix is told by the function's name, since a shape alone does not tell [17][64][48] from
 * [64][48][17]:
 *     maps_of(mat)                    a channel a map, or planes: [count][rows][cols], [N][K][rows][cols]
 *     maps_of_nhwc(mat, image)        channels last: [rows][cols][K], or one image of [N][rows][cols][K]
 *     maps_of_rows(mat, rows, cols)   a row a map: [K][rows * cols]
 *     remark_on(mat)                  whether a matrix that maps_of takes looks like one of the others, in words
 * Quantised samples stand for values once scale and zero are set in the view.
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

inline void require(bool good, const char *field, long long value, const std::string &range)
{
    if (!good) throw std::invalid_argument(std::string(field) + " is " + std::to_string(value) + "; it must be " + range);
}

inline bool is_depth(int depth)
{
    return (depth >= CVH_8U && depth <= CVH_16S) || (depth >= CVH_32F && depth <= CVH_16F);
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
    require(is_depth(maps.depth), "maps.depth", maps.depth, "CVH_8U, 8S, 16U, 16S, 32F, 64F or 16F");
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

namespace detail
{

inline void require_samples(const cv::Mat &mat)
{
    require(!mat.empty(), "mat.total()", static_cast<long long>(mat.total()), "above 0");
    require(is_depth(mat.depth()), "mat.depth()", mat.depth(),
            "CV_8U, 8S, 16U, 16S, 32F, 64F or 16F; mat.convertTo(other, CV_32F) makes one");
}

/* In a matrix of planes a channel would be one more dimension. */
inline void require_one_channel(const cv::Mat &mat)
{
    require(mat.channels() == 1, "mat.channels()", mat.channels(),
            "1 for a matrix of " + std::to_string(mat.dims)
                + " dimensions; mat.reshape(1) makes the channels columns, and split() a matrix each");
}

inline cvh_maps planes(const cv::Mat &mat, int count, int rows, int cols, std::size_t map_step, std::size_t row_step)
{
    cvh_maps maps = cvh_maps_view(mat.data, count, rows, cols, static_cast<cvh_depth>(mat.depth()));
    maps.map_step = map_step;
    maps.row_step = row_step;
    return checked(maps);
}

/* [N][K][rows][cols]: image and channel fold into one number where no gap lies between the images. */
inline cvh_maps folded(const cv::Mat &mat)
{
    const int images = mat.size[0], channels = mat.size[1];
    const std::size_t image = static_cast<std::size_t>(channels) * mat.step[1];
    require(images == 1 || channels == 1 || mat.step[0] == image, "mat.step[0]", static_cast<long long>(mat.step[0]),
            "size[1] * step[1], no gap between images; mat.clone() has none");
    require(images <= CVH_MAX_COUNT / channels, "mat.size[0]", images, "such that size[0] * size[1] is at most CVH_MAX_COUNT");
    return planes(mat, images * channels, mat.size[2], mat.size[3], channels > 1 ? mat.step[1] : mat.step[0], mat.step[2]);
}

} // namespace detail

/* The maps of a matrix of any depth that cvheatmap knows:
 *     1 or 2 dimensions   one map a channel, with any step, a region of a larger matrix included; a 1-D matrix is one row
 *     3 dimensions        planes [count][rows][cols], one channel
 *     4 dimensions        [N][K][rows][cols], one channel: map n * K + k, as cv::dnn's blobs are
 * A 3-D matrix [rows][cols][K] has the same form as one of `rows` planes: read it with maps_of_nhwc. */
inline cvh_maps maps_of(const cv::Mat &mat)
{
    detail::require_samples(mat);
    detail::require(mat.dims >= 1 && mat.dims <= 4, "mat.dims", mat.dims,
                    "1 to 4; mat.reshape(1, {count, rows, cols}) folds the leading ones");
    if (mat.dims > 2) detail::require_one_channel(mat);
    if (mat.dims == 4) return detail::folded(mat);
    if (mat.dims == 3) return detail::planes(mat, mat.size[0], mat.size[1], mat.size[2], mat.step[0], mat.step[1]);
    const int rows = mat.dims == 1 ? 1 : mat.size[0], cols = mat.dims == 1 ? mat.size[0] : mat.size[1];
    const std::size_t row_step = mat.dims == 1 ? 0 : mat.step[0];
    return detail::checked(
        cvh_maps_interleaved(mat.data, mat.channels(), rows, cols, static_cast<cvh_depth>(mat.depth()), row_step));
}

/* Channels last, as TFLite and MediaPipe hand them out: [rows][cols][K] with `image` 0, or image `image` of [N][rows][cols][K];
 * one channel, K maps. A batch is one view an image:
 *     for (int image = 0; image < blob.size[0]; image++) { cvh_maps maps = cvh::maps_of_nhwc(blob, image); ... } */
inline cvh_maps maps_of_nhwc(const cv::Mat &mat, int image = 0)
{
    detail::require_samples(mat);
    detail::require(mat.dims == 3 || mat.dims == 4, "mat.dims", mat.dims,
                    "3 for [rows][cols][K] or 4 for [N][rows][cols][K]; a 2-D matrix with a map a channel is maps_of(mat)");
    detail::require_one_channel(mat);
    const int at = mat.dims - 3, images = at ? mat.size[0] : 1;
    detail::require(image >= 0 && image < images, "image", image, "0.." + std::to_string(images - 1));
    cvh_maps maps = cvh_maps_view(mat.data + (at ? static_cast<std::size_t>(image) * mat.step[0] : 0), mat.size[at + 2],
                                  mat.size[at], mat.size[at + 1], static_cast<cvh_depth>(mat.depth()));
    maps.map_step = detail::sample_size(maps.depth);
    maps.row_step = mat.step[at];
    maps.col_step = mat.step[at + 1];
    return detail::checked(maps);
}

/* A row a map: [K][rows * cols], one channel, as a network's flattened output or a matrix of features has it. */
inline cvh_maps maps_of_rows(const cv::Mat &mat, int rows, int cols)
{
    detail::require_samples(mat);
    detail::require(mat.dims == 2, "mat.dims", mat.dims, "2 for [K][rows * cols]; mat.reshape(1, K) makes it of others");
    detail::require_one_channel(mat);
    detail::require(rows >= 1 && rows <= CVH_MAX_SIDE, "rows", rows, "1..CVH_MAX_SIDE");
    detail::require(cols >= 1 && cols <= CVH_MAX_SIDE, "cols", cols, "1..CVH_MAX_SIDE");
    detail::require(static_cast<long long>(rows) * cols == mat.cols, "mat.cols", mat.cols,
                    "rows * cols, " + std::to_string(static_cast<long long>(rows) * cols));
    return detail::planes(mat, mat.rows, rows, cols, mat.step[0], 0);
}

namespace detail
{

inline std::string count_of(int count, int rows, int cols)
{
    return std::to_string(count) + (count == 1 ? " map of " : " maps of ") + std::to_string(rows) + "x" + std::to_string(cols);
}

/* A last side that is much smaller than the two before it, which are alike: 64 maps of 48x17 are rarely meant. */
inline bool looks_channels_last(const cv::Mat &mat)
{
    if (mat.dims < 3 || mat.dims > 4) return false;
    const long long rows = mat.size[mat.dims - 3], cols = mat.size[mat.dims - 2], last = mat.size[mat.dims - 1];
    return 2 * last <= rows && 2 * last <= cols && rows <= 4 * cols && cols <= 4 * rows;
}

} // namespace detail

/* What else than maps_of takes it for a matrix could be, for a log; empty where its shape leaves no doubt. Three or four sides
 * whose last is much the smallest may be channels last; rows that are fewer than a 16th of their length, a map each. */
inline std::string remark_on(const cv::Mat &mat)
{
    if (detail::looks_channels_last(mat)) {
        const int rows = mat.size[mat.dims - 3], cols = mat.size[mat.dims - 2], last = mat.size[mat.dims - 1];
        return "taken for " + detail::count_of(mat.dims == 4 ? mat.size[0] * rows : rows, cols, last) + "; are they "
               + detail::count_of(last, rows, cols) + ", channels last? Those are maps_of_nhwc's";
    }
    if (mat.dims == 2 && mat.channels() == 1 && mat.rows > 1 && mat.cols / 16 >= mat.rows)
        return "taken for " + detail::count_of(1, mat.rows, mat.cols) + "; are they " + std::to_string(mat.rows)
               + " maps, one a row? Those are maps_of_rows's";
    return "";
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
    detail::require(maps.count <= CV_CN_MAX, "maps.count", maps.count,
                    "at most CV_CN_MAX, " + std::to_string(CV_CN_MAX)
                        + ": a cv::Mat has no more channels; mat_of(maps, i) takes the maps one by one");
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

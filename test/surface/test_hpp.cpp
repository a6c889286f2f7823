/* SPDX-License-Identifier: Apache-2.0
 * cvheatmap.hpp: cv::Mat as maps and maps as cv::Mat, in the same memory, and what cannot be viewed refused by name. */
#include <cvheatmap.hpp>

#include <cstring>
#include <functional>
#include <vector>

#include "support/support.h"

namespace
{

struct shape {
    const char *name;
    int rows, cols, type, pad_cols; /* the matrix is a region of one that is pad_cols wider */
};

const shape shapes[] = {
    {"one float map", 64, 48, CV_32FC1, 0},
    {"one double map in a wider matrix", 7, 5, CV_64FC1, 3},
    {"17 interleaved float maps", 6, 4, CV_32FC(17), 0},
    {"3 interleaved 8-bit maps in a wider matrix", 9, 2, CV_8UC3, 5},
    {"2 interleaved double maps, one row", 1, 8, CV_64FC2, 2},
    {"one pixel", 1, 1, CV_32FC1, 0},
    {"3 interleaved signed bytes", 5, 4, CV_8SC3, 2},
    {"2 interleaved unsigned words", 5, 4, CV_16UC2, 1},
    {"one map of words", 5, 4, CV_16SC1, 3},
    {"4 interleaved half maps", 5, 4, CV_MAKETYPE(CV_16F, 4), 1},
};

/* Each sample gets a value of its own. */
cv::Mat numbered(const shape &s, cv::Mat &whole)
{
    whole = cv::Mat(s.rows, s.cols + s.pad_cols, s.type);
    const cv::Mat mat = whole(cv::Rect(s.pad_cols / 2, 0, s.cols, s.rows));
    const int channels = mat.channels();
    for (int row = 0; row < s.rows; row++)
        for (int i = 0; i < s.cols * channels; i++) {
            const int value = (row * s.cols * channels + i) % (mat.depth() == CV_8S ? 127 : 251);
            unsigned char *const at =
                whole.ptr(row) + static_cast<std::size_t>(s.pad_cols / 2 * channels + i) * whole.elemSize1();
            if (mat.depth() == CV_8U) *at = static_cast<unsigned char>(value);
            if (mat.depth() == CV_8S) *at = static_cast<unsigned char>(value);
            if (mat.depth() == CV_16U || mat.depth() == CV_16S)
                *reinterpret_cast<unsigned short *>(at) = static_cast<unsigned short>(value);
            if (mat.depth() == CV_16F) *reinterpret_cast<unsigned short *>(at) = static_cast<unsigned short>(0x3c00 + value);
            if (mat.depth() == CV_32F) *reinterpret_cast<float *>(at) = static_cast<float>(value);
            if (mat.depth() == CV_64F) *reinterpret_cast<double *>(at) = value;
        }
    return mat;
}

double value_at(const cv::Mat &mat, int row, int col, int channel)
{
    const unsigned char *const at =
        mat.ptr(row) + static_cast<std::size_t>(col) * mat.elemSize() + static_cast<std::size_t>(channel) * mat.elemSize1();
    if (mat.depth() == CV_8U || mat.depth() == CV_8S) return *at; /* none is negative */
    if (mat.depth() == CV_16U || mat.depth() == CV_16S) return *reinterpret_cast<const unsigned short *>(at);
    if (mat.depth() == CV_16F) return half_value(*reinterpret_cast<const unsigned short *>(at));
    return mat.depth() == CV_32F ? static_cast<double>(*reinterpret_cast<const float *>(at))
                                 : *reinterpret_cast<const double *>(at);
}

/* The text of the std::invalid_argument that `work` throws, or "". */
std::string refusal(const std::function<void()> &work)
{
    try {
        work();
    } catch (const std::invalid_argument &error) {
        return error.what();
    }
    return "";
}

} // namespace

START_TEST(maps_see_the_matrix)
{
    const shape &s = shapes[_i];
    cv::Mat whole;
    const cv::Mat mat = numbered(s, whole);
    const cvh_maps maps = cvh::maps_of(mat);
    ck_assert_msg(maps.data == mat.data && maps.count == mat.channels() && maps.rows == s.rows && maps.cols == s.cols, "%s",
                  s.name);
    for (int map = 0; map < maps.count; map++)
        for (int row = 0; row < maps.rows; row++)
            for (int col = 0; col < maps.cols; col++) {
                const double expected = value_at(mat, row, col, map), actual = sample(&maps, map, row, col);
                ck_assert_msg(expected == actual, "%s: map %d row %d col %d is %g, not %g", s.name, map, row, col, actual,
                              expected);
            }
}
END_TEST

START_TEST(the_matrix_comes_back)
{
    const shape &s = shapes[_i];
    cv::Mat whole;
    const cv::Mat mat = numbered(s, whole);
    const cv::Mat back = cvh::mat_of(cvh::maps_of(mat));
    ck_assert_msg(back.data == mat.data && back.type() == mat.type() && back.size() == mat.size(), "%s", s.name);
    ck_assert_msg(s.rows == 1 || back.step[0] == mat.step[0], "%s: step %zu", s.name, back.step[0]);
    ck_assert_msg(cv::norm(back, mat, cv::NORM_INF) == 0, "%s", s.name);
}
END_TEST

START_TEST(packed_maps_are_matrices_one_by_one)
{
    std::vector<float> data(3 * 4 * 5);
    for (std::size_t i = 0; i < data.size(); i++) data[i] = static_cast<float>(i);
    const cvh_maps maps = cvh_maps_view(data.data(), 3, 4, 5, CVH_32F);
    for (int map = 0; map < 3; map++) {
        const cv::Mat mat = cvh::mat_of(maps, map);
        ck_assert(mat.type() == CV_32FC1 && mat.rows == 4 && mat.cols == 5 && mat.isContinuous());
        ck_assert_ptr_eq(mat.ptr<float>(2, 3), &data[static_cast<std::size_t>(map * 20 + 13)]);
    }
    const int sizes[] = {3, 4, 5};
    const cvh_maps planes = cvh::maps_of(cv::Mat(3, sizes, CV_32F, data.data()));
    assert_maps_agree("a matrix of three dimensions", &maps, &planes, nullptr);
}
END_TEST

/* [N][K][rows][cols], as cv::dnn's blobs, whole and a region of it. */
START_TEST(blobs_are_folded)
{
    const int sizes[] = {2, 3, 4, 5}, one_image[] = {1, 3, 4, 5}, one_channel[] = {4, 1, 4, 5};
    std::vector<float> data(2 * 3 * 4 * 5);
    for (std::size_t i = 0; i < data.size(); i++) data[i] = static_cast<float>(i);
    const cv::Mat blob(4, sizes, CV_32F, data.data());
    const cvh_maps expected = cvh_maps_view(data.data(), 6, 4, 5, CVH_32F), maps = cvh::maps_of(blob);
    ck_assert_int_eq(maps.count, 6);
    assert_maps_agree("a blob", &expected, &maps, nullptr);
    ck_assert_int_eq(cvh::maps_of(cv::Mat(4, one_image, CV_32F, data.data())).count, 3);
    ck_assert_int_eq(cvh::maps_of(cv::Mat(4, one_channel, CV_32F, data.data())).count, 4);
    const cv::Range some[] = {cv::Range::all(), cv::Range(1, 2), cv::Range(1, 3), cv::Range(2, 5)};
    const cvh_maps part = cvh::maps_of(blob(some)); /* one channel of each image: the step between images is larger */
    ck_assert(part.count == 2 && part.rows == 2 && part.cols == 3);
    ck_assert(sample(&part, 0, 0, 0) == 27 && sample(&part, 1, 1, 2) == 94);
}
END_TEST

/* Channels last: by name, since the shape could be planes too. */
START_TEST(channels_last_are_read_by_name)
{
    const int batch[] = {2, 4, 5, 3}, single[] = {4, 5, 3};
    std::vector<float> data(2 * 4 * 5 * 3);
    for (std::size_t i = 0; i < data.size(); i++) data[i] = static_cast<float>(i);
    for (int image = 0; image < 2; image++) {
        const cvh_maps maps = cvh::maps_of_nhwc(cv::Mat(4, batch, CV_32F, data.data()), image);
        ck_assert(maps.count == 3 && maps.rows == 4 && maps.cols == 5);
        for (int map = 0; map < 3; map++)
            for (int row = 0; row < 4; row++)
                for (int col = 0; col < 5; col++)
                    ck_assert(sample(&maps, map, row, col) == image * 60 + (row * 5 + col) * 3 + map);
    }
    const cvh_maps one = cvh::maps_of_nhwc(cv::Mat(3, single, CV_32F, data.data()));
    ck_assert(one.count == 3 && one.rows == 4 && one.cols == 5 && sample(&one, 2, 3, 4) == 59);
    const cvh_maps planes = cvh::maps_of(cv::Mat(3, single, CV_32F, data.data()));
    ck_assert(planes.count == 4 && planes.rows == 5 && planes.cols == 3);
}
END_TEST

START_TEST(a_row_is_a_map_by_name)
{
    cv::Mat wide(3, 25, CV_32F);
    for (int i = 0; i < 75; i++) wide.at<float>(i / 25, i % 25) = static_cast<float>(i);
    const cvh_maps maps = cvh::maps_of_rows(wide.colRange(2, 22), 4, 5);
    ck_assert(maps.count == 3 && maps.rows == 4 && maps.cols == 5);
    ck_assert(sample(&maps, 0, 0, 0) == 2 && sample(&maps, 2, 3, 4) == 71);
    const cvh_maps whole = cvh::maps_of(wide);
    ck_assert(whole.count == 1 && whole.rows == 3 && whole.cols == 25);
}
END_TEST

struct doubtful {
    std::vector<int> sizes;
    const char *remark;
};

const doubtful remarked[] = {
    {{64, 48, 17}, "taken for 64 maps of 48x17; are they 17 maps of 64x48, channels last? Those are maps_of_nhwc's"},
    {{2, 64, 48, 17}, "taken for 128 maps of 48x17; are they 17 maps of 64x48, channels last? Those are maps_of_nhwc's"},
    {{1, 32, 32, 1}, "taken for 32 maps of 32x1; are they 1 map of 32x32, channels last? Those are maps_of_nhwc's"},
    {{17, 64 * 48}, "taken for 1 map of 17x3072; are they 17 maps, one a row? Those are maps_of_rows's"},
    {{17, 64, 48}, ""},
    {{2, 17, 64, 48}, ""},
    {{133, 64, 48}, ""},
    {{64, 64, 33}, ""},
    {{100, 24, 12}, ""}, /* so long a side is a count */
    {{64, 48}, ""},
    {{1, 384}, ""},
    {{48, 767}, ""},
};

/* Each of the shapes that one way mistakes for another's is read right by the way that the remark names. */
START_TEST(a_doubtful_shape_is_remarked_upon)
{
    const doubtful &each = remarked[_i];
    const cv::Mat mat(static_cast<int>(each.sizes.size()), each.sizes.data(), CV_32F, cv::Scalar::all(0));
    const std::string said = cvh::remark_on(mat);
    ck_assert_msg(said == each.remark, "\"%s\", not \"%s\"", said.c_str(), each.remark);
    ck_assert(cvh::remark_on(cv::Mat()).empty() && cvh::remark_on(cv::Mat(2, 100, CV_32FC2)).empty());
}
END_TEST

/* OpenCV 5 makes matrices of one dimension; before, the same call makes one column. */
START_TEST(a_vector_is_one_row)
{
    const int length[] = {7};
    cv::Mat vector(1, length, CV_32FC2, cv::Scalar::all(3));
    const cvh_maps maps = cvh::maps_of(vector);
    ck_assert(maps.count == 2 && static_cast<std::size_t>(maps.rows) * static_cast<std::size_t>(maps.cols) == 7);
    if (vector.dims == 1) ck_assert(maps.rows == 1 && maps.cols == 7);
    ck_assert(sample(&maps, 1, maps.rows - 1, maps.cols - 1) == 3);
}
END_TEST

START_TEST(the_library_draws_into_a_matrix)
{
    cv::Mat heatmaps(64, 48, CV_32FC(2), cv::Scalar::all(-1));
    const cvh_maps maps = cvh::maps_of(heatmaps);
    cvh_keypoint points[2] = {};
    points[0].x = 24, points[0].y = 32;
    points[1].x = 5, points[1].y = 60, points[1].map = 1;
    cvh_convention convention = {};
    convention.gaussian.sigma_x = 2;
    ck_assert_msg(cvh_patch(&maps, points, 2, &convention) == CVH_OK, "%s", cvh_last_error());
    ck_assert(heatmaps.at<cv::Vec2f>(32, 24) == cv::Vec2f(1, 0));
    ck_assert(heatmaps.at<cv::Vec2f>(60, 5) == cv::Vec2f(0, 1));
}
END_TEST

/* What cannot be viewed: the message names the field. */
struct refused {
    const char *text;
    std::function<void()> work;
};

static const int five_sizes[] = {1, 2, 2, 2, 2}, four_sizes[] = {2, 2, 2, 2}, three_sizes[] = {2, 3, 4};
static float room[64];

static cvh_maps with(const std::function<void(cvh_maps &)> &change)
{
    cvh_maps maps = cvh_maps_view(room, 2, 3, 4, CVH_32F);
    change(maps);
    return maps;
}

static const refused refusals[] = {
    {"mat.total() is 0", [] { cvh::maps_of(cv::Mat()); }},
    {"mat.depth() is 4; it must be CV_8U, 8S, 16U, 16S, 32F, 64F or 16F; mat.convertTo(other, CV_32F) makes one",
     [] { cvh::maps_of(cv::Mat(2, 2, CV_32SC1)); }},
    {"mat.dims is 5; it must be 1 to 4; mat.reshape(1, {count, rows, cols})",
     [] { cvh::maps_of(cv::Mat(5, five_sizes, CV_32F)); }},
    {"mat.channels() is 2; it must be 1 for a matrix of 3 dimensions; mat.reshape(1)",
     [] { cvh::maps_of(cv::Mat(3, three_sizes, CV_32FC2)); }},
    {"mat.channels() is 3; it must be 1 for a matrix of 4", [] { cvh::maps_of(cv::Mat(4, four_sizes, CV_32FC3)); }},
    {"mat.step[0] is 32; it must be size[1] * step[1], no gap between images; mat.clone()",
     [] {
         const int wide[] = {2, 4, 2, 1};
         const cv::Range some[] = {cv::Range::all(), cv::Range(0, 2), cv::Range::all(), cv::Range::all()};
         cvh::maps_of(cv::Mat(4, wide, CV_32F)(some));
     }},
    {"mat.dims is 2; it must be 3 for [rows][cols][K] or 4", [] { cvh::maps_of_nhwc(cv::Mat(2, 2, CV_32FC3)); }},
    {"mat.channels() is 2", [] { cvh::maps_of_nhwc(cv::Mat(3, three_sizes, CV_32FC2)); }},
    {"mat.depth() is 4", [] { cvh::maps_of_nhwc(cv::Mat(3, three_sizes, CV_32S)); }},
    {"image is 2; it must be 0..1", [] { cvh::maps_of_nhwc(cv::Mat(4, four_sizes, CV_32F), 2); }},
    {"image is 1; it must be 0..0", [] { cvh::maps_of_nhwc(cv::Mat(3, three_sizes, CV_32F), 1); }},
    {"image is -1", [] { cvh::maps_of_nhwc(cv::Mat(4, four_sizes, CV_32F), -1); }},
    {"mat.cols is 21; it must be rows * cols, 20", [] { cvh::maps_of_rows(cv::Mat(2, 21, CV_32F), 4, 5); }},
    {"mat.dims is 3", [] { cvh::maps_of_rows(cv::Mat(3, three_sizes, CV_32F), 3, 4); }},
    {"mat.channels() is 2", [] { cvh::maps_of_rows(cv::Mat(2, 20, CV_32FC2), 4, 5); }},
    {"rows is 0", [] { cvh::maps_of_rows(cv::Mat(2, 20, CV_32F), 0, 5); }},
    {"cols is 32769", [] { cvh::maps_of_rows(cv::Mat(2, 20, CV_32F), 1, 32769); }},
    {"maps.cols is 32769", [] { cvh::maps_of(cv::Mat(1, CVH_MAX_SIDE + 1, CV_8UC1)); }},
    {"maps.rows is 32769", [] { cvh::maps_of(cv::Mat(CVH_MAX_SIDE + 1, 1, CV_8UC1)); }},
    {"maps.data is 0", [] { cvh::mat_of(with([](cvh_maps &m) { m.data = nullptr; }), 0); }},
    {"maps.depth is 4", [] { cvh::mat_of(with([](cvh_maps &m) { m.depth = static_cast<cvh_depth>(4); }), 0); }},
    {"maps.count is 0", [] { cvh::mat_of(with([](cvh_maps &m) { m.count = 0; }), 0); }},
    {"maps.rows is -1", [] { cvh::mat_of(with([](cvh_maps &m) { m.rows = -1; }), 0); }},
    {"maps.cols is 0", [] { cvh::mat_of(with([](cvh_maps &m) { m.cols = 0; })); }},
    {"map is 2", [] { cvh::mat_of(with([](cvh_maps &) {}), 2); }},
    {"map is -1", [] { cvh::mat_of(with([](cvh_maps &) {}), -1); }},
    {"maps.col_step is 8", [] { cvh::mat_of(with([](cvh_maps &m) { m.col_step = 8; }), 0); }},
    {"maps.row_step is 12", [] { cvh::mat_of(with([](cvh_maps &m) { m.row_step = 12; }), 0); }},
    {"maps.row_step is 17", [] { cvh::mat_of(with([](cvh_maps &m) { m.row_step = 17; }), 0); }},
    {"maps.map_step is 48", [] { cvh::mat_of(with([](cvh_maps &) {})); }},
    {"maps.col_step is 12", [] { cvh::mat_of(with([](cvh_maps &m) { m.map_step = 4, m.col_step = 12; })); }},
    {"maps.count is 1000; it must be at most CV_CN_MAX, ",
     [] { cvh::mat_of(with([](cvh_maps &m) { m.count = 1000, m.map_step = 4; })); }},
};

START_TEST(what_cannot_be_viewed_is_refused)
{
    const refused &r = refusals[_i];
    const std::string said = refusal(r.work);
    ck_assert_msg(said.compare(0, std::strlen(r.text), r.text) == 0, "the message is \"%s\"; it should begin with \"%s\"",
                  said.c_str(), r.text);
}
END_TEST

int main()
{
    Suite *const suite = suite_create("hpp");
    TCase *const views = tcase_create("views");
    const int count = static_cast<int>(sizeof shapes / sizeof *shapes);
    tcase_add_loop_test(views, maps_see_the_matrix, 0, count);
    tcase_add_loop_test(views, the_matrix_comes_back, 0, count);
    tcase_add_test(views, packed_maps_are_matrices_one_by_one);
    tcase_add_test(views, blobs_are_folded);
    tcase_add_test(views, channels_last_are_read_by_name);
    tcase_add_test(views, a_row_is_a_map_by_name);
    tcase_add_loop_test(views, a_doubtful_shape_is_remarked_upon, 0, static_cast<int>(sizeof remarked / sizeof *remarked));
    tcase_add_test(views, a_vector_is_one_row);
    tcase_add_test(views, the_library_draws_into_a_matrix);
    tcase_add_loop_test(views, what_cannot_be_viewed_is_refused, 0, static_cast<int>(sizeof refusals / sizeof *refusals));
    suite_add_tcase(suite, views);
    return run_suite(suite);
}

/* SPDX-License-Identifier: Apache-2.0
 * cvh_warp and cvh_warp_native against the installed cv::warpAffine: 0 differing bytes, any depth, layout and matrix. */
#include <cmath>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "support/layouts.h"
#include "support/unknown.h"

namespace
{

struct warp_case {
    layout from, to;
    int channels, photo_rows, photo_cols, input_rows, input_cols;
    cvh_depth depth;
    cvh_affine to_input;
    double outside;
};

double centred(random_state *random, double reach)
{
    return reach * (2 * random_real(random) - 1);
}

/* A crop of a person, as it is usual: any scale and angle. */
cvh_affine person(random_state *random, const warp_case &c, bool turned)
{
    double k = std::exp(centred(random, 2)), angle = turned ? centred(random, 3.2) : 0;
    double x = random_real(random) * c.photo_cols, y = random_real(random) * c.photo_rows;
    cvh_affine a{k * std::cos(angle), k * std::sin(angle), 0, -k * std::sin(angle), k * std::cos(angle), 0};
    if (random_int(random, 0, 5) == 0) a.xx = -a.xx, a.yx = -a.yx; /* mirrored */
    a.x0 = c.input_cols / 2.0 - a.xx * x - a.xy * y;
    a.y0 = c.input_rows / 2.0 - a.yx * x - a.yy * y;
    return a;
}

/* What people do not do on purpose. */
cvh_affine strange(random_state *random)
{
    switch (random_int(random, 0, 7)) {
    case 0: return {1, 0, 0, 0, 1, 0};
    case 1: return {1, 0, centred(random, 40), 0, 1, centred(random, 40)};
    case 2: return {-1, 0, 20, 0, 1, 0};
    case 3: return {0, 0, 3, 0, 0, 4};                                       /* singular */
    case 4: return {2, 4, centred(random, 9), 1, 2, centred(random, 9)};     /* singular */
    case 5: return {1, 0, centred(random, 1e7), 0, 1, centred(random, 1e7)}; /* far off */
    case 6: return {1e-7, 0, centred(random, 1e9), 1e-6, 2e-7, 3};           /* nearly singular, and beyond int32 */
    default:
        return {centred(random, 3), centred(random, 3), centred(random, 50),
                centred(random, 3), centred(random, 3), centred(random, 50)};
    }
}

int side(random_state *random, int most)
{
    return random_int(random, 0, 7) ? random_int(random, 1, most) : random_int(random, 1, 3);
}

warp_case random_case(random_state *random)
{
    const cvh_depth depths[] = {CVH_8U, CVH_8U, CVH_8U, CVH_16U, CVH_16S, CVH_32F, CVH_64F};
    const int channels[] = {1, 3, 3, 3, 17, 4, 2};
    const double outsides[] = {0, 0, 114, 127.5, 300, -7.5, 70000, 1e9};
    warp_case c{};
    c.from = static_cast<layout>(random_int(random, 0, 1) ? LAYOUT_INTERLEAVED : random_int(random, 0, LAYOUTS - 1));
    c.to = static_cast<layout>(random_int(random, 0, LAYOUTS - 1));
    c.channels = channels[random_int(random, 0, 6)];
    c.photo_rows = side(random, 70), c.photo_cols = side(random, 70);
    c.input_rows = side(random, 40), c.input_cols = random_int(random, 0, 9) ? side(random, 60) : 300;
    c.depth = depths[random_int(random, 0, 6)];
    c.to_input = random_int(random, 0, 3) ? person(random, c, random_int(random, 0, 2) != 0) : strange(random);
    c.outside = outsides[random_int(random, 0, 7)];
    return c;
}

std::string described(const warp_case &c, uint64_t state)
{
    char text[400];
    std::snprintf(
        text, sizeof text,
        "%d channels of %dx%d to %dx%d, depth %d, %s to %s, [%.9g %.9g %.9g; %.9g %.9g %.9g], outside %g (state %llu)",
        c.channels, c.photo_rows, c.photo_cols, c.input_rows, c.input_cols, static_cast<int>(c.depth), layout_names[c.from],
        layout_names[c.to], c.to_input.xx, c.to_input.xy, c.to_input.x0, c.to_input.yx, c.to_input.yy, c.to_input.y0, c.outside,
        static_cast<unsigned long long>(state));
    return text;
}

void put(unsigned char *at, cvh_depth depth, random_state *random)
{
    uint64_t bits = random_bits(random) >> 20;
    float single = static_cast<float>(centred(random, 300));
    double real = centred(random, 300);
    switch (CV_ELEM_SIZE1(static_cast<int>(depth))) {
    case 1:
    case 2: std::memcpy(at, &bits, static_cast<size_t>(CV_ELEM_SIZE1(static_cast<int>(depth)))); break;
    case 4: std::memcpy(at, &single, sizeof single); break;
    default: std::memcpy(at, &real, sizeof real); break;
    }
}

/* The same samples as one cv::Mat of interleaved channels. */
cv::Mat mat_of(const cvh_maps &maps)
{
    cv::Mat mat(maps.rows, maps.cols, CV_MAKETYPE(static_cast<int>(maps.depth), maps.count));
    size_t size = mat.elemSize1();
    for (int row = 0; row < maps.rows; row++)
        for (int col = 0; col < maps.cols; col++)
            for (int map = 0; map < maps.count; map++)
                std::memcpy(mat.ptr(row, col) + static_cast<size_t>(map) * size, layout_at(&maps, map, row, col), size);
    return mat;
}

cv::Mat expected_of(const warp_case &c, const cv::Mat &photo)
{
    cv::Mat input;
    double m[6] = {c.to_input.xx, c.to_input.xy, c.to_input.x0, c.to_input.yx, c.to_input.yy, c.to_input.y0};
    cv::warpAffine(photo, input, cv::Mat(2, 3, CV_64F, m), cv::Size(c.input_cols, c.input_rows), cv::INTER_LINEAR,
                   cv::BORDER_CONSTANT, cv::Scalar::all(c.outside));
    return input;
}

void compare(const char *function, const warp_case &c, uint64_t state, const cv::Mat &expected, const cvh_maps &actual)
{
    cv::Mat got = mat_of(actual);
    size_t size = got.elemSize1();
    for (int row = 0; row < got.rows; row++)
        for (int col = 0; col < got.cols; col++)
            for (int map = 0; map < actual.count; map++) {
                const unsigned char *e = expected.ptr(row, col) + static_cast<size_t>(map) * size;
                const unsigned char *a = got.ptr(row, col) + static_cast<size_t>(map) * size;
                if (std::memcmp(e, a, size) == 0) continue;
                cv::Mat difference;
                cv::absdiff(expected.reshape(1), got.reshape(1), difference);
                ck_abort_msg("%s: %s: row %d, column %d, channel %d: %g, not %g; %d samples differ", function,
                             described(c, state).c_str(), row, col, map, sample(&actual, map, row, col),
                             size == 1 ? *e
                             : size == 2
                                 ? static_cast<double>(expected.depth() == CV_16U ? *reinterpret_cast<const uint16_t *>(e)
                                                                                  : *reinterpret_cast<const int16_t *>(e))
                             : size == 4 ? static_cast<double>(*reinterpret_cast<const float *>(e))
                                         : *reinterpret_cast<const double *>(e),
                             cv::countNonZero(difference));
            }
}

/* Of an OpenCV of no known kind: how far PORTABLE is from it in 8 bits. */
struct departures {
    uint64_t declined, samples, differing, steps;
};

/* cvh_warp_native declined: nothing is written; what OpenCV gave is held against PORTABLE. */
void report_declined(const warp_case &c, const cvh_maps &photo, const laid_out &input, const cv::Mat &expected,
                     departures *departed)
{
    cv::Mat portable(expected.rows, expected.cols, expected.type());
    cvh_crop crop{};
    cvh_report report;
    for (size_t i = 0; i < input.bytes; i++)
        if (input.block[i] != LAYOUT_PATTERN) ck_abort_msg("declined, but wrote: %s", cvh_last_error());
    if (!departed->declined++) std::printf("%s\n", cvh_last_error());
    if (c.depth != CVH_8U) return;
    crop.to_input = c.to_input, crop.outside = c.outside, crop.input_rows = c.input_rows, crop.input_cols = c.input_cols;
    cvh_maps ours = cvh_maps_interleaved(portable.data, c.channels, c.input_rows, c.input_cols, CVH_8U, portable.step);
    cvh_maps theirs = cvh_maps_interleaved(expected.data, c.channels, c.input_rows, c.input_cols, CVH_8U, expected.step);
    ck_assert_msg(!cvh_crop_image(&crop, &photo, &ours), "%s", cvh_last_error());
    ck_assert_msg(!cvh_compare(&theirs, &ours, nullptr, &report), "%s", cvh_last_error());
    departed->samples += report.compared;
    departed->differing += report.differing;
    departed->steps = report.max_ulps > departed->steps ? report.max_ulps : departed->steps;
}

void print_departures(const departures &departed)
{
    if (departed.declined)
        std::printf("declined %llu times; PORTABLE differs in %llu of %llu samples of 8 bits, by at most %llu\n",
                    static_cast<unsigned long long>(departed.declined), static_cast<unsigned long long>(departed.differing),
                    static_cast<unsigned long long>(departed.samples), static_cast<unsigned long long>(departed.steps));
}

void check_warp(const char *name, cvh_warp_fn warp, const warp_case &c, uint64_t state, const cvh_maps &photo,
                const cv::Mat &expected, departures *departed)
{
    laid_out input = laid_out_new(c.to, c.channels, c.input_rows, c.input_cols, c.depth);
    cvh_status status = warp(&photo, &input.maps, &c.to_input, c.outside);
    if (warp == cvh_warp_native && opencv_is_unknown(status)) {
        report_declined(c, photo, input, expected, departed);
    } else {
        if (status) ck_abort_msg("%s: %s: %s", name, described(c, state).c_str(), cvh_last_error());
        compare(name, c, state, expected, input.maps);
    }
    if (!laid_out_gaps_intact(&input)) ck_abort_msg("%s: %s: written between the samples", name, described(c, state).c_str());
    laid_out_free(&input);
}

void check_case(random_state *random, departures *departed)
{
    uint64_t state = random->state;
    warp_case c = random_case(random);
    laid_out photo = laid_out_new(c.from, c.channels, c.photo_rows, c.photo_cols, c.depth);
    for (int map = 0; map < c.channels; map++)
        for (int row = 0; row < c.photo_rows; row++)
            for (int col = 0; col < c.photo_cols; col++) put(layout_at(&photo.maps, map, row, col), c.depth, random);
    cv::Mat expected = expected_of(c, mat_of(photo.maps));
    check_warp("cvh_warp", cvh_warp, c, state, photo.maps, expected, departed);
    check_warp("cvh_warp_native", cvh_warp_native, c, state, photo.maps, expected, departed);
    if (!laid_out_gaps_intact(&photo)) ck_abort_msg("%s: the photograph was written", described(c, state).c_str());
    laid_out_free(&photo);
}

START_TEST(any_picture)
{
    random_state random = random_start(1400 + static_cast<uint64_t>(_i));
    departures departed{};
    for (int i = 0; i < 500; i++) check_case(&random, &departed);
    print_departures(departed);
}
END_TEST

START_TEST(a_great_many)
{
    random_state random = random_start(1500 + static_cast<uint64_t>(_i));
    departures departed{};
    for (int i = 0; i < 20000; i++) check_case(&random, &departed);
    print_departures(departed);
}
END_TEST

/* A large photograph, into planes and into pixels: the quick ways through, and their ends. */
START_TEST(large_photograph)
{
    cv::Mat photo(1080, 1920, CV_8UC3);
    cv::randu(photo, 0, 256);
    cvh_maps from = cvh_maps_interleaved(photo.data, 3, photo.rows, photo.cols, CVH_8U, photo.step);
    random_state random = random_start(77);
    departures departed{};
    for (int i = 0; i < 30; i++) {
        warp_case c{};
        c.channels = 3, c.photo_rows = 1080, c.photo_cols = 1920, c.depth = CVH_8U, c.input_rows = 256;
        c.input_cols = i % 3 ? 192 : 511;
        c.to_input = person(&random, c, i % 2 == 0);
        c.from = LAYOUT_INTERLEAVED, c.to = i % 4 < 2 ? LAYOUT_PACKED : LAYOUT_INTERLEAVED;
        check_warp("cvh_warp_native", cvh_warp_native, c, 77, from, expected_of(c, photo), &departed);
    }
    print_departures(departed);
}
END_TEST

/* OpenCV's limits are ours, for both; at the limit they still agree. */
START_TEST(sides_at_the_limit)
{
    const int limit = 32766;
    departures departed{};
    std::vector<unsigned char> samples(static_cast<size_t>(limit) + 1, 9);
    for (size_t i = 0; i < samples.size(); i++) samples[i] = static_cast<unsigned char>(i * i >> 3);
    for (int upright = 0; upright < 2; upright++) {
        warp_case c{};
        c.channels = 1, c.depth = CVH_8U, c.photo_rows = upright ? limit : 1, c.photo_cols = upright ? 1 : limit;
        c.input_rows = c.input_cols = 9;
        c.to_input = {1, 0, upright ? 2.0 : -32755.5, 0, 1, upright ? -32755.5 : 2.0};
        cvh_maps photo = cvh_maps_view(samples.data(), 1, c.photo_rows, c.photo_cols, CVH_8U);
        cv::Mat expected = expected_of(c, cv::Mat(c.photo_rows, c.photo_cols, CV_8U, samples.data()));
        for (cvh_warp_fn warp : {cvh_warp, cvh_warp_native}) {
            check_warp("at the limit", warp, c, 0, photo, expected, &departed);
            laid_out input = laid_out_new(LAYOUT_PACKED, 1, 9, 9, CVH_8U);
            cvh_maps beyond = photo;
            (upright ? beyond.rows : beyond.cols)++;
            assert_refused("a side of 32767", warp(&beyond, &input.maps, &c.to_input, 0), "32766");
            assert_refused("a side of 32767", warp(&input.maps, &beyond, &c.to_input, 0), "32766");
            laid_out_free(&input);
        }
    }
}
END_TEST

Suite *suite()
{
    Suite *suite = suite_create("warp");
    TCase *tcase = tcase_create("warp"), *many = tcase_create("many");
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, any_picture, 0, 4);
    tcase_add_test(tcase, large_photograph);
    tcase_add_test(tcase, sides_at_the_limit);
    suite_add_tcase(suite, tcase);
    tcase_set_timeout(many, 3600);
    tcase_set_tags(many, "long");
    tcase_add_loop_test(many, a_great_many, 0, 10);
    suite_add_tcase(suite, many);
    return suite;
}

} // namespace

int main()
{
    return run_suite(suite());
}

/* SPDX-License-Identifier: Apache-2.0
 * The shim's one guard: whatever is thrown behind it comes back as a result and a text, and nothing is printed. */
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "shim/guard.hpp"
#include "support/support.h"

extern "C" {
#include "gaussian/filter.h"
}

namespace
{

struct not_an_exception {
    int value;
};

/* OpenCV's own assertion, raised by OpenCV's own code: an even ksize. */
void opencv_refuses()
{
    cv::Mat image(8, 8, CV_32F, cv::Scalar(0));
    cv::GaussianBlur(image, image, cv::Size(4, 4), 1, 1, cv::BORDER_CONSTANT);
}

/* OpenCV reports that memory ran out as a cv::Exception of code -4: cv::fastMalloc of more than there is. */
void opencv_runs_out()
{
    void *block = cv::fastMalloc(std::numeric_limits<size_t>::max() / 4);
    cv::fastFree(block);
}

/* The sanitizers' operator new never throws: it aborts. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#  define NEW_ABORTS 1
#elif defined(__has_feature)
#  if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#    define NEW_ABORTS 1
#  endif
#endif

/* std::bad_alloc, raised by operator new itself; volatile, or the compiler knows that it cannot succeed. */
void new_runs_out()
{
#ifdef NEW_ABORTS
    throw std::bad_alloc();
#endif
    volatile size_t bytes = static_cast<size_t>(PTRDIFF_MAX);
    void *volatile block = ::operator new(bytes); /* kept, or gcc 10 leaves both calls out */
    ::operator delete(block);
}

/* OpenCV's own vectors allocate by the standard allocator. */
void vector_runs_out()
{
#ifdef NEW_ABORTS
    throw std::bad_alloc();
#endif
    volatile size_t count = static_cast<size_t>(PTRDIFF_MAX) / sizeof(double);
    std::vector<double> taps(count);
    double *volatile first = taps.data(); /* looked at, or clang leaves the vector out */
    if (!first) throw std::runtime_error("neither memory nor an exception");
}

void standard_exception()
{
    throw std::runtime_error("a text of the standard library's");
}

void throws_struct()
{
    throw not_an_exception{7};
}

void throws_int()
{
    throw 7;
}

void throws_nothing()
{
}

struct thrown {
    const char *name;
    void (*work)();
    cvh_shim_result expected;
    const char *text; /* what the message holds */
};

const thrown cases[] = {
    {"nothing", throws_nothing, CVH_SHIM_OK, ""},
    {"cv::Exception by an even ksize", opencv_refuses, CVH_SHIM_OPENCV, "ksize.width % 2 == 1"},
    {"cv::Exception of code -4 by cv::fastMalloc", opencv_runs_out, CVH_SHIM_MEMORY, "Failed to allocate"},
    {"std::bad_alloc by operator new", new_runs_out, CVH_SHIM_MEMORY, "bad_alloc"},
    {"std::bad_alloc by std::vector", vector_runs_out, CVH_SHIM_MEMORY, "bad_alloc"},
    {"std::runtime_error", standard_exception, CVH_SHIM_OPENCV, "a text of the standard library's"},
    {"a struct", throws_struct, CVH_SHIM_OPENCV, "not a std::exception"},
    {"an int", throws_int, CVH_SHIM_OPENCV, "not a std::exception"},
};

/* What escaped the guard ends here, by its name. */
[[noreturn]] void escaped()
{
    std::fputs("an exception escaped the guard\n", stderr);
    std::_Exit(EXIT_FAILURE);
}

} // namespace

START_TEST(comes_back_as_a_result)
{
    const thrown &one = cases[_i];
    /* Half of what 32 bits address can be had, where the kernel has 64. */
    if (one.expected == CVH_SHIM_MEMORY && SIZE_MAX <= UINT32_MAX) return;
    std::set_terminate(escaped);
    char message[512] = "";
    cvh_shim_result result = cvh_shim::guarded(message, sizeof message, one.work);
    ck_assert_msg(result == one.expected, "%s: result %d (%s), expected %d", one.name, static_cast<int>(result), message,
                  static_cast<int>(one.expected));
    ck_assert_msg(std::strstr(message, one.text) != nullptr, "%s: the message is \"%s\"; it should hold \"%s\"", one.name,
                  message, one.text);
}
END_TEST

/* A text longer than the caller's buffer is cut; nothing is written behind it. */
START_TEST(cuts_a_long_text)
{
    char buffer[32];
    std::memset(buffer, '#', sizeof buffer);
    const std::string text(1000, 'x');
    volatile size_t size = 16; /* or the compiler warns of what is asked here */
    cvh_shim_result result = cvh_shim::guarded(buffer, size, [&] { throw std::runtime_error(text); });
    ck_assert_int_eq(result, CVH_SHIM_OPENCV);
    ck_assert_str_eq(buffer, "xxxxxxxxxxxxxxx");
    for (size_t i = 16; i < sizeof buffer; i++) ck_assert_msg(buffer[i] == '#', "byte %zu was written", i);
}
END_TEST

static cvh_shim_result blur_of(int x, int width, char *message, size_t size)
{
    float samples[64] = {0};
    cvh_shim_image image = {samples, 8, 8, CVH_32F, 8 * sizeof(float)};
    cvh_shim_blur blur = {x, 0, width, 8, 3, 3, 1, 1, cv::BORDER_CONSTANT};
    return cvh_shim_gaussian_blur(&image, &image, &blur, message, size);
}

/* The real entry point: a region outside the image is OpenCV's exception and our result. */
START_TEST(entry_point_is_guarded)
{
    char message[512] = "";
    ck_assert_int_eq(blur_of(0, 8, message, sizeof message), CVH_SHIM_OK);
    ck_assert_int_eq(blur_of(4, 8, message, sizeof message), CVH_SHIM_OPENCV);
    ck_assert_msg(std::strstr(message, "roi") != nullptr, "the message is \"%s\"", message);
}
END_TEST

/* The library's side of it: the same as a status, with OpenCV's text. */
START_TEST(status_has_opencvs_text)
{
    float samples[64] = {0};
    cvh_shim_image image = {samples, 8, 8, CVH_32F, 8 * sizeof(float)};
    cvh_shim_blur blur = {4, 0, 8, 8, 3, 3, 1, 1, cv::BORDER_CONSTANT};
    ck_assert_int_eq(cvh_filter(&image, &image, &blur), CVH_ERR_OPENCV);
    ck_assert_msg(std::strstr(cvh_last_error(), "cv::GaussianBlur: ") == cvh_last_error(), "%s", cvh_last_error());
    ck_assert_msg(std::strstr(cvh_last_error(), "roi") != nullptr, "%s", cvh_last_error());
    blur.x = 0;
    ck_assert_int_eq(cvh_filter(&image, &image, &blur), CVH_OK);
}
END_TEST

static Suite *suite()
{
    Suite *suite = suite_create("shim_guard");
    TCase *tcase = tcase_create("guard");
    tcase_add_loop_test(tcase, comes_back_as_a_result, 0, sizeof cases / sizeof *cases);
    tcase_add_test(tcase, cuts_a_long_text);
    tcase_add_test(tcase, entry_point_is_guarded);
    tcase_add_test(tcase, status_has_opencvs_text);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main()
{
    return run_suite(suite());
}

/* Requests beyond what there is are the point here; the sanitizers' allocators abort on them unless told. */
extern "C" const char *__asan_default_options();
extern "C" const char *__asan_default_options()
{
    return "allocator_may_return_null=1";
}
extern "C" const char *__tsan_default_options();
extern "C" const char *__tsan_default_options()
{
    return "allocator_may_return_null=1";
}
